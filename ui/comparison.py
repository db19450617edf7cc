"""The parts of the page that compares designs: what each tab shows."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from model import comparison, premises, regret
from model.changes import Change
from model.plan import plan
from model.renames import as_called
from model.scenario import Scenario
from model.tables import COMMISSIONERS, PROVIDERS, TERM
from ui import comparison_charts as figures
from ui import comparison_words as words
from ui import designs, frame, in_numbers, panels, regret_words, show
from ui.choices import choice
from ui.decisions import only_just, outlook, tried
from ui.range_words import literal
from ui.session import Session
from ui.verdicts import MARKS

FIGURES = {
    "mean": ("Mean", "signed"),
    "mean change": ("… change", "signed"),
    "worst": ("Mean of the worst 1 in 20", "signed"),
    "worst change": ("… change", "signed"),
    "pain": ("Chance of pain", "chance"),
}
WHO = {
    "Everybody": ("provider", "commissioner", ""),
    "Providers": ("provider",),
    "Commissioners": ("commissioner",),
}
LONG = 12
"""Differences shown before the rest is folded away."""

Designs = Mapping[str, Scenario]
Outlooks = Mapping[str, comparison.Outlook]


def otherwise(session: Session, found: Designs) -> dict[str, tuple[Change, ...]]:
    """Which designs take something else for granted than the one being edited, and what."""
    assumed = {name: premises.otherwise(session.scenario, design) for name, design in found.items()}
    return {name: what for name, what in assumed.items() if what}


def levelled(session: Session, apart: Mapping[str, tuple[Change, ...]]) -> bool:
    """Whether all are to be compared on the premises of the design being edited, where some have others."""
    label, key = "Compare on this design's assumptions", "level-premises"
    return bool(apart) and st.toggle(label, key=key, help=words.ABOUT_LEVEL)


def judged(session: Session, found: Designs, level: bool) -> dict[str, Scenario]:
    """The designs with what their partners ask today, so that all are judged alike; `level`: on the same premises."""
    return {name: comparison.judged_by(session.scenario, one) for name, one in assuming(session, found, level).items()}


def assuming(session: Session, found: Designs, level: bool) -> dict[str, Scenario]:
    """The designs as they are; `level`: on the premises of the one being edited."""
    return {name: premises.on_premises_of(session.scenario, one) if level else one for name, one in found.items()}


def outlooks(session: Session, found: Designs) -> Outlooks:
    """What each design brings everybody: on the draws of the one being edited, so that its figures are those of other
    pages; designs that need other random numbers are on those of the first."""
    first = next(iter(found.values()))
    with st.spinner("Settling every future under each design…"):
        return {
            name: outlook(session, design, _like(session.scenario, design, first)) for name, design in found.items()
        }


def narrowly(session: Session, found: Designs) -> list[str]:
    """The designs that are signed only just."""
    return [name for name, design in found.items() if only_just(session, design)]


def _like(edited: Scenario, design: Scenario, first: Scenario) -> Scenario:
    return first if comparison.sharing(plan(design), plan(edited)) == "same seed only" else edited


def about(session: Session, found: Designs, brought: Designs) -> str:
    """By whose appetites the designs are judged where they hold others, and how much of chance they have in common.

    `brought`: the designs as they are settled.
    """
    like, today = plan(next(iter(brought.values()))), session.scenario
    asked = words.asked({name: comparison.asked_otherwise(today, design) for name, design in found.items()})
    how = {name: comparison.sharing(plan(design), like) for name, design in brought.items()}
    shared = words.shared(how, {name: comparison.unlike(plan(one), like) for name, one in brought.items()})
    return f"{asked} {shared}".strip()


def gains(session: Session, found: Designs, brought: Outlooks) -> None:
    """Every partner's range by design, then in figures."""
    table = comparison.table(brought)
    with st.container(horizontal=True):
        scale = st.segmented_control("Scale", list(panels.SCALES), default="£", key="compare-scale", required=True)
        who = st.segmented_control("Shown", list(WHO), default="Everybody", key="compare-who", required=True)
    per, unit = panels.SCALES[scale or "£"]
    spans = comparison.scaled(table, found, per)
    roles = WHO[who or "Everybody"]
    spans = spans[table.loc[spans.index, "role"].isin(roles)]
    if spans.empty:
        st.markdown(f"Nobody shown here has {per} to compare with.")
    else:
        show.chart(
            figures.by_design(spans, table["verdict"], frame.ink(), unit, designs.start(session)),
            words.ranges(spans, unit),
            in_numbers.percentiles(spans.round(4 if per else 0)),
            "by-design",
        )
    first, *others = found
    if others:
        st.subheader("Who is better and who worse off")
        st.markdown("\n".join(f"- {words.better_and_worse(table, first, other)}" for other in others))
    st.subheader("Every partner in figures")
    show.table(_figures(table[table["role"].isin(roles)], first, len(others) > 0))
    in_numbers.figures(session, table, "designs-raw", "All figures, in pounds", TERM.lower())


def _figures(table: pd.DataFrame, first: str, several: bool) -> pd.DataFrame:
    """Mean, worst 1 in 20 and chance of pain, with what each design changes; nothing changes in the first."""
    wanted = {name: look for name, look in FIGURES.items() if several or "change" not in name}
    titles = {name: (f"{title}{' ' * name.startswith('worst')}", unit) for name, (title, unit) in wanted.items()}
    shown = show.labelled(table, titles)
    for name in wanted:
        if name.endswith("change"):
            shown.loc[shown.index.get_level_values("design") == first, titles[name][0]] = ""
    shown["Would it sign?"] = [MARKS.get(verdict, "") for verdict in table["verdict"]]
    return shown


