"""A first look in five steps, on the figures of this alliance: from what gainshare is to one's own first change."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial

import pandas as pd
import streamlit as st

from model import curves
from model.scenario import Scenario
from model.tables import PROVIDERS, TERM, marks
from ui import (
    earlier,
    frame,
    in_numbers,
    levers,
    pictures,
    pile_words,
    share_words,
    show,
    signing,
    starting,
    words,
)
from ui.decisions import only_just, positions
from ui.format import a_chance, listed, money, signed
from ui.range_words import literal
from ui.results import expected_score, results, table, year
from ui.session import Session
from ui.verdicts import number, title


def who(session: Session) -> None:
    """Who is in it, and what it should cost."""
    scenario = session.scenario
    buyers, doers = ([literal(one.name) for one in side] for side in (scenario.commissioners, scenario.providers))
    cost = float(table(session, "stake")["target_cost"])
    end = "success is everybody's" if shared(session.scenario) else "each keeps its own result"
    frame.answer(
        f"{number(len(buyers))} of them {'pays' if len(buyers) == 1 else 'pay'}, {number(len(doers)).lower()} "
        f"{'provides' if len(doers) == 1 else 'provide'}, and {end}",
        f"{listed(buyers)} {'pays' if len(buyers) == 1 else 'pay'} for one service. {listed(doers)} "
        f"{'provides' if len(doers) == 1 else 'provide'} it together. They agree what a year should cost, about "
        f"{money(cost)}: the **target cost**. What it really costs is paid in the open, with a fee on top.",
    )
    costs = {literal(one.name): money(one.baseline_cost) for one in scenario.providers}
    show.table(pd.Series(costs, name="Cost a year at the start").rename_axis("Provider").to_frame())


def shared(scenario: Scenario) -> bool:
    """Whether the terms share anything: a part of what is pooled, or a performance pool."""
    terms = scenario.risk_share
    in_bands = any(band.share for band in (*terms.gain_bands, *terms.pain_bands))
    pool = terms.performance.pool.pounds(scenario.fee(), scenario.target_cost())
    return bool(in_bands and any(one.pooled for one in scenario.providers)) or bool(pool.any())


SHARED = (
    "If the year costs less, providers get a part of the saving; if it costs more, they bear a part",
    "That is **gainshare** and **painshare**. Everybody agrees on the parts before anybody knows how it will turn "
    "out. How well people are served, the performance score, moves them too.",
)
NOTHING_SHARED = (
    "Nothing is shared here: who saves keeps it, and who overspends bears it",
    "In an alliance providers together get a part of what a year saves (**gainshare**) and bear a part of what it "
    "costs too much (**painshare**). In these contracts each provider has all of its own, whatever the others do.",
)


def rule(session: Session) -> None:
    """What gainshare and painshare are."""
    scenario, row = session.scenario, year(session)
    expected = expected_score(session, row)
    likely = curves.likely_saving(results(session), row)
    curve = curves.share_curve(scenario, row, expected, curves.reach(scenario, likely, row))
    frame.answer(*(SHARED if shared(scenario) else NOTHING_SHARED))
    figure = pictures.share_curve(curve, frame.ink(), likely, curves.edges(scenario, row), curves.limits(scenario, row))
    found = curves.readable(curve, curves.edges(scenario, row))
    file = partial(in_numbers.by_saving, found)
    show.chart(figure, share_words.share_curve(curve, expected), show.by_saving(found), "story-curve", "£", file=file)


def futures(session: Session) -> None:
    """Why one line in a spreadsheet is not enough."""
    found = table(session, "partners", session.period)
    together = found.loc[PROVIDERS]
    low, high = (signed(float(together[part])) for part in ("p5", "p95"))
    most = pile_words.many(together, "p5", "p95", "9 of 10")
    years = session.scenario.term.horizon
    whole = session.period == TERM and years > 1
    pain = a_chance(together["chance_of_pain"])
    over = f"over the {number(years).lower()} years" if whole else words.over(session.period)
    frame.answer(
        f"Nobody knows how it will turn out: providers together have {pain} of pain {over}",
        f"So the agreement is tried on {session.draws:,} possible futures. In {most} the providers together end "
        f"between {low} and {high} {over}. Each dot below is one of fifty equally likely futures of one partner.",
    )
    dots = table(session, "quantiles", session.period, 50, "")
    shown = dots[[name for name in dots if found["role"][name] == "provider"]]
    lead = words.dots(marks(found, "")[list(shown)], found, "£")
    show.dots(shown, frame.ink(), "£", lead, "story-dots")


def signing_it(session: Session) -> None:
    """What each partner asks before it signs."""
    frame.answer(
        title(positions(session), only_just(session)),
        "Each partner has said how much loss it can live with, against its own reserves. An alliance needs all of "
        "them: one that refuses blocks it.",
    )
    signing.verdicts(session)


NOTHING_YET = (
    "**What just changed.** Nothing yet: once you move a lever, this says whose verdict changes, or else who has more "
    "or less to spare."
)
"""In place of the sentence on the last change, as long as that one will be, so that levers below it stay put."""


YOUR_TURN = (
    "Your turn: move one lever, and see who changes its mind",
    "Every lever answers at once. *Undo*, in the menu or here, takes a change back.",
)
WATCHING = (
    "The levers, and who changes its mind as they move",
    "The facilitator's screen moves them, and this one shows at once what comes of it.",
)
"""The same step on a screen that follows another."""


def change(session: Session) -> None:
    """One's own first change."""
    frame.answer(*(WATCHING if session.live else YOUR_TURN))
    form, answer = frame.beside(300, "levers-first")
    with form:
        places = levers.levers(session)
        if not session.live:
            st.button(
                "Undo this change",
                icon=":material/undo:",
                disabled=not session.done,
                on_click=session.step,
                args=(True,),
            )
    with answer:
        with st.container(key="verdicts"):
            signing.verdicts(session, "" if session.live else NOTHING_YET)
        links = {
            "pages/overview.py": "Overview: the same levers, with everybody's futures",
            "pages/acceptance.py": "Acceptance: what would change the mind of one who refuses",
            "pages/joining.py": "Should we join? The same question for one provider",
        }
        st.markdown("**From here**")
        for file, text in links.items():
            with st.container(key="to-minds-down-to-whose-mind") if "mind" in text else nullcontext():
                st.page_link(file, label=text, icon=":material/arrow_forward:", query_params=session.address)
        starting.anew(session)
    levers.still(session, places)
    session.answered()


