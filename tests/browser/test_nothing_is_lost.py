"""Nothing that was typed is lost: fast typing, reload, killed server, two tabs, dropped connection, pasted tables."""

import re
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import cpu_count
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from data import drafts, presets
from model.documents import from_json
from tests.browser.conftest import IDLE, STYLED, Server
from ui.reconnecting import AWAY
from ui.session import DRAW_CHOICES, Session

COLUMNS = ("Name", "Baseline cost (£)", "Required saving (%)", "Demand growth (%)", "Fee (%)")
TYPED = [
    ["Trust", "£39,500,000", "6.10", "0.40", "4.50"],
    ["Council care", "11.25m", "5.10", "-0.20", "3.50"],
    ["Community", "4,100k", "4.10", "(0.3)", "6.50"],
    ["Recovery", "2050000.00", "3.10", "+0.50", "8.50"],
]
SHOWN = [
    ["Trust", "39,500,000", "6.1", "0.4", "4.5"],
    ["Council care", "11,250,000", "5.1", "-0.2", "3.5"],
    ["Community", "4,100,000", "4.1", "-0.3", "6.5"],
    ["Recovery", "2,050,000", "3.1", "0.5", "8.5"],
]
FEE = "Fee (%), Recovery charity"
COST = "Baseline cost (£), Recovery charity"
LATE = "(later => { window.setTimeout = (next, wait, ...given) => later(next, wait || 300, ...given); })(setTimeout)"
"""A busy browser: what should be done in the next moment waits."""


def opened(page: Page, place: str = "") -> Page:
    """Baseline and fees with a draft of few futures, or the page at an address, once it is drawn."""
    page.goto(place or f"/baseline?s={draft()}")
    return drawn(page)


def draft() -> str:
    """The id of a draft as it is when somebody first opens the app, but for the number of futures."""
    session = Session(drafts.new_id(), presets.preset(presets.FIRST), presets.FIRST)
    session.draws = min(DRAW_CHOICES)
    session.keep()
    return session.draft


def drawn(page: Page) -> Page:
    """The page, once nothing more happens; a cold server needs its time."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=90_000)
    page.wait_for_selector(IDLE)
    page.wait_for_selector(STYLED, state="attached")
    page.wait_for_timeout(300)  # nobody types sooner
    page.wait_for_selector(IDLE)
    return page


def entry(page: Page, column: str, line: int) -> Locator:
    return page.get_by_label(re.compile(f"^{re.escape(column)}, ")).nth(line)


def enter(page: Page, label: str, text: str, shown: str) -> None:
    """Types into an entry and waits until it shows what was read."""
    place = page.get_by_label(label, exact=True)
    place.fill(text)
    place.press("Enter")
    expect(place).to_have_value(shown)
    page.wait_for_selector(IDLE)


def type_lines(page: Page, lines: list[int]) -> None:
    """Types through every entry of the lines without waiting, with Tab between them."""
    for line in lines:
        entry(page, COLUMNS[0], line).focus()
        for text in TYPED[line]:
            page.keyboard.press("Control+a")
            page.keyboard.type(text)
            page.keyboard.press("Tab")


def expect_lines(page: Page, lines: list[int]) -> None:
    """All of the lines are there after a reload, once the last entry has been heard of."""
    expect(entry(page, COLUMNS[-1], lines[-1])).to_have_value(SHOWN[lines[-1]][-1])
    page.reload()
    drawn(page)
    for line in lines:
        for column, text in zip(COLUMNS, SHOWN[line], strict=True):
            expect(entry(page, column, line)).to_have_value(text)


@pytest.fixture
def late(browser: Browser) -> Iterator[Page]:
    """A page of a server that sends late what is drawn: runs overtake each other before anything of them is seen."""
    server = Server(log="late.log", late=0.15)
    server.start()
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=server.address)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()
    server.kill()


@pytest.fixture
def busy() -> Iterator[None]:
    """A machine that has much else to do: every run of the app is overtaken by the next edit."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(cpu_count())]
    yield
    for other in others:
        other.kill()
        other.wait()


