"""What people do in the app, in a real browser."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data import drafts, presets
from model.documents import from_document, from_json, to_document, to_json
from tests.browser.conftest import ARTEFACTS, Server
from ui.contents import CONTENTS
from ui.session import Session

Settled = Callable[[Page], None]
PAGES = [Path(file).stem for pages in CONTENTS.values() for file, _, _ in pages]


def type_into(page: Page, label: str, text: str, settled: Settled) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Enter")
    settled(page)


def figure_of(page: Page, partner: str) -> str:
    return page.locator("table tr", has_text=partner).first.inner_text()


def go(page: Page, name: str, settled: Settled) -> None:
    page.get_by_role("link", name=name).click()
    page.wait_for_timeout(300)
    settled(page)


def load_small_charities(page: Page, settled: Settled) -> None:
    """From whatever page."""
    page.get_by_test_id("stSidebar").get_by_text("Scenarios and files").click()
    settled(page)
    expect(page.get_by_label("Preset")).to_be_visible()
    settled(page)  # a list that is opened while its part is still being drawn may close again
    page.get_by_label("Preset").click()
    page.get_by_role("option", name="Small charities").click()
    settled(page)
    page.get_by_role("button", name="Load preset").click()


def load_eight_partners(page: Page, settled: Settled) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("would refuse to sign")
    settled(page)
    load_small_charities(page, settled)
    settled(page)
    expect(page.get_by_text("Illustrative figures · starting design")).to_be_visible()


def test_pick_a_preset_change_a_fee_and_a_band_and_see_a_partners_figure_change(page: Page, settled: Settled) -> None:
    load_eight_partners(page, settled)
    go(page, "Partners' gain and pain", settled)
    at_first = figure_of(page, "Peer support charity")

    go(page, "Baseline and fees", settled)
    type_into(page, "Fee (%), Peer support charity", "9", settled)
    go(page, "Partners' gain and pain", settled)
    expect(page.get_by_text("starting design, changed")).to_be_visible()
    with_fee = figure_of(page, "Peer support charity")
    assert with_fee != at_first

    go(page, "Risk share", settled)
    type_into(page, "Providers' share (%), gain band 1", "80", settled)
    go(page, "Partners' gain and pain", settled)
    assert figure_of(page, "Peer support charity") != with_fee
    expect(page.get_by_text("Starting design: 1 in 20")).to_be_visible()
    page.screenshot(path=ARTEFACTS / "journey.png", full_page=True)


SIZES = {"laptop": (1366, 768), "projector": (1920, 1080), "laptop at 200%": (683, 384), "tablet": (820, 1180)}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_page_opens_cold_without_an_error_or_an_outside_request(
    browser: Browser, server: Server, settled: Settled, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, base_url=server.address)
    page = context.new_page()
    outside: list[str] = []
    page.on(
        "request", lambda r: None if r.url.startswith((server.address, "data:", "blob:")) else outside.append(r.url)
    )
    for name in PAGES:
        page.goto(f"/{name}" if name != "overview" else "/")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=90_000)
        settled(page)
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        page.wait_for_timeout(300)
        width = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        assert width <= 0, f"{name} scrolls sideways"
        page.screenshot(path=ARTEFACTS / f"{name}-{size[0]}.png")
    assert [url for url in outside if not url.startswith("ws")] == []
    context.close()


def test_an_invalid_edit_is_kept_across_pages_and_a_reload_and_mended(page: Page, settled: Settled) -> None:
    page.goto("/risk_share")
    settled(page)
    type_into(page, "Providers' share (%), gain band 1", "130", settled)
    sentence = page.get_by_text("Providers' share is 130%; it must be at most 100%")
    expect(sentence.first).to_be_visible()
    for way in (lambda: go(page, "Overview", settled), page.reload):
        way()
        settled(page)
        expect(sentence.first).to_be_visible()
        go(page, "Risk share", settled)
        expect(page.get_by_label("Providers' share (%), gain band 1", exact=True)).to_have_value("130")
    type_into(page, "Providers' share (%), gain band 1", "60", settled)
    expect(sentence).to_have_count(0)


def test_fast_typing_through_a_row_keeps_every_cell(page: Page, settled: Settled) -> None:
    page.goto("/baseline")
    settled(page)
    page.get_by_label("Baseline cost (£), Mental health trust", exact=True).click()
    typed = ["£39,500,000", "6", "0.4", "4.5"]
    for text in typed:
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    settled(page)
    page.wait_for_timeout(500)
    go(page, "Overview", settled)
    go(page, "Baseline and fees", settled)
    labels = ["Baseline cost (£)", "Required saving (%)", "Demand growth (%)", "Fee (%)"]
    shown = [page.get_by_label(f"{label}, Mental health trust", exact=True).input_value() for label in labels]
    assert shown == ["39,500,000", "6", "0.4", "4.5"]


def test_edits_survive_a_killed_server(browser: Browser, settled: Settled) -> None:
    own = Server()
    own.start()
    try:
        page = browser.new_page(base_url=own.address)
        page.goto("/baseline")
        settled(page)
        type_into(page, "Fee (%), Recovery charity", "8.5", settled)
        own.kill()
        own.start()
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=90_000)
        settled(page)
        expect(page.get_by_label("Fee (%), Recovery charity", exact=True)).to_have_value("8.5")
        page.close()
    finally:
        own.kill()


def test_a_scenario_can_be_downloaded_and_uploaded_and_a_wrong_file_is_explained(
    page: Page, settled: Settled, tmp_path: Path
) -> None:
    page.goto("/")
    settled(page)
    page.get_by_test_id("stSidebar").get_by_text("Scenarios and files").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download scenario").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text == to_json(presets.preset(presets.FIRST))

    wrong = json.loads(text)
    wrong["framework"]["kras"][0]["kpis"][0]["weight"] -= 0.05
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(wrong), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    settled(page)
    expect(
        page.get_by_text("wrong.json was not loaded. KPI weights in 'Recover and stay well' add up to 95%")
    ).to_be_visible()

    renamed = from_json(text).edited(name="Our own alliance")
    good = tmp_path / "good.json"
    good.write_text(to_json(renamed), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(good)
    settled(page)
    expect(page.get_by_role("heading", name="Our own alliance")).to_be_visible()


def test_a_lever_moves_with_the_keyboard_alone(page: Page, settled: Settled) -> None:
    page.goto("/")
    settled(page)
    before = page.get_by_role("heading", level=1).inner_text()
    slider = page.get_by_role("slider", name="Providers' share of overspends")
    slider.focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    settled(page)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)


def test_each_step_of_the_first_look_opens_with_its_title_in_sight(page: Page, settled: Settled) -> None:
    page.goto("/story")
    settled(page)
    for step in range(2, 6):
        page.mouse.move(700, 500)
        page.mouse.wheel(0, 3_000)
        page.wait_for_timeout(300)
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_text(f"Step {step} of 5")).to_be_visible()
        settled(page)
        page.wait_for_timeout(500)
        place = page.get_by_role("heading", level=1).bounding_box()
        assert place
        assert 60 <= place["y"] < 400


def test_on_a_narrow_screen_charts_stand_below_each_other_and_no_word_of_a_button_is_cut(
    page: Page, settled: Settled
) -> None:
    page.set_viewport_size({"width": 683, "height": 768})
    page.goto("/exposure")
    settled(page)
    boxes = [page.locator(f".st-key-half-years-{side}").bounding_box() for side in ("left", "right")]
    assert boxes[0] and boxes[1]
    assert boxes[1]["y"] > boxes[0]["y"] + boxes[0]["height"] - 1
    page.goto("/baseline")
    settled(page)
    word = page.get_by_role("button", name="Remove").first.get_by_text("Remove")
    assert word.locator("xpath=..").evaluate("e => e.clientWidth") <= 1
    page.set_viewport_size({"width": 1366, "height": 768})
    page.wait_for_timeout(300)
    assert word.locator("xpath=..").evaluate("e => e.clientWidth") > 40


def test_on_a_narrow_screen_the_name_of_a_distribution_has_room(page: Page, settled: Settled) -> None:
    page.set_viewport_size({"width": 683, "height": 768})
    page.goto("/uncertainty")
    settled(page)
    box = page.get_by_test_id("stMain").get_by_test_id("stSelectbox").first.bounding_box()
    assert box
    assert box["width"] > 200


def test_menu_history_and_files_say_what_the_levers_have_become(page: Page, settled: Settled) -> None:
    """An edit redraws the page without its frame where that says the same as before."""
    page.goto("/")
    settled(page)
    savings, overspends = (
        page.get_by_role("slider", name=f"Providers' share of {what}") for what in ("savings", "overspends")
    )
    undo, listed = page.get_by_role("button", name="Undo", exact=True), page.get_by_test_id("stSidebar")
    expect(undo).to_be_disabled()
    for again in ("45%", "40%"):  # the second time the frame says the same as before
        savings.press("ArrowLeft")
        expect(page.locator("p", has_text="What just changed")).to_contain_text(f"→ {again}")
        settled(page)
    expect(listed.get_by_text("Changed (1)")).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_text("Scenarios and files").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download scenario").click()
    assert from_json(download.value.path().read_text("utf-8")).risk_share.gain_bands[0].share == 0.4
    listed.get_by_text("Changed (1)").click()
    expect(listed.locator("li", has_text="50% → 40%")).to_be_visible()
    savings.press("ArrowLeft")
    expect(listed.locator("li", has_text="50% → 35%")).to_be_visible()
    overspends.press("ArrowRight")
    expect(listed.get_by_text("Changed (2)")).to_be_visible()
    undo.click()
    expect(listed.get_by_text("Changed (1)")).to_be_visible()
    expect(page.get_by_role("button", name="Redo", exact=True)).to_be_enabled()


def press(page: Page, keys: str, button: str, settled: Settled) -> None:
    """Presses keys once the button that shows them is there."""
    expect(page.get_by_role("button", name=button).first).to_be_enabled()
    settled(page)
    page.keyboard.press(keys)


def test_a_facilitator_presents_moves_a_lever_and_turns_pages_by_keys(page: Page, settled: Settled) -> None:
    page.goto("/")
    title, menu = page.get_by_role("heading", level=1), page.get_by_role("link", name="Risk share")
    said = page.locator("p", has_text="What just changed")
    expect(title).to_contain_text("would refuse to sign")
    settled(page)
    before = title.inner_text()
    press(page, "Alt+p", "Present", settled)
    expect(page.get_by_role("button", name="End presenting")).to_be_visible()
    expect(menu).to_be_hidden()
    lever = page.get_by_role("slider").first
    lever.focus()
    lever.press("ArrowLeft")
    expect(said).to_contain_text("50% → 45%")
    press(page, "Alt+u", "Undo", settled)
    expect(said).to_contain_text("is 50% again (was 45%)")
    settled(page)
    page.screenshot(path=ARTEFACTS / "presenting.png")
    press(page, "Alt+n", "Baseline and fees", settled)
    expect(title).to_contain_text("The alliance should cost")
    press(page, "Alt+b", "Overview", settled)
    expect(title).to_have_text(before)
    press(page, "Alt+p", "End presenting", settled)
    expect(menu).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/acceptance", "/drivers"])
def test_any_page_is_printed_without_menu_and_levers_and_no_wider_than_the_paper(
    page: Page, settled: Settled, address: str
) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})  # A4 less its margins
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stSlider").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 720


@pytest.mark.parametrize(("width", "stacked"), [(1093, True), (1366, False)])
def test_verdicts_come_before_levers_where_there_is_no_room_for_both(
    page: Page, settled: Settled, width: int, stacked: bool
) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto("/")
    expect(page.get_by_test_id("stSlider").first).to_be_visible()
    settled(page)
    tops = [page.get_by_role("heading", name=name).bounding_box() for name in ("Would everyone sign?", "Levers")]
    verdicts, levers = (top["y"] if top else -1 for top in tops)
    assert verdicts < levers if stacked else abs(verdicts - levers) < 5


@pytest.mark.parametrize("address", ["/acceptance", "/drivers", "/exposure", "/risk_share"])
def test_charts_drawn_on_a_wide_screen_fit_the_paper(page: Page, settled: Settled, address: str) -> None:
    """Measured before the browser tells the charts of their new room, as in printing."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(address)
    expect(page.locator(".main-svg").first).to_be_visible()
    settled(page)
    page.emulate_media(media="print")
    page.wait_for_timeout(500)
    beyond = page.evaluate("""() => {
        document.querySelector(".stApp").style.width = "720px";
        const right = element => element.getBoundingClientRect().right;
        const over = drawn => right(drawn) - right(drawn.closest(".stPlotlyChart"));
        return [...document.querySelectorAll(".cartesianlayer")].map(over);
    }""")
    assert beyond
    assert max(beyond) < 1


