"""What differs in actual figures that were typed or brought: where each stands, and from what to what. Sheets in, words
out."""

from collections.abc import Callable, Sequence
from typing import Any

from model.renames import Called, by_name, of_figures

Sheets = dict[str, Any]
Document = dict[str, Any]
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
BY_NAME = ("costs", "targets", "kpis")
"""Figures of a year that stand under the names of providers and KPIs."""
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


def following(sheets: Sheets, before: Document, after: Document) -> Sheets:
    """Sheets whose figures stand under the names that providers and KPIs of a document have in another.

    Where both names have a figure, that of the one who was renamed stays: the other belongs to nobody. Figures that
    were set aside follow where all are of these providers, as they may be of another alliance.
    """
    called = of_figures(before, after)
    if not (called.providers or called.kpis):
        return sheets
    known = by_name(before.get("providers"))

    def follow(name: str, sheet: Any) -> Any:
        aside = name.startswith("former ") and strangers(sheet, [*known], ())[0]
        return _called(sheet, called) if _has_years(name) and not aside else sheet

    return {name: follow(name, sheet) for name, sheet in sheets.items()}


def _has_years(name: str) -> bool:
    return name.removeprefix("former ") in (*PAGES, "valid")


def _called(sheet: Any, called: Called) -> Any:
    """One sheet, its figures under other names."""
    names = {"costs": called.providers, "targets": called.providers, "kpis": called.kpis}
    return _each_year(sheet, lambda part, figures: _under(figures, names[part]))


def _under(figures: Sheets, names: dict[str, str]) -> Sheets:
    moved = {names[name] for name in figures if name in names}
    return {names.get(name, name): value for name, value in figures.items() if name in names or name not in moved}


def strangers(sheet: Sheets, providers: Sequence[str], kpis: Sequence[str]) -> tuple[list[str], list[str]]:
    """Who else figures are of, in the order in which they are met: providers, and KPIs."""
    found: dict[str, dict[str, None]] = {"costs": {}, "targets": {}, "kpis": {}}
    for year in sheet.get("years") or []:
        for part, met in found.items():
            met.update(dict.fromkeys(year.get(part) or {}))
    costs = [name for name in found["costs"] | found["targets"] if name not in providers]
    return costs, [name for name in found["kpis"] if name not in kpis]


def without(sheet: Sheets, providers: Sequence[str], kpis: Sequence[str]) -> Sheets:
    """A sheet that has no figures of these; a year of which nothing is left goes."""
    gone = {"costs": providers, "targets": providers, "kpis": kpis}
    left = _each_year(sheet, lambda part, figures: {name: at for name, at in figures.items() if name not in gone[part]})
    return left | {"years": [year for year in left["years"] if any(year.get(part) for part in NAMED)]}


def _each_year(sheet: Any, make: Callable[[str, Sheets], Sheets]) -> Any:
    """A sheet with other figures by name in each of its years. `make`: gives them, from where they stand and those."""
    if not isinstance(sheet, dict) or not sheet.get("years"):
        return sheet

    def changed(year: Sheets) -> Sheets:
        return {part: make(part, held) if part in BY_NAME else held for part, held in year.items()}

    return sheet | {"years": [changed(year) for year in sheet["years"]]}


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
