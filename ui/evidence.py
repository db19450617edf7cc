"""An uncertain input on a page: its form, a picture of its range, and where it comes from."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from pydantic import ValidationError

from data import outside, own
from data.outside import Offer
from model import assumptions, curves
from model.base import Value
from model.evidence import RANGE, Distribution, Pool
from model.fields import Path, field_at
from model.scenario import Scenario
from ui import edits, frame, inputs, notes, noting, offered, planned, range_words, ranges, samples, show
from ui.density import density
from ui.entries import unit_for
from ui.session import Session
from ui.three_words import ABOUT, ASKED, SAY, three

PUBLIC, OURS, PEOPLE = "Public data", "Our data", "People"
SET = ("cost_deviation", "baseline_error", "between_costs", "cost_and_kpis", "year_to_year")
"""Entries whose public figures may belong together."""
YOURS, STOOD = "Source of what you entered", "Source of what stood there"
PICTURE = 230
"""Pixels: the width of the picture of a range."""


def row(
    session: Session,
    path: Path,
    label: str,
    span: tuple[float, float] | None = None,
    unit: str = "",
    said: str = "",
    mine: Path = (),
    form: Callable[[], None] | None = None,
) -> None:
    """One uncertain input: its form, a small picture of its range (on a scale of `span`), and where it comes from.

    `said`: what the input is of, where its label is only a name. `mine`: the one view of several that is typed and
    shown. `form`: what draws the fields instead of the usual form.
    """
    mine = mine or path
    unit = unit or unit_for(field_at(session.document, path), "")
    with st.container(horizontal=True, gap="large", vertical_alignment="center"):
        fields = st.container(width="stretch", key=f"half-{'-'.join(map(str, path))}")
        picture = st.container(width=frame.scaled(PICTURE))
    with fields:
        if form:
            form()
        else:
            inputs.entry(session, mine, label=label, unit=unit)
            _in_three(session, path, said or label)
        for whose, note in _sources(session, path, mine).items():
            st.markdown(f":small[{whose}: {range_words.literal(range_words.clipped(note))}]")
    if distribution := valid(session.value(mine)):
        with picture:
            _picture(distribution, label, span, unit, planned.in_pounds(session, path, distribution))
    explain(session, path, said or label, unit)


def _sources(session: Session, path: Path, mine: Path) -> dict[str, str]:
    """Where an input comes from. On a partner's own screen that of what it entered is told apart from that of what
    stood there, which goes on to count beside it."""
    note, stood = notes.note(session, path), notes.shared(session, path)
    found = {"Source": note}
    if mine != path:
        yours, former = own.reasons(note)
        found = {STOOD: former} if former and own.stated(yours) else {YOURS: yours, STOOD: former} if former else found
    elif session.value(path) != session.stands(path):
        found = {YOURS: "" if stood and stood in note else note, STOOD: stood}
    return {whose: said for whose, said in found.items() if said}


def valid(node: Any) -> Distribution | None:
    """The distribution as typed so far, if it is one."""
    try:
        found: Distribution = RANGE.validate_python(node)
    except ValidationError:
        return None
    return found


def _in_three(session: Session, path: Path, said: str) -> None:
    """A provider's costs in three figures instead of a curve; once they are, what these are."""
    kind = session.value((*path, "kind"))
    if path[-1] not in ASKED or not session.may(path):
        return
    with st.container():  # always there, so that inputs below keep their places
        if kind == "three_points":
            beside = planned.beside(session, path)
            st.markdown(f":small[{ABOUT}{f' To be typed {beside}.' if beside else ''}]")
        elif kind not in own.NO_VIEW and (now := valid(session.value(path))):
            put = partial(_as_three, session, path, now)
            inputs.button(session, (*path, "three"), SAY, "straighten", put, f"{said}: P10, P50 and P90", quiet=True)


def _as_three(session: Session, path: Path, now: Distribution) -> dict[str, Any]:
    """The document with a range in three figures; what was noted on it is of the range before."""
    edited: dict[str, Any] = edits.replaced(noting.noted_as_former(session.document, path), path, three(now))
    return edited


def _picture(
    distribution: Distribution, label: str, span: tuple[float, float] | None, unit: str, in_pounds: str
) -> None:
    line = curves.ranges({label: distribution}).iloc[0]
    if distribution.sd:
        alt = range_words.spread(label, line, unit)
        st.html(density(curves.quantiles(distribution), frame.ink(), unit, alt, span))
    said = range_words.spread("", line, unit)
    st.markdown(f":small[{said}{f'. {in_pounds}' if in_pounds else ''}]")


def explain(session: Session, path: Path, label: str, unit: str = "") -> None:
    """Where an input comes from, folded: its reason, and what public data, own data and people say."""
    title = f"{range_words.literal(label)}: where does this come from?"
    with st.expander(title, key=f"why-{_name(path)}", on_change="rerun", icon=":material/fact_check:") as place:
        if place.open:
            _why(session, path, unit)


def explain_numbers(session: Session, named: dict[str, Path]) -> None:
    """Where several numbers come from, folded together: one at a time, by its title."""
    key = "-".join(named)
    title = "Where do these come from?"
    with st.expander(title, key=f"why-{key}", on_change="rerun", icon=":material/fact_check:") as place:
        if not place.open:
            return
        one = st.segmented_control("Which one", list(named), default=next(iter(named)), key=f"one-{key}", required=True)
        if one:
            _why(session, named[one], "%")


