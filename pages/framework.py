"""What matters to people, and how do we score it?"""

import streamlit as st

from model import curves, tables
from model.fields import Path
from ui import frame, framework_words, inputs, kpis, lists, new_lines, notes, panels, paste, pictures, possible, show
from ui.results import outcomes, table, year

session = frame.open_page(needs_period=True)
scenario, row = session.scenario, year(session)
label = scenario.term.labels()[row]

ops = table(session, "years").loc[label, "mean_ops"]
frame.answer(framework_words.framework_title(ops, label, bool(scenario.framework.kras)), scenario.framework.vision)
asked = st.container()
looked_at: Path | None = None

one, areas, chances = st.tabs(
    ["One KPI", "Key result areas and weights", "How likely each level is"], key="framework-tabs", on_change="rerun"
)
if one.open:
    with one:
        path = looked_at = panels.pick(session, ("framework", "kras"), "KPI")
        if path:
            form, picture = frame.beside(450)
            with form:
                panels.kpi_form(session, path)
                kpis.add(session, path)
            if kpi := panels.valid_kpi(session, path):
                with picture:
                    score = curves.score_curve(kpi)
                    marks = {"Today": kpi.today, "Expected": kpi.expected}
                    figure = pictures.ruler(framework_words.levels(kpi), score, frame.ink(), kpi.unit, marks)
                    show.chart(figure, framework_words.score(kpi), score.round(2).to_frame("score"), "score")
                    kpis.worth(session)
        else:
            kpis.add(session, path)
if areas.open:
    with areas:
        inputs.group(session, ("framework",), ["vision"])
        inputs.entry(session, ("framework", "missing"), label="Without data: the weight of the KPI goes to the others")
        for a, kra in enumerate(session.value(("framework", "kras")) or []):
            path = ("framework", "kras", a)
            with st.container(border=True):
                inputs.group(session, path, ["name", "weight", "outcome"], columns=3)
                lists.rows(
                    session,
                    (*path, "kpis"),
                    ["name", "unit", "weight"],
                    widths=[3, 1, 1],
                    new=new_lines.NEW_KPI,
                    noun="KPI",
                    pasted=False,
                )
                inputs.problems(session, path)
                lists.remove(session, path, kra.get("name", ""))
        lists.add(session, ("framework", "kras"), new_lines.NEW_KRA, "key result area")
        paste.kpis(session)
        inputs.problems(session, ("framework",))
if chances.open and scenario.framework.kras:
    with chances:
        likely = tables.kpi_levels(scenario.framework, outcomes(session).kpis, row)
        show.chart(
            pictures.level_chances(likely, frame.ink()),
            framework_words.kpi_levels(likely, label),
            likely.round(4),
            "levels",
        )
with asked:
    possible.of_others(session, looked_at)
notes.of_page(session, "framework")
