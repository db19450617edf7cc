"""Names and archive of the library, and the library as a file."""

from functools import partial

import streamlit as st

from data import exchange, library, members
from data.records import Alliance, Design
from ui import base
from ui import library as shelves
from ui import library_words as words
from ui.library import Shelf
from ui.range_words import literal
from ui.session import Session, typed

JSON = "application/json"
MEGABYTES = exchange.LARGEST // 1_000_000


def keeping(session: Session, found: Shelf) -> None:
    """Names, putting away, and the library as a file."""
    if found.part.leads:
        _names(session, found)
    files(session)


def _names(session: Session, found: Shelf) -> None:
    """Other names for the alliance and the design, putting them away, and what was done so far."""
    named = shelves.who(session, "names")
    for title, one in (("Design", found.design), ("Alliance", found.alliance)):
        key = f"name-{session.generation}-{one.id}-{one.name}"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(f"Name of the {title.lower()}", one.name, key=key, max_chars=80, width=320)

            def rename(one: Alliance | Design = one, key: str = key) -> None:
                library.rename(one, typed(key) or "", named())
                base.renamed()

            def archive(one: Alliance | Design = one) -> None:
                library.archive(one, named())

            st.button("Rename", key=f"rename-{one.id}", on_click=shelves.tried, args=(session, rename))
            st.button(f"Archive the {title.lower()}", on_click=shelves.tried, args=(session, archive))
        done = library.acts(one, session.person)
        st.markdown("\n".join(f"- :small[{words.act(act)}]" for act in done))


def archived(session: Session) -> None:
    """What was put away, folded, with the way back."""
    kept: list[tuple[str, Alliance | Design]] = []
    by = session.person
    for home in (one for one in library.alliances(by) if members.part(one.id, by).leads):
        kept += [(f"{home.name}, the whole alliance", home)] * home.archived
        kept += [(f"{one.name}, of {home.name}", one) for one in library.designs(home.id, by) if one.archived]
    if not kept:
        return
    title = f"Archived ({len(kept)})"
    with st.expander(title, icon=":material/inventory_2:", key="archived", on_change="rerun") as place:
        if place.open:
            _out(session, kept)


def _out(session: Session, kept: list[tuple[str, Alliance | Design]]) -> None:
    named = shelves.who(session, "archived")
    for label, one in kept:

        def out(one: Alliance | Design = one) -> None:
            library.take_out(one, named())

        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(literal(label), width=420)
            st.button("Take out", key=f"out-{one.id}", on_click=shelves.tried, args=(session, out))


def files(session: Session) -> None:
    """The library as one file, and another one brought in."""
    whole = "What you are facilitator of" if session.email else "The whole library"
    st.markdown(f"{whole}, with all alliances, versions, positions and seals, as one file.")
    key, icon = f"library-upload-{session.generation}", ":material/download:"
    whole_file = partial(exchange.whole, session.person)
    st.download_button("Download the library", whole_file, "library.json", JSON, on_click="ignore", icon=icon)

    def brought() -> None:
        if file := typed(key):
            session.news = words.brought(exchange.bring_in(file.getvalue(), session.person))
            session.refresh()

    st.file_uploader(
        "Bring a library in (JSON)",
        type="json",
        key=key,
        on_change=shelves.tried,
        args=(session, brought),
        max_upload_size=MEGABYTES,
    )
    st.markdown(":small[What is here stays; what is here already is not doubled.]")
