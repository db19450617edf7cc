"""Random valid scenarios and random outturns, for hypothesis."""

from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from model import allocation, amounts, basis, contract, framework, partners, pool
from model import bands as bands_
from model import corridors as corridors_
from model import modifiers as modifiers_
from model.base import Floats
from model.distributions import Fixed
from model.possible import within
from model.scenario import Baseline, Scenario, Term
from tests.model.unknowns import maybe, spreads, uncertainties, whole

anyhow = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to shrink a whole scenario takes minutes
    suppress_health_check=list(HealthCheck),
)

CERTAIN = Fixed(value=0.0)
OFF_THE_GRID = 0.3137
"""Added to whole scores, so that no overall score lands on a line of a step table but for rounding."""


def parts(n: int) -> SearchStrategy[list[float]]:
    """n percentages that add up to 100%."""
    cuts = st.lists(st.integers(0, 100), min_size=n - 1, max_size=n - 1).map(sorted)
    return cuts.map(lambda c: [(b - a) / 100 for a, b in zip([0, *c], [*c, 100], strict=True)])


pools: SearchStrategy[Any] = st.one_of(
    st.builds(amounts.Pounds, amount=whole(0, 5000, 1000.0)),
    st.builds(amounts.OfFee, part=whole(0, 200, 0.01)),
    st.builds(amounts.OfTarget, part=whole(0, 100, 0.001)),
)
caps: SearchStrategy[Any] = st.one_of(
    st.just(amounts.Uncapped()), pools, st.builds(amounts.LowerOf, first=pools, second=pools)
)

widths = whole(0, 60, 0.001)
corridors: SearchStrategy[Any] = st.one_of(
    st.just(corridors_.NoCorridor()),
    st.builds(corridors_.GateCorridor, width=widths, inside=st.just(0.0) | whole(0, 100, 0.01)),
    st.builds(corridors_.DeductibleCorridor, width=widths),
)


@st.composite
def bands(draw: DrawFn) -> bands_.Bands:
    """Up to four bands, all ending at % of target cost or all in pounds; the last one open or closed."""
    ends, in_pounds = sorted(draw(st.sets(st.integers(1, 200), max_size=3))), draw(st.booleans())
    closed = [
        bands_.Band(
            share=draw(whole(0, 100, 0.01)), **{"up_to_pounds": end * 10_000} if in_pounds else {"up_to": end / 1000}
        )
        for end in ends
    ]
    last = draw(maybe(whole(0, 100, 0.01)))
    return (*closed, *([] if last is None else [bands_.Band(share=last)]))


tables = st.lists(st.integers(-95, 95), min_size=1, max_size=4, unique=True).flatmap(
    lambda scores: st.tuples(
        *(
            st.builds(modifiers_.ModifierPoint, ops=st.just(score + OFF_THE_GRID), multiplier=whole(0, 20, 0.1))
            for score in sorted(scores)
        )
    )
)
modifiers: SearchStrategy[Any] = st.one_of(
    st.just(modifiers_.NoModifier()),
    st.builds(modifiers_.RampModifier, points=tables),
    st.builds(modifiers_.StepModifier, points=tables),
    st.just(modifiers_.QualityModifier()),
    st.tuples(whole(0, 100, 0.01), whole(0, 100, 0.01), whole(0, 100, 0.01)).map(
        lambda p: modifiers_.OneMinusModifier(share=p[0], lowest=min(p[1:]), highest=max(p[1:]))
    ),
)


@st.composite
def performance_pools(draw: DrawFn) -> pool.PerformancePool:
    """The neutral zone anywhere: bonus only, withhold and earn back, and all between."""
    low, high = draw(
        st.sampled_from([(-100.0, -100.0), (0.0, 0.0), (100.0, 100.0)])
        | st.tuples(whole(-100, 100), whole(-100, 100)).map(lambda zone: (min(zone), max(zone)))
    )
    return pool.PerformancePool(
        pool=draw(pools),
        max_gain=0.0 if high == 100 else draw(whole(0, 100, 0.01)),
        max_pain=0.0 if low == -100 else draw(whole(0, 100, 0.01)),
        neutral_from=low,
        neutral_to=high,
    )


