"""What is told at the top of a page."""

from data import presets
from ui.editing import Session


def test_news_stays_on_the_page_where_it_is_told_and_ends_on_the_next() -> None:
    session = Session("draft", presets.preset(presets.FIRST), presets.FIRST)
    session.news = "Saved: version 1."
    assert session.told("library") == "Saved: version 1."
    assert session.told("library") == "Saved: version 1."
    assert session.told("papers") == session.told("library") == ""
    session.news = "Saved: version 2."
    assert session.told("papers") == "Saved: version 2."
