"""How is this worked out, and what do the words mean?"""

import streamlit as st

from data import documents
from ui import frame, reading

frame.open_page()
st.title("How the figures are worked out, and what the words mean")
method, glossary = st.tabs(["Method", "Glossary"], key="method-tabs", on_change="rerun")
with method:
    reading.with_contents("method", "What is not in the range")
with glossary:
    st.markdown(documents.text("glossary"))
