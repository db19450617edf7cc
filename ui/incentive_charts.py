"""Figures of incentives: what a pound brings, what does nothing, who moves together, luck. Tables in, figures out."""

import pandas as pd
import plotly.graph_objects as go

from ui.format import chance, percent, signed
from ui.incentive_words import in_pence
from ui.look import BREAK, DARK, DASHES, LIGHT, Ink, Layout, across, faded, figure, note, upright, wrapped
from ui.pictures import OVER_AND_UNDER

HATCHED = {"shape": "/", "solidity": 0.35}
ROOM = 0.07
"""Part of a bar that is wide enough to be written on."""

NARROW, LONG = 30, 48
"""Letters of a name on one line: of a partner, of a KPI."""


def of_a_pound(table: pd.DataFrame, ink: Ink) -> go.Figure:
    """What each partner truly has of the next pound, beside what it has on paper of a saving and of an overspend."""
    looks: list[tuple[str, str, str, Layout]] = [
        ("true", "Truly, on average", ink.gain, {}),
        ("gain on paper", "On paper, of a saving", ink.neither, HATCHED),
    ]
    if not table["gain on paper"].round(6).equals(table["pain on paper"].round(6).rename("gain on paper")):
        looks.append(("pain on paper", "On paper, of an overspend", ink.pain, {**HATCHED, "shape": "x"}))
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": title,
            "y": [wrapped(str(name), NARROW) for name in table.index],
            "x": table[column],
            "text": [in_pence(part) for part in table[column]],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {"color": colour, "pattern": pattern},
            "hovertemplate": f"%{{y}}: %{{text}}, {title[0].lower()}{title[1:]}<extra></extra>",
        }
        for column, title, colour, pattern in looks
    ]
    shown = table[[column for column, *_ in looks]]
    x = {"range": [1.15 * min(float(shown.min().min()), 0.0), 1.15 * max(float(shown.max().max()), 0.05)]}
    y = {"autorange": "reversed", "showgrid": False}
    height = 110 + (26 * len(looks) + 6) * len(table)
    return figure(
        traces, ink, height, {**x, "showticklabels": False}, y, barmode="group", shapes=[upright(0, ink.text)]
    )


def by_saving(
    slopes: pd.DataFrame, ink: Ink, likely: tuple[float, float] | None, cliffs: dict[str, float]
) -> go.Figure:
    """Of the next pound, what each provider has at each saving (index: part of target cost), stacked; the likely range
    shaded, places where the payment jumps marked."""
    traces = [
        {
            "x": slopes.index,
            "y": slopes[name],
            "name": name,
            "mode": "lines",
            "stackgroup": "providers",
            "line": {"width": 0.8, "color": ink.partners[i % len(ink.partners)], "shape": "hv"},
            "fillcolor": faded(ink.partners[i % len(ink.partners)], 0.75),
            "hovertemplate": f"%{{x:.1%}} saved: {name} %{{y:.1%}} of the next pound<extra></extra>",
        }
        for i, name in enumerate(slopes)
    ]
    top = max(float(slopes.sum(axis=1).max()), 0.05)
    shapes, notes = [upright(0, ink.text)], []
    if likely:
        where = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "x0": likely[0], "x1": likely[1]}
        shapes.append({**where, "fillcolor": ink.neither, "opacity": 0.14, "line": {"width": 0}})
        notes.append(note("9 in 10 futures", sum(likely) / 2, 1, yanchor="bottom", font={"size": 13}))
    for said, place in cliffs.items():
        shapes.append(upright(place, ink.pain, 2, "dash"))
        side = "left" if place >= 0 else "right"
        notes.append(note(said, place, 0.98, xanchor=side, yanchor="top", font={"size": 13}))
    ticks = [i / 10 for i in range(0, 11, 1 if top < 0.65 else 2) if i / 10 <= 1.15 * top]
    return figure(
        traces,
        ink,
        height=380,
        x={"tickformat": ".0%", "range": [slopes.index.min(), slopes.index.max()], "title": OVER_AND_UNDER},
        y={"range": [0, 1.15 * top], "tickvals": ticks, "ticktext": [in_pence(t) for t in ticks]},
        legend={"orientation": "h", "y": 1.1, "yanchor": "bottom", "x": 0},
        shapes=shapes,
        annotations=notes,
    )


def worth(values: pd.Series, ink: Ink) -> go.Figure:
    """What a level of each KPI is worth, pounds: gain to the right, pain to the left, each with its sum."""
    written = [signed(value) if abs(value) >= 0.5 else "£0" for value in values]
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    room = 0.2 * ((high - low) or 1.0)
    x = {"range": [low - room * (low < 0), high + room * (high > 0)], "showticklabels": False, "showgrid": False}
    return _named(values, written, [ink.gain if value >= 0 else ink.pain for value in values], x, ink)


