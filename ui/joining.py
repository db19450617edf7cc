"""Parts of the page on one partner's decision to join."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from model.acceptance import Position, blockers
from model.curves import reference_year
from model.information import Estimate
from model.joining import Joining
from model.leaving import largest_if_one_fails
from model.overspill import overspill
from model.tables import TERM, circumstances, partner_names
from model.version import VERSION
from ui import (
    answering,
    board,
    board_stress,
    board_words,
    caps,
    frame,
    joining_charts,
    joining_grounds,
    knowing_words,
    other_terms,
    panels,
    range_words,
    reserve_words,
    show,
    unseen_words,
    versions,
    ways,
    years_counted,
)
from ui import joining_words as words
from ui.decisions import asks as asked
from ui.decisions import in_question, positions
from ui.decisions import joining as decision
from ui.format import ABOUT_ERRORS, percent, unbroken
from ui.range_words import literal
from ui.results import expected_score
from ui.session import Session, rewrite

COLUMNS = {"joining": "Joining", "staying": "Staying out", "benefit": "Joining less staying out"}
TRY = "Try one"
BETTER = "Try terms that would be better for it"
PARTS = ("of fee", "of income", "of reserves")


def partner(session: Session) -> int:
    """Which partner decides."""
    names = partner_names(session.scenario)
    return names.index(panels.whose(session, "Who decides", names, "joining", in_question(session)))


def title(session: Session, found: Joining, position: Position) -> str:
    """The page's answer."""
    return words.title(found, position, unseen_words.though(unseen_words.found(session, position)))


def against(found: Joining) -> None:
    """What joining and staying out would bring, on one scale."""
    figure = joining_charts.against(found.choice.dots, frame.ink())
    show.chart(figure, words.against(found), sizes(found), "joining")


def figures(session: Session, found: Joining) -> None:
    """The few figures that a trustee asks for first, each in a tile as wide as it needs: none is cut."""
    for label, figure, beside, about in first(found, bool(failing(session, found))):
        st.metric(label, figure, beside, "off", delta_arrow="off", help=about, border=True, width="content")


def largest(session: Session, found: Joining) -> str:
    """What the largest loss is in one year, and if another fails, where that makes it larger."""
    partner = partner_names(session.scenario).index(found.partner)
    without, own = years_counted.without_loss(session.scenario, partner), _by_own(session, found)
    return reserve_words.largest(found, in_a_year(session, found), failing(session, found), own, without)


def _by_own(session: Session, found: Joining) -> bool:
    """Whether its own cap ends what it can lose, whoever stays."""
    return str(circumstances(session.scenario).loc[found.partner, "limited_by"]).startswith("by its own")


def failing(session: Session, found: Joining) -> tuple[str, float] | None:
    """Whose failure makes the largest loss larger, and that."""
    return largest_if_one_fails(session.scenario).get(found.partner)


def in_a_year(session: Session, found: Joining) -> float:
    """What the caps allow it to lose in one year."""
    return float(circumstances(session.scenario).loc[found.partner, "year_limit"])


def first(found: Joining, failing: bool = False) -> tuple[tuple[str, str, str, str], ...]:
    """The few figures that a trustee asks for first: name, figure, what it is of, what it means.

    `failing`: whether another's failure makes the largest loss larger.
    """
    benefit, gain = found.choice.benefit, found.choice.joining.values
    often = words.likely(Estimate(benefit.values["chance_of_gain"], benefit.errors["chance_of_gain"]))
    same = words.the_same(benefit)
    worst, most = -gain["cvar95"], found.sizes["joining"].iloc[-1]
    largest = _sum(most, 0.0) if most > float("-inf") else "no cap"
    of = "while all stay" if failing else reserve_words.of_reserves(found, most)
    return (
        ("Better to join", "–" if same else often, "it is the same" if same else "over the term", words.ABOUT_CHANCE),
        ("On average", words.sum_of(benefit.values["mean"]), "vs staying out", words.ABOUT_MORE),
        ("Worst 1 in 20", words.sum_of(worst), reserve_words.of_reserves(found, worst), words.ABOUT_WORST),
        ("Largest loss", largest, of, words.ABOUT_MOST),
    )


