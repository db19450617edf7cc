"""A table copied from a spreadsheet is read cell by cell, and bounded."""

import pytest

from data.cells import LARGEST_TEXT, MOST_ROWS, folded, rows
from model.documents import Refused


def test_tabs_part_cells_and_semicolons_where_there_are_no_tabs() -> None:
    assert rows("a\t1;5\nb\t2") == [["a", "1;5"], ["b", "2"]]
    assert rows("a;1\r\nb;2\r\n") == [["a", "1"], ["b", "2"]]


def test_an_empty_cell_and_an_empty_row_keep_their_places() -> None:
    assert rows("a\t\t3\n\nb\t2\t\n") == [["a", "", "3"], [], ["b", "2", ""]]


def test_a_cell_in_quotes_may_hold_lines_and_tabs() -> None:
    assert rows('"one\ntwo"\t"a ""b"""\n') == [["one two", 'a "b"']]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("é" * (LARGEST_TEXT // 2 + 1), f"at most {LARGEST_TEXT:,} are read"),
        ("1\n" * (MOST_ROWS + 1), f"at most {MOST_ROWS} are read"),
    ],
)
def test_what_is_too_large_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        rows(text)


def test_capitals_and_spaces_do_not_count_in_names() -> None:
    assert folded("  Recovery  CHARITY ") == folded("recovery charity")
