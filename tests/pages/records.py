"""Pages on the record of years, opened and read."""

from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

from data import presets
from model.scenario import Scenario
from ui.session import STATE

ROOT = Path(__file__).parent.parent.parent


def ledger_of(app: AppTest) -> pd.DataFrame:
    """The lines of the alliance, on the page."""
    return next(table.value for table in app.table if "How it comes about" in table.value)


def opened(page: str, case: Scenario | None = None, **sheet: object) -> AppTest:
    """A page of the first preset, or of another alliance, with actual figures already there."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page(f"pages/{page}.py").run()
    session = app.session_state[STATE]
    if case:
        session.begin(case)
    for name, document in sheet.items():
        session.put_sheet(name, document)
    return app.run() if case or sheet else app


def enter(app: AppTest, label: str, text: str) -> None:
    next(box for box in app.text_input if box.label == label).set_value(text).run()


def of(*years: dict[str, object], **more: object) -> dict[str, object]:
    return {"schema_version": 1, "years": list(years), **more}


def filled(over: float) -> AppTest:
    """One's own figures of a year in which everybody is so much over target, in percent."""
    app = opened("walk")
    app.segmented_control[0].set_value("My own figures").run()
    next(box for box in app.number_input if box.label == "Or over target by (%)").set_value(over).run()
    next(button for button in app.button if button.label == "Fill in").click().run()
    assert not app.exception
    return app


INDEX = "Price index against plan"


def follows() -> Scenario:
    case = presets.preset(presets.FIRST)
    return case.edited(baseline=case.baseline.edited(reindexed=True))


def labelled(app: AppTest, label: str) -> list[str]:
    return [box.value or "" for box in app.text_input if box.label == label]