def often(values: pd.Series, ink: Ink) -> go.Figure:
    """In what part of futures each term changes a payment; those that do nothing say so."""
    written = [percent(value) if value else "never" for value in values]
    x = {"range": [0, 1.12], "tickformat": ".0%", "tickvals": [0, 0.25, 0.5, 0.75, 1]}
    return _named(values, written, [ink.partners[0]] * len(values), x, ink)


def _named(values: pd.Series, written: list[str], colours: list[str], x: Layout, ink: Ink) -> go.Figure:
    """A bar across for each name, in rows as high as the name needs."""
    names = [wrapped(str(name), LONG) for name in values.index]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": values,
        "text": written,
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": colours},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    y = {"autorange": "reversed", "showgrid": False}
    height = 70 + sum(14 + 20 * (name.count("<br>") + 1) for name in names)
    return figure([bars], ink, height, x, y, shapes=[upright(0, ink.text, 1.5)])


def ways(table: pd.DataFrame, ink: Ink) -> go.Figure:
    """Futures in which all gain, some gain while others lose, and all lose: a bar for each circle of partners."""
    parts = {
        "All gain, or nobody loses": ("All gain", table["all gain"], ink.gain),
        "Some gain while others lose": ("Some lose", 1 - table["same way"], ink.neither),
        "All lose": ("All lose", table["same way"] - table["all gain"], ink.pain),
    }
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "y": list(table.index),
            "x": values,
            "text": [f"{short}{BREAK}{chance(part)}" if part >= ROOM else "" for part in values],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "insidetextfont": {"color": LIGHT.text if ink.text == DARK.text else "#FFFFFF"},
            "textangle": 0,
            "marker": {"color": colour, "line": {"color": ink.text, "width": 0.5}},
            "hovertemplate": f"%{{y}}: {name[0].lower()}{name[1:]} in %{{x:.1%}} of futures<extra></extra>",
        }
        for name, (short, values, colour) in parts.items()
    ]
    x, y = {"range": [0, 1], "tickformat": ".0%"}, {"autorange": "reversed", "showgrid": False}
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"}
    return figure(traces, ink, 130 + 70 * len(table), x, y, barmode="stack", bargap=0.35, legend=legend)


def apart(table: pd.DataFrame, ink: Ink) -> go.Figure:
    """How often the partner of the row gains while that of the column loses: the darker, the more often."""
    texts = [
        ["" if gains == loses else chance(float(table.loc[gains, loses])) for loses in table] for gains in table.index
    ]
    cells = {
        "type": "heatmap",
        "z": table.to_numpy(),
        "x": [f"{wrapped(str(name), 14)}{BREAK}loses" for name in table],
        "y": [f"{wrapped(str(name), NARROW)} gains" for name in table.index],
        **{"zmin": 0, "zmax": max(float(table.max().max()), 0.01)},
        "showscale": False,
        "colorscale": [[0, faded(ink.pain, 0.03)], [1, faded(ink.pain, 0.55)]],
        **dict.fromkeys(("xgap", "ygap"), 2),
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"color": ink.text, "size": 14},
        "hovertemplate": "%{y}, %{x}: %{text}<extra></extra>",
    }
    bare = {"showgrid": False, "ticks": ""}
    x = {**bare, "side": "top", "tickangle": 0, "tickfont": {"size": 13}}
    return figure([cells], ink, 150 + 40 * len(table), x, {**bare, "autorange": "reversed"})


def rarer(curves: dict[str, pd.Series], limit: float, ink: Ink) -> go.Figure:
    """The chance of pain by luck alone against how many times as much is measured or settled together, by name."""
    traces = [
        {
            "x": [str(times) for times in curve.index],
            "y": curve,
            "name": name,
            "mode": "lines+markers",
            "marker": {"size": 9, "symbol": ("circle", "diamond")[i % 2]},
            "line": {"color": ink.partners[i], "width": 2.5, "dash": DASHES[i]},
            "hovertemplate": f"{name}, %{{x}}: %{{y:.1%}} chance of pain<extra></extra>",
        }
        for i, (name, curve) in enumerate(curves.items())
    ]
    times = sorted({int(at) for curve in curves.values() for at in curve.index})
    x = {"type": "category", "categoryarray": [str(at) for at in times], "title": "How many times as many"}
    top = max(1.15 * limit, *(1.15 * float(curve.max()) for curve in curves.values()))
    line = {**across(limit, ink.pain, 1.5)}
    line["line"] = {**line["line"], "dash": "dash"}
    said = note(f"{chance(limit)}", 1, limit, xref="paper", yref="y", xanchor="right", yanchor="bottom")
    y = {"tickformat": ".0%", "range": [0, top], "title": "Chance of pain"}
    return figure(traces, ink, 320, x, y, shapes=[line], annotations=[said], showlegend=True)