def test_twenty_quick_edits_with_tab_between_them_are_all_kept(page: Page) -> None:
    opened(page)
    type_lines(page, [0, 1, 2, 3])
    expect_lines(page, [0, 1, 2, 3])


@pytest.mark.usefixtures("busy")
def test_twenty_quick_edits_on_a_busy_machine_are_all_kept(page: Page) -> None:
    opened(page)
    type_lines(page, [0, 1, 2, 3])
    expect_lines(page, [0, 1, 2, 3])


@pytest.mark.usefixtures("busy")
def test_quick_edits_of_a_page_that_is_redrawn_without_its_frame_are_all_kept(page: Page) -> None:
    type_ranges(page)


def test_quick_edits_are_all_kept_where_what_is_drawn_is_sent_late(late: Page) -> None:
    type_ranges(late)


def type_ranges(page: Page) -> None:
    """Types through the ranges of *Uncertainty* without waiting, and finds all of it there, also after a reload."""
    opened(page, f"/uncertainty?s={draft()}")
    ranges = {"Centre (%)": "1.5", "Scale (%)": "7.25", "Degrees of freedom": "9"}
    places = [
        (page.get_by_label(label, exact=True).nth(i), f"{i}{text}") for i in range(4) for label, text in ranges.items()
    ]
    for place, text in places:
        place.fill(text)
    page.keyboard.press("Tab")
    for last in (False, True):
        for place, text in places:
            expect(place).to_have_value(text.lstrip("0"))
        if not last:
            page.wait_for_selector(IDLE)
            page.reload()
            drawn(page)


@pytest.mark.usefixtures("busy")
def test_what_is_typed_after_an_invalid_entry_is_kept(page: Page) -> None:
    """Its sentence comes while the next lines are being typed, and must not make their inputs start again."""
    opened(page)
    entry(page, "Fee (%)", 0).fill("130.0")
    type_lines(page, [1, 2])
    expect_lines(page, [1, 2])
    expect(entry(page, "Fee (%)", 0)).to_have_value("130")


def test_a_server_killed_between_edits_and_started_again_has_every_edit(browser: Browser, own_server: Server) -> None:
    page = opened(browser.new_page(base_url=own_server.address))
    type_lines(page, [0, 1])
    expect(entry(page, COLUMNS[-1], 1)).to_have_value(SHOWN[1][-1])
    own_server.kill()
    own_server.start()
    expect_lines(page, [1])
    type_lines(page, [2, 3])
    expect_lines(page, [0, 1, 2, 3])
    page.close()


def test_while_the_app_does_not_answer_its_page_says_that_nothing_is_lost(browser: Browser, own_server: Server) -> None:
    page = opened(browser.new_page(base_url=own_server.address))
    own_server.kill()
    said = page.get_by_role("dialog", name=AWAY)
    expect(said).to_contain_text("What was entered before is saved", timeout=60_000)
    expect(said).not_to_contain_text("internet")
    own_server.start()
    expect(said).to_have_count(0, timeout=60_000)
    page.close()


def away_and_back(page: Page, server: Server) -> None:
    """The page loses its server, and finds one that was started anew."""
    server.kill()
    expect(page.get_by_label(COST, exact=True)).to_be_disabled()
    server.start()
    expect(page.get_by_label(COST, exact=True)).to_be_enabled()
    page.wait_for_timeout(500)
    page.wait_for_selector(IDLE)


def test_the_first_edit_of_a_page_that_was_open_while_its_server_was_killed_counts(
    browser: Browser, own_server: Server
) -> None:
    page = opened(browser.new_page(base_url=own_server.address))
    place = page.get_by_label(COST, exact=True)
    place.press("Control+a")
    page.keyboard.type("3,100,001")
    away_and_back(page, own_server)
    expect(place).to_have_value("3,100,001")
    expect(place).to_be_focused()
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)
    page.wait_for_selector(IDLE)
    away_and_back(page, own_server)
    page.get_by_label(FEE, exact=True).fill("8.0")
    page.keyboard.press("Tab")
    expect(page.get_by_label(FEE, exact=True)).to_have_value("8")
    page.reload()
    drawn(page)
    expect(place).to_have_value("3,100,001")
    expect(page.get_by_label(FEE, exact=True)).to_have_value("8")
    page.close()


