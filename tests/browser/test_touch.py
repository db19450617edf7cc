"""By finger: a page that is scrolled over a slider leaves it as it was, and another page begins at its title."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_journeys import Settled
from tests.browser.test_returning import opened


def by_finger(browser: Browser, server: Server, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=server.address, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def tablet(browser: Browser, server: Server) -> Iterator[Page]:
    yield from by_finger(browser, server, 820, 1180)


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    yield from by_finger(browser, server, 390, 844)


def swipe(page: Page, finger: CDPSession, start: tuple[float, float], by: tuple[float, float]) -> None:
    """A finger put down, moved in small steps and lifted."""
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start[0], "y": start[1]}]})
    for i in range(1, 13):
        point = {"x": start[0] + by[0] * i / 12, "y": start[1] + by[1] * i / 12}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        page.wait_for_timeout(16)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def place(slider: Locator, part: float) -> tuple[float, float]:
    """A place on a slider, so far along its track."""
    slider.scroll_into_view_if_needed()
    box = slider.get_by_role("group").bounding_box()
    assert box
    return box["x"] + part * box["width"], box["y"] + box["height"] / 2


def test_only_a_swipe_to_the_side_or_a_tap_moves_a_slider(tablet: Page, settled: Settled) -> None:
    tablet.goto("/")
    expect(tablet.get_by_role("heading", level=1)).to_be_visible(timeout=90_000)
    settled(tablet)
    slider = tablet.get_by_test_id("stMain").get_by_test_id("stSlider").first
    knob, main = slider.locator("input"), tablet.get_by_test_id("stMain")
    finger = tablet.context.new_cdp_session(tablet)
    expect(knob).to_have_value("50")
    for part in (0.2, 0.5):  # on the track, and on the knob
        start = place(slider, part)
        before = main.evaluate("at => at.scrollTop")
        swipe(tablet, finger, start, (4, -250))
        settled(tablet)
        assert main.evaluate("at => at.scrollTop") > before + 100
        expect(knob).to_have_value("50")
    box = slider.get_by_role("group").bounding_box()
    swipe(tablet, finger, place(slider, 0.5), (0.25 * box["width"] if box else 0.0, 5))
    settled(tablet)
    expect(knob).to_have_value("75")
    tablet.touchscreen.tap(*place(slider, 0.2))
    expect(knob).to_have_value("20")
    settled(tablet)
    expect(tablet.get_by_text("What just changed").first).to_be_visible()


def test_a_page_chosen_from_the_menu_begins_at_its_title(phone: Page, settled: Settled) -> None:
    """The second time in particular: what is settled already takes the place of the page before at once."""
    opened(phone, "/joining", settled)
    main, title = phone.get_by_test_id("stMain"), phone.get_by_role("heading", level=1)
    for name in ("Overview", "Acceptance", "Should we join?", "Overview", "Acceptance"):
        before = title.inner_text()
        main.evaluate("at => at.scrollTo(0, at.scrollHeight)")
        expect(title).not_to_be_in_viewport()
        phone.get_by_test_id("stExpandSidebarButton").tap()
        phone.get_by_test_id("stSidebar").get_by_role("link", name=name).tap()
        expect(title).not_to_have_text(before)
        settled(phone)
        expect(title).to_be_in_viewport()
        expect(title).to_be_focused()
