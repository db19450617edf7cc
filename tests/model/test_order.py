"""What results must not depend on: the order of partners, KPIs and risks, the threads, the method of drawing.

Tolerances are four standard errors, from the draws themselves.
"""

from collections.abc import Iterator

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.bands import Band
from model.base import Floats
from model.dependence import Correlations, Pair, TCopula, cost_of, kpi_of
from model.distributions import Beta, LogNormal, Normal, Pert, StudentT, ThreePoints
from model.draw import draw
from model.evidence import FromData, Pool, View
from model.framework import KPI
from model.plan import plan
from model.points import Method
from model.scenario import Baseline, Scenario
from model.simulate import Results, simulate
from model.statistics import ON_SORTED, summary
from model.uncertainty import KpiEffect, Mitigation, Risk, Uncertainty
from tests.model.build import FALLING, MILLION, framework, kpi, provider, scenario, share
from tests.model.strategies import anyhow, scenarios

SE = 4.0
N = 4096


def partners(results: Results) -> dict[str, Floats]:
    """The total of each partner, by its name, and those of both sides."""
    case = results.scenario
    names = [*(p.name for p in case.providers), *(c.name for c in case.commissioners)]
    sides = {"Providers": results.providers.sum(axis=0), "Commissioners": results.commissioners.sum(axis=0)}
    return dict(zip(names, results.total, strict=True)) | sides


def turned_round(case: Scenario) -> Scenario:
    """The same alliance with partners, KPIs, risks and single correlations in the opposite order."""
    unsure = case.uncertainty
    kras = tuple(kra.edited(kpis=kra.kpis[::-1]) for kra in case.framework.kras[::-1])
    pairs = tuple(Pair(one=p.other, other=p.one, correlation=p.correlation) for p in unsure.correlations.pairs[::-1])
    return case.edited(
        providers=case.providers[::-1],
        commissioners=case.commissioners[::-1],
        framework=case.framework.edited(kras=kras),
        uncertainty=unsure.edited(risks=unsure.risks[::-1], correlations=unsure.correlations.edited(pairs=pairs)),
    )


@anyhow
@given(scenarios(), st.integers(0, 1000))
def test_the_order_of_partners_kpis_and_risks_does_not_matter(case: Scenario, seed: int) -> None:
    """Means and chances of pain of everybody, scores and caps, between two independent runs of plain draws."""
    here, there = simulate(case, N, seed, "plain"), simulate(turned_round(case), N, seed + 1, "plain")
    theirs = partners(there)
    for name, gain in partners(here).items():
        other = theirs[name]
        error = np.sqrt((gain.var() + other.var()) / N)
        assert abs(gain.mean() - other.mean()) < SE * error + 0.01
        for edge in (-0.005, *np.quantile(gain, [0.1, 0.5, 0.9]) - 0.005):
            p, q = (gain < edge).mean(), (other < edge).mean()
            middle = (p + q) / 2
            assert abs(p - q) <= SE * np.sqrt(middle * (1 - middle) * 2 / N) + 1e-12
    for cap, often in here.binding.items():
        middle = (often + there.binding[cap]) / 2
        assert (np.abs(often - there.binding[cap]) <= SE * np.sqrt(middle * (1 - middle) * 2 / N) + 1e-12).all()


@anyhow
@given(scenarios(), st.integers(0, 1000), st.sampled_from(["sobol", "plain"]))
def test_the_number_of_threads_changes_nothing_in_any_alliance(case: Scenario, seed: int, method: Method) -> None:
    one, three = (simulate(case, 2600, seed, method, threads) for threads in (1, 3))
    for line in ("total", "providers", "commissioners", "mean_ops"):
        assert (getattr(one, line) == getattr(three, line)).all()
    assert all((one.binding[name] == three.binding[name]).all() for name in one.binding)
    alone, together = (draw(plan(case), 1100, seed, method, threads) for threads in (1, 3))
    for line in ("costs", "kpis", "prices"):
        assert (getattr(alone, line) == getattr(together, line)).all()


