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