BASES = (basis.Yearly(), basis.Cumulative(), basis.CarryForward(), basis.CarryForward(rest="written off"))
allocations: SearchStrategy[Any] = st.sampled_from(
    [allocation.Stated(), allocation.Equal(), allocation.ByFee(), allocation.ByTarget(), allocation.ByReserves()]
)
risk_shares = st.builds(
    contract.RiskShare,
    gain_corridor=corridors,
    pain_corridor=corridors,
    gain_bands=bands(),
    pain_bands=bands(),
    gain_modifier=modifiers,
    pain_modifier=modifiers,
    haircut=st.just(0.0) | whole(0, 100, 0.01),
    haircut_order=st.sampled_from(["before the cap", "after the cap"]),
    cost_gain_cap=caps,
    cost_pain_cap=caps,
    performance=performance_pools(),
    one_sided_years=st.just(0) | st.integers(0, 5),
    total_gain_cap=caps,
    total_pain_cap=caps,
    phase_in=st.lists(whole(0, 4, 0.25), max_size=4).map(tuple),
    basis=st.sampled_from(BASES),
    gain_allocation=allocations,
    pain_allocation=allocations,
    over_partner_caps=st.sampled_from(["commissioners", "other providers"]),
)


@st.composite
def kpis(draw: DrawFn, name: str, weight: float) -> framework.KPI:
    first = draw(st.integers(0, 100))
    gaps = draw(st.lists(st.integers(1, 30), min_size=4, max_size=4))
    values = [float(first + sum(gaps[:i])) for i in range(5)]
    if draw(st.booleans()):
        values.reverse()
    scores = sorted(draw(st.lists(whole(-100, 100), min_size=5, max_size=5)))
    unit = draw(st.sampled_from(["", "%", "days"]))
    return framework.KPI(
        name=name,
        unit=unit,
        weight=weight,
        levels=framework.Levels.model_validate(dict(zip(framework.LEVELS, values, strict=True))),
        scores=draw(
            st.just(framework.LevelScores())
            | st.just(framework.LevelScores.model_validate(dict(zip(framework.LEVELS, scores, strict=True))))
        ),
        scoring=draw(st.just(framework.Ramp()) | st.just(framework.Step())),
        today=values[1],
        expected=values[draw(st.integers(0, 4))],
        years_to_change=draw(st.integers(1, 5)),
        deviation=draw(spreads(unit=40.0)),
        people=draw(maybe(st.integers(1, 500))) if unit == "%" else None,
        lowest=draw(maybe(st.just(0.0))),
        highest=draw(maybe(st.just(100.0))),
        gate=draw(
            maybe(
                st.builds(
                    framework.Gate,
                    level=st.sampled_from(["failure", "poor", "minimum"]),
                    blocks=st.sampled_from(
                        ["cost gain", "performance gain", "all gain", "full cost gain", "the pool", "the score"]
                    ),
                )
            )
        ),
    )


@st.composite
def frameworks(draw: DrawFn) -> framework.Framework:
    """Up to three key result areas with up to three KPIs each."""
    sizes = draw(st.lists(st.integers(1, 3), max_size=3))
    kras = []
    for a, weight in enumerate(draw(parts(len(sizes))) if sizes else []):
        weights = draw(parts(sizes[a]))
        members = tuple(draw(kpis(f"KPI {a}.{k}", w)) for k, w in enumerate(weights))
        kras.append(framework.KRA(name=f"Area {a}", weight=weight, kpis=members))
    return framework.Framework(missing=draw(st.sampled_from(["in proportion", "equally"])), kras=tuple(kras))


@st.composite
def providers(draw: DrawFn, name: str, gain_share: float, pain_share: float) -> partners.Provider:
    return partners.Provider(
        name=name,
        kind=draw(st.sampled_from(["NHS trust", "council service", "charity", "company"])),
        baseline_cost=draw(whole(1, 40_000, 1000.0)),
        later_costs=tuple(draw(st.just([]) | st.lists(st.none() | whole(1, 40_000, 1000.0), max_size=5))),
        demand_growth=draw(whole(-5, 5, 0.01)),
        required_saving=draw(whole(0, 20, 0.01)),
        fee_rate=draw(whole(1, 20, 0.01)),
        fee_on=draw(st.sampled_from(["target cost", "target cost", "actual cost"])),
        cost_deviation=draw(spreads()),
        baseline_error=draw(st.just(CERTAIN) | spreads(unit=0.5)),
        gain_share=gain_share,
        pain_share=pain_share,
        gain_cap=draw(caps),
        pain_cap=draw(caps),
        pooled=draw(st.sampled_from([1.0, 1.0, 0.5, 0.0])),
        reserves=draw(whole(1, 1000, 1000.0)),
        income=draw(whole(0, 1000, 100_000.0)),
    )


