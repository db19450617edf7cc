"""Would everyone sign? The tests of each partner against closed forms, by hand, and on anything."""

from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from data import presets
from model.acceptance import (
    BY_CHANCE,
    Cell,
    Position,
    Standing,
    Test,
    alliance,
    blockers,
    cells,
    positions,
    standings,
)
from model.appetite import CONVENTION, InPounds, InWords, Limits, Unasked, Word, Yardstick, yardstick
from model.base import PENNY, Floats
from model.differences import differences
from model.distributions import Fixed, Normal
from model.documents import from_document, to_document
from model.draw import draw
from model.paths import Paths, paths, yearly
from model.plan import plan
from model.scenario import Scenario
from model.scores import score
from model.tables import partner_names
from tests.model.build import MILLION, provider, scenario
from tests.model.strategies import anyhow, scenarios

N, SEED, SE = 65_536, 2018, 4.0
NOBODY = Yardstick(0.0, "")
NOTHING = Limits(None, 0.0, None, None, 0.0, None)


def futures(alliance: Scenario, n: int = N) -> Paths:
    inputs = plan(alliance)
    outcomes = draw(inputs, n, SEED)
    return paths(alliance, outcomes, score(alliance.framework, outcomes.kpis))


def one_provider(appetite: Any, **changes: Any) -> Position:
    """A provider on its own, whose gain over one year is N(1, 2) in millions."""
    alone = provider(pooled=0.0, cost_deviation=Normal(mean=-0.01, sd=0.02), appetite=appetite, **changes)
    contract = scenario(providers=(alone,))
    return positions(contract, futures(contract))[0]


def cell(position: Position, test: str) -> Cell:
    return next(cell for cell in position.cells if cell.test == test)


# Closed forms: the gain is N(1, 2) -----------------------------------------------------------------------------


def test_chance_of_a_loss_and_how_much_worse_everything_may_be() -> None:
    """T1 and T23: P(G < −2) = 0.066807; at 10% all may be 0.436897 worse."""
    found = cell(one_provider(InPounds(loss=2 * MILLION, loss_chance=0.1)), "loss")
    chance_error = np.sqrt(0.066807 * (1 - 0.066807) / N)
    density = stats.norm(1, 2).pdf(2 * special.ndtri(0.1) + 1)
    assert found.figure == pytest.approx(0.066807, abs=SE * chance_error)
    assert found.slack / MILLION == pytest.approx(0.436897, abs=SE * np.sqrt(0.09 / N) / density)
    assert found.accepts and found.verdict == "accepts"


def test_the_average_of_the_worst_1_in_20() -> None:
    """T1: CVaR95 = 3.125426; the error is that of the excess over its edge, divided by 1/20."""
    found = cell(one_provider(InPounds(worst=3 * MILLION)), "worst")
    gain = 1 + 2 * special.ndtri((np.arange(N) + 0.5) / N)
    error = np.maximum(-gain - 2.289707, 0).std() / 0.05 / np.sqrt(N)
    assert found.figure / MILLION == pytest.approx(3.125426, abs=SE * error)
    assert found.slack == pytest.approx(3 * MILLION - found.figure)
    assert found.verdict == "refuses"


def test_the_worth_of_joining_beside_staying_out() -> None:
    """T14: worth 0.5 at a tolerance of 4; staying out is N(0.6, 1), worth 0.6 − 1 / 8 = 0.475."""
    outside = Normal(mean=0.6 * MILLION, sd=MILLION)
    found = cell(one_provider(InPounds(tolerance=4 * MILLION), outside=outside), "worth")
    weight = np.exp(-(1 + 2 * special.ndtri((np.arange(N) + 0.5) / N)) / 4)
    error = 4 * weight.std() / weight.mean() / np.sqrt(N)
    assert found.figure / MILLION == pytest.approx(0.5, abs=SE * error)
    assert found.limit / MILLION == pytest.approx(0.475, abs=1e-3)
    assert found.slack == pytest.approx(found.figure - found.limit)