def test_overview_is_one_printed_page_with_its_figures_in_a_row_and_no_field(page: Page, settled: Settled) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    expect(page.get_by_test_id("stMetric")).to_have_count(4)
    assert page.pdf(format="A4", print_background=True).count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})
    expect(page.get_by_label("Name", exact=True)).to_be_hidden()
    tops = "all => new Set(all.map(one => Math.round(one.getBoundingClientRect().top))).size"
    assert page.get_by_test_id("stMetric").evaluate_all(tops) == 1
    headings = page.locator(":has(> [data-testid=stHeading])").all()
    assert {one.evaluate("at => getComputedStyle(at).breakAfter") for one in headings} == {"avoid"}


@pytest.mark.parametrize("chosen", ["Community charity", "Recovery charity"])
def test_should_we_join_is_one_printed_page(page: Page, settled: Settled, chosen: str) -> None:
    """Whoever accepts and whoever refuses."""
    page.goto("/joining")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    page.get_by_role("combobox", name="Who decides").click()
    page.get_by_role("option", name=chosen).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(chosen)
    settled(page)
    assert page.pdf(format="A4", print_background=True).count(b"/Type /Page\n") == 1


def test_drawing_many_futures_can_be_stopped(page: Page, settled: Settled) -> None:
    many_years = to_document(presets.preset("small-charities"))
    many_years["term"] |= {"years": 15, "option_years": 10, "with_option": True}  # draws for seconds, on any machine
    session = Session(drafts.new_id(), from_document(many_years), "small-charities")
    session.keep()
    page.goto(f"/method?s={session.draft}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_text("Draws and seed").click()
    type_into(page, "Standard error of the worst 1 in 20 at most (£)", "1", settled)
    page.get_by_role("button", name="Draw until it is").click()
    page.get_by_role("button", name="Stop drawing").click()
    expect(page.get_by_text("Drawing was stopped; these are still 16,384 futures.")).to_be_visible()
    settled(page)
    expect(page.get_by_text("16,384 draws · seed 2018")).to_be_visible()
    expect(page.get_by_role("button", name="Stop drawing")).to_be_hidden()


def test_the_last_draft_is_gone_on_with_at_once_and_a_lever_moves_there(page: Page, settled: Settled) -> None:
    session = Session(drafts.new_id(), presets.preset("small-charities"), "small-charities")
    session.write(("name",), "Our own alliance")
    session.keep()
    page.goto("/")
    page.get_by_role("button", name="Go on with Our own alliance").click()
    expect(page.get_by_test_id("stSidebar").get_by_role("heading", name="Our own alliance")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Advice charity and Peer support charity would refuse")
    settled(page)
    assert f"s={session.draft}" in page.url
    page.get_by_role("slider", name="Providers' share of overspends").first.press("ArrowLeft")
    expect(page.get_by_text("What just changed")).to_be_visible()
    settled(page)
    kept = drafts.find(session.draft)
    assert kept
    assert '"share": 0.5' not in json.dumps(json.loads(kept.text)["document"]["risk_share"]["pain_bands"])


def test_eight_partners_are_printed_on_as_many_pages_with_no_card_cut(page: Page, settled: Settled) -> None:
    load_eight_partners(page, settled)
    go(page, "Risk appetite", settled)
    expect(page.get_by_text("Must be better")).to_be_visible()
    settled(page)
    expect(page.get_by_text(re.compile("^[A-Z][a-z ]+ fails$"))).to_be_visible()
    assert page.pdf(format="A4", print_background=True).count(b"/Type /Page\n") == 2
    page.emulate_media(media="print")
    expect(page.get_by_text(re.compile("^[A-Z][a-z ]+ fails$"))).to_be_visible()
    page.emulate_media(media="screen")
    go(page, "Should we join?", settled)
    expect(page.get_by_test_id("stMetric")).to_have_count(4)
    assert page.pdf(format="A4", print_background=True).count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})
    ends = "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
    assert page.get_by_test_id("stMetric").evaluate_all(ends) <= page.evaluate("innerWidth") - 1


