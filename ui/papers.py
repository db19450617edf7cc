"""The parts of the page that makes papers: which one, of which design, what is in it, and its files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

import streamlit as st

from model.scenario import Scenario
from model.tables import partner_names
from ui import (
    comparison_words,
    designs,
    entered_since,
    held_against,
    kept,
    panels,
    paper_alliance,
    paper_board,
    paper_joining,
    paper_log,
    paper_pdf,
    paper_schedule,
    paper_word,
    unrevealed,
    versions,
)
from ui.choices import choice
from ui.format import listed, slug, unbroken
from ui.held_against import NONE as NONE
from ui.paper import Paper
from ui.paper_ends import Before
from ui.range_words import literal, unformatted
from ui.session import Session, rewrite

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ALLIANCE, BOARD, JOINING, SCHEDULE, LOG = (
    "Alliance paper",
    "Board paper",
    "Should we join?",
    "Financial framework schedule",
    "Assumptions log",
)
OF_PARTNER: dict[str, Callable[[Session, str, date, Before | None], Paper]] = {
    BOARD: paper_board.paper,
    JOINING: paper_joining.paper,
}
OF_DESIGN: dict[str, Callable[[Session, date, Before | None], Paper]] = {
    ALLIANCE: paper_alliance.paper,
    SCHEDULE: paper_schedule.paper,
    LOG: paper_log.paper,
}
ABOUT = {
    ALLIANCE: "For all partners as one, such as the alliance's board and its chair: who would sign, what each would "
    "gain, bear and risk, and how wrong we may be.",
    JOINING: "Two pages to read before a partner signs: what joining could bring and cost, what bad years leave of "
    "reserves, and what to ask for.",
    BOARD: "Two pages, or three, for one partner's board: what is entered that it would accept, what lies ahead, what "
    "moves its result, who else carries what, and how wrong we may be. Reserves after bad years and what to ask for "
    "stand in *Should we join?*",
    SCHEDULE: "A draft for the Alliance Agreement: the terms in words and tables, and worked examples line by line.",
    LOG: "Every input with its value and the reason or source that was noted on it.",
}
FOR = {
    ALLIANCE: "for the chair and all partners",
    JOINING: "for a partner before it signs: possible loss, what to ask for",
    BOARD: "for a partner's board: risk appetite, and what moves its result",
    SCHEDULE: "for the finance committee and lawyers",
    LOG: "for finance and audit",
}
READY = {
    ALLIANCE: "The paper for the whole alliance is ready, as Word and PDF",
    BOARD: "The paper for the board of {} is ready, as Word and PDF",
    JOINING: "The paper on joining for {} is ready, as Word and PDF",
    SCHEDULE: "The schedule of the financial framework is ready, as Word and PDF",
    LOG: "The log of all assumptions is ready, as Word, PDF and CSV",
}
NARROW, WIDE, LONG = 320, 390, 34
"""Pixels in which designs are chosen: more where one has more characters in its name than fit."""


class Chosen(NamedTuple):
    """Which paper, of whom (nobody: of the whole alliance), seen in which design, held against which other; `design`
    says which design that is, as far as there is anything to say, and `why` the reason that it was kept for. `unlike`:
    that it is no longer what partners took positions on, and the choice that brings that. `apart`: with whose own
    figures that nobody else sees yet."""

    kind: str
    whose: str
    view: Session
    before: Before | None
    design: str
    why: str = ""
    unlike: tuple[str, str, str] = ("", "", "")
    apart: str = ""


def called(kind: str) -> str:
    """'Should we join? – for a partner before it signs: possible loss, what to ask for'."""
    return f"{kind} – {FOR[kind]}"


def chosen(session: Session) -> Chosen:
    """What the reader chooses."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = choice(session, "Paper", list(ABOUT), 0, key="paper-kind", called=called, width=490)
        found = _every(session)
        mine = (one for one, design in found.items() if design == session.scenario)
        name = designs.EDITED if designs.EDITED in found else next(mine, next(iter(found)))
        key, wide = "", WIDE if max(map(len, found)) > LONG else NARROW
        if len(found) > 1:
            key = f"paper-design-{session.scenario.name}-{'|'.join(found)}"
            name = choice(session, "Design", list(found), list(found).index(name), key=key, width=wide)
        against = held_against.choice(session, found, name, wide)
        view = designs.seen(session, found[name])
        names = partner_names(view.scenario)
        whose = panels.whose(session, "Whose paper", names, "papers") if kind in OF_PARTNER else ""
    if gone := held_against.gone(session, found, name, against):
        st.info(gone, icon=":material/difference:")
    before = None if against == NONE else Before(name, against, found[against])
    unlike = _unlike(session, name, key, found)
    named = _named(session, name, found)
    why = next((session.reasons[one] for one in (name, *_also(session, name, found)) if one in session.reasons), "")
    with_own = [session.scenario, *entered_since.found(session).values()]  # no other design has them
    apart = session.apart if any(found.get(one) in with_own for one in (name, against)) else ""
    return Chosen(kind, whose, view, before, named, why, unlike, apart)


def _unlike(session: Session, name: str, key: str, found: dict[str, Scenario]) -> tuple[str, str, str]:
    """That a design is no longer what partners took positions on; the key of the choice and what is chosen there."""
    said, agreed = versions.unlike(session, found[name]) or ("", None)
    return said, key, next((other for other, design in found.items() if design == agreed), "")