def test_the_first_page_keeps_its_address_while_its_server_is_started_anew(
    browser: Browser, own_server: Server
) -> None:
    page = opened(browser.new_page(base_url=own_server.address), f"/?s={draft()}")
    own_server.kill()
    page.wait_for_selector(IDLE, state="detached")
    own_server.start()
    page.wait_for_selector(IDLE)
    page.wait_for_timeout(3_000)
    assert urlsplit(page.url).path == "/"
    page.close()


def test_what_another_changed_while_the_connection_was_lost_is_shown_and_said(
    browser: Browser, own_server: Server
) -> None:
    page = opened(browser.new_page(base_url=own_server.address))
    enter(page, FEE, "8.0", "8")
    own_server.kill()
    expect(page.get_by_label(COST, exact=True)).to_be_disabled()
    page.context.set_offline(True)
    own_server.start()
    other = opened(browser.new_page(base_url=own_server.address), page.url)
    enter(other, FEE, "9.0", "9")
    page.context.set_offline(False)
    expect(page.get_by_label(FEE, exact=True).first).to_have_value("9")
    expect(page.get_by_text("this screen still showed 8 for “Fee (%), Recovery charity”")).to_be_visible()
    page.close()
    other.close()


def test_a_tab_that_nobody_touches_shows_what_another_has_saved(page: Page) -> None:
    opened(page)
    other = opened(page.context.new_page(), page.url)
    half = other.get_by_label(COST, exact=True)
    half.press("Control+a")
    other.keyboard.type("3,2")
    enter(page, FEE, "8.0", "8")
    expect(other.get_by_label(FEE, exact=True).first).to_have_value("8")
    expect(other.get_by_text("Changed in another tab: Recovery charity › Fee: 7% → 8%.")).to_be_visible()
    expect(half).to_have_value("3,2")
    expect(half).to_be_focused()
    other.keyboard.type("00,000")
    other.keyboard.press("Tab")
    expect(half).to_have_value("3,200,000")
    expect(page.get_by_label(COST, exact=True).first).to_have_value("3,200,000")


def test_two_screens_keep_both_edits_and_say_what_the_other_changed(page: Page, browser: Browser) -> None:
    opened(page)
    other = opened(browser.new_page(base_url=page.url.split("/baseline")[0]), page.url)
    enter(page, FEE, "8.0", "8")
    enter(other, COST, "3m", "3,000,000")
    expect(other.get_by_label(FEE, exact=True).first).to_have_value("8")
    expect(other.get_by_text("Changed in another tab: Recovery charity › Fee: 7% → 8%.")).to_be_visible()
    enter(other, FEE, "9.0", "9")
    enter(page, FEE, "6.0", "6")
    said = "Changed here and in another tab: Recovery charity › Fee: 6% → 9% in the other."
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_label(COST, exact=True).first).to_have_value("3,000,000")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_label(FEE, exact=True).first).to_have_value("9")
    expect(page.get_by_label(COST, exact=True).first).to_have_value("3,000,000")
    other.close()


def test_what_is_half_typed_stays_while_another_tab_changes_something(page: Page) -> None:
    type_beside_another(page)


def test_what_another_tab_changed_stays_where_what_is_drawn_is_sent_late(late: Page) -> None:
    for _ in range(5):  # once in five here, the field that showed what was before was taken for an edit
        type_beside_another(late)


def type_beside_another(page: Page) -> None:
    """One tab changes a fee; the other one types on beside it, and shows that fee afterwards."""
    opened(page)
    other = opened(page.context.new_page(), page.url)
    enter(page, FEE, "8.0", "8")
    first, then = (other.get_by_label(label, exact=True) for label in (COST, "Required saving (%), Recovery charity"))
    first.focus()
    for text in ("3m", "2.50", "0.10"):
        other.keyboard.press("Control+a")
        other.keyboard.type(text)
        other.keyboard.press("Tab")
    expect(first).to_have_value(re.compile("^(3m|3,000,000)$"))
    expect(then).to_have_value(re.compile(r"^2\.50?$"))
    expect(other.get_by_label("Demand growth (%), Recovery charity", exact=True)).to_have_value("0.1")
    expect(other.get_by_label(FEE, exact=True).first).to_have_value("8")
    other.close()


