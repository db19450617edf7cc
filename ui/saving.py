"""Saving what is on the screen as a version, and the choice where somebody else has saved meanwhile."""

from collections.abc import Callable

import streamlit as st

from data import library
from data.library import Moved
from data.people import Person
from data.records import Version
from ui import answering, comparison, designs, kept, versions
from ui import library as shelves
from ui import library_words as words
from ui.library import Shelf
from ui.range_words import literal
from ui.session import Session, rewrite, typed

SEEN = "Everybody who can open this app can see and open what is saved here."
MEMBERS = "Everybody who has a part in the alliance can see and open what is saved here."
COUNTED = "Changes are counted from this version now, which goes by its name on every page."
AS_NEW, AS_OWN = "A new design", "An alliance of my own"
"""What else than the next version can be saved: by whoever leads the alliance, and by anybody else."""


def form(session: Session, found: Shelf | None) -> None:
    """Who saves, why, and as what."""
    if session.problems:
        st.markdown("An entry is not right yet: mend it first, then save.")
        return
    if found and session.moved and session.moved.newest.design == found.design.id:
        _choose(session, session.moved, _anew(found))
        return
    into = found if found and not _as_new(session, found) else None
    named, why = _signed(session)
    if into:
        _next(session, into, named, why)
    else:
        _new(session, found, named, why)
    st.markdown(f":small[{MEMBERS if session.email else SEEN}]")


def _as_new(session: Session, found: Shelf) -> bool:
    """Whether a new design is asked for; a sealed one takes nothing more."""
    if found.seal:
        st.markdown(f"Version {found.newest.number} is sealed, which closes its design: save this as a new one.")
        return True
    if found.part.role == "viewer":
        st.markdown("A viewer saves nothing here: save what is on the screen as a design of an alliance of your own.")
        return True
    if found.part.partner:
        st.markdown(
            f"Here you can save {literal(found.part.partner)}'s own appetite and estimates. Anything else makes an "
            "alliance of your own, which the others do not see."
        )
    into = f"Version {found.newest.number + 1} of '{literal(found.design.name)}'"
    key = f"save-as-{session.generation}-{found.newest.id}"
    anew = _anew(found)
    return st.segmented_control("Save as", [into, anew], default=into, key=key, required=True) == anew


def _anew(found: Shelf) -> str:
    """What a new design would be: only who leads an alliance begins one there."""
    return AS_NEW if found.part.leads else AS_OWN


def _signed(session: Session) -> tuple[Callable[[], Person], Callable[[], str]]:
    """Who saves and why; both stay where the save has to be chosen again."""
    with st.container(horizontal=True):
        return shelves.who(session, "save"), _typed(session, "Reason for saving", "why", 500)


def _typed(session: Session, label: str, name: str, longest: int, start: str = "") -> Callable[[], str]:
    """A text, and what gives it once called in a callback; it stays until something is saved, whatever page is turned
    to meanwhile."""
    key = f"{name}-{session.generation}"

    def given() -> str:
        text = typed(key)
        if text is not None:
            session.unsaved[name] = text
        return session.unsaved.get(name, start)

    def remember() -> None:
        given()

    kept_so_far = session.unsaved.get(name, start)
    st.text_input(label, kept_so_far, key=key, max_chars=longest, on_change=remember, width=420)
    return given


def _next(session: Session, found: Shelf, named: Callable[[], Person], why: Callable[[], str]) -> None:
    def save() -> None:
        made = library.save(found.design.id, session.scenario, session.version or None, named(), why())
        _done(session, made, found.design.name)

    if session.version == found.newest.id:
        _differences(session, found.newest, "Will be recorded as changed")
    st.button("Save", on_click=shelves.tried, args=(session, save), icon=":material/save:")


def _new(session: Session, found: Shelf | None, named: Callable[[], Person], why: Callable[[], str]) -> None:
    with st.container(horizontal=True):
        home = _typed(session, "Alliance", "new-alliance", 80, _home(session, found))
        name = _typed(session, "Name of the new design", "new-design", 80, _kept_as(session, found))

    def begin() -> None:
        start = versions.began(session)
        made = library.begin(home(), name(), session.scenario, named(), why(), start.id if start else None)
        _done(session, made, name())

    st.button("Save as a new design", on_click=shelves.tried, args=(session, begin), icon=":material/save:")


def _kept_as(session: Session, found: Shelf | None) -> str:
    """The name under which what is on the screen is kept already, unless the alliance has a design of that name."""
    name = kept.called(session.designs, session.scenario)
    there = library.designs(found.alliance.id, session.person) if found and found.part.leads else []
    return "" if name.casefold() in [one.name.casefold() for one in there] else name


def _home(session: Session, found: Shelf | None) -> str:
    """The alliance that a new design is most likely of; one of its own for whoever does not lead that one."""
    if found is None:
        return session.scenario.name[:80]
    return found.alliance.name if found.part.leads else f"{found.alliance.name[:70]} (own)"


def _done(session: Session, made: Version | Moved, design: str) -> None:
    """What is saved becomes what later edits are counted from."""
    if isinstance(made, Moved):
        session.moved = made
        return
    session.moved = None
    session.unsaved = {}
    fresh = versions.began(session) is None
    former = session.saved if fresh else session.scenario
    session.begin(session.scenario, session.preset, made.id)
    session.news = f"Saved: version {made.number} of '{' '.join(design.split())}'. {COUNTED}"
    if fresh and session.answering:
        rewrite(answering.TABS, answering.AGREED)
        session.news += f" Below you can record what {session.answering} says."
    if former in (session.saved, *session.designs.values()) or kept.nobodys(former):
        return
    if name := designs.keep_loaded(session, former):
        session.news += f" What was there before the first save is kept on Compare designs of this draft as '{name}'."
    else:
        session.news += f" {designs.MOST} designs are kept already, so how it was loaded is not."


def _choose(session: Session, moved: Moved, anew: str) -> None:
    """What somebody else has saved, what differs from it on the screen, and the three ways on."""
    newest = moved.newest
    design = library.design(newest.design, session.person)
    st.warning(words.moved(newest, design, session.version, session.preset), icon=":material/call_split:")
    _differences(session, newest, f"What yours would change in version {newest.number}")
    named, why = _signed(session)

    def on_top() -> None:
        made = library.save(newest.design, session.scenario, newest.id, named(), why())
        _done(session, made, library.design(newest.design, session.person).name)

    def give_up() -> None:
        session.moved = None
        rewrite(f"save-as-{session.generation}-{newest.id}", anew)

    with st.container(horizontal=True):
        st.button(f"Save mine on top of version {newest.number}", on_click=shelves.tried, args=(session, on_top))
        st.button(f"Open version {newest.number} instead", on_click=shelves.opened, args=(session, newest))
        st.button(f"Back, to save mine as {anew[0].lower()}{anew[1:]}", on_click=give_up)


def _differences(session: Session, version: Version, label: str) -> None:
    said = shelves.differing(version, session)
    st.markdown(f"**{label}**" + ("" if said else ": nothing differs"))
    comparison.lines(said)
