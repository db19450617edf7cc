"""Tables that are pasted over the first preset, and what is read from them."""

import copy
from typing import Any

from data import presets
from model.documents import to_document
from model.fields import Path
from ui import areas, cells, columns, directions, later_columns, new_lines, paste

DOCUMENT = to_document(presets.preset(presets.FIRST))
YEARS = presets.preset(presets.FIRST).term.labels()
NAMES = [provider["name"] for provider in DOCUMENT["providers"]]
COSTS = ("name", "baseline_cost", "required_saving", "demand_growth", "fee_rate")


def into(path: Path, names: tuple[str, ...], new: dict[str, Any] | None = None) -> columns.Lines:
    node: Any = DOCUMENT
    for key in path:
        node = node[key]
    across = [columns.column(DOCUMENT, (*path, 0), (name,)) for name in names]
    lines = [(line.get("name", ""), (*path, i)) for i, line in enumerate(node)]
    if "baseline_cost" in names:
        beside = tuple(columns.column(DOCUMENT, (*path, 0), place) for place in columns.ASIDE)
        return columns.Lines(path, lines, across, new, fit=later_columns.fit, years=YEARS, beside=beside)
    return columns.Lines(path, lines, across, new)


PROVIDERS = into(("providers",), COSTS, new_lines.NEW_PROVIDER)
SHARES = into(("providers",), ("name", "gain_share", "pain_share", "pooled"))
BANDS = into(("risk_share", "gain_bands"), ("up_to", "up_to_pounds", "share"), new_lines.NEW_BAND)


def read(text: str, lines: columns.Lines = PROVIDERS) -> cells.Reading:
    before = copy.deepcopy(DOCUMENT)
    found = cells.read(DOCUMENT, lines, text)
    assert before == DOCUMENT
    return found


def costs(document: dict[str, Any], name: str) -> list[Any]:
    line = next(line for line in document["providers"] if line["name"] == name)
    return [line[entry] for entry in COSTS[1:]]


def later_costs(document: dict[str, Any], name: str) -> Any:
    return next(line for line in document["providers"] if line["name"] == name).get("later_costs")


KPIS = columns.Lines(
    areas.KRAS,
    [
        (kpi["name"], (*areas.KRAS, a, "kpis", k))
        for a, kra in enumerate(DOCUMENT["framework"]["kras"])
        for k, kpi in enumerate(kra["kpis"])
    ],
    [
        *(columns.column(DOCUMENT, (*areas.KRAS, 0, "kpis", 0), place) for place in paste.KPI_ENTRIES),
        areas.COLUMN,
    ],
    paste.UNBOUNDED,
    (*areas.KRAS, 0, "kpis"),
    fit=paste.kpi_fit(DOCUMENT),
    beside=directions.COLUMNS,
)
