"""Earlier drafts of this browser: which there are, what is in each, and the way back to it."""

import json
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st

from data import drafts, recent
from data.recent import Recent
from ui.range_words import clipped, literal
from ui.session import ALONE, Session, go_on, left
from ui.stamps import dated

Width = Literal["stretch", "content"]
COOKIE = "drafts"
REMEMBER = f"""<script>
window.rememberDraft ??= (id) => {{
  const kept = document.cookie.match(/(?:^|; ){COOKIE}=([\\w.-]*)/)?.[1].split(".") ?? [];
  const ids = [id, ...kept.filter((one) => one && one !== id)].slice(0, {recent.MOST + 1});
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `{COOKIE}=${{ids.join(".")}}; max-age={drafts.KEPT_DAYS * 86_400}; SameSite=Strict${{secure}}`;
}};
</script>"""
"""The browser keeps the ids of the drafts that something was done in, the last first: one more than are offered, since
one of them is open."""


def remembered(session: Session) -> str:
    """What has the browser remember a draft once something was done in it; an account's drafts are known by that."""
    own = not (session.live or session.email) and recent.worked_on(session.draft)
    return f" window.rememberDraft?.({json.dumps(session.draft)});" if own else ""


def _ids() -> list[str]:
    """The ids that this browser remembers, and those of drafts that were open since it connected."""
    known = recent.ids(str(st.context.cookies.get(COOKIE, "")))
    return list(dict.fromkeys([*left(), *known]))


def found(session: Session) -> list[Recent]:
    """The last drafts beside the one that is open, this browser's first; where the machine or the account is one
    person's, its others too."""
    if session.live:
        return []
    one_persons = bool(session.email) or st.get_option("server.address") in ALONE
    return recent.last(_ids(), account=session.email, everybodys=one_persons, but=session.draft)


def panel(session: Session) -> None:
    """All of them, each by a button, in the menu."""
    if every := found(session):
        here = not session.email and {one.draft for one in every} <= set(_ids())
        whose = "of yours" if session.email else "in this browser" if here else "on this machine"
        st.markdown(f"**Earlier drafts {whose}**\n\n:small[A button opens it; the draft that is open now stays kept.]")
        for one in every:
            _button(one, said(one), "menu", "stretch")


def last_here(session: Session) -> None:
    """The last of them, by a button, for whoever has just come."""
    if every := found(session):
        one = every[0]
        kept = f", {_designs(one.designs)}" if one.designs else ""
        _button(one, f"Go on with {_name(one)}, the last draft here{kept}", "first")


def more(session: Session) -> None:
    """Where the others are, below the button for the last."""
    if others := found(session)[1:]:
        designs = sum(one.designs for one in others)
        kept = f", with {_designs(designs)}" if designs else ""
        many = "another earlier draft" if len(others) == 1 else f"{len(others)} more earlier drafts"
        st.markdown(f":small[*Scenarios and files* in the menu has {many}{kept}.]")


def with_kept(session: Session) -> None:
    """The last that keeps designs, where the draft that is open keeps none."""
    every = [] if session.designs else [one for one in found(session) if one.designs]
    with st.container(horizontal=True, vertical_alignment="center", key="kept-elsewhere"):
        if every:  # the container is always there, so that what is below keeps its place
            st.markdown("An earlier draft has kept designs:", width="content")
            _button(every[0], f"Go on with {said(every[0])}", "compare")


def said(one: Recent) -> str:
    """'Lambeth Living Well (illustrative), changed at 14:05 today, 1 kept design'."""
    return ", ".join([_name(one), f"changed {moment(one.saved)}", *([_designs(one.designs)] if one.designs else [])])


def moment(saved: float) -> str:
    """'at 14:05 today', by the clock of the browser."""
    try:
        zone = ZoneInfo(st.context.timezone or "")
    except (OSError, ValueError, KeyError):  # it is told by the browser, and may be no zone
        zone = None
    at, now = datetime.fromtimestamp(saved, zone), datetime.now(zone)
    days = {now.date(): "today", now.date() - timedelta(days=1): "yesterday"}
    return f"at {at:%H:%M} {days.get(at.date(), f'on {dated(at.date())}')}"


def _name(one: Recent) -> str:
    return literal(clipped(one.name, 40))


def _designs(many: int) -> str:
    return f"{many} kept design{'s' * (many > 1)}"


def _button(one: Recent, label: str, where: str, width: Width = "content") -> None:
    st.button(
        label,
        key=f"go-on-{where}-{one.draft}",
        on_click=go_on,
        args=(one.draft,),
        icon=":material/history:",
        width=width,
    )
