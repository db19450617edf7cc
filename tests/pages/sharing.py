"""A draft and the screens that follow it, for tests of either."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from data import presets, room
from model.scenario import Scenario
from ui.session import STATE, Session

ROOT = Path(__file__).parents[2]
WHO = "Recovery charity"
OTHER = "Another name"
SPREAD = "Scale (%)"
Screens = tuple[AppTest, Callable[..., AppTest]]


def opened(page: str, **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page(f"pages/{page}.py")
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def session(app: AppTest) -> Session:
    found: Session = app.session_state[STATE]
    return found


def shared(scenario: Scenario | None = None) -> Screens:
    """A draft's own screen, and what opens a page of it on another: a partner's where one is named."""
    host = opened("room")
    session(host).draws = 1_024
    session(host).begin(scenario or presets.preset(presets.FIRST))
    names = [one.name for one in session(host).scenario.providers]
    room.share(session(host).draft, names)
    links = room.links(session(host).draft)
    return host, lambda page, partner="": opened(page, f=links[partner])


def link(host: AppTest, partner: str = "") -> str:
    return room.links(session(host).draft)[partner]


def charity(host: AppTest) -> AppTest:
    return opened("room", f=link(host, WHO))


def waiting(host: AppTest) -> dict[str, dict[str, Any]]:
    """What partners of the alliance on the screen have entered for themselves."""
    return room.entered(session(host).draft, session(host).alliance)


def spread(app: AppTest, text: str) -> None:
    next(i for i in app.text_input if i.label == SPREAD).set_value(text).run()
    assert not app.exception
