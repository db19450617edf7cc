"""What commissioners face, in sentences. Tables in, plain English out."""

import pandas as pd

from model.curves import ROUND
from model.tables import COMMISSIONERS
from ui import words
from ui.format import chance, signed
from ui.range_words import literal


def headline(table: pd.DataFrame) -> str:
    """What the alliance's commissioners face together, beside what its providers do."""
    together = table.loc[COMMISSIONERS]
    return (
        f"Commissioners: {chance(together['chance_of_pain'])} chance of paying more than at target cost; "
        f"the worst 1 in 20 {words.costs_them(together['cvar95'])}"
    )


def share(curve: pd.DataFrame) -> str:
    """What each commissioner has left at a round saving and overspend, off `curves.left_curve`."""
    said = [
        f"{literal(str(name))} {signed(float(curve.loc[ROUND, name]))} and {signed(float(curve.loc[-ROUND, name]))}"
        for name in curve
    ]
    return f"Commissioners then have: {'; '.join(said)}."
