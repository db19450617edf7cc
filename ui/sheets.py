"""Actual figures of years, typed or uploaded: forms, files, and what is wrong with them."""

from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.sheets import LEFT_OUT
from model import score_words
from model.documents import Refused
from model.draw import Outcomes
from model.framework import KPI
from model.futures import Future, of_actuals
from model.outturn import PRICES, actuals
from model.plausible import doubt
from model.possible import impossible, within
from model.scenario import Scenario
from ui import strangers
from ui.accounts import signs
from ui.entries import read_back, shown
from ui.format import listed
from ui.range_words import literal
from ui.session import Session, rewrite, superseded, typed

KINDS = {"costs": "Cost", "targets": "Target cost", "kpis": "KPI"}


def years(session: Session, sheet: str) -> list[dict[str, Any]]:
    """The years of a sheet that hold anything, as typed."""
    return list(session.sheets.get(sheet, {}).get("years", []))


def year_of(session: Session, sheet: str, label: str) -> dict[str, Any]:
    """The figures of one year; empty where there are none."""
    return next((year for year in years(session, sheet) if year.get("year") == label), {})


def form(session: Session, sheet: str, label: str) -> None:
    """One year's actual figures: cost of each provider, relief, prices that the target follows, value of each KPI."""
    scenario = session.scenario
    target = scenario.target_cost()[scenario.term.labels().index(label)]
    places = st.columns(3, gap="medium")
    with places[0]:
        st.markdown(f"**Actual cost of {label} (£)**")
        for provider, planned in zip(scenario.providers, target, strict=True):
            help_ = f"Target cost £{shown(round(float(planned)), '£')}"
            _figure(session, sheet, label, ("costs", provider.name), provider.name, "£", help_)
        help_ = "Pounds by which agreed events of the year reduce the pain on cost; usually none."
        _figure(session, sheet, label, ("relief",), "Relief", "£", help_)
        if scenario.baseline.reindexed or "prices" in year_of(session, sheet, label):
            help_ = "What things cost against what was planned: 1 is as planned, 1.03 is 3% dearer. The target follows."
            _figure(session, sheet, label, ("prices",), PRICES, "", help_)
        first = min([label, *(str(year.get("year")) for year in years(session, sheet))])
        carries = scenario.risk_share.basis.kind == "carry_forward" and sheet == "outturn"
        if carries and label == first != scenario.term.labels()[0]:
            _brought_forward(session, sheet)
    kpis = list(scenario.framework.kpis())
    for i, kpi in enumerate(kpis):
        with places[1 + (i >= (len(kpis) + 1) // 2)]:
            if i in (0, (len(kpis) + 1) // 2):
                st.markdown(f"**KPI values of {label}**" if i == 0 else "&nbsp;")
            name = f"{kpi.name} ({kpi.unit})" if kpi.unit else kpi.name
            between = score_words.BETWEEN[kpi.scoring.kind]
            help_ = literal(f"Levels and what they score: {score_words.levels(kpi)}{between}.")
            help_ = f"{help_} Leave it empty where there are no data."
            _figure(session, sheet, label, ("kpis", kpi.name), name, "", help_)


def _figure(
    session: Session, sheet: str, label: str, place: tuple[str, ...], title: str, unit: str, help_: str
) -> None:
    rest = "-".join([sheet, label, *place])
    key = _key(session, rest)
    value: Any = year_of(session, sheet, label)
    for part in place:
        value = value.get(part) if isinstance(value, dict) else None

    start = shown(value, unit)

    def changed() -> None:
        if superseded(key, _key(session, rest), start):
            return
        text = typed(key)
        kind = "%" if place == ("prices",) and "%" in text else unit
        entered = None if text.strip().casefold() in LEFT_OUT else read_back(text, kind)
        put(session, sheet, label, place, entered)
        rewrite(key, shown(entered, unit))

    st.text_input(title, start, key=key, on_change=changed, help=help_, disabled=not session.may_fill(sheet))
    place_ = st.container()  # always there, so that inputs below keep their places
    if isinstance(value, str):
        place_.error(f"'{value[:40]}' is not a number such as 4,150,000, 41.2m or 72.5.", icon=":material/error:")
    elif value is not None and place[0] == "kpis":
        _beside(next(kpi for kpi in session.scenario.framework.kpis() if kpi.name == place[1]), value, place_)


def _beside(kpi: KPI, value: float, place: DeltaGenerator) -> None:
    """Why a KPI's value is refused, or what is asked of it."""
    if said := impossible(kpi, value):
        place.error(f"{signs(literal(said))}.", icon=":material/error:")
    elif said := doubt(kpi, value):
        place.warning(signs(literal(said)), icon=":material/help:")


def _brought_forward(session: Session, sheet: str) -> None:
    key = _key(session, f"{sheet}-forward")
    start = shown(session.sheets.get(sheet, {}).get("brought_forward"), "£")

    def changed() -> None:
        if superseded(key, _key(session, f"{sheet}-forward"), start):
            return
        entered = read_back(typed(key), "£")
        held = dict(session.sheets.get(sheet, {}))
        session.put_sheet(sheet, held | {"brought_forward": entered})
        rewrite(key, shown(entered, "£"))

    help_ = "Pain carried forward into this year from years not entered here; £0 for none."
    closed = not session.may_fill(sheet)
    st.text_input("Pain brought forward (£)", start, key=key, on_change=changed, help=help_, disabled=closed)


def _key(session: Session, rest: str) -> str:
    return f"sheet-{session.generation}-{rest}"


def put(session: Session, sheet: str, label: str, place: tuple[str, ...], value: Any) -> None:
    """Writes one figure of one year; None takes it away, and the year with its last figure."""
    every = {year["year"]: year for year in years(session, sheet)}
    year = {key: dict(part) if isinstance(part, dict) else part for key, part in every.get(label, {}).items()}
    node = year
    for part in place[:-1]:
        node = node.setdefault(part, {})
    node.pop(place[-1], None)
    if value is not None:
        node[place[-1]] = value
    every[label] = {"year": label, "costs": {}, **year}
    if not any(every[label].get(part) for part in ("costs", "kpis", "relief", "prices", "targets")):
        del every[label]
    held = {key: part for key, part in session.sheets.get(sheet, {}).items() if key != "years"}
    session.put_sheet(sheet, {**held, "schema_version": 1, "years": list(every.values())})


def document(session: Session, sheet: str) -> dict[str, Any]:
    """The sheet as an outturn document."""
    return {key: value for key, value in session.sheets.get(sheet, {}).items() if key != "invented"}


def complete(scenario: Scenario, document: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The years of an outturn that can be settled, and what keeps the others from it.

    Left out are years that lack a cost, years that this contract does not have, and figures of strangers to it.
    """
    labels, known = scenario.term.labels(), [p.name for p in scenario.providers]
    whole, said = [], []
    for year in document.get("years", []):
        label, costs = str(year.get("year")), year.get("costs", {})
        missing = [name for name in known if costs.get(name) is None]
        if label not in labels:
            said.append(
                f"Figures of {label} are kept, but this contract has no such year; it runs {labels[0]} to {labels[-1]}."
            )
        elif gone := [name for names in strangers.of(scenario, {"years": [year]}) for name in names]:
            are = "is" if len(gone) == 1 else "are"
            said.append(f"Figures of {label} are kept, but {listed(gone)} {are} not in this contract.")
        elif missing:
            said.append(f"Still needed for {label}: actual cost of {listed(missing)}.")
        else:
            whole.append(year)
    usable = document | {"years": whole}
    if whole and labels.index(min(str(year["year"]) for year in whole)) == 0:
        usable.pop("brought_forward", None)  # nothing comes before the contract's first year
    return usable, said


def only(session: Session, sheet: str, label: str) -> dict[str, Any]:
    """One year of a sheet as an outturn document."""
    return {"schema_version": 1, "years": [year_of(session, sheet, label)]}


def start_from(session: Session, sheet: str, label: str, future: Future) -> None:
    """Fills a year with the figures of a future, rounded, as something to change."""
    scenario, costs = session.scenario, future.ledger.costs[future.year, :, 0]
    kpis = zip(scenario.framework.kpis(), future.kpis[future.year, :, 0], strict=True)
    year: dict[str, Any] = {
        "year": label,
        "costs": {p.name: float(round(cost, -3)) for p, cost in zip(scenario.providers, costs, strict=True)},
        "kpis": {kpi.name: within(kpi, float(f"{value:.3g}")) for kpi, value in kpis},
    }
    if scenario.baseline.reindexed:
        year["prices"] = round(future.prices, 4)
    others = [other for other in years(session, sheet) if other.get("year") != label]
    session.put_sheet(sheet, {"schema_version": 1, "years": [*others, year]})


def restart(session: Session, sheet: str, label: str, future: Future) -> None:
    """Fills a year again with the figures of a future."""
    start_from(session, sheet, label, future)
    session.refresh()


def clear(session: Session, sheet: str) -> None:
    """Empties a sheet; `bring_back` undoes it."""
    session.news = ""
    session.put_sheet(sheet, {}, keep_former=True)
    session.refresh()


def past_labels(scenario: Scenario, count: int = 5) -> list[str]:
    """The names of the years before the contract, oldest first."""
    first, month = int(scenario.term.start[:4]), int(scenario.term.start[5:])
    before = range(first - count, first)
    return [str(y) if month == 1 else f"{y}-{(y + 1) % 100:02d}" for y in before]


def invent(session: Session, outcomes: Outcomes) -> None:
    """Past years made up from one of the futures, to show how a history is read."""
    scenario, labels = session.scenario, past_labels(session.scenario)
    target = scenario.target_cost()
    invented = []
    for i, label in enumerate(labels):
        t = min(i, len(target) - 1)
        ratio = outcomes.costs[t, :, i] / np.where(target[t] > 0, target[t], 1.0)
        if scenario.baseline.reindexed:
            ratio = ratio / outcomes.cut(i, i + 1).prices[t]
        shrunk = target[0] * 0.97 ** (len(labels) - i)
        invented.append(
            {
                "year": label,
                "targets": {p.name: float(round(x, -3)) for p, x in zip(scenario.providers, shrunk, strict=True)},
                "costs": {p.name: float(round(x, -3)) for p, x in zip(scenario.providers, shrunk * ratio, strict=True)},
                "kpis": {
                    kpi.name: within(kpi, float(f"{value:.3g}"))
                    for kpi, value in zip(scenario.framework.kpis(), outcomes.kpis[0, :, i], strict=True)
                },
            }
        )
    session.put_sheet("past", {"schema_version": 1, "years": invented, "invented": True}, keep_former=True)
    session.refresh()


def wrong(refusal: Refused) -> None:
    """What is wrong with a sheet, in one sentence; more on demand."""
    sentences = [problem.sentence for problem in refusal.problems]
    if all(sentence.endswith("it must be a number.") for sentence in sentences):
        st.markdown("A figure is not a number; it is marked where it was typed.")
        return
    first, *more = sentences
    st.error(first, icon=":material/error:")
    if more:
        with st.expander(f"{len(more)} more"):
            st.markdown("\n".join(f"- {sentence}" for sentence in more))


def settled(session: Session) -> tuple[dict[str, Future], list[str], Refused | None]:
    """The years of the outturn, settled; what others still need; why they cannot be settled.

    While they cannot, the figures that last could be are shown.
    """
    whole, needed = complete(session.scenario, document(session, "outturn"))
    if not whole["years"]:
        return {}, needed, None
    try:
        found = _settled(session.scenario, whole)
    except Refused as refusal:
        try:
            return _settled(session.scenario, session.sheets.get("valid", {})), needed, refusal
        except Refused:
            return {}, needed, refusal
    if session.sheets.get("valid") != whole:
        session.put_sheet("valid", whole)
    return found, needed, None


def _settled(scenario: Scenario, whole: dict[str, Any]) -> dict[str, Future]:
    found = actuals(scenario, whole)
    labels = [scenario.term.labels()[row] for row in found.rows]
    return dict(zip(labels, of_actuals(scenario, found), strict=True))
