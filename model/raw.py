"""What every draw brings every partner, to be analysed elsewhere."""

import numpy as np
import pandas as pd

from model.draw import Outcomes
from model.scenario import Scenario
from model.scores import Scores
from model.settle import settle
from model.simulate import cuts
from model.tables import TERM, partner_names
from model.terms import priced


def gains(scenario: Scenario, outcomes: Outcomes, scores: Scores) -> pd.DataFrame:
    """Each partner's gain or pain in every draw, pounds to the penny: draws down, from 1; the term and years across.

    A column is 'Community charity, 2018-19 (£)' or 'Community charity, Whole term (£)'.
    """
    draws = outcomes.costs.shape[-1]
    blocks = [
        _settled(scenario, outcomes.cut(cut.start, cut.stop), scores.cut(cut.start, cut.stop)) for cut in cuts(draws)
    ]
    periods = [TERM, *scenario.term.labels()]
    columns = [f"{name}, {period} (£)" for name in partner_names(scenario) for period in periods]
    table = pd.DataFrame(np.vstack(blocks), columns=columns, index=pd.RangeIndex(1, draws + 1, name="Draw"))
    return table.round(2)


def _settled(scenario: Scenario, outcomes: Outcomes, scores: Scores) -> np.ndarray:
    """Gain of a block of draws: draws down; partners across, each with the term and its years."""
    ledger = settle(priced(scenario, outcomes.prices), outcomes.costs, scores)
    by_year = np.concatenate([ledger.gain, ledger.commissioners], axis=1)
    whole = np.concatenate([by_year.sum(axis=0, keepdims=True), by_year])
    return np.asarray(whole.transpose(2, 1, 0).reshape(whole.shape[-1], -1))
