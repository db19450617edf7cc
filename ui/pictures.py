"""Figures of what was agreed: the contract and the KPIs. Tables in, Plotly figures out."""

from collections.abc import Hashable
from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui.format import measured, money, percent, signed
from ui.look import Ink, Layout, across, faded, figure, ghosts, note, outlined, pounds, upright, wrapped

NEAR = 1.5
"""A cap is drawn where it lies within this many times what the curve reaches."""

APART = 5
"""Of points along straight lines every so many are drawn: near enough to each other to be pointed at."""
BENT = 1e-6
"""Parts of the largest slope by which slopes of a straight line differ at most."""

OVER_AND_UNDER = "Overspend ← target cost → Saving"


def share_curve(
    curve: pd.DataFrame,
    ink: Ink,
    likely: tuple[float, float] | None,
    edges: dict[str, float],
    limits: dict[str, float],
) -> go.Figure:
    """Each provider's gain or pain stacked over the saving (index: part of target cost); the likely range shaded."""
    low, high = _stack(curve)
    curve = _fewer(curve)
    traces: list[Layout] = []
    for i, name in enumerate(curve):
        colour = ink.partners[i % len(ink.partners)]
        look = {
            "x": curve.index,
            "name": wrapped(str(name)),
            "legendgroup": name,
            "mode": "lines",
            "line": {"width": 0.8, "color": colour},
            "fillcolor": faded(colour, 0.75),
            "hovertemplate": f"%{{x:.1%}} saved: {name} £%{{y:,.0f}}<extra></extra>",
        }
        traces.append({**look, "y": curve[name].clip(lower=0), "stackgroup": "gain"})
        traces.append({**look, "y": curve[name].clip(upper=0), "stackgroup": "pain", "showlegend": False})
    line = {"color": ink.text, "width": 2.5}
    together = {"x": curve.index, "y": curve.sum(axis=1), "name": "Providers together", "mode": "lines", "line": line}
    shapes = [across(0, ink.text), upright(0, ink.text)]
    notes = []
    if likely:
        where = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "x0": likely[0], "x1": likely[1]}
        shapes.append({**where, "fillcolor": ink.neither, "opacity": 0.14, "line": {"width": 0}})
        notes.append(note("9 in 10 futures", sum(likely) / 2, 1, yanchor="bottom", font={"size": 13}))
    near = [amount for amount in limits.values() if NEAR * low <= amount <= NEAR * high]
    for name, place in edges.items():
        shapes.append(upright(place, ink.neither, dash="dot"))
        notes.append({**note(name, place, 1, textangle=-90, font={"size": 12}), **_beside(place, near)})
    for name, amount in limits.items():
        if NEAR * low <= amount <= NEAR * high:
            low, high = min(low, amount), max(high, amount)
            shapes.append({**across(amount, ink.pain), "line": {"color": ink.pain, "width": 1.5, "dash": "dash"}})
            # where no edge has its name: those of the gain stand at the foot, those of the pain at the head
            end = {"x": 0.99, "xanchor": "right"} if amount > 0 else {"x": 0.01, "xanchor": "left"}
            said = note(f"{name}: {signed(amount)}", 0.0, amount, xref="paper", yref="y")
            notes.append({**said, **end, "yanchor": "bottom" if amount > 0 else "top"})
    room = 0.1 * ((high - low) or 1.0)
    return figure(
        [*traces, {**together, "hoverinfo": "skip"}],
        ink,
        height=440,
        x={"tickformat": ".0%", "range": [curve.index.min(), curve.index.max()], "title": OVER_AND_UNDER},
        legend={"orientation": "h", "y": 1.08, "yanchor": "bottom", "x": 0},
        y={"range": [low - room, high + room], **pounds(low, high)},
        shapes=shapes,
        annotations=notes,
    )


def _stack(curve: pd.DataFrame) -> tuple[float, float]:
    """From where to where the stacks of gain and pain reach; both stand on 0, so that no part of them is cut off."""
    return float(curve.clip(upper=0).sum(axis=1).min()), float(curve.clip(lower=0).sum(axis=1).max())


