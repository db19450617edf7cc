"""The paper for all partners as one: would everyone sign, and what would each gain, bear and risk?"""

from datetime import date

import pandas as pd

from model.omissions import omissions
from model.stops import stops
from model.tables import TERM
from ui import (
    board,
    board_stress,
    bodies,
    commissioner_words,
    paper_board,
    paper_ends,
    paper_meanings,
    paper_positions,
    share_words,
    shares,
    signing,
    stamps,
    unentered,
    words,
)
from ui.decisions import only_just, positions
from ui.paper import Block, Bullets, Heading, Paper, Table, Text, tabled
from ui.paper_ends import Before
from ui.range_words import unformatted
from ui.results import expected_score, table, year, year_said
from ui.session import Session

SIZE = 10.0
WORDS = ("gain, pain", "score", "chance of pain", "worst 1 in 20", "margin")


def paper(session: Session, day: date, before: Before | None = None) -> Paper:
    """What the alliance's board and its chair read, of all partners alike."""
    scenario, found = session.scenario, positions(session)
    row = year(session)
    stake = table(session, "stake", scenario.term.labels()[row])
    said = paper_positions.blocks(session)
    blocks: list[Block] = [
        Heading("Would everyone sign?"),
        *_signing(session),
        *said,
        Heading("What each partner carries"),
        Text(_carried(session)),
        tabled(board.carried(session), "What every partner carries over the whole term"),
        Heading("The rule in one example"),
        Bullets(_rule(session, row)),
        *paper_board.margins_of(session, None),
        Heading(board_stress.heading(scenario)),
        *paper_board.risks_of(scenario, before),
        Bullets(tuple(filter(None, (unentered.sentence(scenario), *omissions(scenario))))),
        *paper_ends.changed_in_brief(session, before, paper_ends.with_own),
        *paper_ends.made(session, day),
    ]
    just = only_just(session)
    title = unformatted(signing.headline(found, stake, just=bool(just)))
    hair = f"{just[0].upper()}{just[1:]}." if just else ""
    about = (
        *paper_ends.agreed(session),
        unformatted(f"{words.stopped(stake, year_said(session), stops(scenario, row))} {hair}".strip()),
    )
    blocks.append(paper_meanings.meanings(*WORDS, *paper_meanings.appetites(about, blocks)))
    foot = stamps.line(session, day)
    return Paper(
        f"Alliance paper · {scenario.name}",
        title,
        about,
        tuple(blocks),
        foot,
        day,
        SIZE,
        sheets=3 if any(isinstance(one, Table) for one in said) else 2,
    )


def _signing(session: Session) -> list[Block]:
    """Every partner's verdict, and what it rests on."""
    rows = {one.partner: map(unformatted, signing.stands(one)) for one in positions(session)}
    shown = pd.DataFrame.from_dict(rows, orient="index", columns=["Would it sign?", "Why"]).rename_axis("Partner")
    return [tabled(shown, "Whether each partner would sign", tuple(shown))]


def _carried(session: Session) -> str:
    found = table(session, "partners", TERM)
    anyone = bodies.any_provider(session, TERM)
    return unformatted(f"{words.headline(found, TERM)}.{anyone} {commissioner_words.headline(found)}.")


def _rule(session: Session, row: int) -> tuple[str, ...]:
    """What a year's saving and overspend bring, and how far that goes."""
    ops, label = expected_score(session, row), session.scenario.term.labels()[row]
    curve = shares.curve(session, row, ops)
    at = ops if session.scenario.framework.kras else None
    said = (
        f"{share_words.share_title(curve, label, at, shares.worst(session, row))}.",
        share_words.share_curve(curve, ops),
    )
    return tuple(map(unformatted, said))
