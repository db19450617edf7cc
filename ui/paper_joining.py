"""A provider's paper on joining: should we join? What the page of that name shows, on a sheet: two pages."""

from datetime import date
from functools import partial

import pandas as pd

from model.joining import Joining
from model.tables import partner_names
from ui import (
    board,
    board_words,
    deal,
    joining,
    joining_grounds,
    knowing_words,
    other_terms,
    paper_charts,
    paper_ends,
    paper_meanings,
    paper_positions,
    reserve_words,
    stamps,
)
from ui import joining_words as words
from ui.decisions import joining as decision
from ui.decisions import positions
from ui.format import chance, signed
from ui.paper import Beside, Block, Bullets, Column, Heading, Paper, Picture, Table, Text, tabled
from ui.paper_ends import Before
from ui.range_words import unformatted
from ui.session import Session

SIZE = 10.0
"""Points of the type: with less, these would fit one page, and many trustees could not read them."""

WORDS = ("gain, pain", "target cost", "cap", "band", "corridor", "worst 1 in 20")
EVERY_TERM = f"The paper {paper_ends.SCHEDULE} has every term."
WORTH = ("risk tolerance",)


def paper(session: Session, name: str, day: date, before: Before | None = None) -> Paper:
    """What those who decide for a partner read before it joins."""
    chosen = partner_names(session.scenario).index(name)
    found, position = decision(session, chosen), positions(session)[chosen]
    blocks: list[Block] = [
        Heading(deal.TITLE),
        Bullets((*map(unformatted, deal.sentences(session, name)), EVERY_TERM)),
        _first(session, found),
        *[Text(unformatted(said)) for said in [joining.largest(session, found)] if said],
        *_ahead(found, session.scenario.term.labels()),
        Heading("How likely is trouble?"),
        Bullets(tuple(map(unformatted, joining.troubles(session, found, chosen)))),
        Heading("What we would need to ask for"),
        Bullets(tuple(map(unformatted, joining.needed(session, chosen, positions(session))))),
        Heading("What moves our result most, and what is worth knowing before we sign"),
        Text(unformatted(f"{words.moved(found)} {knowing_words.sentences(found)}")),
        *_moved(found),
        *paper_ends.changed_in_a_line(session, before, name),
        Heading("What this rests on"),
        *map(Text, _grounds(session, found, chosen, day)),
    ]
    limits = unformatted(joining_grounds.limits(position, session.scenario, chosen))
    title = unformatted(joining.title(session, found, position))
    agreed = paper_ends.agreed(session)
    asked = unformatted(board_words.asked(session.scenario, name, board.figures(session, name), bool(agreed)))
    stands = paper_positions.of_partner(session, name)
    other = unformatted(other_terms.sentence(session))
    cautions = joining_grounds.cautions(session, position)
    about = (*agreed, *([other] if other else []), asked, limits, *map(unformatted, [*stands, *cautions]))
    worth = WORTH if found.standing.limits.tolerance is not None else ()
    said = paper_meanings.used((*WORDS, *worth), about, blocks)
    blocks.append(paper_meanings.meanings(*said, *paper_meanings.appetites(about, blocks)))
    foot = stamps.line(session, day)
    return Paper(f"Should we join? · {name}", title, about, tuple(blocks), foot, day, SIZE, sheets=2)


def _first(session: Session, found: Joining) -> Table:
    """The few figures that a trustee asks for first."""
    shown = joining.first(found, bool(joining.failing(session, found)))
    columns = tuple(Column(label) for label, *_ in shown)
    rows = (tuple(figure for _, figure, _, _ in shown), tuple(of for _, _, of, _ in shown))
    return Table("The figures to start with", columns, rows)


def _ahead(found: Joining, labels: tuple[str, ...]) -> list[Block]:
    """What joining and staying out would bring, beside what bad years leave of reserves."""
    against, bad = unformatted(words.against(found)), reserve_words.bad_years(found, labels)
    benefit = found.choice.benefit
    better = f"Joining is better in {chance(benefit.values['chance_of_gain'])} of futures"
    same = "Joining and staying out bring the same"
    drawing = partial(paper_charts.futures, found.choice.dots, same if words.the_same(benefit) else better)
    if found.standing.reserves is None:
        return [Heading("What we could gain and lose"), Text(f"{against} {bad}"), Picture(drawing, against)]
    table, title = reserve_words.bars(found), reserve_words.lasting(found)
    bars = partial(paper_charts.reserves, table, found.standing.limits.reserve_minimum, title)
    half = partial(drawing, width=paper_charts.HALF)
    written = "; ".join(f"{name}: {said}" for name, said in table["words"].items())
    heading = Heading("What we could gain and lose, and what bad years would leave of reserves")
    pictures = (Picture(half, against), Picture(bars, f"{bad} {written}."))
    return [heading, Text(f"{against} {bad}"), Beside(pictures)]


def _moved(found: Joining) -> list[Block]:
    if found.swings.empty:
        return []
    mean = signed(found.choice.joining.values["mean"])
    head = f"More (+) or less (−) than its average of {mean}, with one input in its lowest or highest tenth"
    shown: pd.DataFrame = joining.swings(found).rename_axis(head)
    return [tabled(shown, "What moves its result most")]


def _grounds(session: Session, found: Joining, chosen: int, day: date) -> list[str]:
    """What it takes for granted, what is left out, and by what the figures were made."""
    assumed = map(unformatted, joining_grounds.assumed(found, session.scenario, chosen))
    grounds = (assumed, joining_grounds.left_out(session.scenario), paper_ends.basis(session, day))
    return [" ".join(sentences) for sentences in grounds]
