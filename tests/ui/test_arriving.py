"""What a page sent as it was left is taken in before what runs for it is ended."""

import asyncio
from typing import cast

import pytest
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from ui import arriving


class Session:
    """A session with a run under way, as the manager of sessions knows it."""

    def __init__(self) -> None:
        self.stopped = 0

    def request_script_stop(self) -> None:
        self.stopped += 1


class Manager:
    """A manager that ends what runs for a session at once when it lets it go, as Streamlit's does."""

    def __init__(self) -> None:
        self.session, self.active = Session(), True

    def get_active_session_info(self, session_id: str) -> "Manager | None":
        return self if self.active else None

    def is_active_session(self, session_id: str) -> bool:
        return self.active

    def let_go(self, session_id: str) -> None:
        self.session.request_script_stop()
        self.active = False


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> Manager:
    monkeypatch.setattr(arriving, "GRACE", 0.02)
    monkeypatch.setattr(arriving, "_disconnect", Manager.let_go)
    return Manager()


def left(manager: Manager, *, back: bool = False) -> list[int]:
    """How often its run was stopped: as its page was left, and after the time of grace."""

    async def go() -> list[int]:
        arriving.disconnect(cast(WebsocketSessionManager, manager), "one")
        stopped = [manager.session.stopped]
        manager.active = back
        await asyncio.sleep(0.1)
        return [*stopped, manager.session.stopped]

    return asyncio.run(go())


def test_what_runs_for_a_page_that_was_left_ends_after_a_time_of_grace(manager: Manager) -> None:
    assert left(manager) == [0, 1]


def test_what_runs_goes_on_where_its_page_is_back_by_then(manager: Manager) -> None:
    assert left(manager, back=True) == [0, 0]


def test_a_session_that_is_let_go_twice_is_no_error(manager: Manager) -> None:
    assert left(manager) == [0, 1]
    assert left(manager) == [1, 1]


def test_streamlit_lets_go_and_ends_as_it_is_known_here() -> None:
    """Where another version does otherwise, `ui/arriving.py` must be looked at again."""
    assert "request_script_stop" in arriving._disconnect.__code__.co_names