def differs(found: Designs, alike: Designs | None = None) -> None:
    """The clauses that are not the same, and every entry that differs.

    `alike`: the designs on the same assumptions; what these set aside is listed by itself.
    """
    first, *others = found
    left = alike or found
    if not others:
        st.markdown("There is nothing to compare with yet. Keep a design, or add a variant.")
        return
    table = comparison.clauses_that_differ({name: as_called(left[first], one) for name, one in left.items()})
    st.subheader("What the contracts say" if len(table) else "The contracts say the same")
    if len(table):
        show.table(table.map(lambda text: literal(text) or "–").rename_axis("About"))
    st.subheader(f"What was entered, against {words.called(first)}")
    for other in others:
        said = comparison.inputs_that_differ(left[first], left[other])
        every = comparison.inputs_that_differ(found[first], found[other])
        aside = [one for one in every if one.said not in {kept.said for kept in said}]
        said, aside = said + [one for one in aside if one.renamed], [one for one in aside if not one.renamed]
        nothing = f": nothing {'else ' * bool(aside)}differs" * (not said)
        st.markdown(f"**{words.heading(other)}**{nothing}")
        lines(said)
        if aside:
            st.markdown(words.SET_ASIDE)
            lines(aside)


def lines(said: list[Change]) -> None:
    """Differences, each on a line; those after the first few are folded away, but for the terms of the contract."""
    at_first = max(LONG, sum(one.kind == "terms" for one in said))
    st.markdown("\n".join(f"- {literal(one.said)}" for one in said[:at_first]))
    if more := said[at_first:]:
        with st.expander(f"{sum(one.entries for one in more)} more"):
            st.markdown("\n".join(f"- {literal(one.said)}" for one in more))


def vetoes(brought: Outlooks) -> None:
    """Partners down, designs across: who accepts, who refuses and why."""
    st.markdown("\n".join(f"- {line}" for line in words.vetoed(brought)))
    names = dict.fromkeys(position.partner for one in brought.values() for position in one.positions)
    cells = {
        design: {position.partner: words.stands(position) for position in one.positions}
        for design, one in brought.items()
    }
    table = pd.DataFrame(cells, index=pd.Index(list(names), name="Partner")).fillna("not in it")
    show.table(table)
    st.markdown(
        ":small['Short': by how many pounds all its futures would have to be better before it accepts; 'to spare': by "
        "how many they could be worse. Too close to call: within two standard errors of the limit.]"
    )


def regrets(session: Session, found: Designs, entered: Outlooks, apart: bool) -> None:
    """Which design to choose when nobody knows which view is right or which stress will come; `entered`: what each
    brings as it is entered; `apart`: they do not assume the same."""
    if len(found) < 2:
        st.markdown("Regret needs at least two designs: keep one, or add a variant.")
        return
    if apart:
        st.warning(regret_words.REGRET_APART, icon=":material/warning:")
    first = next(iter(found.values()))
    tested = regret.situations(list(found.values()))
    with st.spinner("Settling every design in every situation…"):
        brought = {
            name: {one.name: tried(session, design, one, first) for one in tested} for name, design in found.items()
        }
    whose = choice(session, "For", _whose(found, brought), 0, key="regret-of", width=420)
    outcome = regret.outcomes(brought, whose)
    least, worst = regret.minimax_regret(outcome.table), regret.maximin(outcome.table)
    with st.container(horizontal=True):
        _choice("Never far from the best", least, regret_words.SMALLEST_REGRET, entered)
        _choice("Best worst case", worst, regret_words.BEST_WORST, entered)
    found_regret = regret.regret(outcome.table)
    both = pd.concat({"outcome": outcome.table.T, "regret": found_regret.T, "regret s.e.": outcome.errors().T}, axis=1)
    figure = figures.regrets(found_regret, frame.ink())
    show.chart(figure, regret_words.regretted(least, worst, whose), both.round(0), "regrets")
    with st.expander("The situations", icon=":material/notes:"):
        st.markdown("\n".join(f"- **{literal(one.name)}**: {literal(one.sentence)}" for one in tested))


def _choice(rule: str, choice: regret.Choice, text: str, entered: Outlooks) -> None:
    """What a rule chooses, and that it would be refused, if so: the rules do not ask who would sign."""
    named = literal(choice.designs[0]) if len(choice.designs) == 1 else f"{len(choice.designs)} alike"
    st.metric(rule, named, help=text, **frame.beneath(regret_words.refused(choice.designs, entered)))


def _whose(found: Designs, brought: Mapping[str, Outlooks]) -> list[str]:
    """The alliance, where somebody states a limit in every design and situation; then everybody in all designs."""
    asked = all(one.slack[0] < float("inf") for row in brought.values() for one in row.values())
    each = [one.partners for row in brought.values() for one in row.values()]
    names = [name for name in each[0] if all(name in other for other in each)]
    sides = [name for name in (PROVIDERS, COMMISSIONERS) if name in names]
    return [*([regret.ALLIANCE] if asked else []), *(n for n in names if n not in sides), *sides]
