"""Other screens in the room: links to follow this one, and each partner's own figures until they are revealed."""

from collections.abc import Collection
from datetime import date
from socket import gethostname
from urllib.parse import urlsplit

import streamlit as st

from data import own, room
from model.acceptance import Position
from model.tables import partner_names
from ui import alliances, appetites, codes, counted, frame, own_range, revealed, signing, unrevealed
from ui.decisions import positions
from ui.format import listed
from ui.guest import Guest
from ui.guest_words import LOADED
from ui.range_words import literal
from ui.reveals import TAKEN_BACK
from ui.session import ALONE, Session
from ui.three_words import ASKED
from ui.unrevealed import Waiting
from ui.verdicts import number

ABOUT = (
    "Other screens can follow this one through a link: what changes here changes there a moment later; each reader "
    "turns the pages, and nothing can be changed there. A partner's own link also lets it enter its appetite and what "
    "it thinks of its costs, which nobody else sees until you reveal them."
)
REACH = (
    f"Links end by themselves after {room.LINK_DAYS} days. A link works on devices that reach this machine by the "
    "address in it; docs/operations.md says how to start the app for a whole room."
)
NOT_REACHED = (
    "This address works on this machine only. End the app, start it for a room with **make run ADDRESS=0.0.0.0** (or "
    "**streamlit run app.py --server.address 0.0.0.0**), and open it by this machine's name or number in the network, "
    "such as {address}: all that is entered is there, and the code leads there too."
)


GONE = (
    "– is not in this alliance any more: what it had entered is not revealed, and waits again if its removal is undone"
)
ELSEWHERE = (
    "Another alliance was loaded on this screen; what {} entered waits for {}. It can be revealed once that one is "
    "back, such as by *Undo loading*."
)
STANDS_AGAIN = "It stands here again once that alliance is back."
NOTHING = "Nothing was revealed: no partner of this alliance has figures that wait."
AMISS = "– an entry of its own cannot be used yet: its screen says what to change, and it is not revealed before that"
LEFT_OUT = "What {} entered is not revealed: an entry cannot be used yet; that partner's screen says what to change."


def host(session: Session) -> None:
    """What the facilitator sees: the links, who has entered something, and what reveals it."""
    links, elsewhere = room.links(session.draft), room.elsewhere(session.draft, session.alliance)
    names = partner_names(session.scenario)
    found = _waiting(session)
    entered = found.ready
    states = session.reveals.states(names, session.document)
    frame.answer(title(links, entered, names, [name for name in entered if states[name] == TAKEN_BACK]), ABOUT)
    if not links:
        st.button("Share this screen", icon=":material/cast:", on_click=room.share, args=(session.draft, names))
        _copies(session)
        return
    _watch(session, found)
    _code(_url(links[room.EVERYBODY]), "**To follow on another screen**, point a phone's camera at the code, or type:")
    for name, state in states.items():
        has = (
            AMISS
            if name in found.amiss
            else "✓ has entered figures"
            if name in entered and state != TAKEN_BACK
            else state
        )
        beside = counted.short(own.entries(session.document, name), name)
        st.markdown(f"**{literal(name)}** :small[{'; '.join(filter(None, (has, beside)))}]")
    for name in found.gone:
        st.markdown(f"**{literal(name)}** :small[{GONE}]")
    _elsewhere(session, elsewhere)
    each = {name: _url(links[name], "room") for name in names if name in links}
    st.download_button(
        "Download each partner's link",
        "".join(f"{name}: {address}\n" for name, address in each.items()),
        "partners-own-links.txt",
        icon=":material/download:",
        on_click="ignore",
        help="A text file, to hand each partner its own; nothing of it is shown here.",
    )
    about = "Partners' own links: whoever has one can enter for that partner, so not for the wall"
    with st.expander(about, icon=":material/lock:", key="own-links", on_change="rerun") as place:
        if place.open:
            _own_link(each)
    st.markdown(f":small[{REACH}]")
    with st.container(horizontal=True):
        text = (
            f"Reveal what {listed([literal(name) for name in entered])} entered" if entered else "Nothing to reveal yet"
        )
        st.button(
            text, icon=":material/visibility:", disabled=not entered, on_click=reveal, args=(session,), width=480
        )  # of one width, so that what is beside it does not move under the mouse
        if set(names) - set(links):
            st.button("Make the links that are missing", on_click=room.share, args=(session.draft, names))
        with st.popover("End sharing", icon=":material/cancel:"):
            waiting = [
                *room.entered(session.draft, session.alliance),
                *(one for some in elsewhere.values() for one in some),
            ]
            _ending(session, [literal(name) for name in dict.fromkeys(waiting)])
    _copies(session)


