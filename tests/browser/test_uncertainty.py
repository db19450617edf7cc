"""Uncertainty, drivers and stress in a real browser: what people do with public data, their own, and each other's."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ARTEFACTS

Settled = Callable[[Page], None]
WHY = "where does this come from?"
PAST = "\n".join(f"{100 + 2 * i}\t{102 + 2 * i + step}" for i, step in enumerate((3, -1, 4, 1, -5, 9, 2, -6, 5, 3)))
FIRST = "How much of the spread each input explains"
TABS = {
    "In the worst 1 in 20": "What the worst 1 in 20 have in common",
    "Risks on and off": "changes most for providers together",
    "Stress tests": "What changes the mean over the term most",
    "What changes did": "This is the starting design",
}


def opened(page: Page, place: str, settled: Settled) -> Locator:
    """A page, by its address; its title."""
    page.goto(place)
    title = page.get_by_role("heading", level=1)
    expect(title).to_be_visible()
    settled(page)
    return title


def unfold(page: Page, of: str, settled: Settled) -> Locator:
    """Where an uncertain input comes from; its reason. After an edit a former one may stand below it for a moment."""
    page.get_by_text(f"{of}: {WHY}").click()
    reason = page.get_by_label("Reason or source").first
    expect(reason).to_be_visible()
    settled(page)
    return reason


def test_a_public_figure_is_used_with_one_click_and_undone_with_one(page: Page, settled: Settled) -> None:
    title = opened(page, "/uncertainty", settled)
    before = title.inner_text()
    reason = unfold(page, "Cost of Mental health trust", settled)
    said = reason.input_value()
    page.get_by_role("button", name="Use this").first.click()
    expect(reason).not_to_have_value(said)
    expect(reason).to_have_value(re.compile("9 in 10 between"))
    settled(page)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(reason).to_have_value(said)
    settled(page)
    expect(title).to_have_text(before)


def test_a_series_is_pasted_fitted_used_and_found_again_after_a_reload(page: Page, settled: Settled) -> None:
    opened(page, "/uncertainty", settled)
    reason = unfold(page, "Cost of Community charity", settled)
    page.get_by_role("radio", name="Our data").click()
    figures = page.get_by_label("Our figures").first
    figures.fill(PAST)
    figures.press("Control+Enter")
    expect(page.get_by_text("10 values").first).to_be_visible()
    page.get_by_role("button", name="Use Normal").click()
    expect(reason).to_have_value(re.compile(r"^Normal fitted to 10 values \(budget and actual\)"))
    settled(page)
    page.screenshot(path=ARTEFACTS / "series.png", full_page=True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    unfold(page, "Cost of Community charity", settled)
    expect(reason).to_have_value(re.compile("^Normal fitted to 10 values"))
    page.get_by_role("radio", name="Our data").click()
    expect(figures).to_have_value(PAST)


def test_three_peoples_views_are_pooled(page: Page, settled: Settled) -> None:
    opened(page, "/uncertainty", settled)
    unfold(page, "Cost of Recovery charity", settled)
    page.get_by_role("radio", name="People", exact=True).click()
    page.get_by_role("button", name="Make this the first of several views").click()
    for already in (1, 2):
        expect(page.get_by_label("Weight", exact=True)).to_have_count(already)
        settled(page)
        page.get_by_role("button", name="Add a view").click()
    expect(page.get_by_label("Weight", exact=True)).to_have_count(3)
    settled(page)
    likely = page.get_by_label("Most likely (%)", exact=True)
    for line, text in ((0, "2"), (1, "6")):
        likely.nth(line).fill(text)
        likely.nth(line).press("Enter")
        settled(page)
    expect(page.get_by_text("They differ most on")).to_contain_text("of the variance is there because")
    page.screenshot(path=ARTEFACTS / "views.png", full_page=True)


def test_correlations_that_cannot_all_hold_are_explained_and_the_nearest_taken(page: Page, settled: Settled) -> None:
    opened(page, "/uncertainty", settled)
    page.get_by_role("tab", name="What moves together").click()
    both = page.get_by_label("Between costs and KPIs (%)", exact=True)
    both.fill("95")
    both.press("Enter")
    cannot = page.get_by_text("cannot all hold")
    expect(cannot.first).to_be_visible()
    expect(page.get_by_text("What would change most:")).to_be_visible()
    page.get_by_role("button", name="Use the nearest possible").click()
    expect(cannot).to_have_count(0)
    settled(page)
    expect(both.first).not_to_have_value("95")


def test_every_tab_of_drivers_and_stress_answers_and_a_stress_changes_its_size(page: Page, settled: Settled) -> None:
    title = opened(page, "/drivers", settled)
    expect(page.get_by_role("heading", name=FIRST)).to_be_visible()
    for tab, said in TABS.items():
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
        expect(page.get_by_text(said).first).to_be_visible()
        settled(page)
        expect(title).to_be_visible()
    page.get_by_role("tab", name="Stress tests").click()
    size = page.get_by_label("Costs higher (%)", exact=True)
    size.fill("12")
    size.press("Enter")
    expect(page.get_by_role("rowheader", name="Costs 12% higher")).to_be_visible()
    expect(title).to_contain_text("Costs 12% higher: providers together have")
    page.screenshot(path=ARTEFACTS / "stress.png", full_page=True)
