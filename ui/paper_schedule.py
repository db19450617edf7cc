"""The financial framework schedule: the terms in contract words, in tables, and in worked examples."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from data import documents
from model import curves, schedule, score_words, tables
from model.base import as_percent
from model.clauses import clauses, order
from model.framework import KRA
from model.scenario import Scenario
from model.tables import TERM
from ui import accounts, paper_ends, paper_examples, stamps
from ui.format import exact, plain
from ui.paper import Block, Bullets, Heading, Paper, Text, tabled
from ui.paper_ends import Before
from ui.range_words import unformatted
from ui.session import Session

DRAFT = (
    "A draft for legal advisers to work from. It is not legal advice, and it binds nobody until the partners have "
    "agreed to it in their Alliance Agreement."
)
AGREED = (
    "For legal advisers to work from. It is not legal advice, and it binds the partners only by the Alliance Agreement "
    "that they sign."
)
WORDS = (
    "term",
    "Limb 1",
    "Limb 2",
    "Limb 3",
    "target cost",
    "outturn",
    "saving",
    "gain, pain",
    "outcome, KRA, KPI",
    "level",
    "score",
    "overall performance score",
    "band",
    "corridor",
    "cap",
    "modifier",
    "performance pool",
    "gate (of a KPI)",
    "pooling",
    "settlement basis",
)
ABOUT_LIMBS = (
    "Limb 1: providers are paid the direct cost of the service at what it comes to, open book.",
    "Limb 2: on top of that, providers are paid a fee for overheads and planned surplus, as stated under Parties and "
    "in the table.",
    "Limb 3: providers are paid gainshare, or pay painshare, by the clauses on gainshare and painshare.",
)
SHARING = ("Savings", "Overspends", "Gates", "Limits", "Years", "Split", "Prices", "Outside the pool", "Commissioners")
MOST = 6
"""Columns of figures that fit across a page."""


def whole(pounds: float) -> str:
    """Pounds without pennies."""
    return exact(round(pounds))


def paper(session: Session, day: date, before: Before | None = None) -> Paper:
    """What the Alliance Agreement would say about money."""
    scenario = session.scenario
    year = curves.reference_year(scenario, TERM)
    sections: dict[str, list[Block]] = {
        "Parties": [tabled(schedule.parties(scenario), "The parties", ("Role", "Kind", "Fee, or contribution"))],
        "Definitions": [_definitions()],
        "Payments": [Bullets(ABOUT_LIMBS), Text(_clause(scenario, "Fees"))],
        "Target cost and fees": [*_targets(scenario)],
        "Gainshare and painshare": [*_sharing(scenario, year)],
        "Performance": [*_performance(scenario)],
        "Worked examples": [*paper_examples.blocks(scenario, year)],
    }
    blocks: list[Block] = []
    for number, (title, found) in enumerate(sections.items(), start=1):
        blocks += [Heading(f"{number}. {title}"), *found]
    blocks += [
        *paper_ends.changed(session, before),
        Heading("How this schedule was made"),
        Bullets(_made(session, day)),
    ]
    agreed = paper_ends.agreed(session)
    about = (
        *agreed,
        AGREED if agreed else DRAFT,
        f"{scenario.name}, {scenario.term.labels()[0]} to {scenario.term.labels()[-1]}.",
    )
    title = "Schedule: the financial framework of the Alliance Agreement"
    kind = f"Financial framework schedule{'' if agreed else ' · draft'}"
    return Paper(kind, title, about, tuple(blocks), stamps.line(session, day), day)


def _made(session: Session, day: date) -> tuple[str, ...]:
    return ("Nothing in this schedule is drawn by chance: it follows from the terms.", *paper_ends.basis(session, day))


def _clause(scenario: Scenario, about: str) -> str:
    return accounts.signs(next((clause.text for clause in clauses(scenario) if clause.about == about), ""))


def _definitions() -> Block:
    known = {word: unformatted(meaning) for word, meaning in documents.glossary().items()}
    table = pd.DataFrame({"Meaning": [known[word] for word in WORDS]}, index=pd.Index(WORDS, name="Word"))
    return tabled(table, "What words mean in this schedule", ("Meaning",))


def _targets(scenario: Scenario) -> Iterator[Block]:
    """How the target cost is built, then each provider's target cost and fee, by year."""
    build = tables.target_build_up(scenario).T.rename_axis("Year").map(whole)
    yield tabled(build, "How the target cost of each year is built, pounds")
    each = tables.by_provider(scenario)
    for line, title in (
        ("target cost", "Target cost of each provider"),
        ("fee", "Fee of each provider, at target cost"),
    ):
        found = each.xs(line, level="line").T.rename_axis("Year").map(whole)
        yield Text(f"{title}:")
        for start in range(0, len(found.columns), MOST):
            yield tabled(found.iloc[:, start : start + MOST], f"{title}, pounds")


def _sharing(scenario: Scenario, year: int) -> Iterator[Block]:
    label = scenario.term.labels()[year]
    said = [(clause.about, accounts.signs(clause.text)) for clause in clauses(scenario) if clause.about in SHARING]
    yield Bullets(tuple(f"{about}. {text}" for about, text in said))
    yield Text(order(scenario))
    yield tabled(schedule.bands(scenario), "Layers of savings and overspends", ("From", "Up to"))
    caps = schedule.caps(scenario, year)
    if not caps.empty:
        shown = caps.assign(pounds=caps["pounds"].map(whole)).rename(columns={"pounds": f"In {label}"})
        yield Text("Each year gain or pain stops at these caps:")
        yield tabled(shown, f"Caps in words, and in pounds in {label}", ("At",))
    if len(scenario.providers) > 1:
        split = tables.split(scenario, year).map(as_percent).rename_axis("Provider")
        yield Text(f"Gain and pain of {label} are split so:")
        yield tabled(
            split.rename(columns={"gain": "Part of gain", "pain": "Part of pain"}), "How gain and pain are split"
        )


def _performance(scenario: Scenario) -> Iterator[Block]:
    framework = scenario.framework
    if not framework.kras:
        yield Text("There are no KPIs, so performance neither earns nor costs anything.")
        return
    if framework.vision:
        yield Text(framework.vision)
    areas = [f"{kra.name}: {as_percent(kra.weight)} of the whole.{_outcome(kra)}" for kra in framework.kras]
    yield Bullets((*areas, *score_words.rules([*framework.kpis()]), _clause(scenario, "Performance")))
    shown = schedule.kpis(scenario)
    figures = shown[["failure", "poor", "minimum", "stretch", "gamebreaking"]].map(plain)
    table = shown[["unit"]].join(shown["weight"].map(as_percent)).join(figures).join(shown["gate"].replace("", "–"))
    table.columns = pd.Index([str(name).capitalize() for name in table])
    yield Text("The value of each KPI at its levels, its weight in the whole, and the level at which its gate fails:")
    yield tabled(table, "KPIs and their levels", ("Unit", "Gate"))


def _outcome(kra: KRA) -> str:
    """What matters to people, where that is not its name."""
    return f" {kra.outcome.rstrip('.')}." if kra.outcome and kra.outcome.casefold() != kra.name.casefold() else ""
