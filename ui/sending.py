"""What a run of the whole page has drawn reaches the browser, though a part of the page is redrawn at once after it."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

DRAWN = ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY
_clear = ForwardMsgQueue.clear


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


def keep_whole() -> None:
    """Makes every session of this server send so."""
    ForwardMsgQueue.clear = clear  # type: ignore[assignment, method-assign]