@st.composite
def scenarios(draw: DrawFn) -> Scenario:
    """Every term of the contract in some state, one to four providers, one to five years."""
    names = [f"Provider {i}" for i in range(draw(st.integers(1, 4)))]
    gain, pain = draw(parts(len(names))), draw(parts(len(names)))
    contributions = draw(parts(draw(st.integers(1, 3))))
    members = tuple(draw(providers(n, g, p)) for n, g, p in zip(names, gain, pain, strict=True))
    measured = draw(frameworks())
    return Scenario(
        name="Random alliance",
        term=Term(
            start="2018-04",
            years=draw(st.integers(1, 4)),
            option_years=draw(st.integers(0, 1)),
            with_option=draw(st.booleans()),
        ),
        commissioners=tuple(
            partners.Commissioner(name=f"Commissioner {i}", kind="council", contribution=part)
            for i, part in enumerate(contributions)
        ),
        providers=members,
        baseline=Baseline(
            price_growth=draw(whole(-2, 5, 0.01)),
            contingency=draw(whole(-5, 10, 0.01)),
            reindexed=draw(st.booleans()),
            saving_phasing=tuple(draw(st.lists(whole(0, 4, 0.25), min_size=1, max_size=4))),
        ),
        framework=measured,
        risk_share=draw(risk_shares),
        uncertainty=draw(uncertainties(members, [kpi.name for kpi in measured.kpis()])),
    )


def outturns(scenario: Scenario, n: int, seed: int, missing: float = 0.1) -> tuple[Floats, Floats]:
    """Costs (years, P, n) around target and KPI values (years, K, n) around their levels, as far as possible.

    Some values lie exactly on a level; a part of them is missing.
    """
    rng = np.random.default_rng(seed)
    target = scenario.target_cost()[:, :, None]
    costs = target * (1 + 0.08 * rng.standard_normal((*target.shape[:2], n)))
    levels = np.array([kpi.levels.values for kpi in scenario.framework.kpis()]).reshape(-1, 5)
    shape = (len(target), len(levels), n)
    low, high = levels.min(axis=1)[:, None], levels.max(axis=1)[:, None]
    values = low + (high - low) * rng.uniform(-0.2, 1.2, shape)
    exact = levels[np.arange(len(levels))[:, None], rng.integers(0, 5, shape)]
    values = np.where(rng.random(shape) < 0.15, exact, values)
    for k, kpi in enumerate(scenario.framework.kpis()):
        values[:, k] = [[within(kpi, value) for value in year] for year in values[:, k].tolist()]
    values[rng.random(shape) < missing] = np.nan
    return costs, values


def reliefs(scenario: Scenario, seed: int) -> Floats:
    """Relief agreed for each year, (years, 1): often none, otherwise up to 2% of the target cost."""
    rng = np.random.default_rng([seed, 1])
    most = 0.02 * scenario.target_cost().sum(axis=1, keepdims=True)
    return np.asarray(most * rng.random(most.shape) * (rng.random(most.shape) < 0.5))


def brought_forward(scenario: Scenario, seed: int) -> float:
    """Pain from before the first year, where the contract carries pain forward: none in half of the cases."""
    rng = np.random.default_rng([seed, 2])
    if scenario.risk_share.basis.kind != "carry_forward" or rng.random() < 0.5:
        return 0.0
    return float(0.02 * scenario.target_cost()[0].sum() * rng.random())


def price_indices(years: int, n: int, seed: int) -> Floats:
    """Prices against plan that drift by about 3% a year from 1, (years, n)."""
    growth = 0.03 * np.random.default_rng([seed, 3]).standard_normal((years, n))
    return np.asarray(np.cumprod(1 + growth, axis=0))
