"""What each year of the term brings one partner: which is its worst, and what that takes of its reserves."""

import pandas as pd

from model.acceptance import standings
from model.incentives import Drawn
from model.paths import yearly
from model.statistics import summary

MEASURES = ("mean", "chance_of_pain", "cvar95")


def each_year(drawn: Drawn, partner: int) -> pd.DataFrame:
    """Of draws already made: years down; the mean, the chance of pain and the worst 1 in 20, each with its ' s.e.'.

    'of reserves': the worst 1 in 20 as a part of them; NaN where they are not stated or £0.
    """
    reserves = standings(drawn.scenario)[partner].reserves
    rows = {}
    labels = drawn.scenario.term.labels()
    years = yearly(drawn.scenario, drawn.outcomes, drawn.scores, partner)
    for label, gains in zip(labels, years, strict=True):
        found = summary(gains)
        rows[label] = {name: found.values[name] for name in MEASURES}
        rows[label] |= {f"{name} s.e.": found.errors[name] for name in MEASURES}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("year")
    table["of reserves"] = table["cvar95"] / reserves if reserves else float("nan")
    return table
