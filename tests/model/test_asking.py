"""What would just change a mind: against closed forms, and on any alliance."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats
from scipy.optimize import brentq

from data import presets
from model.acceptance import Position, positions
from model.amounts import LowerOf, OfFee, OfTarget, Pounds, Uncapped
from model.appetite import InPounds, Unasked
from model.asking import Ask, Price, asks
from model.bands import Band
from model.base import PENNY
from model.distributions import Fixed, Normal
from model.draw import Outcomes, draw
from model.levers import Lever, largest, levers, scaled
from model.partners import Provider
from model.paths import paths
from model.plan import plan
from model.scenario import Scenario
from model.scores import Scores, score
from tests.model.build import MILLION, commissioner, provider, scenario, share
from tests.model.strategies import anyhow, scenarios

N, SEED, SE = 16_384, 2018, 4.0
SPREAD = 5 * MILLION
"""Standard deviation of the only provider's cost."""


def drawn(alliance: Scenario, n: int) -> tuple[Outcomes, Scores]:
    outcomes = draw(plan(alliance), n, SEED)
    return outcomes, score(alliance.framework, outcomes.kpis)


def asked(alliance: Scenario, partner: int = 0, n: int = N) -> dict[str, Ask]:
    return {ask.lever.name: ask for ask in asks(alliance, *drawn(alliance, n), partner)}


def standing(alliance: Scenario, partner: int, n: int) -> Position:
    outcomes, scores = drawn(alliance, n)
    return positions(alliance, paths(alliance, outcomes, scores))[partner]


def priced(ask: Ask) -> Price:
    assert ask.price is not None
    return ask.price


def alone(appetite: Any, **changes: Any) -> Scenario:
    """One provider that spends £100m ± £5m, bears half of an overspend and gains nothing; the council asks nothing."""
    one = provider(cost_deviation=Normal(mean=0.0, sd=0.05), appetite=appetite, **changes)
    buyer = commissioner().edited(appetite=Unasked())
    return scenario(providers=(one,), commissioners=(buyer,), risk_share=share(gain_bands=()))


def test_a_share_is_priced_where_the_large_loss_just_becomes_rare_enough() -> None:
    """A loss over L has the chance p at the share L / z(1-p) sd."""
    exact, chance = 0.305, 0.1
    limit = exact * SPREAD * stats.norm.ppf(1 - chance)
    found = priced(asked(alone(InPounds(loss=limit, loss_chance=chance)))["Providers' share of overspends"])
    assert SE * found.error < 0.005
    assert found.value == 0.30


def test_a_share_is_priced_where_a_large_loss_in_one_of_four_years_just_becomes_rare_enough() -> None:
    """None of four years loses more than L with the chance (1 - p)^4."""
    exact, chance = 0.305, 0.1
    limit = exact * SPREAD * stats.norm.ppf((1 - chance) ** (1 / 4))
    one_year = alone(InPounds(year_loss=limit, year_chance=chance))
    four = one_year.edited(term=one_year.term.edited(years=4))
    assert [cell.test for cell in standing(four, 0, 64).cells] == ["year"]
    assert priced(asked(four)["Providers' share of overspends"]).value == 0.30


def test_the_error_of_a_price_is_that_of_the_slack_in_steps_of_the_lever() -> None:
    """Slack is L - s q, so its error over the share is that of the quantile q times s / q."""
    limit = 0.305 * SPREAD * stats.norm.ppf(0.9)
    alliance = alone(InPounds(loss=limit, loss_chance=0.1))
    found = priced(asked(alliance)["Providers' share of overspends"])
    (cell,) = standing(alliance, 0, N).cells
    assert found.error == pytest.approx(cell.error * (found.value / 0.5) / (SPREAD * stats.norm.ppf(0.9)), rel=0.01)


def test_a_providers_own_cap_is_priced_where_its_worst_1_in_20_is_what_it_accepts() -> None:
    """The mean of min(Z/2, c) over the worst 1 in 20, Z normal, is the limit."""
    start, half = stats.norm.ppf(0.95), SPREAD / 2

    def worst(cap: float) -> float:
        top = max(cap / half, start)
        inside = half * (stats.norm.pdf(start) - stats.norm.pdf(top))
        return float(inside + cap * stats.norm.sf(top)) / 0.05

    limit = 4.5 * MILLION
    exact = float(brentq(lambda cap: worst(cap) - limit, MILLION, 20 * MILLION))
    ask = asked(alone(InPounds(worst=limit)))["Its own cap on pain"]
    found = priced(ask)
    assert ask.now == np.inf
    assert ask.lever.unit == "£ a year"
    assert exact - ask.lever.step - SE * found.error <= found.value <= exact + SE * found.error


LIMITS = (1.5, 0.6, 0.3)
LARGEST = (0.4799, 0.1920, 0.0960)
"""Of a pool N(1, 2): the largest share that each limit on the worst 1 in 20 allows; they add up to 0.7679."""


