"""The Uncertainty page: everything entered, understood, traced, and undone in one step."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from data import outside, presets
from model.documents import to_document
from model.evidence import FromData, Pool
from model.fields import Path as Place
from model.uncertainty import Mitigation
from tests.data.sheets_made import excel
from ui import edits, inputs, notes
from ui.session import STATE, Session

ROOT = Path(__file__).parent.parent.parent
COST: Place = ("providers", 0, "cost_deviation")
TOGETHER: Place = ("uncertainty", "correlations")
PAIRS = "\n".join(f"{year}\t100\t{100 + step}" for year, step in enumerate((3, -1, 4, 1, -5, 9, 2, -6, 5, 3), 2010))


def opened(tab: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page("pages/uncertainty.py").run()
    if tab:
        app.session_state["uncertainty-tabs"] = tab
        app.run()
    return app


def session_of(app: AppTest) -> Session:
    found: Session = app.session_state[STATE]
    return found


def why(app: AppTest, path: Place, way: str = "") -> AppTest:
    """Opens where an input comes from."""
    key = "-".join(str(part) for part in path)
    app.session_state[f"why-{key}"] = True
    if way:
        app.session_state[f"way-{key}"] = way
    return app.run()


def click(app: AppTest, label: str, which: int = 0) -> AppTest:
    [button for button in app.button if button.label == label][which].click().run()
    assert not app.exception
    return app


def note(app: AppTest, path: Place) -> str:
    sources = session_of(app).value((*path[:-1], "sources")) or []
    return next((source["note"] for source in sources if source["field"] == path[-1]), "")


@pytest.mark.parametrize("tab", ["", "Baselines and prices", "KPIs", "Risks", "What moves together", "Assumptions"])
def test_each_tab_opens_for_every_preset(tab: str) -> None:
    app = opened(tab)
    for name in presets.names():
        session_of(app).begin(presets.preset(name), name)
        assert not app.run().exception
        assert not app.error


def test_a_public_figure_is_used_with_its_source_by_one_click_and_undone_by_one() -> None:
    app = why(opened(), COST)
    before = session_of(app).document
    click(app, "Use this")
    offer = outside.offers("cost_deviation", "NHS trust")[0]
    assert session_of(app).scenario.providers[0].cost_deviation == offer.value
    assert offer.source in note(app, COST)
    click(app, "Undo")
    assert session_of(app).document == before


def test_figures_that_belong_together_go_to_every_provider_at_once() -> None:
    app = click(why(opened(), COST), "Use the whole set")
    scenario = session_of(app).scenario
    assert {provider.baseline_error.sd for provider in scenario.providers} == {0.024}
    assert {provider.cost_deviation.kind for provider in scenario.providers} == {"student_t"}
    assert scenario.uncertainty.correlations.year_to_year == 0.54
    assert "permanent part" in note(app, (*TOGETHER, "year_to_year"))
    click(app, "Undo")
    assert not session_of(app).changed


def test_a_reason_is_kept_with_the_scenario_and_listed_among_the_assumptions() -> None:
    app = why(opened(), COST)
    reason = next(area for area in app.text_area if area.label == "Reason or source")
    reason.set_value("Agreed in [the] workshop, $5 & $6").run()
    assert note(app, COST) == "Agreed in [the] workshop, $5 & $6"
    assert not session_of(app).problems
    app.session_state["uncertainty-tabs"] = "Assumptions"
    assert not app.run().exception
    assert any("Agreed in" in str(table.value) for table in app.table)


def test_a_workbook_says_which_sheet_was_read_until_the_text_is_another() -> None:
    app = why(opened(), COST, "Our data")
    content = excel(*([100, 100 + i] for i in range(10)), title=[["see next sheet"]])
    uploader = next(one for one in app.file_uploader if one.label == "Or a file (Excel or CSV)")
    uploader.set_value(("costs.xlsx", content, "application/octet-stream")).run()
    read = "its sheet 'Second' was read. Not read"
    assert any(read in line.value for line in app.markdown)
    text = next(area for area in app.text_area if area.label == "Our figures")
    assert str(text.value).splitlines()[1] == "100\t101"
    text.set_value(PAIRS).run()
    assert not app.exception and not any(read in line.value for line in app.markdown)


def test_a_pasted_series_is_told_fitted_and_used() -> None:
    app = why(opened(), COST, "Our data")
    text = next(area for area in app.text_area if area.label == "Our figures")
    text.set_value(f"{PAIRS}\nTotal\t1000\t1015").run()
    assert any("10 values" in line.value for line in app.markdown)
    assert any("a total or average" in line.value for line in app.markdown)
    click(app, "Use Normal")
    assert "Normal fitted to 10 values (budget and actual)" in note(app, COST)
    why_wider = "Its mean and spread come from only 10 values, so its ends are wider: a Student t."
    assert note(app, COST).endswith(why_wider)
    assert f":small[*Use Normal*: {why_wider}]" in [line.value for line in app.markdown]
    assert session_of(app).value(COST) == {"kind": "student_t", "centre": 0.015, "scale": 0.04749, "df": 9.0}
    click(app, "Resample the data")
    found = session_of(app).scenario.providers[0].cost_deviation
    assert isinstance(found, FromData)
    assert sorted(found.values)[0] == pytest.approx(-0.06)
    kept = next(area for area in app.text_area if area.label == "Our figures").value
    assert str(kept).startswith("2010\t100")


def test_what_was_used_is_told_and_what_people_wrote_stays_beneath_its_line() -> None:
    app = why(opened(), COST, "Our data")
    next(area for area in app.text_area if area.label == "Our figures").set_value(PAIRS).run()
    reason = next(area for area in app.text_area if area.label == "Reason or source")
    reason.set_value("Trust ledger, GL-4471").run()
    click(app, "Use Lognormal")
    assert "Lognormal fitted to 10 values" in app.info[0].value
    assert session_of(app).news == "Used: Lognormal fitted to 10 values. Undo brings back what was."
    click(app, "Use Normal")
    assert session_of(app).news == "Used: Normal fitted to 10 values. Undo brings back what was."
    first, *rest = note(app, COST).split("\n")
    assert first.startswith("Normal fitted to 10 values") and rest == ["Trust ledger, GL-4471"]
    app = why(app, COST, "Public data")
    click(app, "Use this")
    assert session_of(app).news.startswith("Used: US health contracts of")
    assert note(app, COST).split("\n")[1:] == ["Trust ledger, GL-4471"]


def test_six_years_are_too_few_to_fit_and_their_mean_and_spread_can_be_used() -> None:
    app = why(opened(), COST, "Our data")
    assert any("A curve is fitted to 8 values or more" in line.value for line in app.markdown)
    text = next(area for area in app.text_area if area.label == "Our figures")
    text.set_value("100\t99\n100\t101\n100\t102\n100\t104\n100\t105\n100\t108").run()
    assert any("nothing beyond the values above can happen" in line.value for line in app.markdown)
    button = next(b for b in app.button if b.label.startswith("Use their mean and spread: 9 in 10 between"))
    button.click().run()
    found = session_of(app).scenario.providers[0].cost_deviation
    assert found.mean == pytest.approx(19 / 600, abs=1e-5)
    low, high = found.ppf(np.array([0.05, 0.95]))
    assert low < -0.01 and high > 0.08
    assert "Mean and spread of 6 values" in note(app, COST)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("abc", "no number"),
        ("41,2", "two ways"),
        ("1;2", "too few"),
        ("100\t0\n" * 9, "the same"),
        ("1\t2\n" * 3000, "at most 2,000"),
        ('"', "quotation marks"),
    ],
)
def test_a_bad_series_is_explained_in_one_sentence_and_stays(text: str, said: str) -> None:
    app = why(opened(), COST, "Our data")
    area = next(area for area in app.text_area if area.label == "Our figures")
    area.set_value(text).run()
    assert not app.exception
    assert any(said in box.value for box in (*app.error, *app.info))
    app.switch_page("pages/overview.py").run()
    app.switch_page("pages/uncertainty.py").run()
    assert next(a for a in why(app, COST, "Our data").text_area if a.label == "Our figures").value == text


def test_deviations_typed_without_their_signs_are_read_as_percentages_and_it_is_said() -> None:
    app = why(opened(), COST, "Our data")
    app.session_state[f"mode-{'-'.join(map(str, COST))}"] = "Deviations from plan"
    next(area for area in app.text_area if area.label == "Our figures").set_value("-2; 2; 5; -3; 1; 4; 0; 2").run()
    assert not app.exception
    assert any("all were read as percentages" in one.value for one in app.markdown)
    click(app, "Resample the data")
    data = session_of(app).scenario.providers[0].cost_deviation
    assert isinstance(data, FromData)
    assert max(data.values) == 0.05


def figures_of(app: AppTest, path: Place) -> TextArea:
    """The box for own figures of an entry."""
    app.switch_page("pages/uncertainty.py").run()
    app.session_state["uncertainty-tabs"] = {"framework": "KPIs", "uncertainty": "Risks"}.get(str(path[0]), "")
    why(app, path, "Our data")
    return app.text_area(key=inputs.key_of(session_of(app), ("series", *path)))


def pasted(app: AppTest, path: Place) -> str:
    """What stands in it, after a look at another page."""
    app.switch_page("pages/overview.py").run()
    return str(figures_of(app, path).value)


def paste(app: AppTest, path: Place, text: str) -> None:
    figures_of(app, path).set_value(text).run()


def rename(app: AppTest, path: Place, name: str) -> None:
    edits.write(session_of(app), (*path[:-1], "name"), name)


@pytest.mark.parametrize(
    "path",
    [COST, ("framework", "kras", 1, "kpis", 0, "deviation"), ("uncertainty", "risks", 0, "impact")],
    ids=["provider", "KPI", "risk"],
)
def test_a_pasted_series_follows_what_it_is_of_to_another_name_and_back(path: Place) -> None:
    app = opened()
    paste(app, path, "1\n2\n3")
    for name in ("Another name", "A third name"):
        rename(app, path, name)
        assert pasted(app, path) == "1\n2\n3"
    paste(app, path, "4\n5\n6")
    for _ in range(2):
        click(app, "Undo")
    assert session_of(app).value((*path[:-1], "name")) not in ("Another name", "A third name")
    assert pasted(app, path) == "4\n5\n6"


def test_a_pasted_series_stays_with_its_own_provider_through_names_that_two_have() -> None:
    app = opened()
    first, second = COST, ("providers", 1, "cost_deviation")
    one, other = (session_of(app).value((*path[:-1], "name")) for path in (first, second))
    paste(app, first, "1\n2\n3")
    paste(app, second, "7\n8\n9")
    rename(app, first, other)
    rename(app, first, "Its own name")
    assert (pasted(app, first), pasted(app, second)) == ("1\n2\n3", "7\n8\n9")
    rename(app, second, one)
    assert (pasted(app, first), pasted(app, second)) == ("1\n2\n3", "7\n8\n9")


def test_a_new_provider_does_not_find_the_series_of_one_that_had_its_name() -> None:
    app = opened()
    old = session_of(app).value((*COST[:-1], "name"))
    paste(app, COST, "1\n2\n3")
    rename(app, COST, "Another name")
    rename(app, ("providers", 1, "cost_deviation"), old)
    assert pasted(app, ("providers", 1, "cost_deviation")) == ""


def test_views_of_several_people_are_pooled_and_taken_away_again() -> None:
    app = why(opened(), COST, "People")
    before = session_of(app).value(COST)
    click(app, "Make this the first of several views")
    assert not any(button.label.startswith("Keep only") for button in app.button)
    click(app, "Add a view")
    found = session_of(app).scenario.providers[0].cost_deviation
    assert isinstance(found, Pool)
    assert [view.view.kind for view in found.views] == ["student_t", "pert"]
    assert any("of the variance" in line.value for line in app.markdown)
    for weight in [box for box in app.text_input if box.label == "Weight"]:
        weight.set_value("0").run()
    assert any("every view has a weight of 0" in error.value for error in app.error)
    next(box for box in app.text_input if box.label == "Weight").set_value("1").run()
    assert not app.error
    click(app, "Keep only the view of First view")
    assert session_of(app).value(COST) == before


def test_a_single_view_is_a_range_again_by_a_button_that_says_so() -> None:
    app = why(opened(), COST, "People")
    before = session_of(app).value(COST)
    click(app, "Make this the first of several views")
    click(app, "Back to one range, without views")
    assert session_of(app).value(COST) == before


def test_a_source_is_of_the_range_before_once_there_are_views_or_another_kind() -> None:
    app = why(opened(), COST, "People")
    noted = notes.note(session_of(app), COST)
    assert noted
    click(app, "Make this the first of several views")
    assert notes.note(session_of(app), COST) == f"Of the range before: {noted}"
    assert any("Source: Of the range before: " in line.value.replace("\\", "") for line in app.markdown)
    session_of(app).step(back=True)
    assert notes.note(session_of(app), COST) == noted
    app.run()
    kind = next(box for box in app.selectbox if box.value == "student_t")
    kind.select("normal").run()
    assert notes.note(session_of(app), COST) == f"Of the range before: {noted}"
    session_of(app).step(back=True)
    assert notes.note(session_of(app), COST) == noted and session_of(app).value(COST)["kind"] == "student_t"


def test_correlations_that_cannot_all_hold_are_moved_to_the_nearest_by_one_click() -> None:
    app = opened("What moves together")
    next(box for box in app.text_input if box.label.startswith("Between costs and KPIs")).set_value("95").run()
    assert any("cannot all hold" in error.value for error in app.error)
    assert any(line.value.startswith("What would change most") for line in app.markdown)
    click(app, "Use the nearest possible")
    assert not session_of(app).problems
    assert session_of(app).scenario.uncertainty.correlations.cost_and_kpis > 0.2


def test_a_pasted_matrix_becomes_pairs_and_a_bad_one_is_explained() -> None:
    app = opened("What moves together")
    app.session_state["related-pairs"] = True
    app.run()

    def paste(text: str) -> None:
        next(area for area in app.text_area if area.label == "Or paste a whole matrix").set_value(text).run()

    paste("abc")
    assert any("Paste a table" in error.value for error in app.error)
    one, other = session_of(app).scenario.cost_names()[:2]
    paste(f",{one},{other}\n{one},1,60%\n{other},0.6,1\n")
    click(app, "Use this matrix")
    (pair,) = session_of(app).scenario.uncertainty.correlations.pairs
    assert (pair.one, pair.other, pair.correlation) == (one, other, 0.6)
    click(app, "Remove all pairs")
    assert not session_of(app).scenario.uncertainty.correlations.pairs


def test_pairs_are_added_one_by_one_with_the_correlation_they_have() -> None:
    app = opened("What moves together")
    app.session_state["related-pairs"] = True
    click(app.run(), "Add a pair")
    (pair,) = session_of(app).scenario.uncertainty.correlations.pairs
    assert pair.correlation == session_of(app).scenario.uncertainty.correlations.between_costs


def test_a_risk_changes_its_unit_with_its_figures_and_back() -> None:
    app = opened("Risks")
    risk = session_of(app).scenario.uncertainty.risks[0]
    unit = next(box for box in app.selectbox if box.label == "Cost is in")
    unit.select("% of planned cost").run()
    assert not app.exception
    changed = session_of(app).scenario.uncertainty.risks[0]
    assert 0 < changed.impact.mean < 0.1
    assert any(box.label == "Lowest (%)" for box in app.text_input)
    next(box for box in app.selectbox if box.label == "Cost is in").select("pounds").run()
    assert session_of(app).scenario.uncertainty.risks[0].impact.mean == pytest.approx(risk.impact.mean, rel=1e-4)


def test_a_risk_moves_kpis_and_is_mitigated_before_and_after() -> None:
    app = click(opened("Risks"), "Add a KPI effect")
    next(box for box in app.text_input if box.label == "Change").set_value("-5").run()
    next(box for box in app.toggle if box.label == "Mitigation").set_value(True).run()
    risk = session_of(app).scenario.uncertainty.risks[0]
    assert risk.kpi_effects[0].change == -5
    assert risk.in_force == Mitigation(probability=risk.probability), "it changes nothing until somebody says what"
    click(app, "None in place")
    assert session_of(app).scenario.uncertainty.risks[0].in_force is None
    assert any("not in place" in line.value for line in app.markdown)


def test_a_number_that_is_none_stays_as_it_was_typed() -> None:
    app = opened("Baselines and prices")
    box = next(box for box in app.text_input if box.label == "Value (%)")
    box.set_value("abc").run()
    assert any("must be a number" in error.value for error in app.error)
    assert next(box for box in app.text_input if box.label == "Value (%)").value == "abc"


def test_closed_explanations_cost_nothing() -> None:
    app = opened()
    assert not [area for area in app.text_area if area.label == "Reason or source"]


def test_the_document_of_a_preset_is_unchanged_by_looking_at_every_tab() -> None:
    app = opened()
    before = to_document(session_of(app).saved)
    for tab in ("Baselines and prices", "KPIs", "Risks", "What moves together", "Public data", "Assumptions"):
        app.session_state["uncertainty-tabs"] = tab
        app.run()
    assert session_of(app).document == before


def test_a_chance_typed_as_a_fraction_of_one_is_asked_about_where_it_stands() -> None:
    app = opened("Risks")
    field = next(box for box in app.text_input if box.label == "Chance (%)")
    field.set_value("0.05").run()
    assert "A chance of 0.05% is 1 in 2,000: did you mean 5%?" in [warning.value for warning in app.warning]
    field.set_value("1 in 20").run()
    assert session_of(app).document["uncertainty"]["risks"][0]["probability"] == 0.05
    assert not app.warning


@pytest.mark.parametrize("sure", ["0.5%", "0.5 %", "1 in 200", "1/200"])
def test_a_small_chance_typed_with_its_sign_is_not_asked_about_even_after_a_reload(sure: str) -> None:
    app = opened("Risks")
    field = next(box for box in app.text_input if box.label == "Chance (%)")
    field.set_value(sure).run()
    assert session_of(app).document["uncertainty"]["risks"][0]["probability"] == 0.005
    assert not app.warning
    again = opened()
    again.query_params["s"] = session_of(app).draft
    del again.session_state[STATE]
    again.session_state["uncertainty-tabs"] = "Risks"
    again.run()
    assert session_of(again).document["uncertainty"]["risks"][0]["probability"] == 0.005
    assert not again.warning


def test_a_small_chance_typed_bare_is_asked_about_where_another_was_typed_with_its_sign() -> None:
    app = opened("Risks")
    first, second, *_ = (box for box in app.text_input if box.label == "Chance (%)")
    first.set_value("0.5%").run()
    second.set_value("0.5").run()
    assert [warning.value for warning in app.warning] == ["A chance of 0.5% is 1 in 200: did you mean 50%?"]
    next(box for box in app.text_input if box.label == "Chance (%)").set_value("0.4").run()
    assert len(app.warning) == 2


def test_an_input_shows_what_was_read_though_the_run_that_rewrote_it_was_overtaken() -> None:
    app = opened()
    key = inputs.key_of(session_of(app), ("text_input", *COST, "scale"))
    read = app.text_input(key=key).value
    app.session_state[key] = f"0{read}"  # as Streamlit has it once such a run is gone
    app.run()
    assert not app.exception and app.text_input(key=key).value == read
