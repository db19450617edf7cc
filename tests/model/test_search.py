"""The search for a design that everyone would sign: against closed forms, and on a preset."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from data import presets
from model.acceptance import often_below, positions, standings, tail
from model.amounts import OfTarget
from model.appetite import InPounds, InWords, Unasked
from model.bands import Band
from model.distributions import Fixed, Normal
from model.documents import Refused
from model.incentives import Drawn, pence
from model.looks import Looks, Problem, asked, futures, levers, looked_at, made
from model.outcome import Found, Outcome
from model.paths import paths
from model.scenario import Scenario
from model.search import search, unbeaten
from model.search_report import in_lines, of_search
from model.sharing import largest_shares
from model.simulate import resettle
from model.space import DesignSpace, Vary
from model.unheard import Now
from model.whole import whole
from model.worth import certainty_equivalent
from tests.model.build import MILLION, commissioner, provider, scenario, share

N, MANY, SEED = 2_048, 16_384, 2018
OVERSPENDS, SAVINGS = "Providers' share of overspends", "Providers' share of savings"
LIMITS = np.array([1.5, 0.6, 0.3]) * MILLION
"""What three providers would lose, on average, in their worst 1 in 20."""
BOTH = DesignSpace(stated=("gain", "pain"))


def last(problem: Problem, threads: int = 2) -> Outcome:
    with ThreadPoolExecutor(threads) as pool:
        return list(search(problem, pool))[-1]


def asks(worst: float) -> InPounds:
    return InPounds(worst=worst, loss=None, reserve_minimum=None, tolerance=None)


def pool_of_three(scale: float = 1.0) -> Scenario:
    """T21: a saving of £1m ± £2m, all of it the three providers', who may split it as they like."""
    three = [
        provider(name, gain_share=1 / 3, pain_share=1 / 3, appetite=asks(float(limit) * scale))
        for name, limit in zip("ABC", LIMITS, strict=True)
    ]
    three[0] = three[0].edited(cost_deviation=Normal(mean=-0.01, sd=0.02))
    whole = (Band(share=1.0),)
    return scenario(
        providers=tuple(three),
        commissioners=(commissioner().edited(appetite=Unasked()),),
        risk_share=share(gain_bands=whole, pain_bands=whole),
    )


def test_a_limit_of_one_year_is_kept_like_one_of_a_term_that_has_one_year() -> None:
    over_the_term = pool_of_three()
    ways = ({"loss": 4 * MILLION, "loss_chance": 0.05}, {"year_loss": 4 * MILLION, "year_chance": 0.05})
    found = []
    for limits in ways:
        each = [one.edited(appetite=InPounds.model_validate(limits)) for one in over_the_term.providers]
        found.append(last(Problem(over_the_term.edited(providers=tuple(each)), BOTH, N, SEED)))
    by_term, by_year = found
    assert by_year.frontier
    assert [one.point for one in by_year.frontier] == [one.point for one in by_term.frontier]
    assert {cell.test for cell in by_year.frontier[0].positions[0].cells} == {"year"}


def room(problem: Problem) -> float:
    """By how much all limits of T21 together fall short of what the pool loses, pounds: below 0 none can be found."""
    outcomes, scores = futures(problem.scenario, problem.draws, problem.seed)
    pool = paths(problem.scenario, outcomes, scores).total[:3].sum(axis=0)
    limits = np.array([one.limits.worst for one in standings(problem.scenario)[:3]], dtype=float)
    return float(limits.sum() - limits[0] / largest_shares(pool, limits)[0])


def test_limits_that_are_too_low_leave_no_design_and_each_of_them_might_open_the_door() -> None:
    """T21: the pool of £1m ± £2m loses £3.125426m in its worst 1 in 20, and the limits come to £2.4m."""
    problem = Problem(pool_of_three(), BOTH, MANY, SEED, spared=False)
    found = last(problem)
    assert not found.frontier
    assert found.compromise is not None
    assert [one.partner for one in found.compromise.blockers] and not found.compromise.acceptable
    assert {limit.partner for limit in found.limits} == {"A", "B", "C"}
    for limit in found.limits:
        assert limit.pounds == pytest.approx(-room(problem), rel=1e-3)
        assert limit.pounds == pytest.approx(725_426, rel=0.01)
    assert OVERSPENDS in [opening.term for opening in found.openings]
    assert OVERSPENDS not in [one.term for one in last(problem._replace(spared=True)).openings]  # a silent council's


