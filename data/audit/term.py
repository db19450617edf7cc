"""The true-up as formulas: what the terms give on the totals of the term."""

from collections.abc import Sequence

from data.audit import cost
from data.audit.book import Cells, OfYear
from data.audit.rules import held
from data.audit.work import Case, Work


def total(work: Work, year: Case, earned: Cells) -> Cells:
    """Writes the totals of the term, each year as far as its phase-in counts it, and what the terms give on them."""
    inputs, lost = work.inputs, work.scored.lost["cost gain"]
    work.page.section("The whole term, made up in its last year")
    target = _summed(work, "Target cost that counts", year.target)
    counted = work.helper("Saving that counts, by that year's gates", _counted(work, year.saving, lost))
    relief = work.helper("Relief that counts", lambda c: f'IF({inputs.one_sided(c)}="yes",0,{inputs.relief(c)})')
    ops = measured = _mean(work, year, year.ops, target, "Performance score")
    if year.measured is not year.ops:
        measured = _mean(work, year, year.measured, target, "Performance score as measured")
    prices = _summed(work, "Years that count, at their prices", inputs.prices, "")
    limits = {name: cells and _summed(work, _title(name), cells) for name, cells in year.limits.items()}
    saving, relief = _summed(work, "Saving", counted), _summed(work, "Relief", relief)
    whole = Case(_last(work), saving, target, prices, ops, measured, _passed(work, year.unmodified), relief, limits)
    component, relieved = cost.payable(work, whole)
    performance = _summed(work, "Performance", earned)

    def formula(c: str) -> str:
        together = f"{component(c)}+{relieved(c)}+{performance(c)}"
        return held(together, whole.limit("total_pain", c), whole.limit("total_gain", c))

    return work.helper("Whole term: total, capped", formula, only=whole.only)


def _title(name: str) -> str:
    return f"Cap on {name.replace('_', ' ')}"


def _across(work: Work, cells: Cells) -> str:
    """The sum of a row over all years."""
    return f"SUM({cells(work.years[0])}:{cells(work.years[-1]).partition('!')[2]})"


def _summed(work: Work, title: str, cells: Cells, unit: str = "£") -> Cells:
    """Each year's amount by its phase-in, and the sum of them in the last year's column."""
    phase_in = work.inputs.phase_in
    by_year = work.helper(f"{title}, by phase-in", lambda c: f"{cells(c)}*{phase_in(c)}", unit=unit)
    return work.helper(
        f"Whole term: {title[0].lower()}{title[1:]}", lambda c: _across(work, by_year), unit=unit, only=_last(work)
    )


def _last(work: Work) -> Sequence[str]:
    return [work.years[-1]]


def _counted(work: Work, saving: Cells, lost: Cells) -> OfYear:
    """A saving where no gate on cost gain is failed, an overspend where the year is not one-sided."""

    def formula(c: str) -> str:
        paid = f'IF({lost(c)}="yes",MIN({saving(c)},0),{saving(c)})'
        return f'IF({work.inputs.one_sided(c)}="yes",MAX({paid},0),{paid})'

    return formula


def _mean(work: Work, year: Case, score: Cells, target: Cells, title: str) -> Cells:
    """The mean score, weighted by the target cost that counts."""
    phase_in = work.inputs.phase_in
    by_year = work.helper(
        f"{title} × target cost that counts", lambda c: f"{score(c)}*{year.target(c)}*{phase_in(c)}", unit=""
    )
    return work.helper(
        f"Whole term: mean {title[0].lower()}{title[1:]}",
        lambda c: f"IF({target(c)}>0,{_across(work, by_year)}/{target(c)},0)",
        unit="",
        only=_last(work),
    )


def _passed(work: Work, unmodified: Cells | None) -> Cells | None:
    """Whether the gate on the full cost gain was passed in every year that counts."""
    if unmodified is None:
        return None
    phase_in = work.inputs.phase_in
    spoilt = work.helper(
        "Gate on the full cost gain failed in a year that counts",
        lambda c: f'IF(AND({unmodified(c)}="no",{phase_in(c)}>0),1,0)',
        unit="",
    )
    passed = work.helper("Gate on the full cost gain passed", lambda c: f'IF({unmodified(c)}="yes",1,0)', unit="")
    return work.helper(
        "Whole term: the modifier on gain does not apply",
        lambda c: f'IF(AND({_across(work, spoilt)}=0,{_across(work, passed)}>0),"yes","no")',
        only=_last(work),
    )
