"""The library on its page: the design looked at, its versions, and what differs between two of them."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import streamlit as st

from data import library, members, positions
from data.people import Part, Person
from data.records import Alliance, Design, Position, Seal, Version
from data.store import Unreachable
from model.changes import Change, changes
from model.documents import Refused, to_document
from ui import comparison, frame, kept, show, versions
from ui import library_words as words
from ui.range_words import literal
from ui.session import Session, typed

SCREEN = "What is on the screen"


class Shelf(NamedTuple):
    """A design that is looked at, with its versions, the newest first, and what was recorded on each. `part` is that of
    whoever looks."""

    alliance: Alliance
    part: Part
    design: Design
    versions: list[Version]
    said: dict[str, list[Position]]
    seal: Seal | None

    @property
    def newest(self) -> Version:
        """Its last version."""
        return self.versions[0]

    def seal_of(self, version: Version) -> Seal | None:
        """The seal of one of its versions."""
        return self.seal if version == self.newest else None


def tried(session: Session, act: Callable[[], object]) -> None:
    """Does what was asked, or keeps the sentence that says why not; what was told of the action before ends."""
    session.news = ""
    try:
        act()
    except (Refused, Unreachable) as reason:
        session.library_note = str(reason)


def who(session: Session, place: str) -> Callable[[], Person]:
    """Asks for the name of whoever does something, unless it is known; gives the person once called in a callback."""
    key = f"who-{place}-{session.generation}"
    if session.email:
        return lambda: session.person

    def named() -> Person:
        name = typed(key)
        session.who = session.who if name is None else name.strip()
        return session.person

    def remember() -> None:
        named()
        session.keep()

    st.text_input("Your name", session.who, key=key, max_chars=80, on_change=remember, width=260)
    return named


def looked_at(session: Session) -> Shelf | None:
    """The design that is chosen, at first that of what is on the screen; None while there is none."""
    homes = {one.id: one for one in library.alliances(session.person) if not one.archived}
    every = [one for id in homes for one in library.designs(id, session.person) if not one.archived]
    if not every:
        return None
    start = versions.began(session)
    mine = next((one for one in every if start and one.id == start.design), every[0])
    with st.container(horizontal=True):
        filled = [one for one in homes.values() if any(design.alliance == one.id for design in every)]
        home = homes[_chosen(session, "Alliance", filled, mine.alliance)]
        here = {one.id: one for one in every if one.alliance == home.id}
        design = here[_chosen(session, "Design", list(here.values()), mine.id)]
    return shelf(home, design, session.person)


def _chosen(session: Session, label: str, every: list[Alliance] | list[Design], first: str) -> str:
    """The id of one of these, chosen by name. Others may rename and archive meanwhile."""
    names = {one.id: one.name for one in every}
    key = f"{label}-{session.generation}-{session.version}-{'|'.join(names)}"
    at = list(names).index(first) if first in names else 0
    return st.selectbox(label, list(names), at, format_func=lambda id: names[id], key=key, width=320)


def shelf(alliance: Alliance, design: Design, by: Person) -> Shelf:
    """A design with all that is recorded on it."""
    versions, part = library.versions(design.id, by), members.part(alliance.id, by)
    said, seal = positions.on_design(design.id, by), positions.seal(versions[0].id, by)
    return Shelf(alliance, part, design, versions, said, seal)


def answer(session: Session, found: Shelf | None) -> None:
    """Which version is the newest and who accepts it; what is on the screen beside it."""
    if session.live:
        frame.answer(words.NOT_FOLLOWED, words.ABOUT_FOLLOWING)
        return
    if found is None:
        here = words.kept_only(kept.called(session.designs, session.scenario))
        frame.answer(words.NOTHING, f"{here}{words.ABOUT_NOBODY if session.email else words.ABOUT_NOTHING}")
        return
    partners = positions.partners(found.newest)
    said = found.said.get(found.newest.id, [])
    start = next((one for one in found.versions if one.id == session.version), None)
    differs = sum(one.entries for one in differing(start, session)) if start else 0
    title = words.title(found.design, found.newest, partners, said, found.seal)
    frame.answer(title, words.screen(start, differs, found.newest))


def unreachable(trouble: Exception) -> None:
    """The page where there is no library just now."""
    frame.answer("The library cannot be read just now; everything else works", literal(str(trouble)))


def note(session: Session) -> None:
    """Why the last thing asked was not done."""
    if session.library_note:
        st.error(literal(session.library_note), icon=":material/error:")
        session.library_note = ""


def differing(version: Version, session: Session) -> list[Change]:
    """What differs on the screen from a version, in words."""
    return changes(to_document(library.scenario(version)), to_document(session.scenario))


def table(session: Session, found: Shelf) -> None:
    """Every version, and what can be done with one of them."""
    show.table(_table(found))
    branched = found.versions[-1].parent
    if branched:
        st.markdown(_origin(branched, session.person))
    one = version(session, found, "Version to open or restore")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button("Open it on all pages", on_click=opened, args=(session, one), icon=":material/folder_open:")
        if one != found.newest and not found.seal and found.part.leads:
            with st.popover("Make it the newest again", icon=":material/settings_backup_restore:"):
                _restore(session, one)
    with st.expander("All that changed in it, and what it is", icon=":material/notes:"):
        st.markdown("\n".join(f"- {literal(line)}" for line in one.changed) or words.changed(one))
        st.markdown(f":small[Inputs {one.inputs} · model {one.model_version} · SHA-256 {one.digest}]")


def _origin(id: str, by: Person) -> str:
    """Which version a design was made from."""
    try:
        origin = library.version(id, by)
        return f":small[Made from version {origin.number} of '{literal(library.design(origin.design, by).name)}'.]"
    except Refused:
        return ":small[Made from a version of an alliance in which you have no part.]"


def _table(found: Shelf) -> pd.DataFrame:
    rows = {
        f"Version\u00a0{one.number}": {
            "Saved": f"{words.moment(one.saved_at)} · {literal(one.who)}",
            "Why": literal(one.why),
            "What changed": words.changed(one),
            "Partners": words.counted(positions.partners(one), found.said.get(one.id, []), found.seal_of(one)),
        }
        for one in found.versions
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def version(session: Session, found: Shelf, label: str) -> Version:
    """A version of the design, chosen."""
    key = f"{label}-{session.generation}-{found.newest.id}"
    return st.selectbox(label, found.versions, format_func=words.named, key=key, width=420)


def opened(session: Session, one: Version) -> None:
    """Makes a version what every page works on; undo brings back what was there."""

    def begin() -> None:
        session.begin(library.scenario(one), version=one.id)
        session.moved = None
        session.news = f"Version {one.number} was opened. Undo brings back what was here. {session.news}".strip()

    tried(session, begin)


def _restore(session: Session, one: Version) -> None:
    named = who(session, "restore")
    key = f"restore-why-{session.generation}"
    st.text_input("Reason", key=key, max_chars=500)

    def restore() -> None:
        made = library.restore(one.id, named(), typed(key) or "")
        session.news = f"Version {one.number} is the newest again, as version {made.number}."
        session.refresh()

    st.button(f"Save version {one.number} as the newest", on_click=tried, args=(session, restore))


def compared(session: Session, found: Shelf) -> None:
    """What differs between two versions of the alliance, or one of them and the screen."""
    designs = [
        found.design,
        *(one for one in library.designs(found.alliance.id, session.person) if one != found.design),
    ]
    every = {one.id: (one, design.name) for design in designs for one in library.versions(design.id, session.person)}
    names = {SCREEN: SCREEN} | {id: words.numbered(one, name) for id, (one, name) in every.items()}
    last = min(2, len(found.versions))  # the one before the newest, where there is one

    def chosen(label: str, at: int) -> str:
        key = f"{label}-{session.generation}-{found.newest.id}"
        return st.selectbox(label, list(names), at, format_func=lambda id: names[id], key=key, width=420)

    with st.container(horizontal=True):
        both = chosen("Before", last), chosen("After", last - 1)
    comparison.differs({names[id]: library.scenario(every[id][0]) if id in every else session.scenario for id in both})
