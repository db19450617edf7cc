"""How is this worked out, and what do the words mean?"""

import streamlit as st

from data import documents
from ui import frame

frame.open_page()
st.title("How the figures are worked out, and what the words mean")
method, glossary = st.tabs(["Method", "Glossary"], key="method-tabs", on_change="rerun")
with method:
    st.markdown(documents.text("method"))
with glossary:
    st.markdown(documents.text("glossary"))
