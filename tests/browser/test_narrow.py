"""On a tablet, and on a laptop at 150%, no figure is cut and no two are printed over each other."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.conftest import Server
from tests.browser.test_journeys import Settled, go, load_eight_partners

CUT = """at => [...at.querySelectorAll('input')].filter(one => one.clientWidth && one.scrollWidth > one.clientWidth)
  .map(one => one.value)"""
TOUCHING = """at => {
  const texts = [...at.querySelectorAll('text')].filter(one => one.textContent.trim());
  const boxes = texts.map(one => one.getBoundingClientRect()), found = [];
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b, j) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 4) found.push(texts[i].textContent + ' / ' + texts[i + 1 + j].textContent);
  }));
  return found;
}"""
"""Pairs of texts of a chart that lie over each other."""
PHONE: ViewportSize = {"width": 400, "height": 800}
COVERED = """at => [...at.querySelectorAll('[data-testid=stHorizontalBlock]')].flatMap(row => {
  const button = row.querySelector('button')?.getBoundingClientRect();
  if (!button) return [];
  return [...row.querySelectorAll('p')].filter(text => !text.closest('button')).filter(text => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    return box.right > button.left + 1 && box.left < button.right && box.bottom > button.top && box.top < button.bottom;
  }).map(text => text.textContent);
})"""
"""Texts of a line that its button lies over."""
SHORTENED = """at => [...at.querySelectorAll('[data-testid=stMetric] p, [data-testid=stMetricValue] > *, button p')]
  .filter(one => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"""
"""Names, figures and buttons that end in three dots."""


@pytest.fixture(params=[(820, 1180), (911, 512)], ids=["tablet", "laptop at 150%"])
def small(request: pytest.FixtureRequest, browser: Browser, server: Server, settled: Settled) -> Iterator[Page]:
    """Eight partners in a small window."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=server.address)
    context.set_default_timeout(60_000)
    page = context.new_page()
    load_eight_partners(page, settled)
    page.set_viewport_size({"width": request.param[0], "height": request.param[1]})
    yield page
    context.close()


def tab(page: Page, name: str, settled: Settled) -> None:
    page.get_by_role("tab", name=name).click()
    page.wait_for_timeout(300)
    settled(page)


def whole(chart: Locator) -> None:
    """Its last line is in its place, as far as it may be scrolled."""
    expect(chart.locator(".main-svg").first).to_be_visible()
    assert chart.evaluate("at => at.scrollHeight - at.clientHeight") <= 1


def names_stay(chart: Locator) -> None:
    """Scrolled to its end, a chart still has the names of its rows at its left, on a ground of their own."""
    name = chart.locator(".ytick text").first
    before, place = name.bounding_box(), chart.bounding_box()
    far = chart.evaluate("at => { at.scrollLeft = at.scrollWidth; return at.scrollLeft; }")
    assert far > 50
    expect(chart.locator(".yaxislayer-above > rect")).to_have_count(1)
    after = name.bounding_box()
    assert before and after and place
    assert after["x"] == pytest.approx(before["x"], abs=2) and after["x"] >= place["x"]
    chart.evaluate("at => { at.scrollLeft = 0; }")
    expect(chart.locator(".yaxislayer-above > rect")).to_have_count(0)


def test_no_figure_is_cut_and_no_two_lie_over_each_other(small: Page, settled: Settled) -> None:
    main = small.get_by_test_id("stMain")
    go(small, "Baseline and fees", settled)
    tab(small, "Partners and reserves", settled)
    expect(small.get_by_label("Annual income (£), Housing charity")).to_have_value("8,000,000")
    assert main.evaluate(CUT) == []
    go(small, "Drivers and stress", settled)
    tab(small, "Stress tests", settled)
    stresses = main.locator(".st-key-chart-stresses")
    whole(stresses)
    assert stresses.evaluate(TOUCHING) == []
    names_stay(stresses)
    rows = main.locator(".st-key-sentences-stresses tr")
    expect(rows.first).to_be_visible()
    assert rows.evaluate_all("all => Math.max(...all.map(one => one.getBoundingClientRect().height))") < 180
    go(small, "Acceptance", settled)
    whole(main.locator(".st-key-chart-positions"))
    word = main.get_by_role("button", name="Try").first.locator("p")
    assert word.evaluate("at => at.scrollWidth <= at.clientWidth")
    prices = main.locator(".st-key-lines-prices")
    assert prices.evaluate("at => at.scrollWidth <= at.clientWidth")
    assert prices.evaluate(COVERED) == []


def test_on_a_phone_prices_stand_under_what_they_are_and_no_word_is_cut(small: Page, settled: Settled) -> None:
    small.set_viewport_size(PHONE)
    main = small.get_by_test_id("stMain")
    tiles = main.locator(".st-key-at-stake")
    expect(tiles.get_by_test_id("stMetric")).to_have_count(4)
    assert tiles.evaluate(SHORTENED) == []
    small.set_viewport_size({"width": 1366, "height": 768})  # the menu is open there
    go(small, "Acceptance", settled)
    small.set_viewport_size(PHONE)
    prices = main.locator(".st-key-lines-prices")
    expect(prices.get_by_text("19%").first).to_be_visible()
    accepts = prices.get_by_test_id("stColumn").filter(has_text="19%").first
    assert accepts.evaluate("at => getComputedStyle(at, '::before').content") == '"Just accepts at"'
    assert prices.evaluate("at => at.scrollWidth <= at.clientWidth")
    assert prices.evaluate(COVERED) == []
    small.set_viewport_size({"width": 1366, "height": 768})
    go(small, "Should we join?", settled)
    small.set_viewport_size(PHONE)
    expect(main.get_by_role("button", name="Change these limits")).to_be_visible()
    assert main.evaluate(SHORTENED) == []


def test_two_charts_beside_each_other_stand_at_one_height_and_are_as_wide(
    browser: Browser, server: Server, settled: Settled
) -> None:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, base_url=server.address)
    page = context.new_page()
    page.goto("/exposure")
    charts = page.locator(".st-key-pair-years .js-plotly-plot")
    expect(charts).to_have_count(2, timeout=90_000)
    settled(page)
    left, right = (chart.bounding_box() for chart in charts.all())
    assert left and right
    assert (left["y"], left["width"]) == pytest.approx((right["y"], right["width"]), abs=1)
    context.close()


def test_a_name_that_is_longer_than_its_field_is_shown_whole_under_the_mouse(page: Page, settled: Settled) -> None:
    page.set_viewport_size({"width": 1100, "height": 768})
    page.goto("/baseline")
    settled(page)
    name = "Community care and wellbeing collaborative of the southern boroughs"
    field = page.get_by_label("Name, Mental health trust")
    field.fill(name)
    field.press("Enter")
    settled(page)
    renamed = page.get_by_label(f"Name, {name}")
    renamed.hover()
    expect(renamed).to_have_attribute("title", name)
    renamed.fill("Trust")
    assert renamed.get_attribute("title") is None