def test_reserves_are_looked_at_on_the_way_not_only_at_the_end() -> None:
    """Reserves of 10, never below 8 but for 1 future in 4: two of four fall to 7 on the way, one recovers."""
    one = Standing("charity", 10.0, replaced(reserve_minimum=8.0, reserve_chance=0.25), NOBODY, Fixed(value=0.0))
    total, lowest = np.array([4.0, 1.0, -3.0, 2.0]), np.array([0.0, -3.0, -3.0, -1.0])
    (found,) = cells(one, Paths(total, lowest, None))
    assert found.figure == 0.5 and not found.accepts
    assert found.slack == pytest.approx(2.0 - 3.0)


def test_paths_keep_the_lowest_running_sum_of_every_partner() -> None:
    contract = scenario(providers=(provider(cost_deviation=Normal(mean=0.0, sd=0.05)),), years=4)
    inputs = plan(contract)
    outcomes = draw(inputs, 4096, SEED)
    scores = score(contract.framework, outcomes.kpis)
    found = paths(contract, outcomes, scores)
    for partner in range(2):
        running = np.cumsum(yearly(contract, outcomes, scores, partner), axis=0)
        assert found.total[partner] == pytest.approx(running[-1], abs=PENNY)
        assert found.lowest[partner] == pytest.approx(running.min(axis=0), abs=PENNY)


def test_a_loss_in_one_year_is_looked_at_year_by_year() -> None:
    """At most 5 in any year but for 1 future in 4: two of four have a year of 7, though both end with a gain."""
    one = Standing("charity", 0.0, replaced(year_loss=5.0, year_chance=0.25), NOBODY, Fixed(value=0.0))
    total, least = np.array([4.0, 1.0, 3.0, 2.0]), np.array([-7.0, -1.0, -7.0, 0.5])
    (found,) = cells(one, Paths(total, total, least))
    assert (found.test, found.figure, found.limit, found.sum) == ("year", 0.5, 0.25, 5.0)
    assert found.slack == pytest.approx(5.0 - 7.0) and not found.accepts


def test_never_means_in_no_future() -> None:
    one = Standing("charity", 0.0, replaced(year_loss=7.0, year_chance=0.0), NOBODY, Fixed(value=0.0))
    least = np.array([-7.0, -1.0, 3.0])
    assert cells(one, Paths(least, least, least))[0].accepts
    assert not cells(one, Paths(least, least, least - 0.01))[0].accepts


def of_a_year(**limits: Any) -> Scenario:
    """Four years, and a provider that limits what it may lose in one of them."""
    one = provider(cost_deviation=Normal(mean=0.0, sd=0.05), appetite=InPounds(**limits))
    return scenario(providers=(one,), years=4)


def test_the_least_year_is_kept_of_every_partner_if_anybody_asks_and_else_of_none() -> None:
    contract = of_a_year(year_loss=MILLION)
    outcomes = draw(plan(contract), 4096, SEED)
    scores = score(contract.framework, outcomes.kpis)
    found = paths(contract, outcomes, scores)
    assert found.least is not None
    for partner in range(2):
        assert found.least[partner] == pytest.approx(yearly(contract, outcomes, scores, partner).min(axis=0), abs=PENNY)
    assert futures(of_a_year(loss=MILLION), 64).least is None


def test_the_chance_of_a_loss_in_one_of_four_years() -> None:
    """A year's gain on its own cost is N(0, 5): of 7.5 or more in one of four, 1 − Φ(1.5)^4 = 0.241603."""
    one = provider(pooled=0.0, cost_deviation=Normal(mean=0.0, sd=0.05), appetite=InPounds(year_loss=7.5 * MILLION))
    contract = scenario(providers=(one,), years=4)
    found = cell(positions(contract, futures(contract))[0], "year")
    assert found.figure == pytest.approx(0.241603, abs=SE * np.sqrt(0.2416 * 0.7584 / N))
    assert found.limit == 0.05 and found.verdict == "refuses"


