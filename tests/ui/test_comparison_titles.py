"""The title of the page that compares designs: every mix of verdicts reads right."""

from types import SimpleNamespace
from typing import Any

import pytest

from model.acceptance import Cell
from ui import comparison_titles

NAMES = ("Cap 80%", "Narrow", "Wide", "Open", "Shut", "Half", "Late", "Long")
VERDICTS = {"y": "accepts", "?": "too close to call", "-": "has not said"}


def design(verdict: str) -> Any:
    """'y' accepted, '?' too close to call, '-' with a partner who has not said; else the partners that refuse it."""
    if verdict in VERDICTS:
        partner = SimpleNamespace(partner="D", verdict=VERDICTS[verdict], cells=[])
        return SimpleNamespace(verdict=VERDICTS[verdict], slack=(0.0, 1.0), positions=[partner])
    cells = [Cell("loss", 0.2, 0.1, 5e3, -5e3, 0.0)]
    stand = [SimpleNamespace(partner=name, verdict="refuses", cells=cells) for name in verdict]
    return SimpleNamespace(verdict="refuses", slack=(-5e3, 0.0), positions=stand)


def title(verdicts: str, just: tuple[str, ...] = ()) -> str:
    found = dict(zip(NAMES, map(design, verdicts.split()), strict=False))
    return comparison_titles.title(found, just)


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ("y A", "'Cap 80%' is acceptable to everybody; 'Narrow' would be refused by A"),
        ("y AB", "'Cap 80%' is acceptable to everybody; 'Narrow' would be refused by A and B"),
        ("y ABCE", "'Cap 80%' is acceptable to everybody; 'Narrow' would be refused by 4 partners"),
        ("y A A", "'Cap 80%' is acceptable to everybody; 'Narrow' and 'Wide' would be refused by A"),
        ("y A B", "'Cap 80%' is acceptable to everybody; 'Narrow' and 'Wide' would be refused"),
        ("y ?", "'Cap 80%' is acceptable to everybody; 'Narrow' is too close to call"),
        (
            "y y ? A",
            "'Cap 80%' and 'Narrow' are acceptable to everybody; 'Wide' is too close to call; 'Open' would be "
            "refused by A",
        ),
        ("y y y y", "All 4 designs are acceptable to everybody"),
        (
            "y ? ? ? ? A",
            "'Cap 80%' is acceptable to everybody; 4 more are too close to call; 'Half' would be refused by A",
        ),
        (
            "y y y y A B A B",
            "4 of the 8 designs are acceptable to everybody; the other 4 would be refused",
        ),
        ("- A", "'Cap 80%' is refused by nobody; 'Narrow' would be refused by A; D has not said, which counts as no "),
        ("? ?", "Neither design is clearly acceptable to everybody; both are too close to call"),
        ("? ? ?", "None of the 3 designs is clearly acceptable to everybody; all are too close to call"),
        (
            "? A",
            "Neither design is clearly acceptable to everybody; 'Cap 80%' is too close to call; 'Narrow' would be "
            "refused by A",
        ),
        (
            "A ? ? ? ? B",
            "None of the 6 designs is clearly acceptable to everybody; 4 of them are too close to call; 'Cap 80%' and "
            "'Half' would be refused",
        ),
        ("A B", "Neither design is acceptable to everybody; both are £5k short"),
        ("A", "'Cap 80%' would be refused by A"),
    ],
)
def test_every_mix_says_which_are_refused_and_which_are_too_close(verdicts: str, said: str) -> None:
    assert title(verdicts).startswith(said)
    assert not title(verdicts).endswith(("is not", "are not"))


def test_a_design_signed_only_just_is_followed_by_what_the_others_are() -> None:
    assert title("y ? A", ("Cap 80%",)) == (
        "'Cap 80%' is acceptable to everybody, but only just; 'Narrow' is too close to call; 'Wide' would be "
        "refused by A"
    )
    assert title("y y A", ("Narrow",)) == (
        "'Cap 80%' and 'Narrow' are acceptable to everybody, 'Narrow' only just; 'Wide' would be refused by A"
    )


def test_what_designs_assume_is_said_of_the_designs_and_not_of_who_refuses_them() -> None:
    assert comparison_titles.apart(title("y AB")).endswith("refused by A and B; but the designs do not assume the same")
