"""A page whose connection was lost and is there again, perhaps to a server that was started anew meanwhile."""

from time import monotonic_ns

import streamlit as st

KEY = "again"
PRESS = f"document.querySelector('.st-key-{KEY} button')?.click()"
AWAY = "The app does not answer"
SAVED = (
    "What was entered before is saved, and this page goes on by itself as soon as the app answers again. A figure that "
    "is half typed stays in its field, and counts once it is finished. If the app does not answer, start it again, or "
    "ask whoever runs it."
)
TURNED = "window.turnedAt && performance.now() - window.turnedAt < 3000"
"""Whether another page was chosen, which is being worked out already: once it is drawn, that is over."""

RECONNECTED = f"""<style>.st-key-{KEY}, [class*="st-key-{KEY}-by-"] {{ display: none; }}</style><script>
if (!window.comesBack) {{
  window.comesBack = true;
  const app = document.querySelector('[data-testid="stApp"]'), fields = "input, textarea";
  let away = false, left = null;
  const connected = () => app.dataset.testConnectionState === "CONNECTED";
  document.addEventListener("focusin", (event) => {{
    if (connected()) left = event.target.matches(fields) ? event.target : null;
  }});
  const back = (field, tries) => {{  // it can have the focus only once it is no longer disabled
    if (!tries || !field?.isConnected || document.activeElement.matches(fields)) return;
    field.focus();
    setTimeout(back, 100, field, tries - 1);
  }};
  const home = (tries) => {{
    const path = location.pathname.replace(/overview$/, "");
    if (path !== location.pathname) history.replaceState(history.state, "", path + location.search);
    if (tries) setTimeout(home, 500, tries - 1);
  }};
  const tell = () => {{
    if (connected()) return;
    const [title, text] = document.querySelectorAll('[data-testid="stDialog"] :is(h2, h2 + div > div)');
    if (title?.firstChild?.data === "Connection error" && text?.firstChild?.data) {{
      title.firstChild.data = "{AWAY}";
      text.firstChild.data = "{SAVED}";
    }}
    setTimeout(tell, 100);
  }};
  new MutationObserver(() => {{
    const here = connected();
    if (!here && !away) tell();
    if (here && away) {{
      {PRESS};
      back(left, 30);
      home(20);
    }}
    away = !here;
  }}).observe(app, {{attributes: true, attributeFilter: ["data-test-connection-state"]}});
}}
</script>"""
"""A server started anew takes what a page shows for its beginning: the first edit would be no edit to it, and lost. So
the page is worked out again at once. The field that had the focus, with what is half-typed in it, has it again. Such a
server puts the name of the first page's file into the address, which leads nowhere once the page is loaded anew. While
it does not answer, the library's own message speaks of the internet, which may be none of it: it says what is so."""


def button() -> None:
    """What the page's script presses; nobody sees it."""
    st.button("Work the page out again", key=KEY)


def ask(whole: bool, part: str, told: str = "") -> None:
    """Has the browser ask for a run of the whole page, after a part of it, by its name, was run; or not. `told`: what
    its script does besides.

    `st.rerun` asks for the page that it is called on, in place of one that was chosen meanwhile; so would the browser.
    """
    with st.container(key=f"{KEY}-by-{part}"):
        what = f"if (!({TURNED})) {PRESS};" if whole else "window.turnedAt = 0;"
        st.html(f"<script>{what} {told} // {monotonic_ns()}</script>", unsafe_allow_javascript=True)
