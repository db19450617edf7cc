"""What do I take to the board?"""

from datetime import date

import streamlit as st

from ui import frame, mending, papers

session = frame.open_page()
title = st.container()
choice = papers.chosen(session)
made = papers.composed(choice, date.today())
with title:
    frame.answer(papers.title(choice), papers.ABOUT[choice.kind])
    papers.not_agreed(session, choice)
mending.beside_files(session)
papers.downloads(choice, made)
st.subheader("What is in it")
papers.preview(made)