@pytest.mark.parametrize("width", [1366, 1920])
def test_a_board_s_page_is_printed_on_two(page: Page, settled: Settled, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto("/appetite")
    expect(page.get_by_role("heading", name="What is in these ranges, and what is not")).to_be_visible()
    expect(page.get_by_text("Must be better")).to_be_visible()
    settled(page)
    assert page.pdf(format="A4", print_background=True).count(b"/Type /Page\n") == 2


def test_a_design_is_kept_by_enter_and_a_missing_name_is_said_in_the_same_place(page: Page, settled: Settled) -> None:
    page.goto("/compare")
    settled(page)
    page.get_by_role("button", name="Keep this design").click()
    inside, name = page.get_by_test_id("stPopoverBody"), page.get_by_label("Keep this design as")
    inside.get_by_role("button", name="Keep it").click()
    expect(inside.get_by_text("A design needs a name.")).to_be_visible()
    expect(page.get_by_role("tooltip")).to_have_count(0)
    name.click()
    page.keyboard.type("Half")
    page.keyboard.press("Enter")
    expect(inside.get_by_text("Kept: Half")).to_be_visible()
    expect(name).to_have_count(1)  # the field that had the focus stays beside the new one until the page is drawn
    expect(name).to_have_value("")
    expect(page.get_by_role("button", name="Kept designs (1)")).to_be_visible()
