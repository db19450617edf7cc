"""The app: its pages and the way between them. Run with: streamlit run app.py"""

import streamlit as st

from ui.contents import CONTENTS, FIRST

st.set_page_config(page_title="Alliance risk share", page_icon="ui/icon.svg", layout="wide")

st.navigation(
    {
        section: [st.Page(file, title=title, icon=icon, default=file == FIRST) for file, title, icon in pages]
        for section, pages in CONTENTS.items()
    }
).run()
