"""The parts of the paper for a board: one partner's risk appetite against what the contract would bring it."""

from datetime import date

import pandas as pd
import streamlit as st

from model import curves
from model.acceptance import Position
from model.each_year import each_year
from model.leaving import largest_if_one_fails
from model.omissions import omissions
from model.scenario import Scenario
from model.tables import TERM, partner_names
from ui import (
    board_charts,
    board_stress,
    board_words,
    each_year_words,
    effects,
    frame,
    left_over,
    other_terms,
    own_services,
    panels,
    paper_positions,
    printing,
    reasons,
    regardless_words,
    show,
    stamps,
    unseen_words,
    versions,
    years_counted,
)
from ui.decisions import in_question, only_just, positions
from ui.format import unbroken
from ui.paper_ends import PAIN
from ui.range_words import literal
from ui.results import causes, drivers_of, expected_score, of_draws, table, year
from ui.session import Session

DRIVERS = 5
STRESSES = "board-stress"
CARRIED = {
    "mean": ("Mean", "signed"),
    "chance_of_pain": (PAIN, "chance"),
    "cvar95": ("Worst 1 in 20, average loss", "loss"),
    "of reserves": ("… % of reserves", "part_lost"),
    "loss_limit": ("Largest possible loss", "money"),
    "year_limit": ("Largest loss in one year", "money"),
}


def partner(session: Session) -> Position:
    """Whose board reads this."""
    found = {one.partner: one for one in positions(session)}
    return found[panels.whose(session, "Whose board", list(found), "board", in_question(session))]


def title(session: Session, position: Position, row: pd.Series) -> str:
    """The page's answer."""
    return board_words.title(position, row, unseen_words.though(unseen_words.found(session, position)))


def statement(session: Session, position: Position) -> None:
    """What is entered that it would accept, and whether this is inside."""
    luck = ""
    if position.cells:
        stated = board_words.statement(position, unseen_words.found(session, position).never)
        st.table(stated)
        luck = board_words.luck(stated)
    st.markdown(f":small[{board_words.yardstick(position)} {luck}]".replace(" ]", "]"))
    panels.to_limits(session, position.partner)


def ahead(session: Session, position: Position, row: pd.Series) -> None:
    """Its futures with its limits in them."""
    if row["sd"] < board_words.CERTAIN:
        st.markdown(board_words.certain(position.partner, row))
        return
    values = table(session, "quantiles", TERM, 200)[position.partner]
    marks, limits = board_words.marks(row), board_words.limits(position)
    figure = board_charts.ahead(values, marks, limits, frame.ink(), board_words.ends(row))
    with printing.whole("futures"):
        sentence = f"{board_words.futures(position.partner, row)} {cause(session, position.partner)}".strip()
        show.chart(figure, sentence, show.rounded(values.to_frame()), "board-futures", "£", least=44)


def years(session: Session, row: pd.Series) -> None:
    """Which year is worst, and every year."""
    if said := worst_year(session, row):
        st.markdown(unbroken(said))
        found = each_year_words.figures(by_year(session, str(row.name)), row)
        show.figures(found, "board-years", "Every year in figures")


def worst_year(session: Session, row: pd.Series) -> str:
    """Which year is its worst, and what that takes of its reserves; nothing where there is one, or all is certain."""
    if row["sd"] < board_words.CERTAIN or session.scenario.term.horizon < 2:
        return ""
    return each_year_words.worst(session.scenario, by_year(session, str(row.name)), row)


def by_year(session: Session, name: str) -> pd.DataFrame:
    """What each year brings it."""
    found: pd.DataFrame = of_draws(session, each_year, partner_names(session.scenario).index(name))
    return found


