"""The lines that buttons leave as a reason, and what people wrote beneath them."""

import copy

import pytest

from data import outside, presets
from model.documents import to_document
from model.fields import Path
from ui import edits, offered

COST: Path = ("providers", 0, "cost_deviation")
NORMAL = {"kind": "normal", "mean": 0.01, "sd": 0.02}
FITTED = offered.sampled(
    "Normal fitted to", 9, "Budget and actual", "9 in 10 between −1.5% and 4.1%, middle 1% (normal)"
)
OWN = "Trust ledger 2010-19, GL-4471."


def document(note: str) -> dict[str, object]:
    return edits.noted(to_document(presets.preset(presets.FIRST)), COST, note)


def reason(found: dict[str, object]) -> str:
    providers: object = found["providers"]
    assert isinstance(providers, list)
    return edits.noted_on(providers[0]["sources"], "cost_deviation")["note"]


def lines() -> list[str]:
    """One of each that a button leaves."""
    offers = outside.offers_of_all()
    said = "9 in 10 between −8.9% and 8.9%, middle 0% (Student t)"
    return [
        FITTED,
        offered.sampled("Student t fitted to", 12, "From a straight line through them", said),
        offered.sampled("Mean and spread of", 6, "Deviations from plan", said),
        offered.sampled(
            "Resampled from", 120, "What it cost each time", "9 in 10 between £1,234.50 and £3.2, middle £2"
        ),
        *(offered.public(offer, said) for offer in offers),
        *(offered.by_size(offer, 12_000, 0.0462) for offer in offers),
    ]


@pytest.mark.parametrize("line", lines())
def test_a_line_that_a_button_left_is_told_from_what_people_wrote(line: str) -> None:
    assert offered.own(line) == ""
    assert offered.own(f"{line}\n{OWN}\nAsked 1.5 times.") == f"{OWN}\nAsked 1.5 times."
    assert offered.own(f"{line} {OWN}") == OWN


def test_what_people_wrote_stays_beneath_the_new_line_and_the_line_before_goes() -> None:
    before = document(OWN)
    kept = copy.deepcopy(before)
    once = offered.put(before, [(COST, NORMAL, FITTED)])
    assert reason(once) == f"{FITTED}\n{OWN}"
    line = offered.sampled("Lognormal fitted to", 9, "Budget and actual", "9 in 10 between −1% and 4%")
    twice = offered.put(once, [(COST, NORMAL, line)])
    assert reason(twice) == f"{line}\n{OWN}"
    assert before == kept


def test_what_an_example_says_of_its_own_figure_goes_with_the_figure() -> None:
    before = to_document(presets.preset(presets.FIRST))
    assert reason(offered.put(before, [(COST, NORMAL, FITTED)])) == FITTED
    added = document(f"{reason(before)}\n{OWN}")
    assert reason(offered.put(added, [(COST, NORMAL, FITTED)])) == f"{FITTED}\n{OWN}"
