"""The designs that are compared: the starting one, the one being edited, and those kept by name."""

import copy
from collections.abc import Mapping

import streamlit as st

from data import presets
from data.scenario_workbook import from_workbook
from model.documents import Refused, from_json, to_document
from model.scenario import Scenario
from model.tables import TERM
from model.variants import variants
from ui import earlier, kept, versions
from ui.comparison_charts import SAVED
from ui.files import refused
from ui.range_words import clipped, literal
from ui.session import Session, typed

EDITED = "This design"
ABOUT_START = "*Kept designs* then has it, where its name can be changed."
MOST = 12
LONGEST = 60


def every(session: Session) -> dict[str, Scenario]:
    """All designs by name, the starting one first; the one being edited has no row of its own where it is another.

    What a new alliance begins with is nobody's design, and left out once something in it is changed.
    """
    nobodys = kept.nobodys(session.saved) and session.scenario != session.saved
    saved = {} if nobodys else {start(session): session.saved}
    others = {**saved, **session.designs}
    return others if session.scenario in others.values() else {**saved, EDITED: session.scenario, **session.designs}


def start(session: Session) -> str:
    """What the starting design is called: as it is kept, or else by its version, where it is saved in the library."""
    mine = (name for name, one in session.designs.items() if one == session.saved)
    return next(mine, "") or versions.start(session) or SAVED


def once(found: Mapping[str, Scenario]) -> dict[str, tuple[str, ...]]:
    """By what name each design goes, the first of those that it has, and by what others it is called too."""
    called: dict[str, tuple[str, ...]] = {}
    for name, design in found.items():
        same = next((other for other in called if found[other] == design), name)
        called[same] = (*called[same], name) if same in called else ()
    return called


def elsewhere(session: Session) -> list[str]:
    """The kept designs that belong to another alliance, and were not taken in to be compared with this one."""
    here = {name for name, one in session.designs.items() if kept.of_one_alliance(one, session.scenario)}
    return [name for name in session.designs if name not in here and name not in session.invited]


def about_saved(session: Session) -> str:
    """Says what the starting design is where nobody has saved a version: a preset as it was loaded, if somebody's."""
    untouched = session.preset and not session.version and not kept.nobodys(session.saved)
    return "The starting design is the preset as it was loaded: no version was saved yet." if untouched else ""


def seen(session: Session, design: Scenario) -> Session:
    """The session as if a design were the one being edited and the whole term looked at; nothing of it is kept."""
    view = copy.copy(session)
    view.scenario, view.document, view.period = design, to_document(design), TERM
    return view


def unused(session: Session, name: str, instead: str = "") -> str:
    """Why no design can be kept under a name, or under it instead of another; nothing where one can."""
    others = [other for other in session.designs if other != instead]
    taken = {" ".join(other.casefold().split()) for other in (SAVED, versions.start(session), EDITED, *others)}
    if len(others) >= MOST:
        return f"{MOST} designs are kept, and no more fit side by side; remove one first."
    if not name.strip():
        return "A design needs a name."
    if len(name) > LONGEST:
        return f"A name has at most {LONGEST} characters."
    return f"There is a design called '{name}' already." if " ".join(name.casefold().split()) in taken else ""


def keep(session: Session, name: str, design: Scenario, why: str = "") -> None:
    """Keeps a design under a name, with the reason if there is one, or says why not."""
    name = " ".join(name.split())
    session.design_note = unused(session, name)
    if not session.design_note:
        session.designs = {**session.designs, name: design}
        session.reasons = session.reasons | ({name: why.strip()} if why.strip() else {})
        session.keep()


def keep_named(session: Session, name: str, why: str, design: Scenario) -> None:
    """Keeps a design under a name and with a reason that were typed, or says there why not.

    Without a name nothing is asked for where it is kept already: Enter did so, and the button is pressed after it.
    """
    same = next((other for other, one in session.designs.items() if one == design), "")
    if same and not name.strip():
        session.kept_as, session.keep_note = same, ""
        return
    keep(session, name, design, why)
    session.keep_note, session.design_note = session.design_note, ""
    session.kept_as = "" if session.keep_note else " ".join(name.split())
    session.kept_by_name += not session.keep_note


