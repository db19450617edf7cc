"""What papers say: every preset has each of them, they hold what every paper must, and they fit their pages."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO, StringIO
from itertools import pairwise

import pytest
from docx import Document
from docx.shared import Pt

from data import presets
from model import effects, inputs, walk
from model.amounts import OfFee
from model.appetite import InPounds, InWords, Unasked
from model.assumptions import table
from model.bands import Band
from model.base import Source
from model.changes import Change
from model.comparison import inputs_that_differ
from model.curves import reference_year
from model.distributions import Fixed
from model.documents import from_json, to_json
from model.examples import examples
from model.failing import ProviderFails
from model.partners import Provider
from model.scenario import Scenario
from model.stress import InflationShock
from model.tables import TERM, partner_names
from model.variants import variants
from model.version import VERSION
from tests.pages.test_drivers import all_certain, one_provider, one_year, without_kpis
from ui import (
    board_stress,
    designs,
    paper_alliance,
    paper_board,
    paper_ends,
    paper_joining,
    paper_log,
    paper_pdf,
    paper_schedule,
    paper_word,
    papers,
    range_words,
)
from ui.format import ABOUT_ERRORS, signed
from ui.ledgers import pounds
from ui.paper import Bullets, Heading, Paper, Table, Text, printable
from ui.paper_ends import Before
from ui.results import effect
from ui.session import Session

DAY = date(2026, 1, 2)
KINDS = ("alliance", "board", "joining", "schedule", "log")
LIVING_WELL = "lambeth-living-well"
ODD = '#*_$<>&"\\`@x 🏥 שלום'


def session(scenario: Scenario) -> Session:
    found = Session("papers-of-a-test", scenario, None)
    found.draws = 1_024
    return found


def made(kind: str, scenario: Scenario, name: str = "", before: Before | None = None) -> Paper:
    """A paper, of the first partner unless another is named."""
    name = name or partner_names(scenario)[0]
    if kind == "board":
        return paper_board.paper(session(scenario), name, DAY, before)
    if kind == "joining":
        return paper_joining.paper(session(scenario), name, DAY, before)
    module = {"alliance": paper_alliance, "schedule": paper_schedule, "log": paper_log}[kind]
    return module.paper(session(scenario), DAY, before)


def texts(paper: Paper) -> Iterator[str]:
    """Everything that it says, in order."""
    yield from (paper.kind, paper.title, *paper.about)
    for block in paper.blocks:
        if isinstance(block, Heading | Text):
            yield block.text
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Table):
            yield from (text for row in block.rows for text in row)
    yield paper.foot


@cache
def changed() -> Scenario:
    """Lambeth, with all of an overspend for the providers to bear."""
    scenario = presets.preset(LIVING_WELL)
    return scenario.edited(risk_share=scenario.risk_share.edited(pain_bands=(Band(share=1.0),)))


@pytest.mark.parametrize("preset", presets.names())
@pytest.mark.parametrize("kind", KINDS)
def test_every_preset_has_every_paper_in_word_and_pdf(kind: str, preset: str) -> None:
    scenario = presets.preset(preset)
    names = partner_names(scenario)
    for name in {"joining": names, "board": (names[0], names[-1])}.get(kind, names[:1]):
        paper = made(kind, scenario, name)
        found = paper_pdf.written(paper)
        if kind in ("board", "joining"):
            assert paper_pdf.pages(found) <= 2
        document = Document(BytesIO(paper_word.written(paper)))
        headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
        assert headings == list(map(printable, paper.headings()))


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_says_by_what_it_was_made(kind: str) -> None:
    scenario = presets.preset(LIVING_WELL)
    said = " ".join(texts(made(kind, scenario)))
    for part in (scenario.name, scenario.id, VERSION, "seed 2018", "1,024", "2 January 2026", ABOUT_ERRORS):
        assert part in said
    assert "Illustrative figures" in said


@pytest.mark.parametrize("kind", ["alliance", "board", "joining"])
def test_a_paper_says_what_its_ranges_leave_out(kind: str) -> None:
    assert "whatever nobody has thought of" in " ".join(texts(made(kind, presets.preset(LIVING_WELL))))


@pytest.mark.parametrize("preset", presets.names())
def test_the_paper_for_the_alliance_says_where_every_partner_stands_and_what_it_carries(preset: str) -> None:
    scenario = presets.preset(preset)
    paper = made("alliance", scenario)
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    for one in tables[:2]:
        assert {row[0] for row in one.rows} >= set(partner_names(scenario))
    assert paper_pdf.pages(paper_pdf.written(paper)) <= 2


def test_how_likely_trouble_is_is_a_list_on_paper_as_on_screen() -> None:
    blocks = made("joining", presets.preset(LIVING_WELL)).blocks
    at = next(i for i, block in enumerate(blocks) if block == Heading("How likely is trouble?"))
    listed = blocks[at + 1]
    assert isinstance(listed, Bullets) and len(listed.items) > 2


@pytest.mark.parametrize("kind", KINDS)
def test_no_paper_holds_signs_that_format(kind: str) -> None:
    for text in texts(made(kind, presets.preset(LIVING_WELL))):
        assert "**" not in text and "\\" not in text and "nan" not in text.split()


@pytest.mark.parametrize("kind", KINDS)
def test_a_nasty_name_stands_in_a_paper_as_it_was_typed(kind: str) -> None:
    typed = to_json(presets.preset(LIVING_WELL)).replace(
        "Recovery charity", ODD.replace("\\", "\\\\").replace('"', '\\"')
    )
    paper = made(kind, from_json(typed), ODD)
    assert ODD in " ".join(texts(paper))
    assert paper_pdf.written(paper) and paper_word.written(paper)


@pytest.mark.parametrize("odd", [without_kpis, one_provider, all_certain, one_year])
@pytest.mark.parametrize("kind", KINDS)
def test_odd_alliances_have_every_paper(kind: str, odd: object) -> None:
    assert callable(odd)
    paper = made(kind, odd(presets.preset(LIVING_WELL)))
    assert paper_pdf.written(paper) and paper_word.written(paper)


@pytest.mark.parametrize("kind", ["board", "joining"])
@pytest.mark.parametrize("reserves", [0.0, None])
def test_reserves_of_nothing_and_reserves_not_stated_have_papers(kind: str, reserves: float | None) -> None:
    first = presets.preset(LIVING_WELL)
    *others, last = first.providers
    one = last.edited(reserves=reserves)
    paper = made(kind, first.edited(providers=(*others, one)), last.name)
    said = " ".join([*texts(paper), *paper.about, paper.title])
    assert not re.search(r"\b(?:nan|inf)\b", said, re.I)
    assert ("they are not stated" in said) == (reserves is None)
    assert paper_pdf.written(paper) and paper_word.written(paper)


def test_a_partner_that_asks_nothing_has_a_board_paper() -> None:
    scenario = presets.preset("project-alliance")
    free = scenario.edited(providers=tuple(p.edited(appetite=Unasked()) for p in scenario.providers))
    assert "has not said what it would accept" in made("board", free).title


@pytest.mark.parametrize("kind", ["board", "joining"])
def test_where_only_limits_were_entered_since_the_terms_are_said_to_be_the_same(kind: str) -> None:
    saved = presets.preset(LIVING_WELL)
    first, *others = saved.providers
    entered = saved.edited(providers=(first.edited(appetite=InPounds(loss=400_000.0, loss_chance=0.05)), *others))
    said = list(texts(made(kind, entered, before=Before("This design", "Starting design", saved))))
    assert "The terms are those of the starting design; what was entered since" in said
    assert "What changed from the starting design" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_of_two_designs_says_what_changed(kind: str) -> None:
    saved = presets.preset(LIVING_WELL)
    said = list(texts(made(kind, changed(), before=Before("This design", "Starting design", saved))))
    assert "What changed from the starting design" in said
    (change,) = inputs_that_differ(saved, changed())
    assert any(change.said in text for text in said)
    assert "The terms are those" not in " ".join(said)
    brought = "For Mental health trust: mean " if kind == "joining" else "all providers are worse off"
    assert any(brought in text for text in said)


@pytest.mark.parametrize("preset", presets.names())
def test_a_board_paper_held_against_another_design_has_three_pages_at_most(preset: str) -> None:
    scenario = presets.preset(preset)
    apart = scenario.edited(risk_share=scenario.risk_share.edited(pain_bands=(Band(share=1.0),), haircut=0.1))
    others = (apart, presets.preset("small-charities"), *(one.scenario for one in variants(scenario)[::4]))
    kind = "Design 'Draft', changed since version 13 (saved 29 November 2026 by Ada of a council with a long name)"
    for other in others:
        paper = made("board", scenario, before=Before("This design", "Starting design", other))
        assert paper_pdf.pages(paper_pdf.written(replace(paper, kind=f"{paper.kind} · {kind}"))) <= 3


@pytest.mark.parametrize("whose", partner_names(presets.preset("small-charities")))
def test_a_paper_on_joining_held_against_another_design_stays_on_one_sheet(whose: str) -> None:
    saved = presets.preset("small-charities")
    raised = tuple(one.edited(fee_rate=one.fee_rate + 0.01) for one in saved.providers)
    here = saved.edited(providers=raised, risk_share=saved.risk_share.edited(pain_bands=(Band(share=1.0),)))
    differ = inputs_that_differ(saved, here)
    paper = made("joining", here, whose, Before("This design", "Starting design", saved))
    assert paper_pdf.pages(paper_pdf.written(paper)) <= 2
    said = list(texts(paper))
    if whose in {one.name for one in raised}:
        own = f"Entries of {whose}: {dict(differ[-1].by_partner())[whose]}."
        [others] = [text for before, text in pairwise(said) if before == own]
        assert others.startswith(differ[0].said) and f"{whose} " not in others
    else:
        [every] = [text for text in said if text.startswith(differ[0].said)]
        assert differ[-1].said in every


@pytest.mark.parametrize("kind", ["joining", "board"])
def test_a_partners_own_paper_names_all_that_changed_for_it_before_the_terms_for_all(kind: str) -> None:
    """However much else changed, and in not more pages."""
    saved = presets.preset("small-charities")
    here = meeting(saved)
    *others, last = here.providers
    own = last.edited(
        pain_cap=OfFee(part=0.4),
        fee_rate=0.09,
        reserves=4e5,
        income=7.7e6,
        appetite=InWords(word="averse"),
        gain_share=last.gain_share + 0.05,
        pain_share=last.pain_share - 0.01,
    )
    first = others[0].edited(
        gain_share=others[0].gain_share - 0.05, pain_share=others[0].pain_share + 0.01, fee_rate=0.08
    )
    here = here.edited(providers=(first, *others[1:], own))
    paper = made(kind, here, own.name, Before("This design", "Starting design", saved))
    said = list(texts(paper))
    [line] = [text for text in said if text.startswith(f"Entries of {own.name}: ")]
    after = said[said.index(line) + 1]
    for entry in ("Share of gain", "Share of pain", "Cap on pain", "Fee", "Free reserves", "income", "Appetite"):
        assert f"{entry}" in line
    assert first.name not in line
    assert "Haircut" in after or "haircut" in after
    assert re.search(r"; and \d+ more", after) if kind == "joining" else "Share of gain" in after
    assert paper_pdf.pages(paper_pdf.written(paper)) <= (2 if kind == "joining" else 3)


def meeting(saved: Scenario) -> Scenario:
    """What a meeting is about, and dearer services besides."""
    dearer = {"kind": "student_t", "centre": 0.03, "scale": 0.045, "df": 6.0}
    raised = tuple(one.edited(cost_deviation=dearer, reserves=(one.reserves or 0.0) + 1e5) for one in saved.providers)
    return saved.edited(
        providers=tuple(one.edited(pooled=0.5) for one in raised),
        commissioners=tuple(one.edited(appetite=Unasked(), reserves=9e6) for one in saved.commissioners),
        baseline=saved.baseline.edited(contingency=0.05, reindexed=not saved.baseline.reindexed),
        risk_share=saved.risk_share.edited(pain_bands=(Band(share=0.05),), haircut=0.1),
    )


def test_a_board_paper_leaves_no_term_and_no_target_out_of_what_changed() -> None:
    saved = presets.preset("small-charities")
    found = inputs_that_differ(saved, meeting(saved))
    said = list(texts(made("board", meeting(saved), before=Before("This design", "Starting design", saved))))
    (terms,) = (text for text in said if text.startswith("Contract terms: "))
    (targets,) = (text for text in said if text.startswith("Targets and what is scored: "))
    (own,) = (text for text in said if text.startswith("Entries of "))
    assert all(one.said in terms + own for one in found if one.kind == "terms")
    assert all(one.said in targets + own for one in found if one.kind == "targets")
    others = [one.besides(meeting(saved).providers[0].name) for one in found]
    left = [one for one in others if one and not any(one.said in text for text in said)]
    assert f"{sum(one.entries for one in left if not one.each[0].noted)} more entries differ." in said
    assert paper_ends.APART in said
    assert paper_ends.APART not in texts(made("board", changed(), before=Before("This", "Saved", saved)))


def in_the_room(saved: Scenario) -> Scenario:
    """A term, two appetites and an estimate, each with its reason: what a room enters and reveals."""
    said, cost = (Source(field=field, note="Stated in the room") for field in ("appetite", "cost_deviation"))
    first, second, third, *others = saved.providers
    return saved.edited(
        providers=(
            first.edited(appetite=InWords(word="averse"), sources=(*first.sources, said)),
            second.edited(appetite=InWords(word="cautious"), sources=(*second.sources, said)),
            third.edited(cost_deviation=Fixed(value=0.05), sources=(*third.sources, cost)),
            *others,
        ),
        risk_share=saved.risk_share.edited(haircut=0.1),
    )


NOTED = "3 notes on entries differ too: reasons or sources."


def test_a_paper_says_what_notes_differ_and_never_counts_them_as_entries() -> None:
    saved = presets.preset("small-charities")
    first, *others = saved.providers
    noted = Source(field="fee_rate", note="As agreed.", owner="Ada", date="2026-11-30")
    here = saved.edited(providers=(first.edited(fee_rate=0.02, sources=(noted,)), *others))
    found = inputs_that_differ(saved, here)
    notes = [each for one in found for each in one.each if each.noted]
    what = "reasons or sources, who answers for them and when they were looked at"
    assert {each.path[-1] for each in notes} == {"note", "owner", "date"}
    for said in (paper_ends.with_own(found), paper_ends.by_kind(meeting_and(saved, noted))):
        (line,) = (line for line in said if "notes on entries" in line)
        assert line.endswith(f" notes on entries differ too: {what}.")
    assert paper_ends.with_own(found)[-1].startswith(f"{len(notes)} notes on entries differ too: ")
    assert not any("more entr" in line for line in paper_ends.with_own(found))
    assert re.search(r"; and \d+ more and \d+ notes on entries$", paper_ends.in_room(meeting_and(saved, noted)))


def meeting_and(saved: Scenario, noted: Source) -> list[Change]:
    """What a meeting is about, with a note on a fee besides."""
    first, *others = meeting(saved).providers
    return inputs_that_differ(saved, meeting(saved).edited(providers=(first.edited(sources=(noted,)), *others)))


def test_the_alliance_paper_names_what_partners_entered_for_themselves_and_counts_the_rest() -> None:
    saved = presets.preset("small-charities")
    here = in_the_room(saved)
    said = list(texts(made("alliance", here, before=Before("This design", "Starting design", saved))))
    lines = [text for text in said if text.startswith("Own figures of ")]
    for one, line, entry in zip(here.providers, lines, ("Appetite", "Appetite", "Cost uncertainty"), strict=False):
        assert line.startswith(f"Own figures of {one.name}: {entry}")
    assert len(lines) == 3
    assert "Stated in the room" not in " ".join(said)
    assert said[said.index(lines[-1]) + 1] == NOTED
    assert not any("more entries differ" in text for text in said)


def test_what_several_partners_entered_alike_is_one_line() -> None:
    saved = presets.preset("small-charities")
    cautious = saved.edited(providers=tuple(one.edited(appetite=InWords(word="averse")) for one in saved.providers))
    eager = saved.edited(providers=tuple(one.edited(appetite=InWords(word="eager")) for one in saved.providers))
    (line,) = paper_ends.with_own(inputs_that_differ(cautious, eager))
    assert line == 'Own figures: Appetite › Appetite, all 6 providers: "averse" → "eager".'
    assert paper_ends.with_own([]) == ["Nothing differs."]


def test_the_paper_of_a_room_stays_on_its_pages() -> None:
    saved = presets.preset("small-charities")
    paper = made("alliance", in_the_room(saved), before=Before("This design", "Starting design", saved))
    assert paper_pdf.pages(paper_pdf.written(paper)) <= 2


def test_what_changed_on_one_page_is_in_whole_lines() -> None:
    saved = presets.preset("small-charities")
    found = inputs_that_differ(saved, meeting(saved))
    said = paper_ends.in_room(found)
    shown = [one for one in found if one.said in said]
    assert said.startswith("; ".join(one.said for one in shown))
    assert "…" not in said
    assert said.endswith(f"; and {sum(one.entries for one in found[len(shown) :])} more")
    assert len("; ".join(one.said for one in shown)) <= paper_ends.ROOM + 20


def test_a_board_paper_says_what_stresses_would_change_and_who_would_then_refuse() -> None:
    scenario = presets.preset(LIVING_WELL)
    name = "NHS commissioner"
    found = effects.change(effect(session(scenario), InflationShock(0.03)), effect(session(scenario)))
    paper = made("board", scenario, name)
    table = next(b for b in paper.blocks if isinstance(b, Table) and b.columns[0].title == "What would happen")
    assert [row[0].split()[0] for row in table.rows] == ["Prices", "Each", "Each", "Mental"]
    assert table.rows[0][1] == signed(float(found.loc[name, "mean"]))
    assert "KPI is at failure" in table.rows[2][0]
    assert "everybody refuses" in table.rows[3][4]
    assert any("More agency staff than planned (30% a year, £617k)" in text for text in texts(paper))


def dearer_by_a_fee(saved: Scenario) -> Scenario:
    """The same with a little more for its last provider."""
    *others, last = saved.providers
    return saved.edited(providers=(*others, last.edited(fee_rate=last.fee_rate + 0.01)))


def test_a_board_paper_beside_another_design_says_when_its_stresses_begin() -> None:
    saved = presets.preset("small-charities")
    name = "Peer support charity"
    paper = made("board", dearer_by_a_fee(saved), name, Before("This design", "Starting design", saved))
    table = next(b for b in paper.blocks if isinstance(b, Table) and b.columns[0].title == "Stress")
    assert [row[0] for row in table.rows] == [
        "Inflation +3 points (2023-24 to 2024-25)",
        "Savings a year late",
        "Every KPI at failure",
        "Housing charity fails (from 2023-24, its services 15% dearer)",
    ]
    assert paper_pdf.pages(paper_pdf.written(paper)) == 2


def test_a_stress_in_a_term_of_one_year_names_it_once() -> None:
    scenario = one_year(presets.preset("small-charities"))
    label, name = scenario.term.labels()[0], scenario.providers[0].name
    inflation, *_, fails = (board_stress.brief(scenario, one) for one in board_stress.chosen(scenario, name))
    assert inflation == f"Inflation +3 points ({label})" and f"fails (from {label}, " in fails


def test_a_board_paper_names_the_worst_year_and_its_part_of_reserves() -> None:
    said = " ".join(texts(made("board", presets.preset(LIVING_WELL), "Council")))
    assert "The worst year for Council is 20" in said
    assert "of its reserves" in said.split("The worst year for Council")[1].split("On average")[0]


def test_a_board_paper_lists_what_its_heading_says() -> None:
    """The risks stand under 'what is in these ranges', beside another design by name; where there are none, no such
    thing is promised."""
    scenario = presets.preset(LIVING_WELL)
    saved = Before("This design", "Starting design", changed())
    for before, risk in ((None, "More agency staff than planned (30% a year"), (saved, "; More agency staff than")):
        paper = made("board", scenario, before=before)
        assert "What is in these ranges, and what is not" in paper.headings()
        assert any(text.startswith("Risks in these ranges") and risk in text for text in texts(paper))
    bare = scenario.edited(uncertainty=scenario.uncertainty.edited(risks=()))
    found = made("board", bare, before=saved)
    assert "What is not in these ranges" in found.headings()
    assert "What is in these ranges, and what is not" not in found.headings()


def test_the_largest_other_provider_is_the_one_that_fails() -> None:
    scenario = presets.preset(LIVING_WELL)
    *_, fails = board_stress.chosen(scenario, "Mental health trust")
    assert fails == ProviderFails(1, 1, 0.15)


def test_worth_is_defined_where_it_is_tested() -> None:
    scenario = presets.preset(LIVING_WELL)
    assert "worth of joining: the sure sum" in " ".join(texts(made("board", scenario)))
    first, *others = scenario.providers
    asking = scenario.edited(providers=(first.edited(appetite=InPounds(worst=1e7)), *others))
    assert "worth of joining: the sure sum" not in " ".join(texts(made("board", asking)))


def test_changes_of_nothing_are_left_out_of_a_board_paper() -> None:
    """What a commissioner accepts changes no payment, so no row is left; a share of pain changes everybody's."""
    saved = presets.preset(LIVING_WELL)
    first, *others = saved.commissioners
    strict = saved.edited(commissioners=(first.edited(appetite=InPounds(worst=500_000.0)), *others))
    abouts = {
        name: [block.about for block in made("board", design, before=before).blocks if isinstance(block, Table)]
        for name, design, before in (
            ("appetite", strict, Before("This design", "Starting design", saved)),
            ("share", changed(), Before("This design", "Starting design", saved)),
        )
    }
    assert "What the change brings each partner" not in abouts["appetite"]
    assert "What the change brings each partner" in abouts["share"]


