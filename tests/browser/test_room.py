"""A room: a second screen follows, and a partner's device enters what the others see only once it is revealed."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ARTEFACTS
from tests.browser.test_journeys import Settled, load_small_charities

WHO = "Recovery charity"


def other(browser: Browser, address: str, settled: Settled) -> Page:
    """The page that a link leads to, on another device."""
    page = browser.new_context(viewport={"width": 1024, "height": 768}).new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=90_000)
    settled(page)
    return page


def test_a_screen_follows_and_a_partner_enters_its_own_figures(page: Page, browser: Browser, settled: Settled) -> None:
    page.goto("/room")
    page.get_by_role("button", name="Share this screen").click()
    expect(page.get_by_text("To follow on another screen")).to_be_visible()
    settled(page)
    expect(page.locator("code")).to_have_count(1)
    screen = other(browser, page.locator("code").inner_text(), settled)
    device = other(browser, own_link(page, WHO, settled), settled)

    device.get_by_role("link", name="In the room").click()
    expect(device.get_by_role("heading", level=1)).to_contain_text(f"Only you see what you enter here for {WHO}")
    settled(device)
    spread = device.get_by_label("Scale (%)", exact=True).first
    spread.fill("9.50")
    spread.press("Enter")
    expect(spread).to_have_value("9.5")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{WHO} has entered figures that nobody else has seen")
    page.screenshot(path=ARTEFACTS / "room.png")

    spread.fill("8.2")
    page.get_by_role("link", name="Overview").click()
    lever = page.get_by_role("slider", name="Providers' share of savings")
    lever.focus()
    lever.press("ArrowLeft")
    expect(screen.locator("p", has_text="50% → 45%")).to_be_visible()
    expect(screen.get_by_text("Providers' share of savings, first 5% (%): 45")).to_be_visible()
    expect(screen.get_by_role("slider")).to_have_count(0)
    device.wait_for_timeout(3_000)
    expect(spread).to_have_value("8.2")
    expect(spread).to_be_focused()

    settled(page)
    page.get_by_role("link", name="In the room").click()
    page.get_by_role("button", name=re.compile("^Reveal")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "None of six partners has figures that wait to be revealed"
    )
    settled(page)
    page.get_by_text("Changed (").click()
    expect(page.get_by_text(f"{WHO} › Cost uncertainty").first).to_be_visible()
    for one in (screen, device):
        one.context.close()


def own_link(page: Page, partner: str, settled: Settled) -> str:
    """What leads to the own screen of one partner, as the facilitator finds it."""
    page.get_by_text("Partners' own links").click()
    settled(page)
    whose = page.get_by_role("combobox", name="Show the link of")
    whose.wait_for()
    page.wait_for_timeout(1_000)  # as long as the panel unfolds, a list in it closes at once
    whose.fill(partner)
    whose.press("Enter")
    expect(page.locator("code")).to_have_count(2)
    settled(page)
    return page.locator("code").nth(1).inner_text()


def device_of(page: Page, browser: Browser, partner: str, settled: Settled) -> Page:
    """A room that begins, and the own screen of one of its partners."""
    page.goto("/room")
    page.get_by_role("button", name="Share this screen").click()
    expect(page.get_by_text("To follow on another screen")).to_be_visible()
    settled(page)
    return other(browser, own_link(page, partner, settled), settled)


def test_what_a_partner_is_typing_waits_while_another_alliance_is_loaded(
    page: Page, browser: Browser, settled: Settled
) -> None:
    device = device_of(page, browser, "Community charity", settled)
    expect(device.get_by_role("heading", level=1)).to_contain_text("for Community charity")
    field = device.get_by_label("Scale (%)", exact=True).first
    expect(field).not_to_have_value("7")
    field.fill("7")
    load_small_charities(page, settled)
    expect(device.get_by_text("Another alliance was loaded on the facilitator's screen.")).to_be_visible()
    settled(device)
    expect(field).not_to_have_value("7")
    settled(page)
    page.get_by_role("button", name="Undo loading").click()
    expect(device.get_by_text("is on the facilitator's screen again")).to_be_visible()
    settled(device)
    expect(field).to_have_value("7")
    expect(field).to_be_focused()
    page.get_by_role("link", name="In the room").click()
    expect(page.get_by_text("has entered figures")).to_have_count(0)
    field.press("End")
    field.press_sequentially(".5")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Community charity has entered figures")
    expect(field).to_have_value("7.5")
    device.context.close()


def test_what_a_partner_is_typing_stays_when_its_estimate_is_revealed(
    page: Page, browser: Browser, settled: Settled
) -> None:
    device = device_of(page, browser, WHO, settled)
    device.get_by_role("button", name="Say it in three figures").first.click()
    high = device.get_by_label("1 in 10 is above (%)", exact=True)
    expect(high).to_be_visible()
    settled(device)
    for field, half, whole in ((device.get_by_label("Value (£)", exact=True), "-6", "−6,000"), (high, "1", "14")):
        high.fill("12.50")
        high.press("Enter")
        expect(high).to_have_value("12.5")
        settled(device)
        field.fill(half)
        page.get_by_role("button", name=re.compile("^Reveal what")).click()
        expect(device.get_by_role("heading", level=1)).to_contain_text("is revealed: everybody sees it now")
        settled(device)
        expect(field).to_have_value(half)
        expect(field).to_be_focused()
        field.fill(whole)
        field.press("Enter")
        expect(device.get_by_role("heading", level=1)).to_contain_text(f"Only you see what you enter here for {WHO}")
        settled(device)
        expect(field).to_have_value(whole)
        settled(page)
    device.context.close()
