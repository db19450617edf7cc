"""Would everyone sign, and what is at stake? The parts of the first page, and their sentences."""

import json
from functools import reduce

import pandas as pd
import streamlit as st

from model.acceptance import Cell, Position, alliance
from model.base import PENNY
from model.differences import with_notes
from model.documents import to_document
from model.regardless import below_today
from model.renames import as_called
from model.scenario import Scenario
from ui import kept, levers, panels, show, starting, ways, what_changed
from ui.decisions import positions
from ui.format import listed, money, percent, unbroken
from ui.range_words import literal, unformatted
from ui.session import Session, presenting
from ui.telling import REDONE, UNDONE, again
from ui.unsaid import silent
from ui.verdicts import MARKS, also_failed, failed, slack, why

TIGHT = {
    "loss": "against a large loss",
    "year": "against a large loss in one year",
    "worst": "in its worst 1 in 20",
    "reserves": "in its reserves",
    "worth": "in worth, marked down for risk",
}
"""Where it has least to spare, by the test."""
NOW = {
    "accepts": "now accepts",
    "refuses": "now refuses",
    "too close to call": "is now too close to call",
    "has not said": "has not said",
}
Edits = tuple[list[str], list[str]]
"""All that differs, and what of it is only noted."""
SMALL = 500.0
"""Pounds. A slack that moved by less did not move."""
MOST_NAMED = 2
"""Partners that are named one by one."""
MOST_EDITS = 3
"""Edits that are named one by one; of more, one less."""


def headline(found: tuple[Position, ...], stake: pd.Series, year: str = "", just: bool = False) -> str:
    """The page's answer: would everyone sign, and what is at stake: in a full year, or in the year looked at.

    `just`: whether they sign only just.
    """
    if year:
        return f"{_over_the_term(found)}. {_providers_can_lose(stake, year)}"
    return f"{_signing(found)}{', but only just' * just}. {_providers_can_lose(stake)}"


def _over_the_term(found: tuple[Position, ...]) -> str:
    """The same answer where all else on the page is about one year."""
    said = _signing(found)
    named = any(said.startswith(literal(one.partner)) for one in found)
    return f"Over the term, {said if named else said[0].lower() + said[1:]}"


def _providers_can_lose(stake: pd.Series, year: str = "") -> str:
    """A sentence of its own: said in one breath, it would sound like the stake of whoever would refuse."""
    part = float(stake["largest_loss"])
    if part == float("inf"):
        said = "there is no limit to what providers can lose"
    elif part * float(stake["target_cost"]) < PENNY:
        said = "providers can lose nothing"
    else:
        whose = "its" if year else "a year's"
        said = f"providers together can lose up to {percent(part)} of {whose} cost"
    return f"In {year}, {said}" if year else said.capitalize()


def today(found: tuple[Position, ...], just: str = "") -> str:
    """'As the design stands: Recovery charity would refuse to sign.' `just`: where all would sign by a hair."""
    return f"As the design stands: {_signing(found)}{f', but {just}' if just else ''}."


def _signing(found: tuple[Position, ...]) -> str:
    against = [one.partner for one in found if one.verdict == "refuses"]
    if not any(one.cells for one in found):
        return "Nobody has said what it would accept"
    if not against:
        return {
            "accepts": "Everyone would sign",
            "has not said": _partly(found),
        }.get(alliance(found), "It is too close to call who would sign")
    if len(against) == len(found):
        return "Nobody would sign" if len(found) > MOST_NAMED else f"Neither {_or(against)} would sign"
    if len(against) <= MOST_NAMED:
        return f"{listed([literal(name) for name in against])} would refuse to sign"
    return f"{len(against)} of {len(found)} partners would refuse to sign"


def _partly(found: tuple[Position, ...]) -> str:
    """How many accept, where some have not said."""
    unsaid = len(silent(found))
    have = "has" if unsaid == 1 else "have"
    return f"{len(found) - unsaid} of {len(found)} partners would sign and {unsaid} {have} not said"