def about(session: Session, position: Position, row: pd.Series, apart: str = "\n\n") -> list[str]:
    """That all have agreed already, or on what other terms this is; what a board is asked and which years count, who
    would refuse, what it has said, what nobody tested. `apart`: what stands between what is asked and who would refuse.
    """
    agreed = versions.agreed(session, session.scenario)
    lines = [
        agreed and f"{literal(agreed)}.",
        other_terms.sentence(session),
        left_over.not_entered(session.scenario, position),
        apart.join(
            [
                _asked(session.scenario, position.partner, row, bool(agreed)),
                board_words.signers(positions(session), bool(agreed), only_just(session)),
            ]
        ),
        *paper_positions.of_partner(session, position.partner),
        *unseen_words.sentences(unseen_words.found(session, position)),
        board_words.untested(position),
        *regardless_words.broken(position),
        *regardless_words.unreachable(position, row),
        own_services.over_the_term(session, position.partner),
    ]
    return [line for line in lines if line]


def _asked(scenario: Scenario, name: str, row: pd.Series, agreed: bool) -> str:
    """What a board is asked, and which years of the term count only in part, where any does."""
    counted = years_counted.alone(scenario, partner_names(scenario).index(name))
    return f"{board_words.asked(scenario, name, row, agreed)} {counted}".strip()


def cause(session: Session, name: str) -> str:
    """Of what the mean of a commissioner is made."""
    ops = float(table(session, "years")["mean_ops"].mean())
    return board_words.cause(session.scenario, name, table(session, "partners", TERM), ops)


def rule(session: Session, name: str, row: pd.Series) -> None:
    """What is asked, one worked example, and the most that can be lost."""
    st.markdown(unbroken("\n".join(f"- {line}" for line in ruled(session, name, row))))


def ruled(session: Session, name: str, row: pd.Series) -> list[str]:
    """One worked example, and the most that can be lost, in sentences."""
    scenario, t = session.scenario, year(session)
    label = scenario.term.labels()[t]
    ops = expected_score(session, t)
    curve = curves.share_curve(scenario, t, ops, 2 * curves.ROUND)
    target = float(scenario.target_cost()[t].sum())
    most = board_words.most(name, row, largest_if_one_fails(scenario).get(name))
    return [board_words.example(scenario, name, curve, label, target, ops), most]


def drivers(session: Session, name: str) -> None:
    """The inputs that move its result most."""
    with printing.whole("drivers"):
        st.subheader("What moves its result most")
        if not causes(session).values:
            st.markdown(f"{reasons.CERTAIN}.")
            return
        found = swings(session, name)
        figure = effects.swings(found, frame.ink())
        show.chart(figure, reasons.swings(found, name), found.round(2), "board-drivers", least=44)


def swings(session: Session, name: str) -> pd.DataFrame:
    """The widest rows of its tornado over the whole term."""
    return drivers_of(session, "tornado", name, TERM).head(DRIVERS)


def others(session: Session, name: str) -> None:
    """Who else carries what."""
    st.markdown(unbroken(board_words.others(table(session, "partners", TERM), name)))
    figures = carried(session)
    show.table(figures)
    if luck := board_words.luck(figures):
        st.markdown(f":small[{luck}]")


def carried(session: Session) -> pd.DataFrame:
    """What every partner carries, written for reading."""
    return show.labelled(table(session, "partners", TERM), CARRIED).rename_axis("Partner")


def basis(session: Session, name: str) -> None:
    """What is not in the range, and by which figures all of this was made."""
    scenario = session.scenario
    if said := board_stress.risks(scenario):
        st.markdown(literal(said))
    st.markdown("\n".join(f"- {literal(sentence)}" for sentence in omissions(scenario)))
    stresses(session, name)
    kind = "Illustrative figures. " if scenario.illustrative else ""
    st.markdown(f":small[{kind}{literal(stamps.line(session, date.today()))}]")


def stresses(session: Session, name: str) -> None:
    """What some of what is not in the range would change; not settled while somebody has it folded."""
    label = f"{literal(board_stress.question(session.scenario, name))}: what that would change for {literal(name)}"
    with st.expander(label, True, icon=":material/thunderstorm:", key=STRESSES, on_change="rerun") as place:
        if place.open:
            with st.spinner("Settling every future under each stress…"):
                show.table(board_stress.stresses(session, name).map(literal))


def figures(session: Session, name: str) -> pd.Series:
    """Its statistics over the whole term."""
    found: pd.Series = table(session, "partners", TERM).loc[name]
    return found
