"""Providers that come and go: what follows from it, in sentences."""

from typing import Any

import streamlit as st

from model.scenario import Scenario
from ui import edits, ways
from ui.format import listed, percent
from ui.range_words import literal
from ui.session import Session

SIDES = {"gain": "gain_share", "pain": "pain_share"}
IN_PROPORTION = "in proportion"
BY_COST, EQUALLY = (f"{way}, because they had none" for way in ("by baseline cost", "in equal parts"))


def gone(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What the removal of a provider does beside it: whose shares grow and which risks go; else nothing.

    Names are as typed: whoever shows it sees to their signs.
    """
    left = [one.get("name") for one in after.get("providers", [])]
    lost = [one for one in before.get("providers", []) if one.get("name") not in left]
    if len(lost) != 1 or not left:
        return ""
    said = [f"{lost[0].get('name')} was removed.", *_handed_on(before, lost[0], after)]
    if risks := _missing(before, after):
        said.append(f"With it went {listed(risks)}: risks that hit nobody else.")
    return " ".join([*said, "Undo brings all of it back."]) if len(said) > 1 else ""


def _handed_on(before: dict[str, Any], gone: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Who has the shares of one that is gone: the others in proportion, or by cost where they had none."""
    parts = {side: _stated(before, gone, side, share) for side, share in SIDES.items()}
    without_any = BY_COST if edits.costs(after["providers"]) else EQUALLY
    taken: dict[str, list[str]] = {}
    for side, part in parts.items():
        had, has = (_together(document, SIDES[side], str(gone.get("name"))) for document in (before, after))
        if part and has > had:
            taken.setdefault(IN_PROPORTION if had else without_any, []).append(f"{percent(part)} of {side}")
    return [f"Its {listed(shares)} went to the others {way} (Risk share › Split)." for way, shares in taken.items()]


def _together(document: dict[str, Any], share: str, but: str) -> float:
    """The shares of all providers but one; what is not a number counts as none."""
    lines = [line for line in document.get("providers", []) if line.get("name") != but]
    return sum(part for line in lines if isinstance(part := line.get(share), int | float))


def _stated(document: dict[str, Any], provider: dict[str, Any], side: str, share: str) -> float:
    """A provider's part of gain or pain, where parts are stated."""
    kind = (document.get("risk_share", {}).get(f"{side}_allocation") or {}).get("kind", "stated")
    part = provider.get(share)
    return float(part) if kind == "stated" and isinstance(part, int | float) else 0.0


def _missing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of the risks that are no longer there."""
    was, now = ([str(r.get("name")) for r in one.get("uncertainty", {}).get("risks", [])] for one in (before, after))
    return [name for name in was if name not in now]


def unshared(scenario: Scenario) -> list[str]:
    """The providers that have no share of gain or pain where shares are stated."""
    terms = scenario.risk_share
    if "stated" not in (terms.gain_allocation.kind, terms.pain_allocation.kind) or len(scenario.providers) < 2:
        return []
    return [
        one.name
        for one in scenario.providers
        if one.pooled
        and (terms.gain_allocation.kind != "stated" or not one.gain_share)
        and (terms.pain_allocation.kind != "stated" or not one.pain_share)
    ]


def without_share(session: Session) -> None:
    """Says which providers neither gain nor bear, and leads to where their shares are entered."""
    if names := unshared(session.scenario):
        have, them = ("has", "it") if len(names) == 1 else ("have", "them")
        who = listed([literal(name) for name in names])
        st.info(
            f"{who} {have} no share of gain or pain: nothing is at stake for {them} yet.", icon=":material/pending:"
        )
        ways.to_tab(session, "pages/risk_share.py", "share-tabs", "Split", "Enter shares: Risk share › Split")