def test_the_design_that_the_fewest_refuse_is_told_beside_the_nearest() -> None:
    """The pool loses £3.125m and the limits come to £2.4m: all fall short of the nearest, one if it has all."""
    problem = Problem(pool_of_three(), BOTH, N, SEED, spared=False)
    found = last(problem)
    assert found.compromise is not None and found.fewest is not None
    assert len(found.fewest.blockers) < len(found.compromise.blockers) == 3
    report = of_search(problem, found)
    assert report["fewest"]["acceptable"] is False
    assert any(line.startswith("Refused by the fewest (") for line in in_lines(report))


def test_todays_design_is_the_one_that_the_fewest_refuse_where_no_other_has_fewer() -> None:
    alliance = pool_of_three(0.9)
    shares = (0.999, 0.001, 0.0)
    loaded = [p.edited(gain_share=s, pain_share=s) for p, s in zip(alliance.providers, shares, strict=True)]
    today = alliance.edited(providers=tuple(loaded))
    found = last(Problem(today, BOTH, N, SEED, spared=False))
    assert found.fewest is not None and found.fewest.design == today
    assert [one.partner for one in found.fewest.blockers] == ["A"]


def test_the_nearest_leaves_alone_what_brings_nobody_nearer() -> None:
    """Savings are never shared but for a hair, and how they are split moves nobody's worst futures."""
    alliance = pool_of_three()
    hair = alliance.edited(risk_share=alliance.risk_share.edited(gain_bands=(Band(share=1e-5),)))
    found = last(Problem(hair, BOTH, N, SEED, spared=False))
    assert found.compromise is not None
    assert [p.gain_share for p in found.compromise.design.providers] == [p.gain_share for p in hair.providers]
    assert [p.pain_share for p in found.compromise.design.providers] != [p.pain_share for p in hair.providers]


def test_a_search_without_a_design_tells_each_thing_that_it_has_tried() -> None:
    with ThreadPoolExecutor(2) as pool:
        told = list(search(Problem(pool_of_three(), BOTH, N, SEED), pool))
    parts = [outcome.done for outcome in told]
    assert parts == sorted(parts)
    assert parts[-1] == 1
    closed = [outcome for outcome in told if outcome.compromise]
    steps = np.diff([outcome.done for outcome in closed])
    assert steps == pytest.approx(steps[0])
    assert [len(outcome.limits) for outcome in closed[:4]] == [0, 1, 2, 3]


def test_the_same_limits_1_3023_times_as_high_leave_hardly_more_than_one_design() -> None:
    """T21. What the draws lose differs from the closed form by its standard error, so the scale is theirs."""
    scale = 1 + 1e-4 - room(Problem(pool_of_three(), BOTH, MANY, SEED)) / LIMITS.sum()
    assert scale == pytest.approx(1.3023, rel=0.005)
    problem = Problem(pool_of_three(scale), BOTH, MANY, SEED)
    best, *_ = last(problem).frontier
    assert 0 <= best.slack <= room(problem)
    shares = [provider.pain_share for provider in best.design.providers]
    assert shares == pytest.approx((LIMITS / LIMITS.sum()).tolist(), abs=1e-4)
    assert not last(Problem(pool_of_three(scale * 0.999), BOTH, MANY, SEED)).frontier


def test_linear_shares_come_to_what_the_convex_programme_says() -> None:
    """The largest smallest slack of linear shares is the same for all: (sum of limits − loss of the pool) / 3."""
    problem = Problem(pool_of_three(), BOTH, MANY, SEED, spared=False)
    with ThreadPoolExecutor(2) as pool:
        looks = Looks(problem, pool)
        list(looks.screen())
        look = looks.best(looks.aim(range(3)))
    assert look.figures[:-1] == pytest.approx([room(problem) / 3] * 3, rel=1e-4)


def one_provider(worst: float, buyer: float) -> Scenario:
    """Costs of £100m ± £10m; a provider and a council that each name the most they would lose in the worst 1 in 20."""
    return scenario(
        providers=(provider(cost_deviation=Normal(mean=0.0, sd=0.1), appetite=asks(worst)),),
        commissioners=(commissioner().edited(appetite=asks(buyer)),),
        risk_share=share(gain_bands=()),
    )


LOSS = 20.627 * MILLION
"""What a cost of ± £10m is over its mean in the worst 1 in 20: 2.0627 standard deviations."""


