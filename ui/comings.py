"""Providers, commissioners and KPIs that come and go: what follows from it, in sentences."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from model.scenario import Scenario
from ui import edits, ways
from ui.caps import TAB
from ui.format import listed, percent
from ui.range_words import literal
from ui.session import Session

OWN = {"kind": "kind (charity until then)", "reserves": "free reserves", "income": "income"}
SIDES = {"gain": "gain_share", "pain": "pain_share"}
IN_PROPORTION = "in proportion"
BY_COST, EQUALLY = (f"{way}, because they had none" for way in ("by baseline cost", "in equal parts"))
ALL_BY_COST = (
    "Gain and pain are split in proportion to target cost, and follow it, until another split is chosen "
    f"(Risk share › {TAB})."
)


def gone(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What the removal of providers does beside it: whose shares grow and which risks go; else nothing.

    Names are as typed: whoever shows it sees to their signs.
    """
    lost = _lost(before, after)
    if not lost or not after.get("providers"):
        return _passed_on(before, after)
    names = [str(one.get("name")) for one in lost]
    was, its, it = ("was", "Its", "it") if len(lost) == 1 else ("were", "Their", "them")
    said = [f"{listed(names)} {was} removed."]
    if _joined(before, after):
        said += [ALL_BY_COST] if any(_parts(before, lost).values()) else []
    else:
        said += [f"{its} {shares} (Risk share › {TAB})." for shares in _handed_on(before, lost, after)]
    if risks := _missing(before, after):
        said.append(f"With {it} went {listed(risks)}: risks that hit nobody else.")
    return " ".join([*said, "Undo brings all of it back."]) if len(said) > 1 or len(lost) > 1 else ""


def _passed_on(before: dict[str, Any], after: dict[str, Any]) -> str:
    """Who has the parts of commissioners, or weights of KPIs and areas, that were removed; else nothing."""
    was, now = _others(before), _others(after)
    for (entries, part), lines in was.items():
        names = [one.get("name") for one in lines]
        left = now.get((entries, part), [])
        lost = [one for one in lines if one.get("name") not in [other.get("name") for other in left]]
        came = [one for one in left if one.get("name") not in names]
        parts = [{one.get("name"): one.get(part) for one in some} for some in (lines, left)]
        if lost and left and not came and any(parts[0][name] != value for name, value in parts[1].items()):
            who = f"{listed([str(one.get('name')) for one in lost])} {'was' if len(lost) == 1 else 'were'} removed."
            its = "Its" if len(lost) == 1 else "Their"
            what = f"{part} of {percent(sum(value for one in lost if isinstance(value := one.get(part), int | float)))}"
            way = IN_PROPORTION if any(parts[0][name] for name in parts[1]) else EQUALLY
            return f"{who} {its} {what} went to the others {way}."
    return ""


