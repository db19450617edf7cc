"""Sentences on the contract that a workshop asks for."""

import pandas as pd
import pytest

from model import curves, tables
from model.amounts import Pounds
from model.bands import Band
from model.base import Value
from model.basis import Yearly
from model.corridors import Corridor, DeductibleCorridor, GateCorridor, NoCorridor
from model.modifiers import ModifierPoint, RampModifier
from model.pool import PerformancePool
from model.regret import ALLIANCE, Choice
from model.scenario import Scenario
from model.tables import TERM
from tests.model.build import commissioner, framework, kpi, provider, scenario, share
from ui import accounts, appetites, commissioner_words, framework_words, regret_words, share_words, words


def told(design: Scenario) -> str:
    return share_words.poor_care(curves.gain_by_score(design, 0))


def test_who_gains_from_a_low_score_is_said_of_both_sides() -> None:
    """On target -50 costs providers half of a pool of £1m, and the commissioners have it, 60 to 40."""
    two = (commissioner("Council", 0.6), commissioner("NHS", 0.4))
    pool = PerformancePool(pool=Pounds(amount=1e6))
    design = scenario(commissioners=two, framework=framework(kpi()), risk_share=share(performance=pool))
    poor, expected = (curves.left_curve(design, 0, ops) for ops in (-50.0, 0.0))
    said = commissioner_words.low_scores(poor, expected, -50.0, 0.0)
    assert said.startswith("**Commissioners gain from a low score, and providers lose as much.** At −50 instead of")
    assert (
        "with costs on target or 5% saved or 5% overspent commissioners have £500k more (Council +£300k and NHS +£200k)"
        in said
    )
    assert commissioner_words.low_scores(poor, poor, -50.0, -50.0).startswith("A low score changes neither")


def test_a_year_in_which_costs_move_nothing_says_one_sum() -> None:
    curve = pd.DataFrame({"One": [222_000.0, 222_000.0]}, index=[-0.1, 0.1])
    assert share_words.share_title(curve, "2023-24") == "In 2023-24 providers gain £222k, whatever it costs"
    assert share_words.share_title(-curve, "2023-24") == "In 2023-24 providers bear £222k, whatever it costs"


def test_how_far_gain_and_pain_go_is_said_to_be_at_the_expected_score_and_what_is_borne_at_the_worst() -> None:
    curve = pd.DataFrame({"One": [-30_000.0, 158_000.0]}, index=[-0.12, 0.12])
    assert share_words.share_title(curve, "2023-24", 16.0, -188_000.0) == (
        "In 2023-24 at the expected score of +16 providers gain up to £158k and bear up to £30k, for costs up to 12% "
        "off target; at the worst score they bear up to £188k"
    )
    assert "worst score" not in share_words.share_title(curve, "2023-24", 16.0, -30_000.0)
    assert "score" not in share_words.share_title(curve, "2023-24")


AT = "at a performance score of −50 (poor), whatever the slider says, a saving of 5%"


@pytest.mark.parametrize(
    ("multiplier", "said"),
    [
        (1.0, f"Poor care can still earn: {AT} brings providers +£2.5m."),
        (0.5, f"Poor care can still earn: {AT} brings providers +£1.25m."),
        (
            0.0,
            f"Poor care earns nothing here: {AT} brings them nothing. But that saving earns from −49 on, still "
            "below minimum (0): +£50k there and +£2.45m at −1, just below minimum.",
        ),
    ],
)
def test_whether_poor_care_still_earns_is_said(multiplier: float, said: str) -> None:
    """One provider of £100m gets half of a saving of 5%, times what a score of -50 makes of it."""
    modifier = RampModifier(
        points=(ModifierPoint(ops=-50, multiplier=multiplier), ModifierPoint(ops=0, multiplier=max(multiplier, 1.0)))
    )
    design = scenario(providers=(provider(),), risk_share=share(gain_modifier=modifier, basis=Yearly()))
    assert told(design) == said


@pytest.mark.parametrize(
    ("score", "where"),
    [(1e-13, "0 in 2027-28, at minimum"), (-1e-13, "0 in 2027-28, at minimum"), (-100.0, "at failure")],
)
def test_a_score_at_a_level_is_at_it_and_not_between_two(score: float, where: str) -> None:
    assert framework_words.framework_title(score, "2027-28", kpis=True).endswith(where)


