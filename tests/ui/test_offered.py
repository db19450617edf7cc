"""The lines that buttons leave as a reason, and what people wrote beneath them."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import outside, presets
from model import fitting
from model.distributions import StudentT
from model.documents import to_document
from model.evidence import RANGE
from model.fields import Path
from ui import noting, offered

COST: Path = ("providers", 0, "cost_deviation")
NORMAL = {"kind": "normal", "mean": 0.01, "sd": 0.02}
FITTED = offered.sampled(
    "Normal fitted to", 9, "Budget and actual", "9 in 10 between −1.5% and 4.1%, middle 1% (normal)"
)
OWN = "Trust ledger 2010-19, GL-4471."


def document(note: str) -> dict[str, object]:
    return noting.noted(to_document(presets.preset(presets.FIRST)), COST, note)


def reason(found: dict[str, object]) -> str:
    providers: object = found["providers"]
    assert isinstance(providers, list)
    return noting.noted_on(providers[0]["sources"], "cost_deviation")["note"]


def lines() -> list[str]:
    """One of each that a button leaves."""
    offers = outside.offers_of_all()
    few = offered.sampled("Mean and spread of", 6, "Deviations from plan", "9 in 10 between −1.5% and 4.1%")
    said = "9 in 10 between −8.9% and 8.9%, middle 0% (Student t)"
    return [
        FITTED,
        f"{FITTED} {offered.wider(9)}",
        f"{FITTED} {offered.wider(1_250)}",
        f"{few} {offered.wider(6)}",
        offered.sampled("Student t fitted to", 12, "From a straight line through them", said),
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
    assert offered.own(f"{noting.FORMER}{line}\n{noting.FORMER}{OWN}") == f"{noting.FORMER}{OWN}"


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


PAST = [0.0118, -0.0131, 0.0302, 0.0227, -0.0052, 0.0195, 0.0289, -0.0009, 0.0124]


def test_a_fit_puts_figures_into_an_entry_that_people_can_read() -> None:
    normal = next(fit for fit in fitting.fits(PAST) if fit.name == "Normal").distribution
    assert isinstance(normal, StudentT)
    assert offered.short(normal) == {
        "kind": "student_t",
        "centre": float(f"{normal.centre:.4g}"),
        "scale": float(f"{normal.scale:.4g}"),
        "df": 8.0,
    }


def test_figures_that_lie_far_from_nought_keep_more_digits() -> None:
    assert offered.short(StudentT(centre=1_234_567.0, scale=40.0, df=8.0))["centre"] == 1_234_567


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(-100, 100).map(lambda x: round(x, 3)), min_size=9, max_size=20, unique=True), st.floats(0, 1e6)
)
def test_rounded_figures_say_the_same(values: list[float], far: float) -> None:
    parts = np.array([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99])
    for fit in fitting.fits([value + far for value in values]):
        found = RANGE.validate_python(offered.short(fit.distribution))
        assert np.abs(found.ppf(parts) - fit.distribution.ppf(parts)).max() <= 0.01 * fit.distribution.sd
