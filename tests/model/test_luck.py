"""Luck alone: closed forms of one year, and what more people or years make of it."""

import numpy as np
import pytest
from scipy import stats

from data import presets
from model.amounts import Pounds
from model.bands import Band
from model.corridors import DeductibleCorridor
from model.distributions import Fixed, LogNormal, Normal
from model.draw import draw
from model.luck import PEOPLE, TIMES, YEARS, averaged, enough, luck, unchanged
from model.pool import PerformancePool
from model.scenario import Baseline, Scenario
from model.tables import COMMISSIONERS, PROVIDERS
from model.uncertainty import Mitigation, Risk
from tests.model import build
from tests.model.test_incentives import SE, SEED, N, drawn

SD = 0.02


def lucky(sd: float = SD, years: int = 1, year_to_year: float = 0.0, **terms: object) -> Scenario:
    return build.scenario(
        years=years,
        providers=(build.provider(cost_deviation=Normal(mean=0.0, sd=sd)),),
        risk_share=build.share(**terms),
        uncertainty=build.uncertain(year_to_year=year_to_year),
    )


def error(p: float) -> float:
    return SE * float(np.sqrt(p * (1 - p) / N))


def test_past_a_corridor_luck_brings_pain_as_often_as_it_overspends_by_more() -> None:
    scenario = lucky(pain_corridor=DeductibleCorridor(width=0.03), gain_corridor=DeductibleCorridor(width=0.01))
    found = luck(drawn(scenario), 0, SEED)
    pain, gain = stats.norm.sf(1.5), stats.norm.sf(0.5)
    assert found.chances.loc[PROVIDERS, "pain in a year"] == pytest.approx(pain, abs=error(pain))
    assert found.chances.loc[PROVIDERS, "gain in a year"] == pytest.approx(gain, abs=error(gain))
    assert found.overspend == pytest.approx(SD * stats.norm.ppf(0.9), abs=SE * 0.3 * SD / stats.norm.pdf(1.2816) / 128)
    assert found.certain == pytest.approx(0.0, abs=1e-6)


def test_years_settled_as_one_make_pain_past_a_corridor_rarer_by_their_square_root() -> None:
    found = luck(drawn(lucky(pain_corridor=DeductibleCorridor(width=0.02))), 0, SEED)
    curve = found.curves[YEARS]["pain"]
    for years in TIMES[YEARS]:
        exact = stats.norm.sf(np.sqrt(years))
        assert curve[years] == pytest.approx(exact, abs=error(exact))
    assert enough(found.curves[YEARS]) == 2
    assert enough(found.curves[YEARS], 0.5) == 1


def test_without_a_corridor_no_number_of_years_makes_pain_by_luck_rare() -> None:
    found = luck(drawn(lucky()), 0, SEED)
    assert enough(found.curves[YEARS]) is None
    assert found.curves[YEARS]["pain"].tolist() == pytest.approx([0.5] * len(TIMES[YEARS]), abs=error(0.5))


@pytest.mark.parametrize("year_to_year", [0.0, 0.6])
def test_the_spread_of_a_mean_of_years_is_that_of_an_autoregression(year_to_year: float) -> None:
    for years in (1, 2, 5):
        lags = np.abs(np.subtract.outer(np.arange(years), np.arange(years)))
        assert averaged(years, year_to_year) == pytest.approx(np.sqrt((year_to_year**lags).mean()))


def on_people(people: int | None) -> Scenario:
    """A rate of 50% at minimum, 60% at stretch, on so many people, in a pool that leaves scores within 25 alone."""
    rate = build.kpi(
        unit="%",
        levels={"failure": 30, "poor": 40, "minimum": 50, "stretch": 60, "gamebreaking": 70},
        today=50,
        expected=65,
        people=people,
    )
    pool = PerformancePool(pool=Pounds(amount=1e6), neutral_from=-25, neutral_to=25)
    return build.scenario(framework=build.framework(rate), risk_share=build.share(performance=pool))


def test_more_people_make_pain_by_small_numbers_rarer_by_their_square_root() -> None:
    """Pain below a score of −25, 5 points below minimum; the noise on 100 people is 5 points."""
    found = luck(drawn(on_people(100)), 0, SEED)
    curve = found.curves[PEOPLE]["pain"]
    for times in (1, 2, 4, 1024):
        exact = stats.norm.sf(np.sqrt(times))
        assert curve[times] == pytest.approx(exact, abs=error(exact) + 1e-12)
    assert enough(found.curves[PEOPLE]) == 2
    again = luck(drawn(on_people(400)), 0, SEED)
    assert again.curves[PEOPLE].loc[1, "pain"] == pytest.approx(curve[4], abs=2 * error(curve[4]))


def test_people_count_only_where_they_are_counted() -> None:
    assert PEOPLE not in luck(drawn(on_people(None), 160), 0, SEED).curves


def test_kpis_stay_where_they_are_today_and_that_may_be_pain_without_luck() -> None:
    poor = on_people(None).edited(framework=build.framework(build.kpi(today=10, expected=80)))
    found = luck(drawn(poor, 160), 0, SEED)
    assert found.certain == pytest.approx(-1e6 / 3)
    assert found.chances.loc[PROVIDERS, "pain in a year"] == 1


def test_if_nothing_changes_costs_lie_at_target_whatever_was_expected() -> None:
    risk = Risk(name="Fire", probability=0.5, impact=Fixed(value=1e6), mitigation=Mitigation(probability=0.1, cost=1e5))
    late = build.scenario(
        years=3,
        providers=(
            build.provider(
                required_saving=0.1,
                cost_deviation=LogNormal.like(0.04, 0.03),
                baseline_error=Normal(mean=0.1, sd=0.1),
            ),
        ),
        baseline=Baseline(price_growth=0.02, contingency=0.05, saving_phasing=(0.5, 1.0)),
        uncertainty=build.uncertain(risk, delivered=Fixed(value=0.3)),
    )
    costs = draw(unchanged(late), 4_096, SEED).costs[:, 0]
    target = late.target_cost()[:, 0]
    for t in range(3):
        assert costs[t].mean() == pytest.approx(target[t], abs=SE * costs[t].std() / 64)
        assert costs[t].std() == pytest.approx(0.03 / 1.04 * target[t], rel=0.1)


@pytest.mark.parametrize("name", presets.names())
def test_every_partner_has_its_chances_for_every_preset(name: str) -> None:
    scenario = presets.preset(name)
    found = luck(drawn(scenario, 512), scenario.term.horizon - 1, SEED)
    values = found.chances.drop(columns=[c for c in found.chances if c.endswith("s.e.")])
    assert values.ge(0).all().all() and values.le(1).all().all()
    assert list(values.index)[-2:] == [PROVIDERS, COMMISSIONERS]
    assert found.curves[YEARS].loc[1, "pain"] == pytest.approx(values.loc[PROVIDERS, "pain in a year"], abs=1e-9)


def test_more_of_what_is_never_shared_brings_no_pain() -> None:
    silent = lucky(gain_bands=(Band(share=0.0),), pain_bands=())
    found = luck(drawn(silent, 512), 0, SEED)
    assert enough(found.curves[YEARS]) == 1
