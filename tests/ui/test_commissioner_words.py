"""What a settled year leaves a commissioner, in words: against what, and of what it is made."""

import pandas as pd
import pytest

from model.walk import CARRIED, COSTS, PERFORMANCE
from ui import commissioner_words

BOTH = "costs were on target and nothing were paid for performance"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            {COSTS: -550e3, PERFORMANCE: -49.4e3},
            f"is £599k worse off than if {BOTH}: −£550k from costs and −£49k from performance.",
        ),
        (
            {COSTS: -1.021e6, PERFORMANCE: -91e3},
            f"is £1.112m worse off than if {BOTH}: −£1.021m from costs and −£91k from performance.",
        ),
        (
            {COSTS: -70_462.5, "partners' caps": -43_161.1},
            "is £114k worse off than if costs were on target: −£70k from costs and −£43k from partners' caps.",
        ),
        ({COSTS: 0.0, PERFORMANCE: -49e3}, "is £49k worse off than if nothing were paid for performance."),
        ({COSTS: 425e3, PERFORMANCE: 0.0}, "is £425k better off than if costs were on target."),
        ({COSTS: 0.0, PERFORMANCE: 0.0}, "comes out as if costs were on target."),
        (
            {COSTS: -30e3, PERFORMANCE: 30e3},
            f"comes out as if {BOTH}: −£30k from costs and +£30k from performance.",
        ),
        (
            {COSTS: -50e3, "the cap on the total": -10e3, CARRIED: 20e3},
            "is £40k worse off than if costs were on target and nothing were carried or trued up: −£50k from costs, "
            "−£10k from the cap on the total and +£20k from what is carried or trued up.",
        ),
    ],
)
def test_what_a_year_leaves_a_commissioner_is_said_against_what_and_from_where(
    parts: dict[str, float], said: str
) -> None:
    found = commissioner_words.settled("Council", pd.Series(parts)).replace("\u2060", "")
    assert found == f"**Council** {said}"
