"""Form fields made from the scenario's own fields: a value in, the edited value out, its sentence beside it."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, get_args, get_origin

import streamlit as st
from pydantic.fields import FieldInfo

from model.base import OWNERS_UNIT
from model.fields import Path, bare, choices, field_at, kind_of, unit_of, value_class
from ui import edits
from ui.format import exact, read_number
from ui.session import Session, offer, rewrite, typed

KIND_NAMES = {
    "none": "None",
    "of_fee": "% of the fee",
    "of_target": "% of target cost",
    "pounds": "Pounds",
    "student_t": "Student t (heavy tails)",
    "pert": "PERT (low, likely, high)",
    "lower_of": "The lower of two",
    "quality": "Share × quality",
    "one_minus": "1 − share × quality",
    "ramp": "Table, in proportion between",
    "step": "Table, in steps",
    "gate": "Gate: past it, from the first pound",
    "deductible": "Deductible: only beyond it",
    "yearly": "Each year by itself",
    "cumulative": "Cumulative, true-up at the end",
    "carry_forward": "Pain carried forward",
    "by_fee": "By fee",
    "by_target": "By target cost",
    "by_reserves": "By reserves",
}

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
) -> None:
    """One input for the entry at a path. `slider`: lowest, highest and step as shown.

    What is wrong with it is shown by `problems`, where there is room for a sentence.
    """
    info = field_at(session.document, path)
    unit = unit_for(info, unit)
    label = label or label_of(info, unit)
    look: dict[str, Any] = {"label_visibility": "collapsed"} if hidden_label else {"help": _help(session, path, info)}
    annotation = bare(info.annotation)
    if get_origin(annotation) is Literal:
        _choice(session, path, label, [*get_args(annotation)], look)
    elif annotation is bool:
        _widget(session, path, st.toggle, label, look, bool, bool)
    elif annotation is int:
        _widget(session, path, st.number_input, label, {**look, "step": 1}, _same, _same)
    elif annotation is str and (_longest(info) or 0) > 200:
        _widget(session, path, st.text_area, label, look, _text, _same)
    elif annotation is str:
        _widget(session, path, st.text_input, label, look, _text, _same)
    elif slider is not None:
        low, high, step = slider
        look |= {"min_value": low, "max_value": high, "step": step, "format": "%g%%"}
        _widget(
            session, path, st.slider, label, look, lambda v: min(max(_as_shown(v, "%") or 0.0, low), high), _fraction
        )
    else:
        if type(None) in get_args(info.annotation):
            look["placeholder"] = "none"
        _widget(session, path, st.text_input, label, look, lambda v: shown(v, unit), lambda t: read_back(t, unit))


def group(session: Session, path: Path, names: Sequence[str], *, unit: str = "", columns: int = 1) -> None:
    """Several entries of one value, side by side, with what is wrong with them below."""
    places = st.columns(columns, vertical_alignment="bottom")
    for i, name in enumerate(names):
        with places[i % columns]:
            entry(session, (*path, name), unit=unit)
    for name in names:
        if not _members(session, (*path, name)):
            problems(session, (*path, name), inside=True)


def entry(session: Session, path: Path, *, unit: str = "", label: str = "") -> None:
    """One entry, whatever it is: a plain field, or a choice of kinds with the fields of the kind chosen."""
    if _members(session, path):
        kinds(session, path, unit=unit_for(field_at(session.document, path), unit), label=label)
    else:
        field(session, path, unit=unit, label=label)


def _members(session: Session, path: Path) -> list[str]:
    """The kinds that an entry may be of; none for a plain field."""
    annotation = field_at(session.document, path).annotation
    return [name for name in (kind_of(member) for member in choices(annotation)) if name]


def kinds(session: Session, path: Path, *, unit: str = "", label: str = "") -> None:
    """Chooses one member of a tagged union, then shows its fields."""
    info = field_at(session.document, path)
    label = label or info.title or ""
    names = _members(session, path)
    node = session.value(path) or {}
    key = key_of(session, (*path, "kind"))
    offer(key, node.get("kind"))

    def chosen() -> None:
        session.write(path, edits.as_kind(node, info.annotation, typed(key)))
        session.refresh()

    owner = value_class(info.annotation, node)
    inner = [n for n in owner.model_fields if n not in ("kind", "sources", "points")] if owner else []
    nested = [name for name in inner if _members(session, (*path, name))]
    inner = [name for name in inner if name not in nested]
    first, *places = st.columns([1.6, *[1.0] * len(inner)], vertical_alignment="bottom")
    first.selectbox(label, names, key=key, format_func=_kind_name, help=info.description, on_change=chosen)
    for place, name in zip(places, inner, strict=True):
        with place:
            field(session, (*path, name), unit=unit)
    for name in nested:
        kinds(session, (*path, name))
    if not nested:
        problems(session, path, inside=True)


def _help(session: Session, path: Path, info: FieldInfo) -> str:
    """What the entry is and, where it is noted, where its figure comes from."""
    notes = [s.get("note") for s in session.value((*path[:-1], "sources")) or [] if s.get("field") == path[-1]]
    return "\n\n".join([info.description or "", *(f"Source: {note}" for note in notes)])


def problems(session: Session, path: Path, *, inside: bool = False) -> None:
    """What is wrong with this entry and, where asked, with anything inside it."""
    for problem in session.problems:
        if problem.path == path or (inside and problem.path[: len(path)] == path):
            st.error(problem.sentence, icon=":material/error:")


def _widget(
    session: Session, path: Path, make: Callable[..., Any], label: str, look: dict[str, Any], show: Show, read: Read
) -> None:
    key = key_of(session, (make.__name__, *path))
    offer(key, show(session.value(path)))

    def changed() -> None:
        edits.write(session, path, read(typed(key)))
        rewrite(key, show(session.value(path)))

    make(label, key=key, on_change=changed, **look)


def _choice(session: Session, path: Path, label: str, options: list[Any], look: dict[str, Any]) -> None:
    _widget(session, path, st.selectbox, label, {**look, "options": options}, _same, _same)


def key_of(session: Session, path: Path) -> str:
    """The widget key of an entry; it changes when every input must start afresh."""
    return f"input-{session.generation}-{'-'.join(str(part) for part in path)}"


def unit_for(info: FieldInfo, owners: str) -> str:
    """The unit that an entry is shown in: its own, or its owner's."""
    own = unit_of(info)
    return owners if own == OWNERS_UNIT or (not own and bare(info.annotation) is not float) else own or ""


def label_of(info: FieldInfo, unit: str) -> str:
    """The entry's title with its unit."""
    title = info.title or ""
    return f"{title} ({unit})" if unit and unit not in title else title


def _longest(info: FieldInfo) -> int | None:
    return next((m.max_length for m in info.metadata if hasattr(m, "max_length")), None)


def _kind_name(kind: str) -> str:
    return KIND_NAMES.get(kind, kind.replace("_", " ").capitalize() if kind.islower() else kind)


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _as_shown(value: Any, unit: str) -> Any:
    return round(value * 100, 10) if unit == "%" and isinstance(value, int | float) else value


def shown(value: Any, unit: str) -> str:
    """A number as the input shows it; text that was no number as it was typed."""
    if value is None or isinstance(value, str):
        return value or ""
    return exact(value).replace("£", "") if unit == "£" else f"{_as_shown(value, unit):.10g}"


def read_back(text: str, unit: str) -> float | str | None:
    """A typed text as the document keeps it: a number, nothing, or the text itself where it is no number."""
    if not text.strip():
        return None
    value = read_number(text)
    return value / 100 if unit == "%" and isinstance(value, float) else value


def _fraction(shown: float) -> float:
    return round(shown / 100, 10)
