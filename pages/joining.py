"""Is it right for my organisation?"""

import streamlit as st

from ui import (
    deal,
    frame,
    joining,
    joining_grounds,
    left_over,
    offer,
    other_terms,
    own_services,
    panels,
    paper_positions,
    printing,
    unentered,
    ways,
)
from ui.decisions import joining as decision
from ui.decisions import positions
from ui.format import unbroken

session = frame.open_page()
printing.printable()
title = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    with st.container(width=frame.scaled(200), key="chooser"):
        chosen = joining.partner(session)
    found, position = decision(session, chosen), positions(session)[chosen]
    joining.figures(session, found)
if largest := joining.largest(session, found):
    st.markdown(unbroken(largest))
with title:
    limits = joining_grounds.limits(position, session.scenario, chosen)
    told = [*paper_positions.of_partner(session, found.partner), *joining_grounds.cautions(session, position)]
    first = [line for line in (other_terms.sentence(session), limits) if line]
    frame.answer(joining.title(session, found, position), "\n\n".join([*first, *told]))
    left_over.offered(session, position)
    offer.told(session)
    unentered.told(session)
    with st.container(horizontal=True, gap="small"):
        panels.to_limits(session, position.partner)
        own_services.way(session, position.partner)
        ways.to_learn(session)
    deal.folded(session, found.partner)

with st.container(horizontal=True, gap="small", key="page-halves"):
    with printing.half("joining"):
        st.subheader("What we could gain and lose")
        joining.against(found)
    with printing.half("reserves"):
        st.subheader("Reserves after bad years")
        joining.reserves(found, session.scenario.term.labels())
    with printing.half("trouble"):
        st.subheader("How likely is trouble?")
        joining.trouble(session, found, chosen)
        st.subheader("What moves our result most")
        joining.moved(session, found)
    with printing.half("asking"):
        st.subheader("What we would need to ask for")
        asking = st.container()
        st.subheader("Knowing more before we sign")
        joining.knowing(found)
    with st.container(width="stretch"):
        st.subheader("What this rests on")
        joining.assumptions(session, found, chosen)

with asking:
    joining.asks(session, chosen, positions(session))
