"""Results as labelled tables: what leaves the model for a page or a file. Pounds and fractions; years by name."""

import numpy as np
import pandas as pd

from model.base import Floats
from model.framework import Framework
from model.limited_by import limited_by
from model.limits import largest_losses, losses_within
from model.partners import Commissioner, Provider
from model.piles import places
from model.scenario import SIDES, Scenario
from model.simulate import Results
from model.statistics import chance_of_pain, pain_of_any, percentile, summary
from model.terms import terms

TERM = "Whole term"
PROVIDERS, COMMISSIONERS = SIDES
ANY_PROVIDER, ANY_PARTNER = "At least one provider", "At least one partner"
LATER_STEP = "Later years as planned"
FAN = (5, 25, 50, 75, 95)
DOTS = 50


def partner_names(scenario: Scenario) -> list[str]:
    """Providers, then commissioners."""
    return [*(p.name for p in scenario.providers), *(c.name for c in scenario.commissioners)]


def periods(scenario: Scenario) -> list[str]:
    """The whole term, then each year."""
    return [TERM, *scenario.term.labels()]


def draws(results: Results, period: str = TERM) -> pd.DataFrame:
    """Each partner's gain or pain in each draw: draws down, partners across, then the two sides together."""
    scenario = results.scenario
    if period == TERM:
        each, sides = results.total, (results.providers.sum(axis=0), results.commissioners.sum(axis=0))
    else:
        year = scenario.term.labels().index(period)
        if results.in_year is None or results.year != year:
            raise ValueError(f"these results do not keep each partner's gain of {period}")
        each, sides = results.in_year, (results.providers[year], results.commissioners[year])
    columns = [*partner_names(scenario), PROVIDERS, COMMISSIONERS]
    return pd.DataFrame(np.vstack([each, *sides]).T, columns=columns)


def partners(results: Results, period: str = TERM) -> pd.DataFrame:
    """Statistics of each partner and of the two sides; a column ending in ' s.e.' is a standard error.

    `fee`, `income`, `contract` (target cost and fee, or a commissioner's part of all of it), `loss_limit` and
    `year_limit` (largest possible loss in all and in one year, inf: uncapped) are those of the period; `of fee`,
    `of reserves` and `of contract` state the average of the worst 1 in 20 as parts of them (NaN where there are none).
    `reserves` are NaN where they are not stated; a side's where one's are not. 'p5 below', 'p5 at' and so on are the
    `piles.places` of percentiles.
    """
    scenario, values = results.scenario, draws(results, period)
    rows = []
    for name in values:
        found = summary(values[name].to_numpy())
        errors = {f"{key} s.e.": error for key, error in found.errors.items()}
        rows.append({**found.values, **found.places, **errors})
    table = pd.DataFrame(rows, index=pd.Index(values.columns, name="partner")).join(circumstances(scenario, period))
    for measure in ("fee", "reserves", "contract"):
        table[f"of {measure}"] = (table["cvar95"] / table[measure]).where(table[measure] > 0)
    return table


def together(results: Results, some: tuple[str, ...], period: str = TERM) -> pd.DataFrame:
    """Statistics of what some partners gain or bear between them, as if they were one body: one row."""
    found = summary(draws(results, period)[list(some)].sum(axis=1).to_numpy())
    row = {**found.values, **{f"{key} s.e.": error for key, error in found.errors.items()}}
    return pd.DataFrame([row], index=pd.Index(["together"], name="partner"))


def anyone(results: Results, period: str = TERM) -> pd.DataFrame:
    """The chance that at least one provider, or one partner of either side, has pain, with its standard error: more
    than that of all together, in which one's gain makes up for another's pain."""
    found, names = draws(results, period), partner_names(results.scenario)
    several = {ANY_PROVIDER: names[: len(results.scenario.providers)], ANY_PARTNER: names}
    rows = {who: pain_of_any(found[some].to_numpy().T) for who, some in several.items()}
    columns = ["chance_of_pain", "chance_of_pain s.e."]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("partner")


