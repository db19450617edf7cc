"""What moves together, on a page: four numbers, extremes, single pairs, a pasted matrix, and the nearest possible."""

from functools import lru_cache, partial
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from data.matrix import LONGEST_TEXT, read_matrix
from model.dependence import Correlations
from model.documents import Refused
from model.fields import Path
from model.scenario import Scenario
from ui import edits, evidence, inputs, new_lines, range_words
from ui.session import Session, typed

HERE: Path = ("uncertainty", "correlations")
NUMBERS = ("between_costs", "between_kpis", "cost_and_kpis", "year_to_year")
PASTED = "correlation matrix"
EVERYTHING = "Everything"
MOST_SHOWN = 12
"""Single correlations shown at once; more would make the page slow."""


def related(session: Session) -> None:
    """The four numbers and the copula, where they come from, and for experts single pairs."""
    inputs.group(session, HERE, NUMBERS, columns=4)
    with st.columns(2)[0]:
        inputs.entry(session, (*HERE, "copula"), label="Do bad things come together?")
    inputs.problems(session, ())
    _nearest(session)
    titles = {str(Correlations.model_fields[name].title): (*HERE, name) for name in (*NUMBERS, "copula")}
    evidence.explain_numbers(session, titles)
    _pairs(session)


def _asked(session: Session) -> Correlations | None:
    """The correlations as typed so far, if they can be read by themselves."""
    try:
        return Correlations.model_validate(session.value(HERE))
    except ValidationError:
        return None


@lru_cache(maxsize=32)
def _possible(asked: Correlations, costs: tuple[str, ...], kpis: tuple[str, ...]) -> Correlations | None:
    """The nearest correlations that can all hold at once; none where these can."""
    try:
        asked.check_possible(costs, kpis)
    except ValueError:
        return asked.nearest_possible(costs, kpis)
    return None


def _nearest(session: Session) -> None:
    """A way out of correlations that cannot all hold at once."""
    asked, names = _asked(session), _rows(session.scenario)
    if asked is None or not session.problems:
        return
    found = _possible(asked, *names)
    if found is None:
        return
    all_names = [*names[0], *names[1]]
    before, after = (pd.DataFrame(c.matrix(*names), index=all_names, columns=all_names) for c in (asked, found))
    st.markdown(range_words.nearer(before, after))
    node = {**session.value(HERE), **found.model_dump(mode="json", exclude={"sources", "copula"})}
    edit = partial(_replaced, session, node)
    inputs.button(session, (*HERE, "nearest"), "Use the nearest possible", "near_me", edit)


