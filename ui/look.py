"""The look that all figures share: colours, type, axes."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from ui.format import money


@dataclass(frozen=True)
class Ink:
    """The colours of one appearance; gain and pain differ in shape and sign too."""

    text: str
    grid: str
    gain: str
    pain: str
    neither: str
    ghost: str
    partners: tuple[str, ...]


LIGHT = Ink(
    "#14191F",
    "#D5DCE3",
    "#12436D",
    "#D4541B",
    "#6B7785",
    "#6B7785",
    ("#2073BC", "#801650", "#1B7F76", "#6B4FA0", "#8A6A00", "#3D3D3D", "#B5452C", "#0F7A52"),
)
DARK = Ink(
    "#EEF2F6",
    "#33404D",
    "#7CB4E8",
    "#F58E55",
    "#9AA7B4",
    "#9AA7B4",
    ("#6BACE6", "#E58FC0", "#4FD1C5", "#BBA6EA", "#E0B84C", "#C9D1D9", "#F2917C", "#6FD3A0"),
)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
FONT = "Source Sans, Source Sans Pro, Segoe UI, Arial, sans-serif"


def faded(colour: str, strength: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"


def wrapped(name: str, width: int = 26) -> str:
    """Long names on two lines or more."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def pound_axis(figure: go.Figure, axis: str, low: float, high: float) -> None:
    """Ticks that read £2m, not 2M."""
    span = (high - low) or 1.0
    step = 10 ** np.floor(np.log10(span / 3))
    step *= next(k for k in (1, 2, 5, 10) if span / (k * step) <= 6)
    ticks = np.arange(np.ceil(low / step) * step, high + step / 2, step)
    figure.update_layout(
        {f"{axis}axis": {"tickvals": ticks.tolist(), "ticktext": [money(t) if t else "£0" for t in ticks]}}
    )


def finished(figure: go.Figure, ink: Ink, height: int, x_unit: str = "", x_title: str = "") -> go.Figure:
    """The look that all figures share."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 36, "b": 8},
        font={"size": 15, "color": ink.text, "family": FONT},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hovermode="closest",
        dragmode=False,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    )
    figure.update_xaxes(gridcolor=ink.grid, zeroline=False, title=x_title or None, automargin=True, color=ink.text)
    figure.update_yaxes(gridcolor=ink.grid, zeroline=False, automargin=True, color=ink.text)
    if x_unit == "%":
        figure.update_xaxes(tickformat=".0%")
    elif x_unit == "£":
        spans = [np.asarray(t.x, dtype=float) for t in figure.data if t.x is not None and len(t.x)]
        pound_axis(figure, "x", min(s.min() for s in spans), max(s.max() for s in spans))
    return figure
