"""Which year a heading of a pasted table names."""

import pytest

from ui import dated


@pytest.mark.parametrize(
    ("title", "year"), [("Year 1", 1), (f"Year {dated.LAST_OF_TERM}", dated.LAST_OF_TERM), ("Year 26", None)]
)
def test_a_year_of_the_term_is_named_by_its_number_up_to_the_last_that_a_term_can_have(
    title: str, year: int | None
) -> None:
    assert dated.year_in(title, alone=False) == year
    assert year is None or dated.of_term(year)
