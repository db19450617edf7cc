"""Parts of pages that more than one page shows."""

from collections.abc import Iterator, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model import tables
from model.documents import Refused, from_document, where
from model.fields import Path, walk
from model.framework import KPI, LEVELS
from model.scenario import Scenario
from model.tables import marks, periods
from ui import acts, caps, edits, frame, inputs, lists, show, ways, words
from ui.entries import as_shown
from ui.format import percent
from ui.results import idle, table, year
from ui.session import Session, typed

LEVERS: tuple[tuple[Path, str, tuple[float, float, float]], ...] = (
    (("risk_share", "gain_bands", 0, "share"), "Providers' share of savings{layer} (%)", (0.0, 100.0, 5.0)),
    (("risk_share", "pain_bands", 0, "share"), "Providers' share of overspends{layer} (%)", (0.0, 100.0, 5.0)),
    (("risk_share", "gain_corridor", "width"), "Corridor for savings (%)", (0.0, 10.0, 0.5)),
    (("risk_share", "pain_corridor", "width"), "Corridor for overspends (%)", (0.0, 10.0, 0.5)),
    (("risk_share", "total_pain_cap", "part"), "Cap on total pain ({kind})", (0.0, 200.0, 5.0)),
    (("risk_share", "performance", "pool", "part"), "Performance pool ({kind})", (0.0, 20.0, 0.5)),
)
BANDS = ("gain_bands", "pain_bands")
LEVEL_WIDTHS = (0.95, 0.85, 1.15, 0.95, 1.6)
"""As long as their names."""
SCALES = {"£": ("", "£"), "% of fee": ("fee", "%"), "% of reserves": ("reserves", "%")}
WHO = {"Providers": "provider", "Commissioners": "commissioner", "Everybody": ""}
MOST_WEIGHTS = 8
"""Key result areas whose weights are levers; more are on the page of the framework."""
FIGURES = {
    "mean": ("Mean", "signed"),
    "p5": ("1 in 20 below (P5)", "signed"),
    "p50": ("Middle (P50)", "signed"),
    "p95": ("1 in 20 above (P95)", "signed"),
    "chance_of_pain": ("Chance of pain", "chance"),
    "cvar95": ("Worst 1 in 20, average loss", "loss"),
    "of fee": ("… % of fee", "part_lost"),
    "of contract": ("… % of contract", "part_lost"),
    "of reserves": ("… % of reserves", "part_lost"),
    "loss_limit": ("Largest possible loss", "money"),
    "year_limit": ("Largest loss in one year", "money"),
}


def whose(session: Session, label: str, names: Sequence[str], key: str, first: str = "") -> str:
    """The partner that a part of a page is about: the one looked at last, on whatever page, if it is among these."""
    key = f"{key}-{session.generation}"
    at = list(names).index(session.whose if session.whose in names else first or names[0])

    def chosen() -> None:
        session.whose = typed(key)
        session.keep()

    return st.selectbox(label, names, at, key=key, on_change=chosen, width=320)


CHANGE_LIMITS = "Change these limits or staying out: Acceptance › What each accepts"


def to_limits(session: Session, name: str, label: str = CHANGE_LIMITS) -> None:
    """The way to where this partner's limits are entered, for whoever may."""
    if not session.live:
        ways.to_tab(session, "pages/acceptance.py", "acceptance-tabs", "What each accepts", label, "edit", name)


def _layer(session: Session, path: Path) -> str:
    """Which layer a share is of, where there are several: ', first 5%'."""
    bands = session.value(path[:2])
    end = bands[0].get("up_to") if isinstance(bands, list) and len(bands) > 1 else None
    return f", first {percent(end)}" if isinstance(end, float) else ""


def _beyond(session: Session, path: Path) -> None:
    """What applies beyond the layer that a lever is of: the lever does not move it."""
    bands = getattr(session.scenario.risk_share, str(path[1]))
    if bands and not bands[0].is_open:
        st.markdown(f":small[{words.beyond(bands)}]")


