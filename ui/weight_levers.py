"""The weights of key result areas, or of the KPIs of one, as levers: where one moves, others make room."""

from typing import Any

import streamlit as st

from model.base import as_percent
from model.fields import Path
from ui import inputs, weighing
from ui.format import listed
from ui.range_words import literal
from ui.session import Session, no_edit, typed

AREAS: Path = ("framework", "kras")
MOST = 8
"""Lines whose weights are levers; more are on the page of the framework."""
MADE_ROOM, BACK = "the others made room", "the others as they were"
ABOUT_EQUAL = "Gives all of these the same weight, to a tenth of a percent; one step for undo."


def weights(session: Session) -> None:
    """A choice of those that share a whole, a button that makes them equal, and a lever for each."""
    found = _found(session)
    if not found or not session.may(AREAS):
        return
    with st.expander("Weights", icon=":material/scale:", key="weights-levers", on_change="rerun") as place:
        if not place.open:
            return
        first = next(iter(found))
        whose = st.radio("Weights of", list(found), key="weights-of", format_func=literal) if len(found) > 1 else first
        whose = whose if whose in found else first
        path = found[whose]
        lines = session.value(path)
        with st.container(key="weights-equal"):
            _equal(session, path, whose)
        for i, line in enumerate(lines):
            _weight(session, (*path, i, "weight"), str(line.get("name")))


def _found(session: Session) -> dict[str, Path]:
    """Where weights stand that share a whole, few enough to be levers: of the areas, and of each area's KPIs."""
    areas = session.value(AREAS) or []
    found: dict[str, Path] = {"Key result areas": AREAS}
    found |= {f"KPIs of {area.get('name')}": (*AREAS, i, "kpis") for i, area in enumerate(areas)}
    return {name: path for name, path in found.items() if 1 < len(session.value(path) or []) <= MOST}


def _equal(session: Session, path: Path, whose: str) -> None:
    """The button that makes weights equal, and what they are where levers show them rounded."""
    lines = session.value(path)
    now, then = weighing.weights(lines), weighing.alike(len(lines))
    said = f"Equal weights of the {whose.replace('Key', 'key')}: {_parts(then)}"
    st.button(
        "Equal weights",
        key=inputs.key_of(session, (*path, "equal")),
        icon=":material/balance:",
        help=ABOUT_EQUAL,
        disabled=now == then,
        on_click=_make_equal,
        args=(session, path, said),
    )
    if any(_whole(weight) != round(100 * weight, 6) for weight in now):
        st.markdown(f":small[Rounded below: {_parts(now)}]")


def _make_equal(session: Session, path: Path, said: str) -> None:
    parts = weighing.alike(len(session.value(path)))
    session.replace(weighing.weighted(session.document, path, parts), act=said)
    session.refresh()


def _weight(session: Session, path: Path, name: str) -> None:
    """The weight of one of several lines."""
    key = inputs.key_of(session, ("lever", *path))
    start = _whole(session.value(path))

    def moved() -> None:
        now = _whole(session.value(path))  # a weight between steps, sent back as it is shown, is no edit
        if no_edit(key, inputs.key_of(session, ("lever", *path)), start, now):
            return
        _move(session, path, name, round(typed(key) / 100, 4))

    label, may = f"Weight of {name} (%)", session.may(path)
    st.slider(label, 0.0, 100.0, start, 1.0, format="%g%%", key=key, on_change=moved, disabled=not may)


def _move(session: Session, path: Path, name: str, weight: float) -> None:
    """Moves one weight; those moved just before stay, where the others can make room."""
    *lines, i, entry = path
    place, line = tuple(lines), int(i)
    before = session.weighed
    if before is None or before.document is not session.document or before.path != place:
        before = weighing.Group(place, tuple(weighing.weights(session.value(place))), session.document)
    after = before.moved(line, weight)
    others = [j for j in range(len(after.parts)) if j != line]
    again: list[Path] = [(*place, j, entry) for j in others]
    session.renewed |= {other: session.renewed.get(other, 0) + 1 for other in again}
    stay = [str(session.value((*place, j, "name"))) for j in others if j in before.held and _same(before, after, j)]
    made = f"{MADE_ROOM}, but not {listed(stay)}, set just before" if stay else MADE_ROOM
    moved, now = f"Weight of {name}", _part(weight)

    def said(was: Any) -> tuple[str, str]:
        return f"{moved}: {_part(was)} → {now}, {made}", f"{moved} is {_part(was)} again (was {now}), {BACK}"

    session.move(path, after.document, said)
    session.weighed = after


def _same(before: weighing.Group, after: weighing.Group, line: int) -> bool:
    return before.parts[line] == after.parts[line]


def _whole(weight: Any) -> float:
    """A weight in whole percent, as a slider shows it."""
    return float(round(min(max(100.0 * weight, 0.0), 100.0))) if isinstance(weight, int | float) else 0.0


def _part(weight: Any) -> str:
    return as_percent(round(weight, 4)) if isinstance(weight, int | float) else "nothing"


def _parts(found: list[float]) -> str:
    """Weights one after another, or the one that all have."""
    return f"{_part(found[0])} each" if len(set(found)) == 1 else listed([_part(one) for one in found])
