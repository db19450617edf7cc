"""Which versions exist, who changed what and why, who has agreed?"""

import streamlit as st

from data.store import Unreachable
from model.documents import Refused
from ui import agreement, answering, archive, frame, library, membership, saving

session = frame.open_page()
title = st.container()
try:
    found = None if session.live else library.looked_at(session)
    with title:
        library.answer(session, found)
    if found:
        looking = {"Versions": library.table, "What differs": library.compared, answering.AGREED: agreement.record}
        doing = {answering.SAVE: saving.form, "Names and files": archive.keeping, "People": membership.people}
        parts = looking | doing
        for tab, part in zip(st.tabs(list(parts), key=answering.TABS, on_change="rerun"), parts.values(), strict=True):
            if tab.open:
                with tab:
                    part(session, found)
                    library.note(session)
    elif not session.live:
        saving.form(session, found)
        library.note(session)
        archive.files(session)
    if not session.live:
        archive.archived(session)
except (Unreachable, Refused) as trouble:
    with title:
        library.unreachable(trouble)