def test_without_another_design_nothing_is_said_of_changes() -> None:
    assert not any("What changed" in heading for heading in made("board", changed()).headings())


def test_a_paper_is_about_the_whole_term_whatever_year_is_looked_at() -> None:
    scenario = presets.preset(LIVING_WELL)
    looking = session(scenario)
    looking.period = scenario.term.labels()[-1]
    name = partner_names(scenario)[0]
    found = paper_board.paper(designs.seen(looking, scenario), name, DAY)
    assert list(texts(found)) == list(texts(made("board", scenario, name)))
    assert looking.period == scenario.term.labels()[-1]


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


def test_the_one_pager_says_what_its_words_mean_and_the_tolerance_only_where_there_is_one() -> None:
    for name, weighed in ((presets.FIRST, True), (presets.NEW, False)):
        scenario = presets.preset(name)
        said = " ".join(texts(made("joining", scenario, scenario.providers[-1].name)))
        assert "Words used here. Gain, pain:" in said
        assert ("risk tolerance: how large a gamble" in said) == weighed


@pytest.mark.parametrize("preset", [LIVING_WELL, "small-charities"])
def test_no_heading_of_stresses_is_too_narrow_for_its_longest_word(preset: str) -> None:
    tables = [one for one in made("board", presets.preset(preset)).blocks if isinstance(one, Table)]
    (stresses,) = [one for one in tables if one.columns[0].title == paper_board.HAPPENS]
    whole = sum(column.width for column in stresses.columns)
    assert all(column.width / whole > 0.09 for column in stresses.columns)


