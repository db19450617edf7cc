"""Designs side by side on the same futures: what each brings every partner over the term, and what differs (model §4).

Contract terms redraw nothing, so designs that differ in terms alone share every future. Where inputs differ too, each
random number still means the same thing in both designs, as long as both need the same ones.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from model.acceptance import Position, Verdict, alliance, cells, positions, standings
from model.base import PENNY, Floats
from model.changes import Change, changes
from model.clauses import clauses
from model.documents import to_document
from model.draw import THREADS, Outcomes, draw, drawn, in_threads
from model.partners import Commissioner, Provider
from model.paths import Gains, Paths, along
from model.plan import Plan, plan
from model.points import Stream, batches
from model.recipe import Group, Recipe, recipe
from model.renames import as_called
from model.scenario import Scenario
from model.scores import rules, scored
from model.settle import settle
from model.simulate import Case
from model.statistics import chance_of_pain, percentile, standard_error, tail_mean
from model.stressed import gains
from model.tables import COMMISSIONERS, PROVIDERS, circumstances, partner_names

MEASURES = ("mean", "worst", "pain", "p5", "p50", "p95")
"""Mean gain; mean gain in the worst 1 in 20, so that higher is better (CVaR95 with its sign turned); chance of pain;
percentiles of gain. Pounds, but for the chance."""

CLEAR = 2.0
"""Standard errors from which a difference is one of the designs rather than of luck."""

Sharing = Literal["same futures", "same random numbers", "same seed only"]
Moved = Literal["better off", "worse off", "no clear difference"]


class Outlook(NamedTuple):
    """What one design brings, small enough to keep: R replicates, N partners, then the two sides."""

    partners: tuple[str, ...]
    """Providers, commissioners, sides, (N + 2,)."""
    figures: Floats
    """(measures, 1 + R, N + 2): of all draws, then of each replicate."""
    providers: int
    positions: tuple[Position, ...]
    """Where every partner stands, (N,)."""
    slack: Floats
    """The smallest slack over all partners, pounds, (1 + R,); inf where nobody asks anything."""

    @property
    def verdict(self) -> Verdict:
        """Whether everybody accepts."""
        return alliance(self.positions)

    def role(self, partner: str) -> str:
        """'provider' or 'commissioner'; '' for a side."""
        place = self.partners.index(partner)
        return "" if place >= len(self.positions) else "provider" if place < self.providers else "commissioner"

    def of(self, measure: str, partner: str) -> Floats:
        """One figure of one partner, of all draws and of each replicate, (1 + R,)."""
        return np.asarray(self.figures[MEASURES.index(measure), :, self.partners.index(partner)])


def sharing(own: Plan, like: Plan) -> Sharing:
    """How much of chance two plans have in common."""
    if own == like:
        return "same futures"
    mine, other = recipe(own).shape, recipe(like).shape
    same = (mine.normals, mine.uniforms) == (other.normals, other.uniforms)
    return "same random numbers" if same else "same seed only"


def unlike(own: Plan, like: Plan) -> tuple[str, ...]:
    """In what two plans differ that need other random numbers: 'partners', 'years', 'uncertainties'."""
    partners, years = (len(one.planned_cost[0]) for one in (own, like)), (own.years, like.years)
    found = [what for what, (a, b) in (("partners", partners), ("years", years)) if a != b]
    return tuple(found + ["uncertainties"] * (not found or _of_no_partner(own) != _of_no_partner(like)))


def _of_no_partner(one: Plan) -> tuple[object, ...]:
    """What of a plan takes random numbers whoever its partners are and however long it runs."""
    kpis = [(kpi.deviation.sd > 0, kpi.people is not None) for kpi in one.kpis]
    return one.prices.sd > 0, kpis, sorted(risk.once for risk in one.risks)


def judged_by(today: Scenario, design: Scenario) -> Scenario:
    """A design in which each partner is called as it is today, and asks what it asks today: appetite, and worth of
    staying out."""
    design = as_called(today, design)
    asked = {one.name: {"appetite": one.appetite, "outside": one.outside} for one in _partners(today)}
    return design.edited(
        providers=tuple(one.edited(**asked.get(one.name, {})) for one in design.providers),
        commissioners=tuple(one.edited(**asked.get(one.name, {})) for one in design.commissioners),
    )


def asked_otherwise(today: Scenario, design: Scenario) -> list[str]:
    """The partners of a design that ask something else today."""
    pairs = zip(_partners(as_called(today, design)), _partners(judged_by(today, design)), strict=True)
    return [own.name for own, now in pairs if own != now]


def _partners(scenario: Scenario) -> list[Provider | Commissioner]:
    return [*scenario.providers, *scenario.commissioners]


def drawn_like(own: Plan, like: Plan, n: int, seed: int, threads: int = THREADS) -> Outcomes:
    """n draws of a plan on the random numbers of another, or on its own where the two need others."""
    if sharing(own, like) != "same random numbers":
        return draw(own, n, seed, threads=threads)
    mine, years = _turned(recipe(own), recipe(like)), own.years
    costs, kpis = (np.empty((years, k, n)) for k in (len(own.cost_deviations), len(own.kpis)))
    prices = np.empty((years, n if own.prices.sd else 1))

    def keep(_: Recipe, stream: Stream) -> None:
        for start, outcomes in drawn(mine, stream):
            part = Outcomes(costs, kpis, prices).cut(start, start + outcomes.costs.shape[-1])
            part.costs[:], part.kpis[:], part.prices[:] = outcomes.costs, outcomes.kpis, outcomes.prices

    in_threads(like, n, seed, "sobol", threads, keep)
    return Outcomes(costs, kpis, prices)


def _turned(own: Recipe, like: Recipe) -> Recipe:
    """A recipe in which a random number moves the same partner or KPI as in another, though sizes differ."""
    if own.plan.correlations != like.plan.correlations:
        return own
    return replace(own, yearly=_as_in(own.yearly, like.yearly), baselines=_as_in(own.baselines, like.baselines))


def _as_in(own: Group, like: Group) -> Group:
    """Any square root of the same correlations serves, so that of the other group does; tables stay."""
    if [q.name for q in own.quantities] != [q.name for q in like.quantities]:
        return own
    return replace(own, factors=np.column_stack([like.factors[:, :-1], own.factors[:, -1]]))


def futures(case: Case, outcomes: Outcomes) -> Paths:
    """Settles draws already made on the terms of a case, a stress or not."""
    framework = rules(case.scenario.framework)

    def brought(cut: slice) -> Gains:
        part = outcomes.cut(cut.start, cut.stop)
        return gains(case, settle(case.at(part.prices), part.costs, scored(framework, case.achieved(part.kpis))))

    return along(case.scenario, case.terms.contribution, outcomes.costs.shape[-1], brought)


def outlook(scenario: Scenario, found: Paths) -> Outlook:
    """The figures of one design's futures."""
    sides = [part.sum(axis=0) for part in np.split(found.total, [len(scenario.providers)])]
    gains = np.vstack([found.total, *sides])
    samples = [gains, *(gains[:, part] for part in batches(gains.shape[-1]))]
    figures = np.stack([_figures(np.sort(sample)) for sample in samples], axis=1)
    stand = positions(scenario, found)
    names = (*partner_names(scenario), PROVIDERS, COMMISSIONERS)
    return Outlook(names, figures, len(scenario.providers), stand, _slack(scenario, found, stand))


