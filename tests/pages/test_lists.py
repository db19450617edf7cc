"""Lists of inputs: what is typed just before a button is pressed counts, and haste does nothing twice."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from model import fields
from ui import edits
from ui.range_words import unformatted
from ui.session import STATE, Session

ROOT = Path(__file__).parent.parent.parent


def opened(tab: str = "Costs and fees") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page("pages/baseline.py")
    app.session_state["baseline-tabs"] = tab
    return app.run()


def session(app: AppTest) -> Session:
    found: Session = app.session_state[STATE]
    return found


def test_a_cell_typed_just_before_a_line_is_removed_or_added_is_kept() -> None:
    for label in ("Remove", "Add a provider"):
        app = opened()
        next(i for i in app.text_input if i.label == "Fee (%), Recovery charity").set_value("9")
        next(b for b in app.button if b.label == label).click().run()
        providers = session(app).document["providers"]
        assert len(providers) == (3 if label == "Remove" else 5)
        assert {p["name"]: p["fee_rate"] for p in providers}["Recovery charity"] == 0.09


def test_two_years_typed_at_once_are_both_kept() -> None:
    app = opened("Targets and term")
    labels = session(app).scenario.term.labels()
    for year, text in ((str(labels[1]), "31"), (str(labels[4]), "85")):
        next(i for i in app.text_input if i.label == year).set_value(text)
    app.run()
    phasing = session(app).document["baseline"]["saving_phasing"]
    assert (phasing[1], phasing[4]) == (0.31, 0.85)


def test_what_goes_with_a_removed_provider_is_said_at_once() -> None:
    app = opened()
    first = session(app).scenario.providers[0]
    risks = {risk.name for risk in session(app).scenario.uncertainty.risks}
    next(b for b in app.button if b.label == "Remove").click().run()
    told = app.info[0].value.replace("\u2060", "")
    assert told.startswith(f"{first.name} was removed. Its {first.gain_share * 100:g}% of gain and")
    assert "went to the others in proportion (Risk share › Split and own caps)" in told
    gone = risks - {risk["name"] for risk in session(app).document["uncertainty"]["risks"]}
    assert gone and all(name in told.replace("\\", "") for name in gone)


def test_signs_in_what_goes_with_a_provider_are_told_as_typed() -> None:
    app = opened()
    next(i for i in app.text_input if i.label.startswith("Name, ")).set_value("A: *first*").run()
    next(b for b in app.button if b.label == "Remove").click().run()
    told = app.info[0].value
    assert "\\\\" not in told
    assert unformatted(told.replace("\u2060", "")).startswith("A: *first* was removed.")


def test_the_shares_of_the_only_one_that_had_any_go_to_the_others_by_cost() -> None:
    app = opened()
    for cost in ("3000000", "1000000"):
        next(b for b in app.button if b.label == "Add a provider").click().run()
        next(i for i in reversed(app.text_input) if i.label.startswith("Baseline cost")).set_value(cost).run()
    for _ in range(4):
        next(b for b in app.button if b.label == "Remove").click().run()
    told = app.info[0].value.replace("\u2060", "")
    assert "Its 100% of gain and 100% of pain went to the others by baseline cost, because they had none" in told
    found = session(app)
    assert not found.problems
    assert [(one.gain_share, one.pain_share) for one in found.scenario.providers] == [(0.75, 0.75), (0.25, 0.25)]


def test_the_kind_and_the_basis_of_the_fee_of_a_new_provider_are_shown() -> None:
    app = opened()
    next(b for b in app.button if b.label == "Add a provider").click().run()
    app.session_state["baseline-tabs"] = "Partners and reserves"
    app.run()
    shown = {i.label: i.value for i in (*app.selectbox, *app.text_input) if i.label.endswith("New provider")}
    assert shown["Kind, New provider"] == "charity"
    assert shown["Fee is % of, New provider"] == "target cost"
    assert shown["Free reserves (£), New provider"] == ""  # not stated, which £0 would be


def test_a_provider_without_a_share_is_named_and_led_to_where_shares_are_entered() -> None:
    app = opened()
    assert not app.info
    next(b for b in app.button if b.label == "Add a provider").click().run()
    assert any("New provider has no share of gain or pain" in one.value for one in app.info)
    next(b for b in app.button if b.label == "Enter shares: Risk share › Split and own caps").click().run()
    assert not app.exception
    assert any("Cap on pain, New provider" in box.label for box in app.selectbox)


@pytest.mark.parametrize(
    "path",
    [
        ("uncertainty", "risks", 99, "probability"),
        ("uncertainty", "risks", 99, "name"),
        ("uncertainty", "risks", 99, "impact_in"),
        ("providers", 99, "name"),
        ("providers", 0, "cost_deviation", "views", 2, "view", "sd"),
        ("providers", 0, "cost_deviation", "p90"),
    ],
)
def test_what_was_typed_into_a_line_that_is_gone_changes_nothing(path: fields.Path) -> None:
    """As when a line is undone before its field was left."""
    draft = session(opened())
    before = draft.document
    edits.write(draft, path, 0.5)
    assert draft.document == before
    assert draft.news.startswith("What was typed last is not kept")


def in_order(block: Any) -> list[Any]:
    """Every element of a page, from top to bottom."""
    parts = block.children.values() if hasattr(block, "children") else ()
    return [each for part in parts for each in (in_order(part) if hasattr(part, "children") else [part])]


def test_that_shares_do_not_add_up_is_said_between_them_and_the_caps() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page("pages/risk_share.py")
    app.session_state["share-tabs"] = "Split and own caps"
    app.run()
    session(app).write(("providers", 0, "pain_share"), 0.9)
    app.run()
    every = in_order(app.main)
    said = [i for i, one in enumerate(every) if one.type == "error" and "add up to" in one.value]
    first_cap = next(i for i, one in enumerate(every) if getattr(one, "label", "").startswith("Cap on pain, "))
    shares = [i for i, one in enumerate(every) if getattr(one, "label", "").startswith("Share of pain")]
    assert len(said) == 2
    assert max(shares) < said[1] < first_cap


def test_contributions_that_do_not_add_up_are_said_beside_them_too() -> None:
    app = opened("Partners and reserves")
    field = next(f for f in app.text_input if f.label.startswith("Contribution (%)"))
    field.set_value("1").run()
    wrong = [e.value for e in app.error if e.value.startswith("Commissioners' contributions add up to")]
    assert len(wrong) == 2
