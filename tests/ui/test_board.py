"""What a board reads is of the whole term, in words that fit the partner, whatever period is looked at elsewhere."""

from dataclasses import replace

import pandas as pd
import pytest

from data import presets
from model.acceptance import Position
from model.appetite import InPounds
from model.tables import COMMISSIONERS, PROVIDERS, TERM
from ui import board, board_stress, board_words, verdicts
from ui.decisions import positions
from ui.format import money, percent, signed
from ui.results import effect, outcomes, table
from ui.session import Session


def opened(preset: str = presets.FIRST) -> Session:
    session = Session("draft", presets.preset(preset), preset)
    session.draws = 1_024
    return session


def stands(session: Session, name: str) -> Position:
    return next(one for one in positions(session) if one.partner == name)


def test_the_drivers_of_a_board_are_of_the_term() -> None:
    session = opened()
    over_the_term = board.swings(session, "Recovery charity")
    session.period = "2020-21"
    assert board.swings(session, "Recovery charity").equals(over_the_term)


def test_pain_of_a_commissioner_is_paying_more_than_at_target() -> None:
    session = opened()
    said = board_words.futures("NHS commissioner", board.figures(session, "NHS commissioner"))
    assert "chance of paying more than at target" in said and "pays £" in said and "pain" not in said
    charity = board_words.futures("Recovery charity", board.figures(session, "Recovery charity"))
    assert "chance of pain" in charity and "pays" not in charity


@pytest.mark.parametrize("preset", presets.names())
def test_the_cause_of_a_commissioners_mean_adds_up(preset: str) -> None:
    """Target less cost, as drawn, is what providers and commissioners have together."""
    session = opened(preset)
    said = board.cause(session, session.scenario.commissioners[0].name)
    saved = session.scenario.target_cost().sum() - outcomes(session).costs.mean(axis=2).sum()
    found = table(session, "partners", TERM)["mean"]
    assert saved == pytest.approx(found[PROVIDERS] + found[COMMISSIONERS])
    assert f"{money(abs(saved))} {'less' if saved > 0 else 'more'} than at target" in said
    left = found[COMMISSIONERS]
    assert (money(abs(left)) if abs(left) > 1 else "nothing is left") in said
    assert board.cause(session, session.scenario.providers[0].name) == ""


def test_a_loss_that_nothing_limits_is_in_the_title_though_inside_the_limits() -> None:
    session = opened()
    name = "NHS commissioner"
    position, row = stands(session, name), board.figures(session, name)
    assert board_words.title(position, row) == (
        f"{name} would be inside its limits, though its loss is uncapped and its worst 1 in 20 takes more than its "
        "reserves"
    )
    capped = pd.Series({**row, "loss_limit": 1e6, "cvar95": row["reserves"]})
    assert board_words.title(position, capped) == f"{name} would be inside its limits"


def test_tests_that_nobody_asked_for_are_named() -> None:
    session = opened()
    first, *others = session.scenario.commissioners
    asking = first.edited(appetite=InPounds(worst=1e7))
    session.scenario = session.scenario.edited(commissioners=(asking, *others))
    assert board_words.untested(stands(session, first.name)) == (
        "No limit was entered for a large loss, a large loss in one year, low reserves and the worth of joining, so "
        "these are not tested."
    )
    said = board_words.untested(stands(session, "Recovery charity"))
    assert said == ""  # no word stands for a loss in one year
    some = first.edited(appetite=InPounds(loss=1e7, worst=1e7, tolerance=1e7))
    session.scenario = session.scenario.edited(commissioners=(some, *others))
    assert board_words.untested(stands(session, first.name)) == (
        "No limit was entered for a large loss in one year and low reserves, so these are not tested."
    )


def test_who_would_refuse_is_said_to_a_board() -> None:
    session = opened()
    name = "Community charity"
    said = board.about(session, stands(session, name), board.figures(session, name))
    short = verdicts.slack(next(cell for cell in [stands(session, "Recovery charity").deciding] if cell))
    assert any(f"blocked by **Recovery charity** (its worst 1 in 20; {short} short)" in line for line in said)


def test_that_everybody_would_sign_is_said_to_a_board_as_what_follows_from_limits() -> None:
    session = opened()
    willing = [replace(one, cells=one.cells[:1]) for one in positions(session) if one.verdict == "accepts"]
    said = board_words.signers(willing, False)
    number = verdicts.number(len(willing)).lower()
    assert said == f"By the limits entered, everybody would sign: all {number} partners accept."
    silent = [replace(one, cells=()) for one in willing]
    assert board_words.signers(silent, False).startswith("Nobody has said what it would accept.")


def test_many_who_refuse_are_named_without_their_tests() -> None:
    session = opened("separate-contracts")
    said = board_words.signers(positions(session), False)
    assert said.endswith("Community charity and Recovery charity.") and "worst" not in said


def test_the_only_commissioner_is_named_as_the_one_that_pays() -> None:
    assert "Council pays £" in board.cause(opened("project-alliance"), "Council")


def test_a_stress_says_from_what_to_what_it_moves_the_mean_and_reserves_are_of_what_is_left() -> None:
    session = opened()
    name = "Recovery charity"
    found = board_stress.stresses(session, name)
    before = float(table(session, "partners", TERM)["mean"][name])
    assert list(found.columns[1:4]) == ["Mean changes by", f"… from {signed(before)} to", "… loss, % of reserves"]
    fails = found.loc["Mental health trust fails"]
    assert fails.iloc[2].startswith("−£") and fails.iloc[1] != fails.iloc[2]
    reserves = next(one.reserves for one in session.scenario.providers if one.name == name)
    left = effect(session, board_stress.chosen(session.scenario, name)[-1]).value("mean", name)
    assert reserves and fails.iloc[3] == percent(-left / reserves)


def test_the_most_that_can_be_lost_says_what_it_is_if_another_fails() -> None:
    row = pd.Series({"loss_limit": 328e3, "fee": 0.0, "reserves": 656e3, "role": "provider", "limited_by": "by law"})
    assert (
        board_words.most("A", row) == "The most it can ever lose is £328k over the term (50% of its reserves), by law."
    )
    assert board_words.most("A", row, ("B", 504e3)) == (
        "The most it can lose while all partners stay is £328k over the term (50% of its reserves), by law. If B fails "
        "and the others take its share, it can be £504k."
    )
    assert board_words.most("A", row, ("B", float("inf"))).endswith("take its share, nothing limits it.")


def test_a_board_reads_the_sum_if_another_fails_where_its_own_cap_is_not_the_limit() -> None:
    session = opened("small-charities")
    name = "Peer support charity"
    said = board.ruled(session, name, board.figures(session, name))[-1]
    assert "while all partners stay" in said and "fails and the others take its share, it can be £" in said