def test_the_range_advised_for_outcomes_stands_beside_the_pool_and_not_beside_all_that_can_be_lost() -> None:
    said = words.at_stake(pd.Series({"largest_loss": 0.051, "pool": 0.02}), "2023-24")
    assert said.startswith("Providers can lose at most 5.1% of the cost of 2023-24; the performance pool is 2% of it.")
    uncapped = words.at_stake(pd.Series({"largest_loss": float("inf"), "pool": 0.0}), "2023-24, the first full year")
    assert uncapped.startswith("Providers' possible loss in 2023-24, the first full year, is uncapped")
    assert "For what depends on outcomes, 2–4%" in said
    none = words.at_stake(pd.Series({"largest_loss": 0.051, "pool": 0.0}), "2023-24")
    assert "there is no performance pool" in none


@pytest.mark.parametrize(
    ("pounds", "said"),
    [
        (100_000.0, "1 month of its running costs"),
        (210_000.0, "2.1 months of its running costs"),
        (5_700.0, "2 days of its running costs"),
        (3_300.0, "1 day of its running costs"),
        (100.0, "less than a day of its running costs"),
    ],
)
def test_a_charitys_pounds_are_said_in_months_or_days(pounds: float, said: str) -> None:
    assert appetites._months(provider(income=1_200_000.0), pounds) == said


@pytest.mark.parametrize(
    ("pounds", "said"),
    [
        (0.0, "'A' has the best mean gain in every situation. "),
        (250_000.0, "in no situation is its mean gain more than £250k below that of the best design there. "),
    ],
)
def test_the_least_regret_is_a_sentence_also_where_there_is_none(pounds: float, said: str) -> None:
    choice = Choice(("A",), pounds)
    assert said in regret_words.regretted(choice, choice, "Trust")


@pytest.mark.parametrize("kind", [GateCorridor, DeductibleCorridor])
def test_the_help_of_a_corridor_says_what_is_shared_past_it(kind: type[Value]) -> None:
    said = str(kind.model_fields["width"].description)
    assert ("from the first pound" in said) == (kind is GateCorridor)
    assert ("only the excess" in said) == (kind is DeductibleCorridor)


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ([(0.05, 0.7), (None, 0.4)], "Up to 5% under target cost; beyond that 40%."),
        (
            [(0.05, 0.7), (0.1, 0.4), (0.2, 0.25)],
            "Up to 5% under target cost; beyond that 40%, up to 10%; beyond that 25%, up to 20%; beyond that nothing.",
        ),
        ([(0.05, 0.7)], "Up to 5% under target cost; beyond that nothing."),
    ],
)
def test_it_is_said_what_applies_beyond_the_first_band(bands: list[tuple[float | None, float]], said: str) -> None:
    assert share_words.beyond(tuple(Band(up_to=end, share=part) for end, part in bands), "gain", NoCorridor()) == said


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ([(0.05, 0.7), (None, 0.4)], "Up to 7% under target cost; 40% beyond"),
        (
            [(0.05, 0.7), (0.1, 0.4), (0.2, 0.25)],
            "Up to 7% under target cost; 40% beyond, 25% beyond 12%, nothing beyond 22%",
        ),
        ([(0.05, 0.7)], "Up to 7% under target cost; nothing beyond"),
    ],
)
def test_a_room_reads_in_short_what_applies_beyond(bands: list[tuple[float | None, float]], said: str) -> None:
    found = tuple(Band(up_to=end, share=part) for end, part in bands)
    assert share_words.beyond_in_short(found, "gain", DeductibleCorridor(width=0.02)) == said


@pytest.mark.parametrize(
    ("end", "corridor", "said"),
    [
        (0.05, DeductibleCorridor(width=0.005), "from 0.5% (where the corridor ends) to 5.5% over target cost"),
        (None, DeductibleCorridor(width=0.005), "beyond 0.5% (where the corridor ends) over target cost"),
        (0.05, GateCorridor(width=0.02), "up to 5% over target cost, from the first pound, once the corridor of 2% is"),
        (0.05, NoCorridor(), "up to 5% over target cost."),
        (None, NoCorridor(), "all that is over target cost."),
    ],
)
def test_beside_a_lever_it_is_said_where_its_band_begins_and_ends(
    end: float | None, corridor: Corridor, said: str
) -> None:
    found = share_words.first_band((Band(up_to=end, share=0.5),), "pain", corridor)
    assert found.startswith(f"The providers' part of an overspend in this band: {said}")


def test_beside_a_lever_a_band_beyond_a_deductible_ends_further_out() -> None:
    said = share_words.beyond((Band(up_to=0.1, share=0.5),), "pain", DeductibleCorridor(width=0.02))
    assert said == "Up to 12% over target cost; beyond that nothing."


