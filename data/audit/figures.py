"""Pages of results and of the curve of gain and pain, with charts that Excel draws itself."""

from typing import Any

import pandas as pd
from openpyxl.chart import BarChart, Reference, ScatterChart, Series
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from data.audit.book import BOLD, HEAD, printed
from data.workbook import fill

LINES = ("1F4E79", "C55A11", "548235", "7F6000", "7030A0", "2E75B6", "A5A5A5", "C00000")
"""Colours of lines in a chart, one after another."""

ROUND_POUNDS = "#,##0;[Red]-#,##0"
STATISTICS = {
    "mean": ("Mean (£)", "£"),
    "p5": ("1 in 20 is this or worse (P5, £)", "£"),
    "p50": ("Middle (P50, £)", "£"),
    "p95": ("1 in 20 is this or better (P95, £)", "£"),
    "chance_of_pain": ("Chance of pain", "%"),
    "cvar95": ("Average loss in the worst 1 in 20 (£)", "£"),
}
"""What the page of results shows, each with its standard error beside it."""

LIMIT = "Largest possible loss (£)"


def results(book: Any, partners: pd.DataFrame, period: str) -> None:
    """Every partner's statistics with standard errors, off `model.tables.partners`, and a chart of three of them."""
    sheet = book.create_sheet("Results")
    heads = [text for title, _ in STATISTICS.values() for text in (title, "± standard error")]
    _row(sheet, 1, [f"Gain (+) or pain (-), {period.lower()}", *heads, LIMIT], [])
    _headed(sheet)
    formats = [ROUND_POUNDS if unit == "£" else "0.0%" for _, unit in STATISTICS.values() for _ in "ab"]
    for number, (name, found) in enumerate(partners.iterrows(), start=2):
        values = [found[key] for name in STATISTICS for key in (name, f"{name} s.e.")]
        limit = found["loss_limit"]
        shown = [*values, "no limit" if limit == float("inf") else limit]
        _row(sheet, number, [str(name), *map(_finite, shown)], [*formats, ROUND_POUNDS])
    last = len(partners) + 1
    sheet.add_chart(_spread(sheet, last), f"A{last + 3}")


def _spread(sheet: Any, last: int) -> BarChart:
    """Mean, P5 and P95 of each partner, side by side; `last`: the row of the last partner."""
    chart = BarChart()
    chart.type, chart.title, chart.height, chart.width = (
        "bar",
        "Mean, P5 and P95 of each partner, pounds",
        1.2 * last + 4,
        26,
    )
    for key in ("p5", "mean", "p95"):
        column = 2 + 2 * list(STATISTICS).index(key)
        chart.add_data(Reference(sheet, min_col=column, min_row=1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    chart.y_axis.number_format, chart.y_axis.delete, chart.x_axis.delete = "#,##0", False, False
    chart.x_axis.scaling.orientation, chart.x_axis.tickLblPos = "maxMin", "low"
    return chart


def curve(book: Any, shares: pd.DataFrame, score: float, label: str) -> None:
    """What each provider gains or bears at each saving, off `model.curves.share_curve`, and its chart."""
    sheet = book.create_sheet("Curve")
    _row(sheet, 1, [f"Saving (+) or overspend (-) of {label}, % of target cost", *shares, "Providers together"], [])
    _headed(sheet)
    for number, (saving, row) in enumerate(shares.iterrows(), start=2):
        _row(sheet, number, [float(saving), *row, row.sum()], [ROUND_POUNDS] * (len(row) + 1))
        sheet.cell(number, 1).number_format = "0.0%"
    last = len(shares) + 1
    chart = ScatterChart()
    chart.title = f"Gain and pain by saving, pounds, at a performance score of {score:+.1f}"
    chart.height, chart.width, chart.scatterStyle = 12, 26, "lineMarker"
    across = Reference(sheet, min_col=1, min_row=2, max_row=last)
    for column in range(2, len(shares.columns) + 3):
        line = Series(Reference(sheet, min_col=column, min_row=1, max_row=last), across, title_from_data=True)
        line.marker.symbol, line.smooth = "none", False
        line.graphicalProperties.line.solidFill = LINES[column % len(LINES)]
        line.graphicalProperties.line.width = 22_000
        chart.series.append(line)
    chart.x_axis.number_format, chart.y_axis.number_format = "0%", "#,##0"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = chart.y_axis.tickLblPos = "low"
    sheet.add_chart(chart, f"{get_column_letter(len(shares.columns) + 4)}2")


def _finite(value: Any) -> Any:
    """A figure that Excel can hold; nothing where there is none."""
    return value if isinstance(value, str) or abs(value) < float("inf") else ""


def _row(sheet: Any, number: int, values: list[Any], formats: list[str]) -> None:
    """A row of text and figures; the formats are those from the second column on."""
    for column, value in enumerate(values, start=1):
        fill(sheet.cell(number, column), value)
    for column, number_format in enumerate(formats, start=2):
        sheet.cell(number, column).number_format = number_format


def _headed(sheet: Any) -> None:
    for cell in sheet[1]:
        cell.font, cell.fill = BOLD, HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[cell.column_letter].width = 17
    sheet.column_dimensions["A"].width = 34
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "B2"
    printed(sheet)
    sheet.print_title_rows = "1:1"