FROM_THE_TOP = """<script>
document.querySelector('[data-testid="stMain"]').scrollTo(0, 0);  // STEP
</script>"""
"""A step is read from its title on, though the button that leads to it stands at the foot of the one before."""


STEPS: dict[str, Callable[[Session], None]] = {
    "Who": who,
    "The rule": rule,
    "The futures": futures,
    "Who signs": signing_it,
    "Your change": change,
}


def new_here(session: Session) -> bool:
    """Whether this may be somebody's first visit: until the first edit, or until the way in is skipped."""
    return not (session.skipped or session.done or session.live or session.presenting)


def offered(session: Session) -> None:
    """A way in for whoever opens the app for the first time."""
    if not new_here(session):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            "pages/story.py",
            label="New here? A first look takes three minutes",
            icon=":material/school:",
            query_params=session.address,
        )
        earlier.last_here(session)
        with st.container(horizontal=True, width="content"):  # in one line: the last would wrap alone
            st.button("Start a new alliance", on_click=starting.begin, args=(session,), icon=":material/add:")
            st.button("Skip", on_click=_skip, args=(session,), type="tertiary")
    earlier.more(session)


def _skip(session: Session) -> None:
    session.skipped = True


def steps(session: Session) -> None:
    """The step that is open, with the way to the next."""
    names = list(STEPS)
    at = min(session.step_of_story, len(names) - 1)
    st.progress((at + 1) / len(names), f"Step {at + 1} of {len(names)}: {names[at]}")
    STEPS[names[at]](session)
    with st.container(horizontal=True):
        st.button("Back", disabled=at == 0, on_click=_go, args=(session, at - 1), icon=":material/arrow_back:")
        if at + 1 < len(names):
            st.button("Next", on_click=_go, args=(session, at + 1), icon=":material/arrow_forward:")
    st.html(FROM_THE_TOP.replace("STEP", str(at)), unsafe_allow_javascript=True)


def _go(session: Session, step: int) -> None:
    session.step_of_story = step