def _or(names: list[str]) -> str:
    return " nor ".join(literal(name) for name in names)


def stands(position: Position) -> tuple[str, str]:
    """Where a partner stands: the verdict, and what it rests on."""
    verdict, cell = MARKS[position.verdict], position.deciding
    if cell is None:
        return verdict, "no limit is entered"
    silent = "".join(f"; {what}" for what in _unasked(position))
    if position.verdict == "refuses":
        low = cell.test == "reserves" and below_today(position)
        short = "its reserves are too low today already" if low else why(cell)
        return f"**{verdict}**", f"{short}, {slack(cell)} short{'' if presenting() else also_failed(position)}"
    return verdict, f"{_room(cell)}{silent}"


def _unasked(position: Position) -> list[str]:
    """What its verdict knows nothing of."""
    found = {"reserves not stated": position.unmeasured, "staying out not asked": position.unweighed}
    return [what for what, so in found.items() if so]


def _room(cell: Cell) -> str:
    if abs(cell.slack) < 0.5:
        return f"just enough {TIGHT[cell.test]}"
    return f"{slack(cell)} {'to spare' if cell.slack > 0 else 'short'} {TIGHT[cell.test]}"


def changed(edits: list[str], before: tuple[Position, ...], after: tuple[Position, ...], act: str = "") -> str:
    """What edits changed in verdicts, or else in what partners have to spare. `act`: what they were, in words, and
    whoever it names came or left by it; or only that they were undone or done again."""
    if act in (UNDONE, REDONE):
        return f"{act}: {_named([again(edit) for edit in edits])}: {_came_of_it(before, after)}."
    return f"{literal(act) if act else _named(edits)}: {_came_of_it(before, after, act)}."


def _came_of_it(before: tuple[Position, ...], after: tuple[Position, ...], act: str = "") -> str:
    """Whose verdicts are others, and who came or left; where none is, for whom most moves."""
    was = {one.partner: one.verdict for one in before}
    moved: dict[str, list[str]] = {}
    for one in after:
        if one.verdict != was.get(one.partner, one.verdict):
            unasked = _unasked(one) if one.verdict == "accepts" else []
            silent = f" ({', '.join(unasked)})" if unasked else ""
            moved.setdefault(one.verdict, []).append(f"{literal(one.partner)}{silent}")
    came = [literal(one.partner) for one in after if one.partner not in was and one.partner not in act]
    gone = [literal(name) for name in was if name not in {one.partner for one in after} and name not in act]
    turned = [f"**{listed(names)} {_each(NOW[verdict], names)}**" for verdict, names in moved.items()]
    turned += [f"{listed(names)} {word}" for names, word in ((came, "joined"), (gone, "left")) if names]
    return "; ".join(turned) or _same(before, after)


def last_step(session: Session) -> str:
    """The same of the last step alone, for a message: 'no partner's verdict changes; most moves for …'. Nothing while
    an entry is to be mended, or where there was no step."""
    former = session.before()
    if not former or session.problems:
        return ""
    return unformatted(_came_of_it(_then(session, former), positions(session)))


def _named(edits: list[str]) -> str:
    """Up to three edits by name; of more the first two, and how many there are."""
    if len(edits) <= MOST_EDITS:
        return listed([literal(edit) for edit in edits])
    first = MOST_EDITS - 1
    return f"{'; '.join(literal(edit) for edit in edits[:first])}; and {len(edits) - first} more edits"


def _each(verb: str, names: list[str]) -> str:
    """A verb for one partner or several."""
    if len(names) == 1:
        return verb
    plural = {"accepts": "accept", "refuses": "refuse", "is now": "are now", "has not": "have not"}
    return reduce(lambda said, one: said.replace(one, plural[one]), plural, verb)