def _beside(place: float, limits: list[float]) -> Layout:
    """Where the name of an edge stands: those of the gain at the foot, those of the pain at the head, clear of the
    names of limits there."""
    if place >= 0:
        return {"xanchor": "left", "yanchor": "bottom", "y": 0.12 if any(amount < 0 for amount in limits) else 0.02}
    return {"xanchor": "right", "yanchor": "top", "y": 0.88 if any(amount > 0 for amount in limits) else 1}


def _fewer(curve: pd.DataFrame) -> pd.DataFrame:
    """The same lines with fewer points: their ends and corners, both sides of where one turns to pain, some between."""
    heights = curve.to_numpy()
    slopes = np.diff(heights, axis=0) / np.diff(curve.index.to_numpy())[:, None]
    kept = np.zeros(len(curve), dtype=bool)
    kept[::APART] = kept[-1] = True
    kept[1:-1] |= (np.abs(np.diff(slopes, axis=0)) > BENT * np.abs(slopes).max()).any(axis=1)
    turns = (np.diff(np.sign(heights), axis=0) != 0).any(axis=1)
    kept[:-1] |= turns
    kept[1:] |= turns
    return curve[kept]


def line(values: pd.Series, ink: Ink, x_title: str, mark: float, mark_text: str) -> go.Figure:
    """One curve in pounds with one place marked on it."""
    values = _fewer(values.to_frame()).iloc[:, 0]
    curve = {
        "x": values.index,
        "y": values,
        "mode": "lines",
        "line": {"color": ink.gain, "width": 3},
        "hovertemplate": "%{x:.3g}: £%{y:,.0f}<extra></extra>",
    }
    return figure(
        [curve],
        ink,
        height=300,
        x={"title": x_title},
        y=pounds(min(values.min(), 0.0), max(values.max(), 0.0)),
        shapes=[across(0, ink.text), upright(mark, ink.pain, 2, "dash")],
        annotations=[note(mark_text, mark, 1, yanchor="bottom")],
    )


def build_up(steps: pd.Series, ink: Ink) -> go.Figure:
    """From the baseline to the target cost, step by step; the last step is the total."""
    reach = steps.iloc[:-1].cumsum()
    floor = min(reach.min(), steps.iloc[-1]) * 0.9
    top = max(reach.max(), steps.iloc[-1])
    y = {"range": [floor, top + 0.08 * (top - floor)], **pounds(floor, top)}
    written = [money(steps.iloc[0]), *(signed(v) for v in steps.iloc[1:-1]), money(steps.iloc[-1])]
    colours = (ink.partners[2], ink.partners[1])
    x = {"tickvals": list(steps.index), "ticktext": [wrapped(str(name), 14) for name in steps.index]}
    return figure([_falling_water(steps, written, colours, ink)], ink, height=360, x=x, y=y)


def walk(steps: pd.Series, ink: Ink, saved: pd.Series | None = None) -> go.Figure:
    """From the saving to what the providers get, step by step; the last step is the sum.

    `saved`: the same of the starting design, of which the steps that both have are outlined.
    """
    before = {} if saved is None else {name: ends for name, ends in _ends(saved).items() if name in steps.index}
    reach = [*_ends(steps).values(), *before.values()]
    low, high = min(min(ends) for ends in reach), max(max(ends) for ends in reach)
    places = {name: int(steps.index.get_indexer([name])[0]) for name in before}
    boxes = [outlined((place - 0.45, place + 0.45), before[name], ink) for name, place in places.items()]
    room = 0.12 * ((high - low) or 1.0)
    y = {"range": [low - room, high + room], **pounds(low, high)}
    written = [signed(v) if v else "£0" for v in steps]
    bars = _falling_water(steps, written, (ink.gain, ink.pain), ink)
    x = {"tickvals": list(steps.index), "ticktext": [wrapped(str(name), 14) for name in steps.index]}
    traces = [{**bars, "showlegend": False}, *ghosts([([None], [None])] * bool(boxes), ink)]
    shapes = [across(0, ink.text, 1.5), *boxes]
    return figure(traces, ink, height=400, x=x, y=y, shapes=shapes, showlegend=bool(boxes))


