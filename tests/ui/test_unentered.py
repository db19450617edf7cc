"""One sentence says whose ranges are the app's, on pages and in papers, and none where all were entered."""

import pytest

from data import presets
from model import unentered as begun
from model.distributions import Normal
from tests.ui.test_papers import made, texts
from ui.unentered import sentence

NEW = presets.preset(presets.NEW)
COSTS = (
    "How sure costs are was not entered for Provider 1 and Provider 2: each has the ±8.6% (9 years in 10) that a new "
    "provider begins with."
)
KPIS = "How far a year may lie from its path was not entered for KPI 1: it has the range that a new KPI begins with."


def test_providers_and_kpis_are_named() -> None:
    assert sentence(NEW) == f"{COSTS} {KPIS}"
    first, *others = NEW.providers
    own = NEW.edited(providers=(first.edited(cost_deviation=Normal(mean=0, sd=0.03)), *others))
    assert sentence(own).startswith("How sure costs are was not entered for Provider 2: it has the ±8.6%")


def test_many_are_counted_and_an_example_says_nothing() -> None:
    example = presets.preset("small-charities")
    assert sentence(example) == ""
    six = tuple(one.edited(sources=(), cost_deviation=begun.COST) for one in example.providers)
    assert "not entered for any of the 6 providers: each has" in sentence(example.edited(providers=six))
    five = (*six[:5], example.providers[5])
    assert "not entered for 5 of the 6 providers: each has" in sentence(example.edited(providers=five))


@pytest.mark.parametrize("kind", ["alliance", "board", "joining"])
def test_papers_say_it_where_they_say_what_figures_rest_on(kind: str) -> None:
    assert f"{COSTS} {KPIS}" in " ".join(texts(made(kind, NEW, "Provider 1")))
    assert "was not entered for" not in " ".join(texts(made(kind, presets.preset(presets.FIRST))))
