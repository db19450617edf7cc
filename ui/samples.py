"""A series of one's own: pasted or brought in a file, shown, fitted, and used for an uncertain input."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import streamlit as st

from data import own_figures, series
from data.series import Series
from model import assumptions, curves, deviations, fitting
from model.documents import Refused
from model.evidence import Distribution, FromData
from model.fields import Path
from model.fitting import FEWEST, FEWEST_TO_RESAMPLE, Fit
from ui import frame, inputs, offered, pasted, range_words, ranges, show
from ui.format import MINUS, chance
from ui.session import Session, typed

Reader = Callable[[str], Series]
CURVES = 3
"""Fitted curves that are drawn: more cannot be told apart by eye."""


def _achieved(text: str) -> Series:
    found = series.read_pairs(text, ARRIVED)
    return replace(found, values=tuple(value + 1 for value in found.values))


def _points(text: str) -> Series:
    """Values of a KPI in %, whose deviations are in percentage points: 57% is 57."""
    return series.read_series(text.replace("%", ""))


_parts = partial(series.read_series, largest_part=1.0)
"""Deviations: 5 is 5%, as nobody means five times the plan."""
_arrived = partial(series.read_series, largest_part=3.0)

PAIRS, ARRIVED = "Budget and actual", "Parts that arrived"
COSTS: dict[str, Reader] = {PAIRS: series.read_pairs, "Deviations from plan": _parts}
WAYS: dict[str, dict[str, Reader]] = {
    "cost_deviation": COSTS,
    "baseline_error": COSTS,
    "savings_delivered": {"Required and achieved saving": _achieved, ARRIVED: _arrived},
    "prices": {"Actual less planned growth": _parts},
    "impact": {"What it cost each time": partial(series.read_series, sums=True)},
}
OF_KPI = ("From their mean", "From a straight line through them")
ABOUT = {
    PAIRS: "One line a year: budget, then actual, or as headings say. Each counts as actual / budget − 1.",
    "Deviations from plan": "Each year's deviation, such as 4% or −0.02; 4 is read as 4%.",
    "Required and achieved saving": "A year a line: required saving, achieved saving. Each counts as their ratio.",
    ARRIVED: "Parts of the required saving that arrived, such as 70%.",
    "Actual less planned growth": "How far each year's price growth lay above the planned one, such as 1.5% or −0.5%.",
    "What it cost each time": "What it cost each time it happened, in the unit that this risk is entered in.",
    OF_KPI[0]: "Past values of the KPI. Each counts as its distance from the mean of all.",
    OF_KPI[1]: "Past values in their order. Each counts as its distance from the trend, a straight line through all.",
}


NEEDED = (
    f"A curve is fitted to {FEWEST} values or more; {FEWEST_TO_RESAMPLE} are enough to take their mean and spread, "
    "or to resample them."
)
RESAMPLED = (
    "Resampled, nothing beyond the values above can happen: with {count} values the next one would lie outside them "
    "with a chance of {chance}."
)
ONE_SIDED = ("impact", "savings_delivered")
"""Entries for which a bell curve with heavy tails makes no sense."""


def show_samples(session: Session, path: Path, unit: str) -> None:
    """The whole of it: what to paste, the text, its plot, its fits, and buttons to use them."""
    ways = WAYS.get(str(path[-1])) or _of_kpi(session, path)
    if path[-1] == "impact" and unit == "%":
        ways = dict.fromkeys(ways, _parts)
    key = "-".join(str(part) for part in path)
    mode = next(iter(ways))
    if len(ways) > 1:
        mode = st.segmented_control("What it holds", list(ways), default=mode, key=f"mode-{key}", required=True) or mode
    st.markdown(f"{ABOUT[mode]} {NEEDED}")
    text = _text(session, path)
    if not text.strip():
        return
    try:
        found = ways[mode](text)
        _told(found, key, unit)
    except (Refused, ValueError) as refusal:
        st.error(str(refusal), icon=":material/error:")
        return
    _fits(session, path, found.values, mode, unit)


def _of_kpi(session: Session, path: Path) -> dict[str, Reader]:
    """A KPI's values as deviations, in its own unit."""
    read = _points if session.value((*path[:-1], "unit")) == "%" else series.read_series

    def less(away: Callable[..., tuple[float, ...]]) -> Reader:
        def reader(text: str) -> Series:
            found = read(text)
            return replace(found, values=away(found.values))

        return reader

    return dict(zip(OF_KPI, (less(deviations.from_mean), less(deviations.from_line)), strict=True))


def _text(session: Session, path: Path) -> str:
    """The pasted text, kept with the draft; a file takes its place."""
    sheet = pasted.pasted(session, path)
    key, upload = (inputs.key_of(session, (part, *path)) for part in ("series", "file"))

    def changed() -> None:
        if len(given := typed(key) or "") <= series.LONGEST_TEXT:
            pasted.keep(session, path, {"text": given})

    def brought() -> None:
        file = typed(upload)
        if file is None:
            return
        try:
            found = own_figures.read(file.name, file.getvalue())
            lines = series.text_of([row.texts for row in found.rows]).split("\n")
            pasted.keep(session, path, {"text": "\n".join(line.rstrip("\t") for line in lines), "read": found.note})
        except Refused as refusal:
            pasted.keep(session, path, {**sheet, "refused": f"{file.name} was not taken. {refusal}"})
        session.refresh()

    paste, bring = st.columns([2, 1])
    hint = "One value or pair a line, as copied from a spreadsheet"
    start = sheet.get("text", "")
    text = paste.text_area("Our figures", start, key=key, height=150, on_change=changed, placeholder=hint)
    name = "-".join(str(part) for part in path)
    with bring.container(key=f"bring-{name}"):
        st.file_uploader(
            "Or a file (Excel or CSV)", type=["xlsx", "csv"], key=upload, on_change=brought, max_upload_size=1
        )
        if sheet.get("read"):
            st.markdown(f":small[{range_words.literal(sheet['read'])}]")
        if sheet.get("refused"):
            with st.container(key=f"not-brought-{name}"):
                st.error(sheet["refused"], icon=":material/error:")
    return text


