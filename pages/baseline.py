"""What should it cost, who spends it, what is the fee?"""

import streamlit as st

from model import cautions, tables
from ui import comings, frame, inputs, later, lists, new_lines, notes, pictures, show, starting, words
from ui.results import table, year

WIDTHS = (1.5, 1.2, 1, 1)  # of kinds, what the fee is a % of, and two sums

session = frame.open_page(needs_period=True)
label = session.scenario.term.labels()[year(session)]
build_up = tables.target_build_up(session.scenario)
steps = build_up[label]

frame.answer(words.target_title(steps, label, table(session, "stake", label)["overspend"]), words.target(steps, label))

providers, reserves, plan = st.tabs(
    ["Costs and fees", "Partners and reserves", "Targets and term"], key="baseline-tabs", on_change="rerun"
)
if providers.open:
    with providers:
        lists.rows(
            session,
            ("providers",),
            ["name", "baseline_cost", "required_saving", "demand_growth", "fee_rate"],
            widths=[2.2, 1.5, 1, 1, 0.9],
            new=new_lines.as_asked(session.document, new_lines.NEW_PROVIDER),
            noun="provider",
        )
        later.costs(session)
        comings.without_share(session)
        starting.elsewhere(session)
if reserves.open:
    with reserves:
        lists.rows(session, ("providers",), ["kind", "fee_on", "reserves", "income"], widths=WIDTHS, fixed=True)
        with st.container():  # always there, so that inputs below keep their places
            for sentence in cautions.fees(session.scenario):
                st.warning(sentence, icon=":material/warning:")
        st.subheader("Commissioners")
        lists.rows(
            session,
            ("commissioners",),
            ["name", "kind", "contribution", "reserves"],
            widths=[2, 1.4, 1.2, 1.3],
            new=new_lines.as_asked(session.document, new_lines.NEW_COMMISSIONER),
            noun="commissioner",
        )
if plan.open:
    with plan:
        inputs.group(session, ("baseline",), ["price_growth", "contingency", "reindexed"], columns=3)
        lists.numbers(session, ("baseline", "saving_phasing"), session.scenario.term.labels())
        st.markdown(":small[What the target asks for. Savings that arrive late are entered under Uncertainty.]")
        inputs.group(session, ("term",), ["start", "years", "option_years", "with_option"], columns=4)
        starting.to_name(session)

show.chart(
    pictures.build_up(steps, frame.ink()),
    f"How the target cost of {label} is built, all providers together. The axis does not start at zero.",
    show.rounded(build_up),
    "build-up",
    "£",
)
whose = "Target cost and fee, each provider"
show.figures(show.rounded(tables.by_provider(session.scenario)), "by-provider", whose, "£")
notes.of_page(session, "baseline")
