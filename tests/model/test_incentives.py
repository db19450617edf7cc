"""What the next pound brings: closed forms, the books, and every threshold; errors from the replicates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from data import presets
from model.amounts import Pounds
from model.bands import Band
from model.base import Floats
from model.basis import CarryForward, Cumulative
from model.corridors import DeductibleCorridor, GateCorridor
from model.distributions import Normal
from model.draw import Outcomes, draw
from model.incentives import Drawn, by_saver, depends_on_saver, on_paper, pence
from model.plan import plan
from model.scenario import Scenario
from model.scores import score
from model.simulate import resettle
from model.tables import COMMISSIONERS, PROVIDERS, partner_names
from tests.model import build, strategies

N, SEED = 16_384, 2018
SE = 4.0
ROUNDING = 1e-4
"""What the smallness of the step leaves of double precision."""


def drawn(scenario: Scenario, n: int = N) -> Drawn:
    """Draws of a scenario, scored and settled."""
    outcomes = draw(plan(scenario), n, SEED)
    scores = score(scenario.framework, outcomes.kpis)
    return Drawn(scenario, outcomes, scores, resettle(scenario, outcomes, scores))


def given_outcomes(scenario: Scenario, costs: Floats, kpis: Floats) -> Drawn:
    """The same of futures that are given."""
    outcomes = Outcomes(costs, kpis, np.ones((len(costs), 1)))
    scores = score(scenario.framework, kpis)
    return Drawn(scenario, outcomes, scores, resettle(scenario, outcomes, scores))


def normal_saving(mean: float, sd: float, **terms: object) -> Scenario:
    """One provider with a target of £100m whose saving is normal, in £m; 30% shared either way."""
    bands = (Band(share=0.3),)
    return build.scenario(
        providers=(build.provider(cost_deviation=Normal(mean=-mean / 100, sd=sd / 100)),),
        risk_share=build.share(**{"gain_bands": bands, "pain_bands": bands} | terms),
    )


def test_a_pound_brings_the_share_times_the_chance_of_lying_inside_both_caps() -> None:
    """T5: S ~ N(2, 5), share 0.3, gain cap 1.0, pain cap 0.75: 12.6p, not 30p."""
    capped = normal_saving(
        2.0,
        5.0,
        total_gain_cap=Pounds(amount=build.MILLION),
        total_pain_cap=Pounds(amount=0.75 * build.MILLION),
    )
    table = pence(drawn(capped), None)
    inside = 0.126323 / 0.3
    assert inside == pytest.approx(1 - 0.394863 - 0.184060, abs=5e-6)
    error = 0.3 * np.sqrt(inside * (1 - inside) / N)
    assert table.loc[PROVIDERS, "true"] == pytest.approx(0.126323, abs=SE * error)
    assert table.loc[PROVIDERS, "gain on paper"] == pytest.approx(0.3)
    assert table.loc[COMMISSIONERS, "true"] == pytest.approx(1 - table.loc[PROVIDERS, "true"], abs=ROUNDING)
    assert 0 < table.loc[PROVIDERS, "true s.e."] < 2 * error


def test_a_threshold_adds_what_is_paid_at_it_times_how_likely_a_year_is_to_lie_there() -> None:
    """d/dm E[0.3 S 1(S ≥ 2)] of S ~ N(2, 5): 0.3 (P(S ≥ 2) + 2 × density at 2)."""
    gated = normal_saving(2.0, 5.0, gain_corridor=GateCorridor(width=0.02), pain_bands=())
    table = pence(drawn(gated), None)
    jump = 0.3 * 2 * stats.norm.pdf(0) / 5
    error = table.loc[PROVIDERS, "true s.e."]
    assert 0 < error < 0.05
    assert table.loc[PROVIDERS, "thresholds"] == pytest.approx(jump, abs=SE * error)
    assert table.loc[PROVIDERS, "true"] == pytest.approx(0.15 + jump, abs=SE * error)


def test_nothing_comes_from_thresholds_where_there_are_none() -> None:
    smooth = normal_saving(2.0, 5.0, gain_corridor=DeductibleCorridor(width=0.02))
    assert (pence(drawn(smooth, 512), None)["thresholds"] == 0).all()


@pytest.mark.parametrize("name", presets.names())
def test_a_pound_is_a_pound_to_all_partners_together(name: str) -> None:
    scenario = presets.preset(name)
    settled = drawn(scenario, 512)
    partners = partner_names(scenario)
    for year in (None, scenario.term.horizon - 1):
        table = pence(settled, year)
        sums = table.loc[partners].sum()
        assert sums["true"] == pytest.approx(1.0, abs=ROUNDING)
        assert sums["gain on paper"] == pytest.approx(1.0)
        assert sums["pain on paper"] == pytest.approx(1.0)
        assert sums["thresholds"] == pytest.approx(0.0, abs=ROUNDING)
        assert table.loc[[PROVIDERS, COMMISSIONERS], "true"].sum() == pytest.approx(1.0, abs=ROUNDING)


@strategies.anyhow
@given(scenario=strategies.scenarios(), seed=st.integers(0, 2**20))
def test_the_books_balance_to_the_penny_in_any_contract(scenario: Scenario, seed: int) -> None:
    settled = given_outcomes(scenario, *strategies.outturns(scenario, 24, seed))
    sums = pence(settled, None).loc[partner_names(scenario)].sum()
    assert sums["true"] == pytest.approx(1.0, abs=ROUNDING)
    savers = by_saver(settled, None)[partner_names(scenario)].sum(axis=1)
    spending = scenario.target_cost().sum(axis=0) > 0
    assert savers[spending].to_numpy() == pytest.approx(1.0, abs=ROUNDING)


def test_where_nothing_holds_it_back_a_pound_brings_what_is_on_paper() -> None:
    table = pence(drawn(build.scenario(providers=build.providers(0.75, 0.25), years=2), 160), None)
    assert table["true"].to_numpy() == pytest.approx([0.375, 0.125, 0.5, 0.5, 0.5], abs=ROUNDING)
    assert table["gain on paper"].to_numpy() == pytest.approx([0.375, 0.125, 0.5, 0.5, 0.5])


def test_a_certain_year_on_target_has_the_share_of_savings_not_that_of_overspends() -> None:
    lopsided = build.scenario(risk_share=build.share(gain_bands=(Band(share=0.4),), pain_bands=(Band(share=0.2),)))
    table = pence(drawn(lopsided, 160), None)
    assert table.loc[PROVIDERS, "true"] == pytest.approx(0.4, abs=ROUNDING)
    assert table.loc[PROVIDERS, ["gain on paper", "pain on paper"]].tolist() == pytest.approx([0.4, 0.2])


def test_outside_the_pool_each_provider_has_its_own_pound() -> None:
    apart = build.scenario(providers=build.providers(0.75, 0.25, pooled=0.0))
    settled = drawn(apart, 160)
    own = by_saver(settled, None)
    assert own[["A", "B"]].to_numpy() == pytest.approx(np.eye(2), abs=ROUNDING)
    table = pence(settled, None)
    assert table.loc[["A", "B", PROVIDERS], "true"].tolist() == pytest.approx([0.5, 0.5, 1.0], abs=ROUNDING)
    assert table.loc[["A", "B", PROVIDERS], "gain on paper"].tolist() == pytest.approx([0.5, 0.5, 1.0])


def test_a_fee_on_actual_cost_takes_its_rate_from_the_saver() -> None:
    fees = build.scenario(providers=build.providers(0.5, 0.5, fee_on="actual cost"))
    assert depends_on_saver(fees)
    own = by_saver(drawn(fees, 160), None)
    assert own[["A", "B"]].to_numpy() == pytest.approx(0.25 - 0.05 * np.eye(2), abs=ROUNDING)
    assert on_paper(fees, None)["gain on paper"].loc[PROVIDERS] == pytest.approx(0.45)


def test_it_matters_to_nobody_who_saves_what_is_pooled() -> None:
    assert not depends_on_saver(build.scenario(providers=build.providers(0.75, 0.25)))


def test_a_pound_in_a_shadow_year_is_the_commissioners() -> None:
    shadow = build.scenario(years=2, risk_share=build.share(phase_in=(0.0,)))
    settled = drawn(shadow, 160)
    assert pence(settled, 0).loc[PROVIDERS, "true"] == pytest.approx(0.0, abs=ROUNDING)
    assert pence(settled, 1).loc[PROVIDERS, "true"] == pytest.approx(0.5, abs=ROUNDING)
    assert pence(settled, None).loc[PROVIDERS, "true"] == pytest.approx(0.25, abs=ROUNDING)


@pytest.mark.parametrize("basis", [Cumulative(), CarryForward()])
def test_a_pound_counts_over_the_whole_term_whatever_the_year(basis: object) -> None:
    termwise = build.scenario(years=3, risk_share=build.share(basis=basis))
    settled = drawn(termwise, 160)
    for year in range(3):
        assert pence(settled, year).loc[PROVIDERS, "true"] == pytest.approx(0.5, abs=ROUNDING)


def test_pain_written_off_at_the_end_makes_an_overspend_free() -> None:
    over = normal_saving(-20.0, 1.0, basis=CarryForward(rest="written off"))
    assert pence(drawn(over, 160), None).loc[PROVIDERS, "true"] == pytest.approx(0.0, abs=ROUNDING)
