"""Form fields made from the scenario's own fields: a value in, the edited value out, its sentence beside it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal, get_args, get_origin

import streamlit as st
from pydantic.fields import FieldInfo
from streamlit.delta_generator import DeltaGenerator

from model.base import Value
from model.choices import kind_name
from model.fields import Path, bare, choices, element, empty_of, field_at, kind_of, value_class
from ui import comings, doubts, edits, new_lines, noting, planned, possible, sums
from ui.accounts import signs
from ui.entries import (
    as_shown,
    in_its_field,
    label_of,
    read_list,
    read_month,
    shown_list,
    unit_for,
)
from ui.session import Session, no_edit, rewrite, rewrite_again, superseded, typed

START: Path = ("term", "start")
"""A month, which people write in many ways."""
Show = Callable[[Any], Any]
Read = Callable[[Any], Any]


def field(
    session: Session,
    path: Path,
    *,
    label: str = "",
    unit: str = "",
    hidden_label: bool = False,
    slider: tuple[float, float, float] | None = None,
    nobodys: str = "",
    read: Read | None = None,
    about: str = "",
) -> None:
    """One input for the entry at a path. `slider`: lowest, highest and step as shown. `nobodys`: a long text that is
    shown as an example, as if nothing were entered. `read`: reads a typed number in a way of its own. `about`: what it
    is, here, in place of what such an entry is anywhere.

    What is wrong with it is shown by `problems`, where there is room for a sentence.
    """
    info = field_at(session.document, path)
    unit = unit_for(info, unit)
    label = label or label_of(info, unit)
    told = _help(session, path, about or info.description or "")
    look: dict[str, Any] = {"label_visibility": "collapsed"} if hidden_label else {"help": told}
    annotation = bare(info.annotation)
    if get_origin(annotation) is Literal:
        _choice(session, path, label, [*get_args(annotation)], look)
    elif annotation is bool:
        _widget(session, path, st.toggle, label, look, bool, bool)
    elif annotation is int:
        empty = {"placeholder": "none"} if type(None) in get_args(info.annotation) else {}
        _widget(session, path, st.number_input, label, {**look, **empty, "step": 1}, _same, _same)
    elif _is_figures(info):
        look |= {"height": "content", "placeholder": "Numbers with semicolons between them"}
        _widget(session, path, st.text_area, label, look, lambda v: shown_list(v, unit), lambda t: read_list(t, unit))
    elif annotation is str and (_longest(info) or 0) > 200:
        look |= {"placeholder": nobodys}
        _widget(session, path, st.text_area, label, look, lambda v: "" if v == nobodys else _text(v), _same)
    elif annotation is str:
        _widget(session, path, st.text_input, label, look, _text, read_month if path == START else _same)
    elif slider is not None:
        low, high, step = slider
        look |= {"min_value": low, "max_value": high, "step": step, "format": "%g%%"}
        _widget(
            session, path, st.slider, label, look, lambda v: min(max(as_shown(v, "%") or 0.0, low), high), _fraction
        )
    else:
        if type(None) in get_args(info.annotation):
            look["placeholder"] = empty_of(info)
        reader = read or partial(planned.read, session, path, unit=unit)
        _widget(session, path, st.text_input, label, look, lambda v: in_its_field(v, unit), reader)


def group(
    session: Session, path: Path, names: Sequence[str], *, unit: str = "", columns: int | Sequence[float] = 1
) -> None:
    """Several entries of one value, side by side, with what is wrong with them below. `columns`: or their widths."""
    places = st.columns(columns, vertical_alignment="bottom")
    for i, name in enumerate(names):
        with places[i % len(places)]:
            entry(session, (*path, name), unit=unit)
    for name in names:
        if not _members(session, (*path, name)):
            problems(session, (*path, name), inside=True)


def entry(session: Session, path: Path, *, unit: str = "", label: str = "", read: Read | None = None) -> None:
    """One entry, whatever it is: a plain field, or a choice of kinds with the fields of the kind chosen."""
    if _members(session, path):
        kinds(session, path, unit=unit_for(field_at(session.document, path), unit), label=label)
    else:
        field(session, path, unit=unit, label=label, read=read)


def _members(session: Session, path: Path) -> list[str]:
    """The kinds that an entry may be of; none for a plain field."""
    annotation = field_at(session.document, path).annotation
    return [name for name in (kind_of(member) for member in choices(annotation)) if name]


def kinds(session: Session, path: Path, *, unit: str = "", label: str = "", quiet: bool = False) -> None:
    """Chooses one member of a tagged union, then shows its fields; `quiet`: its owner says what is wrong with it."""
    info = field_at(session.document, path)
    label = label or info.title or ""
    names = _members(session, path)
    node = session.value(path) or {}
    key = key_of(session, (*path, "kind"))

    def chosen() -> None:
        now = (session.value(path) or {}).get("kind")
        if no_edit(key, key_of(session, (*path, "kind")), node.get("kind"), now):
            return
        another = edits.as_kind(node, info.annotation, typed(key))
        session.write(path, sums.alike(session.scenario, path, node, another))
        if edits.is_range(node):
            session.replace(noting.noted_as_former(session.document, path), on=True)
        session.refresh()

    across, below = _parts(session, path, value_class(info.annotation, node))
    nested = [name for name in below if _members(session, (*path, name))]
    widest = 1.9 if len(across) > 2 else 1.6  # as the kinds with three figures have the longest names
    first, *places = st.columns([widest, *[1.0] * len(across)], vertical_alignment="bottom")
    at = names.index(node["kind"]) if node.get("kind") in names else None
    more: dict[str, Any] = {"help": info.description, "disabled": not session.may(path)}
    first.selectbox(label, names, at, key=key, format_func=kind_name, on_change=chosen, **more)
    for place, name in zip(places, across, strict=True):
        with place:
            field(session, (*path, name), unit=unit)
    for name in below:
        if name in nested:
            kinds(session, (*path, name))
        elif name == "views":
            _views(session, (*path, name), unit)
        else:
            field(session, (*path, name), unit=unit)
    if not nested and not quiet:
        problems(session, path, inside=True)


def _parts(session: Session, path: Path, owner: type[Value] | None) -> tuple[list[str], list[str]]:
    """The entries of a kind: those that stand beside its name, and those that need a line of their own."""
    names = [n for n in owner.model_fields if n not in ("kind", "sources", "points")] if owner else []
    infos = {name: field_at(session.document, (*path, name)) for name in names}
    below = [n for n in names if n == "views" or _is_figures(infos[n]) or _members(session, (*path, n))]
    return [name for name in names if name not in below], below


def _is_figures(info: FieldInfo) -> bool:
    """Whether an entry is a list of numbers."""
    return get_origin(bare(info.annotation)) is tuple and bare(element(info.annotation)) is float


def _views(session: Session, path: Path, unit: str) -> None:
    """What several people think of one quantity: a line each, with their names and weights."""
    views = session.value(path) or []
    for i, view in enumerate(views):
        here = (*path, i)
        with st.container(border=True):
            who, weight, gone = st.columns([2.4, 1, 1.2], vertical_alignment="bottom")
            with who:
                field(session, (*here, "name"))
            with weight:
                field(session, (*here, "weight"))
            if len(views) > 1:
                with gone:
                    removed = partial(edits.without, session.document, here)
                    text = f"Remove the view of {view.get('name')}"
                    button(session, (*here, "remove"), "Remove", "delete", removed, text)
            kinds(session, (*here, "view"), unit=unit, quiet=True)
    new = partial(new_lines.with_new, session.document, path, new_lines.new_view(views))
    button(session, (*path, "add"), "Add a view", "add", new)


def button(
    session: Session,
    path: Path,
    label: str,
    icon: str,
    edit: Callable[[], dict[str, Any]],
    text: str | None = None,
    used: str = "",
    quiet: bool = False,
) -> None:
    """A button that puts an edited document in place of this one. `used`: what it uses, told once it is pressed.
    `quiet`: it looks like a link, as there are many."""

    def pressed() -> None:
        before = session.document
        after = edit()
        session.replace(after, act=comings.left(before, after))
        told = f"Used: {used}. Undo brings back what was." if used and session.document != before else ""
        session.news = comings.gone(before, session.document) or told or session.news
        session.refresh()

    may = session.may(path)
    look: dict[str, Any] = {"icon": f":material/{icon}:", "help": text, "type": "tertiary" if quiet else "secondary"}
    st.button(label, key=key_of(session, path), on_click=pressed, disabled=not may, **look)


def _help(session: Session, path: Path, about: str) -> str:
    """What the entry is and, where it is noted, where its figure comes from."""
    notes = [s.get("note") for s in session.value((*path[:-1], "sources")) or [] if s.get("field") == path[-1]]
    return "\n\n".join([about, *(f"Source: {note}" for note in notes)])


def problems(session: Session, path: Path, *, inside: bool = False) -> DeltaGenerator:
    """What is wrong with this entry and, where asked, with anything inside it; gives the place of it.

    It has its place when nothing is wrong too: inputs below it that moved would start again, half-typed text and all.
    """
    place = st.container()
    for problem in session.problems:
        if problem.path == path or (inside and problem.path[: len(path)] == path):
            place.error(signs(problem.sentence), icon=":material/error:")
    if said := doubts.question(session, path):
        place.warning(said, icon=":material/help:")
    return place


def _widget(
    session: Session, path: Path, make: Callable[..., Any], label: str, look: dict[str, Any], show: Show, read: Read
) -> None:
    key = key_of(session, (make.__name__, *path))
    start = show(session.value(path))

    def changed() -> None:
        if superseded(key, key_of(session, (make.__name__, *path)), start):
            return
        text = typed(key)
        unit = session.value((*path[: possible.DEPTH], "unit"))
        edits.write(session, path, read(text), held=make is st.slider)
        possible.typed(session, path, unit)
        doubts.typed(session, path, text)
        rewrite(key, show(session.value(path)))

    if "options" in look:
        start = start if start in look["options"] else None
        look = {**look, "index": None if start is None else look["options"].index(start)}
    else:
        look = {**look, "value": start}
    if key in session.met:
        rewrite_again(key, start)
    found = make(label, key=key, on_change=changed, disabled=not session.may(path), **look)
    if not session.meets(key, path, label, found, start):
        st.rerun()


def _choice(session: Session, path: Path, label: str, options: list[Any], look: dict[str, Any]) -> None:
    _widget(session, path, st.selectbox, label, {**look, "options": options}, _same, _same)


def one_of(session: Session, path: Path, options: Sequence[str], label: str = "") -> None:
    """A choice of one name for the entry at a path; a name that is no longer among them stays until it is changed."""
    info = field_at(session.document, path)
    given = session.value(path)
    more = [given] if given not in options and given is not None else []
    _choice(session, path, label or info.title or "", [*more, *options], {"help": info.description})


def key_of(session: Session, path: Path) -> str:
    """The widget key of an entry; it changes when every input must start afresh."""
    return f"input-{session.age(path)}-{'-'.join(str(part) for part in session.known_as(path))}"


def _longest(info: FieldInfo) -> int | None:
    return next((m.max_length for m in info.metadata if hasattr(m, "max_length")), None)


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _fraction(shown: float) -> float:
    return round(shown / 100, 10)
