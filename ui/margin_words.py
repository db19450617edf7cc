"""How wrong assumptions may be, in sentences. Margins in, plain English out."""

from collections.abc import Callable, Sequence

import pandas as pd

from model.acceptance import Position
from model.margins import Margin, Turn, look, tightest
from model.worse import DEAREST, MOST_TIMES
from ui.entries import UP_TO_TWELVE
from ui.format import brief, listed, percent
from ui.part_words import usually
from ui.range_words import literal

ABOUT = (
    "How much dearer everything may be, in every year of every future, before the first partner refuses; where "
    "somebody refuses already, how much cheaper it must be for all to accept. Tried on the futures already drawn. "
    "The page Acceptance has the same for savings, KPIs and correlations."
)
ABOUT_USUAL = (
    "So that margins in different units can be compared, each is divided by how wrong the assumption may easily be: "
    "the standard deviation, over all futures, of the cost of the term, of what savings bring, of a KPI's mean over "
    "the term. For correlations it is a doubling. The alliance's margin is the smallest."
)
MOST_TOLD = 3
"""Partners that are told in the order in which they refuse; of several more, by when all do."""
ABOUT_TARGET = (
    "Costs are higher in every year of every future; a target cut by as much comes to nearly the same, and lowers fees "
    "and caps that are parts of it."
)
NOBODY = "Nobody asks anything, so no assumption can make anybody refuse."
WHY = {
    "loss": "a large loss is then too likely",
    "year": "a large loss in at least one year is then too likely",
    "worst": "its worst 1 in 20 then costs too much",
    "reserves": "its reserves may then fall too low",
    "worth": "joining is then worth less to it than staying out",
}
NARROW = 0.1
"""A margin below this part of how far costs are usually off is as good as none."""
MANY = 3
"""KPIs that are named one by one in a sentence."""


def metric(cost: Margin, asked: bool, silent: bool = False) -> tuple[str, str]:
    """Label and value of the margin of mean cost; `silent`: some have not said, so that not all sign."""
    if not asked:
        return "Margin", "nobody asks"
    who = "None refuses" if silent else "All sign"
    label = f"{who} until costs rise" if cost.accepted else f"{who} if costs fall"
    if cost.margin is not None:
        return label, f"by {percent(abs(cost.margin))}"
    reach = percent(abs(cost.reach))
    return (label, f"by over {reach}") if cost.accepted else ("Not even if costs fall", f"by {reach}")


def only_just(cost: Margin) -> str:
    """'only just: costs 0.1% higher and City council refuses' where all sign with hardly any margin; else nothing."""
    if not cost.accepted or cost.margin is None or cost.relative is None or cost.relative >= NARROW:
        return ""
    return f"only just: costs {shown(cost)} and {literal(cost.first)} refuses"


def shown(one: Margin) -> str:
    """What a margin comes to in its own unit: '1.2% higher', '5 points worse'."""
    if one.margin is None:
        return _bearable(one) if one.accepted else _useless(one)
    return _SHOWN[one.kind](one, one.margin)


def _cost(one: Margin, x: float) -> str:
    return f"{percent(abs(x))} {'higher' if x >= 0 else 'lower'}"


def _saved(one: Margin, x: float) -> str:
    return f"{percent(abs(x))} {'less' if x >= 0 else 'more'}"


def _kpi(one: Margin, x: float) -> str:
    return f"{_size(one, x)} {'worse' if x >= 0 else 'better'}"


def _size(one: Margin, x: float) -> str:
    """So much of a KPI, in its own unit."""
    return f"{brief(abs(x))} {'points' if one.unit == '%' else one.unit}".rstrip()


def _times(one: Margin, x: float) -> str:
    return f"{brief(1 + x)} times as strong"


_SHOWN: dict[str, Callable[[Margin, float], str]] = {
    "costs": _cost,
    "savings": _saved,
    "kpi": _kpi,
    "correlations": _times,
}


def _bearable(one: Margin) -> str:
    return {
        "costs": f"nobody refuses up to {percent(one.reach)} higher",
        "savings": "nobody refuses even if none arrives",
        "kpi": "nobody refuses even at its worst level",
        "correlations": f"nobody refuses even at {brief(min(1 + one.reach, MOST_TIMES))} times as strong",
    }[one.kind]


