"""Which designs are compared, and which of them the others are held against; both stay chosen."""

from collections.abc import Mapping

import streamlit as st

from data.records import Version
from model.alike import alike
from model.scenario import Scenario
from ui import base, designs, kept, versions
from ui import comparison_words as words
from ui.range_words import literal
from ui.session import Session, typed


def chosen(session: Session) -> dict[str, Scenario]:
    """The designs that are compared, the one that others are held against first. Of the versions in the library it is
    only the one before, as long as no other is chosen."""
    found, saved = designs.every(session), versions.earlier(session)
    every = found | {name: versions.scenario(one) for name, one in saved.items()}
    called = designs.once(every)
    mine, merged = _as_now(session, [name for name in called if name in found], every)
    names = [name for name in called if name not in merged]
    told = []
    if len(names) > 1:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            known = _known(session, called, found, saved)
            first = _held_against(session, names, mine if known in merged else known)
            others = [name for name in names if name != first]
            apart = [name for name in designs.elsewhere(session) if name in names]
            before = versions.before(session)
            usual = {
                name: name not in apart if name in found else any(saved[one] == before for one in (name, *called[name]))
                for name in others
            }
            names = [first, *_ticked(session, usual, "|".join((first, *apart)))]
        told = [words.elsewhere({name: found[name].name for name in apart}), _start(session)]
    told.append(words.as_now(mine, merged))
    reasons = words.reasons({name: session.reasons[name] for name in names if name in session.reasons})
    also = {name: others for name, others in called.items() if name in names}
    if lines := [f":small[{said}]" for said in (*told, words.also(also), *reasons) if said]:
        st.markdown("  \n".join(lines))
    return {name: every[name] for name in names}


def _as_now(session: Session, names: list[str], every: Mapping[str, Scenario]) -> tuple[str, list[str]]:
    """Under which name the design being edited is shown, and which others are shown with it as one: their figures
    cannot differ, because what partners accept is today's in all."""
    same = [name for name in names if alike(session.scenario, every[name])]
    mine = next((name for name in same if name != designs.EDITED and every[name] == session.scenario), "")
    mine = mine or next((name for name in same if name != designs.EDITED), "")
    return mine, [name for name in same if name != mine] if mine else []


def _known(
    session: Session, called: Mapping[str, tuple[str, ...]], found: Mapping[str, Scenario], saved: Mapping[str, Version]
) -> str:
    """What the design that others are held against goes by now: it may have been kept or saved since."""
    goes_by = {other: name for name, others in called.items() for other in (name, *others)}
    mine = next((name for name, one in found.items() if one == session.scenario), "")
    return ({designs.EDITED: mine} | goes_by).get(session.held or _made_from(session, saved), "")


def _made_from(session: Session, saved: Mapping[str, Version]) -> str:
    """What a saved version was made from, as long as nothing in it is changed: to hold what is older against what is
    newer would tell what was agreed the wrong way round."""
    if session.scenario != session.saved or not versions.start(session):
        return ""
    before, apart = versions.before(session), designs.elsewhere(session)
    loaded = [name for name in session.designs if name.startswith(kept.FORMER) and name not in apart]
    return next((name for name, one in saved.items() if one == before), next(reversed(loaded), ""))


def _held_against(session: Session, names: list[str], held: str) -> str:
    key = f"first-{session.generation}-{'|'.join(names)}"

    def choose() -> None:
        session.held = typed(key) or session.held
        session.keep()

    at = names.index(held) if held in names else 0
    return st.selectbox("Held against", names, at, key=key, on_change=choose, width=260)


def _ticked(session: Session, usual: Mapping[str, bool], beside: str) -> list[str]:
    """Those that are ticked; one of which nobody has said so is as usual."""
    key = f"compared-{session.generation}-{'|'.join(usual)}-{beside}"

    def tick() -> None:
        if (now := typed(key)) is not None:
            session.ticked = session.ticked | {name: name in now for name in usual}
            session.keep()

    at_first = [name for name, as_usual in usual.items() if session.ticked.get(name, as_usual)]
    return st.multiselect("Compared", list(usual), at_first, key=key, on_change=tick)


def _start(session: Session) -> str:
    """What changes are counted from, where there is more to say of it than that it is the starting design."""
    start, saved = designs.start(session), versions.which(session, session.saved).removeprefix("Design ")
    if start in session.designs and not saved.startswith(f"'{start}'"):
        saved = f"'{start}' ({saved})" if saved else f"'{start}'"
    counted = session.base != base.UNNAMED
    who = "Changes are counted from" if counted else "The starting design is"
    return f"{who} {literal(saved)}." if saved else ""
