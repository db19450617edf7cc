"""Should one partner join? What it gains against staying out, and what bad years leave of its reserves (model §4).

A bad year: the average of the worst 1 in 20, in the year in which that is worst.
The worst three years: the three years in a row that cost a future most; the average of the worst 1 in 20 futures.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd

from model.acceptance import CLOSE, Standing, often_below, standings
from model.base import PENNY, Bools, Floats
from model.draw import Outcomes
from model.drivers import tornado
from model.evidence import Distribution
from model.information import Estimate, of_each, of_everything
from model.paths import yearly
from model.points import batches
from model.scenario import Scenario
from model.scores import Scores
from model.statistics import Summary, percentile, standard_error, summary, tail_mean
from model.tables import circumstances, partner_names

RUN = 3
"""Years in a row that a run of bad years has, or the whole term if that is shorter."""
OUTSIDE = "What staying out would bring"
DOTS = 50
SIZES = {
    "Good: 1 in 10 is this or better": ("p90", 1),
    "Middle: half are this or better": ("p50", 1),
    "On average": ("mean", 1),
    "Bad: 1 in 10 is this or worse": ("p10", 1),
    "Worst 1 in 20, on average": ("cvar95", -1),
}
"""Statistics of a choice, and the sign that makes them a gain."""
ALLOWED = "The worst that the contract allows while all stay"

Values = TypeVar("Values", Floats, Bools)


@dataclass(frozen=True)
class Choice:
    """Joining against staying out over the term, in pounds."""

    joining: Summary
    staying: Summary
    benefit: Summary
    """Of joining less staying out, future by future: its 'chance_of_gain' is the chance that joining brings more."""
    dots: pd.DataFrame
    """50 equally likely values of each, lowest first: 'Joining' and 'Staying out'."""


@dataclass(frozen=True)
class BadYears:
    """What bad years cost, pounds (a loss is positive), and how likely trouble is; each with its standard error."""

    year: int
    """The year in which the worst 1 in 20 is worst, the first being 0."""
    years: int
    """Years of the term."""
    counting: int
    """Those of them in which it gains or loses in any future."""
    run: int
    """Years that 'three years' means here."""
    one: Estimate
    """The loss in a bad year."""
    worst: Estimate
    """The loss in the worst years in a row."""
    pain_in_a_year: Estimate
    """Chance of pain in any one year: the mean of the years that are `counting`."""
    pain: Estimate
    """Chance of pain in at least one year."""
    pain_in_a_row: Estimate
    """Chance of pain in so many years in a row."""
    below: Estimate | None
    """Chance that reserves fall below what they must keep, at the end of some year; None where nothing is asked,
    or none are stated."""
    over: Estimate | None
    """Chance of losing more in some year than the most that may be lost in one; None where nothing is asked."""
    over_in_one: float | None
    """The same of the one year in which it is likeliest."""
    used_up: Estimate | None
    """Chance that nothing is left of reserves at the end of some year, or of reserves of £0 less than nothing; None
    where none are stated."""

    @property
    def repeated(self) -> float:
        """The loss if so many years in a row were each as bad as the bad year."""
        return self.run * self.one.value


class Left(NamedTuple):
    """What is left of reserves after a loss."""

    pounds: float
    of_reserves: float | None
    """The part of today's reserves; None where there are none, or none are stated."""
    months: float | None
    """How many months of running costs (a twelfth of a year's income) that pays; None where no income is stated."""


@dataclass(frozen=True)
class Joining:
    """All that one partner's decision rests on. Everything is over the whole term."""

    partner: str
    role: str
    """'provider' or 'commissioner'."""
    standing: Standing
    income: float
    """A year's income from all sources; 0 where it is not stated, and for commissioners."""
    choice: Choice
    bad: BadYears
    swings: pd.DataFrame
    """`drivers.tornado` of its gain, without what moves it by no more than its error; empty where nothing moves it."""
    knowing_all: Estimate
    """The value of perfect information before signing."""
    knowing: pd.DataFrame
    """The value of knowing one input, `information.of_each`."""
    sizes: pd.DataFrame
    """How much, from good to bad: 'joining', 'staying' and 'benefit' in pounds, each with its ' s.e.'; and joining as
    parts 'of fee', 'of income' (both over the term) and 'of reserves'. nan where there is none; the last row, the
    worst that the contract allows while all stay, is -inf where that is uncapped."""
    limited_by: str
    """What limits that worst, as in `tables.circumstances`."""

    def left(self, loss: float) -> Left:
        """What is left of its reserves after a loss in pounds; of none that are stated, as of £0."""
        held = self.standing.reserves or 0.0
        pounds = held - loss
        part = pounds / held if held else None
        return Left(pounds, part, pounds / (self.income / 12) if self.income else None)


def joining(
    scenario: Scenario, outcomes: Outcomes, scores: Scores, causes: Mapping[str, Floats], partner: int, seed: int
) -> Joining:
    """One partner's decision on draws already made; `causes` are their inputs over the term, (n,) each."""
    name, standing = partner_names(scenario)[partner], standings(scenario)[partner]
    years = yearly(scenario, outcomes, scores, partner)
    gains = years.sum(axis=0)
    outside = staying_out(standing.outside, len(gains), seed, name)
    benefit, chosen = gains - outside, choice(gains, outside)
    inputs = dict(causes) | ({OUTSIDE: outside} if np.ptp(outside) > 0 else {})
    beside = circumstances(scenario).loc[name]
    income = scenario.providers[partner].income if partner < len(scenario.providers) else 0.0
    return Joining(
        partner=name,
        role=str(beside["role"]),
        standing=standing,
        income=income,
        choice=chosen,
        bad=bad_years(years, standing.reserves, standing.limits.reserve_minimum, standing.limits.year_loss),
        swings=clear(tornado(causes, gains)) if causes else pd.DataFrame(columns=["low", "high"]),
        knowing_all=of_everything(benefit),
        knowing=of_each(inputs, benefit),
        sizes=_sizes(chosen, beside),
        limited_by=str(beside["limited_by"]),
    )