def test_a_download_pressed_right_after_typing_has_what_was_typed(late: Page) -> None:
    opened(late)
    late.get_by_test_id("stSidebar").get_by_text("Scenarios and files").click()
    button = late.get_by_role("button", name="Download scenario")
    expect(button).to_be_visible()
    for pounds in (3_100_001, 3_100_002, 3_100_003):
        late.get_by_label(COST, exact=True).fill(f"{pounds}")
        with late.expect_download() as download:
            button.click()
        text = download.value.path().read_text("utf-8")
        assert {one.name: one.baseline_cost for one in from_json(text).providers}["Recovery charity"] == pounds


def test_undo_goes_back_past_a_reload(page: Page) -> None:
    opened(page)
    enter(page, FEE, "8.0", "8")
    enter(page, FEE, "9.0", "9")
    page.reload()
    drawn(page)
    for shown in ("8", "7"):
        page.get_by_role("button", name="Undo", exact=True).click()
        expect(page.get_by_label(FEE, exact=True).first).to_have_value(shown)
        page.wait_for_selector(IDLE)
    page.reload()
    drawn(page)
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(page.get_by_label(FEE, exact=True).first).to_have_value("8")


def test_quick_undo_and_redo_bring_every_edit_back_where_what_is_drawn_is_sent_late(late: Page) -> None:
    opened(late)
    fees, typed = [entry(late, COLUMNS[-1], i) for i in range(4)], ["7.01", "7.11", "7.21", "7.31"]
    for fee, text in zip(fees, typed, strict=True):
        fee.fill(text)
        fee.press("Tab")
    late.wait_for_timeout(500)
    late.wait_for_selector(IDLE)
    undo, redo = (late.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    for _ in typed:
        undo.click()
        late.wait_for_timeout(100)
    expect(undo).to_be_disabled()
    for _ in typed:
        redo.click()
        late.wait_for_timeout(500)
    expect(redo).to_be_disabled()
    for fee, text in zip(fees, typed, strict=True):
        expect(fee).to_have_value(text)


@pytest.mark.parametrize("way", ["closed", "loaded anew"])
def test_what_is_typed_in_a_field_that_was_not_left_is_kept_when_its_page_is(way: str, page: Page) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    place = f"/baseline?s={draft()}"
    page.add_init_script(LATE)
    opened(page, place)
    page.on("dialog", leave)
    page.get_by_label(FEE).click()
    page.keyboard.press("Control+a")
    page.keyboard.type("8.25")
    if way == "closed":
        page.close(run_before_unload=True)
        page.wait_for_event("close")
    else:
        page.reload()
    assert asked == ["beforeunload"]
    again = page.context.new_page()
    opened(again, place)
    expect(again.get_by_label(FEE)).to_have_value("8.25")
    page = again
    asked.clear()
    page.on("dialog", leave)
    page.get_by_label(FEE).fill("8")
    page.get_by_label(FEE).press("Enter")
    page.wait_for_selector(IDLE)
    page.reload()
    drawn(page)
    assert asked == []


@pytest.mark.parametrize(("start", "label"), [("", "Name"), ("baseline", COST)])
def test_a_tap_on_the_menu_turns_the_page_and_keeps_what_was_typed(start: str, label: str, page: Page) -> None:
    """A tap leaves the field and presses the link in one moment."""
    opened(page, f"/{start}?s={draft()}")
    place = page.get_by_label(label, exact=True).first
    place.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("12")
    link = page.get_by_role("link", name="Incentives")
    link.scroll_into_view_if_needed()
    at = link.bounding_box()
    assert at
    page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    expect(page.get_by_role("heading", level=1)).to_contain_text("A pound saved")
    page.get_by_role("link", name="Overview" if not start else "Baseline and fees").click()
    expect(place).to_have_value("12")


def test_a_page_chosen_right_after_an_edit_stays(late: Page) -> None:
    """The whole page is asked for anew once a part of it is redrawn; that must not be the page that was left."""
    opened(late, f"/?s={draft()}")
    for wait in range(0, 800, 100):
        place = late.get_by_label("Name", exact=True).first
        place.fill(f"After {wait}")
        place.press("Tab")
        late.wait_for_timeout(wait)
        late.get_by_role("link", name="Incentives").click()
        late.wait_for_timeout(1500)
        late.wait_for_selector(IDLE)
        expect(late.get_by_role("heading", level=1)).to_contain_text("A pound saved")
        late.get_by_role("link", name="Overview").click()
        expect(place).to_have_value(f"After {wait}")
        late.wait_for_selector(IDLE)


def test_going_back_in_the_browser_keeps_what_was_typed(page: Page) -> None:
    opened(page, f"/incentives?s={draft()}")
    page.get_by_role("link", name="Baseline and fees").click()
    place = page.get_by_label(FEE, exact=True)
    expect(place).to_have_value("7")
    page.wait_for_timeout(500)
    page.wait_for_selector(IDLE)
    place.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("8.25")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A pound saved")
    page.get_by_role("link", name="Baseline and fees").click()
    expect(place).to_have_value("8.25")


def test_what_is_typed_around_a_dropped_connection_is_kept(page: Page) -> None:
    opened(page)
    enter(page, FEE, "8.0", "8")
    page.context.set_offline(True)
    fee, cost = (page.get_by_label(label, exact=True) for label in (FEE, COST))
    cost.fill("3m")
    page.context.set_offline(False)
    cost.press("Enter")
    expect(cost).to_have_value("3,000,000")
    page.reload()
    drawn(page)
    expect(fee).to_have_value("8")
    expect(cost).to_have_value("3,000,000")


def test_an_invalid_entry_stays_as_typed_beside_the_last_valid_results(page: Page) -> None:
    opened(page)
    title = page.get_by_role("heading", level=1).inner_text()
    enter(page, FEE, "130.0", "130")
    page.reload()
    drawn(page)
    expect(page.get_by_label(FEE, exact=True)).to_have_value("130")
    expect(page.get_by_text("Recovery charity › Fee is 130%; it must be at most 50%.").first).to_be_visible()
    expect(
        page.get_by_text("results and downloads are those of the last valid version until this is mended")
    ).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_pasted_table_keeps_every_cell_and_says_what_it_could_not_read(page: Page) -> None:
    opened(page)
    page.get_by_text("Paste from a spreadsheet").click()
    area = page.get_by_label("Copied cells", exact=True)
    area.fill(
        "Name\tBaseline cost\tRequired saving\tDemand growth\tFee\n"
        "Mental health trust\t£39,500,000\t6.1\t0.4%\t4.5\n"
        "Adult social care\t11.25m\t5.1%\t(0.2)\t3.5\n"
        "Community charity\t4,100k\t4.1\t(0.3%)\t6.5%\n"
        "Recovery charity\tabout 2m\t3.1\t+0.5\t8.5\n"
    )
    area.press("Control+Enter")
    expect(page.get_by_text("Row 5, Baseline cost (£): 'about 2m' is not a sum in pounds.")).to_be_visible()
    expect(page.get_by_text("Recovery charity › Fee: 7% → 8.5%")).to_be_visible()
    page.wait_for_selector(IDLE)
    page.get_by_role("button", name=re.compile("^Use [0-9]+ changes$")).click()
    expect(page.get_by_text("Nothing that was read would change anything.")).to_be_visible()
    page.reload()
    drawn(page)
    was = ["2,000,000", "3.1", "0.5", "8.5"]
    for line, shown in enumerate([*(row[1:] for row in SHOWN[:3]), was]):
        for column, text in zip(COLUMNS[1:], shown, strict=True):
            expect(entry(page, column, line)).to_have_value(text)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_label(FEE, exact=True).first).to_have_value("7")
