"""How likely each partner loses, or gains, more than a sum in at least one year of the term."""

import numpy as np
import pandas as pd

from model.acceptance import often_below
from model.base import Floats
from model.incentives import Drawn
from model.paths import extremes
from model.points import batches
from model.statistics import standard_error
from model.tables import partner_names


def in_a_year(drawn: Drawn, pounds: float) -> pd.DataFrame:
    """Of draws already made: partners down; 'loss' and 'gain', each with its ' s.e.'."""
    sides = dict(zip(("loss", "gain"), extremes(drawn.scenario, drawn.outcomes, drawn.scores), strict=True))
    found = {}
    for side, years in sides.items():
        chances = [_chance(one, pounds) for one in (years if side == "loss" else -years)]
        found[side], found[f"{side} s.e."] = zip(*chances, strict=True)
    return pd.DataFrame(found, pd.Index(partner_names(drawn.scenario), name="partner"))


def _chance(years: Floats, pounds: float) -> tuple[float, float]:
    parts = np.array([often_below(years[part], -pounds) for part in batches(len(years))])
    return often_below(years, -pounds), standard_error(parts)
