"""Who uses only the keyboard, or lets the system choose the colours, sees where they are and what is chosen; Tab goes
from field to field; what is typed counts before a shortcut acts, and a menu that lies over the page can be left."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_journeys import Settled


@pytest.fixture
def forced(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, base_url=server.address, forced_colors="active"
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


EXPANDS = "stExpandSidebarButton"
HEARS = "(keys) => hotkeys.getAllKeyCodes().some((heard) => heard.shortcut === keys)"
"""A button is on the screen a moment before its shortcut is heard."""
Opened = Callable[[str, int, int], Page]


@pytest.fixture
def opened(browser: Browser, server: Server, settled: Settled) -> Iterator[Opened]:
    """Opens a page of the app in a window of its own, so wide and so high."""
    contexts = []

    def opens(path: str, width: int, height: int) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=server.address)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=90_000)
        settled(page)
        return page

    yield opens
    for context in contexts:
        context.close()


def styled(place: Locator, name: str) -> str:
    found: str = place.evaluate("(at, name) => getComputedStyle(at)[name]", name)
    return found


def test_a_closed_sidebar_has_no_stops_of_the_tab_key(opened: Opened) -> None:
    page = opened("/", 683, 768)
    stops = []
    for _ in range(6):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("!!document.activeElement.closest('[data-testid=stSidebar]')"))
    assert not any(stops)
    page.get_by_role("button", name="Expand sidebar").click()
    link = page.get_by_role("link", name="Risk share", exact=True)
    expect(link).to_be_visible()
    expect(page.get_by_role("button", name="Collapse sidebar")).to_be_focused()
    link.focus()
    page.keyboard.press("Tab")
    assert styled(page.locator("[data-testid=stPageLink-NavLink]:focus"), "outlineStyle") == "solid"


def test_an_open_menu_over_a_narrow_page_keeps_the_tab_key_and_shows_its_way_out(opened: Opened) -> None:
    page = opened("/acceptance", 683, 384)
    page.get_by_test_id("stExpandSidebarButton").focus()
    page.keyboard.press("Enter")
    way_out = page.get_by_role("button", name="Collapse sidebar")
    expect(way_out).to_be_focused()
    inside = "!!document.activeElement.closest('[data-testid=stSidebar]')"
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    for _ in range(8):
        page.keyboard.press("Shift+Tab")
    expect(way_out).to_be_focused()
    way_out.press("Enter")
    expect(page.get_by_role("tab").first).to_be_visible()


def test_focus_sliders_and_what_is_chosen_show_in_forced_colours(forced: Page, settled: Settled) -> None:
    forced.goto("/risk_share")
    expect(forced.get_by_role("heading", level=1)).to_be_visible(timeout=90_000)
    settled(forced)
    chosen, other = forced.get_by_role("tab").nth(0), forced.get_by_role("tab").nth(1)
    expect(chosen).not_to_have_css("background-color", styled(other, "backgroundColor"))
    thumb = forced.locator("[data-testid=stSlider] [role=group] > div > div:has(input)").first
    expect(thumb).to_have_css("background-color", styled(forced.locator("h1"), "color"))
    thumb.locator("input").focus()
    forced.keyboard.press("ArrowRight")
    assert styled(thumb, "outlineStyle") == "solid"
    forced.keyboard.press("Tab")
    assert styled(forced.locator(":focus").first, "outlineStyle") == "solid"


def test_a_figure_that_is_being_typed_counts_when_a_shortcut_turns_the_page(opened: Opened, settled: Settled) -> None:
    page = opened("/baseline", 1366, 768)
    page.wait_for_function(HEARS, arg="alt+p")
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


@pytest.mark.parametrize("way", ["Escape", "a page"])
def test_a_menu_over_a_narrow_page_closes(way: str, opened: Opened) -> None:
    page = opened("/acceptance", 390, 844)
    page.get_by_test_id(EXPANDS).press("Enter")
    expect(page.get_by_role("button", name="Collapse sidebar")).to_be_focused()
    if way == "Escape":
        page.keyboard.press("Escape")
        expect(page.get_by_test_id(EXPANDS)).to_be_focused()
    else:
        page.get_by_role("link", name="Risk share", exact=True).press("Enter")
        expect(page.get_by_role("tab", name="Split and own caps")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id(EXPANDS)).to_be_visible()


FOCUSED = "document.activeElement.getAttribute('aria-label')"


def typed_in_a_row(page: Page, figures: list[str]) -> None:
    """Types figures from the field in focus on, one Tab after each, as in a spreadsheet."""
    for figure in figures:
        page.keyboard.press("Control+A")
        page.keyboard.type(figure)
        page.keyboard.press("Tab")
        page.wait_for_timeout(80)


def test_figures_typed_with_one_tab_each_stand_where_they_were_meant(opened: Opened, settled: Settled) -> None:
    page = opened("/settle_year", 1366, 768)
    costs = ["Mental health trust", "Adult social care", "Community charity", "Recovery charity"]
    page.get_by_role("textbox", name=costs[0], exact=True).click()
    typed_in_a_row(page, ["10", "20", "30", "40"])
    for name, figure in zip(costs, ["10", "20", "30", "40"], strict=True):
        expect(page.get_by_role("textbox", name=name, exact=True)).to_have_value(figure)

    page = opened("/framework", 1366, 768)
    page.get_by_role("tab", name="One KPI").click()
    settled(page)
    levels = ["Failure", "Poor", "Minimum", "Stretch", "Gamebreaking"]
    fields = [page.get_by_role("textbox", name=name) for name in levels]
    fields[0].click()
    typed_in_a_row(page, ["10", "20", "30", "40", "50"])
    settled(page)
    for field, figure in zip(fields, ["10", "20", "30", "40", "50"], strict=True):
        expect(field).to_have_value(figure)


def test_f1_opens_the_help_of_a_field_and_goes_back_to_it(opened: Opened, settled: Settled) -> None:
    page = opened("/settle_year", 1366, 768)
    first, second = (page.get_by_role("textbox", name=n, exact=True) for n in ("Mental health trust", "Relief"))
    second.click()
    page.keyboard.type("12")
    page.keyboard.press("F1")
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert page.evaluate(FOCUSED) == "Help for Relief"
    page.keyboard.type("3")
    expect(second).to_be_focused()
    expect(second).to_have_value("123")
    page.keyboard.press("F1")
    page.keyboard.press("Escape")
    expect(second).to_be_focused()
    settled(page)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    expect(first).to_have_attribute("aria-keyshortcuts", "F1")


def test_who_types_on_at_the_end_of_a_line_types_into_the_next_and_removes_nothing(
    opened: Opened, settled: Settled
) -> None:
    page = opened("/baseline", 1366, 768)
    page.get_by_role("textbox", name="Fee (%), Adult social care").click()
    page.keyboard.type("4.5")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Remove").nth(1)).to_be_focused()
    page.keyboard.type("A charity for all")
    page.keyboard.press("Tab")
    settled(page)
    names = page.get_by_role("textbox", name=re.compile("^Name, "))
    expect(names.nth(1)).to_have_value("Adult social care")
    expect(names.nth(2)).to_have_value("A charity for all")
    page.get_by_role("button", name="Remove").nth(2).focus()
    page.keyboard.press("Space")  # who means it can press it still
    expect(names).to_have_count(3)
