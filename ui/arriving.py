"""What a page sent as it was left is taken in, though nobody waits for it any more."""

import asyncio

from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

GRACE = 10.0
"""Seconds in which what was sent is taken in also where much is going on."""
_disconnect = WebsocketSessionManager.disconnect_session


def disconnect(manager: WebsocketSessionManager, session_id: str) -> None:
    """As Streamlit lets go a session whose page is gone, but that what runs in it ends after GRACE seconds.

    Streamlit ends it at once, also before it has begun: what the last field sent as its page was closed is then lost.
    """
    active = manager.get_active_session_info(session_id)
    if active is None:
        return
    session = active.session
    session.request_script_stop = lambda: None  # type: ignore[method-assign]
    _disconnect(manager, session_id)
    del session.request_script_stop

    def end() -> None:
        if not manager.is_active_session(session_id):
            session.request_script_stop()

    asyncio.get_running_loop().call_later(GRACE, end)


def take_in() -> None:
    """Makes this server let its sessions go so."""
    WebsocketSessionManager.disconnect_session = disconnect  # type: ignore[assignment, method-assign]
