"""A range that a partner states in three figures: how these are asked for, and what is wrong with them, alike."""

import re
from dataclasses import replace
from typing import Any

import numpy as np

from model.documents import Problem
from model.evidence import Distribution

ASKED = {
    "cost_deviation": "Your cost of a year against plan",
    "baseline_error": "How wrong your baseline may be",
}
THREE = {"p50": "Middle: half below (%)", "p10": "1 in 10 is below (%)", "p90": "1 in 10 is above (%)"}
"""What a range is asked by of whoever does not think in curves. The first is its middle, and not its most likely value,
which lies lower where the high end is further off."""
SAY = "Say it in three figures"
ABOUT = "P50 is the middle: half lie below it. 1 in 10 lies below P10, and 1 in 10 above P90."


def three(now: Distribution) -> dict[str, Any]:
    """A range in three figures that say much the same."""
    low, middle, high = (round(float(value), 4) for value in now.ppf(np.array([0.1, 0.5, 0.9])))
    if not low < middle < high:
        low, high = middle - NEARLY, middle + NEARLY
    return {"kind": "three_points", "p10": low, "p50": middle, "p90": high}


NEARLY = 0.01
"""Where one is taken as certain: how far from that the low and the high begin."""


def problem(found: Problem) -> Problem:
    """What is wrong with three figures, by what their fields are called; any other problem as it is."""
    entry = next((str(part) for part in found.path if part in ASKED), "")
    said = re.search(r": (P[15]0\b[^;]*)", found.sentence)
    if not entry or not said:
        return found
    text = said[1].rstrip(".")
    for name, label in THREE.items():
        text = text.replace(name.upper(), f"'{label.removesuffix(' (%)')}'")
    return replace(found, sentence=f"{ASKED[entry]}: {text}.")