def _others(document: dict[str, Any]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Lists, but providers, whose lines make 100% together: a name for each and the part, and its lines."""
    areas = document.get("framework", {}).get("kras") or []
    kpis = {(f"KPIs of {area.get('name')}", "weight"): area.get("kpis") or [] for area in areas}
    return {
        ("commissioners", "contribution"): document.get("commissioners") or [],
        ("key result areas", "weight"): areas,
        **kpis,
    }


def _gone_beside(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of commissioners, and of KPIs and areas, that are no longer there."""
    was, now = _others(before), _others(after)
    names = {str(one.get("name")) for lines in now.values() for one in lines}
    return [str(one.get("name")) for lines in was.values() for one in lines if str(one.get("name")) not in names]


def left(before: dict[str, Any], after: dict[str, Any]) -> str:
    """'Recovery charity left; its 10% of gain and 10% of pain went to the others in proportion'; nothing where no
    partner left, or others joined."""
    gone = {side: _lost(before, after, side) for side in ("providers", "commissioners")}
    if not any(gone.values()) or any(_lost(after, before, side) for side in gone):
        return ""
    lost = [one for lines in gone.values() for one in lines]
    handed = [*_handed_on(before, gone["providers"], after), *_paid_on(gone["commissioners"])]
    its = "its" if len(lost) == 1 else "their"
    return "; ".join([f"{listed([str(one.get('name')) for one in lost])} left", *(f"{its} {part}" for part in handed)])


def _paid_on(lost: list[dict[str, Any]]) -> list[str]:
    """What commissioners that left bore, which the others have now."""
    part = sum(share for one in lost if isinstance(share := one.get("contribution"), int | float))
    return [f"{percent(part)} of what commissioners pay or keep went to the others"] if part else []


def leaving(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What goes where pasted lines take the place of others, before it does."""
    lost = _lost(before, after)
    if not lost:
        others = _gone_beside(before, after)
        return [f"Removed: {listed(others)}"] if others else []
    said = [f"Removed: {listed([str(one.get('name')) for one in lost])}"]
    if risks := _missing(before, after):
        said.append(f"Removed with {'it' if len(lost) == 1 else 'them'}, as they hit nobody else: {listed(risks)}")
    if any(_parts(before, lost).values()):
        theirs = f"The shares of gain and pain of those who go pass to the others in proportion (Risk share › {TAB})."
        said.append(ALL_BY_COST if _joined(before, after) else theirs)
    if len(lost) == len(before.get("providers", [])):
        said.append(f"Name and story stay those of '{before.get('name')}' until they are changed (Overview).")
    return said


def lacking(before: dict[str, Any], after: dict[str, Any], given: Sequence[Any] = ()) -> str:
    """What providers that are new in a document still lack, and where it is entered; nothing where none is new.

    `given`: the entries that each of them has come with, whatever the document has.
    """
    new = _joined(before, after)
    if not new:
        return ""
    terms = after.get("risk_share", {})
    stated = any((terms.get(f"{side}_allocation") or {}).get("kind", "stated") == "stated" for side in SIDES)
    share = stated and not any(one.get(share) for one in new for share in SIDES.values())
    own = [f"{what}{_who(new, entry)}" for entry, what in OWN.items() if entry not in given and _without(new, entry)]
    needs = [
        *([f"a share of gain and pain, and a cap on pain if any (Risk share › {TAB})"] if share else []),
        *([] if share else [f"a cap on pain, if any (Risk share › {TAB})"]),
        *([f"its {listed(own)} (Partners and reserves)"] if own else []),
        "what it accepts (Acceptance › What each accepts)",
        "how sure its costs are, and its risks (Uncertainty)",
    ]
    names = listed([str(one.get("name")) for one in new])
    return f"{names} would {'' if len(new) == 1 else 'each '}still lack: {'; '.join(needs)}."


def _without(new: list[dict[str, Any]], entry: str) -> list[str]:
    """Those of new providers that state no such entry. A kind is always stated, if only as any new one's; reserves of
    £0 are stated, an income of £0 is none."""
    lacks = {"kind": (), "reserves": (None,), "income": (None, 0)}[entry]
    return [str(one.get("name")) for one in new if not lacks or one.get(entry) in lacks]


def _who(new: list[dict[str, Any]], entry: str) -> str:
    """Behind an entry: who lacks it, where that is not each of them."""
    names = _without(new, entry)
    return f" ({listed(names)})" if len(names) < len(new) else ""


def _lost(before: dict[str, Any], after: dict[str, Any], side: str = "providers") -> list[dict[str, Any]]:
    """The partners of a side that are no longer there."""
    names = [one.get("name") for one in after.get(side, [])]
    return [one for one in before.get(side, []) if one.get("name") not in names]


def _joined(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """The providers that are new."""
    return _lost(after, before)


def _parts(document: dict[str, Any], some: list[dict[str, Any]]) -> dict[str, float]:
    """The part of gain and of pain that some providers have together."""
    return {side: sum(_stated(document, one, side, share) for one in some) for side, share in SIDES.items()}


def _handed_on(before: dict[str, Any], lost: list[dict[str, Any]], after: dict[str, Any]) -> list[str]:
    """Who has the shares of those that are gone: the others in proportion, or by cost where they had none."""
    names, without_any = [one.get("name") for one in lost], BY_COST if edits.costs(after["providers"]) else EQUALLY
    taken: dict[str, list[str]] = {}
    for side, part in _parts(before, lost).items():
        had, has = (_together(document, SIDES[side], names) for document in (before, after))
        if part and has > had:
            taken.setdefault(IN_PROPORTION if had else without_any, []).append(f"{percent(part)} of {side}")
    return [f"{listed(shares)} went to the others {way}" for way, shares in taken.items()]


def _together(document: dict[str, Any], share: str, but: list[Any]) -> float:
    """The shares of all providers but some; what is not a number counts as none."""
    lines = [line for line in document.get("providers", []) if line.get("name") not in but]
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
        ways.to_tab(session, "pages/risk_share.py", "share-tabs", TAB, f"Enter shares: Risk share › {TAB}")
