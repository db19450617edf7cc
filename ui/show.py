"""Charts and tables on a page: each chart with its sentence, its table and a download."""

from collections.abc import Callable, Mapping
from math import isfinite
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from pandas.io.formats.style import Styler

from data.draws import to_csv
from ui import format as written
from ui.dots import dotplot
from ui.format import exact
from ui.look import Ink
from ui.narrow import sideways
from ui.range_words import ESCAPED, unformatted

Made = Callable[[], pd.DataFrame]


def chart(
    figure: go.Figure,
    sentence: str,
    table: pd.DataFrame,
    key: str,
    unit: str = "",
    least: float = 0,
    file: Made | None = None,
) -> None:
    """A chart, what it shows in words, and its figures, all in one unit or in several, on demand.

    `least`: how wide it has to be, in rem; where there is less room it scrolls. `file`: as of `figures`.
    """
    st.markdown(written.unbroken(sentence))
    if least:
        st.html(sideways(key, least))
    alt = unformatted(sentence)
    st.plotly_chart(figure, key=f"chart-{key}", config={"displayModeBar": False}, alt=alt, theme=None)
    figures(table, key, unit=unit, file=file)


def dots(
    values: pd.DataFrame,
    ink: Ink,
    unit: str,
    sentence: str,
    key: str,
    saved: pd.DataFrame | None = None,
    pounds: pd.DataFrame | None = None,
) -> None:
    """Futures as dots, what they show in words, and their figures on demand."""
    st.markdown(written.unbroken(sentence))
    with st.container(key=f"chart-{key}"):
        st.html(dotplot(values, ink, unit, unformatted(sentence), saved, pounds))
    figures(rounded(values, 0 if unit == "£" else 4), key, unit=unit)


def table(frame: pd.DataFrame, **look: Any) -> None:
    """A table to read, with every name as it was typed: no sign in it is formatting."""

    def named(label: Any) -> Any:
        return label.translate(ESCAPED) if isinstance(label, str) else label

    st.table(frame.rename(index=named, columns=named).rename_axis(index=_capital), **look)


def _capital(name: Any) -> Any:
    """A heading begins with a capital."""
    return name[:1].upper() + name[1:] if isinstance(name, str) else name


def figures(
    table: pd.DataFrame | Made,
    key: str,
    label: str = "The figures",
    unit: str = "",
    name: str = "",
    file: Made | None = None,
) -> Any:
    """A folded table with its download; pounds or parts are written as such where all of it is in that unit.

    A table may be made when it is opened. `name`: what the file is called, where that is not `key`; `file`: what it
    holds, where that is another table. Returns the place, for what belongs to it.
    """
    with st.expander(label, icon=":material/table:", key=f"table-{key}", on_change="rerun") as place:
        if place.open:
            shown = table if isinstance(table, pd.DataFrame) else table()
            st.dataframe(readable(shown, unit))
            csv = to_csv(file() if file else shown)
            called = f"{name or key}.csv"
            st.download_button("Download as CSV", csv, called, "text/csv", key=f"csv-{key}", on_click="ignore")
    return place


def _number(value: float) -> str:
    """A number of a table in several units; a large one without what is behind its point."""
    return written.plain(round(value) if abs(value) >= 1_000 else value)


def readable(table: pd.DataFrame, unit: str = "") -> Styler:
    """A table that reads −£1,380,522 where it holds -1380522."""
    write = {"£": exact, "%": written.exact_percent}.get(unit, _number)

    def read(value: Any) -> Any:
        if not isinstance(value, Real) or isinstance(value, (bool, np.bool_)):
            return value
        return write(float(value)) if isfinite(value) else written.money(float(value))

    return table.style.format(read)


def pounds(table: pd.DataFrame) -> pd.DataFrame:
    """Every figure written as pounds."""
    return table.map(exact)


def by_chance(table: pd.DataFrame) -> pd.DataFrame:
    """A table by chances, which are written as percentages."""
    return table.rename(index=written.exact_percent)


def by_saving(curve: pd.DataFrame) -> pd.DataFrame:
    """The figures of a share curve to read, by savings in percent; off `curves.readable`."""
    return by_chance(rounded(curve)).rename_axis("Saving, % of target")


def rounded(table: pd.DataFrame, decimals: int = 0) -> pd.DataFrame:
    """Pounds as whole numbers, so that a download can be calculated with."""
    return table.round(decimals)


def labelled(table: pd.DataFrame, columns: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """The columns named in the reader's words and units: name → (title, a function of `ui.format`).

    A figure with a standard error beside it (its name and ' s.e.') shows it where it is large enough to matter.
    """
    shown = {}
    for name, (title, unit) in columns.items():
        write = getattr(written, unit)
        errors = table.get(f"{name} s.e.", pd.Series(0.0, index=table.index))
        shown[title] = [_with_error(write, v, e, unit) for v, e in zip(table[name], errors, strict=True)]
    return pd.DataFrame(shown, index=table.index)


def _with_error(write: Callable[[float], str], value: float, error: float, unit: str) -> str:
    """'+£623k ± £2.5k'."""
    if not error > 0:
        return written.unbroken(write(value))
    if unit in ("chance", "percent"):
        return written.chance_with_error(value, error, write)
    return written.unbroken(written.with_error(value, error, write))
