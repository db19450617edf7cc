"""The app: its pages and the way between them. Run with: streamlit run app.py"""

import streamlit as st

from ui.contents import CONTENTS, FIRST, ICON, TITLE

st.set_page_config(page_title=TITLE, page_icon=ICON, layout="wide")

st.navigation(
    {
        section: [st.Page(file, title=title, icon=icon, default=file == FIRST) for file, title, icon in pages]
        for section, pages in CONTENTS.items()
    }
).run()