def _useless(one: Margin) -> str:
    return {
        "costs": f"somebody refuses even at {percent(abs(one.reach))} lower",
        "savings": "somebody refuses even if all that is planned arrives",
        "kpi": "somebody refuses even at its best level",
        "correlations": "somebody refuses even with none at all",
    }[one.kind]


def called(one: Margin) -> str:
    """An assumption in a table or a figure."""
    return literal(one.name) if one.kind == "kpi" else one.name


def error(one: Margin) -> str:
    """The standard error of a margin in its own unit."""
    if one.margin is None or not one.error:
        return ""
    size = float(f"{one.error:.1g}")
    return f"± {brief(size)}" if one.kind in ("kpi", "correlations") else f"± {percent(size)}"


def sentence(margins: list[Margin], asked: bool, silent: bool = False) -> str:
    """The alliance's margin, and what cannot turn the verdict. `silent`: some have not said what they accept."""
    if not asked:
        return NOBODY
    if len(margins) == 1 and margins[0].margin is None:
        return f"Costs: {shown(margins[0])}."
    turning = [one for one in margins if one.margin is not None]
    smallest, accepted = tightest(margins) or next(iter(turning), None), margins[0].accepted
    lead = _alliance(smallest, silent) if smallest else _none(accepted)
    idle = [one for one in margins if one not in turning]
    return f"{lead} {_idle(idle, accepted)}".strip() if smallest and idle else lead


def order(turns: Sequence[Turn], found: Sequence[Position]) -> str:
    """Who refuses first as costs rise, off `margins.refusals`; `found`: where partners stand today."""
    named = turns if len(turns) == MOST_TOLD + 1 else turns[:MOST_TOLD]
    told = [f"{literal(one.partner)} at {_higher(one)}" for one in named]
    already = [literal(one.partner) for one in found if one.cells and one.partner not in _accepting(found)]
    if not told:
        said = f"Nobody else refuses up to {percent(DEAREST)} higher" if already else ""
    else:
        said = f"**Who refuses first as costs rise:** {told[0]}{''.join(f', then {one}' for one in told[1:])}"
        said += _later(turns[len(named) :], all_=len(turns) == len(found) - len(already))
        said += _never([name for name in _accepting(found) if name not in {one.partner for one in turns}])
    before = f"Already as it is: {listed(already)}. " if already and told else ""
    return f"{said}. {before}{ABOUT_TARGET}" if said else ""


def _later(turns: Sequence[Turn], all_: bool) -> str:
    """By when those refuse that are not named one by one. `all_`: whether nobody is left then."""
    if not turns:
        return ""
    return f"; {'the other' if all_ else 'another'} {_count(len(turns))} by {percent(turns[-1].x)} higher"


def _never(names: Sequence[str]) -> str:
    """Who does not refuse at the dearest that was looked at; of many, how many."""
    if not names:
        return ""
    who = listed([literal(name) for name in names]) if len(names) <= MANY else f"{_count(len(names))} others"
    return f"; {who} {'does' if len(names) == 1 else 'do'} not refuse even at {percent(DEAREST)} higher"


def _count(many: int) -> str:
    """Several, as people write it."""
    return UP_TO_TWELVE[many - 1] if many <= len(UP_TO_TWELVE) else str(many)


def _accepting(found: Sequence[Position]) -> list[str]:
    """Who accepts today, as `margins.refusals` counts it."""
    return [one.partner for one in found if one.cells and look(0.0, (one,)).accepts]


def _higher(one: Turn) -> str:
    """'1.2% ± 0.03%' higher."""
    error = float(f"{one.error:.1g}") if 5e-5 <= one.error < DEAREST else 0.0
    return f"{percent(one.x)} higher{f' (± {percent(error)})' if error else ''}"