def test_the_only_share_that_both_accept_is_found() -> None:
    """The provider bears at most 31% of an overspend and the council at most 70%: 30% to 31% is all there is."""
    alliance = one_provider(0.31 * LOSS, 0.70 * LOSS)
    found = last(Problem(alliance, DesignSpace((Vary(OVERSPENDS, 0.0, 1.0),)), MANY, SEED))
    assert found.frontier
    for one in found.frontier:
        assert 0.30 <= one.design.risk_share.pain_bands[0].share <= 0.31


def test_every_design_on_the_frontier_is_accepted_and_beats_the_others_in_something() -> None:
    found = last(Problem(one_provider(0.6 * LOSS, 0.7 * LOSS), DesignSpace((Vary(OVERSPENDS, 0.0, 1.0),)), N, SEED))
    assert len(found.frontier) > 2
    incentives = [one.incentive for one in found.frontier]
    slacks = [one.slack for one in found.frontier]
    assert incentives == sorted(incentives, reverse=True)
    assert slacks == sorted(slacks)
    assert all(one.acceptable for one in found.frontier)


def test_a_design_has_the_incentive_and_the_positions_that_the_pages_show() -> None:
    problem = Problem(one_provider(0.6 * LOSS, 0.7 * LOSS), DesignSpace((Vary(OVERSPENDS, 0.0, 1.0),)), N, SEED)
    one = last(problem).frontier[0]
    outcomes, scores = futures(one.design, N, SEED)
    assert one.positions == positions(one.design, paths(one.design, outcomes, scores))
    drawn = Drawn(one.design, outcomes, scores, resettle(one.design, outcomes, scores))
    assert one.incentive == pytest.approx(pence(drawn, None)["true"]["Providers together"], rel=1e-6)


def test_more_incentive_than_anybody_accepts_is_named_with_the_most_that_all_do() -> None:
    """At 60% of overspends the provider has at most about 30 pence of the next pound: no gain is shared."""
    space = DesignSpace((Vary(OVERSPENDS, 0.0, 1.0),))
    found = last(Problem(one_provider(0.6 * LOSS, 0.7 * LOSS), space, N, SEED, wanted=0.45))
    assert not found.frontier
    assert found.less_wanted is not None
    assert found.less_wanted.acceptable
    assert found.less_wanted.incentive == pytest.approx(0.3, abs=0.01)


def test_an_incentive_that_no_design_has_leaves_none_however_acceptable() -> None:
    """The whole of every overspend is about 50 pence of the next pound: half of the futures overspend."""
    space = DesignSpace((Vary(OVERSPENDS, 0.0, 1.0),))
    found = last(Problem(one_provider(2 * LOSS, 2 * LOSS), space, N, SEED, wanted=0.7))
    assert not found.frontier
    assert found.less_wanted is not None
    assert found.less_wanted.incentive == pytest.approx(0.5, abs=0.02)


def test_the_wanted_incentive_is_kept_by_every_design() -> None:
    space = DesignSpace((Vary(OVERSPENDS, 0.0, 1.0),))
    found = last(Problem(one_provider(0.6 * LOSS, 0.7 * LOSS), space, N, SEED, wanted=0.27))
    assert found.frontier
    assert all(one.incentive >= 0.27 - 1e-6 for one in found.frontier)


@pytest.mark.parametrize("preset", presets.names())
def test_a_look_leaves_every_test_what_the_positions_say(preset: str) -> None:
    scenario = presets.preset(preset)
    lever = levers(scenario, N, SEED)[0]
    problem = Problem(scenario, DesignSpace((Vary(lever.name, lever.low, lever.high),)), N, SEED, spared=False)
    (look,) = looked_at(problem, N, [(0.3,)])
    design = made(problem).at((0.3,))
    assert design is not None
    found = positions(design, paths(design, *futures(scenario, N, SEED)))
    assert asked(scenario) == [(one.partner, cell.test) for one in found for cell in one.cells]
    assert look.figures[:-1] == pytest.approx([cell.slack for one in found for cell in one.cells], rel=1e-12)


def a_design(incentive: float, slack: float) -> Found:
    alliance = one_provider(0.6 * LOSS, 0.7 * LOSS)
    outcomes, scores = futures(alliance, N, SEED)
    first, *others = positions(alliance, paths(alliance, outcomes, scores))
    cells = tuple(replace(cell, slack=slack) for cell in first.cells)
    return Found((), alliance, incentive, (replace(first, cells=cells), *(replace(one, cells=()) for one in others)))


