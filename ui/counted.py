"""How a partner's own view of a range counts beside what stood there, in sentences. Documents in, plain English out."""

from typing import Any

from pydantic import ValidationError

from data import own
from model import curves
from model.evidence import RANGE
from ui.format import listed, percent
from ui.range_words import literal, spread

RANGES = {"cost_deviation": "its cost of a year against plan", "baseline_error": "how wrong its baseline may be"}
YOURS = {name: said.replace("its", "your") for name, said in RANGES.items()}
FIRST = "So far"
PARTS = {0.5: "half", 0.3333: "a third", 0.25: "a quarter", 0.6667: "two thirds"}


def part(value: Any, partner: str) -> str:
    """How much a partner's view counts of all that there are: 'half', 'a third', '20%'; nothing where it is none."""
    at, views = own.view_at(value, partner), value.get("views") if isinstance(value, dict) else None
    weights = [one.get("weight", 1.0) for one in views or []]
    if at is None or not all(isinstance(one, int | float) for one in weights) or not sum(weights):
        return ""
    share = weights[at] / sum(weights)
    return PARTS.get(round(share, 4), percent(share))


def beside(value: Any, partner: str) -> str:
    """What a partner's view counts beside: 'what stood there (9 in 10 between −8% and 8%)', '2 other views'."""
    others = [one for one in value["views"] if one["name"] != own.called(partner)]
    if len(others) != 1:
        return f"{len(others)} other views"
    said = "what stood there" if others[0]["name"] == FIRST else f"the view of {literal(others[0]['name'])}"
    return f"{said} ({_nine(others[0]['view'])})"


def mine(value: Any, partner: str, entry: str) -> str:
    """To the partner, of its view as it stands beside others: how it counts, and what all of it comes to."""
    counts, all_of_it = part(value, partner), _nine(value)
    if not counts or not all_of_it:
        return ""
    if len(value["views"]) == 1:
        return f"Your view of {YOURS[entry]} is the only one."
    together = f"Together: {all_of_it}. That is what every page counts with."
    return f"Your view of {YOURS[entry]} counts {counts}, beside {beside(value, partner)}. {together}"


def ahead(value: Any, partner: str, entry: str) -> str:
    """To the partner, of its view that is not revealed yet: how it will count. `value`: the range once it is."""
    counts, all_of_it = part(value, partner), _nine(value)
    if not all_of_it:
        return ""
    if not counts:
        return "Once this is revealed, it takes the place of what stands there."
    return (
        f"So far this screen counts with your view of {YOURS[entry]} alone. Once revealed it counts {counts}, beside "
        f"{beside(value, partner)}; together: {all_of_it}."
    )


def short(line: Any, partner: str, whose: str = "its") -> str:
    """Which of a partner's views count by how much: 'its view of its cost of a year against plan counts half, beside
    what stood there'; nothing where none is beside others. `whose`: 'your', to the partner."""
    names = YOURS if whose == "your" else RANGES
    found = {names[entry]: part((line or {}).get(entry), partner) for entry in RANGES}
    told = [f"{whose} view of {said} counts {counts}" for said, counts in found.items() if counts]
    return f"{listed(told)}, beside what stood there" if told else ""


def revealed(before: Any, after: Any, partner: str) -> str:
    """To the facilitator, of ranges that were just revealed: how each counts, and from what to what that leads."""
    told = []
    for entry, said in RANGES.items():
        was, now = before.get(entry), after.get(entry)
        if was == now or not now:
            continue
        counts = part(now, partner)
        how = f"counts {counts}, beside what stood there" if counts else "takes the place of what stood there"
        leads = f": now {_nine(now)}, before {_nine(was)}" if _nine(now) and _nine(was) else ""
        told.append(f"{partner}'s view of {said} {how}{leads}.")
    return " ".join(told)


def told(each: list[str]) -> str:
    """The same of every partner whose figures were just revealed, with the place where weights stand."""
    said = [one for one in each if one]
    return " ".join([*said, WEIGHTS] if said else [])


WEIGHTS = "Weights stand on Uncertainty."


def _nine(value: Any) -> str:
    """'9 in 10 between −8% and 8%', 'certain: 0%'; nothing while it is to be mended."""
    try:
        found = RANGE.validate_python(value)
    except ValidationError:
        return ""
    said = spread("", curves.ranges({"": found}).iloc[0], "%").split("; middle")[0]
    return said[:1].lower() + said[1:]