def _alliance(one: Margin, silent: bool) -> str:
    """The alliance's margin in words."""
    usual = _against(one) if one.relative else "nothing about that is uncertain here"
    usual = usual[0].upper() + usual[1:]
    if one.accepted:
        return f"**{_may(one)} before {literal(one.first)} refuses** ({WHY.get(one.test or '', '')}). {usual}."
    end = "nobody to refuse" if silent else "all to accept"
    return f"Somebody refuses already. **{_must(one)} for {end}**; {literal(one.first)} would be last. {usual}."


def _may(one: Margin) -> str:
    return {
        "costs": f"Costs may be {shown(one)} than expected",
        "savings": f"{shown(one).capitalize()} of what savings are to bring may arrive",
        "kpi": f"'{called(one)}' may be {shown(one)} than expected",
        "correlations": f"What moves together may do so {shown(one)}",
    }[one.kind]


def _must(one: Margin) -> str:
    return {
        "costs": f"Costs must be {shown(one)} than expected",
        "savings": f"Savings must bring {shown(one)} than expected",
        "kpi": f"'{called(one)}' must be {shown(one)} than expected",
        "correlations": f"What moves together must do so only {shown(one)}",
    }[one.kind]


def _against(one: Margin) -> str:
    """A margin beside how far off its assumption usually is."""
    part = usually(abs(one.relative or 0.0))
    return f"this is {part} a doubling" if one.kind == "correlations" else f"{_usual(one)}, and this is {part} that"


def _usual(one: Margin) -> str:
    """How far off it is in an ordinary future, either way."""
    return {
        "costs": f"the cost of the term is usually off by {percent(one.ordinary)} either way",
        "savings": f"what savings bring is usually off by {percent(one.ordinary)} either way",
        "kpi": f"its mean over the term is usually off by {_size(one, one.ordinary)} either way",
    }[one.kind]


def _none(accepted: bool) -> str:
    if accepted:
        return "**No single assumption can plausibly be so wrong that anybody refuses.**"
    return "**Somebody refuses already, and no single assumption, however much better, would bring all to accept.**"


def _idle(idle: list[Margin], accepted: bool) -> str:
    """Assumptions that turn nothing by themselves."""
    kpis = [f"'{called(one)}'" for one in idle if one.kind == "kpi"]
    names = [{"costs": "costs", "savings": "savings", "correlations": "correlations"}.get(one.kind, "") for one in idle]
    several = kpis if len(kpis) <= MANY else [f"{len(kpis)} KPIs"]
    who = listed([*(name for name in names if name), *several])
    turn = "can make anybody refuse" if accepted else "can bring all to accept"
    return f"Nothing that is plausible about {who} {turn} by itself."


def table(margins: list[Margin]) -> pd.DataFrame:
    """Every margin, the smallest first: 'relative' as a number, the rest in words."""
    ordered = sorted(margins, key=lambda one: (one.margin is None, abs(one.relative or 0.0)))
    rows = {
        called(one): {
            "relative": one.relative,
            "shown": f"{shown(one)} {error(one)}".strip(),
            "Who turns it": one.first,
            "Why": WHY.get(one.test or "", ""),
        }
        for one in ordered
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("Assumption")


def drawn(margins: list[Margin]) -> pd.DataFrame:
    """The rows of the figure: KPIs that turn nothing are one row together."""
    idle = [one for one in margins if one.kind == "kpi" and one.margin is None]
    rest = [one for one in margins if one not in idle]
    found = table(rest) if rest else pd.DataFrame()
    if idle:
        name = (
            called(idle[0]) if len(idle) == 1 else f"{'Other KPIs' if len(rest) > 3 else 'KPIs'}, each of {len(idle)}"
        )
        found.loc[name, ["relative", "shown"]] = [None, shown(idle[0])]
    return found


def told(found: pd.DataFrame) -> pd.DataFrame:
    """The table for reading."""
    names = {"relative": "Against how far it is usually off", "shown": "Margin"}
    rounded = found.assign(relative=[_figure(value) for value in found["relative"]])
    return rounded.rename(columns=names)[["Margin", "Against how far it is usually off", "Who turns it", "Why"]]


def _figure(value: float | None) -> str:
    return "–" if value is None or pd.isna(value) else f"{value:+.2f}".replace("-", "−")
