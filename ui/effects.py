"""Figures of what moves results and of what changes do. Tables in, Plotly figures out."""

import math

import pandas as pd
import plotly.graph_objects as go

from model.drivers import UNEXPLAINED
from model.effects import MEASURES
from ui.format import chance, percent, signed, unbroken
from ui.look import Ink, Layout, faded, figure, upright, wrapped
from ui.reasons import points, with_error

MOST = 12
"""Inputs shown; the table beside a figure has them all."""

DEEPEST = 0.55
"""How strong the colour of the largest change of a row is."""

HATCHED = {"shape": "/", "solidity": 0.35}


def shares(table: pd.DataFrame, ink: Ink) -> go.Figure:
    """First-order indices as bars, largest first, each with its figure and standard error written at its end."""
    shown = table.drop(index=UNEXPLAINED, errors="ignore").head(MOST)
    rest = table.loc[table.index == UNEXPLAINED]
    shown = pd.concat([shown, rest[rest["index"] > 0]])
    colours = [ink.neither if name == UNEXPLAINED else ink.partners[0] for name in shown.index]
    written = [with_error(*row) for row in shown[["index", "standard error"]].itertuples(index=False)]
    reach = max(0.05, float(shown["index"].max()) * 1.25)
    bars = _bars(shown["index"].clip(lower=0), written, {"color": colours})
    return _names_down([bars], ink, {"range": [0, reach], "tickformat": ".0%"})


def swings(table: pd.DataFrame, ink: Ink) -> go.Figure:
    """A tornado: what a partner gains or loses, off its mean, where an input is in its lowest or highest tenth."""
    shown = table.head(MOST)
    looks: tuple[tuple[str, str, Layout], ...] = (
        ("low", "Input in its lowest tenth", {}),
        ("high", "Input in its highest tenth", HATCHED),
    )
    traces = []
    for (column, title, pattern), colour in zip(looks, (ink.partners[2], ink.partners[3]), strict=True):
        values = shown[column].where(shown[column].notna(), 0.0)
        written = [signed(value) if abs(value) >= 0.5 else "" for value in values]
        traces.append({**_bars(values, written, {"color": colour, "pattern": pattern}), "name": title})
    reach = 1.45 * float(shown[["low", "high"]].abs().max().max() or 1.0)
    x = {"range": [-reach, reach], "showticklabels": False, "title": "Worse than on average ← 0 → Better"}
    return _names_down(traces, ink, x, barmode="overlay", shapes=[upright(0, ink.text, 1.5)])


def shifts(table: pd.DataFrame, written: list[str], ink: Ink) -> go.Figure:
    """How far inputs lie from their mean in the worst 1 in 20, in standard deviations; each with its words."""
    shown = table["shift"].head(MOST)
    reach = 1.8 * max(0.1, float(shown.abs().max()))
    bars = _bars(shown, written[:MOST], {"color": ink.partners[0]})
    x = {"range": [-reach, reach], "title": "Lower than on average ← 0 → Higher, in standard deviations"}
    return _names_down([bars], ink, x, shapes=[upright(0, ink.text, 1.5)])


def tail_parts(table: pd.DataFrame, ink: Ink) -> go.Figure:
    """Each provider's part of the worst 1 in 20 of all, beside its parts of gain and pain; parts of one."""
    looks: tuple[tuple[str, str, Layout], ...] = (
        ("of the tail", ink.pain, HATCHED),
        ("share of pain", ink.neither, {}),
        ("share of gain", ink.gain, {}),
    )
    traces = [
        {
            **_bars(table[column], [percent(part) for part in table[column]], {"color": colour, "pattern": pattern}),
            "name": column.capitalize(),
        }
        for column, colour, pattern in looks
    ]
    parts = table[[column for column, _, _ in looks]]
    low, high = min(float(parts.min().min()), 0.0), max(float(parts.max().max()), 0.05)
    x = {"range": [1.25 * low, 1.2 * high], "tickformat": ".0%"}
    return _names_down(traces, ink, x, room=76, barmode="group")


def moves(values: pd.Series, measure: str, ink: Ink) -> go.Figure:
    """What each of some switches changes of one measure: better to the right, worse to the left, the figure written."""
    better = -values if measure == MEASURES[2] else values
    write = points if measure == MEASURES[2] else signed
    colours = [ink.gain if value >= 0 else ink.pain for value in better]
    bars = _bars(better, [write(value) for value in values], {"color": colours})
    low, high = min(float(better.min()), 0.0), max(float(better.max()), 0.0)
    room = 0.35 * ((high - low) or 1.0)
    x = {"range": [low - room * (low < 0), high + room * (high > 0)], "title": "Worse ← 0 → Better"}
    return _names_down([bars], ink, {**x, "showticklabels": False}, shapes=[upright(0, ink.text, 1.5)])


def grid(table: pd.DataFrame, now: pd.Series, measure: str, ink: Ink) -> go.Figure:
    """Partners × changes, after the figure as it is: the colour of a cell is stronger the more of its row's largest.

    A partner that a change takes away has no figure there (NaN).
    """
    write, write_now = (points, chance) if measure == MEASURES[2] else (signed, signed)
    better = -table if measure == MEASURES[2] else table
    largest = better.abs().max(axis=1).replace(0.0, 1.0)
    rows = zip(now, table.to_numpy(), strict=True)
    texts = [
        [unbroken(write_now(first)), *("–" if math.isnan(value) else unbroken(write(value)) for value in row)]
        for first, row in rows
    ]
    pain, gain = (faded(colour, DEEPEST) for colour in (ink.pain, ink.gain))
    cells = {
        "type": "heatmap",
        "z": better.div(largest, axis=0).fillna(0.0).assign(now=0.0).loc[:, ["now", *table]].to_numpy(),
        "x": [wrapped(str(name), 12) for name in ("As it is", *table)],
        "y": [wrapped(str(name)) for name in table.index],
        **{"zmin": -1, "zmax": 1},
        "showscale": False,
        "colorscale": [[0, pain], [0.5, faded(ink.neither, 0.05)], [1, gain]],
        **dict.fromkeys(("xgap", "ygap"), 2),
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"color": ink.text, "size": 14},
        "hovertemplate": "%{y}, %{x}: %{text}<extra></extra>",
    }
    bare = {"showgrid": False, "ticks": ""}
    x, y = {**bare, "side": "top", "tickangle": 0, "tickfont": {"size": 11}}, {**bare, "autorange": "reversed"}
    return figure([cells], ink, height=150 + 38 * len(table), x=x, y=y)


def _bars(values: pd.Series, written: list[str], marker: Layout) -> Layout:
    return {
        "type": "bar",
        "orientation": "h",
        "y": [wrapped(str(name), 40) for name in values.index],
        "x": [0.0 if math.isnan(value) else value for value in values],
        "text": [unbroken(text) for text in written],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": marker,
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }


def _names_down(traces: list[Layout], ink: Ink, x: Layout, room: int = 38, **layout: object) -> go.Figure:
    """Bars across, the first name at the top; `room`: pixels for each name, more where names are long."""
    names = list(dict.fromkeys(name for trace in traces for name in trace["y"]))
    lines = max(name.count("<br>") + 1 for name in names)
    y = {"autorange": "reversed", "showgrid": False}
    return figure(traces, ink, height=120 + max(room, 22 * lines) * len(names), x=x, y=y, **layout)
