"""Parts of pages that more than one page shows."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from model import cost_clauses, tables
from model.cost_clauses import Side
from model.fields import Path
from model.framework import KPI, LEVELS
from model.stops import Stops, stops
from model.tables import marks, periods
from ui import caps, frame, inputs, kept, lists, new_lines, possible, show, ways, words
from ui.choices import choice
from ui.format import percent
from ui.results import table, year
from ui.session import Session, typed

LEVEL_WIDTHS = (0.95, 0.85, 1.15, 0.95, 1.6)
"""As long as their names."""
SCALES = {"£": ("", "£"), "% of fee": ("fee", "%"), "% of reserves": ("reserves", "%")}
WHO = {"Providers": "provider", "Commissioners": "commissioner", "Everybody": ""}
FIGURES = {
    "mean": ("Mean", "signed"),
    "p5": ("1 in 20 this or worse (P5)", "signed"),
    "p50": ("Middle (P50)", "signed"),
    "p95": ("1 in 20 this or better (P95)", "signed"),
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


def stake_in_full(session: Session) -> pd.Series:
    """What is at stake in a year in which everything counts."""
    return table(session, "stake", session.scenario.term.labels()[year(session)])


def stops_in_full(session: Session) -> Stops | None:
    """What stops the largest loss of that year where it is."""
    return stops(session.scenario, year(session))


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
    lead = words.dots(marks(figures, per)[list(dots)], figures, unit)
    pounds = table(session, "quantiles", session.period, 50) if per else None
    show.dots(dots, frame.ink(), unit, lead, f"dots-{key}", saved, pounds)
    with st.expander("In words", icon=":material/notes:"):
        st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def _shown(session: Session, per: str, role: str) -> pd.DataFrame:
    dots = table(session, "quantiles", session.period, 50, per)
    roles = table(session, "partners", session.period)["role"]
    return dots[[n for n in dots if roles[n] == role or (not role and roles[n] in WHO.values())]]


def saved_partners(session: Session) -> pd.DataFrame | None:
    """Every partner's statistics in the starting design; none where this is it, or it has no such period."""
    saved = kept.compared(session.saved, session.scenario)
    if saved is None or session.period not in periods(saved):
        return None
    return table(session, "partners", session.period, scenario=saved)


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
    return found[choice(session, title, list(found), 0, key=key_of_pick(title))]


def key_of_pick(title: str) -> str:
    """The widget key of a choice of a line."""
    return f"pick-{title}"


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
    possible.of_kpi(session, path)
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


UP_TO = (
    "Where it ends, as % of target cost; empty: no end. Counted from target cost, but under a deductible from the end "
    "of the corridor: with a corridor of 2%, up to 10% ends at 12%."
)


def cost_terms(session: Session, side: Side) -> None:
    """The terms for savings (`side` 'gain') or overspends ('pain'), in the order in which a year is settled."""
    path: Path = ("risk_share",)
    inputs.entry(session, (*path, f"{side}_corridor"))
    widths = [0.8, 1.2, 0.8]
    bands = ["up_to", "up_to_pounds", "share"]
    terms = session.scenario.risk_share
    counted = cost_clauses.counted(getattr(terms, f"{side}_bands"), side, getattr(terms, f"{side}_corridor"))
    with st.container():  # always there, so that no field below it starts again
        if counted:
            st.markdown(f":small[{counted}]")
    more: dict[str, Any] = {
        "widths": widths,
        "new": new_lines.NEW_BAND,
        "noun": f"{side} band",
        "helps": {"up_to": UP_TO},
    }
    lists.rows(session, (*path, f"{side}_bands"), bands, **more)
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
        lists.rows(session, (*path, "points"), ["ops", "multiplier"], new=new_lines.NEW_POINT, noun="line")


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
    st.markdown("**Each provider's own caps**")
    for i, provider in enumerate(session.value(("providers",)) or []):
        for cap in ("pain_cap", "gain_cap"):
            inputs.entry(session, ("providers", i, cap), label=f"Cap on {cap[:4]}, {provider.get('name')}")
    inputs.entry(session, (*path, "over_partner_caps"))
