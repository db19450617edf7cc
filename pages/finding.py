"""Is there a design that everyone would sign?"""

import streamlit as st

from ui import finding, finding_words, frame, signing
from ui.decisions import only_just, positions

session = frame.open_page()
title = st.container()
form, results = frame.beside(320)
with form:
    st.subheader("What may vary")
    problem = finding.asked(session)
    finding.run(session, problem)
with results:
    finding.answer(session)
with title:
    today = signing.today(positions(session), only_just(session))
    frame.answer(finding_words.title(session.found[1] if session.found else None), today)
    finding.differs(session, problem)
    finding.single(session)
