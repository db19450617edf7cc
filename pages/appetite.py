"""For a board: are we inside what we said we would accept?"""

import streamlit as st

from ui import board, board_stress, frame, left_over, margins, own_services, printing, unentered, ways

session = frame.open_page()
printing.printable()
heading = st.container()
position = board.partner(session)
name = position.partner
row = board.figures(session, name)
with heading:
    frame.answer(board.title(session, position, row), "\n\n".join(board.about(session, position, row)))
    left_over.offered(session, position)
    unentered.told(session)
    own_services.way(session, name)
    ways.to_learn(session)

st.subheader("What is entered that it would accept")
board.statement(session, position)
st.subheader("What lies ahead")
board.ahead(session, position, row)
board.years(session, row)
st.subheader("The rule in one example, and the most that can be lost")
board.rule(session, name, row)
board.drivers(session, name)
with printing.together("others"):
    st.subheader("Who else carries what")
    board.others(session, name)
with printing.whole("margins"):
    margins.part(session)
st.subheader(board_stress.heading(session.scenario))
board.basis(session, name)
