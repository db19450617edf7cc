"""What pooling does: what providers' own costs bring into the alliance's bad futures, alone and together."""

import numpy as np
import pandas as pd

from model.base import Bools, Floats
from model.draw import Outcomes
from model.drivers import euler_parts
from model.points import batches
from model.scenario import Scenario
from model.shapley import Worth, shapley
from model.sharing import errors, estimated
from model.simulate import Results
from model.statistics import TAIL, tail_mean
from model.tables import COMMISSIONERS, TERM, draws
from model.terms import priced

CHUNK = 64
"""Coalitions whose losses are worked out at a time."""


def own_savings(scenario: Scenario, outcomes: Outcomes, period: str = TERM) -> Floats:
    """Target less actual cost of each provider over the period, pooled or not, (P, n)."""
    labels = scenario.term.labels()
    rows = [labels.index(period)] if period in labels else slice(None)
    contract = priced(scenario, outcomes.prices)
    prices = np.broadcast_to(contract.prices, outcomes.prices.shape)[rows]
    return np.asarray(contract.target[rows].T @ prices - outcomes.costs[rows].sum(axis=0))


def pooled_loss(own: Floats) -> Worth:
    """What coalitions lose on average in their worst 1 in 20 if their members pool what they save, own (P, n)."""
    edge = min(int(TAIL * own.shape[-1]), own.shape[-1] - 1)

    def worth(members: Bools) -> Floats:
        chunks = (members[i : i + CHUNK].astype(float) for i in range(0, len(members), CHUNK))
        return np.concatenate([tail_mean(np.partition(chunk @ own, edge, axis=-1)) for chunk in chunks])

    return worth


def pooled(results: Results, outcomes: Outcomes, period: str = TERM) -> pd.DataFrame:
    """Who brings the alliance's worst 1 in 20, and who carries it; average losses in pounds, each with its ' s.e.'.

    'alone': what a provider would lose in its own worst 1 in 20 if it kept its own savings and overspends; 'fair': its
    fair part (Shapley) of what all lose together in theirs; 'carried': its part of that same loss under the contract.
    The last row is the commissioners', who carry the rest and bring nothing.
    """
    own = own_savings(results.scenario, outcomes, period)
    names = [provider.name for provider in results.scenario.providers]
    table = pd.DataFrame(index=pd.Index([*names, COMMISSIONERS], name="partner"))
    found = {"alone": estimated(own, lambda part: tail_mean(np.sort(part))), "fair": _fair(own)}
    for column, figures in found.items():
        table[column], table[f"{column} s.e."] = (np.append(each, 0.0) for each in figures)
    gains = draws(results, period)[[*names, COMMISSIONERS]].to_numpy().T
    table["carried"], table["carried s.e."] = estimated(gains, euler_parts)
    return table


def _fair(own: Floats) -> tuple[Floats, Floats]:
    """Shapley's parts, and their errors from the draws and from the orders looked at."""
    whole = shapley(pooled_loss(own), len(own))
    replicates = [shapley(pooled_loss(own[:, part]), len(own)).values for part in batches(own.shape[-1])]
    return whole.values, np.hypot(errors(replicates), whole.errors)
