"""The parts of the page on drivers and stress: what each tab shows."""

import pandas as pd
import streamlit as st

from model import adopting, bridge, effects, happening, stress, tables
from model.acceptance import Position
from model.base import Floats
from model.failing import ProviderFails
from model.happening import RiskHappens
from model.renames import as_called
from model.scenario import Scenario
from ui import (
    acts,
    charts,
    frame,
    margins,
    panels,
    pictures,
    reasons,
    show,
    starting,
    stress_fields,
    stress_words,
    ways,
)
from ui import effects as figures
from ui.format import unbroken
from ui.range_words import literal
from ui.results import causes, disagreement, drivers_of, effect, results, table, year
from ui.session import Session

MEASURES = {"Mean": "mean", "Worst 1 in 20": "worst", "Chance of pain": "pain"}


def partner(session: Session) -> str:
    """Whose result the page is about."""
    names = [tables.PROVIDERS, *tables.partner_names(session.scenario), tables.COMMISSIONERS]
    return panels.whose(session, "Whose result", names, "driven", tables.PROVIDERS)


def drivers(session: Session, name: str) -> str:
    """Which inputs explain the spread, and how far each moves the result. Returns the answer, as all tabs do."""
    if not causes(session).values:
        return reasons.CERTAIN
    if said := _nothing(session, name):
        _disagreement(session, name)
        return said
    found, swing = drivers_of(session, "indices", name), drivers_of(session, "tornado", name)
    st.subheader("How much of the spread each input explains")
    show.chart(figures.shares(found, frame.ink()), reasons.explained(found, name), found.round(4), "indices")
    st.subheader("How far each input moves the result")
    show.chart(figures.swings(swing, frame.ink()), reasons.swings(swing, name), swing.round(4), "tornado", least=44)
    _disagreement(session, name)
    label = "Who refuses first as costs rise: Acceptance › How wrong may we be?"
    ways.to_tab(session, "pages/acceptance.py", "acceptance-tabs", "Who accepts", label, section=margins.PLACE)
    return reasons.title(found, name, session.period)


def _nothing(session: Session, name: str) -> str:
    """The answer where a partner has the same in every future of the period; nothing where it has not."""
    row = table(session, "partners", session.period).loc[name]
    if not reasons.certain(row):
        return ""
    if session.period != tables.TERM:
        st.markdown("Choose another year, or the whole term, under *Period looked at*, at the end of the menu.")
    return reasons.nothing(row, name, session.period)


def _disagreement(session: Session, name: str) -> None:
    """Where several people's views are pooled: how much of the spread would go if it were known who is right."""
    found = disagreement(session)
    if not found.empty:
        st.subheader("Where people disagree")
        shares = found[name].sort_values(ascending=False)
        show.chart(charts.chances(shares, frame.ink()), reasons.disagreement(shares, name), found.round(4), "views")


def tail(session: Session, name: str) -> str:
    """What the worst futures have in common, and who carries them."""
    if not (found := causes(session)).values:
        return reasons.CERTAIN
    if said := _nothing(session, name):
        return said
    shifts = drivers_of(session, "tail_drivers", name)
    st.subheader("What the worst 1 in 20 have in common")
    figure = figures.shifts(shifts, reasons.in_the_tail(shifts, found.units), frame.ink())
    show.chart(figure, reasons.tail(shifts, found.units, name), shifts.round(4), "tail", least=44)
    st.subheader("Who carries the worst 1 in 20 of all providers")
    parts = effects.carried(results(session), session.period)
    said = reasons.carried(parts, session.period)
    if parts["pounds"].sum() < 0.5:
        st.markdown(said)
    else:
        show.chart(figures.tail_parts(parts, frame.ink()), said, parts.round(4), "carried")
    return reasons.tail_title(shifts, found.units, name)


def switches(session: Session, name: str) -> str:
    """Each risk left out, come true, and with and without what can be done about it."""
    with st.spinner("Settling every future with and without each risk…"):
        table = _switched(session, name)
    st.markdown(unbroken(reasons.as_it_is(effect(session), name)))
    if not table.empty:
        measure = _measure("switch")
        st.markdown(reasons.happening(session.scenario.term.labels()[year(session)]))
        figure = figures.moves(table[measure], measure, frame.ink())
        show.chart(figure, reasons.switched(table, name), table.round(4), "switches")
        columns = {"mean": ("Mean", "signed"), "worst": ("Mean of the worst 1 in 20", "signed")}
        show.table(show.labelled(table, columns))
        switched = [one for states in happening.switches(session.scenario) for one in states]
        acts.work_with(session, switched, "Risks on and off", "switch", _certain(session.scenario))
        if not session.live:
            st.markdown(reasons.NEAREST)
    return reasons.switch_title(table, name)


def _certain(scenario: Scenario) -> dict[str, Scenario]:
    """Each risk that comes for certain, by what it is called."""
    return {
        f"{risk.name}: happens once, in any year": adopting.certain(scenario, r)
        for r, risk in enumerate(scenario.uncertainty.risks)
    }


