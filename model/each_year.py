"""What each year of the term brings one partner, or several as one: which is worst, and what that takes of reserves."""

import numpy as np
import pandas as pd

from model.acceptance import standings
from model.base import Floats
from model.incentives import Drawn
from model.paths import yearly
from model.points import batches
from model.statistics import chance_of_pain, standard_errors, tail_mean

MEASURES = ("mean", "chance_of_pain", "cvar95")


def each_year(drawn: Drawn, *partners: int) -> pd.DataFrame:
    """Of draws already made: years down; the mean, the chance of pain and the worst 1 in 20, each with its ' s.e.'.

    Several partners count as one body. 'of reserves': the worst 1 in 20 as a part of what all of them hold; NaN where
    one's are not stated or £0.
    """
    held = [standings(drawn.scenario)[one].reserves or 0.0 for one in partners]
    reserves = sum(held) if all(held) else 0.0
    years = yearly(drawn.scenario, drawn.outcomes, drawn.scores, *partners)
    errors = standard_errors(np.stack([_figures(years[:, part]) for part in batches(years.shape[-1])], axis=-1))
    found = dict(zip(MEASURES, _figures(years), strict=True))
    found |= {f"{name} s.e.": error for name, error in zip(MEASURES, errors, strict=True)}
    table = pd.DataFrame(found, pd.Index(drawn.scenario.term.labels(), name="year"))
    table["of reserves"] = table["cvar95"] / reserves if reserves else float("nan")
    return table


def _figures(years: Floats) -> Floats:
    """(measures, T), of gains by year (T, n)."""
    ordered = np.sort(years, axis=-1)
    return np.stack([ordered.mean(axis=-1), chance_of_pain(ordered), tail_mean(ordered)])