def sizes(found: Joining) -> pd.DataFrame:
    """How much, from good to bad, and against fee, income and reserves; a measure that is not stated is left out."""
    table = found.sizes
    shown = {
        title: [_sum(value, error) for value, error in zip(table[name], table[f"{name} s.e."], strict=True)]
        for name, title in COLUMNS.items()
    }
    for part in PARTS:
        if table[part].notna().any():
            shown[f"Joining, {part}"] = [percent(v) if v > float("-inf") else "–" for v in table[part]]
    return pd.DataFrame(shown, index=table.index)


def _sum(value: float, error: float) -> str:
    """A sum with its standard error; words where there is no end, a dash where there is none."""
    return unbroken(words.sum_of(value, error)) if value > float("-inf") else "uncapped" if value == value else "–"


def reserves(found: Joining, labels: tuple[str, ...]) -> None:
    """What bad years leave of reserves, and how likely trouble is."""
    sentence, table = reserve_words.bad_years(found, labels), reserve_words.bars(found)
    if found.standing.reserves is not None:
        figure = joining_charts.reserves(table, found.standing.limits.reserve_minimum, frame.ink())
        show.chart(figure, sentence, show.rounded(table), "joining-reserves", "£")
    else:
        st.markdown(unbroken(sentence))


def trouble(session: Session, found: Joining, chosen: int) -> None:
    """How likely trouble is, and whether another's overspend is trouble too."""
    st.markdown(unbroken("\n".join(f"- {line}" for line in troubles(session, found, chosen))))
    to_stresses(session, found.partner)
    to_leaving(session, found.partner)


def to_stresses(session: Session, name: str) -> None:
    """The way to what somebody's failure, dearer prices or late savings would change, which are in no range."""
    label = f"{literal(board_stress.question(session.scenario, name))}: Risk appetite"
    if st.button(label, key=f"to-stresses-down-to-{board.STRESSES}", icon=":material/thunderstorm:", type="tertiary"):
        rewrite(board.STRESSES, True)
        session.whose = name
        session.keep()
        st.switch_page("pages/appetite.py", query_params=session.address)


def to_leaving(session: Session, name: str) -> None:
    """The way to what would be left of a provider's result if it left after a year, as the stress of its failure."""
    labels = session.scenario.term.labels()
    if len(labels) < 2 or name not in [one.name for one in session.scenario.providers]:
        return
    label = f"If we left at the start of {labels[1]}: Drivers and stress › Stress tests"
    if st.button(label, key="to-leaving", icon=":material/logout:", type="tertiary"):
        for key, value in (("drivers-tabs", "Stress tests"), ("stress-fails", name), ("stress-year", labels[1])):
            rewrite(key, value)
        session.whose = name
        session.keep()
        st.switch_page("pages/drivers.py", query_params=session.address)


def troubles(session: Session, found: Joining, chosen: int) -> list[str]:
    """The same in sentences."""
    scenario, unseen = session.scenario, unseen_words.found(session, positions(session)[chosen])
    at = reference_year(scenario, TERM)
    spill = overspill(scenario, at, expected_score(session, at), chosen)
    own = _by_own(session, found)
    said = joining_grounds.overspill(spill, scenario.term.labels()[at], in_a_year(session, found), own)
    return [*words.trouble(found, unseen), said]


def moved(session: Session, found: Joining) -> None:
    """Which cost and which KPI move its result most, and whether prices lower it on average."""
    st.markdown(words.moved(found), help=words.ABOUT_SWINGS)
    if not found.swings.empty:
        show.table(swings(found))
    if said := joining_grounds.prices(found, session.scenario):
        st.markdown(unbroken(said))