def rename(session: Session, name: str, becomes: str) -> None:
    """Gives a kept design another name, or says why not."""
    becomes = " ".join(becomes.split())
    session.rename_note = unused(session, becomes, name)
    if not session.rename_note:
        session.held = becomes if session.held == name else session.held
        session.ticked = {becomes if other == name else other: one for other, one in session.ticked.items()}
        session.reasons = {becomes if other == name else other: why for other, why in session.reasons.items()}
        session.designs = {becomes if other == name else other: one for other, one in session.designs.items()}
    session.refresh()


def keep_new(session: Session, name: str, design: Scenario) -> None:
    """Keeps a design under a name of its own, 'Name', 'Name 2', …, to be compared with the one being edited."""
    name = wanted = name[: LONGEST - 3].strip()
    count = 1
    while unused(session, name) and len(session.designs) < MOST and count <= MOST:
        count += 1
        name = f"{wanted} {count}"
    session.invited = (*session.invited, name)
    keep(session, name, design)


def keep_loaded(session: Session, design: Scenario) -> str:
    """Keeps what an alliance was before its first version; gives its name, or nothing where no more designs fit."""
    if len(session.designs) >= MOST:
        return ""
    keep_new(session, clipped(f"{kept.LOADED if session.preset else kept.BEGAN}{design.name}", LONGEST - 3), design)
    return list(session.designs)[-1]


def take_in(session: Session, file: str, text: bytes) -> None:
    """Keeps the scenario in a file as a design, or says what is wrong with it."""
    try:
        brought = from_workbook(file, text) if file.lower().endswith(".xlsx") else from_json(text)
    except Refused as refusal:
        session.design_note = refused(f"{literal(file)} was not taken in.", [one.sentence for one in refusal.problems])
    else:
        keep_new(session, brought.name, brought)


def remove(session: Session, name: str) -> None:
    """Keeps a design no longer; another that is kept under its name begins anew."""
    session.held = "" if session.held == name else session.held
    session.ticked = {other: one for other, one in session.ticked.items() if other != name}
    session.reasons = {other: why for other, why in session.reasons.items() if other != name}
    session.designs = {other: design for other, design in session.designs.items() if other != name}
    session.keep()


def go_back(session: Session, name: str) -> None:
    """Makes a kept design the one being edited; undo brings back what was."""
    session.replace(to_document(session.designs[name]), act=f"'{name}' in place of the design before")
    session.refresh()


def controls(session: Session) -> None:
    """Keeping, adding and removing designs, for whoever may change the draft that they are kept with."""
    if session.live:
        return
    with st.container(horizontal=True):
        with st.popover("Keep this design", icon=":material/bookmark_add:"):
            _keeping(session)
        with st.popover("Variants", icon=":material/call_split:"):
            _variants(session)
        with st.popover("Take in another", icon=":material/folder_open:"):
            _taking_in(session)
        if session.designs:
            with st.popover(f"Kept designs ({len(session.designs)})", icon=":material/bookmarks:"):
                _kept(session)
    earlier.with_kept(session)
    if session.design_note:
        with st.container(key="not-taken-in"):
            st.error(session.design_note, icon=":material/error:")
        session.design_note = ""


