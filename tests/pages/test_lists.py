"""Lists of inputs: what is typed just before a button is pressed counts, and haste does nothing twice."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

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
    assert "went to the others in proportion (Risk share › Split)" in told
    gone = risks - {risk["name"] for risk in session(app).document["uncertainty"]["risks"]}
    assert gone and all(name in told.replace("\\", "") for name in gone)


def test_a_provider_without_a_share_is_named_and_led_to_where_shares_are_entered() -> None:
    app = opened()
    assert not app.info
    next(b for b in app.button if b.label == "Add a provider").click().run()
    assert any("New provider has no share of gain or pain" in one.value for one in app.info)
    next(b for b in app.button if b.label == "Enter shares: Risk share › Split").click().run()
    assert not app.exception
    assert any("Cap on pain, New provider" in box.label for box in app.selectbox)
