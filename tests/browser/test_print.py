"""A page is printed in light colours, whatever the screen has."""

from datetime import date

from playwright.sync_api import Browser, Page, expect

from data import presets
from tests.browser.conftest import Server
from tests.browser.test_journeys import Settled
from tests.browser.test_keyboard import styled

DARK, LIGHT, PAPER = "rgb(238, 242, 246)", "rgb(20, 25, 31)", "rgb(255, 255, 255)"


def test_a_dark_page_is_printed_in_light_colours(browser: Browser, server: Server, settled: Settled) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=server.address, color_scheme="dark")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/appetite")
    chart = page.locator(".st-key-chart-board-futures")
    expect(chart.locator(".main-svg").first).to_be_visible(timeout=90_000)
    settled(page)
    app, words, title = page.locator(".stApp"), chart.locator(".xtitle"), page.locator("h1")
    hatching = chart.locator(".main-svg pattern path").first
    assert styled(words, "fill") == styled(title, "color") == DARK
    page.emulate_media(media="print")
    expect(app).to_have_css("background-color", PAPER)
    expect(words).to_have_css("fill", LIGHT)  # charts may be drawn anew for paper
    expect(title).to_have_css("color", LIGHT)
    expect(hatching).to_have_css("stroke", "rgb(212, 84, 27)")
    context.close()


def test_every_printed_page_says_what_it_is_about_and_no_sign_of_a_link(page: Page, settled: Settled) -> None:
    page.goto("/acceptance")
    title = page.get_by_role("heading", level=1)
    expect(title).to_be_visible(timeout=90_000)
    settled(page)
    before = "at => getComputedStyle(at, '::before').content"
    main = page.get_by_test_id("stMainBlockContainer")
    assert main.evaluate(before) == "none"
    page.emulate_media(media="print")
    head = main.evaluate(before)
    today = date.today()
    for part in (presets.preset(presets.FIRST).name, "starting design", "Illustrative figures", f"{today:%B %Y}"):
        assert part in head
    for sign in page.get_by_test_id("stHeaderActionElements").all():
        expect(sign).to_be_hidden()


def test_whose_mind_is_asked_about_is_printed_on_the_sheet_of_its_heading(page: Page, settled: Settled) -> None:
    page.goto("/acceptance")
    whole = page.locator(".st-key-whose-mind")
    expect(whole.get_by_role("heading", name="What would change their mind")).to_be_visible(timeout=90_000)
    settled(page)
    page.emulate_media(media="print")
    chosen = whole.get_by_test_id("stSelectbox")
    expect(chosen).to_be_visible()
    for part in (whole, chosen):
        expect(part).to_have_css("break-inside", "avoid")
    heads = page.locator(".st-key-lines-prices > *").first
    expect(heads).to_contain_text("Just accepts at")
    expect(heads).to_have_css("break-after", "avoid")
