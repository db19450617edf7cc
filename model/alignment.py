"""Do all win, or all lose? How often partners gain and lose together, and which two part company (model §4).

Pure functions of gains already settled, (N, n); less than half a penny is neither gain nor pain.
"""

import numpy as np
import pandas as pd

from model.base import PENNY, Floats
from model.incentives import Drawn
from model.points import batches
from model.statistics import standard_error
from model.tables import TERM, draws, partner_names

PROVIDERS, EVERYBODY = "Providers", "All partners"


def all_gain(gains: Floats) -> float:
    """The part of draws in which nobody loses."""
    return float((gains >= -PENNY).all(axis=0).mean())


def all_lose(gains: Floats) -> float:
    """The part of draws in which nobody gains."""
    return float((gains <= PENNY).all(axis=0).mean())


def same_way(gains: Floats) -> float:
    """The part of draws in which nobody gains while another loses: P(all ≥ 0) + P(all ≤ 0), all-zero counted once."""
    return float(((gains >= -PENNY).all(axis=0) | (gains <= PENNY).all(axis=0)).mean())


def pounds_same_way(gains: Floats) -> float:
    """1 − E[min(U, D)] / E[max(U, D)], U the sum of gains and D that of losses in a draw: from 0 to 1.

    1: every pound moves the same way as all others of its draw. 0: for each pound gained another partner loses one.
    """
    up, down = np.maximum(gains, 0.0).sum(axis=0), np.maximum(-gains, 0.0).sum(axis=0)
    most = float(np.maximum(up, down).mean())
    return 1.0 - float(np.minimum(up, down).mean()) / most if most > 0 else 1.0


def apart(gains: Floats) -> Floats:
    """The part of draws in which one partner (down) gains while another (across) loses, (N, N)."""
    up, down = (gains > PENNY).astype(float), (gains < -PENNY).astype(float)
    return np.asarray(up @ down.T / gains.shape[-1])


MEASURES = {"all gain": all_gain, "all lose": all_lose, "same way": same_way, "pounds": pounds_same_way}


def alignment(drawn: Drawn, period: str = TERM) -> pd.DataFrame:
    """`MEASURES` among the providers and among all partners, each with its standard error."""
    gains = _gains(drawn, period)
    rows: dict[str, dict[str, float]] = {PROVIDERS: {}, EVERYBODY: {}}
    for name, chosen in ((PROVIDERS, gains[: len(drawn.scenario.providers)]), (EVERYBODY, gains)):
        for key, measure in MEASURES.items():
            replicates = [measure(chosen[:, part]) for part in batches(chosen.shape[-1])]
            rows[name] |= {key: measure(chosen), f"{key} s.e.": standard_error(np.array(replicates))}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("among")


def parting(drawn: Drawn, period: str = TERM) -> pd.DataFrame:
    """The chance that the partner of the row gains while that of the column loses."""
    names = partner_names(drawn.scenario)
    return pd.DataFrame(apart(_gains(drawn, period)), pd.Index(names, name="gains"), pd.Index(names, name="loses"))


def pairs(parting: pd.DataFrame) -> pd.Series:
    """How often each two part company, whoever of them gains; the most often first."""
    names = list(parting)
    either = parting.to_numpy() + parting.to_numpy().T
    chances = {(a, b): either[i, j] for i, a in enumerate(names) for j, b in enumerate(names) if i < j}
    return pd.Series(chances, dtype=float).sort_values(ascending=False, kind="stable")


def _gains(drawn: Drawn, period: str) -> Floats:
    names = partner_names(drawn.scenario)
    return draws(drawn.results, period)[names].to_numpy().T
