"""What is paid is in whole pennies, and what is shown adds up to what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import walk
from model.allocation import Equal
from model.pennies import parted, whole
from model.scenario import Scenario
from tests.model.build import MILLION, commissioner, providers, scenario, share
from tests.model.strategies import anyhow, scenarios
from tests.model.test_walk import future, priced
from ui.ledgers import pounds

HALF = 499_391.55
"""An overspend of which half is a half of a penny: £249,695.775."""


@pytest.mark.parametrize(
    ("amount", "pennies"),
    [(-137_445.615, -13_744_562), (0.125, 13), (-0.005, -1), (1.004999, 100), (-0.0, 0), (0.1 + 0.2, 30)],
)
def test_half_a_penny_goes_away_from_nothing(amount: float, pennies: int) -> None:
    assert whole(amount) == pennies
    assert pounds(amount) == f"{pennies / 100:,.2f}".replace("-", "−")


def test_the_largest_rests_make_up_the_rounded_sum() -> None:
    assert parted([-137_445.615, -112_250.16]) == [-13_744_562, -11_225_016]
    assert parted([0.334, 0.333, 0.333]) == [34, 33, 33]
    assert parted([1.004, 1.004, 1.004]) == [101, 100, 100]
    assert parted([]) == []


@given(st.lists(st.floats(-1e8, 1e8), max_size=12))
def test_parts_are_within_a_penny_and_add_up(parts: list[float]) -> None:
    found = parted(parts)
    assert abs(sum(found) - 100 * sum(parts)) <= 0.5 + 1e-3
    assert all(abs(one - 100 * part) < 1 + 1e-3 for one, part in zip(found, parts, strict=True))


def test_half_pennies_of_a_settled_year_foot() -> None:
    """Three providers bear a third of £249,695.775 each; two commissioners pay what all are paid."""
    case = scenario(
        providers=providers(0.5, 0.3, 0.2, baseline_cost=MILLION),
        commissioners=(commissioner(contribution=1 / 3), commissioner("ICB", 2 / 3)),
        risk_share=share(pain_allocation=Equal()),
    )
    first, second, third = (p.name for p in case.providers)
    found = future(case, {first: MILLION + HALF, second: MILLION, third: MILLION})
    assert found.amount("due") == -249_695.78
    assert [found.amount("limb3", i) for i in range(3)] == [-83_231.92, -83_231.93, -83_231.93]
    assert pounds(found.amount("providers_part")) == "−249,695.78"
    cash = walk.cash(found)
    assert [pounds(value) for value in cash["paid"][:3]] == [
        pounds(round(sum(row), 2)) for row in cash.iloc[:3, :4].round(2).to_numpy()
    ]
    assert sum(whole(value) for value in cash["paid"]) == 0


@anyhow
@given(scenarios(), st.integers(0, 2**32 - 1))
def test_every_settled_year_foots_as_it_is_shown(case: Scenario, seed: int) -> None:
    for found in priced(case, seed):
        cash = walk.cash(found).map(whole)
        assert (cash["paid"][: len(case.providers)] == cash.iloc[: len(case.providers), :4].sum(axis=1)).all()
        assert cash["paid"].sum() == 0
        saved = whole(found.target.sum() - found.ledger.costs[found.year, :, found.draw].sum())
        stated = found.stated
        assert sum(stated["gain"]) + sum(stated["commissioners"]) == saved
        assert sum(stated["allocated"]) == stated["due"][0]
        assert walk.shares(found)["limb3"].map(whole).sum() == whole(found.paid)
        for name in ("allocated", "limb3", "fee", "own", "costs"):
            exact = getattr(found.ledger, name)[found.year, :, found.draw]
            assert all(abs(one - 100 * each) < 1.001 for one, each in zip(stated[name], exact, strict=True)), name
