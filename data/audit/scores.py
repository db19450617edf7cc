"""The page of the performance score: from KPI values to the score and the failed gates, as formulas."""

from collections.abc import Sequence
from typing import NamedTuple

from data.audit.book import Cells, OfYear, Page, added
from data.audit.inputs import Inputs
from data.audit.rules import ANY, ramp, steps
from model import score_words
from model.fields import Path
from model.framework import KPI, LEVELS
from model.futures import Future
from model.scores import GATED


class Scored(NamedTuple):
    """Where the scores of the years are, and whether gates ('yes' or 'no') take anything away."""

    ops: Cells
    measured: Cells
    lost: dict[str, Cells]
    """By what a failed gate takes away."""
    unmodified: Cells | None
    """Where the modifier on gain does not apply; None where there is no such gate."""


def written(page: Page, f: Future, inputs: Inputs) -> Scored:
    """Writes how the KPI values of each year make its score."""
    framework = f.scenario.framework
    paths: list[Path] = [
        ("framework", "kras", a, "kpis", k) for a, kra in enumerate(framework.kras) for k in range(len(kra.kpis))
    ]
    kpis = list(zip(paths, framework.kpis(), inputs.values, strict=True))
    page.section("Each KPI")
    scores = [_explained(page, f, k, _score(*kpi, inputs)) for k, kpi in enumerate(kpis)]
    counted = _counted(page, f, kpis, inputs)
    both = list(zip(kpis, scores, counted, strict=True))
    points = [
        page.worked(["", "Adds to the score: score × weight", kpi.name], _points(score, weight), "")
        for (_, kpi, _), score, weight in both
    ]
    return _gated(page, f, points, _failed(page, kpis, inputs))


def _gated(page: Page, f: Future, points: Sequence[Cells], failed: dict[str, list[Cells]]) -> Scored:
    """The score, and what failed gates make of it and take away."""
    page.section("The performance score")
    measured = page.worked(["", "Score as measured: the sum over the KPIs"], lambda c: added(points, c), "")
    lost = {
        what: page.worked(["", f"A failed gate takes away {what}"], _any(failed, blocks))
        for what, blocks in GATED.items()
    }
    low = lost["the score"]
    ops = page.worked(["", "Overall performance score"], lambda c: f'IF({low(c)}="yes",-100,{measured(c)})', "")
    page.checked(f.ops, "")
    modifies, never = "full cost gain" in failed, lost["full cost gain"]
    passed = "Gate on the full cost gain passed: the modifier on gain does not apply"
    unmodified = page.worked(["", passed], lambda c: f'IF({never(c)}="yes","no","yes")') if modifies else None
    return Scored(ops, measured, lost, unmodified)


def _explained(page: Page, f: Future, k: int, formula: OfYear) -> Cells:
    """The score of a KPI, with what its levels score, and how the model came to that of the last year."""
    kpi = [*f.scenario.framework.kpis()][k]
    cells = page.worked(["", "Score", kpi.name], formula, "")
    page.note(2, score_words.rules([kpi])[0])
    page.note(3, score_words.how(kpi, float(f.kpis[f.year, k, f.draw])))
    return cells


def _score(path: Path, kpi: KPI, value: Cells, inputs: Inputs) -> OfYear:
    """What a value earns: in proportion between the levels, or in steps."""
    levels, scores = ([inputs.at[*path, group, level](ANY) for level in LEVELS] for group in ("levels", "scores"))

    def formula(c: str) -> str:
        v = value(c)
        reached = [f"({v}-{level})*({levels[-1]}-{levels[0]})>=0" for level in levels[1:]]
        found = ramp(v, levels, scores) if kpi.scoring.kind == "ramp" else steps(reached, scores)
        return f'IF(ISNUMBER({v}),{found},"no data")'

    return formula


def _counted(page: Page, f: Future, kpis: list[tuple[Path, KPI, Cells]], inputs: Inputs) -> list[Cells]:
    """The weight of each KPI once those without data have lent theirs to the others."""
    page.section("Weights")
    products = [
        page.worked(["", "Weight of its area × its own", kpi.name], _product(path, inputs), "%")
        for path, kpi, _ in kpis
    ]

    def part(own: Cells, value: Cells) -> OfYear:
        return lambda c: f"IF(ISNUMBER({value(c)}),{own(c)}/{added(products, c)},0)"

    present = [
        page.worked(["", "Its part of the whole, where it has data", kpi.name], part(own, value), "%")
        for own, (_, kpi, value) in zip(products, kpis, strict=True)
    ]
    return _with_lent(page, f.scenario.framework.missing, [kpi.name for _, kpi, _ in kpis], present)


def _with_lent(page: Page, missing: str, names: Sequence[str], present: list[Cells]) -> list[Cells]:
    """Weights with what KPIs without data lend; `missing` says how it is spread."""
    lent = page.worked(["", "Weight of those without data"], lambda c: f"1-{added(present, c)}", "%")
    heirs = present
    if missing == "equally":
        heirs = [page.worked(["", "Takes a part", n], _is_heir(p), "") for p, n in zip(present, names, strict=True)]

    def whole(own: Cells, heir: Cells) -> OfYear:
        return lambda c: f"{own(c)}+IF({added(heirs, c)}>0,{heir(c)}*{lent(c)}/{added(heirs, c)},0)"

    title = f"Weight as counted (without data: {missing})"
    each = zip(names, present, heirs, strict=True)
    return [page.worked(["", title, name], whole(own, heir), "%") for name, own, heir in each]


def _product(path: Path, inputs: Inputs) -> OfYear:
    return lambda c: f"{inputs.at[*path[:3], 'weight'](c)}*{inputs.at[*path, 'weight'](c)}"


def _is_heir(present: Cells) -> OfYear:
    return lambda c: f"IF({present(c)}>0,1,0)"


def _points(score: Cells, weight: Cells) -> OfYear:
    return lambda c: f"IF(ISNUMBER({score(c)}),{score(c)}*{weight(c)},0)"


def _failed(page: Page, kpis: list[tuple[Path, KPI, Cells]], inputs: Inputs) -> dict[str, list[Cells]]:
    """Whether the gate of each KPI that has one is failed, by what the gate blocks."""
    found: dict[str, list[Cells]] = {}
    for path, kpi, value in kpis:
        if kpi.gate is not None:
            title = f"Gate at {kpi.gate.level} failed: takes away {kpi.gate.blocks}"
            cells = page.worked(["", title, kpi.name], _gate(path, kpi.gate.level, value, inputs))
            found.setdefault(kpi.gate.blocks, []).append(cells)
    return found


def _gate(path: Path, level: str, value: Cells, inputs: Inputs) -> OfYear:
    worst, limit, best = (inputs.at[*path, "levels", name](ANY) for name in ("failure", level, "gamebreaking"))
    at_or_worse = 'IF(ISNUMBER({v}),IF(({v}-{limit})*({best}-{worst})<=0,"yes","no"),"no")'
    return lambda c: at_or_worse.format(v=value(c), limit=limit, best=best, worst=worst)


def _any(failed: dict[str, list[Cells]], blocks: tuple[str, ...]) -> OfYear:
    """Whether any gate of these sorts is failed."""
    cells = [one for block in blocks for one in failed.get(block, [])]
    if not cells:
        return lambda c: '"no"'
    return lambda c: f'IF(OR({",".join(f"{one(c)}=" + chr(34) + "yes" + chr(34) for one in cells)}),"yes","no")'
