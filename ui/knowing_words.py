"""What it would be worth to know more before one partner signs, in sentences."""

from model.acceptance import CLOSE
from model.joining import OUTSIDE, Joining
from ui.format import listed
from ui.joining_charts import CERTAIN
from ui.joining_words import sum_of
from ui.range_words import literal

MOST = 3
"""Inputs that are named."""
ABOUT = (
    "The expected value of perfect information: how much more it would gain on average if it knew before it chose. "
    "Nobody asks that as a price. Of a single figure it is as if only that one were known; such sums are not to be "
    "added, because there is one choice, which each of them could change. "
    "It counts pounds on average; what it would pay to be spared a risk is not in it."
)
KINDS = {"Cost of ": "the cost of ", "Savings of ": "the savings of ", "Baseline of ": "the baseline of "} | {
    "KPI: ": "the KPI ",
    "Risk: ": "the risk ",
    "Prices": "prices",
}
"""How an input is called within a sentence, by what its name begins with."""


def sentences(found: Joining) -> str:
    """What it is worth to know all, and which inputs are worth most by themselves."""
    whole, each = found.knowing_all, found.knowing
    if whole.value < CERTAIN:
        return "Nothing that could be found out would change the choice, so knowing more before signing is worth £0."
    said = (
        "If we knew everything before signing, we would join only where that turns out better, and have "
        f"**{_worth(whole.value, whole.error)}** more on average: what knowing is worth, not what it costs."
    )
    clear = each[each["value"] > (CLOSE * each["standard error"]).clip(lower=CERTAIN)].head(MOST)
    if clear.empty:
        return f"{said} No single figure is worth finding out by itself."
    rows = [f"{_known(str(name))} ({_worth(r['value'], r['standard error'])})" for name, r in clear.iterrows()]
    apart = " Each is for knowing that figure alone, so they are no parts of that sum." if len(rows) > 1 else ""
    return f"{said} Worth most to know by itself: {listed(rows)}.{apart}"


def _worth(value: float, error: float) -> str:
    return sum_of(value, error).removeprefix("+")


def _known(name: str) -> str:
    """An input within a sentence."""
    if name == OUTSIDE:
        return "what staying out would bring"
    kind = next((start for start in KINDS if name.startswith(start)), "")
    return f"{KINDS.get(kind, '')}{literal(name.removeprefix(kind))}"
