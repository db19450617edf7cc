"""While an entry is to be mended: what results and files still are, as sentences."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from model.documents import to_document
from ui.format import listed
from ui.range_words import literal
from ui.session import Session

MOST_NAMED = 4
"""Lines that are named one by one."""
UNNAMED = "one without a name"


def behind(session: Session) -> str:
    """'still with Recovery charity and not yet with Trust': what the last valid version has otherwise; else nothing."""
    valid, typed = list(_names(to_document(session.scenario))), list(_names(session.document))
    gone = [name for name in valid if name not in typed]
    come = [name for name in typed if name not in valid]
    parts = [f"{lead} {_some(names)}" for lead, names in (("still with", gone), ("not yet with", come)) if names]
    return " and ".join(parts)


def beside_files(session: Session) -> None:
    """Says which version downloads hold while an entry is to be mended."""
    if session.problems:
        more = f": {found}" if (found := behind(session)) else ""
        st.warning(
            f"Files hold the last valid version, as before the entry that is to be mended{more}.",
            icon=":material/history:",
        )


def _names(document: dict[str, Any]) -> Iterator[str]:
    """Partners, key result areas, KPIs and risks by name."""
    areas = (document.get("framework") or {}).get("kras") or []
    lists = [document.get("commissioners"), document.get("providers"), areas]
    lists += [*(area.get("kpis") for area in areas), (document.get("uncertainty") or {}).get("risks")]
    return (str(line.get("name") or UNNAMED) for lines in lists for line in lines or [])


def _some(names: list[str]) -> str:
    shown = [literal(name) for name in names[:MOST_NAMED]]
    return listed([*shown, f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else shown)