def swings(found: Joining) -> pd.DataFrame:
    """The widest rows of its tornado, written for reading."""
    most = words.most(found.swings)
    ends = {"low": "When low, against average", "high": "When high, against average"}
    shown = {title: [_sum(*pair) for pair in _pairs(most, end)] for end, title in ends.items()}
    return pd.DataFrame(shown, index=most.index)


def _pairs(table: pd.DataFrame, end: str) -> list[tuple[float, float]]:
    """A figure of a tornado with its standard error, row by row."""
    return list(zip(table[end], table[f"{end} s.e."], strict=True))


def asks(session: Session, chosen: int, found: Sequence[Position]) -> None:
    """What it would have to ask for: the tests it fails, and the terms that would just do, each by itself."""
    lines = needed(session, chosen, found)
    st.markdown(unbroken("\n".join(f"- {line}" for line in lines)))
    if words.NO_LIMITS in lines and not session.live:
        to_limits(session, found[chosen].partner)
    to_try(session, chosen, found[chosen])
    to_better(session, found[chosen])
    answering.to_library(session, found[chosen].partner)


def to_try(session: Session, chosen: int, position: Position) -> None:
    """The way to where terms that would be enough can be tried, for whoever may."""
    if session.live or position.accepts or not any(ask.price for ask in asked(session, chosen)):
        return
    page, tabs, tab = "pages/acceptance.py", "acceptance-tabs", "Who accepts"
    ways.to_tab(session, page, tabs, tab, f"{TRY}: Acceptance › {tab}", about=position.partner, section="whose-mind")


def to_better(session: Session, position: Position) -> None:
    """The way to where a partner that accepts can try terms that would be better for it, for whoever may."""
    if session.live or not position.accepts or not position.cells:
        return
    provider = position.partner in [one.name for one in session.scenario.providers]
    tab = caps.TAB if provider else "Overspends"
    label = f"{BETTER}: Risk share › {tab}"
    ways.to_tab(session, "pages/risk_share.py", "share-tabs", tab, label, about=position.partner)


def to_limits(session: Session, name: str) -> None:
    """A second way to where its limits are entered, beside what is not known without them."""
    if st.button("Enter its limits", key="to-limits", icon=":material/edit:", type="tertiary"):
        rewrite("acceptance-tabs", "What each accepts")
        session.whose = name
        session.keep()
        st.switch_page("pages/acceptance.py", query_params=session.address)


def needed(session: Session, chosen: int, found: Sequence[Position]) -> list[str]:
    """What it would have to ask for, in sentences."""
    position = found[chosen]
    for_certain = unseen_words.ruled_out(unseen_words.found(session, position))
    benefit, other = decision(session, chosen).choice.benefit, other_terms.few(session)
    lines = words.tests(position, benefit, for_certain, other)
    if not position.accepts:
        return lines + words.terms(position.partner, asked(session, chosen), found)
    if blockers(tuple(found)):
        lines.append(board_words.signers(found, bool(versions.agreed(session, session.scenario))))
    return lines


def knowing(found: Joining) -> None:
    """What knowing more before signing would be worth."""
    st.markdown(unbroken(knowing_words.sentences(found)), help=knowing_words.ABOUT)


def assumptions(session: Session, found: Joining, chosen: int) -> None:
    """What it rests on, when and how it was computed."""
    lines = joining_grounds.assumed(found, session.scenario, chosen)
    kind = "Illustrative figures, not those of real organisations. " if session.scenario.illustrative else ""
    today = date.today()
    drawn = f"{session.draws:,} futures drawn, seed {session.seed}, version {VERSION}. {ABOUT_ERRORS}"
    last = f"{kind}{session.scenario.name}, {range_words.literal(session.state)}. {today.day} {today:%B %Y}. {drawn}"
    left_out = range_words.literal(" ".join(joining_grounds.left_out(session.scenario)))
    st.markdown(unbroken("\n".join(f"- {line}" for line in [*lines, left_out, last])))
