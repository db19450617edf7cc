"""Worked examples in a paper: a year's outturn, settled line by line."""

from collections.abc import Iterator

import pandas as pd

from model import walk
from model.examples import Example, examples
from model.futures import Future
from model.scenario import Scenario
from ui import accounts, year_words
from ui.ledgers import pounds
from ui.paper import Block, Bullets, Column, Heading, Table, Text, tabled
from ui.range_words import unformatted

LINES = {
    "allocated": "Allocated",
    "moved": "Moved by caps",
    "limb3": "Limb 3",
    "fee": "Fee (Limb 2)",
    "own": "Outside the pool",
    "gain": "Gain or pain",
}


def blocks(scenario: Scenario, year: int) -> Iterator[Block]:
    """Each example: what is assumed, what it comes to, the lines of the whole alliance, then each partner's."""
    label = scenario.term.labels()[year]
    found = examples(scenario, year)
    yield Text(f"Each example settles {label} by the terms above, from step 1 to step 13; a minus is pain. Pounds.")
    for number, example in enumerate(found, start=1):
        yield from _example(example, number, label)


def _example(example: Example, number: int, label: str) -> Iterator[Block]:
    future = example.future
    yield Heading(f"Example {number}: {example.assumed}")
    yield Text(f"{year_words.title(future, label)}.")
    yield _alliance(future)
    shares = walk.shares(future)
    yield Bullets(tuple(map(unformatted, accounts.partners(shares, walk.made(future)))))
    yield tabled(_partners(future), "What each partner's lines come to, pounds")


def _alliance(future: Future) -> Table:
    """The lines that are the whole alliance's, each with how it comes about."""
    columns = (Column("Step", 8), Column("Line", 26), Column("How it comes about", 56), Column("£", 16, figures=True))
    rows = [
        (str(step.line.step), step.line.title, step.how, pounds(step.amount))
        for step in walk.steps(future)
        if not step.owner
    ]
    return Table("The lines of the whole alliance", columns, tuple(rows))


def _partners(future: Future) -> pd.DataFrame:
    """Partners down, lines across; what is nothing for everybody is left out."""
    scenario = future.scenario
    rows = {p.name: [future.amount(line, i) for line in LINES] for i, p in enumerate(scenario.providers)}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(LINES.values())).rename_axis("Partner")
    for i, commissioner in enumerate(scenario.commissioners):
        table.loc[commissioner.name, "Gain or pain"] = future.amount("commissioners", i)
    used = table.loc[:, (table.fillna(0.0).abs() >= 0.005).any() | table.columns.isin(["Limb 3", "Gain or pain"])]
    return used.map(lambda value: "–" if pd.isna(value) else pounds(value))