def _keeping(session: Session) -> None:
    key, reason = (f"design-{part}-{session.draft}-{session.kept_by_name}" for part in ("name", "why"))
    with st.form("keep-design", border=False):
        st.text_input("Keep this design as", key=key, max_chars=LONGEST, placeholder="Cap at half the fee", width=420)
        st.text_input("Why (optional)", key=reason, max_chars=200, width=420)
        st.form_submit_button(
            "Keep it",
            icon=":material/bookmark_add:",
            on_click=lambda: keep_named(session, typed(key) or "", typed(reason) or "", session.scenario),
            disabled=bool(session.problems),
        )
    if session.kept_as:
        st.success(f"Kept: {literal(session.kept_as)}", icon=":material/check:")
        session.kept_as = ""
    elif session.keep_note:
        st.error(session.keep_note, icon=":material/error:")
        session.keep_note = ""
    elif session.problems:
        st.markdown(":small[Mend what is wrong with it first.]")
    else:
        st.markdown(":small[It stays as it is now, also when the draft is opened again.]")
    _keeping_the_start(session)


def _keeping_the_start(session: Session) -> None:
    """The starting design as one that is kept, to be renamed like any other; a version has its name in the library."""
    if not (known(session, session.saved) or versions.start(session) or kept.nobodys(session.saved)):
        st.button(
            "Keep the starting design too",
            on_click=keep_start,
            args=(session,),
            icon=":material/flag:",
            help=ABOUT_START,
        )


def known(session: Session, design: Scenario) -> bool:
    """Whether a design is on the screen or kept."""
    return design in (session.scenario, *session.designs.values())


def keep_start(session: Session) -> None:
    """Keeps the starting design, and says under what name, or why not."""
    session.kept_as = keep_loaded(session, session.saved)
    session.keep_note = "" if session.kept_as else unused(session, "")


def _variants(session: Session) -> None:
    """Ready variants by group, each kept at one click, or a whole group."""
    st.markdown("This design with one change, kept at one click:")
    found = [one for one in variants(session.scenario) if one.scenario not in session.designs.values()]
    for group in dict.fromkeys(one.group for one in found):
        mine = [one for one in found if one.group == group]
        st.markdown(f"**{group}**")
        with st.container(horizontal=True):
            for one in mine:
                st.button(
                    one.name, key=f"variant-{one.name}", on_click=keep_new, args=(session, one.name, one.scenario)
                )
    if not found:
        st.markdown("All of them are kept already.")
    elif st.button("Keep all of these", icon=":material/library_add:"):
        for one in found:
            keep_new(session, one.name, one.scenario)
        st.rerun()


def _taking_in(session: Session) -> None:
    """A preset or a file as one more design."""
    chosen = st.selectbox(
        "A preset", presets.names(), key="design-preset", format_func=lambda name: presets.preset(name).name
    )
    preset = presets.preset(chosen)
    st.button("Take it in", on_click=keep_new, args=(session, preset.name, preset))
    key = f"design-upload-{len(session.designs)}-{session.uploads}"

    def uploaded() -> None:
        if file := typed(key):
            session.uploads += 1
            take_in(session, file.name, file.getvalue())

    with st.container(key="taken-in"):
        st.file_uploader(
            "Or a scenario (JSON or Excel)", type=["json", "xlsx"], key=key, on_change=uploaded, max_upload_size=1
        )


def _kept(session: Session) -> None:
    """Each kept design by its name, which may be typed over, with the way back to it and out."""
    st.markdown(":small[Type over a name to change it.]")
    if session.rename_note:
        st.error(session.rename_note, icon=":material/error:")
        session.rename_note = ""
    for name, design in session.designs.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            _name(session, name)
            st.button(
                "Go on with this",
                key=f"edit-{name}",
                help=f"Go back to {name}: it becomes the design being edited",
                disabled=design == session.scenario and not session.problems,
                on_click=go_back,
                args=(session, name),
            )
            st.button("Remove", key=f"remove-{name}", help=f"Remove {name}", on_click=remove, args=(session, name))
        if why := session.reasons.get(name):
            st.markdown(f":small[{literal(why)}]")


def _name(session: Session, name: str) -> None:
    key = f"design-called-{session.generation}-{name}"
    st.text_input(
        f"Name of {name}",
        name,
        key=key,
        max_chars=LONGEST,
        width=260,
        label_visibility="collapsed",
        on_change=lambda: rename(session, name, typed(key) or ""),
    )