def test_a_part_of_the_providers_is_said_as_the_contract_states_it() -> None:
    row = {"fee": 50e3, "moved": 0.0, "own": 0.0}
    shares = pd.DataFrame([{"limb3": -2_310.0, **row}, {"limb3": -19_690.0, **row}], index=["A", "B"])
    said = accounts.partners(shares, pd.DataFrame())
    assert "10.5% of the providers' £22k" in said[0] and "89.5% of" in said[1]


def test_who_is_stopped_by_its_own_cap_is_told_so_and_so_is_who_takes_over() -> None:
    row = {"fee": 50e3, "own": 0.0}
    each = [{"limb3": -60e3, "moved": 3_933.0, **row}, {"limb3": -30e3, "moved": -3_933.0, **row}]
    said = accounts.partners(pd.DataFrame(each, index=["A", "B"]), pd.DataFrame())
    assert "**A** pays £60k of painshare (its own cap: £3.9k is over it), 66.7% of the providers' £90k" in said[0]
    assert "**B** pays £30k of painshare (£3.9k taken over from others), 33.3% of" in said[1]


def test_a_year_without_gain_or_pain_says_why() -> None:
    nothing, some = dict.fromkeys(("5", "50", "95"), 0.0), {"5": -1e6, "50": 0.0, "95": 2e6}
    bands = pd.DataFrame([nothing, some], index=["2018-19", "2019-20"])
    then = "; in 2019-20 between −£1m and +£2m."
    assert words.fan(bands, "Providers", ["2018-19"]) == f"Providers: no gain or pain in 2018-19: a shadow year{then}"
    said = f"Providers: no gain or pain in 2018-19 in at least 9 of 10 futures{then}"
    assert words.fan(bands, "Providers") == said
    assert words.fan(bands.iloc[::-1], "Providers").startswith("Providers: 9 in 10 futures of 2019-20 lie between −£1m")


def test_regret_of_the_alliance_says_that_its_worst_placed_partner_alone_is_weighed() -> None:
    choice = Choice(("A",), 0.0)
    assert "the worst placed partner alone" in regret_words.regretted(choice, choice, ALLIANCE)
    assert "worst placed" not in regret_words.regretted(choice, choice, "Trust")


NAN = float("nan")


@pytest.mark.parametrize(
    ("reserves", "said"),
    [
        (
            [95e3, 0, 5e5],
            "B has no reserves against its £42k; of the other providers A is hit hardest for its reserves",
        ),
        (
            [95e3, 0, NAN],
            "B and C have no reserves, or none stated, against their £42k and £10k; of the other providers A is hit",
        ),
        (
            [NAN, NAN, NAN, 95e3],
            "3 providers have no reserves stated against up to £84k; of the other providers D is hit hardest",
        ),
        (
            [95e3, 1e6, 5e5],
            "Of the providers, A is hit hardest for its reserves over the whole term: its worst 1 in 20 costs £84k on "
            "average, 88% of them",
        ),
        (
            [NAN, 0, 0],
            "Of the providers, A is hit hardest over the whole term: its worst 1 in 20 costs £84k on average; it has "
            "no reserves stated",
        ),
        (
            [0, NAN, 0],
            "Of the providers, A is hit hardest over the whole term: its worst 1 in 20 costs £84k on average; it has "
            "no reserves",
        ),
    ],
)
def test_who_has_no_reserves_is_not_left_out_of_who_is_hit_hardest(reserves: list[float], said: str) -> None:
    many = len(reserves)
    table = pd.DataFrame(
        {"role": "provider", "reserves": reserves, "cvar95": [84e3, 42e3, 10e3, 9e3][:many]}, index=list("ABCD"[:many])
    )
    assert words.hardest_hit(table, TERM).startswith(said)


def test_costs_planned_of_later_years_are_said_of_the_years_that_they_change() -> None:
    """£10m of baseline; £11m planned for the second year; nothing grows after it."""
    plan = scenario(years=2, providers=(provider(baseline_cost=10e6, later_costs=(11e6,)),))
    steps = tables.target_build_up(plan)
    assert words.target(steps["2019-20"], "2019-20").startswith(
        "The target cost of 2019-20 is £10m of baseline, +£1m as later years are planned, £0 for prices and demand"
    )
    assert "planned" not in words.target(steps["2018-19"], "2018-19")


def test_the_target_cost_is_said_to_be_without_fees() -> None:
    steps = tables.target_build_up(scenario())
    assert words.target(steps["2018-19"], "2018-19").endswith("contingency. Fees come on top.")
    assert "Fees come on top." in words.ABOUT_TARGET
