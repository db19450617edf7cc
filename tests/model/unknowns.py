"""Random uncertainties, for hypothesis: every kind of distribution, of dependence and of risk."""

from collections.abc import Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from model import distributions, evidence
from model.dependence import Correlations, GaussianCopula, Pair, TCopula, cost_of, kpi_of, saving_of
from model.distributions import Fixed, Normal
from model.partners import Provider
from model.uncertainty import KpiEffect, Mitigation, Risk, Uncertainty

T = TypeVar("T")


def whole(low: int, high: int, unit: float = 1.0) -> SearchStrategy[float]:
    """Round figures, as people type them."""
    return st.integers(low, high).map(lambda i: i * unit)


def maybe(strategy: SearchStrategy[T]) -> SearchStrategy[T | None]:
    return st.none() | strategy


@st.composite
def spreads(draw: DrawFn, unit: float = 1.0) -> Any:
    """A distribution of every kind, most of it within about ±0.3 units of zero."""
    a, b, c = sorted(draw(st.sets(st.integers(-30, 30), min_size=3, max_size=3)))
    low, likely, high = a * unit / 100, b * unit / 100, c * unit / 100
    middle = min(max(likely, 0.75 * low + 0.25 * high), 0.25 * low + 0.75 * high)
    hump = distributions.Pert(low=low, likely=likely, high=high)
    bell = distributions.Normal(mean=likely, sd=(high - low) / 4)
    views = (
        evidence.View(name="One", weight=2.0, view=hump),
        evidence.View(name="Other", view=bell),
        evidence.View(name="Certain", weight=1.0, view=Fixed(value=middle)),
    )
    return draw(
        st.sampled_from(
            [
                distributions.Fixed(value=likely),
                distributions.Uniform(low=low, high=high),
                distributions.Triangular(low=low, likely=likely, high=high),
                hump,
                bell,
                distributions.StudentT(centre=likely, scale=(high - low) / 4, df=6),
                distributions.LogNormal(median=high - low, sigma=0.3, shift=low),
                distributions.Beta(a=2.0, b=5.0, low=low, high=high),
                distributions.ThreePoints(p10=low, p50=middle, p90=high),
                evidence.FromData(values=(low, likely, middle, high, low, high)),
                evidence.Pool(views=views),
            ]
        )
    )


@st.composite
def correlations(draw: DrawFn, costs: Sequence[str], kpis: Sequence[str]) -> Correlations:
    """Four numbers that can all hold at once, the mixed one at most √(costs × KPIs); perhaps a pair that differs."""
    between_costs, between_kpis = draw(whole(0, 9, 0.1)), draw(whole(0, 9, 0.1))
    found = Correlations(
        between_costs=between_costs,
        between_kpis=between_kpis,
        cost_and_kpis=draw(st.sampled_from([-0.9, 0.0, 0.5])) * (between_costs * between_kpis) ** 0.5,
        year_to_year=draw(whole(0, 9, 0.1)),
        copula=draw(st.just(GaussianCopula()) | st.builds(TCopula, df=st.sampled_from([1.5, 4.0, 30.0]))),
    )
    names = [*costs, *kpis]
    if len(names) == 1 or draw(st.booleans()):
        return found
    one, other = draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
    pair = Pair(one=one, other=other, correlation=draw(whole(-5, 9, 0.1)))
    return found.edited(pairs=(pair,)).nearest_possible(costs, kpis)


@st.composite
def risks(draw: DrawFn, name: str, providers: Sequence[str], kpis: Sequence[str]) -> Risk:
    """Any year or once, in pounds or in % of planned cost; perhaps with effects on KPIs, perhaps mitigated."""
    impact_in: Any = draw(st.sampled_from(["pounds", "% of planned cost"]))
    high = draw(whole(1, 900, 1000.0)) if impact_in == "pounds" else draw(whole(1, 50, 0.01))
    moved = draw(st.sets(st.sampled_from(kpis), max_size=2)) if kpis else set()
    return Risk(
        name=name,
        when=draw(st.sampled_from(["any year", "once"])),
        probability=draw(whole(0, 100, 0.01)),
        impact=distributions.Uniform(low=0.0, high=high),
        impact_in=impact_in,
        hits=tuple(sorted(draw(st.sets(st.sampled_from(providers))))),
        kpi_effects=tuple(KpiEffect(kpi=kpi, change=draw(whole(-20, 20))) for kpi in sorted(moved)),
        included=draw(st.booleans()),
        mitigation=draw(
            maybe(
                st.builds(
                    Mitigation,
                    in_place=st.booleans(),
                    probability=whole(0, 100, 0.01),
                    impact=whole(0, 100, 0.01),
                    cost=whole(0, 90, 1000.0),
                )
            )
        ),
    )


@st.composite
def uncertainties(draw: DrawFn, providers: Sequence[Provider], kpis: Sequence[str]) -> Uncertainty:
    """Everything that is not known about these providers and KPIs."""
    names = [p.name for p in providers]
    costs = [*map(cost_of, names), *(saving_of(p.name) for p in providers if p.required_saving)]
    return Uncertainty(
        savings_delivered=draw(spreads()),
        delivered_by_year=tuple(draw(st.lists(whole(0, 4, 0.25), min_size=1, max_size=4))),
        prices=draw(st.just(Fixed(value=0.0)) | st.just(Normal(mean=0.01, sd=0.02)) | spreads(unit=0.2)),
        correlations=draw(correlations(costs, [kpi_of(kpi) for kpi in kpis])),
        risks=tuple(draw(risks(f"Risk {i}", names, kpis)) for i in range(draw(st.integers(0, 2)))),
    )