def _why(session: Session, path: Path, unit: str) -> None:
    """The reason for an input, and the ways to a figure for it."""
    notes.write(session, path)
    offers = _offers(session, path)
    is_range = isinstance(session.value(path), dict) and path[-1] != "copula"
    ways = [*([PUBLIC] if offers else []), *([OURS, PEOPLE] if is_range else [])]
    if not ways:
        return
    chosen: str | None = ways[0]
    if len(ways) > 1:
        chosen = st.segmented_control("Take it from", ways, default=ways[0], key=f"way-{_name(path)}", required=True)
    if chosen == PUBLIC:
        _public(session, path, offers)
    elif chosen == OURS:
        samples.show_samples(session, path, unit)
    elif chosen == PEOPLE:
        _people(session, path, unit)


def _name(path: Path) -> str:
    return "-".join(str(part) for part in path)


def _offers(session: Session, path: Path) -> tuple[Offer, ...]:
    """What public data say about an input, for the kind of partner or the unit of the KPI that it belongs to."""
    entry = {"providers": "kind", "framework": "unit"}.get(str(path[0]), "")
    return outside.offers(str(path[-1]), str(session.value((*path[:-1], entry)) or "") if entry else "")


def _public(session: Session, path: Path, offers: tuple[Offer, ...]) -> None:
    """Each public figure with its source, and a button to use it."""
    for i, found in enumerate(offers):
        said, use = st.columns([4, 1.3], vertical_alignment="center")
        source = range_words.literal(found.source)
        title, says = range_words.literal(found.title), range_words.literal(found.says)
        said.markdown(f"**{title}.** {says} :small[Source: {source}]")
        if found.value is not None:
            with use:
                edit = partial(offered.put, session.document, [_used(path, found)])
                inputs.button(session, (*path, "use", i), "Use this", "check", edit, used=found.title)
                if whole := _set(session, found):
                    edit = partial(offered.put, session.document, whole)
                    text = f"Puts all {len(_members(found))} figures of this name into every provider and correlation."
                    used = f"all {len(_members(found))} figures of '{found.title}'"
                    inputs.button(session, (*path, "set", i), "Use the whole set", "done_all", edit, text, used)
        elif path[-1] == "cost_deviation":
            with use:
                _by_size(session, path, found)
        else:
            use.markdown(":small[To compare with]")


def _by_size(session: Session, path: Path, found: Offer) -> None:
    """A spread that follows from the number of people that a contract covers."""
    key = f"covered-{_name(path)}"
    people = st.number_input("People covered", 1, 100_000_000, None, 1_000, key=key, persist_state="session")
    if people:
        spread = round(outside.spread_for(people), 4)
        value = {"kind": "normal", "mean": 0.0, "sd": spread}
        line = offered.by_size(found, people, spread)
        edit = partial(offered.put, session.document, [(path, value, line)])
        used = f"a spread of {spread:.1%}, as {people:,} people are covered"
        inputs.button(session, (*path, "size"), f"Use {spread:.1%}", "check", edit, used=used)


def _used(path: Path, found: Offer) -> tuple[Path, Any, str]:
    """A public figure as an edit: where it goes, its value, its line."""
    value: Any = found.value
    if not isinstance(found.value, Value):
        said = assumptions.written(found.value or 0.0, "%")
    else:
        unit = "points" if path[0] == "framework" else "%"
        value, said = found.value.model_dump(mode="json"), assumptions.spread(found.value, unit)
    return path, value, offered.public(found, said)


def _members(found: Offer) -> list[Offer]:
    """The general figures of the same title, of whatever input."""
    return [one for name in SET for one in outside.offers(name) if one.title == found.title and one.value is not None]


def _set(session: Session, found: Offer) -> list[tuple[Path, Any, str]]:
    """A public figure and those that belong with it, put in everywhere; nothing where it stands alone."""
    together = _members(found)
    if len({one.input for one in together}) < 2:
        return []
    edits_: list[tuple[Path, Any, str]] = []
    for one in together:
        if one.input in ("cost_deviation", "baseline_error"):
            lines = range(len(session.value(("providers",)) or []))
            edits_ += [_used(("providers", i, one.input), one) for i in lines]
        else:
            edits_.append(_used(("uncertainty", "correlations", one.input), one))
    return edits_


def _people(session: Session, path: Path, unit: str) -> None:
    """What several people think: their ranges beside each other and pooled."""
    node = session.value(path)
    distribution = valid(node)
    if not isinstance(distribution, Pool):
        annotation = field_at(session.document, path).annotation
        st.markdown(
            "Ask each person alone, before they compare. Their views are pooled: each may be the right one, "
            "as likely as its weight says."
        )
        if node.get("kind") != "pool":
            document = noting.noted_as_former(session.document, path)
            pooled = partial(edits.replaced, document, path, edits.as_kind(node, annotation, "pool"))
            inputs.button(session, (*path, "pool"), "Make this the first of several views", "group", pooled)
        return
    found = curves.ranges({view.name: view.view for view in distribution.views} | {ranges.POOLED: distribution})
    said = range_words.views(distribution, found, unit)
    show.chart(ranges.views(found, frame.ink(), unit), said, found.round(6), f"views-{_name(path)}")
    first, *others = distribution.views
    alone = partial(edits.replaced, session.document, path, node["views"][0]["view"])
    label = f"Keep only the view of {first.name}" if others else "Back to one range, without views"
    inputs.button(session, (*path, "alone"), label, "person", alone)


def assumed(scenario: Scenario) -> None:
    """Every assumption in one table, with its reason or that none was given."""
    listed = assumptions.table(scenario)
    st.markdown(range_words.reasons(listed))
    with st.container(key="sentences-assumptions"):
        show.table(listed.map(range_words.literal))
    show.figures(listed, "assumptions", "The same to sort and download")
