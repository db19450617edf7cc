"""The schedule, its worked examples and the log of assumptions."""

import csv
from io import StringIO

from data import presets
from model import inputs, walk
from model.assumptions import table
from model.curves import reference_year
from model.examples import examples
from model.partners import Provider
from model.tables import TERM
from tests.ui.written import DAY, LIVING_WELL, made, session, texts
from ui import (
    paper_log,
    range_words,
)
from ui.ledgers import pounds
from ui.paper import Table


def test_the_worked_examples_are_what_settle_gives() -> None:
    scenario = presets.preset(LIVING_WELL)
    said = list(texts(made("schedule", scenario)))
    found = examples(scenario, reference_year(scenario, TERM))
    assert len(found) == 4
    for example in found:
        assert "every provider's cost" in example.assumed
        for step in walk.steps(example.future):
            assert step.line.per == "commissioner" or pounds(step.amount) in said or step.line.name == "result"
        assert all(pounds(gain) in said for gain in walk.shares(example.future)["gain"])


def test_the_schedule_says_every_clause_and_every_cap() -> None:
    scenario = presets.preset(LIVING_WELL)
    said = " ".join(texts(made("schedule", scenario)))
    for words in (
        "not legal advice",
        "beyond that 40p up to 12% beyond the corridor (12.5% over target cost)",
        "60% of its fee",
        "is a shadow year",
        "Failure scores −100, poor −50, minimum 0, stretch +50 and gamebreaking +100, in proportion between.",
        "Fees are paid on top of direct costs and are not in target cost",
    ):
        assert words in said


def test_shares_in_the_schedule_are_not_rounded() -> None:
    """Recovery charity has 10.5% of gain and pain, and that is what its agreement must say."""
    tables = (block for block in made("schedule", presets.preset("small-charities")).blocks if isinstance(block, Table))
    split = next(table for table in tables if table.columns[0].title == "Provider")
    assert ("Recovery charity", "10.5%", "10.5%") in split.rows


def test_the_log_has_every_input_once_as_a_paper_and_as_csv() -> None:
    scenario = presets.preset(LIVING_WELL)
    every = [*inputs.uncertain(scenario), *inputs.certain(scenario)]
    assert len({one.input for one in every}) == len(every)
    paper = made("log", scenario)
    assert sum(len(block.rows) for block in paper.blocks if isinstance(block, Table)) == len(every)
    text = paper_log.comma_separated(session(scenario), DAY, "Design 'Draft', version 3").decode("utf-8-sig")
    head, *rows, last = csv.reader(StringIO(text))
    assert head == ["Input", "Value", "Reason or source", "Owner", "Date"]
    assert [row[0] for row in rows] == [one.input for one in every]
    assert scenario.id in last[1]
    assert last[1].startswith("Design 'Draft', version 3. ")
    assert ["Recovery charity › Fee", "7%"] in [row[:2] for row in rows]


def test_two_counts_of_assumptions_say_what_each_counts() -> None:
    scenario = presets.preset(LIVING_WELL)
    every = [*inputs.uncertain(scenario), *inputs.certain(scenario)]
    assert made("log", scenario).title.startswith(f"{len(every)} inputs, uncertain or not, of which ")
    listed = table(scenario)
    assert range_words.reasons(listed).startswith(f"{len(listed)} inputs that are uncertain or have a note; ")
    assert "counts every input" in range_words.reasons(listed)


def test_the_log_has_every_entry_of_every_provider_that_is_not_uncertain() -> None:
    scenario = presets.preset(LIVING_WELL)
    known = {one.input for one in inputs.certain(scenario)}
    titles = {name: field.title for name, field in Provider.model_fields.items()}
    for name in ("name", "kind", "sources", "cost_deviation", "baseline_error"):
        titles.pop(name)
    assert {f"{p.name} › {title}" for p in scenario.providers for title in titles.values()} <= known


def test_nothing_in_the_csv_is_a_formula() -> None:
    scenario = presets.preset(LIVING_WELL)
    first, *others = scenario.providers
    named = scenario.edited(
        providers=(first.edited(name="=cmd()"), *others), uncertainty=scenario.uncertainty.edited(risks=())
    )
    text = paper_log.comma_separated(session(named), DAY).decode("utf-8-sig")
    assert not any(cell.startswith(("=", "+", "@")) for row in csv.reader(StringIO(text)) for cell in row)