def _rows(scenario: Scenario) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the quantities that count: costs with late savings, and KPIs."""
    return tuple(scenario.cost_names()), tuple(scenario.kpi_names())


def _replaced(session: Session, node: dict[str, Any]) -> dict[str, Any]:
    """The document with other correlations."""
    document = dict(session.document)
    return {**document, "uncertainty": {**document["uncertainty"], "correlations": node}}


def _pairs(session: Session) -> None:
    """For experts: pairs that do not follow the four numbers, one by one or as a pasted matrix."""
    given = session.value((*HERE, "pairs")) or []
    title = "For experts: single correlations"
    with st.expander(title, expanded=bool(given), key="related-pairs", on_change="rerun", icon=":material/grid_on:"):
        st.markdown(
            f"{len(given)} pairs do not follow the four numbers. Late savings are positive where less of them arrives, "
            "KPIs where they do better."
        )
        names = [*session.scenario.cost_names(late=True), *session.scenario.kpi_names()]
        for i in _chosen(given, names):
            _pair(session, (*HERE, "pairs", i), names)
        inputs.problems(session, (*HERE, "pairs"))
        if new := _free(session, given, names):
            edit = partial(new_lines.with_new, session.document, (*HERE, "pairs"), new)
            inputs.button(session, (*HERE, "pairs", "add"), "Add a pair", "add", edit)
        if given:
            none = {**session.value(HERE), "pairs": []}
            edit = partial(_replaced, session, none)
            inputs.button(session, (*HERE, "pairs", "clear"), "Remove all pairs", "delete_sweep", edit)
        _paste(session, names)


def _chosen(given: list[dict[str, Any]], names: list[str]) -> list[int]:
    """Which lines are shown: all of a few, of many those of one quantity."""
    if len(given) <= MOST_SHOWN:
        return list(range(len(given)))
    which = st.selectbox("Pairs of", [EVERYTHING, *names], key="related-which")
    of_it = [i for i, p in enumerate(given) if which == EVERYTHING or which in (p.get("one"), p.get("other"))]
    shown = of_it[-MOST_SHOWN:] if which == EVERYTHING else of_it[: 5 * MOST_SHOWN]
    st.markdown(f"{len(shown)} of {len(given)} pairs are shown.")
    return shown


def _pair(session: Session, path: Path, names: list[str]) -> None:
    one, other, value, gone = st.columns([2, 2, 1, 0.8], vertical_alignment="bottom")
    with one:
        inputs.one_of(session, (*path, "one"), names)
    with other:
        inputs.one_of(session, (*path, "other"), names)
    with value:
        inputs.field(session, (*path, "correlation"))
    with gone:
        edit = partial(edits.without, session.document, path)
        text = f"Remove the pair of {session.value((*path, 'one'))} and {session.value((*path, 'other'))}"
        inputs.button(session, (*path, "remove"), "Remove", "delete", edit, text)
    inputs.problems(session, path, inside=True)


def _free(session: Session, given: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    """A pair that is not entered yet, with the correlation that it has so far; nothing where all are."""
    taken = {frozenset((pair.get("one"), pair.get("other"))) for pair in given}
    asked = _asked(session)
    for i, one in enumerate(names):
        for j, other in enumerate(names[i + 1 :], start=i + 1):
            if frozenset((one, other)) not in taken:
                costs = [name for name in names if not name.startswith("KPI: ")]
                so_far = asked.matrix(costs, names[len(costs) :])[i, j] if asked else 0.0
                return {"one": one, "other": other, "correlation": float(so_far)}
    return {}


def _paste(session: Session, names: list[str]) -> None:
    """A matrix as copied from a spreadsheet, or as downloaded below, that becomes pairs."""
    key = inputs.key_of(session, (*HERE, "pasted"))

    def changed() -> None:
        if len(given := typed(key) or "") <= LONGEST_TEXT:
            session.put_sheet(PASTED, {"text": given})

    hint = ",Cost: A,KPI: B\nCost: A,1,-20%\nKPI: B,-20%,1"
    start = session.sheets.get(PASTED, {}).get("text", "")
    text = st.text_area("Or paste a whole matrix", start, key=key, height=130, on_change=changed, placeholder=hint)
    st.markdown(":small[Names across its top and down its side, as in the figures below. A part of it will do.]")
    if not text.strip():
        return
    try:
        found = read_matrix(text, names)
    except Refused as refusal:
        st.error(str(refusal), icon=":material/error:")
        return
    lines = _with_matrix(session, found)
    st.markdown(
        f"Correlations read: {len(found):,}. Pairs that would then differ from the four numbers: {len(lines):,}."
    )
    edit = partial(_replaced, session, {**session.value(HERE), "pairs": lines})
    inputs.button(session, (*HERE, "pasted", "use"), "Use this matrix", "check", edit)


def _with_matrix(session: Session, found: dict[tuple[str, str], float]) -> list[dict[str, Any]]:
    """All pairs once a matrix is taken over: those of it that differ from the four numbers, and others."""
    given = session.value((*HERE, "pairs")) or []
    replaced = {frozenset(both) for both in found}
    kept = [pair for pair in given if frozenset((pair.get("one"), pair.get("other"))) not in replaced]
    base = _base(session)
    new = [(one, other, v) for (one, other), v in found.items() if base is None or abs(base.loc[one, other] - v) > 1e-9]
    return [*kept, *({"one": one, "other": other, "correlation": v} for one, other, v in new)]


def _base(session: Session) -> pd.DataFrame | None:
    """What the four numbers alone say of every pair."""
    asked, scenario = _asked(session), session.scenario
    if asked is None:
        return None
    costs, kpis = scenario.cost_names(late=True), scenario.kpi_names()
    values = asked.edited(pairs=()).matrix(costs, kpis)
    return pd.DataFrame(values, index=[*costs, *kpis], columns=[*costs, *kpis])
