"""One sentence says whose ranges are the app's, on pages and in papers, and none where all were entered."""

import pytest

from data import presets
from model import unentered as begun
from model.base import Source
from model.distributions import Fixed, Normal
from tests.ui.written import made, texts
from ui.unentered import sentence

NEW = presets.preset(presets.NEW)
PAID = NEW.edited(
    risk_share=NEW.risk_share.edited(
        performance=NEW.risk_share.performance.edited(pool={"kind": "of_target", "part": 0.02})
    )
)
"""The same with a performance pool."""
COSTS = (
    "How sure costs are was not entered for Provider 1 and Provider 2: each has the ±8.6% (9 years in 10) that a new "
    "provider begins with."
)
TOGETHER = (
    "Nor was how costs move together: 30% between partners, 60% from year to year, as a new alliance begins with."
)
TOGETHER_PAID = (
    "Nor was how costs and KPIs move together: 30% between partners, 0% between costs and KPIs, 60% from year to year, "
    "as a new alliance begins with."
)
KPIS = "How far a year may lie from its path was not entered for KPI 1: it has the range that a new KPI begins with."


def test_providers_and_kpis_are_named() -> None:
    assert sentence(PAID) == f"{COSTS} {KPIS} {TOGETHER_PAID}"
    first, *others = NEW.providers
    own = NEW.edited(providers=(first.edited(cost_deviation=Normal(mean=0, sd=0.03)), *others))
    assert sentence(own).startswith("How sure costs are was not entered for Provider 2: it has the ±8.6%")


def test_kpis_are_named_only_where_money_rests_on_them() -> None:
    assert sentence(NEW) == f"{COSTS} {TOGETHER}"


def test_what_moves_together_is_said_until_it_is_entered_or_confirmed() -> None:
    correlations = NEW.uncertainty.correlations
    zero = NEW.edited(uncertainty=NEW.uncertainty.edited(correlations=correlations.edited(year_to_year=0.0)))
    assert sentence(zero).endswith(
        "Nor was how costs move together: 30% between partners, as a new alliance begins with."
    )
    noted = tuple(Source(field=name, note="Agreed.") for name in ("between_costs", "year_to_year"))
    own = NEW.edited(uncertainty=NEW.uncertainty.edited(correlations=correlations.edited(sources=noted)))
    assert sentence(own) == COSTS
    sure = tuple(one.edited(cost_deviation=Normal(mean=0, sd=0.03)) for one in NEW.providers)
    assert sentence(NEW.edited(providers=sure)) == TOGETHER.replace("Nor was how", "Nobody has entered how")
    certain = tuple(one.edited(cost_deviation=Fixed(value=0.0)) for one in NEW.providers)
    assert sentence(NEW.edited(providers=certain)) == "", "then it moves nothing"


@pytest.mark.parametrize("name", presets.names())
def test_an_example_has_its_own_figures(name: str) -> None:
    assert (sentence(presets.preset(name)) == "") is (name != presets.NEW)


def test_many_are_counted_and_an_example_says_nothing() -> None:
    example = presets.preset("small-charities")
    assert sentence(example) == ""
    six = tuple(one.edited(sources=(), cost_deviation=begun.COST) for one in example.providers)
    assert "not entered for any of the 6 providers: each has" in sentence(example.edited(providers=six))
    five = (*six[:5], example.providers[5])
    assert "not entered for 5 of the 6 providers: each has" in sentence(example.edited(providers=five))


@pytest.mark.parametrize("kind", ["alliance", "board", "joining"])
def test_papers_say_it_where_they_say_what_figures_rest_on(kind: str) -> None:
    assert f"{COSTS} {TOGETHER}" in " ".join(texts(made(kind, NEW, "Provider 1")))
    assert "was not entered for" not in " ".join(texts(made(kind, presets.preset(presets.FIRST))))
