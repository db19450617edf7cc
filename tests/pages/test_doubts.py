"""Fees and costs so small that something else was hardly meant: asked about below their line."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import opened


def enter(app: AppTest, label: str, text: str) -> None:
    next(box for box in app.text_input if box.label == label).set_value(text).run()
    assert not app.exception


@pytest.mark.parametrize(
    ("label", "small", "said", "sure"),
    [
        ("Fee (%)", "0.05", "a fee of 0.05%: did you mean 5%?", "0.05%"),
        ("Baseline cost (£)", "3.4", "a cost of £3.4 a year: did you mean £3.4m or £3.4k?", "£3.40"),
    ],
)
def test_a_fee_or_a_cost_that_is_hardly_meant_so_small_is_asked_about(
    label: str, small: str, said: str, sure: str
) -> None:
    app, field = opened("baseline.py"), f"{label}, Recovery charity"
    for text, asked in ((small, [f"Recovery charity: {said}"]), (sure, [])):
        enter(app, field, text)
        assert [one.value for one in app.warning] == asked
