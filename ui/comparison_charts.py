"""Figures of designs side by side. Tables in, Plotly figures out; nothing here knows Streamlit or computes money."""

from itertools import groupby

import pandas as pd
import plotly.graph_objects as go

from ui.format import percent, signed, unbroken
from ui.look import BREAK, DIRECTION, Ink, Layout, across, faded, figure, note, scale, upright, wrapped
from ui.verdicts import MARKS

SAVED = "Starting design"
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "x", "star", "pentagon", "hexagon", "bowtie")
DEEPEST = 0.55


def by_design(spans: pd.DataFrame, verdicts: pd.Series, ink: Ink, unit: str = "£", start: str = SAVED) -> go.Figure:
    """9 in 10 futures of each partner under each design as a line on one scale, the middle future as a mark.

    `spans`: 'p5', 'p50', 'p95' of every (partner, design), partners together; `verdicts` of the same. A design has
    its own mark and its name on its row; the starting one, called `start`, is thin and dashed.
    """
    low, high = min(float(spans["p5"].min()), 0.0), max(float(spans["p95"].max()), 0.0)
    room = 0.04 * ((high - low) or 1.0)
    rows = _rows(spans)
    designs = list(dict.fromkeys(design for _, design in spans.index))
    traces = [
        trace
        for i, design in enumerate(designs)
        for trace in _of_design(spans, rows, design, SYMBOLS[i % len(SYMBOLS)], ink, unit, design == start)
    ]
    heads = {partner: min(y for (name, _), y in rows.items() if name == partner) - 1 for partner, _ in spans.index}
    ticks = {y: f"<b>{wrapped(partner, 34)}</b>" for partner, y in heads.items()}
    ticks |= {y: wrapped(design, 30) for (_, design), y in rows.items()}
    said = [
        note(MARKS[verdicts[key]], 1.0, y, xref="paper", yref="y", xanchor="right", font={"size": 13})
        for key, y in rows.items()
        if verdicts[key] in MARKS
    ]
    last = max(rows.values()) + 1
    lines = 1 + max(tick.count(BREAK) for tick in ticks.values())
    return figure(
        traces,
        ink,
        height=130 + (8 + 18 * lines) * last,
        x={"range": [low - room, high + room], "domain": [0, 0.84], "title": DIRECTION, **scale(unit, low, high)},
        y={"tickvals": list(ticks), "ticktext": list(ticks.values()), "range": [last - 0.4, -0.6], "showgrid": False},
        shapes=[*(across(y - 0.5, ink.grid) for y in heads.values()), upright(0, ink.text, 1.5)],
        annotations=said,
    )


def _rows(spans: pd.DataFrame) -> dict[tuple[str, str], int]:
    """The height of every (partner, design): a row for the partner's name, then one for each design."""
    groups = [list(group) for _, group in groupby(spans.index, key=lambda key: key[0])]
    keys: list[tuple[str, str] | None] = [key for group in groups for key in (None, *group)]
    return {key: y for y, key in enumerate(keys) if key}


def _of_design(
    spans: pd.DataFrame, rows: dict[tuple[str, str], int], design: str, symbol: str, ink: Ink, unit: str, thin: bool
) -> list[Layout]:
    """The lines of a design, pain and gain apart, and its marks. `thin`: and dashed."""
    write = signed if unit == "£" else percent
    mine = spans[spans.index.get_level_values("design") == design]
    look = {"mode": "lines", "showlegend": False, "hoverinfo": "skip"}
    traces: list[Layout] = []
    for colour, clip in ((ink.pain, {"upper": 0.0}), (ink.gain, {"lower": 0.0})):
        ends = mine[["p5", "p95"]].clip(**clip)
        x = [v for low, high in ends.itertuples(index=False) for v in (low, high, None)]
        y = [v for key in mine.index for v in (rows[key], rows[key], None)]
        line = {"color": colour, "width": 2.5 if thin else 7, "dash": "dash" if thin else "solid"}
        traces.append({**look, "x": x, "y": y, "line": line})
    if thin:
        traces.append({**look, **_ends(mine, rows, ink)})
    text = [
        f"{partner}, {design}: {write(row.p5)} to {write(row.p95)}, middle {write(row.p50)}"
        for (partner, _), row in zip(mine.index, mine.itertuples(index=False), strict=True)
    ]
    marker = {"symbol": symbol, "size": 12, "color": ink.text, "line": {"width": 1.5, "color": ink.grid}}
    marks = {"x": mine["p50"], "y": [rows[key] for key in mine.index], "mode": "markers", "name": wrapped(design, 40)}
    return [*traces, {**marks, "text": text, "marker": marker, "hovertemplate": "%{text}<extra></extra>"}]


def _ends(spans: pd.DataFrame, rows: dict[tuple[str, str], int], ink: Ink) -> Layout:
    """Strokes at the ends of dashed lines, because the last dash may stop short of them."""
    x = [float(value) for end in ("p5", "p95") for value in spans[end]]
    line = {"width": 2.5, "color": [ink.pain if value < 0 else ink.gain for value in x]}
    marker = {"symbol": "line-ns", "size": 12, "line": line}
    return {"mode": "markers", "x": x, "y": [rows[key] for key in spans.index] * 2, "marker": marker}


def regrets(table: pd.DataFrame, ink: Ink) -> go.Figure:
    """Regret of each design (across) in each situation (down): 'best' where it is none, darker the larger it is."""
    shown = table.T
    largest = float(shown.max().max()) or 1.0
    texts = [["★ best" if value < 0.5 else unbroken(signed(-value)) for value in row] for row in shown.to_numpy()]
    cells = {
        "type": "heatmap",
        "z": (shown / largest).to_numpy(),
        "x": [wrapped(str(name), 16) for name in shown],
        "y": [wrapped(str(name), 30) for name in shown.index],
        **{"zmin": 0, "zmax": 1, "showscale": False},
        "colorscale": [[0, faded(ink.neither, 0.05)], [1, faded(ink.pain, DEEPEST)]],
        **dict.fromkeys(("xgap", "ygap"), 2),
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"color": ink.text, "size": 14},
        "hovertemplate": "%{y}, %{x}: %{text}<extra></extra>",
    }
    bare = {"showgrid": False, "ticks": "", "type": "category"}
    x, y = {**bare, "side": "top", "tickangle": 0, "tickfont": {"size": 13}}, {**bare, "autorange": "reversed"}
    return figure([cells], ink, height=150 + 38 * len(shown), x=x, y=y)