def clear(swings: pd.DataFrame) -> pd.DataFrame:
    """The rows of a tornado that move the result by clearly more than their error, in its order: the widest first."""
    width = swings[["low", "high"]].abs().max(axis=1)
    error = swings[["low s.e.", "high s.e."]].max(axis=1)
    return swings[(width > CLOSE * error) & (width > PENNY)]


def _sizes(found: Choice, beside: pd.Series) -> pd.DataFrame:
    """`Joining.sizes`; `beside`: a row of `tables.circumstances`."""
    columns: dict[str, list[float]] = {}
    for name, of in {"joining": found.joining, "staying": found.staying, "benefit": found.benefit}.items():
        limit = -beside["loss_limit"] if name == "joining" else np.nan
        columns[name] = [*(sign * of.values[statistic] for statistic, sign in SIZES.values()), limit]
        columns[f"{name} s.e."] = [*(of.errors[statistic] for statistic, _ in SIZES.values()), 0.0]
    table = pd.DataFrame(columns, [*SIZES, ALLOWED], dtype=float)
    for measure in ("fee", "income", "reserves"):
        table[f"of {measure}"] = table["joining"] / beside[measure] if beside[measure] > 0 else np.nan
    return table


def staying_out(outside: Distribution, n: int, seed: int, name: str) -> Floats:
    """What staying out brings in n futures, (n,), independent of the alliance's.

    One value from each of equally likely slices, in random order, afresh for each replicate of the draws, so that
    replicates stay independent. Each partner has a stream of its own name: another partner does not change it.
    """
    key = (zlib.crc32(b"outside"), zlib.crc32(name.encode()))
    stream = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))
    sizes = [part.stop - part.start for part in batches(n)]
    return outside.ppf(np.concatenate([(stream.permutation(size) + stream.random(size)) / size for size in sizes]))


def choice(gains: Floats, outside: Floats) -> Choice:
    """Joining against staying out, of what each brings in the same futures, (n,) each, pounds."""
    places = (np.arange(DOTS) + 0.5) / DOTS * 100
    both = {"Joining": np.sort(gains), "Staying out": np.sort(outside)}
    dots = pd.DataFrame({name: [float(percentile(found, p)) for p in places] for name, found in both.items()})
    return Choice(summary(gains), summary(outside), summary(gains - outside), dots)


def bad_years(years: Floats, reserves: float | None, minimum: float | None, most: float | None = None) -> BadYears:
    """What bad years cost a partner and how likely trouble is, of its gains by year, (T, n).

    `minimum`: what reserves must keep; `most`: what may be lost in a year.
    """
    held = reserves or 0.0
    run = min(RUN, len(years))
    costs = tail_mean(np.sort(years, axis=-1))
    year = int(np.argmax(costs))
    worst = _windows(years, run).sum(axis=1).min(axis=0)
    in_a_row = np.asarray((_windows(years, run) < -PENNY).all(axis=1).any(axis=0))
    lowest = np.cumsum(years, axis=0).min(axis=0)
    counting = int(years.any(axis=1).sum())
    return BadYears(
        year=year,
        years=len(years),
        counting=counting,
        run=run,
        one=_estimated(_tail, years[year]),
        worst=_estimated(_tail, worst),
        pain_in_a_year=_estimated(_mean, (years[years.any(axis=1)] < -PENNY).sum(axis=0) / max(counting, 1)),
        pain=_estimated(_part, np.asarray((years < -PENNY).any(axis=0))),
        pain_in_a_row=_estimated(_part, in_a_row),
        below=_estimated(lambda found: often_below(found, minimum - held), lowest)
        if minimum is not None and reserves is not None
        else None,
        over=None if most is None else _estimated(lambda found: often_below(found, -most), years.min(axis=0)),
        over_in_one=None if most is None else max(often_below(year, -most) for year in years),
        used_up=None if reserves is None else _estimated(_part, held + lowest < (PENNY if held else -PENNY)),
    )


def _windows(years: Floats, run: int) -> Floats:
    """Every run of so many consecutive years, (T − run + 1, run, n)."""
    return np.stack([years[start : start + run] for start in range(len(years) - run + 1)])


def _tail(gains: Floats) -> float:
    """The average loss in the worst 1 in 20 of gains (n,)."""
    return float(tail_mean(np.sort(gains)))


def _mean(values: Floats) -> float:
    return float(values.mean())


def _part(happened: Bools) -> float:
    """The part of futures (n,) in which something happened."""
    return float(np.count_nonzero(happened) / len(happened))


def _estimated(statistic: Callable[[Values], float], values: Values) -> Estimate:
    """A statistic of values (n,) and its error from the replicates."""
    replicates = np.array([statistic(values[part]) for part in batches(len(values))])
    return Estimate(float(statistic(values)), standard_error(replicates))
