"""Who gets which part of a saving, who bears which part of an overspend?"""

import streamlit as st

from model import curves, tables
from model.clauses import clauses, order
from ui import accounts, commissioner_words, frame, notes, panels, pictures, show, words
from ui.results import results, table, warnings, year, year_said

session = frame.open_page(needs_period=True)
scenario, row = session.scenario, year(session)
label = scenario.term.labels()[row]
expected = float(table(session, "years").loc[label, "mean_ops"])
likely = curves.likely_saving(results(session), row)
reach = curves.reach(scenario, likely, row)
curve = curves.share_curve(scenario, row, expected, reach)

frame.answer(words.share_title(curve, label), words.at_stake(table(session, "stake", label), year_said(session)))
odd = warnings(scenario)
if odd:
    with st.expander(f"Worth a second look ({len(odd)})", icon=":material/warning:"):
        st.markdown(accounts.signs("\n".join(f"- {sentence}" for sentence in odd)))

form, picture = frame.beside(450)
with form:
    forms = {
        "Savings": lambda: panels.cost_terms(session, "gain"),
        "Overspends": lambda: panels.cost_terms(session, "pain"),
        "Performance": lambda: panels.performance_terms(session),
        "Total": lambda: panels.total_terms(session),
        "Years": lambda: panels.timing(session),
        "Split": lambda: panels.split(session, row),
    }
    for tab, terms in zip(st.tabs(list(forms), key="share-tabs", on_change="rerun"), forms.values(), strict=True):
        if tab.open:
            with tab:
                terms()
with picture:
    ops = st.slider(
        "Performance score",
        -100.0,
        100.0,
        float(round(expected)),
        1.0,
        format="%.0f",
        key=f"ops-{label}",
        help="The expected score to start with; move it to see the modifier and the pool at work.",
    )
    curve = curves.share_curve(scenario, row, ops, reach)
    figure = pictures.share_curve(curve, frame.ink(), likely, curves.edges(scenario, row), curves.limits(scenario, row))
    left = commissioner_words.share(curves.left_curve(scenario, row, ops))
    show.chart(figure, f"{words.share_curve(curve, ops)} {left}", show.rounded(curve), "share-curve")
    st.markdown(words.poor_care(curves.gain_by_score(scenario, row)))
    performance = curves.performance_curve(scenario, row)
    figure = pictures.line(performance, frame.ink(), "Performance score", mark=expected, mark_text="Expected")
    show.chart(figure, words.performance(performance), show.rounded(performance.to_frame("pounds")), "performance")
    st.markdown(words.caps(tables.binding(results(session))))

st.subheader("The contract in words")
st.markdown(accounts.contract(clauses(scenario), clauses(session.saved) if session.changed else ()))
st.markdown(f":small[{order(scenario)}]")
notes.of_page(session, "risk_share")