def _told(found: Series, key: str, unit: str) -> None:
    """The values as a plot, what they are in a sentence, and what was left out."""
    if found.notes:
        st.markdown("\n".join(f"- :material/info: {range_words.literal(note)}" for note in found.notes))
    values = pd.Series(found.values, index=pd.RangeIndex(1, len(found.values) + 1, name="number"), name="value")
    said = fitting.told([100 * value for value in found.values] if unit == "%" else found.values)
    lead = (f"In {unit}: {said}" if unit else said).replace(" -", f" {MINUS}")
    show.chart(ranges.series(values, frame.ink(), unit), lead, values.to_frame(), f"series-{key}")


@lru_cache(maxsize=32)
def _fitted(values: tuple[float, ...]) -> list[Fit]:
    return fitting.fits(values)


def _fits(session: Session, path: Path, values: tuple[float, ...], mode: str, unit: str) -> None:
    """The families, best first, drawn over the values, with buttons to use one of them or the values themselves."""
    found: list[Fit] = []
    try:
        found = _fitted(values)
    except ValueError as why:
        st.info(f"No curve is fitted. {why}", icon=":material/info:")
    if found:
        key = "-".join(str(part) for part in path)
        best = {fit.name: curves.quantiles(fit.distribution, 150) for fit in found[:CURVES]}
        figure = ranges.fitted(pd.Series(values), pd.DataFrame(best), frame.ink(), unit)
        show.chart(figure, f"{found[0].words} Best first:", _table(found, unit), f"fits-{key}")
        st.table(_table(found, unit)[["what to make of it", "9 in 10 between"]])
    with st.container(horizontal=True):
        for fit in found:
            said = assumptions.spread(fit.distribution, unit)
            line = offered.sampled(f"{fit.name} fitted to", len(values), mode, said)
            line = f"{line} {offered.wider(len(values))}" if fit.name == "Normal" else line
            edit = _put(session, path, fit.distribution, line)
            used = f"{fit.name} fitted to {len(values)} values"
            inputs.button(session, (*path, "fit", fit.name), f"Use {fit.name}", "check", edit, used=used)
        if len(values) >= FEWEST_TO_RESAMPLE:
            if not found and path[-1] not in ONE_SIDED:
                _use_mean_and_spread(session, path, values, mode, unit)
            _resample(session, path, values, mode, unit)
    if found:
        st.markdown(f":small[*Use Normal*: {offered.wider(len(values))}]")
    if len(values) >= FEWEST_TO_RESAMPLE:
        st.markdown(f":small[{RESAMPLED.format(count=len(values), chance=chance(2 / (len(values) + 1)))}]")


def _use_mean_and_spread(session: Session, path: Path, values: tuple[float, ...], mode: str, unit: str) -> None:
    """A button for the mean and spread of too few values to fit, with what they come to."""
    wide = fitting.of_few(values)
    said = assumptions.spread(wide, unit)
    line = f"{offered.sampled('Mean and spread of', len(values), mode, said)} {offered.wider(len(values))}"
    edit = _put(session, path, wide, line)
    label, used = f"Use their mean and spread: {said}", f"mean and spread of {len(values)} values"
    inputs.button(session, (*path, "few"), label, "check", edit, offered.wider(len(values)), used)


def _resample(session: Session, path: Path, values: tuple[float, ...], mode: str, unit: str) -> None:
    data = FromData(values=tuple(offered.rounded(list(values), offered.EXACT)))
    line = offered.sampled("Resampled from", len(values), mode, assumptions.spread(data, unit))
    edit = partial(offered.put, session.document, [(path, data.model_dump(mode="json"), line)])
    text = "Each past value is as likely as another to come again; nothing beyond them can happen."
    inputs.button(
        session, (*path, "resample"), "Resample the data", "repeat", edit, text, f"{len(values)} values, resampled"
    )


def _put(session: Session, path: Path, found: Distribution, line: str) -> Callable[[], dict[str, Any]]:
    """What a button does: the distribution goes into the entry, its figures rounded, with the line as its reason."""

    def pressed() -> dict[str, Any]:
        return offered.put(session.document, [(path, offered.short(found), line)])

    return pressed


def _table(found: list[Fit], unit: str) -> pd.DataFrame:
    """Families by name: what to make of each, its range, and the scores that rank them."""
    rows = [
        (
            fit.words,
            assumptions.spread(fit.distribution, unit).removeprefix("9 in 10 between ").rsplit(" (", 1)[0],
            round(fit.weight, 4),
            round(fit.aicc, 2),
            round(fit.distance, 3),
        )
        for fit in found
    ]
    columns = ["what to make of it", "9 in 10 between", "Akaike weight", "AICc", "largest gap"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index([fit.name for fit in found], name="family"))
