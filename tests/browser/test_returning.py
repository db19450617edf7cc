"""Where the focus is once a page is drawn anew: on what was chosen, on a row that was added, where a link leads to."""

import pytest
from playwright.sync_api import Page, expect

from data import drafts, presets
from tests.browser.test_journeys import Settled
from ui.session import DRAW_CHOICES, Session


def opened(page: Page, place: str, settled: Settled, preset: str = presets.FIRST) -> Page:
    """A page of the app with a draft of few futures."""
    session = Session(drafts.new_id(), presets.preset(preset), preset)
    session.draws = min(DRAW_CHOICES)
    session.keep()
    page.goto(f"{place}?s={session.draft}")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=90_000)
    settled(page)
    return page


def small(page: Page) -> None:
    """A laptop at 200%."""
    page.set_viewport_size({"width": 683, "height": 384})


@pytest.mark.parametrize(("tab", "noun"), [("Costs", "provider"), ("Partners and reserves", "commissioner")])
def test_a_row_that_was_added_has_the_focus_at_its_name(tab: str, noun: str, page: Page, settled: Settled) -> None:
    opened(page, "/baseline", settled)
    page.get_by_role("tab", name=tab).click()
    page.get_by_role("button", name=f"Add a {noun}").press("Enter")
    expect(page.get_by_label(f"Name, New {noun}")).to_be_focused()
    settled(page)
    page.wait_for_timeout(300)
    page.keyboard.type("Ours")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name, Ours", exact=True)).to_have_value("Ours")


def test_a_choice_that_opens_other_fields_keeps_the_focus(page: Page, settled: Settled) -> None:
    opened(page, "/risk_share", settled)
    page.get_by_role("tab", name="Total").click()
    cap = page.get_by_role("combobox", name="Cap on total pain")
    expect(cap).to_have_value("% of the fee")
    settled(page)
    cap.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="% of target cost")).to_have_attribute("data-focused", "true")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="The lower of two")).to_have_attribute("data-focused", "true")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    settled(page)
    expect(cap).to_have_value("The lower of two")
    expect(cap).to_be_focused()


def test_a_kind_of_appetite_keeps_the_focus(page: Page, settled: Settled) -> None:
    opened(page, "/acceptance", settled)
    page.get_by_role("tab", name="What each accepts").click()
    chosen = page.get_by_role("radio", name="In pounds and chances")
    chosen.focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Loss that must stay unlikely").first).to_be_visible()
    settled(page)
    expect(chosen).to_be_focused()


def test_the_field_after_the_years_keeps_the_focus(page: Page, settled: Settled) -> None:
    opened(page, "/baseline", settled, presets.NEW)
    page.get_by_role("tab", name="Targets and term").click()
    page.get_by_label("Years", exact=True).click()
    page.keyboard.press("Control+A")
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    at = "document.activeElement.getAttribute('aria-label')"
    after = page.evaluate(at)
    settled(page)
    assert page.evaluate(at) == after


def test_the_way_to_the_alliance_s_name_ends_there(page: Page, settled: Settled) -> None:
    opened(page, "/baseline", settled)
    page.get_by_role("link", name="Change the alliance's name and story").press("Enter")
    name = page.get_by_role("textbox", name="Name", exact=True)
    expect(name).to_be_focused()
    settled(page)
    expect(name).to_be_focused()
    expect(name).to_be_in_viewport()


def test_the_first_word_of_a_story_takes_the_place_of_nobody_s(page: Page, settled: Settled) -> None:
    opened(page, "/", settled, presets.NEW)
    story = page.get_by_role("textbox", name="Story")
    expect(story).to_have_value("")
    story.focus()
    page.keyboard.type("Frail older people")
    page.keyboard.press("Control+Enter")
    settled(page)
    expect(story).to_have_value("Frail older people")