def test_a_long_paper_is_smaller_and_word_is_never_smaller_than_can_be_read() -> None:
    short = made("board", presets.preset(LIVING_WELL))
    long = replace(short, blocks=(*short.blocks, *short.blocks[:6]))
    assert paper_pdf.size_of(long) < long.size
    points = [Document(BytesIO(papers._in_word(one))).styles["Normal"].font.size for one in (short, long)]
    assert points[1] == points[0] == Pt(9)


@pytest.mark.parametrize("kind", ["board", "joining"])
def test_papers_are_not_printed_smaller_than_most_can_read(kind: str) -> None:
    """9 points of text, 8 in tables, in Word and PDF."""
    paper = made(kind, presets.preset("small-charities"), "Peer support charity")
    size = paper_pdf.size_of(paper)
    assert size >= 9 and 0.86 * size >= 8
    document = Document(BytesIO(papers._in_word(paper)))
    assert all(document.styles[name].font.size.pt >= 9 for name in ("Normal", "List Bullet", "Subtitle"))
    cells = [run for table in document.tables for cell in table._cells for part in cell.paragraphs for run in part.runs]
    assert cells and all(run.font.size is not None and run.font.size.pt >= 8 for run in cells)


def test_a_provider_s_board_paper_says_where_to_read_what_to_ask_for() -> None:
    scenario = presets.preset("small-charities")
    said = "Its paper on joining, Should we join?, has what {} would need to ask for, and staying out."
    assert not any(
        "one-pager" in said or "One page" in said for said in (*papers.READY.values(), *papers.ABOUT.values())
    )
    for name, is_so in (("Peer support charity", True), ("Council", False)):
        assert (said.format(name) in texts(made("board", scenario, name))) == is_so