def circumstances(scenario: Scenario, period: str = TERM) -> pd.DataFrame:
    """What a partner's gain or pain is set against: role, kind, fee, income, reserves, largest loss and why."""
    chosen = _chosen(scenario, period)
    fee = scenario.fee()[chosen].sum(axis=0)
    within = losses_within(scenario)
    limits = within(chosen)
    providers = len(scenario.providers)
    rows: list[tuple[str, str, float, float, float, float]] = [
        ("provider", p.kind, fee[i], p.income * len(chosen), _stated(p), limits[i])
        for i, p in enumerate(scenario.providers)
    ]
    rows += [
        ("commissioner", c.kind, 0.0, 0.0, _stated(c), limits[providers + i])
        for i, c in enumerate(scenario.commissioners)
    ]
    rows += [
        (
            "providers",
            "",
            fee.sum(),
            sum(r[3] for r in rows),
            _together([r[4] for r in rows[:providers]]),
            limits[:providers].sum(),
        ),
        ("commissioners", "", 0.0, 0.0, _together([r[4] for r in rows[providers:]]), limits[providers:].sum()),
    ]
    names = pd.Index([*partner_names(scenario), PROVIDERS, COMMISSIONERS], name="partner")
    table = pd.DataFrame(rows, index=names, columns=["role", "kind", "fee", "income", "reserves", "loss_limit"])
    in_one = np.max([within([t]) for t in chosen], axis=0)
    table["year_limit"] = [*in_one, *(side.sum() for side in np.split(in_one, [providers]))]
    paid = scenario.target_cost()[chosen].sum(axis=0) + fee
    pays = [c.contribution * paid.sum() for c in scenario.commissioners]
    table["contract"] = [*paid, *pays, paid.sum(), paid.sum()]
    table["limited_by"] = limited_by(scenario, chosen, limits)
    return table


def _stated(one: Provider | Commissioner) -> float:
    return float("nan") if one.reserves is None else one.reserves


def _together(reserves: list[float]) -> float:
    """The sum; NaN where one's are not stated: what all may lose is no part of what some hold."""
    return float(np.sum(reserves))


