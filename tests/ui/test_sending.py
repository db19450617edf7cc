"""A finished run of the whole page stays whole until it is sent, whatever runs again meanwhile."""

import asyncio
from typing import Any, cast

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, ScriptRunnerEvent

from ui import sending

PART = "part"


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> ForwardMsgQueue:
    """What is not sent yet: a run of the whole page, in which a part of it was drawn too."""
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)
    for name in ("_create_scriptrunner", "_handle_scriptrunner_event_on_event_loop"):
        monkeypatch.setattr(AppSession, name, getattr(AppSession, name))
    sending.keep_whole()
    queue = ForwardMsgQueue()
    began = ForwardMsg()
    began.new_session.name = "page"
    for msg in (began, drawn("frame", 0), drawn("field", 1, PART), ended(sending.DRAWN)):
        queue.enqueue(msg)
    return queue


def drawn(text: str, at: int, part: str = "") -> ForwardMsg:
    msg = ForwardMsg()
    msg.metadata.delta_path[:] = [0, at]
    msg.delta.fragment_id = part
    msg.delta.new_element.markdown.body = text
    return msg


def ended(how: "ForwardMsg.ScriptFinishedStatus.ValueType") -> ForwardMsg:
    msg = ForwardMsg()
    msg.script_finished = how
    return msg


def texts(queue: ForwardMsgQueue) -> list[str]:
    """What the browser gets, in its order."""
    return [
        msg.delta.new_element.markdown.body if msg.WhichOneof("type") == "delta" else str(msg.WhichOneof("type"))
        for msg in queue.flush()
    ]


WHOLE = ["new_session", "frame", "field", "script_finished"]


def test_a_part_that_runs_again_takes_nothing_of_a_finished_run_away(waiting: ForwardMsgQueue) -> None:
    waiting.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[PART])
    assert texts(waiting) == WHOLE


def test_what_is_drawn_then_comes_after_it(waiting: ForwardMsgQueue) -> None:
    waiting.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[PART])
    waiting.enqueue(drawn("field again", 1, PART))
    assert texts(waiting) == [*WHOLE, "field again"]


def test_another_run_of_the_whole_page_takes_its_place(waiting: ForwardMsgQueue) -> None:
    waiting.clear(retain_lifecycle_msgs=True)
    how = [msg.script_finished for msg in waiting.flush() if msg.WhichOneof("type") == "script_finished"]
    assert how == [ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN]


def test_a_part_takes_the_place_of_its_own_run_that_is_not_sent(waiting: ForwardMsgQueue) -> None:
    waiting.flush()
    waiting.enqueue(drawn("field", 1, PART))
    waiting.enqueue(ended(ForwardMsg.ScriptFinishedStatus.FINISHED_FRAGMENT_RUN_SUCCESSFULLY))
    waiting.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[PART])
    assert texts(waiting) == ["script_finished"]


STOPPED = ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS


class Session:
    """What of a session hears a run: the run that it listens to, and the endings of runs that it was told of."""

    def __init__(self) -> None:
        self._scriptrunner = cast(ScriptRunner, object())
        self._event_loop = asyncio.get_running_loop()
        self._state = self._local_sources_watcher = None
        self.ended: list[Any] = []

    def _create_script_finished_message(self, status: int, run: str) -> str:
        return run

    def _enqueue_forward_msg(self, msg: str) -> None:
        self.ended.append(msg)


def heard(monkeypatch: pytest.MonkeyPatch, hear: Any = sending.hear) -> list[str]:
    """The runs whose ending was heard, of three that end, each of the last two begun before it was heard."""

    def begun(session: Session, data: RerunData) -> None:
        session._scriptrunner = cast(ScriptRunner, object())

    async def go() -> list[str]:
        monkeypatch.setattr(sending, "_begin", begun)
        session, data, runs = Session(), RerunData(), []
        for _ in range(2):
            runs.append(session._scriptrunner)
            sending.begin(cast(AppSession, session), data)
        runs.append(session._scriptrunner)
        for name, run in zip(("first", "second", "third"), runs, strict=True):
            hear(session, run, STOPPED, run_descriptor=name)
        hear(session, runs[1], STOPPED, run_descriptor="second, after the third spoke")
        return session.ended

    return asyncio.run(go())


def test_a_run_that_ended_as_the_next_was_begun_is_still_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    assert heard(monkeypatch) == ["second", "third"]


def test_streamlit_hears_the_last_run_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another version hears more, `hear` is not needed any more."""
    assert heard(monkeypatch, sending._hear) == ["third"]
