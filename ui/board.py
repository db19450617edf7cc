"""The parts of the paper for a board: one partner's risk appetite against what the contract would bring it."""

from datetime import date

import pandas as pd
import streamlit as st

from model import curves
from model.acceptance import Position
from model.omissions import omissions
from model.tables import TERM
from model.version import VERSION
from ui import board_charts, board_words, effects, frame, panels, printing, reasons, show
from ui.decisions import positions
from ui.format import signed, unbroken
from ui.range_words import literal
from ui.results import causes, drivers_of, table, year
from ui.session import Session

DRIVERS = 5


def partner(session: Session) -> Position:
    """Whose board reads this."""
    found = {one.partner: one for one in positions(session)}
    return found[panels.whose(session, "Whose board", list(found), "board")]


def statement(session: Session, position: Position) -> None:
    """What it said it would accept, and whether this is inside."""
    if position.cells:
        st.table(board_words.statement(position))
    st.markdown(f":small[{board_words.yardstick(position)}]")
    panels.to_limits(session)


def ahead(session: Session, position: Position, row: pd.Series) -> None:
    """Its futures with its limits in them."""
    values = table(session, "quantiles", TERM, 200)[position.partner]
    marks = {"1 in 10 is below": row["p10"], "Middle": row["p50"], "1 in 10 is above": row["p90"]}
    if row["cvar95"] >= 0.5:
        marks["Worst 1 in 20 on average"] = -row["cvar95"]
    limits = position.limits
    lines = {"Limit of the worst 1 in 20": -limits.worst} if limits.worst is not None else {}
    if row["sd"] < 0.5:
        st.markdown(f"In every future {literal(position.partner)} has {signed(row['mean'])}.")
        return
    figure = board_charts.ahead(values, marks, lines, frame.ink())
    with printing.whole("futures"):
        sentence = board_words.futures(position.partner, row)
        show.chart(figure, sentence, show.rounded(values.to_frame()), "board-futures")


def rule(session: Session, name: str, row: pd.Series) -> None:
    """What is asked, one worked example, and the most that can be lost."""
    scenario, t = session.scenario, year(session)
    label = scenario.term.labels()[t]
    ops = float(table(session, "years").loc[label, "mean_ops"])
    curve = curves.share_curve(scenario, t, ops, 2 * curves.ROUND)
    target = float(scenario.target_cost()[t].sum())
    st.markdown(unbroken(f"- {board_words.example(scenario, name, curve, label, target, ops)}"))
    st.markdown(unbroken(f"- {board_words.most(name, row)}"))


def drivers(session: Session, name: str) -> None:
    """The inputs that move its result most."""
    with printing.whole("drivers"):
        st.subheader("What moves its result most")
        if not causes(session).values:
            st.markdown(f"{reasons.CERTAIN}.")
            return
        found = drivers_of(session, "tornado", name).head(DRIVERS)
        show.chart(effects.swings(found, frame.ink()), reasons.swings(found, name), found.round(2), "board-drivers")


def others(session: Session, name: str) -> None:
    """Who else carries what."""
    figures = table(session, "partners", TERM)
    st.markdown(unbroken(board_words.others(figures, name)))
    columns = {
        "mean": ("Mean", "signed"),
        "chance_of_pain": ("Chance of pain", "chance"),
        "cvar95": ("Worst 1 in 20, average loss", "money"),
        "of reserves": ("… % of reserves", "percent"),
        "loss_limit": ("Largest possible loss", "money"),
    }
    show.table(show.labelled(figures, columns).rename_axis("Partner"))


def basis(session: Session) -> None:
    """What is not in the range, and by which figures all of this was made."""
    scenario = session.scenario
    st.markdown("\n".join(f"- {literal(sentence)}" for sentence in omissions(scenario)))
    today = date.today()
    kind = "Illustrative figures. " if scenario.illustrative else ""
    st.markdown(
        f":small[{kind}{today.day} {today:%B %Y} · {literal(scenario.name)} · design {scenario.id} · "
        f"version {VERSION} · {session.draws:,} draws · seed {session.seed}]"
    )


def figures(session: Session, name: str) -> pd.Series:
    """Its statistics over the whole term."""
    found: pd.Series = table(session, "partners", TERM).loc[name]
    return found
