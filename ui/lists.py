"""Form fields for lists: lines of inputs, figures by year, choices of several."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from model.fields import Path, field_at
from ui import doubts, edits, new_lines, paste
from ui.entries import label_of, read_back, shown, unit_for
from ui.inputs import button, field, group, key_of, problems
from ui.session import Session, no_edit, rewrite, superseded, typed

YEARS_ACROSS = 5
BUTTON = 0.15
"""Part of a line's width that its button needs."""
NO_HELPS: Mapping[str, str] = {}


def rows(
    session: Session,
    path: Path,
    names: Sequence[str],
    *,
    widths: Sequence[float] = (),
    fixed: bool = False,
    new: Any = None,
    noun: str = "row",
    unit: str = "",
    pasted: bool = True,
    helps: Mapping[str, str] = NO_HELPS,
) -> None:
    """A list as lines of inputs: entries across, a button to add a line, one to remove each, and room to paste a table.

    Lines whose name is not among the entries start with it as a heading. `helps` stand in place of the fields' own.
    """
    items = session.value(path) or []
    titled = "name" not in names and any("name" in item for item in items)
    across = [*([2.0] if titled else []), *(widths or [1.0] * len(names))]
    layout = across if fixed else [*across, max(0.9, sum(across) * BUTTON)]
    with st.container(key=f"lines-{'-'.join(map(str, path))}-{names[0]}"):
        if items:
            infos = [field_at(session.document, (*path, 0, name)) for name in names]
            for place, name, info in zip(st.columns(layout)[titled:], names, infos, strict=False):
                about = helps.get(name, info.description)
                place.markdown(f"**{label_of(info, unit_for(info, unit))}**", help=about)
        for i, item in enumerate(items):
            places = st.columns(layout, vertical_alignment="center")
            who = item.get("name")
            if titled:
                places.pop(0).markdown(who)
            for place, name in zip(places, names, strict=False):
                info = field_at(session.document, (*path, i, name))
                with place:
                    field(
                        session,
                        (*path, i, name),
                        unit=unit,
                        hidden_label=True,
                        label=f"{label_of(info, unit_for(info, unit))}, {who or f'{noun} {i + 1}'}",
                    )
            if not fixed:
                with places[-1]:
                    text = f"Remove {who or f'{noun} {i + 1}'}"
                    button(session, (*path, i, "remove"), "Remove", "delete", _without(session, (*path, i)), text)
            place = problems(session, (*path, i), inside=True)
            for said in doubts.questions(session, (*path, i), names):
                place.warning(said, icon=":material/help:")
    if new is not None:
        add(session, path, new, noun)
    else:
        problems(session, path)
    if pasted:
        paste.rows(session, path, names, new, unit)


def numbers(session: Session, path: Path, labels: Sequence[str], *, later: float | None = None, hint: str = "") -> None:
    """A list of percentages, one for each year. Years not given have `later`, or the last figure given.

    `hint`: what stands beside its name.

    Typing in one year writes down every year shown, so that no other year changes.
    """
    info = field_at(session.document, path)
    st.markdown(f"**{info.title} (%)**{hint}", help=info.description)

    def every() -> list[Any]:
        """As the document has them now: what was typed a moment ago counts."""
        given = session.value(path) or []
        stays = later if later is not None else given[-1] if given else 1.0
        return [*given, *[stays] * (len(labels) - len(given))]

    places = [place for _ in range(0, len(labels), YEARS_ACROSS) for place in st.columns(YEARS_ACROSS)]
    for i, (place, label, figure) in enumerate(zip(places, labels, every(), strict=False)):
        key, start = key_of(session, (*path, i)), shown(figure, "%")

        def changed(i: int = i, key: str = key, start: str = start) -> None:
            if no_edit(key, key_of(session, (*path, i)), start, shown(every()[i], "%")):
                return
            session.write(path, [*every()[:i], read_back(typed(key), "%"), *every()[i + 1 :]])
            rewrite(key, shown(session.value((*path, i)), "%"))

        place.text_input(label, start, key=key, on_change=changed, disabled=not session.may(path))
    problems(session, path, inside=True)


def several(session: Session, path: Path, options: Sequence[str]) -> None:
    """A choice of any of the options."""
    info = field_at(session.document, path)
    key = key_of(session, path)
    given = session.value(path) or []
    start = [name for name in given if name in options]

    def chosen() -> None:
        if not superseded(key, key_of(session, path), start):
            session.write(path, typed(key))

    title = info.title or ""
    more: dict[str, Any] = {"help": info.description, "placeholder": "All", "disabled": not session.may(path)}
    more["select_all"] = False  # it would come first, and be taken by who types a name and presses Enter
    st.multiselect(title, options, start, key=key, on_change=chosen, **more)
    problems(session, path, inside=True)


def optional(session: Session, path: Path, names: Sequence[str], fresh: dict[str, Any]) -> None:
    """A group that may be absent: a switch, and its entries while it is on."""
    info = field_at(session.document, path)
    key = key_of(session, (*path, "there"))
    there = session.value(path) is not None

    def switched() -> None:
        if not no_edit(key, key_of(session, (*path, "there")), there, session.value(path) is not None):
            session.write(path, fresh if typed(key) else None)

    more: dict[str, Any] = {"help": info.description, "disabled": not session.may(path)}
    st.toggle(info.title or "", there, key=key, on_change=switched, **more)
    if there:
        group(session, path, names, columns=len(names))


def add(session: Session, path: Path, new: dict[str, Any], noun: str) -> None:
    """A button that adds a line to a list, and what is wrong with the list."""
    before = len(session.value(path) or [])

    def added() -> dict[str, Any]:
        """With what was typed just before; pressed twice in haste, it adds one."""
        again = len(session.value(path) or []) != before
        return session.document if again else new_lines.with_new(session.document, path, new)

    button(session, (*path, "add"), f"Add a {noun}", "add", added)
    problems(session, path)


def remove(session: Session, path: Path, who: str) -> None:
    """A button that removes one line of a list."""
    button(session, (*path, "remove"), f"Remove {who}", "delete", _without(session, path))


def _without(session: Session, path: Path) -> Callable[[], dict[str, Any]]:
    """Makes the document less a line, with what was typed just before; pressed twice in haste, it removes one."""
    before = session.value(path)

    def edit() -> dict[str, Any]:
        now = session.value(path)
        same = now == before or (now and before and "name" in now and now["name"] == before.get("name"))
        return edits.without(session.document, path) if same else session.document

    return edit
