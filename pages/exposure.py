"""What is the whole alliance's risk, year by year, and who holds it?"""

import streamlit as st

from model import tables
from ui import charts, frame, panels, show, words
from ui.session import results, table

session = frame.open_page(needs_period=True)
found = results(session)
partners = table(session, "partners", session.period)
fans = tables.fans(found)

frame.answer(words.sides(partners, session.period))

providers, commissioners = st.columns(2, gap="large")
with providers:
    st.subheader("Providers together")
    figure = charts.fan(fans["providers"], frame.ink())
    show.chart(figure, words.fan(fans["providers"], "Providers"), show.rounded(fans["providers"]), "fan-providers")
with commissioners:
    st.subheader("Commissioners together")
    figure = charts.fan(fans["commissioners"], frame.ink())
    show.chart(
        figure, words.fan(fans["commissioners"], "Commissioners"), show.rounded(fans["commissioners"]), "fan-buyers"
    )

st.subheader("What the alliance saves or overspends in all")
figure = charts.fan(fans["saving"], frame.ink())
show.chart(
    figure, words.fan(fans["saving"], "Target cost less actual cost"), show.rounded(fans["saving"]), "fan-saving"
)

st.subheader("Caps that bind")
caps = tables.binding(found)
if caps.empty:
    st.markdown(words.caps(caps))
else:
    show.chart(charts.chances(caps["any year"], frame.ink()), words.caps(caps), caps.round(4), "caps")

st.subheader("Both sides in figures")
st.table(panels.partner_figures(partners.loc[[tables.PROVIDERS, tables.COMMISSIONERS]]))
show.figures(show.rounded(table(session, "years"), 4), "years", "Every year in figures")