def pool_of_three(*shares: float) -> Scenario:
    """Three providers who share a saving N(1, 2) in millions, all of it."""
    costs = (provider("A", cost_deviation=Normal(mean=-0.01, sd=0.02)), *(provider(name) for name in "BC"))
    parts = [
        one.edited(gain_share=part, pain_share=part, appetite=InPounds(worst=limit * MILLION))
        for one, part, limit in zip(costs, shares, LIMITS, strict=True)
    ]
    all_of_it = (Band(share=1.0),)
    buyer = commissioner().edited(appetite=Unasked())
    return scenario(
        providers=tuple(parts), commissioners=(buyer,), risk_share=share(gain_bands=all_of_it, pain_bands=all_of_it)
    )


@pytest.mark.parametrize("partner", [0, 1, 2])
def test_shares_that_cannot_add_up_are_priced_and_somebody_else_always_refuses(partner: int) -> None:
    shares = [0.6 if i == partner else 0.2 for i in range(3)]
    ask = asked(pool_of_three(*shares), partner)["Its share of pain"]
    found, exact = priced(ask), LARGEST[partner]
    assert exact - ask.lever.step - SE * found.error <= found.value <= exact + 1e-4 + SE * found.error
    assert found.refusing()
    assert "ABC"[partner] not in found.refusing()


def test_a_partner_that_accepts_has_no_price() -> None:
    assert asked(alone(InPounds(worst=100 * MILLION)), n=1024) == {}
    assert asked(alone(Unasked()), n=1024) == {}


def test_what_no_term_can_bring_has_no_price() -> None:
    """Staying out is worth more than a provider that gains nothing can ever have."""
    found = asked(alone(InPounds(tolerance=MILLION), outside=Fixed(value=500 * MILLION)), n=1024)
    assert found
    assert all(ask.price is None for ask in found.values())


def neighbour(ask: Ask) -> float:
    """The value one step nearer to today's."""
    value = priced(ask).value
    values = next(side for side in ask.lever.values(ask.now) if value in side)
    return [ask.now, *values][values.index(value)]


def clearly(position: Position) -> bool:
    """Whether a partner accepts, and not only by the chance of the draws."""
    return position.tightest is None or position.tightest.verdict == "accepts"


@anyhow
@given(scenarios(), st.data())
def test_the_price_clearly_accepts_and_one_step_nearer_does_not(alliance: Scenario, data: st.DataObject) -> None:
    n = 256
    partner = data.draw(st.integers(0, len(alliance.providers) + len(alliance.commissioners) - 1))
    found = asks(alliance, *drawn(alliance, n), partner)
    assert bool(found) == (not clearly(standing(alliance, partner, n)))
    for ask in found:
        if ask.price is None:
            continue
        moved = ask.lever.apply(alliance, ask.price.value)
        assert clearly(standing(moved, partner, n))
        assert ask.price.positions[partner].partner not in ask.price.refusing()
        try:
            nearer = ask.lever.apply(alliance, neighbour(ask))
        except ValidationError:
            continue
        assert not clearly(standing(nearer, partner, n))


def every_lever(alliance: Scenario) -> list[Lever]:
    found = largest(alliance, *drawn(alliance, 256))
    partners = len(alliance.providers) + len(alliance.commissioners)
    return [lever for partner in range(partners) for lever in levers(alliance, found, partner)]


@pytest.mark.parametrize("name", presets.names())
def test_every_lever_stands_where_it_was_put_and_today_changes_nothing(name: str) -> None:
    alliance = presets.preset(name)
    for lever in every_lever(alliance):
        now = lever.value(alliance)
        assert lever.apply(alliance, now) == alliance
        down, up = lever.values(now)
        assert down == sorted(down, reverse=True)
        assert up == sorted(up)
        assert all(value < now for value in down)
        assert all(value > now for value in up)
        for value in (*down[:2], *down[-1:], *up[:2], *up[-1:]):
            assert lever.value(lever.apply(alliance, value)) == pytest.approx(value, abs=1e-6)


def test_no_commissioner_is_asked_to_leave_the_alliance() -> None:
    parts = [one for one in every_lever(presets.preset("lambeth-living-well")) if one.name.startswith("Its part of")]
    assert [part.low for part in parts] == [0.01, 0.01]


@pytest.mark.parametrize("name", presets.names())
def test_no_lever_changes_what_is_drawn(name: str) -> None:
    alliance = presets.preset(name)
    for lever in every_lever(alliance):
        down, up = lever.values(lever.value(alliance))
        assert plan(lever.apply(alliance, [*down, *up][-1])) == plan(alliance)


def test_a_cap_that_is_not_there_starts_from_the_largest_pain_that_occurs() -> None:
    """There the contract pays what it paid without; a step below it does not."""
    alliance = alone(InPounds(worst=MILLION))
    outcomes, scores = drawn(alliance, 1024)
    free = paths(alliance, outcomes, scores).total[0]
    found = largest(alliance, outcomes, scores)
    assert found.own[0, 0] == pytest.approx(-free.min(), abs=PENNY)
    for name in ("Its own cap on pain", "Cap on the providers' total pain"):
        lever = next(one for one in levers(alliance, found, 0) if one.name == name)
        down, up = lever.values(lever.value(alliance))
        assert not up
        at, below = (paths(lever.apply(alliance, value), outcomes, scores).total[0] for value in down[:2])
        assert np.array_equal(at, free)
        assert below.min() > free.min()


