"""Designs on the same futures: differences, their errors, who gains and loses by a change, and what differs."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from data import presets
from model.amounts import OfFee, Pounds
from model.appetite import InPounds
from model.bands import Band
from model.base import PENNY
from model.comparison import (
    MEASURES,
    asked_otherwise,
    clauses_that_differ,
    compared,
    drawn_like,
    futures,
    inputs_that_differ,
    judged_by,
    moved,
    outlook,
    scaled,
    sharing,
    table,
    unlike,
)
from model.distributions import Fixed, Normal
from model.draw import draw
from model.failing import ProviderFails
from model.paths import paths
from model.plan import plan
from model.points import REPLICATES
from model.scenario import Scenario
from model.scores import score
from model.simulate import Case, resettle
from model.statistics import summary
from model.tables import COMMISSIONERS, PROVIDERS, TERM, circumstances, draws, partner_names
from tests.model.build import MILLION, provider, providers, scenario, share

N = 1_024
SD = 0.04
FIRST = presets.preset(presets.FIRST)


def half_cap(design: Scenario) -> Scenario:
    return design.edited(risk_share=design.risk_share.edited(total_pain_cap=OfFee(part=0.5)))


def linear(part: float, **changes: Any) -> Scenario:
    """One year, one provider with uncertain costs, and this part of every pound shared."""
    bands = (Band(up_to=None, share=part),)
    uncertain = provider(cost_deviation=Normal(mean=0.01, sd=SD), **changes)
    return scenario(providers=(uncertain,), risk_share=share(gain_bands=bands, pain_bands=bands))


@pytest.mark.parametrize("name", presets.names())
def test_paths_are_those_of_a_design_by_itself(name: str) -> None:
    design = presets.preset(name)
    drawn = draw(plan(design), N, 1)
    mine = futures(Case.of(design), drawn)
    theirs = paths(design, drawn, score(design.framework, drawn.kpis))
    assert np.abs(mine.total - theirs.total).max() < PENNY
    assert np.abs(mine.lowest - theirs.lowest).max() < PENNY


def test_figures_are_those_of_the_results_page() -> None:
    drawn = draw(plan(FIRST), N, 1)
    one = outlook(FIRST, futures(Case.of(FIRST), drawn))
    gains = draws(resettle(FIRST, drawn, score(FIRST.framework, drawn.kpis)), TERM)
    for name in gains:
        known = summary(gains[name].to_numpy()).values
        assert one.of("mean", name)[0] == pytest.approx(known["mean"])
        assert one.of("worst", name)[0] == pytest.approx(-known["cvar95"])
        assert one.of("pain", name)[0] == known["chance_of_pain"]
        assert [one.of(p, name)[0] for p in ("p5", "p50", "p95")] == pytest.approx(
            [known[p] for p in ("p5", "p50", "p95")]
        )
    assert one.figures.shape == (len(MEASURES), 1 + REPLICATES, len(partner_names(FIRST)) + 2)


def test_a_design_compared_with_itself_differs_by_nothing_and_without_error() -> None:
    found = table(compared({"one": FIRST, "same": FIRST}, N, 1)).xs("same", level="design")
    for measure in MEASURES:
        assert (found[f"{measure} change"] == 0).all()
        assert (found[f"{measure} change s.e."] == 0).all()
        assert {moved(row, measure) for _, row in found.iterrows()} == {"no clear difference"}


def test_twice_the_share_is_twice_the_gain_on_the_very_same_futures() -> None:
    """Linear, so each draw doubles: the change of each figure is the figure itself, to the penny."""
    found = table(compared({"quarter": linear(0.25), "half": linear(0.5)}, N, 1))
    for measure in ("mean", "worst", "p5", "p50", "p95"):
        column = found[measure].unstack("design").loc["Community charity"]
        assert column["half"] == pytest.approx(2 * column["quarter"], abs=PENNY)
        change = found.loc[("Community charity", "half"), f"{measure} change"]
        assert change == pytest.approx(column["quarter"], abs=PENNY)


def test_the_difference_is_known_far_better_than_either_figure() -> None:
    row = table(compared({"now": FIRST, "half": half_cap(FIRST)}, N, 1)).loc[(PROVIDERS, "half")]
    assert 0 < row["mean change s.e."] < row["mean s.e."]
    assert 0 < row["worst change s.e."] < row["worst s.e."]


def test_what_providers_gain_by_a_change_commissioners_lose() -> None:
    found = table(compared({"now": FIRST, "half": half_cap(FIRST)}, N, 1)).xs("half", level="design")
    assert found.loc[PROVIDERS, "mean change"] == pytest.approx(-found.loc[COMMISSIONERS, "mean change"], abs=PENNY)
    assert moved(found.loc[PROVIDERS], "mean") == "better off"
    assert moved(found.loc[COMMISSIONERS], "mean") == "worse off"


def test_a_difference_within_two_standard_errors_is_no_clear_one() -> None:
    row = pd.Series({"mean change": 1.9, "mean change s.e.": 1.0})
    assert moved(row, "mean") == "no clear difference"
    assert moved(row * [2, 1], "mean") == "better off"
    assert moved(row * [-2, 1], "mean") == "worse off"
    assert moved(row * np.nan, "mean") == "no clear difference"


def test_terms_alone_share_every_future_and_other_ranges_every_random_number() -> None:
    wider = linear(0.5, income=MILLION).edited(
        providers=(provider(cost_deviation=Normal(mean=0.01, sd=2 * SD)),),
    )
    more = linear(0.5).edited(providers=providers(0.5, 0.5, cost_deviation=Normal(mean=0.0, sd=SD)))
    first = plan(linear(0.5))
    assert sharing(plan(linear(0.25)), first) == "same futures"
    assert sharing(plan(wider), first) == "same random numbers"
    assert sharing(plan(more), first) == "same seed only"
    ours, theirs = drawn_like(plan(wider), first, N, 1).costs, draw(first, N, 1).costs
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 1 - 1e-6
    assert ours.std() == pytest.approx(2 * theirs.std(), rel=1e-4)  # the tables are read between their cells


def test_what_needs_other_random_numbers_is_named_and_nothing_else() -> None:
    first = linear(0.5)
    more = linear(0.5).edited(providers=providers(0.5, 0.5, cost_deviation=Normal(mean=0.0, sd=SD)))
    certain = first.edited(providers=(provider(cost_deviation=Fixed(value=0.0)),))
    longer = first.edited(term=first.term.edited(years=first.term.years + 1))
    both = longer.edited(uncertainty=longer.uncertainty.edited(prices=Normal(mean=0.0, sd=SD)))
    found = [unlike(plan(one), plan(first)) for one in (more, certain, longer, both)]
    assert found == [("partners",), ("uncertainties",), ("years",), ("years", "uncertainties")]


def test_random_numbers_keep_their_meaning_where_another_provider_becomes_the_largest() -> None:
    """Alone, each design would order its random numbers by its own size of things."""
    sizes = {"small first": (1.0, 30.0), "large first": (30.0, 1.0)}
    cases = {
        name: scenario(
            providers=tuple(
                provider(
                    n, gain_share=0.5, pain_share=0.5, baseline_cost=c * MILLION, cost_deviation=Normal(mean=0, sd=SD)
                )
                for n, c in zip("AB", pair, strict=True)
            )
        )
        for name, pair in sizes.items()
    }
    small, large = (plan(case) for case in cases.values())
    assert sharing(large, small) == "same random numbers"
    ours = drawn_like(large, small, N, 1).costs / np.array(large.planned_cost)[:, :, None]
    theirs = draw(small, N, 1).costs / np.array(small.planned_cost)[:, :, None]
    assert ours == pytest.approx(theirs)
    alone = draw(large, N, 1).costs / np.array(large.planned_cost)[:, :, None]
    assert alone != pytest.approx(theirs)


def test_partners_in_only_some_designs_are_compared_where_they_are() -> None:
    alone = linear(0.5)
    joined = alone.edited(providers=providers(0.5, 0.5, cost_deviation=Normal(mean=0.0, sd=SD)))
    found = table(compared({"alone": alone, "joined": joined}, N, 1))
    assert ("A", "alone") not in found.index
    assert np.isnan(found.loc[("A", "joined"), "mean change"])
    assert np.isfinite(found.loc[("City council", "joined"), "mean change"])
    assert moved(found.loc[("A", "joined")], "mean") == "no clear difference"


def test_who_would_veto_follows_the_design() -> None:
    wary = InPounds(worst=1.5 * MILLION, loss=None, tolerance=None)
    designs = {part: linear(part, appetite=wary) for part in (0.1, 0.9)}
    found = compared({f"{part}": design for part, design in designs.items()}, N, 1)
    verdicts = table(found).loc["Community charity", "verdict"]
    assert verdicts.to_dict() == {"0.1": "accepts", "0.9": "refuses"}
    for one in found.values():
        tightest = min(cell.slack for position in one.positions for cell in position.cells)
        assert one.slack[0] == tightest
        assert len(one.slack) == 1 + REPLICATES


def test_reserves_are_looked_at_on_the_way_and_the_one_who_left_stops_losing() -> None:
    """A provider with nothing pooled keeps its own overspends until it goes; then commissioners have them."""
    case = Case.of(scenario(years=3, providers=(provider(pooled=0.0, cost_deviation=Normal(mean=0.1, sd=0.0)),)))
    fails = ProviderFails(0, 1, 0.0).apply(case)
    drawn = drawn_like(fails.plan, case.plan, 160, 1)
    stays, goes = futures(case, drawn), futures(fails, drawn)
    assert goes.total[0] == pytest.approx(stays.total[0] / 3)
    assert goes.lowest[0] == pytest.approx(goes.total[0])
    assert goes.total.sum(axis=0) == pytest.approx(stays.total.sum(axis=0))


def test_scales_leave_out_who_has_none_and_the_sides() -> None:
    designs = {"now": FIRST, "half": half_cap(FIRST)}
    found = table(compared(designs, 160, 1))
    pounds, of_fee = scaled(found, designs, ""), scaled(found, designs, "fee")
    assert PROVIDERS not in pounds.index.get_level_values("partner")
    assert set(of_fee.index.get_level_values("partner")) == {p.name for p in FIRST.providers}
    name = FIRST.providers[0].name
    fee = circumstances(FIRST).loc[name, "fee"]
    assert of_fee.loc[(name, "now"), "p5"] == pytest.approx(pounds.loc[(name, "now"), "p5"] / fee)


def test_what_differs_is_said_without_names_and_stories() -> None:
    other = half_cap(FIRST).edited(name="Another name", story="Another story")
    (said,) = inputs_that_differ(FIRST, other)
    assert "Cap on total pain" in said.said
    texts = clauses_that_differ({"now": FIRST, "half": other})
    assert list(texts.columns) == ["now", "half"]
    assert all(row["now"] != row["half"] for _, row in texts.iterrows())
    assert clauses_that_differ({"now": FIRST, "again": FIRST}).empty


def test_a_cap_in_pounds_differs_from_one_in_words_of_fee() -> None:
    other = FIRST.edited(risk_share=FIRST.risk_share.edited(total_pain_cap=Pounds(amount=1e6)))
    (said,) = inputs_that_differ(FIRST, other)
    assert said.said == "Risk share › Cap on total pain: the fee → £1,000,000 a year"


def test_every_design_is_judged_by_what_partners_ask_today() -> None:
    """The terms are the same, so that partners who ask the same stand the same."""
    saved = presets.preset("lambeth-living-well")
    first, *others = saved.commissioners
    today = saved.edited(commissioners=(first.edited(appetite=InPounds(worst=500_000.0)), *others))
    assert asked_otherwise(today, saved) == [first.name]
    assert asked_otherwise(today, judged_by(today, saved)) == []
    found = compared({"Saved": judged_by(today, saved), "Today": judged_by(today, today)}, 1_024, 1)
    assert found["Saved"].positions == found["Today"].positions


def test_a_partner_who_is_not_there_today_asks_what_it_asked() -> None:
    saved = presets.preset("lambeth-living-well")
    first, *others = saved.commissioners
    another = first.edited(name="Another", kind="NHS board", reserves=1.0, appetite=InPounds(worst=500_000.0))
    assert judged_by(saved.edited(commissioners=(another, *others)), saved) == saved
