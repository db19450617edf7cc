"""What is told at the top of a page."""

from data import drafts, presets, room
from ui.editing import Session
from ui.guest import Guest


def test_news_stays_on_the_page_where_it_is_told_and_ends_on_the_next() -> None:
    session = Session("draft", presets.preset(presets.FIRST), presets.FIRST)
    session.news = "Saved: version 1."
    assert session.told("library") == "Saved: version 1."
    assert session.told("library") == "Saved: version 1."
    assert session.told("papers") == session.told("library") == ""
    session.news = "Revealed."
    assert session.told("room") == "Revealed."
    session.news = "Taken back."  # while another page is opened
    assert session.told("overview") == "Taken back."
    assert session.told("papers") == ""
    session.news = "Saved: version 2."
    assert session.told("papers") == "Saved: version 2."


def test_a_screen_that_follows_is_told_once_too_but_for_the_end_of_sharing() -> None:
    host = Session(drafts.new_id(), presets.preset(presets.FIRST), presets.FIRST)
    host.refresh()
    room.share(host.draft, ["Council"])
    guest = Guest(room.links(host.draft)["Council"], "Council", host)
    guest.news = "What you entered for Council is revealed."
    assert guest.told("room") == "What you entered for Council is revealed."
    assert guest.told("overview") == ""
    room.end(host.draft)
    for page in ("overview", "acceptance"):
        guest.catch_up()
        assert "ended sharing" in guest.told(page)