# Both methods ---------------------------------------------------------------------------------------------------


def measures() -> Iterator[KPI]:
    yield kpi("Recovered", weight=0.4, unit="%", people=60, deviation=Beta(a=3, b=3, low=-15, high=15))
    yield kpi("Days", weight=0.4, levels=FALLING, deviation=ThreePoints(p10=-8, p50=0, p90=12), lowest=0)
    yield kpi("Stays", weight=0.2, deviation=FromData(values=(-9, -4, -1, 0, 2, 4, 8)))


def rich() -> Scenario:
    """Something of everything that is uncertain, over four years."""
    views = (
        View(name="One", weight=2, view=Normal(mean=0, sd=0.04)),
        View(name="Other", view=Pert(low=-0.02, likely=0.03, high=0.2)),
    )
    spreads = (StudentT(centre=0.01, scale=0.04, df=6), Pool(views=views), LogNormal(median=0.1, sigma=0.4, shift=-0.1))
    members = tuple(
        provider(
            name,
            baseline_cost=cost * MILLION,
            gain_share=part,
            pain_share=part,
            cost_deviation=spread,
            baseline_error=Normal(mean=0, sd=0.02),
            required_saving=0.05,
        )
        for name, cost, part, spread in zip("ABC", (60, 30, 10), (0.5, 0.3, 0.2), spreads, strict=True)
    )
    risks = (
        Risk(name="Claim", when="once", probability=0.3, impact=Pert(low=0, likely=2e6, high=9e6), hits=("A",)),
        Risk(
            name="Strike",
            probability=0.1,
            impact=Pert(low=0, likely=0.02, high=0.08),
            impact_in="% of planned cost",
            kpi_effects=(KpiEffect(kpi="Recovered", change=-5), KpiEffect(kpi="Days", change=10)),
            mitigation=Mitigation(probability=0.05, impact=0.8, cost=50_000),
        ),
    )
    pairs = (
        Pair(one=cost_of("A"), other=cost_of("B"), correlation=0.6),
        Pair(one=kpi_of("Days"), other=cost_of("A"), correlation=-0.3),
    )
    unsure = Uncertainty(
        delivered_by_year=(0.5, 0.8, 1.0),
        prices=Normal(mean=0.005, sd=0.01),
        correlations=Correlations(copula=TCopula(df=4), pairs=pairs),
        risks=risks,
    )
    bands = (Band(up_to=0.05, share=0.5), Band(share=0.25))
    return scenario(
        years=4,
        providers=members,
        baseline=Baseline(price_growth=0.02, reindexed=True, saving_phasing=(0.5, 1.0)),
        framework=framework(*measures()),
        uncertainty=unsure,
        risk_share=share(gain_bands=bands, pain_bands=bands),
    )


def test_all_statistics_of_a_rich_alliance_are_the_same_by_both_methods() -> None:
    """Each the mean over 24 seeds; its error is the spread between them divided by √24."""
    seeds, found = 24, dict[str, dict[str, Floats]]()
    both: tuple[Method, ...] = ("sobol", "plain")
    for method in both:
        runs = [simulate(rich(), N, seed, method) for seed in range(seeds)]
        figures: dict[str, list[float]] = {}
        for run in runs:
            for name, gain in partners(run).items():
                for statistic, value in summary(gain).values.items():
                    figures.setdefault(f"{statistic} of {name}", []).append(value)
            for year, ops in enumerate(run.mean_ops):
                figures.setdefault(f"score of year {year}", []).append(float(ops))
        found[method] = {name: np.array(values) for name, values in figures.items()}
    assert len(found["plain"]) == 6 * len(ON_SORTED) + 4
    for name, plain_draws in found["plain"].items():
        net = found["sobol"][name]
        error = np.sqrt((net.var(ddof=1) + plain_draws.var(ddof=1)) / seeds)
        assert abs(net.mean() - plain_draws.mean()) <= SE * error, name
