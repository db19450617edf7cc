"""Scenarios and files: presets, the starting design, the scenario as a file and back."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import streamlit as st

from data import presets
from data.scenario_workbook import from_workbook, to_workbook
from model.changes import changes
from model.documents import Refused, from_json, to_json
from model.partners import Commissioner, Provider
from ui import designs, earlier, mending, pasted, starting, versions
from ui.files import XLSX, refused
from ui.format import listed, money, slug, unbroken
from ui.range_words import literal
from ui.session import Session, typed

SHORT = {"separate-contracts": "Separate contracts", "small-charities": "Small charities"}
"""Presets whose own names are too long for the box."""
MOST_CHANGES = 3
"""Differences from what was here that are named one by one."""


RESULTS = (
    "These hold the alliance and its contract, no results: a year settled with formulas is on *Walk one future* and "
    "*Settle a year*."
)


APART = (
    "Kept designs are not in them: *Go on with this* under *Compare designs › Kept designs*, then download each; *Take "
    "in another* brings it in elsewhere."
)
"""What is said of kept designs where there are any."""


def panel(found: Session) -> None:
    """What to start from, and the scenario as JSON or Excel."""
    _presets(found)
    mending.beside_files(found)
    with st.container(horizontal=True):
        _download("Download scenario", found, "json", "application/json")
        _download("Download as Excel", found, "xlsx", XLSX)
    apart = f" {APART}" if found.designs else ""
    actual = (
        " The actual figures of years are not in them: *Settle a year* has them as files of their own."
        if found.sheets.get("outturn", {}).get("years")
        else ""
    )
    data = " Past figures under *Our data* are not in them either." if pasted.any_kept(found) else ""
    st.markdown(f":small[{RESULTS}{actual}{data}{apart}]")
    st.file_uploader(
        "Upload scenario (JSON or Excel)",
        type=["json", "xlsx"],
        key=_upload(found),
        on_change=_uploaded,
        args=(found,),
        help="The Excel workbook is the one downloaded here, filled in.",
        max_upload_size=1,
    )
    earlier.panel(found)


def _presets(found: Session) -> None:
    key = f"preset-{found.generation}"
    every = presets.names()
    at = every.index(found.preset) if found.preset in every else None
    chosen = st.selectbox("Preset", every, at, key=key, format_func=called, placeholder="Choose an example")
    with st.container(key="preset-about"):  # always there, so that buttons below keep their places
        if chosen in every:
            st.markdown(f":small[{about(chosen)}]", help=literal(presets.preset(chosen).story))

    def load() -> None:
        if chosen:
            found.begin(presets.preset(chosen), chosen)

    st.button("Load preset", on_click=load, disabled=not chosen, width="stretch")
    st.button(
        "Undo all changes",
        on_click=found.start_over,
        disabled=not found.changed,
        width="stretch",
    )
    st.button(
        starting.TAKE,
        on_click=starting.take,
        args=(found,),
        width="stretch",
        disabled=not found.changed or bool(found.problems),
        help=starting.ABOUT_TAKE,
    )


def _download(title: str, found: Session, kind: str, mime: str) -> None:
    """The scenario as a file that is made when it is asked for."""
    st.download_button(
        title,
        lambda: to_json(found.scenario) if kind == "json" else to_workbook(found.scenario),
        f"{slug(found.scenario.name)}-{versions.tag(found, found.scenario)}.{kind}",
        mime,
        key=f"download-scenario-{kind}",
        on_click="ignore",
        width="stretch",
        icon=":material/download:",
    )


def called(preset: str) -> str:
    """A preset's name as it fits the box; whether it is illustrative stands below the box."""
    if preset in SHORT or preset not in presets.names():
        return SHORT.get(preset, preset)
    return presets.preset(preset).name.removesuffix(" (illustrative)")


@cache
def about(preset: str) -> str:
    """Who is in a preset, what a year costs and for how long: what is to be known before it is loaded."""
    one = presets.preset(preset)
    term, cost = one.term, sum(provider.baseline_cost for provider in one.providers)
    who = (_counted("commissioner", one.commissioners), _counted("provider", one.providers))
    years = f"{term.horizon} year{'s' * (term.horizon > 1)} from {term.labels()[0]}"
    kind = "; illustrative" if one.illustrative else ""
    return unbroken(f"{listed([*who])}; {money(cost)} a year, {years}{kind}.")


def _counted(side: str, partners: Sequence[Provider | Commissioner]) -> str:
    """'4 providers (NHS trust, council service, 2 charities)'."""
    kinds = Counter(partner.kind for partner in partners)
    said = [kind if many == 1 else f"{many} {_plural(kind)}" for kind, many in kinds.items()]
    if len(kinds) == 1 < len(partners):
        said = [_plural(partners[0].kind)]
    return f"{len(partners)} {side}{'s' * (len(partners) > 1)} ({', '.join(said)})"


def _plural(kind: str) -> str:
    """'charities', 'NHS trusts'."""
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def _upload(found: Session) -> str:
    """The key of the place for a file: a new one for the next file, so that none that was refused stays listed."""
    return f"upload-{found.generation}-{found.uploads}"


def _uploaded(found: Session) -> None:
    file = typed(_upload(found))
    if file is not None:
        found.uploads += 1
        take(found, file.name, file.getvalue())


def take(found: Session, name: str, content: bytes) -> None:
    """Loads a scenario from a file, or says why it cannot be; what was here stays until it is."""
    before, was = found.document, found.scenario
    try:
        excel = name.lower().endswith(".xlsx")
        found.begin(from_workbook(name, content) if excel else from_json(content))
        said = _against(before, found.document)
        if said and found.scenario != was:
            designs.keep_new(found, f"Before {name}", was)
        loaded = f"{name} was loaded: {found.scenario.name}. {said}Undo brings back what was here."
        found.news = f"{loaded} {found.news}".strip()
    except Refused as refusal:
        found.news = ""
        sentences = [problem.sentence for problem in refusal.problems]
        found.refusal = refused(f"{literal(name)} was not loaded.", sentences)


def _against(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What a file has otherwise than what was here, where both are of the same providers; else nothing."""

    def whose(document: dict[str, Any]) -> list[Any]:
        return [provider.get("name") for provider in document.get("providers") or []]

    if whose(before) != whose(after):
        return ""
    found = changes(before, after)
    more = sum(one.entries for one in found[MOST_CHANGES:])
    shown = [one.said for one in found[:MOST_CHANGES]] + [f"{more} more on Compare designs"] * bool(more)
    return f"It differs from what was here in: {'; '.join(shown)}. " if found else "Nothing in it differs. "