def _ends(steps: pd.Series) -> dict[Hashable, tuple[float, float]]:
    """Where each bar of a waterfall begins and ends; the last stands on 0."""
    tops = steps.iloc[:-1].cumsum().tolist()
    bars = [*pairwise([0.0, *tops]), (0.0, float(steps.iloc[-1]))]
    return dict(zip(steps.index, bars, strict=True))


def _falling_water(steps: pd.Series, written: list[str], colours: tuple[str, str], ink: Ink) -> Layout:
    up, down = colours
    return {
        "type": "waterfall",
        "x": list(steps.index),
        "y": steps.to_list(),
        "measure": ["absolute", *["relative"] * (len(steps) - 2), "total"],
        "text": written,
        "textposition": "outside",
        "cliponaxis": False,
        "connector": {"line": {"color": ink.neither}},
        "increasing": {"marker": {"color": up}},
        "decreasing": {"marker": {"color": down}},
        "totals": {"marker": {"color": ink.neither}},
        "hovertemplate": "%{x}: %{text}<extra></extra>",
    }


def ruler(levels: pd.Series, scores: pd.Series, ink: Ink, unit: str, marks: dict[str, float]) -> go.Figure:
    """How a KPI's value becomes a score: the curve through the five levels, and where the KPI is today.

    `levels`: value of each level by name. `scores`: score by value.
    """
    rising = levels.iloc[0] < levels.iloc[-1]
    curve: Layout = {
        "x": scores.index,
        "y": scores,
        "mode": "lines",
        "line": {"color": ink.gain, "width": 3},
        "showlegend": False,
        "hovertemplate": "%{x:.4g}: score %{y:.0f}<extra></extra>",
    }
    named: Layout = {
        "x": levels,
        "y": _read_off(scores, levels.to_list()),
        "mode": "markers+text",
        "text": [f"{str(name).capitalize()} {measured(value, '')}" for name, value in levels.items()],
        "textposition": "top left" if rising else "top right",
        "marker": {"size": 9, "color": ink.text},
        "showlegend": False,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    looks = (("diamond", ink.pain), ("star", ink.partners[2]))
    marked = [
        {
            "x": [place],
            "y": _read_off(scores, [place]),
            "mode": "markers",
            "name": f"{name} {measured(place, unit)}",
            "marker": {"size": 15, "symbol": symbol, "color": colour, "line": {"width": 1, "color": ink.text}},
        }
        for (name, place), (symbol, colour) in zip(marks.items(), looks, strict=False)
    ]
    low, high = float(scores.index.min()), float(scores.index.max())
    room = 0.28 * (high - low)
    x = {"range": [low - room, high] if rising else [low, high + room], "title": unit or "Value"}
    y = {"range": [-118, 118], "tickvals": [-100, -50, 0, 50, 100], "title": "Score"}
    return figure([curve, named, *marked], ink, height=360, x=x, y=y)


def _read_off(scores: pd.Series, places: list[float]) -> list[float]:
    """Scores at some values, from a curve indexed by rising values."""
    return [float(v) for v in np.interp(places, scores.index, scores)]


def level_chances(chances: pd.DataFrame, ink: Ink) -> go.Figure:
    """How likely each KPI is to land between which levels: one bar a KPI, worst left, best right."""
    bad = [ink.pain, faded(ink.pain, 0.6), faded(ink.pain, 0.3)]
    good = [faded(ink.gain, 0.35), faded(ink.gain, 0.65), ink.gain]
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [wrapped(str(kpi), 40) for kpi in chances.index],
            "x": chances[name],
            "name": str(name).capitalize(),
            "marker": {"color": colour, "line": {"color": ink.text, "width": 0.5}},
            "text": [percent(v) if v >= 0.06 else "" for v in chances[name]],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "hovertemplate": f"%{{y}}: %{{x:.0%}} {name}<extra></extra>",
        }
        for name, colour in zip(chances, [*bad, *good], strict=True)
    ]
    return figure(
        bars,
        ink,
        height=150 + 46 * len(chances),
        x={"tickformat": ".0%", "range": [0, 1]},
        y={"autorange": "reversed"},
        barmode="stack",
        bargap=0.35,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    )
