"""The paper for a board: what the page on its risk appetite shows, on two pages."""

from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd

from model.acceptance import Position
from model.omissions import omissions
from model.scenario import Scenario
from model.tables import TERM
from ui import (
    board,
    board_stress,
    board_words,
    margin_words,
    paper_charts,
    paper_ends,
    paper_meanings,
    reasons,
    stamps,
    unentered,
    unseen_words,
)
from ui.decisions import margins, positions
from ui.format import chance, signed
from ui.paper import Block, Bullets, Heading, Paper, Picture, Text, tabled
from ui.paper_ends import Before
from ui.range_words import unformatted
from ui.results import causes, table
from ui.session import Session

SIZE, SMALLER = 10.0, 9.4
"""Points of the type, so that it stays on two pages; smaller where it is held against another design as well."""

HAPPENS, SENTENCE, FIGURE = "What would happen", 82.0, 18.0
"""The column that says what a stress is, its width, and the least of a sum or a heading that must not break."""
MOST_MARGINS = 4
"""Assumptions that are written out beside another design."""
WORTH = ("worth of joining",)
WORDS = ("gain, pain", "score", "chance of pain", "worst 1 in 20", "free reserves", "margin", "correlation")


def paper(session: Session, name: str, day: date, before: Before | None = None) -> Paper:
    """What a partner's board reads before it agrees."""
    position = next(one for one in positions(session) if one.partner == name)
    row = board.figures(session, name)
    blocks: list[Block] = [
        *_statement(session, position),
        *_ahead(session, position, row),
        Heading("The rule in one example, and the most that can be lost"),
        Bullets(tuple(map(unformatted, board.ruled(session, name, row)))),
        *_drivers(session, name),
        Heading("Who else carries what"),
        Text(unformatted(board_words.others(table(session, "partners", TERM), name))),
        tabled(board.carried(session), "What every partner carries over the whole term"),
        *margins_of(session, MOST_MARGINS if before else None),
        Heading(board_stress.heading(session.scenario)),
        *risks_of(session.scenario, before),
        Bullets(tuple(filter(None, (unentered.sentence(session.scenario), *omissions(session.scenario))))),
        *_stresses(session, name, before),
        *_onwards(session, name),
        *paper_ends.changed_in_brief(session, before, partial(paper_ends.own_first, name)),
        *paper_ends.made(session, day),
    ]
    about = tuple(map(unformatted, board.about(session, position, row, apart=" ")))  # pages are full
    worth = WORTH if any(cell.test == "worth" for cell in position.cells) else ()
    blocks.append(paper_meanings.meanings(*WORDS, *worth, *paper_meanings.appetites(about, blocks)))
    title = unformatted(board.title(session, position, row))
    foot, size = stamps.line(session, day), SMALLER if before else SIZE
    return Paper(f"Board paper · {name}", title, about, tuple(blocks), foot, day, size, sheets=2)


def _onwards(session: Session, name: str) -> list[Block]:
    """Where a provider reads what this paper does not have."""
    if name not in {one.name for one in session.scenario.providers}:
        return []
    return [Text(f"Its paper on joining, Should we join?, has what {name} would need to ask for, and staying out.")]


def _statement(session: Session, position: Position) -> list[Block]:
    yardstick = Text(board_words.yardstick(position))
    heading = Heading("What is entered that it would accept, and what this would be")
    if not position.cells:
        return [heading, Text("It has not said what it would accept, so nothing is tested.")]
    stated = board_words.statement(position, unseen_words.found(session, position).never)
    table = tabled(stated, "Each limit, and what is expected", ("So it is",))
    return [heading, table, yardstick]


def _ahead(session: Session, position: Position, row: pd.Series) -> list[Block]:
    """Its futures with its limits in them."""
    name, heading = position.partner, Heading("What lies ahead")
    if row["sd"] < board_words.CERTAIN:
        return [heading, Text(unformatted(board_words.certain(name, row)))]
    said = unformatted(f"{board_words.futures(name, row)} {board.cause(session, name)}".strip())
    bad, good, not_bad = board_words.ends(row)
    title = (
        f"{chance(row['chance_of_pain'])} chance of {board_words.pain(row)} over the term; "
        f"in the middle future {signed(row['p50'])}"
    )
    dots = table(session, "quantiles", TERM, 50)[[name]]
    limits = board_words.limits(position)
    lines = {**board_words.marks(row), **limits}
    limit, direction = next(iter(limits), ""), f"{bad} ← 0 → {good}"
    draw = partial(paper_charts.futures, dots, title, lines=lines, limit=limit, direction=direction)
    key = f"A dot is one of 50 equally likely futures: ◆ {_lower(bad)}, ● {_lower(not_bad)}."
    years = unformatted(board.worst_year(session, row))
    return [heading, Text(f"{said} {years} {key}".replace("  ", " ")), Picture(draw, said)]


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _drivers(session: Session, name: str) -> list[Block]:
    heading = Heading("What moves its result most")
    if not causes(session).values:
        return [heading, Text(f"{reasons.CERTAIN}.")]
    found = board.swings(session, name)
    said = unformatted(reasons.swings(found, name))
    draw = partial(paper_charts.swings, found, f"{found.index[0]} moves its result furthest")
    return [heading, Text(said), Picture(draw, said)]


def risks_of(scenario: Scenario, before: Before | None) -> list[Block]:
    """What is in the ranges one by one: with chance and cost where there is room for it, else by name."""
    said = board_stress.names(scenario) if before else board_stress.risks(scenario)
    return [Text(said)] if said else []


def _stresses(session: Session, name: str, before: Before | None) -> list[Block]:
    """A few stresses, in a sentence each where there is room for it, else by name and when."""
    found = board_stress.stresses(session, name)
    if before:
        named = [board_stress.brief(session.scenario, each) for each in board_stress.chosen(session.scenario, name)]
        found = found.drop(columns=HAPPENS).set_axis(pd.Index(named, name=found.index.name))
    else:
        found = found.set_index(HAPPENS)
    about = f"What each stress changes for {name}, and who would then refuse"
    table = tabled(found, about, ("Would everyone sign?",))
    first, *others = table.columns
    first = first if before else replace(first, width=SENTENCE)
    wide = replace(table, columns=(first, *(replace(one, width=max(one.width, FIGURE)) for one in others)))
    question = board_stress.question(session.scenario, name)
    return [Text(f"{question}: what that would change for {name}, on average over the term."), wide]


def margins_of(session: Session, most: int | None) -> list[Block]:
    """How wrong each assumption may be before somebody refuses: so many of them, the tightest first."""
    heading = Heading("How wrong may we be?")
    asks = [bool(one.cells) for one in positions(session)]
    if not any(asks):
        return [heading, Text(margin_words.NOBODY)]
    found = margins(session)
    shown = margin_words.drawn(found).rename(index=unformatted)[["shown", "Who turns it", "Why"]].fillna("–")
    shown = shown.rename(columns={"shown": "Margin"}).replace("", "–")[:most]
    said = unformatted(margin_words.sentence(found, True, not all(asks)))
    return [heading, Text(said), tabled(shown, "How wrong each assumption may be", tuple(shown))]
