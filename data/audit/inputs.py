"""The page of inputs: actual figures and terms of the settled years, each in a cell that formulas refer to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from data.audit.book import Cells, Page
from model.contract import RiskShare
from model.documents import to_document, where
from model.fields import Path, unit_of, walk
from model.framework import KPI
from model.futures import Future
from model.outturn import PRICES

OF_PROVIDER = ("fee_rate", "fee_on", "pooled", "gain_share", "pain_share", "reserves", "gain_cap", "pain_cap")
OF_KPI = ("weight", "levels", "scores", "scoring", "gate")


TERMS = [name for name in RiskShare.model_fields if name not in ("sources", "phase_in")]


@dataclass
class Inputs:
    """Where every input is. `at`: that of a path into the scenario; lists: providers or KPIs in their order."""

    prices: Cells
    relief: Cells
    phase_in: Cells
    one_sided: Cells
    last: Cells
    forward: Cells | None
    """Pain brought forward into the first year, where the contract carries pain forward."""
    target: list[Cells]
    """At planned prices."""
    cost: list[Cells]
    values: list[Cells]
    other_years: dict[str, list[Cells]]
    """Each provider's caps in years of the term that are not shown, for 'gain' and 'pain'; for a last year only."""
    at: dict[Path, Cells] = field(default_factory=dict)


def written(page: Page, future: Future, shown: Sequence[int]) -> Inputs:
    """Writes the inputs of these rows of a ledger, the settled year last."""
    f, terms, rows = future, future.terms, list(shown)
    names = [p.name for p in f.scenario.providers]
    page.section("Actual figures: change any of these and the settlement follows")
    cost = [page.yearly(["Actual cost (£)", n], f.ledger.costs[rows, i, f.draw]) for i, n in enumerate(names)]
    values = [_values(page, f, k, kpi, rows) for k, kpi in enumerate(f.scenario.framework.kpis())]
    agreed = [0.0] * len(rows) if f.agreed is None else f.agreed[rows, 0]
    relief = page.yearly(["Relief agreed (£)"], agreed)
    prices = page.yearly([PRICES], terms.prices[rows, 0], "")
    forward = None
    if f.scenario.risk_share.basis.kind == "carry_forward":
        forward = page.constant(["Pain brought forward into the first year (£)", ""], f.ledger.brought_forward, "£")
    page.section("Terms that differ from year to year")
    target = [page.yearly(["Target cost at planned prices (£)", n], terms.target[rows, i]) for i, n in enumerate(names)]
    phase_in = page.yearly(["Part of gain and pain that counts (phase-in)"], terms.phase_in[rows], "%")
    one_sided = page.yearly(["One-sided year: no pain is shared"], _said(terms.one_sided[rows]), "")
    last = page.yearly(["Last year of the term"], _said(terms.last[rows]), "")
    together = f.scenario.risk_share.basis.kind != "yearly"
    other_years = _other_years(page, f, rows) if together and terms.last[f.year] else {}
    found = Inputs(prices, relief, phase_in, one_sided, last, forward, target, cost, values, other_years)
    _terms(page, future, found)
    return found


def _values(page: Page, f: Future, k: int, kpi: KPI, rows: list[int]) -> Cells:
    values = f.kpis[rows, k, f.draw]
    title = f"KPI value ({kpi.unit})" if kpi.unit else "KPI value"
    return page.yearly([title, kpi.name], ["no data" if value != value else value for value in values], "")


def _said(flags: Any) -> list[str]:
    return ["yes" if flag else "no" for flag in flags]


def _other_years(page: Page, f: Future, rows: list[int]) -> dict[str, list[Cells]]:
    """What each provider's caps of the whole term have beyond the years shown."""
    page.section("Caps in years of the term that are not shown, at planned prices")
    found: dict[str, list[Cells]] = {"gain": [], "pain": []}
    for side, cells in found.items():
        caps, term = getattr(f.terms, f"{side}_cap"), getattr(f.terms, f"term_{side}_cap")
        for i, provider in enumerate(f.scenario.providers):
            uncapped = getattr(provider, f"{side}_cap").kind == "none"
            rest: Any = "no cap" if uncapped else float(term[i] - caps[rows, i].sum())
            cells.append(page.constant([f"Cap on {side} in other years (£)", provider.name], rest, "£"))
    return found


def _terms(page: Page, f: Future, found: Inputs) -> None:
    """Every term of the scenario that a settlement depends on, off its own fields."""
    document = to_document(f.scenario)
    page.section("Providers")
    idle = [
        f"{side}_share" for side in ("gain", "pain") if document["risk_share"][f"{side}_allocation"]["kind"] != "stated"
    ]
    for i in range(len(f.scenario.providers)):
        _leaves(page, document, [("providers", i, name) for name in OF_PROVIDER if name not in idle], found)
    page.section("Commissioners")
    _leaves(page, document, [("commissioners", i, "contribution") for i in range(len(f.scenario.commissioners))], found)
    page.section("Terms of the risk share")
    _leaves(page, document, [("risk_share", name) for name in TERMS], found)
    page.section("Performance framework")
    _leaves(page, document, [("framework", "missing")], found)
    for a, kra in enumerate(document["framework"]["kras"]):
        at: Path = ("framework", "kras", a)
        below = [(*at, "kpis", k, name) for k in range(len(kra["kpis"])) for name in OF_KPI]
        _leaves(page, document, [(*at, "weight"), *below], found)


def _leaves(page: Page, document: Any, paths: Sequence[Path], found: Inputs) -> None:
    """A row for each single value at or below these places of the document."""
    for path in paths:
        node = document
        for key in path:
            node = node[key]
        if isinstance(node, dict | list):
            keys = [k for k in node if k != "sources"] if isinstance(node, dict) else range(len(node))
            _leaves(page, document, [(*path, key) for key in keys], found)
        elif node is not None:
            owner, title, unit = _titled(document, path)
            shown = node.replace("_", " ") if path[-1] == "kind" else node
            found.at[path] = page.constant([title, owner], shown, unit)


def _titled(document: Any, path: Path) -> tuple[str, str, str]:
    """Whose a value is, its title below that, and its unit."""
    steps = walk(document, path)
    named = [i for i, (_, _, node) in enumerate(steps) if isinstance(node, dict) and node.get("name")]
    owner = str(steps[named[-1]][2]["name"]) if named else ""
    below = steps[named[-1] + 1 :] if named else steps[1:]
    if path[-1] == "kind":
        return owner, f"{where(below[:-1])}: kind" if below[-1][1] else where(below), ""
    title, unit = where(below), unit_of(steps[-1][1])
    return owner, f"{title} (£)" if unit == "£" and "£" not in title else title, unit
