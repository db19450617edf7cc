"""What is said and offered where providers have no cap on their total gain or pain."""

from functools import partial
from typing import Literal

import streamlit as st

from model.amounts import OfFee, OfTarget
from model.fields import Path
from model.levers import whole
from model.scenario import Scenario
from model.wording import listed, sum_of
from ui import edits, inputs, ways
from ui.format import money, percent
from ui.range_words import literal
from ui.session import Session

Side = Literal["gain", "pain"]
CAPS: dict[Path, Side] = {("risk_share", "total_gain_cap"): "gain", ("risk_share", "total_pain_cap"): "pain"}
TAB = "Split and own caps"
"""The tab of *Risk share* that has one provider's own caps."""


def remaining(scenario: Scenario, side: Side) -> str:
    """Which caps hold although there is none on the total; nothing where the total has one, or where none holds."""
    share = scenario.risk_share
    if getattr(share, f"total_{side}_cap").kind != "none":
        return ""
    own = [one for one in scenario.providers if getattr(one, f"{side}_cap").kind != "none"]
    every = len(own) == len(scenario.providers)
    whose = "each provider's own" if every else f"that of {listed(literal(one.name) for one in own)}"
    found = [f"the one on {side} from cost"] if getattr(share, f"cost_{side}_cap").kind != "none" else []
    found += [whose] if own else []
    return f"All providers' {side} together has no cap, but these caps stay: {listed(found)}." if found else ""


def told(session: Session) -> None:
    """Where one provider's own cap is, and which caps remain, below the caps on the total."""
    ways.to_own_tab("share-tabs", TAB, f"One provider's own cap: {TAB}")
    if said := [sentence for side in CAPS.values() if (sentence := remaining(session.scenario, side))]:
        where = f"A provider's own is on *{TAB}*, one on cost on *Savings* or *Overspends*."
        st.markdown(f":small[:material/info: {' '.join(said)} {where}]")


def about(scenario: Scenario, path: Path) -> str:
    """Of what a cap on the total is a part, and the pounds that it comes to; nothing where it is no part."""
    cap = getattr(scenario.risk_share, str(path[-1]))
    if not isinstance(cap, OfFee | OfTarget):
        return ""
    of = "all providers' fees (Limb 2)" if cap.kind == "of_fee" else "the target cost of all providers"
    least, most = (money(cap.part * base) for base in whole(scenario, cap.kind))
    pounds = f"{least} to {most}, by year" if least != most else f"{least} a year"
    return f"Of {of} in the year: {pounds}, at {percent(cap.part)}."


def lifted(session: Session, path: Path) -> None:
    """In place of the lever of a cap on the total where there is none: what holds, and the way to one."""
    if session.value((*path, "kind")) != "none":
        return
    with st.container(key=f"uncapped-{CAPS[path]}"):
        st.markdown(f"Cap on total {CAPS[path]}: **none**")
        if said := remaining(session.scenario, CAPS[path]):
            st.markdown(f":small[{said}]")
        before = getattr(session.saved.risk_share, str(path[-1]))
        cap = OfFee(part=1.0) if before.kind == "none" else before
        put = partial(edits.replaced, session.document, path, cap.model_dump(mode="json"))
        inputs.button(session, path, f"Cap {CAPS[path]} at {sum_of(cap)}", "vertical_align_top", put)
