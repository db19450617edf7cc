"""Public figures to compare inputs with, each with its source."""

from functools import cache
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parent / "reference"


@cache
def calibration() -> pd.DataFrame:
    """What public data say about the spread of costs and KPIs: quantity, figure, source."""
    return pd.read_csv(FOLDER / "calibration.csv")
