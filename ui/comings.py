"""Providers that come and go: what follows from it, in sentences."""

from typing import Any

import streamlit as st

from model.scenario import Scenario
from ui import ways
from ui.format import listed, percent
from ui.range_words import literal
from ui.session import Session

SIDES = {"gain": "gain_share", "pain": "pain_share"}


BY_COST = "Shares of gain and pain are in proportion to baseline cost until others are entered (Risk share › Split)."


def gone(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What the removal of providers does beside it: whose shares grow and which risks go; else nothing."""
    lost = _lost(before, after)
    if not lost or not after.get("providers"):
        return ""
    names = [literal(str(one.get("name"))) for one in lost]
    was, its, it = ("was", "Its", "it") if len(lost) == 1 else ("were", "Their", "them")
    said = [f"{listed(names)} {was} removed."]
    parts = {side: sum(_stated(before, one, side, share) for one in lost) for side, share in SIDES.items()}
    shares = [f"{percent(part)} of {side}" for side, part in parts.items() if part]
    if shares and _joined(before, after):
        said.append(BY_COST)
    elif shares:
        said.append(f"{its} {listed(shares)} went to the others in proportion (Risk share › Split).")
    if risks := _missing(before, after):
        said.append(f"With {it} went {listed([literal(name) for name in risks])}: risks that hit nobody else.")
    return " ".join([*said, "Undo brings all of it back."]) if len(said) > 1 or len(lost) > 1 else ""


def leaving(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What goes where pasted lines take the place of providers, before it does."""
    lost = _lost(before, after)
    if not lost:
        return []
    said = [f"Removed: {listed([str(one.get('name')) for one in lost])}"]
    if risks := _missing(before, after):
        said.append(f"Removed with {'it' if len(lost) == 1 else 'them'}, as they hit nobody else: {listed(risks)}")
    if any(_stated(before, one, side, share) for one in lost for side, share in SIDES.items()):
        theirs = "The shares of gain and pain of those who go pass to the others in proportion (Risk share › Split)."
        said.append(BY_COST if _joined(before, after) else theirs)
    if len(lost) == len(before.get("providers", [])):
        said.append(f"Name and story stay those of '{before.get('name')}' until they are changed (Overview).")
    return said


def lacking(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What providers that are new in a document still lack, and where it is entered; nothing where none is new."""
    new = _joined(before, after)
    if not new:
        return ""
    terms = after.get("risk_share", {})
    stated = any((terms.get(f"{side}_allocation") or {}).get("kind", "stated") == "stated" for side in SIDES)
    share = stated and not any(one.get(share) for one in new for share in SIDES.values())
    needs = [
        *(["a share of gain and pain, and a cap on pain if any (Risk share › Split)"] if share else []),
        *([] if share else ["a cap on pain, if any (Risk share › Split)"]),
        "its kind (charity until then), free reserves and income (Partners and reserves)",
        "what it accepts (Acceptance › What each accepts)",
        "how sure its costs are, and its risks (Uncertainty)",
    ]
    names = listed([str(one.get("name")) for one in new])
    return f"{names} would {'' if len(new) == 1 else 'each '}still lack: {'; '.join(needs)}."


def _lost(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """The providers that are no longer there."""
    left = [one.get("name") for one in after.get("providers", [])]
    return [one for one in before.get("providers", []) if one.get("name") not in left]


def _joined(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """The providers that are new."""
    return _lost(after, before)


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