def years(results: Results) -> pd.DataFrame:
    """Each year: target cost, fee, mean score, and the statistics of both sides."""
    scenario = results.scenario
    rows = {}
    sides = {"providers": results.providers, "commissioners": results.commissioners}
    for t, label in enumerate(scenario.term.labels()):
        rows[label] = {
            f"{side} {key}": value for side, gain in sides.items() for key, value in summary(gain[t]).values.items()
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("year")
    table.insert(0, "mean_ops", results.mean_ops)
    table.insert(0, "fee", scenario.fee().sum(axis=1))
    table.insert(0, "target_cost", scenario.target_cost().sum(axis=1))
    return table


def saving(results: Results) -> pd.DataFrame:
    """Percentiles of each year's saving (target less actual cost) as parts of its target cost."""
    target = results.scenario.target_cost().sum(axis=1)[:, None]
    return fan((results.providers + results.commissioners) / target, results.scenario)


def fans(results: Results) -> dict[str, pd.DataFrame]:
    """Percentiles of each year: the saving (target less actual cost), and what each side gains."""
    return {name: fan(values, results.scenario) for name, values in _by_year(results).items()}


def fan_places(results: Results) -> dict[str, pd.DataFrame]:
    """Where the outer percentiles of `fans` stand, the `piles.places` of '5' and '95': years down."""
    found = {}
    for name, values in _by_year(results).items():
        bands = fan(values, results.scenario)
        found[name] = pd.DataFrame(places(np.sort(values), {p: bands[p].to_numpy() for p in ("5", "95")}), bands.index)
    return found


def _by_year(results: Results) -> dict[str, Floats]:
    sides = {"providers": results.providers, "commissioners": results.commissioners}
    return {"saving": results.providers + results.commissioners, **sides}


def fan(values: Floats, scenario: Scenario) -> pd.DataFrame:
    """Percentiles of values shaped (years, draws): years down, '5'…'95' across."""
    ordered = np.sort(values, axis=-1)
    return pd.DataFrame(
        {str(p): percentile(ordered, p) for p in FAN}, index=pd.Index(scenario.term.labels(), name="year")
    )


def quantiles(results: Results, period: str = TERM, count: int = DOTS, per: str = "") -> pd.DataFrame:
    """`count` equally likely values of each partner, lowest first: the dots of a dotplot.

    `per` 'fee' or 'reserves' states them as parts of it, leaving out those who have none.
    """
    values = draws(results, period)
    ordered = np.sort(values.to_numpy(), axis=0).T
    levels = (np.arange(count) + 0.5) / count * 100
    table = pd.DataFrame(
        {name: [float(percentile(row, p)) for p in levels] for name, row in zip(values.columns, ordered, strict=True)},
        index=pd.Index(levels / 100, name="chance of this or less"),
    )
    if per:
        measure = circumstances(results.scenario, period)[per]
        return table.loc[:, measure > 0] / measure[measure > 0]
    return table


def beyond(results: Results, period: str, pounds: float) -> pd.DataFrame:
    """The parts of futures in which each partner loses, or gains, more than a sum: partners down."""
    values = draws(results, period)
    return pd.DataFrame({"loss": (values < -pounds).mean(), "gain": (values > pounds).mean()}).rename_axis("partner")


def marks(figures: pd.DataFrame, per: str = "") -> pd.DataFrame:
    """P5, P50 and P95 of each partner, off the table of `partners`: rows "5", "50", "95"; `per` as in `quantiles`."""
    found = pd.DataFrame({p: figures[f"p{p}"] for p in ("5", "50", "95")}).T
    if per:
        measure = figures[per]
        return found.loc[:, measure > 0] / measure[measure > 0]
    return found


def binding(results: Results) -> pd.DataFrame:
    """Chance that each cap of the contract changes what is paid: caps down, years and 'any year' across."""
    columns = [*results.scenario.term.labels(), "any year"]
    return pd.DataFrame.from_dict(results.binding, orient="index", columns=columns).rename_axis("cap")


def target_build_up(scenario: Scenario) -> pd.DataFrame:
    """How each year's target cost is built from the baseline: steps down, years across, pounds.

    Where costs of later years are stated, what they add to the baseline is a step, and growth is what comes after them.
    """
    stated, priced = scenario.stated_cost(), scenario.priced_cost()
    base = np.broadcast_to(stated[0], stated.shape)
    planned, saving = scenario.planned_cost(), scenario.planned_cost() * scenario.planned_saving()
    target = scenario.target_cost()
    steps = {
        "Baseline cost": base,
        **({LATER_STEP: stated - base} if (stated != base).any() else {}),
        "Price growth": priced - stated,
        "Demand growth": planned - priced,
        "Required saving": -saving,
        "Contingency": target - (planned - saving),
        "Target cost": target,
    }
    return pd.DataFrame(
        {name: amount.sum(axis=1) for name, amount in steps.items()},
        index=pd.Index(scenario.term.labels(), name="year"),
    ).T.rename_axis("step")


def by_provider(scenario: Scenario) -> pd.DataFrame:
    """Target cost and fee of each provider in each year: (provider, 'target cost' or 'fee') down, years across."""
    names = [p.name for p in scenario.providers]
    tables = {"target cost": scenario.target_cost(), "fee": scenario.fee()}
    return pd.concat(
        {key: pd.DataFrame(values.T, index=names, columns=scenario.term.labels()) for key, values in tables.items()},
        names=["line", "provider"],
    )


def stake(results: Results, period: str = TERM) -> pd.Series:
    """What an average year of the period puts at stake for the providers together.

    `target_cost` in pounds; `fee`, `pool` and `largest_loss` (inf: uncapped) as parts of it; `ops` the mean score;
    `overspend` the chance that the period costs more than its target.
    """
    scenario, chosen = results.scenario, _chosen(results.scenario, period)
    target, fee = scenario.target_cost().sum(axis=1), scenario.fee().sum(axis=1)
    largest = largest_losses(scenario, chosen)[: len(scenario.providers)].sum()
    pool = scenario.risk_share.performance.pool.pounds(fee, target)
    whole = target[chosen].sum()
    saving = (results.providers + results.commissioners)[chosen].sum(axis=0)
    return pd.Series(
        {
            "target_cost": target[chosen].mean(),
            "fee": fee[chosen].sum() / whole,
            "pool": pool[chosen].sum() / whole,
            "largest_loss": largest / whole,
            "ops": results.mean_ops[chosen].mean(),
            "overspend": chance_of_pain(saving),
        }
    )


def _chosen(scenario: Scenario, period: str) -> list[int]:
    """Rows of the years in a period."""
    labels = scenario.term.labels()
    return list(range(len(labels))) if period == TERM else [labels.index(period)]


def split(scenario: Scenario, year: int) -> pd.DataFrame:
    """The parts of gain and pain that each provider has in a year, whatever the rule; each column adds up to 1."""
    contract = terms(scenario)
    names = pd.Index([p.name for p in scenario.providers], name="provider")
    return pd.DataFrame({"gain": contract.gain_split[year], "pain": contract.pain_split[year]}, index=names)


def kpi_levels(framework: Framework, kpis: Floats, year: int) -> pd.DataFrame:
    """Chance of each KPI lying between its levels in a year; `kpis` (years, K, draws). KPIs down, ranges across."""
    rows = {}
    for k, kpi in enumerate(framework.kpis()):
        sign = 1 if kpi.levels.higher_is_better else -1
        place = np.searchsorted(sign * np.array(kpi.levels.values), sign * kpis[year, k], side="right")
        rows[kpi.name] = np.bincount(place, minlength=6) / kpis.shape[-1]
    columns = [
        "below failure",
        "failure to poor",
        "poor to minimum",
        "minimum to stretch",
        "stretch to gamebreaking",
        "gamebreaking or better",
    ]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("KPI")
