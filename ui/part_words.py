"""Parts of a usual deviation, in words that are near enough to be checked with a calculator."""

from ui.format import percent

FRACTIONS = {
    1 / 10: "a tenth",
    1 / 9: "a ninth",
    1 / 8: "an eighth",
    1 / 7: "a seventh",
    1 / 6: "a sixth",
    1 / 5: "a fifth",
    1 / 4: "a quarter",
    3 / 10: "three tenths",
    1 / 3: "a third",
    2 / 5: "two fifths",
    1 / 2: "half",
    3 / 5: "three fifths",
    2 / 3: "two thirds",
    3 / 4: "three quarters",
    4 / 5: "four fifths",
    9 / 10: "nine tenths",
    1.0: "",
}
"""Words for parts; of 1 there is none."""
NEAR = 0.1
"""A word may be off by up to this part of the value."""
HARDLY = 0.05


def usually(part: float) -> str:
    """A part of how far something is usually off, or so many times it."""
    if part < HARDLY:
        return "hardly any of"
    nearest = min(FRACTIONS, key=lambda one: abs(one - part))
    if abs(nearest - part) <= NEAR * part:
        return f"about {FRACTIONS[nearest]} of" if FRACTIONS[nearest] else "about"
    return f"{percent(part)} of" if part < 1 else f"{float(f'{part:.2g}'):.15g} times"
