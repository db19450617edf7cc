"""Tables are read as sentences are: with pounds, separators and a minus that is one."""

import pandas as pd
import pytest

from ui import show


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("£", -1_380_522.0, "−£1,380,522"),
        ("£", -0.25, "−£0.25"),
        ("%", -0.1234, "−12.34%"),
        ("", -1_380_522.25, "−1,380,522"),
        ("", 0.0175, "0.0175"),
        ("", float("nan"), "–"),
        ("", float("inf"), "uncapped"),
        ("", "refuses", "refuses"),
        ("", True, "True"),
    ],
)
def test_the_figures_are_written_in_their_unit(unit: str, value: object, said: str) -> None:
    read = show.readable(pd.DataFrame({"all": [value]}, index=["x"]), unit)
    assert read.to_string(delimiter="|").splitlines()[-1] == f"x|{said}"