def _figures(ordered: Floats) -> Floats:
    """(measures, N), of gains (N, n) sorted along the last axis."""
    tail = [ordered.mean(axis=-1), 0.0 - tail_mean(ordered), chance_of_pain(ordered)]
    return np.stack([*tail, *(percentile(ordered, p) for p in (5, 50, 95))])


def _slack(scenario: Scenario, found: Paths, stand: tuple[Position, ...]) -> Floats:
    """The smallest slack, in all draws and in each replicate: there, that of the test which is tightest overall."""
    asked = [(cell.slack, i, cell.test) for i, one in enumerate(stand) if (cell := one.tightest)]
    parts = batches(found.total.shape[-1])
    if not asked:
        return np.full(1 + len(parts), np.inf)
    slack, i, test = min(asked)
    standing = standings(scenario)[i]
    tested = (cells(standing, found.at(i, part)) for part in parts)
    return np.array([slack, *(next(cell.slack for cell in some if cell.test == test) for some in tested)])


def table(outlooks: Mapping[str, Outlook]) -> pd.DataFrame:
    """Every partner under every design that it is in: (partner, design) down.

    Each measure with its ' s.e.'; its ' change' against the first design, with ' change s.e.' of the paired difference
    (NaN for a partner who is not in the first); 'role', 'verdict' ('' for the sides both) and 'slack' (NaN where
    nothing is asked).
    """
    first = next(iter(outlooks.values()))
    names = dict.fromkeys(name for one in outlooks.values() for name in one.partners[:-2])
    rows = {
        (partner, design): _row(one, first, partner)
        for partner in (*names, PROVIDERS, COMMISSIONERS)
        for design, one in outlooks.items()
        if partner in one.partners
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(["partner", "design"])


def _row(one: Outlook, first: Outlook, partner: str) -> dict[str, float | str]:
    row: dict[str, float | str] = {}
    for measure in MEASURES:
        figure = one.of(measure, partner)
        change = figure - first.of(measure, partner) if partner in first.partners else np.full_like(figure, np.nan)
        row |= {measure: figure[0], f"{measure} s.e.": standard_error(figure[1:])}
        row |= {f"{measure} change": change[0], f"{measure} change s.e.": standard_error(change[1:])}
    stand = next((position for position in one.positions if position.partner == partner), None)
    tightest = stand.tightest if stand else None
    row |= {"role": one.role(partner), "verdict": stand.verdict if stand else ""}
    return row | {"slack": tightest.slack if tightest else float("nan")}


def moved(row: pd.Series, measure: str) -> Moved:
    """Whether a partner is better or worse off than under the first design, beyond luck and half a penny."""
    change, error = row[f"{measure} change"], row[f"{measure} change s.e."]
    if not abs(change) > max(CLEAR * error, PENNY):
        return "no clear difference"
    return "better off" if change > 0 else "worse off"


def scaled(found: pd.DataFrame, designs: Mapping[str, Scenario], per: str) -> pd.DataFrame:
    """P5, P50 and P95 of every (partner, design); `per` 'fee' or 'reserves' as parts of it, else pounds.

    Who has none is left out; so are the sides.
    """
    shown = found.loc[found["verdict"] != "", ["p5", "p50", "p95"]]
    if not per:
        return shown
    of = {name: circumstances(scenario)[per] for name, scenario in designs.items()}
    measure = pd.Series([of[design][partner] for partner, design in shown.index], index=shown.index, dtype=float)
    return shown.div(measure, axis=0)[measure > 0]


def inputs_that_differ(first: Scenario, other: Scenario) -> list[Change]:
    """What differs between two designs, terms first; not what they are called or the stories told."""
    told = ("name", "story", "expected_answer", "illustrative")
    a, b = ({k: v for k, v in to_document(one).items() if k not in told} for one in (first, other))
    return changes(a, b)


def clauses_that_differ(designs: Mapping[str, Scenario]) -> pd.DataFrame:
    """The sentences of the contracts that not all of them have: things down, designs across; '' where none."""
    said = {name: {clause.about: _sentences(clause.text) for clause in clauses(one)} for name, one in designs.items()}
    about = dict.fromkeys(thing for texts in said.values() for thing in texts)
    differing = {}
    for thing in about:
        texts = {name: by_thing.get(thing, []) for name, by_thing in said.items()}
        common = set.intersection(*map(set, texts.values()))
        row = {name: " ".join(s for s in text if s not in common) for name, text in texts.items()}
        if any(row.values()):
            differing[thing] = row
    return pd.DataFrame.from_dict(differing, orient="index", columns=list(designs)).rename_axis("about")


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.]) (?=[A-Z])", text)


def compared(designs: Mapping[str, Scenario], n: int, seed: int) -> dict[str, Outlook]:
    """Every design on the random numbers of the first."""
    like = plan(next(iter(designs.values())))
    return {
        name: outlook(one, futures(Case.of(one), drawn_like(plan(one), like, n, seed))) for name, one in designs.items()
    }