def test_a_limit_of_one_year_that_is_not_entered_is_not_tested_and_leaves_the_hash_as_it_was() -> None:
    without, with_it = of_a_year(loss=MILLION), of_a_year(loss=MILLION, year_loss=MILLION)
    assert [cell.test for cell in positions(without, futures(without, 64))[0].cells] == ["loss"]
    assert without.id == of_a_year(loss=MILLION, year_chance=0.2).id != with_it.id
    before = to_document(without)
    for name in ("year_loss", "year_chance"):
        del before["providers"][0]["appetite"][name]
    assert from_document(before) == without
    assert differences(before, to_document(without)) == []


# Verdicts --------------------------------------------------------------------------------------------------------


def replaced(**limits: Any) -> Limits:
    return NOTHING._replace(**limits)


def standing(**limits: Any) -> Standing:
    return Standing("charity", 0.0, replaced(**limits), NOBODY, Fixed(value=0.0))


def position(*slacks: float, error: float = 0.0) -> Position:
    found = tuple(Cell("worst", 0.0, 0.0, 0.0, slack, error) for slack in slacks)
    return Position(f"slack {min(slacks, default=0)}", NOTHING, NOBODY, found)


def test_who_asks_nothing_has_not_said_and_blocks_nobody() -> None:
    silent = one_provider(InPounds())
    assert silent.cells == one_provider(Unasked()).cells == ()
    assert silent.verdict == "has not said" and silent.accepts and silent.tightest is None
    assert alliance((silent, position(1.0))) == "has not said"
    assert alliance((silent, position(-1.0))) == "refuses"
    assert blockers((silent,)) == ()


def test_a_slack_of_exactly_nothing_accepts() -> None:
    assert position(0.0).verdict == "accepts"
    assert position(-PENNY / 2).verdict == "accepts"
    assert position(-2 * PENNY).verdict == "refuses"


def test_within_two_standard_errors_it_is_too_close_to_call() -> None:
    assert position(1.9, error=1.0).verdict == position(-1.9, error=1.0).verdict == "too close to call"
    assert position(2.1, error=1.0).verdict == "accepts"
    assert position(-2.1, error=1.0).verdict == "refuses"


def test_one_clear_refusal_outweighs_tests_that_are_too_close() -> None:
    clear = Cell("loss", 0.0, 0.0, 0.0, -9.0, 1.0)
    found = position(1.0, error=1.0)
    assert replace(found, cells=(*found.cells, clear)).verdict == "refuses"


def test_the_deciding_test_has_the_verdict_of_the_partner() -> None:
    """One that is too close to call may have less slack, but refuses nothing."""
    vague, clear = Cell("worst", 0.0, 0.0, 0.0, -9.0, 9.0), Cell("loss", 0.0, 0.0, 0.0, -3.0, 1.0)
    passed = Cell("worth", 0.0, 0.0, 0.0, 2.0, 0.5)
    for cells_ in ((vague, clear, passed), (passed, replace(vague, slack=3.0)), (passed,), (passed, clear)):
        found = replace(position(), cells=cells_)
        assert found.deciding is not None and found.deciding.verdict == found.verdict
    assert position().deciding is None
    assert replace(position(), cells=(passed, replace(passed, slack=1.5))).deciding == replace(passed, slack=1.5)


def test_the_alliance_agrees_only_if_all_do() -> None:
    assert alliance((position(1.0), position(2.0))) == "accepts"
    assert alliance((position(1.0), position(1.0, error=1.0))) == "too close to call"
    assert alliance((position(1.0, error=1.0), position(-1.0))) == "refuses"


def test_blockers_come_the_furthest_from_accepting_first() -> None:
    found = blockers((position(1.0), position(-1.0, 5.0), position(-3.0)))
    assert [one.partner for one in found] == ["slack -3.0", "slack -1.0"]


