"""Keys: what is typed counts before a shortcut acts, and a menu that lies over the page can be left."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server
from tests.browser.test_journeys import Settled

EXPANDS = "stExpandSidebarButton"


def test_a_figure_that_is_being_typed_counts_when_a_shortcut_turns_the_page(
    browser: Browser, server: Server, settled: Settled
) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=server.address)
    page = context.new_page()
    page.goto("/baseline")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=90_000)
    settled(page)
    page.keyboard.press("Alt+p")
    expect(page.get_by_role("button", name="End presenting")).to_be_visible(timeout=30_000)
    settled(page)
    fee = page.get_by_label("Fee (%), Mental health trust")
    fee.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("7")
    page.keyboard.press("Alt+n")
    expect(page.get_by_role("tab", name="One KPI")).to_be_visible(timeout=30_000)
    page.keyboard.press("Alt+b")
    expect(fee).to_have_value("7", timeout=30_000)
    expect(page.get_by_role("button", name="Undo Shortcut")).to_be_enabled()
    context.close()


@pytest.mark.parametrize("way", ["Escape", "a page"])
def test_a_menu_over_a_narrow_page_closes(way: str, browser: Browser, server: Server, settled: Settled) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=server.address)
    page = context.new_page()
    page.goto("/acceptance")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=90_000)
    settled(page)
    page.get_by_test_id(EXPANDS).press("Enter")
    expect(page.get_by_role("button", name="Collapse sidebar")).to_be_focused()
    if way == "Escape":
        page.keyboard.press("Escape")
        expect(page.get_by_test_id(EXPANDS)).to_be_focused()
    else:
        page.get_by_role("link", name="Risk share", exact=True).press("Enter")
        expect(page.get_by_role("tab", name="Split")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id(EXPANDS)).to_be_visible()
    context.close()