def stake_in_full(session: Session) -> pd.Series:
    """What is at stake in a year in which everything counts."""
    return table(session, "stake", session.scenario.term.labels()[year(session)])


def levers(session: Session) -> dict[Path, DeltaGenerator]:
    """The few terms that matter most in a workshop; those that the scenario does not use are left out.

    Gives the place below each for what `still` says of it.
    """
    places = {}
    with st.container(key="levers"):
        for path, label, reach in LEVERS:
            with st.container():
                if isinstance(session.value(path), int | float):
                    places[path] = _lever(session, path, label, reach)
                elif path == caps.PART:
                    caps.lifted(session)
        _weights(session)
    return places


def _lever(session: Session, path: Path, label: str, reach: tuple[float, float, float]) -> DeltaGenerator:
    """One of them, or how it stands for whoever cannot move it; gives the place below it."""
    name = _named(session, path, label)
    if session.may(path):
        inputs.field(session, path, label=name, slider=reach)
    else:
        st.markdown(f"{name}: **{as_shown(session.value(path), '%'):g}%**")
    if path[1] in BANDS and not session.presenting:
        _beyond(session, path)
    return inputs.problems(session, path)


def _named(session: Session, path: Path, label: str) -> str:
    """A lever's name, with its unit and the layer that it is of."""
    kind = str(session.value((*path[:-1], "kind"))).replace("of_", "% of ")
    return label.format(kind=kind, layer=_layer(session, path))


def as_levers(session: Session, changes: list[str]) -> list[str]:
    """Changes by the names of the levers that make them, where there are such, or of what was changed at once."""
    changes = acts.named(session, changes)
    names = {
        f"{where(walk(session.document, path))}: ": f"{_named(session, path, label).rsplit(' (', 1)[0]}: "
        for path, label, _ in LEVERS
        if isinstance(session.value(path), int | float)
    }
    for place, name in names.items():
        changes = [name + change.removeprefix(place) if change.startswith(place) else change for change in changes]
    return changes


def still(session: Session, places: dict[Path, DeltaGenerator]) -> None:
    """Says below a lever that it does nothing at present. Comes last, because it settles a few futures again."""
    if session.problems:
        return
    steps = {str(path): _moved(session, path, reach) for path, _, reach in LEVERS if path in places}
    found = idle(session, steps)
    for path, place in places.items():
        if str(path) in found:
            place.markdown(":small[:material/do_not_disturb_on: Does nothing at present: no payment changes.]")


def _moved(session: Session, path: Path, reach: tuple[float, float, float]) -> Iterator[Scenario]:
    """The scenario with a lever one step down and one step up, as far as it reaches; each made when it is asked for."""
    low, high, step = (part / 100 for part in reach)
    now = float(session.value(path))
    for value in (now - step, now + step):
        if low <= value <= high:
            try:
                yield from_document(edits.replaced(session.document, path, value))
            except Refused:
                continue


def _weights(session: Session) -> None:
    """The weights of key result areas; where one moves, the others share the rest as they did before."""
    path: Path = ("framework", "kras")
    kras = session.value(path) or []
    if not 1 < len(kras) <= MOST_WEIGHTS or not session.may(path):
        return
    with st.expander("Weights", icon=":material/scale:", key="weights-levers", on_change="rerun") as place:
        for i, kra in enumerate(kras) if place.open else ():
            weight = kra.get("weight")
            key = f"{inputs.key_of(session, (*path, i, 'lever'))}-{weight}"

            start = min(max(100.0 * weight, 0.0), 100.0) if isinstance(weight, int | float) else 0.0

            def moved(i: int = i, key: str = key, start: float = start, name: str = kra.get("name")) -> None:
                if abs(typed(key) - start) > 0.5:  # a weight between steps, sent back as it is shown, is no edit
                    part = round(typed(key) / 100, 4)
                    act = f"Weight of {name}: {percent(start / 100)} → {percent(part)}, the others made room"
                    session.replace(edits.reweighted(session.document, path, i, part), act=act)

            label = f"Weight of {kra.get('name')} (%)"
            st.slider(
                label,
                0.0,
                100.0,
                float(round(start)),
                1.0,
                format="%g%%",
                key=key,
                on_change=moved,
                disabled=not session.may(path),
            )