values = st.floats(-1e6, 1e6).map(lambda x: round(x, 2))
samples = st.lists(values, min_size=8, max_size=60).map(np.array)
chances = st.floats(0, 1)
ARGUMENTS = (samples, values.map(abs), chances, st.floats(0, 1e6))


def looked_at(gains: Floats, pounds: float, chance: float, tolerance: float) -> dict[str, Cell]:
    one = standing(
        loss=pounds,
        loss_chance=chance,
        year_loss=pounds,
        year_chance=chance,
        worst=pounds,
        reserve_minimum=-pounds,
        reserve_chance=chance,
        tolerance=tolerance,
    )
    return {cell.test: cell for cell in cells(one, Paths(gains, np.minimum(gains, 0.0), np.minimum(gains, 1.0)))}


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(*ARGUMENTS)
def test_slack_agrees_with_the_figure_and_its_limit(
    gains: Floats, pounds: float, chance: float, tolerance: float
) -> None:
    found = looked_at(gains, pounds, chance, tolerance)
    for name in BY_CHANCE:
        assert found[name].accepts == (found[name].figure <= chance + 1e-12)
    assert found["worst"].accepts == (found["worst"].figure <= pounds + PENNY)
    assert found["worth"].accepts == (found["worth"].figure >= found["worth"].limit - PENNY)


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(*ARGUMENTS, st.floats(0, 1e5))
def test_a_shift_by_the_slack_is_just_accepted(
    gains: Floats, pounds: float, chance: float, tolerance: float, more: float
) -> None:
    """'All its futures could be worse by so much': moved by the slack it is accepted, by a pound more it is not."""
    slack = looked_at(gains, pounds, chance, tolerance)["loss"].slack
    assert looked_at(gains - slack, pounds, chance, tolerance)["loss"].accepts
    assert not looked_at(gains - slack - 1, pounds, chance, tolerance)["loss"].accepts


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(*ARGUMENTS, values.map(abs), chances)
def test_a_looser_limit_never_turns_yes_into_no(
    gains: Floats, pounds: float, chance: float, tolerance: float, more: float, likelier: float
) -> None:
    tight = looked_at(gains, pounds, chance, tolerance)
    loose = looked_at(gains, pounds + more, max(chance, likelier), tolerance + more)
    for name in get_args(Test):
        assert loose[name].accepts or not tight[name].accepts


@anyhow
@given(scenarios())
def test_any_scenario_gives_a_position_to_every_partner(contract: Scenario) -> None:
    found = positions(contract, futures(contract, 160))
    assert [one.partner for one in found] == partner_names(contract)
    assert all(np.isfinite([cell.figure, cell.slack, cell.sum]).all() for one in found for cell in one.cells)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(3)))
def test_the_order_of_partners_changes_no_verdict(order: list[int]) -> None:
    sds = (0.02, 0.05, 0.08)
    members = [
        provider(
            name,
            gain_share=1 / 3,
            pain_share=1 / 3,
            pooled=0.0,
            cost_deviation=Normal(mean=0.0, sd=sd),
            appetite=InPounds(worst=10 * MILLION),
        )
        for name, sd in zip("ABC", sds, strict=True)
    ]
    contract = scenario(providers=tuple(members[i] for i in order))
    found = {one.partner: one.verdict for one in positions(contract, futures(contract, 4096))}
    assert [found[name] for name in "ABC"] == ["accepts", "refuses", "refuses"]


# Appetite in words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("charity", 2.0), ("NHS trust", 0.01 * 50 * 3), ("company", 7.0), ("council", 2.0), ("council service", 2.0)],
)
def test_each_kind_of_partner_has_its_own_yardstick(kind: str, expected: float) -> None:
    assert yardstick(kind, fee=7.0, income=50.0, reserves=2.0, years=3).pounds == pytest.approx(expected)


@pytest.mark.parametrize("kind", ["charity", "NHS trust", "company", "council", "NHS board"])
def test_without_reserves_or_income_the_fee_is_the_yardstick(kind: str) -> None:
    assert yardstick(kind, fee=7.0, income=0.0, reserves=None, years=3) == Yardstick(7.0, "its fee over the term")


