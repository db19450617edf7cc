"""What a settled year comes to, where all, a part or nothing is pooled."""

import pytest

from model import walk
from tests.model.build import MILLION, providers, scenario, share
from tests.model.test_walk import future
from ui import year_words


def said(pooled: float, saving: float = 2 * MILLION) -> tuple[str, str]:
    """Title and sentence of a year in which two providers of £60m and £40m save so much each."""
    both = tuple(one.edited(pooled=pooled) for one in providers(0.6, 0.4))
    case = scenario(providers=both, risk_share=share())
    found = future(case, {one.name: one.baseline_cost - saving for one in both})
    return year_words.title(found, "2018-19"), year_words.waterfall(found, walk.waterfall(found))


def test_a_year_of_which_all_is_pooled_speaks_of_the_pool_alone() -> None:
    title, under = said(1.0)
    assert title == "2018-19 saves £4m, has no KPI data, and providers gain £2m"
    assert under == "From a saving of £4m to +£2m for the providers; the largest step is 'commissioners' part', −£2m."


def test_a_year_of_which_nothing_is_pooled_says_what_is_kept() -> None:
    title, under = said(0.0)
    assert title == "2018-19 saves £4m, has no KPI data, and providers gain £4m, all of it outside the pool"
    assert under == (
        "Nothing is pooled: each provider keeps what it saves and bears what it overspends. Outside the pool the "
        "providers together keep +£4m."
    )


def test_a_year_of_which_a_part_is_pooled_counts_both() -> None:
    title, under = said(0.25, -MILLION)
    assert (
        title == "2018-19 overspends by £2m, has no KPI data, and providers bear £1.75m, −£1.5m of it outside the pool"
    )
    assert under.startswith("From a pooled overspend of £500k to −£250k for the providers;")
    assert under.endswith(" Outside the pool the providers together keep −£1.5m.")


@pytest.mark.parametrize("pooled", [0.0, 0.25, 1.0])
def test_a_year_on_target_moves_nothing(pooled: float) -> None:
    title, _ = said(pooled, 0.0)
    assert title == "2018-19 costs what was targeted, has no KPI data, and providers neither gain nor bear anything"


def test_what_providers_gain_and_lose_outside_the_pool_may_come_to_nothing_together() -> None:
    both = tuple(one.edited(pooled=0.0) for one in providers(0.6, 0.4))
    costs = {one.name: one.baseline_cost + sum_ for one, sum_ in zip(both, (MILLION, -MILLION), strict=True)}
    found = future(scenario(providers=both, risk_share=share()), costs)
    assert year_words.title(found, "2018-19").endswith("and providers together neither gain nor bear anything")
