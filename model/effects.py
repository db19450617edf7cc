"""What a change does to every partner: the figures of a case, small enough to keep, and differences between two."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.base import Floats
from model.points import batches
from model.simulate import Results
from model.statistics import chance_of_pain, standard_error, tail_mean
from model.tables import COMMISSIONERS, PROVIDERS, partner_names

MEASURES = ("mean", "worst", "pain")
"""Mean gain; mean gain in the worst 1 in 20, so that higher is better here too (CVaR95 with its sign turned); chance
of pain. Pounds, pounds and a part of all futures."""


@dataclass(frozen=True)
class Effect:
    """The figures of a case over the whole term: R replicates, N partners, then the two sides."""

    partners: tuple[str, ...]
    figures: Floats
    """(measures, 1 + R, N): of all draws, then of each replicate."""
    caps: dict[str, float]
    """In what part of futures each cap changes what is paid in any year."""

    def value(self, measure: str, partner: str) -> float:
        """One figure of one partner."""
        return float(self.figures[MEASURES.index(measure), 0, self.partners.index(partner)])


def effect(results: Results) -> Effect:
    """What is kept of results."""
    gains = np.vstack([results.total, results.providers.sum(axis=0), results.commissioners.sum(axis=0)])
    samples = [gains, *(gains[:, part] for part in batches(results.draws))]
    names = (*partner_names(results.scenario), PROVIDERS, COMMISSIONERS)
    figures = np.stack([_figures(np.sort(sample)) for sample in samples], axis=1)
    return Effect(names, figures, {name: float(often[-1]) for name, often in results.binding.items()})


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
