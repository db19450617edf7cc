"""Two people save into one design, each in a browser of their own; the server is killed, and what is saved stays."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_journeys import Settled
from tests.browser.test_nothing_is_lost import draft, drawn


@pytest.fixture
def people(browser: Browser, server: Server, settled: Settled) -> Iterator[tuple[Page, Page]]:
    """The page of the library in two browsers."""
    contexts = [browser.new_context(viewport={"width": 1366, "height": 768}, base_url=server.address) for _ in "ab"]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(60_000)
        page.goto(f"/library?s={draft()}")
        settled(drawn(page))
    yield pages[0], pages[1]
    for context in contexts:
        context.close()


def save(page: Page, settled: Settled, button: str, who: str, why: str) -> None:
    page.get_by_label("Your name").fill(who)
    page.get_by_label("Reason for saving").fill(why)
    page.get_by_role("button", name=button, exact=True).click()
    settled(page)


def test_the_second_to_save_sees_what_differs_and_chooses_and_a_killed_server_loses_nothing(
    people: tuple[Page, Page], server: Server, settled: Settled
) -> None:
    ada, bo = people
    ada.get_by_label("Name of the new design").fill("Draft")
    save(ada, settled, "Save as a new design", "Ada", "To begin with")
    expect(ada.get_by_role("heading", level=1)).to_contain_text("Version 1 of 'Draft'")

    bo.reload()
    settled(drawn(bo))
    bo.get_by_role("tab", name="Save").click()
    settled(bo)
    save(bo, settled, "Save", "Bo", "Mine")
    expect(bo.get_by_text("Nothing was saved: version 1 of 'Draft' is not what you began with")).to_be_visible()
    expect(bo.get_by_label("Reason for saving")).to_have_value("Mine")
    bo.get_by_role("button", name="Save mine on top of version 1").click()
    settled(bo)
    expect(bo.get_by_role("heading", level=1)).to_contain_text("Version 2 of 'Draft'")

    server.kill()
    server.start()
    ada.reload()
    settled(drawn(ada))
    expect(ada.get_by_role("heading", level=1)).to_contain_text("Version 2 of 'Draft'")
    expect(ada.get_by_text("Version 2 is newer, by Bo")).to_be_visible()
