"""The figures of stress tests, as they are read and downloaded."""

import pandas as pd

from ui import stress_words


def test_the_figures_of_stresses_say_what_they_are_and_are_in_whole_pounds() -> None:
    found = {"mean": 58.1929, "worst": -1234.56, "pain": 0.01234}
    row = found | {f"{measure} s.e.": 0.0 for measure in found}
    shown = stress_words.figures(pd.DataFrame([row], index=["A"]))
    assert list(shown.filter(like="Change of").loc["A"]) == [58.0, -1235.0, 1.23]
    assert list(shown)[:2] == ["Change of mean (£)", "Standard error of that: mean (£)"]
    assert not any("s.e." in name for name in shown)