def not_agreed(session: Session, choice: Chosen) -> None:
    """That the paper is not of what was agreed, and the way to one that is."""
    said, key, agreed = choice.unlike
    if not said:
        return

    def take() -> None:
        session.looked_at[key] = agreed
        rewrite(key, agreed)

    st.warning(literal(said), icon=":material/warning:")
    if agreed:
        st.button(f"Take {literal(agreed)}", key="take-agreed", icon=":material/verified:", on_click=take)


def _named(session: Session, name: str, found: dict[str, Scenario]) -> str:
    """'Design 'Ours': 'Draft', changed since version 1 (saved …)': the name that it is kept under comes first."""
    version, in_library = versions.which(session, found[name]), versions.name(session, found[name])
    if name in session.designs and name != in_library:
        return f"Design '{name}'{version.replace('Design ', ': ', 1)}"
    if version and (also := [f"'{other}'" for other in _also(session, name, found) if other != in_library]):
        return f"{version}, also called {listed(also)}"
    return version or unformatted(comparison_words.called(name) if len(found) > 1 else "")


def _also(session: Session, name: str, found: dict[str, Scenario]) -> list[str]:
    """Under which other names a design is kept."""
    return [other for other, one in session.designs.items() if one == found[name] and other != name]


def _every(session: Session) -> dict[str, Scenario]:
    """The designs at hand, each once, but for those kept with another alliance; the starting one with what partners
    have entered since; and the newest versions of the one in the library that this began with. What is on the screen
    goes by its version, where it is one."""
    saved = {name: versions.scenario(one) for name, one in versions.every(session).items()}
    here = {name: one for name, one in saved.items() if one == session.scenario}
    saved = entered_since.found(session) | saved
    apart = designs.elsewhere(session)  # nor does Compare hold these against it, unless they were taken in
    found = {name: one for name, one in designs.every(session).items() if name not in apart}
    every = here | found | {name: one for name, one in saved.items() if name not in found}
    return {name: every[name] for name in designs.once(every)}


def composed(choice: Chosen, day: date) -> Paper:
    """The paper, with everything in it that does not depend on the kind of file."""
    with st.spinner("Putting the paper together…"):
        if choice.kind in OF_PARTNER:
            made = OF_PARTNER[choice.kind](choice.view, choice.whose, day, choice.before)
        else:
            made = OF_DESIGN[choice.kind](choice.view, day, choice.before)
    made = replace(made, about=(choice.unlike[0], *made.about)) if choice.unlike[0] else made
    about = (*made.about, f"Why this design was kept: {choice.why}") if choice.why else made.about
    kind = f"{made.kind} · {choice.design}" if choice.design else made.kind
    foot = f"{unrevealed.MARK} · {made.foot}" if choice.apart else made.foot
    return replace(made, kind=kind, about=about, head=unrevealed.told(choice.apart), foot=foot)


def title(choice: Chosen) -> str:
    """The page's answer."""
    return READY[choice.kind].format(literal(choice.whose))


def preview(made: Paper) -> None:
    """What the paper says first, and what is in it."""
    with st.container(border=True):
        if made.head:
            st.markdown(f"**{literal(made.head)}**")
        st.markdown(f":small[{literal(made.kind)}]")
        st.markdown(unbroken(f"**{literal(made.title)}**"))
        st.markdown("\n\n".join(unbroken(literal(line)) for line in made.about))
        st.markdown("\n".join(f"- {literal(heading)}" for heading in made.headings()))
        st.markdown(f":small[{literal(made.foot)}]")


def _in_word(made: Paper) -> bytes:
    """The paper as a Word document, its type as small as the PDF's has to be for its pages."""
    return paper_word.written(replace(made, size=paper_pdf.size_of(made)))


def file_name(choice: Chosen) -> str:
    """Of a paper's files, without what they end with: what it is, of which design by its name and version, if any."""
    design = choice.view.scenario
    tag = versions.tag(choice.view, design)
    saved = "" if design.id.startswith(tag) else tag
    name = kept.called(choice.view.designs, design) or (versions.name(choice.view, design) if saved else "")
    mark = unrevealed.MARK if choice.apart else ""
    return slug(f"{choice.kind} {choice.whose} {name} {saved} {design.id} {mark}")


def downloads(choice: Chosen, made: Paper) -> None:
    """The paper as files; each is written when it is asked for."""
    name = file_name(choice)
    kinds: list[tuple[str, Callable[[], bytes], str, str]] = [
        ("Word", partial(_in_word, made), "docx", WORD),
        ("PDF", partial(paper_pdf.written, made), "pdf", "application/pdf"),
    ]
    if choice.kind == LOG:
        csv = partial(paper_log.comma_separated, choice.view, made.day, choice.design, made.head)
        kinds.append(("CSV", csv, "csv", "text/csv"))
    with st.container(horizontal=True):
        for label, write, ending, mime in kinds:
            st.download_button(
                f"Download as {label}",
                write,
                f"{name}.{ending}",
                mime,
                key=f"paper-{ending}",
                on_click="ignore",
                icon=":material/download:",
            )
