"""What a board reads is of the whole term, whatever period is looked at elsewhere."""

from data import presets
from ui import board
from ui.editing import Session


def test_the_drivers_of_a_board_are_of_the_term() -> None:
    session = Session("draft", presets.preset(presets.FIRST), presets.FIRST)
    session.draws = 1_024
    over_the_term = board.swings(session, "Recovery charity")
    session.period = "2020-21"
    assert board.swings(session, "Recovery charity").equals(over_the_term)