def compared_with_staying_out(outside: float = 0.0) -> Scenario:
    """The new alliance, whose partners all say what they accept in one word."""
    new = presets.preset("new-alliance")
    said = {"appetite": InWords(), "outside": Fixed(value=outside)}
    three = tuple(one.edited(reserves=one.reserves or MILLION, **said) for one in new.commissioners)
    return new.edited(providers=tuple(one.edited(**said) for one in new.providers), commissioners=three)


def test_no_design_gives_everybody_more_than_all_have_together_and_that_is_named() -> None:
    new = compared_with_staying_out()
    space = DesignSpace((Vary(SAVINGS, 0, 1), Vary(OVERSPENDS, 0, 1)), stated=("gain", "pain"))
    problem = Problem(new, space, N, SEED)
    found = last(problem)
    assert not found.frontier
    assert found.whole
    assert found.whole.outside == pytest.approx(0)
    assert found.whole.worth < found.whole.mean
    assert not found.whole.suffices
    costs = paths(new, *futures(new, N, SEED)).total.sum(axis=0)
    assert found.whole.mean == pytest.approx(costs.mean())
    report = of_search(problem, found)
    assert report["whole"] == found.whole._asdict()
    assert "staying out is worth £0 to them" in "\n".join(in_lines(report))
    assert last(problem._replace(scenario=compared_with_staying_out(-MILLION / 2))).frontier


def test_where_all_have_too_little_together_the_search_ends_at_once_and_its_report_calls_no_design_near() -> None:
    new = compared_with_staying_out()
    problem = Problem(new, DesignSpace((Vary(SAVINGS, 0, 1),), stated=("gain", "pain")), N, SEED)
    with ThreadPoolExecutor(2) as pool:
        (found,) = search(problem, pool)
    assert found.ruled_out
    assert found.done == 1
    assert found.looked == 1
    lines = "\n".join(in_lines(of_search(problem, found)))
    assert "nearest" not in lines
    assert f"at least £{round(found.whole.lacks if found.whole else 0):,} higher" in lines


def test_so_much_more_as_all_lack_together_and_no_less_is_just_enough_for_all() -> None:
    new = compared_with_staying_out()
    outcomes, scores = futures(new, N, SEED)
    found = paths(new, outcomes, scores)
    short = whole(positions(new, found), found)
    assert short
    for more, enough in ((short.lacks + 0.02, True), (short.lacks - 0.02, False)):
        given = found._replace(total=found.total + more / len(found.total))
        better = whole(positions(new, given), given)
        assert better
        assert better.suffices == enough


def test_the_bound_on_what_all_can_have_is_reached_by_shares_in_proportion_to_risk_tolerance() -> None:
    """Wilson (1968): with constant risk aversion."""
    gains = np.random.default_rng(SEED).normal(1, 2, N)
    tolerances = np.array([1.0, 3.0, 4.0])
    shares = tolerances / tolerances.sum()
    bound = certainty_equivalent(gains, float(tolerances.sum()))
    best = sum(certainty_equivalent(s * gains, t) for s, t in zip(shares, tolerances, strict=True))
    assert best == pytest.approx(float(bound))
    others = sum(certainty_equivalent(gains / 3, t) for t in tolerances)
    assert others < bound


@pytest.mark.parametrize("name", ["lambeth-living-well", "new-alliance"])
def test_every_change_of_a_found_design_changes_a_payment(name: str) -> None:
    design = presets.preset(name) if name != "new-alliance" else compared_with_staying_out()
    idle = design.edited(risk_share=design.risk_share.edited(total_pain_cap=OfTarget(part=0.9)))
    terms = tuple(Vary(lever.name, lever.low, lever.high) for lever in levers(idle, N, SEED))
    problem = Problem(idle, DesignSpace(terms, stated=("gain", "pain")), N, SEED)
    outcome = last(problem)
    for one in (*outcome.frontier, *([outcome.compromise] if outcome.compromise else [])):
        paid = paths(one.design, *futures(idle, N, SEED))
        for lever in levers(idle, N, SEED):
            if lever.value(one.design) != lever.value(idle):
                without = paths(lever.apply(one.design, lever.value(idle)), *futures(idle, N, SEED))
                assert np.abs(paid.total - without.total).max() > 0, lever.name


def test_a_design_that_another_beats_in_both_is_not_on_the_frontier() -> None:
    best, beaten, safest, refused = a_design(0.5, 10.0), a_design(0.4, 5.0), a_design(0.3, 20.0), a_design(0.6, -1.0)
    assert unbeaten([beaten, safest, refused, best]) == (best, safest)