def _same(before: tuple[Position, ...], after: tuple[Position, ...]) -> str:
    """No verdict changes: whose slack changed most."""
    was = {one.partner: one.tightest.slack for one in before if one.tightest}
    now = [(one.partner, one.tightest.slack) for one in after if one.tightest]
    moves = [(slack - was[name], name, slack) for name, slack in now if name in was]
    if not moves:
        return "nobody has said what it would accept"
    move, name, slack = max(moves, key=lambda each: abs(each[0]))
    if abs(move) < SMALL:
        size = f"by {money(SMALL)} or more " if abs(move) >= 0.5 else ""
        return f"no partner's verdict changes, nor {size}what it has to spare"
    way = ("less to spare", "more to spare") if slack >= 0 else ("further from accepting", "nearer to accepting")
    said = f"no partner's verdict changes; most moves for {literal(name)}: {money(abs(move))} {way[move > 0]}"
    then, fails = (len(failed(one)) for found in (before, after) for one in found if one.partner == name)
    return f"{said}, but it now fails {fails} tests, and {then} before" if then < fails else said


def just_changed(session: Session) -> str:
    """What the last edit did, and all edits since the starting design; nothing where there were none."""
    return " ".join(said for said in told(session) if said)


def told(session: Session) -> tuple[str, str]:
    """What the last edit did, and what all edits since the starting design did where these are more."""
    found, former, just, all_ = positions(session), session.before(), "", ""
    since = ([], []) if kept.nobodys(session.saved) else _since(session)
    last: Edits = [], []
    if former and not session.problems:
        last = with_notes(to_document(former), session.document)
        last = last if last[0] else _typed(session)
    if former and last[0]:
        names = _as_levers(session, last)
        act = session.act or session.acts.get(tuple(last[0]), "")
        just = f"**What just changed.** {changed(names, _then(session, former), found, act)}"
    if since[0] and since != last:
        names = _as_levers(session, since)
        many = f"{len(names)} edits" if len(names) > MOST_EDITS else ""
        all_ = f"**Since {literal(session.base)}.** {changed(names, _then(session, session.saved), found, many)}"
    return just, all_


def _as_levers(session: Session, edits: Edits) -> list[str]:
    """Edits by the names of levers; what is only noted is no edit of its own beside what can change a result."""
    every, notes = edits
    named = levers.as_levers(session, every)
    return [one for one in named if one not in notes] or named


def _since(session: Session) -> Edits:
    """What differs from the starting design in what the figures rest on: an entry that is not valid is not in them."""
    if not session.problems:
        return session.changes(), session.notes()
    return with_notes(kept.as_document(session.saved), kept.as_document(session.scenario))


def _then(session: Session, design: Scenario) -> tuple[Position, ...]:
    """Where partners stood under another design, each as it is called now."""
    return positions(session, as_called(session.scenario, design))


def _typed(session: Session) -> Edits:
    """What the last edit or undo changed of what was typed, where no result followed that."""
    return with_notes(json.loads(session.former), session.document)


def verdicts(session: Session, nothing: str = "") -> None:
    """Every partner's verdict over the whole term, and what the last edits changed in them. `nothing`: said instead."""
    found, (just, since) = positions(session), told(session)
    with st.container(key="just-changed"):  # always there, so that the table keeps its place
        if said := just or nothing:
            st.markdown(unbroken(said))
    rows = {one.partner: stands(one) for one in found}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["Would it sign?", "Why"])
    show.table(table.map(unbroken).rename_axis("Partner"), border="horizontal")
    if unsaid := [one.partner for one in found if one.verdict == "has not said"]:
        panels.to_limits(session, unsaid[0], f"What {unsaid[0]} would accept: Acceptance › What each accepts")
    with st.container(key="since"):
        if since:
            st.markdown(unbroken(since))
        what_changed.folded(session)
        starting.as_start(session)
        if just and session.changed and not starting.untouched(session):
            label = "Why? Drivers and stress › What changes did"
            ways.to_tab(session, "pages/drivers.py", "drivers-tabs", "What changes did", label)
            ways.to_page(session, "pages/partners.py", "Who is better or worse off: Partners' gain and pain")