def _elsewhere(session: Session, entered: dict[str, list[str]]) -> None:
    """Whose figures wait for an alliance that another one was loaded in place of: they are not revealed in this."""
    for alliance, names in entered.items():
        who = listed([literal(name) for name in names])
        home = literal(alliances.name(session.left, alliance))
        st.warning(ELSEWHERE.format(who, home), icon=":material/pause_circle:")


def _ending(session: Session, entered: list[str]) -> None:
    """Ends sharing, once it is said what goes with it."""
    lost = f"What {listed(entered)} entered was not revealed; it is forgotten, and undo does not bring it back. "
    st.markdown(
        f"{lost if entered else ''}After this no link leads here any more; other screens stay as they are then."
    )
    text = "End sharing and forget what is not revealed" if entered else "End it"
    st.button(text, icon=":material/cancel:", on_click=room.end, args=(session.draft,))


def title(links: dict[str, str], entered: Collection[str], names: list[str], back: Collection[str] = ()) -> str:
    """Who has figures of its own that wait; `back`: whose of them were revealed before, and taken back."""
    if not links:
        return "Nobody can follow this screen yet: share it to begin"
    if not entered:
        return f"None of {number(len(names)).lower()} partners has figures that wait to be revealed"
    if back:
        return f"Figures wait to be revealed: of {listed([_waits(name, name in back) for name in sorted(entered)])}"
    have = f"{listed(sorted(literal(name) for name in entered))} {'has' if len(entered) == 1 else 'have'}"
    return f"{have} entered figures that nobody else has seen"


def _waits(name: str, back: bool) -> str:
    return f"{literal(name)}{' (taken back)' * back}"


def reveal(session: Session) -> None:
    """Makes everybody's what partners have entered, in one step that undo takes back.

    What somebody entered who is not in the alliance any more stays as it is, and so does what cannot be used yet.
    """
    before, document, told, names, acts, counts, amiss = session.document, session.document, [], [], [], [], []
    for partner, mine in room.entered(session.draft, session.alliance).items():
        if own.entries(document, partner) is None or not unrevealed.tells(document, partner, mine):
            continue
        if unrevealed.usable(document, partner, mine):
            acts.append(revealed.said(document, partner, mine))
            names.append(revealed.named(document, partner, mine))
            stood = own.entries(document, partner)
            noted = own.noted(document, partner, mine, date.today().isoformat())
            document = own.revealed(document, partner, noted)
            counts.append(counted.revealed(stood, own.entries(document, partner), partner))
            told.append(partner)
            session.reveals.add(partner, before, document, mine)
        else:
            amiss.append(partner)
    by_name = f"Revealed by {listed(told)}"  # alone once it is undone, when the figures are nobody else's again
    session.replace(document, act=acts[0] if len(acts) == 1 else by_name, undone=by_name)
    session.refresh()
    for partner in told if session.kept else ():
        room.withdraw(session.draft, session.alliance, partner)
    session.news = _news(session, names, counts) if told else "" if amiss else NOTHING
    if amiss:
        session.news = f"{session.news} {LEFT_OUT.format(listed(amiss))}".strip()


def _news(session: Session, names: list[str], counts: list[str]) -> str:
    """What was revealed, what that step alone changes, and how what was said of costs counts."""
    leads = signing.last_step(session)
    effect = f"is part of the design now: {leads}." if leads else "is part of the design now."
    return f"Revealed: what {listed(names)} entered {effect} {counted.told(counts)}".strip()


def _code(address: str, sentence: str) -> None:
    """An address as a code to photograph, beside its purpose and text; first, whether it is any use."""
    reached = urlsplit(address)
    if reached.hostname in ALONE:
        port = f":{reached.port}" if reached.port else ""
        named = f"http://{gethostname()}{port}"
        whole = f"{named}/room?s={st.query_params.get('s', '')}"  # not in letters: a room would see it
        st.warning(NOT_REACHED.format(address=f"[{named}]({whole})"), icon=":material/wifi_off:")
    code, said = st.columns([1, 1.6])
    code.html(codes.picture(address, f"QR code of {address}"))
    said.markdown(sentence)
    said.code(address, language=None, wrap_lines=True)


