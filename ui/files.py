"""Spreadsheets of actual figures: templates, files brought back, and the figures they replaced."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import streamlit as st

from data import sheets
from model.documents import Refused
from model.futures import Future
from model.outturn import checked
from model.scenario import Scenario
from ui import accounts, versions
from ui.format import listed, slug
from ui.range_words import literal
from ui.session import Session, typed
from ui.sheets import complete, document

NOT_HERE = "Figures are brought in on the facilitator's screen, and shown here as they are."
REMOVED = (
    ":material/delete: The figures that were here are removed. *Undo* in the menu does not bring them back; this does:"
)
MOST_SAID = 10
"""Sentences about one file."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked(session: Session, settled: Mapping[str, Future]) -> None:
    """What is hardly right of years with figures; where a file was just read, that stands beside what it held."""
    with st.container():  # always there, so that inputs below keep their places
        if not session.sheet_note:
            _ask(settled)


def _ask(settled: Mapping[str, Future]) -> None:
    if said := accounts.asked(settled):
        st.warning(said, icon=":material/help:")


def files(
    session: Session,
    sheet: str,
    labels: list[str],
    check: Callable[[dict[str, Any]], object],
    settled: Mapping[str, Future],
    *,
    targets: bool,
) -> None:
    """A template to fill in, and a place to bring it back; `check` refuses a file that cannot be used.

    A year brought takes the place of the same year; other years stay. `settled`: all of them, to ask about.
    """
    if not session.may_fill(sheet):
        st.markdown(NOT_HERE)
        return
    scenario = session.scenario
    st.markdown("Fill in the template in Excel or any spreadsheet: one column a year, one line a figure.")
    kinds: tuple[tuple[Literal["xlsx", "csv"], str, str], ...] = (("xlsx", "Excel", XLSX), ("csv", "CSV", "text/csv"))
    with st.container(horizontal=True):
        for kind, name, mime in kinds:
            st.download_button(
                f"Template ({name})",
                partial(sheets.template, scenario, labels, targets=targets, kind=kind),
                f"{sheet}-template.{kind}",
                mime,
                key=f"template-{sheet}-{kind}",
                on_click="ignore",
                icon=":material/download:",
            )
    key = f"upload-{sheet}-{session.generation}-{session.uploads}"

    def uploaded() -> None:
        file = typed(key)
        if file is None:
            return
        session.uploads += 1  # a new place for the next file, so that none that was refused stays listed
        try:
            brought = sheets.read(file.name, file.getvalue())
            check(brought)
            session.put_sheet(sheet, _merged(document(session, sheet), brought), keep_former=True)
            session.refresh()
            session.sheet_note = f"{file.name} was read: {_read(brought)}."
        except Refused as refusal:
            lead = f"{literal(file.name)} was not taken; what was here is unchanged."
            session.sheet_refusal = refused(lead, [problem.sentence for problem in refusal.problems])

    with st.container(key=f"bring-{sheet}"):
        st.file_uploader(
            "Bring it back (Excel or CSV)", type=["xlsx", "csv"], key=key, on_change=uploaded, max_upload_size=1
        )
        if session.sheet_note:
            st.success(session.sheet_note, icon=":material/check:")
            _ask(settled)
            session.sheet_note = ""
        if session.sheet_refusal:
            with st.container(key=f"not-brought-{sheet}"):
                st.error(session.sheet_refusal, icon=":material/error:")
            session.sheet_refusal = ""


def refused(lead: str, sentences: list[str]) -> str:
    """A lead and every reason, the first ones each on its own line where there are several."""
    if len(sentences) == 1:
        return f"{lead} {literal(sentences[0])}"
    over = len(sentences) - MOST_SAID
    more = [f"and {over} more"] if over > 0 else []
    return "\n".join([lead, "", *(f"- {literal(one)}" for one in [*sentences[:MOST_SAID], *more])])


def _read(brought: dict[str, Any]) -> str:
    """What a file held, counted."""
    years = brought["years"]
    figures = sum(len(year.get(part, {})) for year in years for part in ("targets", "costs", "kpis"))
    figures += sum(part in year for year in years for part in ("relief", "prices")) + ("brought_forward" in brought)
    return f"{figures} figures of {listed([str(year['year']) for year in years])}"


def _merged(here: dict[str, Any], brought: dict[str, Any]) -> dict[str, Any]:
    every = {year["year"]: year for year in [*here.get("years", []), *brought["years"]]}
    return {**here, **brought, "years": [every[name] for name in sorted(every)]}


def check(scenario: Scenario, brought: dict[str, Any]) -> None:
    """Refuses an outturn that cannot be settled; years that still lack a cost may be completed by typing."""
    if any(year.get("targets") for year in brought["years"]):
        raise Refused.because(
            "the sheet holds target costs, so it is one for 'Test on history'; here targets are agreed"
        )
    filled = [
        {**year, "costs": {p.name: 0.0 for p in scenario.providers} | year.get("costs", {})}
        for year in brought["years"]
    ]
    checked(scenario, brought | {"years": filled})


def removed(session: Session, sheet: str) -> None:
    """Under the title: that figures of these providers were removed, with the way back."""
    with st.container():  # always there, so that inputs below keep their places
        if _gone(session, sheet):
            with st.container(horizontal=True, vertical_alignment="center", key=f"removed-{sheet}"):
                st.markdown(REMOVED, width="content")
                _back(session, sheet)


def _gone(session: Session, sheet: str) -> bool:
    """Whether nothing is entered where something was, of providers that are in this contract."""
    known = {provider.name for provider in session.scenario.providers}
    former = _former(session, sheet)
    costs = {name for year in former for name in year.get("costs", {})}
    return bool(former) and costs <= known and not document(session, sheet).get("years") and session.may_fill(sheet)


def _former(session: Session, sheet: str) -> list[dict[str, Any]]:
    return list(session.sheets.get(f"former {sheet}", {}).get("years", []))


def bring_back(session: Session, sheet: str) -> None:
    """A button for the figures that a file replaced, or that were set aside."""
    if _former(session, sheet) and session.may_fill(sheet) and not _gone(session, sheet):
        _back(session, sheet)


def _back(session: Session, sheet: str) -> None:
    def back() -> None:
        session.put_sheet(sheet, session.sheets[f"former {sheet}"], keep_former=True)
        session.refresh()

    st.button("Bring back the figures before", on_click=back, key=f"back-{sheet}", icon=":material/undo:")


def download(session: Session, sheet: str) -> None:
    """The whole years as entered, as an Excel file."""
    scenario = session.scenario
    whole, _ = complete(scenario, session.sheets["valid"] if sheet == "outturn" else document(session, sheet))
    st.download_button(
        "Download these figures (Excel)",
        lambda: sheets.filled(scenario, whole, "xlsx"),
        f"{slug(scenario.name)}-{sheet}-{versions.tag(session, scenario)}.xlsx",
        XLSX,
        key=f"download-{sheet}",
        on_click="ignore",
        icon=":material/download:",
    )