def test_what_was_tried_is_seen_where_it_makes_everybody_sign(page: Page, settled: Settled) -> None:
    small(page)
    opened(page, "/acceptance", settled)
    tried = page.get_by_role("button", name="Try Its share of pain at")
    tried.focus()
    word = tried.get_by_text("Try", exact=False).first
    expect(word).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Everybody would sign")
    settled(page)
    expect(page.get_by_text("With what was tried")).to_be_in_viewport()


def test_the_way_to_what_a_failure_would_change_ends_there(page: Page, settled: Settled) -> None:
    opened(page, "/joining", settled)
    page.get_by_role("button", name="fails, prices rise").press("Enter")
    there = page.locator(".st-key-board-stress summary")
    expect(there).to_be_focused()
    settled(page)
    expect(page.get_by_text("What would happen")).to_be_in_viewport()


@pytest.mark.parametrize("height", [768, 384])
def test_half_pages_and_tiles_take_all_of_a_narrow_page(height: int, page: Page, settled: Settled) -> None:
    page.set_viewport_size({"width": 683, "height": height})
    opened(page, "/joining", settled)
    room = page.get_by_test_id("stMainBlockContainer").bounding_box()
    for name in ("half-joining", "half-trouble"):
        half = page.locator(f".st-key-{name}").bounding_box()
        assert room and half and half["width"] > room["width"] - 40
    page.emulate_media(media="print")
    for name in ("joining", "reserves"):
        half = page.locator(f".st-key-half-{name}").bounding_box()
        drawn = page.locator(f".st-key-half-{name} .main-svg").first.bounding_box()
        assert half and drawn and drawn["width"] <= half["width"] + 1
    page.emulate_media(media="screen")
    opened(page, "/", settled)
    metrics = page.locator(".st-key-at-stake [data-testid=stMetric]")
    expect(metrics).to_have_count(4)
    tiles = [one.bounding_box() for one in metrics.all()]
    assert all(tile and tile["width"] > 300 for tile in tiles)


def test_what_is_below_an_open_menu_is_dimmed_and_not_emptied(page: Page, settled: Settled) -> None:
    small(page)
    opened(page, "/baseline", settled)
    page.get_by_test_id("stExpandSidebarButton").press("Enter")
    expect(page.get_by_role("button", name="Collapse sidebar")).to_be_focused()
    main, field = page.get_by_test_id("stMain"), page.locator("[data-testid=stMain] input").first
    expect(main).to_have_css("opacity", "0.4")
    expect(field).to_have_css("visibility", "visible")
    assert main.evaluate("at => at.inert")
    page.keyboard.press("Escape")
    expect(main).to_have_css("opacity", "1")
    assert not main.evaluate("at => at.inert")


def test_the_name_that_is_typed_is_taken_from_a_list_of_several(page: Page, settled: Settled) -> None:
    opened(page, "/uncertainty", settled)
    page.get_by_role("tab", name="Risks").click()
    hit = page.get_by_test_id("stMultiSelect").filter(has_text="Whom it hits").first
    hit.get_by_role("combobox").focus()
    page.keyboard.type("char")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Enter")
    settled(page)
    expect(hit).to_contain_text("Recovery charity")
    expect(hit).not_to_contain_text("Community charity")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_a_way_to_a_section_far_down_leads_to_it(size: tuple[int, int], page: Page, settled: Settled) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page, "/finding", settled)
    page.get_by_role("button", name="What one term can do").click()
    heading = page.get_by_role("heading", name="What would change their mind")
    expect(heading).to_be_focused()
    settled(page)
    expect(heading).to_be_in_viewport()
    page.wait_for_function("at => at.getBoundingClientRect().top < innerHeight / 2", arg=heading.element_handle())


def test_the_way_to_how_wrong_we_may_be_leads_to_that_heading(page: Page, settled: Settled) -> None:
    page.goto("/drivers")
    settled(page)
    page.get_by_role("button", name="How wrong may we be?").click()
    heading = page.get_by_role("heading", name="How wrong may we be?")
    expect(heading).to_be_visible(timeout=90_000)
    settled(page)
    expect(heading).to_be_in_viewport()