def _switched(session: Session, name: str) -> pd.DataFrame:
    """What each switch of a risk that changes something does to a partner: risks and states down."""
    scenario, now = session.scenario, effect(session)
    rows = {}
    for risk, states in enumerate(happening.switches(scenario)):
        for switch in states:
            if switch.changes(scenario):
                rows[switch.name(scenario)] = effects.change(effect(session, switch), now).loc[name]
        happens, never = RiskHappens(risk, year(session)), RiskHappens(risk, None)
        changed = effects.change(effect(session, happens), effect(session, never))
        rows[happens.name(scenario)] = changed.loc[name]
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("risk")


def stresses(session: Session, name: str) -> str:
    """What would break it: every partner under every stress."""
    scenario = session.scenario
    chosen, entered, place = stress_fields.chosen(session)
    measure = _measure("stress")
    with st.spinner("Settling every future under each stress…"):
        now = effect(session)
        found = {each.name(scenario): effect(session, each) for each in chosen}
    every = {name: effects.change(one, now) for name, one in found.items()}
    said = []
    for each in chosen:
        if isinstance(each, ProviderFails) and scenario.providers[each.provider].name == name:
            before, change = now.value("mean", name), float(every[each.name(scenario)].loc[name, "mean"])
            said.append(stress_words.left(name, scenario.term.labels()[each.year], before, before + change))
    changes = {each.name(scenario): every[each.name(scenario)].drop(index=_leavers(scenario, each)) for each in chosen}
    if entered:
        first = chosen[0]
        stand = there(scenario, first, found[first.name(scenario)])
        came = changes[first.name(scenario)]
        said.append(stress_words.entered(first.name(scenario), came, now, stand, name, scenario))
    if said:
        place.markdown(unbroken("\n\n".join(said)))
    table = pd.DataFrame({name: changed[measure] for name, changed in changes.items()}).loc[list(now.partners)]
    adds_up = measure == effects.MEASURES[0]
    shown = pd.DataFrame({name: one[measure] for name, one in every.items()}) if adds_up else table
    full = stress_words.figures(pd.concat(every if adds_up else changes, names=["stress"]))
    figure = figures.grid(shown, now.column(measure), measure, frame.ink())
    more = stress_words.LEAVES if adds_up else ""
    show.chart(
        figure, stress_words.stressed(table, measure) + more, full, "stresses", least=11 + 4.1 * (1 + len(chosen))
    )
    st.markdown(f"**Would everyone sign?** As it is: {stress_words.signers(now.positions)}.")
    rows = {
        each.name(scenario): {
            "What happens": each.sentence(scenario),
            "Would everyone still sign?": stress_words.signers(there(scenario, each, found[each.name(scenario)])),
            "Hits hardest": unbroken(stress_words.hit(changes[each.name(scenario)], now.column("mean"), scenario)),
            "Caps that bind in any year": stress_words.bound(effects.caps(found[each.name(scenario)], now)),
        }
        for each in chosen
    }
    with st.container(key="sentences-stresses"):
        show.table(pd.DataFrame.from_dict(rows, orient="index").rename_axis("Stress"))
    acts.work_with(session, chosen, "Stress tests", "stress")
    return stress_words.stress_title(table.loc[name], now.value(measure, name), name, measure)


def _leavers(scenario: Scenario, each: stress.Stress) -> list[str]:
    """The providers that leave in a stress, so that nothing can be said of the rest of their term."""
    parts = each.parts if isinstance(each, stress.Together) else (each,)
    return [scenario.providers[one.provider].name for one in parts if isinstance(one, ProviderFails)]


def there(scenario: Scenario, each: stress.Stress, found: effects.Effect) -> list[Position]:
    """The positions of those who are there to the end of a stress."""
    gone = _leavers(scenario, each)
    return [one for one in found.positions if one.partner not in gone]


def designs(session: Session, name: str) -> str:
    """From what changes are counted from to this design."""
    before, after = as_called(session.scenario, session.saved), session.scenario
    if starting.untouched(session):
        starting.as_start(session)
        return starting.NOTHING
    spans = bridge.spans(before, after)
    if not spans:
        return f"This is {literal(session.base)}: nothing that moves results differs"
    if name not in tables.partner_names(before) and name not in (tables.PROVIDERS, tables.COMMISSIONERS):
        return f"{literal(name)} is not in {literal(session.base)}, so there is nothing to compare with"
    kinds = {"Mean": "on average", "Worst 1 in 20": "on average in the worst 1 in 20"}
    kind = st.segmented_control("Measure", list(kinds), default="Mean", key="measure-bridge", required=True) or "Mean"

    def samples(scenario: Scenario) -> Floats:
        return effect(session, scenario=scenario).samples(MEASURES[kind], name)

    with st.spinner("Settling every future under each change…"):
        found = bridge.bridges(before, after, spans, samples)
    bars = bridge.table(found, session.base_label, "This design")
    sentence = reasons.led(found[0], spans, name, f"{kinds[kind]} over the whole term")
    show.chart(pictures.walk(bars["pounds"], frame.ink()), sentence, bars.round(2), "bridge")
    return reasons.bridge_title(found[0], name, session.base)


def _measure(key: str) -> str:
    """What is compared."""
    names = list(MEASURES)
    return MEASURES[st.segmented_control("Change of", names, default="Mean", key=f"of-{key}", required=True) or "Mean"]
