"""Reasons and sources of what is certain: typed on a page, kept, undone, carried into files and lists."""

import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data import drafts, presets, scenario_workbook
from model import assumptions, inputs
from model.documents import Refused, from_document, from_json, to_document, to_json
from model.fields import Path, field_at
from model.report import of_run
from model.scenario import Scenario
from model.simulate import simulate
from tests.pages.test_pages import opened
from ui import notes, noting, paper_log
from ui.session import STATE, Session

AREA = "Reason or source"
ENTRIES = {
    "baseline": ("Community charity › Demand growth", ("providers", 2, "demand_growth")),
    "framework": (
        "Recover and stay well › People who recover after talking therapies › Weight",
        ("framework", "kras", 0, "kpis", 0, "weight"),
    ),
    "risk_share": ("Haircut", ("risk_share", "haircut")),
}


def session_of(app: AppTest) -> Session:
    found: Session = app.session_state[STATE]
    return found


def unfolded(page: str) -> AppTest:
    """A page with its notes unfolded."""
    app = opened(f"{page}.py")
    app.session_state[f"notes-{page}"] = True
    assert not app.run().exception
    return app


def written(app: AppTest, entry: str, text: str) -> AppTest:
    """The page once a note is typed."""
    next(box for box in app.selectbox if box.label == "Entry").select(entry).run()
    next(area for area in app.text_area if area.label == AREA).set_value(text).run()
    assert not app.exception
    return app


def listed(scenario: Scenario) -> list[str]:
    return [one.reason for one in assumptions.assumptions(scenario)]


@pytest.mark.parametrize("preset", presets.names())
@pytest.mark.parametrize("page", notes.PAGES)
def test_every_preset_shows_the_notes_of_a_page(page: str, preset: str) -> None:
    app = unfolded(page)
    session = session_of(app)
    session.begin(presets.preset(preset), preset)
    assert not app.run().exception
    said = " ".join(line.value for line in app.markdown)
    entries = next(box for box in app.selectbox if box.label == "Entry").options
    assert f"of the {len(entries)} entries of this page have a note" in said


@pytest.mark.parametrize("page", notes.PAGES)
def test_every_entry_of_a_page_is_one_of_the_scenario(page: str) -> None:
    document = session_of(opened(f"{page}.py")).document
    for group, names in notes.PAGES[page].items():
        owner: Path = ()
        for key in group:
            owner = (*owner, key) if key not in ("providers", "commissioners", "kras", "kpis") else (*owner, key, 0)
        assert all(field_at(document, (*owner, name)).title for name in names)


@pytest.mark.parametrize("page", ENTRIES)
def test_a_note_is_typed_kept_with_the_draft_undone_and_redone(page: str) -> None:
    entry, path = ENTRIES[page]
    app = written(unfolded(page), entry, "Agreed by [the] board, $5")
    session = session_of(app)
    assert notes.note(session, path) == "Agreed by [the] board, $5"
    assert any(f"**{entry}**: Agreed by" in line.value for line in app.markdown)
    assert not session.problems
    kept = json.loads(drafts.load(session.draft) or "")
    assert "Agreed by [the] board" in json.dumps(kept["document"])
    app.switch_page("pages/overview.py").run()
    app.switch_page(f"pages/{page}.py").run()
    assert notes.note(session_of(app), path) == "Agreed by [the] board, $5"
    next(button for button in app.button if button.label == "Undo").click().run()
    assert notes.note(session_of(app), path) == ""
    next(button for button in app.button if button.label == "Redo").click().run()
    assert notes.note(session_of(app), path) == "Agreed by [the] board, $5"


@pytest.mark.parametrize("page", ENTRIES)
def test_a_note_is_part_of_the_file_the_list_of_assumptions_and_the_report(page: str) -> None:
    entry, _ = ENTRIES[page]
    scenario = session_of(written(unfolded(page), entry, "From our own books.")).scenario
    assert from_json(to_json(scenario)) == scenario
    assert listed(scenario).count("From our own books.") == 1
    told = of_run(simulate(scenario, 64), 1)["assumptions"]
    (found,) = [one for one in told if one["reason"] == "From our own books."]
    assert found["input"].endswith(entry)


def test_an_empty_note_takes_the_note_away() -> None:
    entry, path = ENTRIES["risk_share"]
    app = written(unfolded("risk_share"), entry, "For now.")
    before = session_of(app).saved
    written(app, entry, "  ")
    assert notes.note(session_of(app), path) == ""
    assert session_of(app).scenario == before


def test_a_note_that_is_too_long_is_explained_and_stays() -> None:
    app = written(unfolded("baseline"), ENTRIES["baseline"][0], "x" * 1001)
    assert any("longer than 1000 characters" in error.value for error in app.error)
    assert len(str(next(area for area in app.text_area if area.label == AREA).value)) == 1001


def test_notes_are_about_the_entry_that_is_chosen() -> None:
    app = unfolded("framework")
    for ending, start in (
        ("Acute beds in use › Levels", "94–95% in England"),
        ("Gate level", "Illustrative safety gate"),
    ):
        box = next(box for box in app.selectbox if box.label == "Entry")
        box.select(next(label for label in box.options if label.endswith(ending))).run()
        assert str(next(area for area in app.text_area if area.label == AREA).value).startswith(start)


def test_who_answers_for_a_figure_and_when_it_was_looked_at_stay_with_it_in_files_and_the_log() -> None:
    entry, path = ENTRIES["baseline"]
    app = written(unfolded("baseline"), entry, "Read off the last returns")
    next(box for box in app.text_input if box.label == "Who answers for it").set_value("Finance lead").run()
    next(box for box in app.date_input if box.label == "Looked at on").set_value(date(2026, 11, 22)).run()
    assert not app.exception
    session = session_of(app)
    found = from_json(to_json(session.scenario))
    [one] = [one for one in inputs.certain(found) if one.owner]
    assert (one.reason, one.owner, one.date) == ("Read off the last returns", "Finance lead", "2026-11-22")
    assert found == scenario_workbook.from_workbook("a.xlsx", scenario_workbook.to_workbook(found))
    assert b'"Finance lead","2026-11-22"' in paper_log.comma_separated(session, date(2026, 11, 23))
    written(app, entry, "")
    assert notes.note(session, path, "owner") == "Finance lead"
    next(box for box in app.text_input if box.label == "Who answers for it").set_value("").run()
    next(box for box in app.date_input if box.label == "Looked at on").set_value(None).run()
    assert not [one for one in session.value((*path[:-1], "sources")) or [] if one["field"] == path[-1]]


@pytest.mark.parametrize("day", ["22/11/2026", "2026-13-45", "2026-1-1", "today"])
def test_what_is_no_day_is_refused(day: str) -> None:
    document = to_document(presets.preset(presets.FIRST))
    document["providers"][0]["sources"] = [{"field": "fee_rate", "note": "", "date": day}]
    with pytest.raises(Refused, match=r"is no day; write one such as 2026-11-22|longer than 10"):
        from_document(document)


def test_a_note_that_is_written_anew_keeps_its_place() -> None:
    first, second = ("providers", 2, "fee_rate"), ("providers", 2, "reserves")
    start = to_document(presets.preset(presets.FIRST))
    start["providers"][2]["sources"] = []
    both = noting.noted(noting.noted(start, first, "Agreed."), second, "The accounts.")
    again = noting.noted(noting.noted(both, first, "Agreed in May."), first, "Agreed.")
    assert again == both
    assert noting.noted(both, first, "")["providers"][2]["sources"] == [{"field": "reserves", "note": "The accounts."}]
