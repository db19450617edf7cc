"""Drawing until the worst 1 in 20 is known well enough: in steps, never for ever, and nothing is left half done."""

from itertools import islice
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.distributions import Fixed
from model.simulate import until
from ui import precision
from ui.precision import MOST_HERE, SAID, WANTED, part_done, stop
from ui.results import results
from ui.session import STATE, Session

ROOT = Path(__file__).parent.parent.parent
LABEL = "Standard error of the worst 1 in 20 at most (£)"


def opened(draft: str = "") -> AppTest:
    """A page with the number of futures unfolded."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page("pages/method.py")
    if draft:
        app.query_params["s"] = draft
    app.run()
    app.session_state["draws"] = True
    return app.run()


def ask(app: AppTest, pounds: str) -> str:
    """What is said after drawing until it is that precise."""
    next(box for box in app.text_input if box.label == LABEL).set_value(pounds).run()
    next(button for button in app.button if button.label == "Draw until it is").click().run()
    assert not app.exception
    return "\n".join(text.value for text in app.markdown if "futures: the largest standard error" in text.value)


def session(app: AppTest) -> Session:
    found: Session = app.session_state[STATE]
    return found


def shown(app: AppTest) -> tuple[int, list[str]]:
    """The number of futures that is chosen, and all that can be chosen."""
    box = next(box for box in app.selectbox if box.label == "Futures drawn")
    return int(box.value or 0), box.options


def between(app: AppTest) -> tuple[str, int]:
    """A precision that the first step does not reach, and the number of futures that first does."""
    found = list(islice(until(session(app).scenario, 0.0, session(app).seed), 4))
    start = found[0][1]
    draws, error = next((draws, error) for draws, error in found if error < 0.98 * start)
    return f"£{(start + error) / 2:,.0f}", draws


def test_a_wanted_precision_sets_the_number_of_futures() -> None:
    app = opened()
    pounds, draws = between(app)
    said = ask(app, pounds)
    assert session(app).draws == shown(app)[0] == draws > 16_384
    assert said.startswith(f"{draws:,} futures: the largest standard error of a worst 1 in 20 is £")
    assert results(session(app)).draws == draws
    assert f"{draws:,}" in shown(app)[1]
    assert any(f"{draws:,} draws · seed 2018" in text.value for text in app.markdown)


def test_a_precision_beyond_what_the_app_keeps_stops_there_and_names_the_command_line() -> None:
    app = opened()
    said = ask(app, "1,000")
    assert session(app).draws == shown(app)[0] == MOST_HERE
    assert said.endswith(
        ", not £1,000. The app keeps no more futures; the command line draws up to 1,048,576: `run FILE --until 1000`."
    )


@pytest.mark.parametrize(("now", "stopped"), [(16_384, True), (MOST_HERE, False)])
def test_a_stop_that_comes_when_all_is_drawn_is_none(now: int, stopped: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, tuple[object, ...]] = {}
    monkeypatch.setattr(precision, "rewrite", said.__setitem__)
    found = Session("draft", presets.preset(presets.FIRST), presets.FIRST)
    found.draws = now
    stop(found, 16_384)
    assert (SAID in said) is stopped
    assert not stopped or said[SAID][-1] == "Drawing was stopped; these are still 16,384 futures."


def test_what_was_said_goes_with_the_scenario_that_it_was_said_of() -> None:
    app = opened()
    assert ask(app, "200,000")
    next(box for box in app.selectbox if box.label == "Futures drawn").select(4_096).run()
    assert session(app).draws == 4_096
    assert not any("largest standard error" in text.value for text in app.markdown)


def test_what_is_known_already_needs_one_step() -> None:
    app = opened()
    case = session(app).scenario
    certain = [p.edited(cost_deviation=Fixed(value=0.0), baseline_error=Fixed(value=0.0)) for p in case.providers]
    session(app).begin(case.edited(providers=tuple(certain)))
    app.run()
    assert ask(app, "1e9").startswith("16,384 futures")


@pytest.mark.parametrize("typed", ["", "0", "-5", "precise", "1,2", "nan"])
def test_a_sum_that_is_none_is_named_and_nothing_is_drawn(typed: str) -> None:
    app = opened()
    assert ask(app, typed) == ""
    assert app.error[0].value == f"'{typed}' must be a sum of more than £0, such as 10,000."
    assert session(app).draws == 16_384
    assert app.session_state[WANTED] == typed


def test_the_number_of_futures_is_kept_with_the_draft() -> None:
    app = opened()
    pounds, draws = between(app)
    ask(app, pounds)
    again = opened(session(app).draft)
    assert shown(again)[0] == session(again).draws == session(app).draws == draws


@pytest.mark.parametrize(
    ("draws", "error", "pounds", "part"),
    [
        (16_384, 900.0, 1_000.0, 1),
        (16_384, 1_400.0, 1_000.0, 1 / 3),
        (32_768, 990.0, 1_000.0, 1),
        (16_384, 2_900.0, 1_000.0, 1 / 15),
        (65_536, 9_000.0, 1_000.0, 7 / 15),
        (MOST_HERE, 9_000.0, 1_000.0, 1),
        (16_384, 0.0, 1_000.0, 1),
    ],
)
def test_the_part_that_is_done_looks_ahead_to_the_last_step(
    draws: int, error: float, pounds: float, part: float
) -> None:
    """A step of 16,384 futures is one piece of work, the next two, then four and eight."""
    assert part_done(draws, error, pounds) == pytest.approx(part)
