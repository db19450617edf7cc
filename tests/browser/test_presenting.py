"""A lever and what it changes stand on one screen: for a room, and on small windows."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

Settled = Callable[[Page], None]


def lowered(page: Page, label: str, settled: Settled) -> Locator:
    """A lever moved one step down by the keyboard, from wherever the page stands."""
    lever = page.get_by_test_id("stSlider").filter(has_text=label)
    lever.locator("input").focus()
    page.keyboard.press("ArrowLeft")
    settled(page)
    expect(page.locator(".st-key-just-changed")).to_contain_text(label)
    return lever


def inside(page: Page, *found: Locator) -> bool:
    """Whether all of these are whole within what the window shows, once the page stands still."""
    high = page.viewport_size["height"] if page.viewport_size else 0
    for _ in range(50):
        boxes = [one.bounding_box() for one in found]
        if all(box is not None and box["y"] >= 0 and box["y"] + box["height"] <= high for box in boxes):
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_a_room_sees_every_lever_with_every_verdict_and_what_just_changed(
    page: Page, settled: Settled, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("/?present=1")
    settled(page)
    expect(page.get_by_text(re.compile("^All sign"))).to_be_visible()
    said, rows = page.locator(".st-key-just-changed"), page.get_by_test_id("stTable").locator("tr")
    for label in ("Providers' share of savings", "Performance pool"):
        lever = lowered(page, label, settled)
        assert inside(page, page.locator("h1"), lever, said, rows.first, rows.last)
    beyond = page.get_by_text(re.compile("^Up to 5.5% (under|over) target cost; 40% beyond"))
    expect(beyond).to_have_count(2)
    assert inside(page, beyond.first, beyond.last, rows.first, rows.last)
    tops = page.locator(".st-key-presenter [data-testid=stButton]").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top)"
    )
    assert max(tops) - min(tops) < 5
    letters = page.locator(".st-key-levers label p").first
    assert float(letters.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")) >= 0.0185 * size[1]


CUT = """() => [...document.querySelectorAll('[data-testid=stMetric], [data-testid=stMetric] *')]
  .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"""
"""What stands in a tile and has no room there."""


@pytest.mark.parametrize("path", ["", "joining"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("presenting", ["?present=1", ""])
def test_no_figure_is_cut_in_its_tile(
    page: Page, settled: Settled, path: str, size: tuple[int, int], presenting: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"/{path}{presenting}")
    expect(page.get_by_test_id("stMetric")).to_have_count(4)
    settled(page)
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize(
    ("path", "size"), [("story", (911, 512)), ("story", (1180, 820)), ("", (820, 1180)), ("", (683, 384))]
)
def test_what_just_changed_stays_in_sight_of_the_lever_on_a_small_window(
    page: Page, settled: Settled, path: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"/{path}")
    for step in range(4 if path else 0):
        expect(page.get_by_text(f"Step {step + 1} of 5")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="Next").click()
    settled(page)
    for label in ("Providers' share of overspends", "Performance pool"):
        lever = lowered(page, label, settled)
        assert inside(page, lever, page.locator(".st-key-just-changed"))


def focused(page: Page) -> str:
    """What has the focus: the label of a lever, or the kind of another element."""
    return str(
        page.evaluate(
            "() => document.activeElement.closest('[data-testid=stSlider]')?.querySelector('label').innerText"
            " ?? document.activeElement.tagName"
        )
    )


def test_after_undo_the_focus_is_on_the_lever_again_and_on_a_new_page_on_the_title(
    page: Page, settled: Settled
) -> None:
    page.goto("/?present=1")
    settled(page)
    expect(page.get_by_text(re.compile("^All sign"))).to_be_visible()
    lowered(page, "Corridor for savings", settled)
    for keys in ("Alt+u", "Alt+y"):
        page.keyboard.press(keys)
        settled(page)
        page.wait_for_timeout(500)
        assert focused(page).startswith("Corridor for savings")
    page.keyboard.press("Alt+n")
    expect(page.locator("h1").first).to_be_focused()


def test_the_menu_stays_where_it_was_scrolled_to(page: Page, settled: Settled) -> None:
    page.goto("/")
    settled(page)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Papers").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    page.wait_for_timeout(500)
    page.wait_for_function("() => document.querySelector('[data-testid=stSidebarContent]').scrollTop > 0")


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_presenting_ends_at_a_click(page: Page, settled: Settled, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("/?present=1")
    settled(page)
    page.get_by_role("button", name="End presenting").click(timeout=5_000)
    expect(page.get_by_test_id("stSidebar")).to_be_visible()


def test_what_just_changed_is_read_out(page: Page, settled: Settled) -> None:
    page.goto("/")
    settled(page)
    lowered(page, "Performance pool", settled)
    expect(page.get_by_role("status").filter(has_text="What just changed")).to_be_visible()
