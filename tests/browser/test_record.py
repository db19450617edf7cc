"""Settling a year and testing on history in a real browser, with real spreadsheets."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from data import presets
from tests.browser.conftest import ARTEFACTS

Settled = Callable[[Page], None]
CASE = presets.preset(presets.FIRST)


def template(page: Page) -> openpyxl.Workbook:
    """The Excel template that the page offers."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Template (Excel)").click()
    return openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))


def fill(book: openpyxl.Workbook, year: str, values: dict[str, float | str]) -> None:
    """Writes figures into one year's column, by the item's name."""
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=4) for cell in row if cell.value}
    for row in sheet.iter_rows(min_col=1, max_col=1):
        if row[0].value in values:
            sheet.cell(row[0].row, heads[year], values[str(row[0].value)])


def bring(page: Page, book: openpyxl.Workbook, file: Path, settled: Settled) -> None:
    book.save(file)
    page.locator("[data-testid=stMain] input[type=file]").set_input_files(file)
    page.wait_for_timeout(500)
    settled(page)


def tab_to(page: Page, label: str) -> None:
    """Presses Tab until the entry has the focus, past helps and other entries."""
    for _ in range(12):
        page.keyboard.press("Tab")
        page.wait_for_timeout(200)
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
            return
    raise AssertionError(f"Tab does not lead to '{label}'")


def test_a_year_comes_in_a_spreadsheet_and_a_wrong_one_takes_nothing_away(
    page: Page, settled: Settled, tmp_path: Path
) -> None:
    page.goto("/settle_year")
    settled(page)
    page.get_by_role("tab", name="Bring a spreadsheet").click()
    settled(page)
    book = template(page)
    target = dict(zip([p.name for p in CASE.providers], CASE.target_cost()[3], strict=True))
    fill(book, "2021-22", {f"Cost: {name}": round(cost * 1.05) for name, cost in target.items()})
    fill(book, "2021-22", {f"KPI: {kpi.name}": kpi.levels.minimum for kpi in CASE.framework.kpis()})
    bring(page, book, tmp_path / "good.xlsx", settled)
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("2021-22 overspends by £2.88m, scores 0, and providers bear £")
    expect(page.get_by_text("In full it would be")).to_have_count(0)
    expect(page.get_by_text("Over partners' caps, to the commissioners")).to_be_visible()
    said = title.inner_text()
    page.screenshot(path=ARTEFACTS / "settled.png", full_page=True)

    fill(book, "2021-22", {"Cost: Community charity": "=SUM(B2:B9)"})
    bring(page, book, tmp_path / "formula.xlsx", settled)
    expect(page.get_by_text("formula.xlsx was not taken; what was here is unchanged.")).to_be_visible()
    expect(page.get_by_text("holds a formula without a result")).to_be_visible()
    expect(title).to_have_text(said)

    again = template(page)
    fill(again, "2022-23", {f"Cost: {name}": round(cost) for name, cost in target.items()})
    bring(page, again, tmp_path / "next.xlsx", settled)
    expect(page.get_by_text("Over 2 years these terms charge providers")).to_be_visible()
    page.get_by_role("button", name="Bring back the figures before").click()
    settled(page)
    page.reload()
    settled(page)
    expect(title).to_have_text(said)


def test_a_year_can_be_typed_with_the_keyboard_alone(page: Page, settled: Settled) -> None:
    page.goto("/settle_year")
    settled(page)
    expect(page.get_by_label("Recovery charity", exact=True)).to_be_visible()
    page.get_by_label("Year to enter").first.focus()
    for name, text in (("Mental health trust", "39m"), ("Adult social care", "11.4m"), ("Community charity", "4.1m")):
        tab_to(page, name)
        page.keyboard.type(text)
    tab_to(page, "Recovery charity")
    page.keyboard.type("2.05m")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("2018-19 overspends by £582k")
    expect(
        page.get_by_text("2018-19 is a shadow year: run and scored, not settled: commissioners have all")
    ).to_be_visible()


def test_a_worst_future_is_walked_line_by_line(page: Page, settled: Settled) -> None:
    page.goto("/walk")
    settled(page)
    page.get_by_role("radio", name="Very bad, 1 in 20").click()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Very bad, 1 in 20: 2020-21 overspends by £")
    expect(page.get_by_text("target £57,109,263.34 − actual £")).to_be_visible()
    page.get_by_text("Each partner's lines").click()
    settled(page)
    expect(page.get_by_text("× target cost £").first).to_be_visible()
    page.screenshot(path=ARTEFACTS / "walk.png", full_page=True)


def test_past_years_come_in_a_spreadsheet(page: Page, settled: Settled, tmp_path: Path) -> None:
    page.goto("/history")
    settled(page)
    book = template(page)
    for i, year in enumerate(("2014-15", "2015-16", "2016-17", "2017-18")):
        values: dict[str, float | str] = {}
        for provider in CASE.providers:
            values |= {f"Target: {provider.name}": 1e7, f"Cost: {provider.name}": 1e7 * (0.98 + 0.05 * i)}
        fill(book, year, values)
    bring(page, book, tmp_path / "past.xlsx", settled)
    expect(page.get_by_role("heading", level=1)).to_contain_text("over 4 past years; 2 of 4 years lay within")
    page.screenshot(path=ARTEFACTS / "history.png", full_page=True)


def test_what_was_said_of_a_file_goes_when_the_browser_refuses_the_next_and_comes_with_another(
    page: Page, settled: Settled, tmp_path: Path
) -> None:
    files = {"empty.csv": "", "large.csv": "1" * 1_500_000, "wrong.csv": "a,b\n1,2\n", "note.txt": "a"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    page.goto("/settle_year")
    settled(page)
    page.get_by_role("tab", name="Bring a spreadsheet").click()
    settled(page)
    place = page.locator("[data-testid=stMain] input[type=file]")
    place.set_input_files(tmp_path / "empty.csv")
    expect(page.get_by_text("empty.csv was not taken")).to_be_visible()
    place.set_input_files(tmp_path / "large.csv")
    expect(page.get_by_text("Error: File must be")).to_be_visible()
    expect(page.get_by_text("empty.csv was not taken")).not_to_be_visible()
    place.set_input_files(tmp_path / "wrong.csv")
    expect(page.get_by_text("wrong.csv was not taken")).to_be_visible()
    place.set_input_files(tmp_path / "note.txt")
    expect(page.get_by_text("files are not allowed")).to_be_visible()
    expect(page.get_by_text("wrong.csv was not taken")).not_to_be_visible()