def test_the_number_of_threads_changes_nothing() -> None:
    problem = Problem(one_provider(0.6 * LOSS, 0.7 * LOSS), DesignSpace((Vary(OVERSPENDS, 0.0, 1.0),)), N, SEED)
    assert last(problem, 1) == last(problem, 3)


def test_where_nobody_asks_anything_the_most_incentive_is_found() -> None:
    alliance = one_provider(1.0, 1.0)
    free = alliance.edited(
        providers=(alliance.providers[0].edited(appetite=Unasked()),),
        commissioners=(alliance.commissioners[0].edited(appetite=Unasked()),),
    )
    problem = Problem(free, DesignSpace((Vary(OVERSPENDS, 0.0, 1.0),)), N, SEED, spared=False)
    assert last(problem).frontier[0].design.risk_share.pain_bands[0].share == 1.0
    (same,) = last(problem._replace(spared=True)).frontier
    assert same.design.risk_share.pain_bands[0].share == 0.5


def test_who_has_not_said_what_it_accepts_is_left_no_worse_off_than_now() -> None:
    """A council that would lose nothing, and a charity that has not said: free to load, or no worse off than at 50%."""
    asking = one_provider(2 * LOSS, 0.3 * LOSS)
    silent = asking.edited(providers=(asking.providers[0].edited(appetite=Unasked()),))
    space = DesignSpace((Vary(OVERSPENDS, 0.0, 1.0),))
    free = last(Problem(silent, space, N, SEED, spared=False))
    assert [one.worse_off[0].now.partner for one in free.frontier] == ["Community charity"] * len(free.frontier)
    assert min(one.design.risk_share.pain_bands[0].share for one in free.frontier) > 0.65
    held = last(Problem(silent, space, N, SEED))
    assert not held.frontier
    assert held.compromise is not None
    assert held.compromise.design.risk_share.pain_bands[0].share == pytest.approx(0.5)
    assert not held.compromise.worse_off
    report = of_search(Problem(silent, space, N, SEED, spared=False), free)
    lines = "\n".join(in_lines(report))
    assert "Nobody who has said would refuse" in lines
    assert "Everyone would sign" not in lines
    assert "worse off than now, without having said what they accept: Community charity" in lines


def test_who_has_not_said_is_spared_by_its_mean_its_worst_futures_and_its_chance_of_a_loss() -> None:
    gains = np.linspace(-1.0, 3.0, 100_000) * MILLION
    one = Now(0, "Charity", mean=float(gains.mean()), worst=tail(gains), chance=often_below(gains, 0.0), error=1_000.0)
    assert one.chance == pytest.approx(0.25, abs=1e-4)
    assert not one.beside(gains).worse
    assert not one.beside(gains - 900).worse
    assert one.beside(gains - 2_000).worse
    likelier = np.where(gains < 0.5 * MILLION, np.maximum(gains, -0.5 * MILLION) - 100_000, gains)
    assert one.beside(likelier).worst < one.worst
    assert one.beside(likelier).worse
    assert one.beside(np.minimum(gains, 2.0 * MILLION)).worse  # never a larger loss, and less to gain


def test_lambeth_finds_designs_when_the_split_may_vary() -> None:
    alliance = presets.preset("lambeth-living-well")
    first = "first 5% (the rest in proportion)"
    terms = (Vary(f"{OVERSPENDS}, {first}", 0.0, 1.0), Vary(f"{SAVINGS}, {first}", 0.0, 1.0))
    found = last(Problem(alliance, BOTH._replace(terms=terms), N, SEED))
    assert found.frontier
    assert all(one.slack >= 0 for one in found.frontier)


@pytest.mark.parametrize(
    ("space", "sentence"),
    [
        (DesignSpace(), "Nothing may vary: choose at least one term."),
        (DesignSpace((Vary("Tea", 0, 1),)), "'Tea' cannot vary here; choose from: Providers' share of overspends"),
        (
            DesignSpace((Vary(OVERSPENDS, 0.5, 0.2),)),
            "may vary between 0 and 1, the lower end first, not between 0.5 and 0.2",
        ),
        (DesignSpace((Vary(OVERSPENDS, 0.3, 0.3),)), "has the same two ends: give it room, or leave it out."),
        (DesignSpace(rules=("By luck",)), "'By luck' is no way to split here; choose from: As agreed, Equal"),
    ],
)
def test_a_space_that_cannot_be_is_refused_with_one_sentence(space: DesignSpace, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence.split(";")[0][:30].replace("(", r"\(")) as refused:
        last(Problem(one_provider(1.0, 1.0), space, N, SEED))
    assert sentence in str(refused.value)
