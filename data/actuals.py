"""What differs in actual figures that were typed or brought: where each stands, and from what to what. Sheets in, words
out."""

from typing import Any

Sheets = dict[str, Any]
PAGES = {"outturn": "Settle a year", "past": "Test on history", "own": "Walk one future"}
"""Sheets of actual figures, by the pages that they stand on."""
BACK = ("outturn", "past")
"""Those whose page brings back the figures before."""
NAMED = {
    "costs": ("cost of {}", "£"),
    "targets": ("target cost of {}", "£"),
    "kpis": ("{}", ""),
    "relief": ("relief", "£"),
    "prices": ("prices", ""),
}
DERIVED = ("valid", "former ")
"""How sheets begin that follow from the others."""


def differences(before: Sheets, after: Sheets) -> list[str]:
    """'Settle a year › 2018-19 › cost of Recovery charity: £2,000,000 → £2,100,000', one each."""
    was, now = _figures(before), _figures(after)
    places = [place for place in {**was, **now} if was.get(place) != now.get(place)]
    return [
        f"{said}: {_written(was.get((said, sign)), sign)} → {_written(now.get((said, sign)), sign)}"
        for said, sign in places
    ]


def others(before: Sheets, after: Sheets) -> bool:
    """Whether sheets differ in anything else, such as a pasted table."""
    names = [name for name in {**before, **after} if not name.startswith(DERIVED)]
    return any(_beside_years(before, name) != _beside_years(after, name) for name in names)


def _beside_years(sheets: Sheets, name: str) -> Sheets:
    """What a sheet holds but figures of years."""
    left_out = ("years", "brought_forward", "schema_version") if name in PAGES else ()
    return {key: part for key, part in (sheets.get(name) or {}).items() if key not in left_out}


def _figures(sheets: Sheets) -> dict[tuple[str, str], Any]:
    """Every figure by where it stands and its sign."""
    found: dict[tuple[str, str], Any] = {}
    for sheet, page in PAGES.items():
        held = sheets.get(sheet) or {}
        if held.get("brought_forward") is not None:
            found[f"{page} › pain brought forward", "£"] = held["brought_forward"]
        for year in held.get("years") or []:
            for part, (said, sign) in NAMED.items():
                figures = year.get(part)
                for name, value in (figures if isinstance(figures, dict) else {"": figures}).items():
                    if value is not None:
                        found[f"{page} › {year.get('year')} › {said.format(name)}", sign] = value
    return found


def _written(value: Any, sign: str) -> str:
    """A figure as it is typed; what is no figure as it stands."""
    if value is None:
        return "nothing"
    return f"{sign}{value:,.10g}" if isinstance(value, int | float) else f"'{value}'"
