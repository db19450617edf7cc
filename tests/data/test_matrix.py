"""A pasted correlation matrix becomes pairs, or one sentence says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.matrix import read_matrix
from model.documents import Refused

NAMES = ["Cost: A, Trust", "Cost: B", "KPI: C"]


@pytest.mark.parametrize(
    "text",
    [
        'x,"Cost: A, Trust",Cost: B\n"Cost: A, Trust",1,0.3\nCost: B,0.3,1',
        "\tCost: A, Trust\tcost:  b\t\nCost: A, Trust\t1\t30%\nCost: B\t\t100%\t\n",
        ";Cost: A, Trust\nCost: B;30%\n\n",
    ],
    ids=["commas", "tabs and one half", "a part"],
)
def test_a_matrix_is_read_however_it_was_copied(text: str) -> None:
    found = read_matrix(text, NAMES)
    assert {(*sorted(both), value) for both, value in found.items()} == {("Cost: A, Trust", "Cost: B", 0.3)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste a table"),
        ("abc\ndef", "The first line holds no names"),
        (",Cost: B,KPI: D\nCost: B,1,0.5", "The first line names 'KPI: D'"),
        (",Cost: B,Cost: B\nKPI: C,1,1", "The first line names 'Cost: B' twice"),
        (",Cost: B,KPI: C\nCost: B,1,1.2", "'Cost: B' with 'KPI: C' is '1.2'; a correlation lies between"),
        (",Cost: B,KPI: C\nCost: B,1,abc", "'Cost: B' with 'KPI: C' holds 'abc'"),
        (",Cost: B,KPI: C\nCost: B,1,=A1", "'Cost: B' with 'KPI: C' holds a formula"),
        (",Cost: B,KPI: C\nCost: B,0.9,0.1", "'Cost: B' with 'Cost: B' is '0.9'; a quantity has"),
        (",Cost: B,KPI: C\nCost: B,1,0.1\nKPI: C,0.2,1", "make them the same"),
        (",Cost: B\nKPI: C,0.1,0.2", "has 2 figures; there are 1 names"),
        (",Cost: B\nCost: B,1", "The table holds no correlation"),
        ("\n".join(["a,b"] * 500), "The table has 500 lines"),
        ("x" * 300_000, "The text has 300,000 characters"),
    ],
)
def test_a_bad_matrix_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(Refused, match=r"^[^\n]*$") as refusal:
        read_matrix(text, NAMES)
    assert said in str(refusal.value)


@given(st.text(alphabet='KPI: CostAB,;\t\n"0.1%-\x00\u2028', max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read_matrix(text, NAMES)
    except Refused:
        return
    assert all(-1 <= value <= 1 for value in found.values())
