"""What a change does to every partner: a case settled on the random numbers of another, and the difference it makes."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from model.acceptance import Position, positions
from model.base import Floats
from model.draw import THREADS, drawn, in_threads
from model.drivers import euler_parts
from model.paths import Paths
from model.plan import Plan
from model.points import Method, Stream, batches
from model.recipe import Recipe, recipe
from model.scores import score
from model.settle import settle
from model.simulate import Case, Results, binding
from model.statistics import chance_of_pain, standard_error, tail_mean
from model.stressed import gains
from model.tables import COMMISSIONERS, PROVIDERS, TERM, draws, partner_names
from model.terms import terms

MEASURES = ("mean", "worst", "pain")
"""Mean gain; mean gain in the worst 1 in 20, so that higher is better here too (CVaR95 with its sign turned); chance
of pain. Pounds, pounds and a part of all futures."""


@dataclass(frozen=True)
class Settled:
    """A case in every draw: N partners, providers first."""

    case: Case
    paths: Paths
    """Of each partner over the term."""
    caps: dict[str, float]
    """In what part of futures each cap changes what is paid in any year."""


@dataclass(frozen=True)
class Effect:
    """The figures of a case over the whole term, small enough to keep: R replicates, N partners, then the two sides."""

    partners: tuple[str, ...]
    figures: Floats
    """(measures, 1 + R, N + 2): of all draws, then of each replicate."""
    caps: dict[str, float]
    positions: tuple[Position, ...]
    """Where each partner stands."""

    def column(self, measure: str) -> pd.Series:
        """One figure of every partner."""
        return pd.Series(self.figures[MEASURES.index(measure), 0], index=pd.Index(self.partners, name="partner"))

    def value(self, measure: str, partner: str) -> float:
        """One figure of one partner."""
        return float(self.samples(measure, partner)[0])

    def samples(self, measure: str, partner: str) -> Floats:
        """The same of all draws, then of each replicate, (1 + R,)."""
        return np.asarray(self.figures[MEASURES.index(measure), :, self.partners.index(partner)])


def settled(case: Case, like: Plan, n: int, seed: int, method: Method = "sobol", threads: int = THREADS) -> Settled:
    """Settles n futures of a case on the random numbers that another plan has, such as the one it is a stress of."""
    own, paths = recipe(case.plan), Paths.of(case.scenario, n)
    often: list[dict[str, int]] = []

    def work(found: Recipe, stream: Stream) -> None:
        for start, outcomes in drawn(_restated(own, found), stream):
            scores = score(case.scenario.framework, case.achieved(outcomes.kpis))
            ledger = settle(case.at(outcomes.prices), outcomes.costs, scores)
            cut = slice(start, start + outcomes.costs.shape[-1])
            paths.keep(cut, gains(case, ledger), case.terms.contribution)
            bound = binding(case.scenario, ledger)
            often.append({name: int(np.count_nonzero(where.any(axis=0))) for name, where in bound.items()})

    in_threads(like, n, seed, method, threads, work)
    total = sum(map(Counter, often), Counter())
    return Settled(case, paths, {name: total[name] / n for name in often[0]})


def _restated(own: Recipe, found: Recipe) -> Recipe:
    """A recipe that uses random numbers as another does, so that each of them means the same thing in both."""
    if (own.shape.normals, own.shape.uniforms) != (found.shape.normals, found.shape.uniforms):
        raise ValueError("these two plans have no random numbers in common")
    if own.plan.correlations != found.plan.correlations:
        return replace(own, shape=found.shape)
    return replace(found, plan=own.plan, risks=own.risks)


def effect(settled: Settled) -> Effect:
    """The figures of a settled case."""
    providers = settled.case.terms.target.shape[1]
    total = settled.paths.total
    sides = [part.sum(axis=0) for part in np.split(total, [providers])]
    everybody = np.vstack([total, *sides])
    samples = [everybody, *(everybody[:, part] for part in batches(everybody.shape[-1]))]
    figures = np.stack([_figures(np.sort(sample)) for sample in samples], axis=1)
    names = (*partner_names(settled.case.scenario), PROVIDERS, COMMISSIONERS)
    return Effect(names, figures, settled.caps, positions(settled.case.scenario, settled.paths))


def _figures(ordered: Floats) -> Floats:
    """(measures, N), of gains (N, n) sorted along the last axis."""
    return np.stack([ordered.mean(axis=-1), -tail_mean(ordered), chance_of_pain(ordered)])


def change(after: Effect, before: Effect) -> pd.DataFrame:
    """For each partner the change of each measure, 'mean', and its standard error, 'mean s.e.'.

    The draws are the same, so errors are those of the difference and far smaller than those of either figure.
    """
    moved = after.figures - before.figures
    table = pd.DataFrame(index=pd.Index(after.partners, name="partner"))
    for measure, found in zip(MEASURES, moved, strict=True):
        table[measure] = found[0]
        table[f"{measure} s.e."] = [standard_error(replicates) for replicates in found[1:].T]
    return table


def caps(after: Effect, before: Effect) -> pd.DataFrame:
    """How often each cap changes what is paid in any year: 'before' and 'after', parts of futures."""
    rows = {name: (before.caps.get(name, 0.0), often) for name, often in after.caps.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["before", "after"]).rename_axis("cap")


def carried(results: Results, period: str = TERM) -> pd.DataFrame:
    """Each provider's part of the average loss of all together in their worst 1 in 20: 'pounds' and 'of the tail'.

    Beside it 'share of pain' and 'share of gain', which the contract gives it, means over the years of the period.
    """
    scenario, labels = results.scenario, results.scenario.term.labels()
    names = [provider.name for provider in scenario.providers]
    pounds = euler_parts(draws(results, period)[names].to_numpy().T)
    contract, rows = terms(scenario), [labels.index(period)] if period in labels else slice(None)
    columns = {
        "pounds": pounds,
        "of the tail": pounds / (pounds.sum() or 1.0),
        "share of pain": contract.pain_split[rows].mean(axis=0),
        "share of gain": contract.gain_split[rows].mean(axis=0),
    }
    return pd.DataFrame(columns, index=pd.Index(names, name="provider"))
