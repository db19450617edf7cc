"""A range that a partner states in three figures: how these are asked for, and what is wrong with them, alike."""

import re
from dataclasses import replace

from model.documents import Problem

ASKED = {
    "cost_deviation": "Your cost of a year against plan",
    "baseline_error": "How wrong your baseline may be",
}
THREE = {"p50": "Likely (%)", "p10": "1 in 10 is below (%)", "p90": "1 in 10 is above (%)"}
"""What a range is asked by of whoever does not think in curves."""


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