def dotplot(session: Session, key: str, everybody: bool = False) -> None:
    """Every partner's futures as dots, the starting design marked where this one differs from it."""
    who = None
    with st.container(horizontal=True):
        scale = st.segmented_control("Scale", list(SCALES), default="£", key=f"scale-{key}", required=True)
        if everybody:
            who = st.segmented_control("Shown", list(WHO), default="Providers", key=f"who-{key}", required=True)
    per, unit = SCALES[scale or "£"]
    dots = _shown(session, per, WHO[who or "Providers"])
    if dots.empty:
        st.markdown(f"Nobody shown here has {per or 'anything'} to compare with.")
        return
    figures, before = table(session, "partners", session.period), saved_partners(session)
    saved = None if before is None else marks(before, per)
    sentences = [words.partner(str(name), figures.loc[name], session.period) for name in dots]
    lead = words.dots(marks(figures, per)[list(dots)], unit)
    show.dots(dots, frame.ink(), unit, lead, f"dots-{key}", saved)
    with st.expander("In words", icon=":material/notes:"):
        st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def _shown(session: Session, per: str, role: str) -> pd.DataFrame:
    dots = table(session, "quantiles", session.period, 50, per)
    roles = table(session, "partners", session.period)["role"]
    return dots[[n for n in dots if roles[n] == role or (not role and roles[n] in WHO.values())]]


def saved_partners(session: Session) -> pd.DataFrame | None:
    """Every partner's statistics in the starting design; none where this is it, or it has no such period."""
    if session.saved == session.scenario or session.period not in periods(session.saved):
        return None
    return table(session, "partners", session.period, scenario=session.saved)


