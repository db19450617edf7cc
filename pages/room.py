"""Who else follows this screen, and what has each entered for itself?"""

from ui import frame, rooms
from ui.guest import Guest

session = frame.open_page()
if isinstance(session, Guest):
    rooms.guest(session)
else:
    rooms.host(session)