def test_a_word_is_the_same_as_its_pounds() -> None:
    limits = InWords(word="cautious").limits(Yardstick(1000.0, ""), 400.0)
    assert limits == Limits(100.0, 0.10, 200.0, 320.0, 0.05, 500.0)


def test_a_commissioner_without_reserves_is_asked_nothing_in_words() -> None:
    nothing = yardstick("council", fee=0.0, income=0.0, reserves=None, years=3)
    assert InWords(word="averse").limits(nothing, None) == Limits(None, 0.05, None, None, 0.01, None)


@pytest.mark.parametrize("kind", ["charity", "council", "council service", "NHS trust"])
def test_reserves_of_nothing_are_a_yardstick_and_not_the_same_as_none_stated(kind: str) -> None:
    none, pound, unstated = (yardstick(kind, fee=7.0, income=0.0, reserves=r, years=3) for r in (0.0, 1.0, None))
    assert (none.pounds, none.name) == (0.0, pound.name) and none.entered
    assert unstated.name == "its fee over the term"
    limits = InWords(word="open").limits(none, 0.0)
    assert (limits.loss, limits.worst, limits.reserve_minimum, limits.tolerance) == (0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize("appetite", [InWords(word="open"), InWords(word="averse"), InPounds(reserve_minimum=30e3)])
def test_a_pound_less_of_reserves_loosens_no_verdict(appetite: InWords | InPounds) -> None:
    """£1 and £0: the same tests, and the same slack but for that pound."""
    first, found = presets.preset(presets.FIRST), dict[float, Position]()
    paths, *others = futures(first, 2048), *first.providers[:-1]
    for held in (1.0, 0.0):
        charity = first.providers[-1].edited(reserves=held, appetite=appetite)
        found[held] = positions(first.edited(providers=(*others, charity)), paths)[len(others)]
    assert found[0.0].verdict == found[1.0].verdict == "refuses"
    assert not found[0.0].unmeasured
    for pound, none in zip(found[1.0].cells, found[0.0].cells, strict=True):
        assert none.test == pound.test
        most = 12.0 if none.test == "worth" else 1.0  # marked down by the logarithm of so many futures, times a pound
        assert pound.slack - most - 0.01 <= none.slack <= pound.slack + 0.01
        assert (none.figure, none.limit) == pytest.approx((pound.figure, pound.limit), abs=most)


def test_of_reserves_that_are_not_stated_nothing_is_asked() -> None:
    limits = InPounds(loss=1e9, reserve_minimum=30e3)
    charity = provider(kind="charity", appetite=limits)
    one = positions(scenario(providers=(charity,)), futures(scenario(), 320))[0]
    assert [cell.test for cell in one.cells] == ["loss"] and one.unmeasured
    only = charity.edited(appetite=InPounds(reserve_minimum=30e3))
    assert positions(scenario(providers=(only,)), futures(scenario(), 320))[0].verdict == "has not said"
    worded = charity.edited(appetite=InWords())
    assert positions(scenario(providers=(worded,)), futures(scenario(), 320))[0].unmeasured


def test_words_go_from_least_to_most_appetite() -> None:
    order: list[Word] = ["averse", "minimal", "cautious", "open", "eager"]
    assert list(CONVENTION) == order
    found = np.array([CONVENTION[word] for word in order])
    rising = [0, 1, 2, 4, 5]
    assert (np.diff(found[:, rising], axis=0) >= 0).all() and (np.diff(found[:, 3]) < 0).all()
    assert (np.diff(found[:, 2]) > 0).all()


def test_limits_follow_the_reserves_of_a_scenario() -> None:
    poor, rich = (standings(scenario(providers=(provider(reserves=r),)))[0].limits for r in (1e6, 2e6))
    assert rich.worst is not None and poor.worst is not None and rich.worst == pytest.approx(2 * poor.worst)