def _own_link(addresses: dict[str, str]) -> None:
    """One partner's own link, once somebody asks for it, and never all of them: the whole room may see it."""
    name = st.selectbox("Show the link of", list(addresses), None, key="own-link", placeholder="Nobody")
    if name:
        _code(addresses[name], f"For {literal(name)} alone: whoever photographs or copies this can enter for it.")


@st.fragment(run_every=3)
def _watch(session: Session, known: Waiting) -> None:
    """Shows who has entered something since."""
    if _waiting(session) != known:
        st.rerun()


def _waiting(session: Session) -> Waiting:
    entered = room.entered(session.draft, session.alliance)
    return unrevealed.waiting(session.document, partner_names(session.scenario), entered)


def _copies(session: Session) -> None:
    """A link by which others take a copy, once somebody asks for one."""
    st.markdown("**To work on a copy of one's own** :small[as it is when the link is opened; nothing comes back here]")
    link, whose = room.link_to_copy(session.draft), (session.draft,)
    if link:
        st.code(_url(link, leads="c"), language=None)
        st.button("End the link to copies", icon=":material/link_off:", on_click=room.end_copies, args=whose)
    else:
        st.button("Make a link to a copy", icon=":material/content_copy:", on_click=room.share_copies, args=whose)


def _url(link: str, page: str = "", leads: str = "f") -> str:
    """The address of a link, as this browser reaches the app; the first page unless another is named. `leads`: 'f' to
    follow, 'c' to a copy."""
    base = str(st.context.url or "").split("?")[0].rstrip("/").removesuffix("/room")
    return f"{base}/{page}?{leads}={link}"


def guest(session: Guest) -> None:
    """What another screen sees: that it follows, or the form for its own figures."""
    found = positions(session)
    mine = [(i, one) for i, one in enumerate(found) if one.partner == session.partner]
    waits = literal(session.waits_elsewhere)
    if session.gone:
        frame.answer(*_to_absent(session, literal(session.partner), waits))
        return
    if not mine:
        frame.answer(f"This screen follows {literal(session.scenario.name)}, and changes nothing there")
        return
    frame.answer(*_to_partner(session, literal(session.partner)))
    with st.container():  # always there, so that inputs below keep their places
        if waits:
            st.warning(f"{waits} {STANDS_AGAIN}", icon=":material/pause_circle:")
    _form(session, mine[0][0], found)


def _to_absent(session: Guest, name: str, waits: str) -> tuple[str, str]:
    """Why a partner can enter nothing: its alliance is not the one that is shown, or it was removed."""
    if alliances.had(session.left, session.alliance, session.partner):
        again = STANDS_AGAIN if waits else ""
        return f"{name} is not in the alliance that is shown now", f"{waits or LOADED} {again} This screen follows on."
    return (
        f"{name} is not in this alliance any more",
        "The facilitator has removed it, so nothing can be entered here. What you had entered and was not revealed "
        "is kept, and comes back if that is undone. This screen follows on.",
    )


def _to_partner(session: Guest, name: str) -> tuple[str, str]:
    """Who sees what a partner enters on its own screen, and what it sees itself."""
    if session.ended:
        return (
            "Sharing has ended: nobody gets what you enter here",
            "What you had entered and was not revealed is forgotten. The facilitator's next link brings you back.",
        )
    if session.revealed:
        return (
            f"What you entered for {name} is revealed: everybody sees it now",
            f"It is part of the design{_beside(session)}. What you change from here on is yours alone again, until it "
            "is revealed.",
        )
    waits = (
        "Every page of this screen shows the alliance with your own figures in it. The others see only that you have "
        "entered some."
    )
    return (
        f"Only you see what you enter here for {name}, until it is revealed",
        waits if session.tells else "Nothing of yours waits to be revealed: what stands here now, everybody sees.",
    )


def _beside(session: Guest) -> str:
    """How what is revealed of a partner's costs counts, to the partner."""
    said = counted.short(own.entries(session.document, session.partner), session.partner, "your")
    return f"; {said}" if said else ""


def _form(session: Guest, i: int, found: tuple[Position, ...]) -> None:
    providers = len(session.scenario.providers)
    owner = ("providers", i) if i < providers else ("commissioners", i - providers)
    st.subheader("What you would accept")
    appetites.of(session, owner, i, found)
    if owner[0] == "providers":
        st.subheader("How sure your costs are")
        for entry, label in ASKED.items():
            own_range.part(session, (*owner, entry), label)
