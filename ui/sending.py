"""What a run of the whole page has drawn reaches the browser, though a part of the page is redrawn at once after it."""

from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, ScriptRunnerEvent

DRAWN = ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY
_clear = ForwardMsgQueue.clear
_begin = AppSession._create_scriptrunner
_hear = AppSession._handle_scriptrunner_event_on_event_loop


def clear(
    queue: ForwardMsgQueue, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None
) -> None:
    """As Streamlit clears what it has not sent yet, but that a finished run of the whole page stays whole.

    Where a part runs again before such a run is sent, Streamlit takes away what the part drew in it, and not the news
    that the run is finished: the browser then takes the part off the screen, and what is being typed there with it.
    """
    waits = any(msg.WhichOneof("type") == "script_finished" and msg.script_finished == DRAWN for msg in queue._queue)
    if waits and fragment_ids_this_run is not None:
        queue._delta_index_map = {}  # what is drawn from now on comes after it, and not in its place
    else:
        _clear(queue, retain_lifecycle_msgs, fragment_ids_this_run)


def begin(session: AppSession, data: RerunData) -> None:
    """As Streamlit begins a run, but that the run before it, which has just ended, is still heard."""
    vars(session)["ending"] = session._scriptrunner
    _begin(session, data)


def hear(session: AppSession, sender: ScriptRunner | None, event: ScriptRunnerEvent, *told: Any, **named: Any) -> None:
    """As Streamlit hears what a run has done, also what it did last, until the next one speaks.

    Streamlit no longer listens to a run as soon as the next is begun: what it drew last, and that it is finished, may
    wait to be heard then. The browser leaves on the screen whatever that run had taken away.
    """
    ending, now = vars(session).get("ending"), session._scriptrunner
    if sender is now:
        vars(session)["ending"] = None
    elif sender and sender is ending and event is not ScriptRunnerEvent.SHUTDOWN:
        sender = now
    _hear(session, sender, event, *told, **named)


def keep_whole() -> None:
    """Makes every session of this server send so."""
    ForwardMsgQueue.clear = clear  # type: ignore[assignment, method-assign]
    AppSession._create_scriptrunner = begin  # type: ignore[assignment, method-assign]
    AppSession._handle_scriptrunner_event_on_event_loop = hear  # type: ignore[assignment, method-assign]
