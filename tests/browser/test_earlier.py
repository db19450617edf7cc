"""A browser remembers the drafts that were worked on in it, where others can reach the app too."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_nothing_is_lost import draft, drawn


@pytest.fixture
def for_a_room() -> Iterator[Server]:
    """A server that others can reach."""
    server = Server("--server.address", "0.0.0.0")
    server.start()
    yield server
    server.kill()


def at(page: Page, place: str) -> Page:
    page.goto(place)
    return drawn(page)


def test_a_kept_design_is_found_again_in_the_same_browser_and_in_no_other(browser: Browser, for_a_room: Server) -> None:
    mine, others = (browser.new_context(base_url=for_a_room.address) for _ in range(2))
    page = at(mine.new_page(), f"/compare?s={draft()}")
    page.get_by_role("button", name="Keep this design").click()
    page.get_by_label("Keep this design as").fill("Half the cap")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Kept designs (1)")).to_be_visible()
    drawn(page).close()
    again = at(mine.new_page(), "/")
    expect(again.get_by_role("button", name=re.compile("the last draft here, 1 kept design$"))).to_be_visible()
    again.get_by_test_id("stSidebar").get_by_text("Scenarios and files").click()
    expect(again.get_by_text("Earlier drafts in this browser")).to_be_visible()
    again.get_by_role("button", name=re.compile(r"^Lambeth.*changed at \d\d:\d\d today, 1 kept design$")).click()
    again.get_by_role("link", name="Compare designs").click()
    expect(again.get_by_role("button", name="Kept designs (1)")).to_be_visible()
    stranger = at(others.new_page(), "/")
    expect(stranger.get_by_role("button", name="Skip")).to_be_visible()
    expect(stranger.get_by_role("button", name=re.compile("^Go on with"))).to_have_count(0)
    for context in (mine, others):
        context.close()
