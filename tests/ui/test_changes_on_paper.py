"""What papers say of two designs."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from data import presets
from model.amounts import OfFee
from model.appetite import InPounds, InWords, Unasked
from model.bands import Band
from model.base import Source
from model.changes import Change
from model.comparison import inputs_that_differ
from model.scenario import Scenario
from model.tables import partner_names
from model.variants import variants
from tests.ui.written import KINDS, LIVING_WELL, changed, in_the_room, made, texts
from ui import (
    paper_ends,
    paper_pdf,
)
from ui.paper import Table
from ui.paper_ends import Before


@pytest.mark.parametrize("kind", ["board", "joining"])
def test_where_only_limits_were_entered_since_the_terms_are_said_to_be_the_same(kind: str) -> None:
    saved = presets.preset(LIVING_WELL)
    first, *others = saved.providers
    entered = saved.edited(providers=(first.edited(appetite=InPounds(loss=400_000.0, loss_chance=0.05)), *others))
    said = list(texts(made(kind, entered, before=Before("This design", "Starting design", saved))))
    same = "The terms are those of the starting design; "
    if kind == "board":  # which has no room for the sentence
        assert f"{same}what was entered since" in said
    else:
        heading = said.index("What was entered since the starting design")
        assert said[heading + 1] == f"{same}the Financial framework schedule has every one."
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


def test_what_changed_on_one_page_is_in_whole_lines() -> None:
    saved = presets.preset("small-charities")
    found = inputs_that_differ(saved, meeting(saved))
    said = paper_ends.in_room(found)
    shown = [one for one in found if one.said in said]
    assert said.startswith("; ".join(one.said for one in shown))
    assert "…" not in said
    assert said.endswith(f"; and {sum(one.entries for one in found[len(shown) :])} more")
    assert len("; ".join(one.said for one in shown)) <= paper_ends.ROOM + 20


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
