"""What papers say: every preset has each of them, they hold what every paper must, and they fit their pages."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Pt

from data import presets
from model import effects
from model.appetite import InPounds, Unasked
from model.documents import from_json, to_json
from model.failing import ProviderFails
from model.stress import InflationShock
from model.tables import partner_names
from model.version import VERSION
from tests.pages.test_drivers import all_certain, one_provider, one_year, without_kpis
from tests.ui.written import DAY, KINDS, LIVING_WELL, changed, in_the_room, made, session, texts
from ui import (
    board_stress,
    designs,
    paper_board,
    paper_pdf,
    paper_word,
    papers,
)
from ui.format import ABOUT_ERRORS, signed
from ui.paper import Bullets, Heading, Table, Text, printable
from ui.paper_ends import Before
from ui.results import effect

ODD = '#*_$<>&"\\`@x 🏥 שלום'


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


def test_the_paper_of_a_room_stays_on_its_pages() -> None:
    saved = presets.preset("small-charities")
    paper = made("alliance", in_the_room(saved), before=Before("This design", "Starting design", saved))
    assert paper_pdf.pages(paper_pdf.written(paper)) <= 2


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


def test_a_paper_is_about_the_whole_term_whatever_year_is_looked_at() -> None:
    scenario = presets.preset(LIVING_WELL)
    looking = session(scenario)
    looking.period = scenario.term.labels()[-1]
    name = partner_names(scenario)[0]
    found = paper_board.paper(designs.seen(looking, scenario), name, DAY)
    assert list(texts(found)) == list(texts(made("board", scenario, name)))
    assert looking.period == scenario.term.labels()[-1]


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


def test_the_paper_on_joining_says_beside_staying_out_what_is_paid_either_way() -> None:
    """A fee is read on the same page, and joining that brings far less than that seemed wrong."""
    blocks = made("joining", presets.preset("small-charities"), "Peer support charity").blocks
    said = next(block.text for block in blocks if isinstance(block, Text) and "Staying out: £0" in block.text)
    assert "its services are taken to go on then, for the same cost and fee: it would miss gain and pain" in said


@pytest.mark.parametrize("kind", ["alliance", "board", "joining"])
def test_words_for_an_appetite_are_explained_in_papers_that_have_one_and_only_there(kind: str) -> None:
    """By itself only the paper on joining says the word; held against a word, all say what it was."""
    scenario, name = presets.preset("small-charities"), "Peer support charity"
    asking = tuple(one.edited(appetite=InPounds(loss=30e3)) if one.name == name else one for one in scenario.providers)
    pounds = scenario.edited(providers=asking)
    meant = "averse, minimal, cautious, open, eager: five words for a partner's appetite, from almost no loss"
    for design, before, has in (
        (scenario, None, kind == "joining"),
        (pounds, None, False),
        (pounds, Before("Now", "As offered", scenario), True),
    ):
        paper = made(kind, design, name, before)
        (words,) = [block.text for block in paper.blocks if isinstance(block, Text) and "Words used" in block.text]
        assert (meant in words) == has == any("'open'" in text for text in texts(paper))
        assert paper_pdf.pages(paper_pdf.written(paper)) <= 2


def test_a_board_reads_which_caps_end_what_it_can_lose() -> None:
    said = " ".join(texts(made("board", presets.preset("small-charities"), "Peer support charity")))
    assert "its reserves), by the caps that hold for all providers. If " in said and "terms for all" not in said