@pytest.mark.parametrize("cap", [Pounds(amount=250_000.0), OfFee(part=0.5), OfTarget(part=0.02), LowerOf(), Uncapped()])
def test_a_cap_keeps_its_kind_and_one_that_is_new_is_in_pounds(cap: Any) -> None:
    alliance = alone(InPounds(worst=MILLION), pain_cap=cap)
    lever = next(one for one in every_lever(alliance) if one.name == "Its own cap on pain")
    moved: Provider = lever.apply(alliance, lever.values(lever.value(alliance))[0][0]).providers[0]
    assert moved.pain_cap.kind == ("pounds" if cap.kind == "none" else cap.kind)


def test_bands_move_in_proportion() -> None:
    bands = (Band(up_to=0.05, share=0.5), Band(share=0.4))
    alliance = scenario(risk_share=share(pain_bands=bands))
    lever = next(one for one in every_lever(alliance) if one.name.startswith("Providers' share of overspends"))
    moved = lever.apply(alliance, 0.25).risk_share.pain_bands
    assert [band.share for band in moved] == [0.25, 0.2]
    assert [band.up_to for band in moved] == [0.05, None]


@given(st.lists(st.integers(1, 100), min_size=2, max_size=20), st.integers(0, 100), st.data())
def test_parts_still_make_a_whole_when_one_of_them_moves(weights: list[int], points: int, data: st.DataObject) -> None:
    parts = [weight / sum(weights) for weight in weights]
    i = data.draw(st.integers(0, len(parts) - 1))
    found = scaled(parts, i, points / 100)
    assert found[i] == points / 100
    assert sum(found) == pytest.approx(1, abs=1e-4)
    assert min(found) >= 0


def test_a_small_share_is_priced_to_a_tenth_of_a_point() -> None:
    """Of the pool of three a limit of 0.1 allows 3.2%, which whole points would make 3%."""
    alliance = pool_of_three(0.45, 0.5, 0.05)
    small = alliance.providers[2].edited(appetite=InPounds(worst=0.1 * MILLION))
    found = asked(alliance.edited(providers=(*alliance.providers[:2], small)), 2)["Its share of pain"]
    exact, price = LARGEST[2] / 3, priced(found)
    assert exact - 0.001 - SE * price.error <= price.value <= exact + 1e-4 + SE * price.error
    assert round(1_000 * price.value, 6).is_integer()
    assert (found.lever.step_at(0.05), found.lever.step_at(0.1)) == (0.001, 0.01)


def test_steps_of_a_share_are_tenths_below_a_tenth_and_whole_points_beyond() -> None:
    lever = next(one for one in every_lever(pool_of_three(0.45, 0.5, 0.05)) if one.name == "Its share of pain")
    down, up = lever.values(0.098)
    assert down[:2] == [0.097, 0.096] and down[-2:] == [0.001, 0.0]
    assert up[:3] == [0.099, 0.1, 0.11] and up[-1] == 1.0
    assert lever.values(0.125)[0][:4] == [0.12, 0.11, 0.1, 0.099]


def test_no_commissioner_is_offered_to_pay_nothing() -> None:
    two = (commissioner("Council", 0.3), commissioner("ICB", 0.7))
    alliance = alone(Unasked()).edited(commissioners=two)
    lever = next(one for one in every_lever(alliance) if one.name == "Its part of the commissioners' side")
    down, up = lever.values(0.3)
    assert min(down) == 0.01 and max(up) == 1.0
    assert down[-2:] == [0.011, 0.01]


@pytest.mark.parametrize(("first", "second", "rest"), [(0.5, 0.4, (0.8,)), (0.4, 0.5, ()), (0.5, 0.5, ())])
def test_what_later_bands_have_beside_a_lever_is_told_where_it_is_of_the_first_and_they_differ(
    first: float, second: float, rest: tuple[float, ...]
) -> None:
    """A lever is of the largest band: of bands that rise, those before it are not what lies beyond."""
    start = presets.preset(presets.FIRST)
    bands = [band.edited(share=part) for band, part in zip(start.risk_share.pain_bands, (first, second), strict=False)]
    edited = start.edited(risk_share=start.risk_share.edited(pain_bands=tuple(bands)))
    every = [one for one in every_lever(edited) if one.name.startswith("Providers' share of overspends")]
    assert every
    assert all(one.rest == pytest.approx(rest) for one in every)


def test_a_lever_of_a_later_band_says_which_that_is() -> None:
    start = presets.preset(presets.FIRST)
    first, second, *_ = start.risk_share.pain_bands
    for end, name in ((second.up_to, "largest band, 5% to 12%"), (None, "largest band, beyond 5%")):
        bands = (first.edited(share=0.35), second.edited(up_to=end))
        edited = start.edited(risk_share=start.risk_share.edited(pain_bands=bands))
        found = {one.name for one in every_lever(edited) if one.name.startswith("Providers' share of overspends")}
        assert found == {f"Providers' share of overspends, {name} (the rest in proportion)"}