def partner_figures(partners: pd.DataFrame, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every partner's figures, written for reading; `before`: what each that differs was, beside it."""
    wanted = {name: look for name, look in FIGURES.items() if name in partners}
    shown = show.labelled(partners, wanted)
    if before is None:
        return shown
    bare = [statistics[list(wanted)] for statistics in (partners, before)]
    now, was = (show.labelled(each, wanted) for each in bare)
    was = was.reindex(shown.index)  # who joined was nothing
    return shown.where(was.isna() | (now == was), shown + " :small[was\u00a0" + was + "]")


def pick(session: Session, path: Path, title: str) -> Path | None:
    """The path of one line of a list, or of lists in a list, chosen by its name."""
    found = _lines(session.value(path), path)
    if not found:
        return None
    return found[st.selectbox(title, list(found), key=key_of_pick(session.generation, title))]


def key_of_pick(generation: int, title: str) -> str:
    """The widget key of a choice of a line; it changes when every input starts again from the document."""
    return f"pick-{generation}-{title}"


def _lines(node: object, path: Path) -> dict[str, Path]:
    """Names of the innermost named lines below a list."""
    found: dict[str, Path] = {}
    for i, item in enumerate(node if isinstance(node, list) else []):
        inner = _lines(item.get("kpis"), (*path, i, "kpis"))
        found |= inner or {item.get("name") or f"line {i + 1}": (*path, i)}
    return found


def kpi_form(session: Session, path: Path) -> None:
    """Everything about one KPI but its weight."""
    inputs.group(session, path, ["today", "expected", "years_to_change"], columns=3)
    st.markdown("**Levels**")
    inputs.group(session, (*path, "levels"), LEVELS, columns=LEVEL_WIDTHS)
    inputs.problems(session, (*path, "levels"))
    inputs.entry(session, (*path, "scoring"))
    inputs.entry(session, (*path, "deviation"))
    with st.expander("Scores, possible values, number of people, gate"):
        inputs.group(session, (*path, "scores"), LEVELS, columns=LEVEL_WIDTHS)
        inputs.problems(session, (*path, "scores"))
        inputs.group(session, path, ["lowest", "highest", "people"], columns=3)
        lists.optional(session, (*path, "gate"), ["level", "blocks"], {"level": "failure", "blocks": "all gain"})
    inputs.problems(session, path)


def valid_kpi(session: Session, path: Path) -> KPI | None:
    """The same KPI in the last valid scenario; `path` is ('framework', 'kras', area, 'kpis', kpi)."""
    area, kpi = int(path[2]), int(path[4])
    kras = session.scenario.framework.kras
    return kras[area].kpis[kpi] if area < len(kras) and kpi < len(kras[area].kpis) else None


def cost_terms(session: Session, side: str) -> None:
    """The terms for savings (`side` 'gain') or overspends ('pain'), in the order in which a year is settled."""
    path: Path = ("risk_share",)
    inputs.entry(session, (*path, f"{side}_corridor"))
    widths = [0.8, 1.2, 0.8]
    bands = ["up_to", "up_to_pounds", "share"]
    lists.rows(session, (*path, f"{side}_bands"), bands, widths=widths, new=edits.NEW_BAND, noun=f"{side} band")
    _modifier(session, (*path, f"{side}_modifier"))
    if side == "gain":
        inputs.group(session, path, ["haircut", "haircut_order"], columns=2)
    inputs.entry(session, (*path, f"cost_{side}_cap"))
    inputs.problems(session, path)


def performance_terms(session: Session) -> None:
    """The performance pool and what part of it a score earns."""
    path: Path = ("risk_share", "performance")
    inputs.entry(session, (*path, "pool"))
    inputs.group(session, path, ["max_gain", "max_pain", "neutral_from", "neutral_to"], columns=2)
    inputs.problems(session, path)


def total_terms(session: Session) -> None:
    """What applies to cost and performance together."""
    path: Path = ("risk_share",)
    inputs.group(session, path, ["total_gain_cap", "total_pain_cap"])
    inputs.problems(session, path)
    caps.told(session)


def timing(session: Session) -> None:
    """What the years have to do with each other."""
    path: Path = ("risk_share",)
    inputs.entry(session, (*path, "basis"))
    inputs.entry(session, (*path, "one_sided_years"))
    lists.numbers(session, (*path, "phase_in"), session.scenario.term.labels(), later=1.0, hint=" · 0: a shadow year")
    inputs.problems(session, path)


def _modifier(session: Session, path: Path) -> None:
    inputs.entry(session, path)
    if session.value((*path, "points")) is not None:
        lists.rows(session, (*path, "points"), ["ops", "multiplier"], new=edits.NEW_POINT, noun="line")


def split(session: Session, year: int) -> None:
    """How the providers share gain and pain among themselves."""
    path: Path = ("risk_share",)
    inputs.group(session, path, ["gain_allocation", "pain_allocation"], columns=2)
    stated = [s for s in ("gain", "pain") if session.value((*path, f"{s}_allocation", "kind")) in (None, "stated")]
    lists.rows(session, ("providers",), [*(f"{side}_share" for side in stated), "pooled"], fixed=True)
    if len(stated) < 2:
        st.markdown("The split that applies:")
        show.table(tables.split(session.scenario, year).map(percent))
    inputs.problems(session, ())  # that shares do not add up is said beside them, before all the caps
    for i, provider in enumerate(session.value(("providers",)) or []):
        for cap in ("pain_cap", "gain_cap"):
            inputs.entry(session, ("providers", i, cap), label=f"Cap on {cap[:4]}, {provider.get('name')}")
    inputs.entry(session, (*path, "over_partner_caps"))
