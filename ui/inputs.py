"""Form fields made from the scenario's own fields: a value in, the edited value out, its sentence beside it."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, get_args, get_origin

import streamlit as st
from pydantic.fields import FieldInfo

from model.base import OWNERS_UNIT
from model.fields import Path, bare, choices, field_at, kind_of, unit_of, value_class
from ui import edits
from ui.format import exact, read_number
from ui.session import Session

KIND_NAMES = {
    "none": "None",
    "of_fee": "% of the fee",
    "of_target": "% of target cost",
    "pounds": "Pounds",
    "student_t": "Student t (heavy tails)",
    "pert": "PERT (low, likely, high)",
    "by_fee": "By fee",
    "by_target": "By target cost",
    "by_reserves": "By reserves",
}

YEARS_ACROSS = 5

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
    """One input for the entry at a path, with what is wrong with it below. `slider`: lowest, highest, step as shown."""
    info = field_at(session.document, path)
    unit = _unit(info, unit)
    label = label or _label(info, unit)
    look: dict[str, Any] = {"label_visibility": "collapsed" if hidden_label else "visible", "help": info.description}
    if hidden_label:
        look.pop("help")
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
        _widget(session, path, st.text_input, label, look, lambda v: _typed(v, unit), lambda t: _untyped(t, unit))
    problems(session, path)


def group(session: Session, path: Path, names: Sequence[str], *, unit: str = "", columns: int = 1) -> None:
    """Several entries of one value, side by side; choices of a kind show the entries of the kind chosen."""
    places = st.columns(columns)
    for i, name in enumerate(names):
        with places[i % columns]:
            entry(session, (*path, name), unit=unit)


def entry(session: Session, path: Path, *, unit: str = "", label: str = "") -> None:
    """One entry, whatever it is: a plain field, or a choice of kinds with the fields of the kind chosen."""
    info = field_at(session.document, path)
    members = [c for c in choices(info.annotation) if kind_of(c)]
    if members:
        kinds(session, path, unit=_unit(info, unit), label=label)
    else:
        field(session, path, unit=unit, label=label)


def kinds(session: Session, path: Path, *, unit: str = "", label: str = "") -> None:
    """Chooses one member of a tagged union, then shows its fields."""
    info = field_at(session.document, path)
    label = label or info.title or ""
    names = [name for name in (kind_of(member) for member in choices(info.annotation)) if name]
    node = session.value(path) or {}
    key = _key(session, (*path, "kind"))
    st.session_state.setdefault(key, node.get("kind"))

    def chosen() -> None:
        session.write(path, edits.as_kind(node, info.annotation, st.session_state[key]))
        session.refresh()

    st.selectbox(label, names, key=key, format_func=_kind_name, help=info.description, on_change=chosen)
    owner = value_class(info.annotation, node)
    plain_fields = [n for n in owner.model_fields if n not in ("kind", "sources", "points")] if owner else []
    if plain_fields:
        places = st.columns(len(plain_fields))
        for place, name in zip(places, plain_fields, strict=True):
            with place:
                field(session, (*path, name), unit=unit if info.annotation is not None else "")
    problems(session, path)


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
) -> None:
    """A list as lines of inputs: entries across, with a button to add a line and one to remove each.

    Lines whose name is not among the entries start with it as a heading.
    """
    items = session.value(path) or []
    titled = "name" not in names and any("name" in item for item in items)
    layout = [*([2.0] if titled else []), *(widths or [1.0] * len(names)), *([] if fixed else [0.35])]
    if items:
        infos = [field_at(session.document, (*path, 0, name)) for name in names]
        for place, info in zip(st.columns(layout)[titled:], infos, strict=False):
            place.markdown(f"**{_label(info, _unit(info, unit))}**", help=info.description)
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
                    label=f"{_label(info, _unit(info, unit))}, {who or f'{noun} {i + 1}'}",
                )
        if not fixed:
            with places[-1]:
                _remove(session, (*path, i), who or f"{noun} {i + 1}")
        problems(session, (*path, i))
    if new is not None:
        add(session, path, new, noun)
    else:
        problems(session, path)


def numbers(session: Session, path: Path, labels: Sequence[str], *, later: float | None = None) -> None:
    """A list of percentages, one for each year. Years not given have `later`, or the last figure given."""
    info = field_at(session.document, path)
    st.markdown(f"**{info.title} (%)**", help=info.description)
    given = session.value(path) or []
    stays = later if later is not None else given[-1] if given else 1.0
    places = [place for _ in range(0, len(labels), YEARS_ACROSS) for place in st.columns(YEARS_ACROSS)]
    for i, (place, label) in enumerate(zip(places, labels, strict=False)):
        key = _key(session, (*path, i))
        st.session_state.setdefault(key, _typed(given[i] if i < len(given) else stays, "%"))

        def typed(i: int = i, key: str = key) -> None:
            filled = [*given, *[stays] * (i + 1 - len(given))]
            filled[i] = _untyped(st.session_state[key], "%")
            session.write(path, filled)

        with place:
            st.text_input(label, key=key, on_change=typed)
            problems(session, (*path, i))
    problems(session, path)


def several(session: Session, path: Path, options: Sequence[str]) -> None:
    """A choice of any of the options."""
    info = field_at(session.document, path)
    key = _key(session, path)
    given = session.value(path) or []
    st.session_state.setdefault(key, [name for name in given if name in options])

    def chosen() -> None:
        session.write(path, st.session_state[key])

    st.multiselect(info.title or "", options, key=key, help=info.description, on_change=chosen, placeholder="All")
    problems(session, path)


def optional(session: Session, path: Path, names: Sequence[str], fresh: dict[str, Any]) -> None:
    """A group that may be absent: a switch, and its entries while it is on."""
    info = field_at(session.document, path)
    key = _key(session, (*path, "there"))
    there = session.value(path) is not None
    st.session_state.setdefault(key, there)

    def switched() -> None:
        session.write(path, fresh if st.session_state[key] else None)

    st.toggle(info.title or "", key=key, help=info.description, on_change=switched)
    if there:
        group(session, path, names, columns=len(names))


def problems(session: Session, path: Path) -> None:
    """What is wrong with exactly this entry."""
    for problem in session.problems:
        if problem.path == path:
            st.error(problem.sentence, icon=":material/error:")


def _widget(
    session: Session, path: Path, make: Callable[..., Any], label: str, look: dict[str, Any], show: Show, read: Read
) -> None:
    key = _key(session, path)
    if key not in st.session_state:
        st.session_state[key] = show(session.value(path))

    def typed() -> None:
        edits.write(session, path, read(st.session_state[key]))

    make(label, key=key, on_change=typed, **look)


def _choice(session: Session, path: Path, label: str, options: list[Any], look: dict[str, Any]) -> None:
    _widget(session, path, st.selectbox, label, {**look, "options": options}, _same, _same)


def add(session: Session, path: Path, new: dict[str, Any], noun: str) -> None:
    """A button that adds a line to a list, and what is wrong with the list."""
    _button(
        session,
        (*path, "add"),
        f"Add a {noun}",
        ":material/add:",
        lambda: edits.with_new(session.document, path, new),
        show_label=True,
    )
    problems(session, path)


def remove(session: Session, path: Path, who: str) -> None:
    """A button that removes one line of a list."""
    _button(
        session,
        (*path, "remove"),
        f"Remove {who}",
        ":material/delete:",
        lambda: edits.without(session.document, path),
        show_label=True,
    )


def _remove(session: Session, path: Path, who: str) -> None:
    _button(
        session, (*path, "remove"), f"Remove {who}", ":material/delete:", lambda: edits.without(session.document, path)
    )


def _button(
    session: Session, path: Path, label: str, icon: str, edit: Callable[[], dict[str, Any]], show_label: bool = False
) -> None:
    def pressed() -> None:
        session.replace(edit())
        session.refresh()

    st.button(label if show_label else "", key=_key(session, path), icon=icon, help=label, on_click=pressed)


def _key(session: Session, path: Path) -> str:
    return f"input-{session.generation}-{'-'.join(str(part) for part in path)}"


def _unit(info: FieldInfo, owners: str) -> str:
    own = unit_of(info)
    return owners if own == OWNERS_UNIT or (not own and bare(info.annotation) is not float) else own or ""


def _label(info: FieldInfo, unit: str) -> str:
    title = info.title or ""
    return f"{title} ({unit})" if unit and unit not in title else title


def _longest(info: FieldInfo) -> int | None:
    return next((m.max_length for m in info.metadata if hasattr(m, "max_length")), None)


def _kind_name(kind: str) -> str:
    return KIND_NAMES.get(kind, kind.replace("_", " ").capitalize())


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _as_shown(value: Any, unit: str) -> Any:
    return round(value * 100, 10) if unit == "%" and isinstance(value, int | float) else value


def _typed(value: Any, unit: str) -> str:
    """A number as the input shows it; text that was no number as it was typed."""
    if value is None or isinstance(value, str):
        return value or ""
    return exact(value).replace("£", "") if unit == "£" else f"{_as_shown(value, unit):.10g}"


def _untyped(text: str, unit: str) -> float | str | None:
    if not text.strip():
        return None
    value = read_number(text)
    return value / 100 if unit == "%" and isinstance(value, float) else value


def _fraction(shown: float) -> float:
    return round(shown / 100, 10)
