"""Walking a future, settling years and testing on history, as their users do it."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import presets, sheets
from model import score_words
from model.documents import to_document
from tests.pages.records import INDEX, ROOT, enter, follows, labelled, ledger_of, of, opened
from ui.range_words import unformatted
from ui.session import STATE

COSTS = {
    "Mental health trust": "£41.2m",
    "Adult social care": "11.9m",
    "Community charity": "4,150,000",
    "Recovery charity": "2.0m",
}


SEEN = "People seen within 72 hours of leaving hospital"


def asked_in(app: AppTest) -> str:
    """What a page asks about figures; nothing where it asks nothing."""
    return "".join(warning.value for warning in app.warning).replace("\\", "")


def year(label: str, cost: float = 1.0) -> dict[str, Any]:
    """A year in which every provider of the first preset spends so many times its target cost."""
    case = presets.preset(presets.FIRST)
    targets = case.target_cost()[case.term.labels().index(label)]
    costs = {p.name: float(round(cost * t)) for p, t in zip(case.providers, targets, strict=True)}
    return {"year": label, "costs": costs, "kpis": {}}


def test_a_kpi_without_data_may_be_typed_as_templates_say_it() -> None:
    app = opened("settle_year")
    field = next(box for box in app.text_input if box.label.startswith(SEEN))
    field.set_value("71").run()
    next(box for box in app.text_input if box.label.startswith(SEEN)).set_value("N/A").run()
    assert not app.error
    assert next(box for box in app.text_input if box.label.startswith(SEEN)).value == ""


def test_a_year_is_settled_once_every_cost_is_typed() -> None:
    app = opened("settle_year")
    assert app.title[0].value == "Enter what a year actually cost and achieved to see what it pays"
    next(box for box in app.selectbox if box.label == "Year to enter").select("2020-21").run()
    for name, cost in COSTS.items():
        assert len(app.table) == 0
        enter(app, name, cost)
    assert not app.exception
    assert app.title[0].value == "2020-21 overspends by £2.14m, has no KPI data, and providers bear £928k"
    said = "\n".join(text.value for text in app.markdown)
    assert "**Mental health trust** pays £621k of painshare, 67% of the providers' £928k" in said
    assert "**Council** is £425k worse off" in said


def test_prices_are_asked_for_only_where_the_target_follows_them() -> None:
    assert labelled(opened("settle_year"), INDEX) == []
    assert labelled(opened("settle_year", follows()), INDEX) == [""]


def test_a_dearer_year_is_measured_against_a_dearer_target() -> None:
    app = opened("settle_year", follows(), outturn=of(year("2020-21", 1.03)))
    next(box for box in app.selectbox if box.label == "Year to enter").select("2020-21").run()
    assert "overspends by £1.71m" in app.title[0].value
    for typed in ("1.03", "103%"):
        enter(app, INDEX, typed)
        assert labelled(app, INDEX) == ["1.03"]
        assert "overspends" not in app.title[0].value
        how = ledger_of(app)["How it comes about"].iloc[0]
        assert how.startswith("target £58,822,541.24 (planned £57,109,263.34 × 1.03 for prices) − actual")
    enter(app, INDEX, "103")
    assert app.error[0].value == "2020-21 › Price index against plan is 103; it must be at most 5."
    enter(app, INDEX, "")
    assert "overspends by £1.71m" in app.title[0].value
    assert "prices" not in app.session_state[STATE].sheets["outturn"]["years"][0]


def test_prices_that_a_contract_no_longer_follows_can_still_be_taken_away() -> None:
    app = opened("settle_year", outturn=of({**year("2020-21"), "prices": 1.03}))
    next(box for box in app.selectbox if box.label == "Year to enter").select("2020-21").run()
    assert app.error[0].value.startswith("Price index against plan of 2020-21 is 1.03, but in this contract the target")
    enter(app, INDEX, "")
    assert not app.error
    assert labelled(app, INDEX) == []


def test_what_a_half_typed_year_still_needs_is_said_without_alarm() -> None:
    app = opened("settle_year")
    enter(app, "Mental health trust", "40m")
    assert not app.error
    assert app.info[0].value == (
        "Still needed for 2018-19: actual cost of Adult social care, Community charity and Recovery charity."
    )


def test_a_shadow_year_says_why_it_pays_nothing() -> None:
    app = opened("settle_year", outturn=of(year("2018-19", 0.9)))
    said = "2018-19 is a shadow year: run and scored, not settled: commissioners have all that is saved or overspent."
    assert any(said in text.value for text in app.markdown)


def test_several_years_are_added_up_and_any_of_them_can_be_looked_at() -> None:
    app = opened("settle_year", outturn=of(year("2020-21", 0.95), year("2021-22", 1.05)))
    assert any("Over 2 years these terms charge providers" in text.value for text in app.markdown)
    next(box for box in app.selectbox if box.label == "Year to look at").select("2020-21").run()
    assert ledger_of(app)["How it comes about"].iloc[0].startswith("target £57,109,263.34")


def test_where_another_year_is_entered_than_the_title_is_of_both_are_named() -> None:
    app = opened("settle_year", outturn=of(year("2020-21", 0.95)))
    next(box for box in app.selectbox if box.label == "Year to enter").set_value("2020-21").run()
    assert not any("The title is of" in text.value for text in app.markdown)
    next(box for box in app.selectbox if box.label == "Year to enter").set_value("2019-20").run()
    (said,) = [text.value for text in app.markdown if "The title is of" in text.value]
    assert "These figures are of **2019-20**. The title is of **2020-21**" in said
    assert app.title[0].value.startswith("2020-21 ")


def test_pain_carried_forward_is_said_and_needs_the_years_before() -> None:
    preset = presets.preset(presets.FIRST)
    case = preset.edited(risk_share=preset.risk_share.edited(basis={"kind": "carry_forward"}, phase_in=()))
    app = opened("settle_year", case, outturn=of(year("2018-19", 1.05)))
    assert "neither gain nor bear" in app.title[0].value
    assert any(text.value.startswith("After 2018-19 pain of £") for text in app.markdown)
    app = opened("settle_year", case, outturn=of(year("2019-20", 1.05)))
    assert "say what pain is brought forward into it" in app.error[0].value
    next(box for box in app.selectbox if box.label == "Year to enter").select("2019-20").run()
    enter(app, "Pain brought forward (£)", "0")
    assert not app.error


def test_figures_of_a_partner_that_is_gone_are_kept_and_named() -> None:
    names = [p.name for p in presets.preset(presets.FIRST).providers]
    document = of({"year": "2020-21", "costs": dict.fromkeys([*names, "Old partner"], 5e6), "kpis": {}})
    app = opened("settle_year", outturn=document)
    assert app.info[0].value == "Figures of 2020-21 are kept, but Old partner is not in this contract."
    assert app.session_state[STATE].sheets["outturn"] == document


def test_a_filled_template_settles_as_the_same_figures_typed() -> None:
    case = presets.preset(presets.FIRST)
    typed = of(year("2020-21", 1.04))
    for kind in ("csv", "xlsx"):
        read = sheets.read(f"x.{kind}", sheets.filled(case, typed, kind))
        titles = [opened("settle_year", outturn=document).title[0].value for document in (typed, read)]
        assert titles[0] == titles[1]
        assert "providers bear" in titles[0]


def test_a_wrong_figure_leaves_the_last_results_and_is_marked_where_it_was_typed() -> None:
    app = opened("settle_year", outturn=of(year("2020-21", 1.02)))
    title = app.title[0].value
    enter(app, "Acute beds in use (%)", "abc")
    assert app.title[0].value == title
    assert [error.value for error in app.error] == ["'abc' is not a number such as 4,150,000, 41.2m or 72.5."]
    assert next(box for box in app.text_input if box.label == "Acute beds in use (%)").value == "abc"


def test_figures_of_years_that_the_contract_has_not_are_kept_and_hold_up_no_other_year() -> None:
    stray = {**year("2020-21"), "year": "2031-32"}
    app = opened("settle_year", outturn=of(stray, year("2020-21", 1.02)))
    assert "providers bear" in app.title[0].value
    assert app.info[0].value.startswith("Figures of 2031-32 are kept, but this contract has no such year")


def test_figures_of_one_alliance_are_set_aside_when_another_is_loaded_and_can_be_brought_back() -> None:
    document = of(year("2020-21", 1.02))
    app = opened("settle_year", outturn=document)
    session = app.session_state[STATE]
    session.begin(presets.preset("small-charities"))
    app.run()
    assert not app.info
    assert app.title[0].value.startswith("Enter what a year")
    session.begin(presets.preset(presets.FIRST))
    app.run()
    next(button for button in app.button if button.label == "Bring back the figures before").click().run()
    assert session.sheets["outturn"] == document


def test_a_last_year_says_what_it_trues_up() -> None:
    preset = presets.preset(presets.FIRST)
    case = preset.edited(risk_share=preset.risk_share.edited(basis={"kind": "cumulative"}, phase_in=()))
    years = [year(label, 0.95 + 0.02 * i) for i, label in enumerate(case.term.labels())]
    app = opened("settle_year", case, outturn=of(*years))
    said = "\n".join(text.value for text in app.markdown)
    assert "2024-25 trues up the whole term: it comes to −£1.21m" in said.replace("\u2060", "")
    assert "true-up: over the term, saving" in "\n".join(ledger_of(app)["How it comes about"])
    assert "**Savings.** A saving is shared only beyond 0.5% of target cost" in said


def test_a_figure_that_is_hardly_right_is_asked_about() -> None:
    app = opened("settle_year", outturn=of(year("2020-21")))
    next(box for box in app.selectbox if box.label == "Year to enter").select("2020-21").run()
    enter(app, "Mental health trust", "41200")
    enter(app, "People seen within 72 hours of leaving hospital (%)", "3")
    top, beside = (warning.value.replace("\\", "") for warning in app.warning)
    lead, _, *asked = top.split("\n")
    assert lead == "2 figures to look at again:"
    assert asked[0].startswith("- 2020-21: Mental health trust's cost of £41,200 is 0.1% of its target cost")
    assert asked[1].startswith(f"- 2020-21: '{SEEN}' at 3 is far from its levels")
    assert beside.startswith(f"'{SEEN}' at 3 is far from its levels")


def test_an_impossible_kpi_value_is_refused_beside_its_field_and_pays_nothing() -> None:
    app = opened("settle_year", outturn=of(year("2020-21")))
    before = app.title[0].value
    next(box for box in app.selectbox if box.label == "Year to enter").select("2020-21").run()
    enter(app, "People seen within 72 hours of leaving hospital (%)", "150")
    top, beside = (error.value.replace("\\", "") for error in app.error)
    assert top == f"2020-21: {beside}"
    assert beside.startswith(f"'{SEEN}' at 150 is above its highest possible value, 100; correct it, or change")
    assert before[-20:] in app.title[0].value and app.title[0].value.startswith("Before the entry that is refused")
    enter(app, "People seen within 72 hours of leaving hospital (%)", "85")
    assert not app.error


def test_every_year_with_figures_is_asked_about() -> None:
    first, second, third = year("2018-19"), year("2019-20") | {"kpis": {SEEN: 3.0}}, year("2020-21")
    first["costs"] = {**first["costs"], "Mental health trust": 0.0}
    app = opened("settle_year", outturn=of(first, second, third))
    _, _, *asked = asked_in(app).split("\n")
    assert [one[:9] for one in asked] == ["- 2018-19", "- 2019-20"]
    assert "cost of £0 is 0%" in asked[0] and "at 3 is far" in asked[1]
    assert asked_in(opened("settle_year", outturn=of(second))).startswith(f"2019-20: '{SEEN}' at 3 is far")
    assert asked_in(opened("settle_year", outturn=of(third))) == ""


@pytest.mark.parametrize("page", ["settle_year", "history"])
def test_what_is_asked_of_a_file_stands_beside_what_it_held_and_stays(page: str) -> None:
    case = presets.preset(presets.FIRST)
    entered = year("2018-19") | {"kpis": {SEEN: 0.93}}
    if page == "history":
        entered |= {"year": "2017-18", "targets": entered["costs"]}
    app = opened(page)
    app.session_state["settle-tabs"] = "Bring a spreadsheet"
    app.run()
    filled = sheets.filled(case, of(entered), "xlsx")
    uploader = next(one for one in app.file_uploader if one.label == "Bring it back (Excel or CSV)")
    uploader.set_value(("year.xlsx", filled, "application/octet-stream")).run()
    assert not app.exception
    said = f"{entered['year']}: '{SEEN}' at 0.93% is far below its levels, 68% to 95%: did you mean 93%?"
    assert [each.type for each in app.main if each.type in ("success", "warning")] == ["success", "warning"]
    assert app.success[0].value.startswith("year.xlsx was read: ")
    assert asked_in(app) == said
    assert asked_in(app.run()) == said and not app.success


def test_what_is_taken_away_can_be_brought_back() -> None:
    document = of(year("2020-21", 1.02))
    app = opened("settle_year", outturn=document)
    next(button for button in app.button if button.label == "Start again").click().run()
    assert app.title[0].value.startswith("Enter what a year")
    next(button for button in app.button if button.label == "Bring back the figures before").click().run()
    assert app.session_state[STATE].sheets["outturn"] == document
    assert "providers bear" in app.title[0].value


@pytest.mark.parametrize(("page", "sheet"), [("settle_year", "outturn"), ("history", "past")])
def test_that_figures_were_removed_is_said_under_the_title_with_the_way_back_and_on_no_other_alliance(
    page: str, sheet: str
) -> None:
    figures = year("2020-21", 1.02) | {"targets": year("2020-21", 1.0)["costs"]} if sheet == "past" else year("2020-21")
    app = opened(page)
    session = app.session_state[STATE]
    session.put_sheet(sheet, of(figures))
    app.run()
    button = "Take these years away" if sheet == "past" else "Start again"
    assert not any("are removed" in one.value for one in app.markdown)
    session.news = "Changed in another tab: something else."
    next(one for one in app.button if one.label == button).click().run()
    assert session.news == ""
    told = [i for i, one in enumerate(app.main.markdown) if "The figures that were here are removed" in one.value]
    assert told and told[0] <= 2
    assert next(one.label for one in app.main.button) == "Bring back the figures before"
    assert len([one for one in app.button if one.label == "Bring back the figures before"]) == 1
    session.begin(presets.preset("small-charities"))
    app.run()
    assert not any("are removed" in one.value for one in app.markdown)


def test_a_draft_keeps_typed_figures_over_a_reload() -> None:
    app = opened("settle_year", outturn=of(year("2020-21", 1.02)))
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page("pages/settle_year.py")
    again.query_params["s"] = app.session_state[STATE].draft
    again.run()
    assert again.title[0].value == app.title[0].value
    assert to_document(again.session_state[STATE].scenario) == to_document(app.session_state[STATE].scenario)


def test_what_a_kpi_without_data_does_to_the_score_is_said() -> None:
    """Walking one's own figures, and settling a year."""
    case = presets.preset(presets.FIRST)
    kpis = {kpi.name: float(kpi.expected) for kpi in case.framework.kpis()}
    gone = next(iter(kpis))
    label = case.term.labels()[2]
    entered = year(label) | {"kpis": {name: value for name, value in kpis.items() if name != gone}}
    for page, sheet in (("walk", "own"), ("settle_year", "outturn")):
        app = opened(page, None, **{sheet: of(entered)})
        if page == "walk":
            app.selectbox[0].set_value(label).run()
            app.segmented_control(key="walk-future").set_value("My own figures").run()
        told = [one.value for one in app.markdown if "has no data: its weight" in one.value]
        assert len(told) == 1, page
        assert f"'{gone}' has no data" in told[0]
        assert "goes to the other KPIs in proportion" in told[0]
        assert "The score is" in told[0]


def test_how_each_kpi_came_to_its_score_can_be_followed_by_hand() -> None:
    case = presets.preset(presets.FIRST)
    one = next(kpi for kpi in case.framework.kpis() if kpi.name == SEEN)
    between = (one.levels.minimum + one.levels.stretch) / 2
    app = opened("settle_year", outturn=of(year("2020-21") | {"kpis": {SEEN: between}}))
    said = [text.value for text in app.markdown]
    assert score_words.rules([*case.framework.kpis()])[0] in said
    table = next(table.value for table in app.table if "Adds to the score" in table.value).set_index("KPI")
    assert unformatted(table.loc[SEEN, "How it comes about"]) == score_words.how(one, between)
    help_ = next(box for box in app.text_input if box.label.startswith(SEEN)).help
    assert f"minimum {one.levels.minimum:g}% (0), stretch {one.levels.stretch:g}% (+50)" in unformatted(help_)


def test_a_score_that_would_be_the_same_without_a_kpi_is_not_said_twice() -> None:
    case = presets.preset(presets.FIRST)
    kpis = {kpi.name: float(kpi.levels.minimum) for kpi in list(case.framework.kpis())[1:]}
    app = opened("settle_year", outturn=of(year("2020-21") | {"kpis": kpis}))
    (told,) = [one.value for one in app.markdown if "has no data: its weight" in one.value]
    assert told.endswith("goes to the other KPIs in proportion.")


def test_what_was_settled_before_a_refused_entry_is_said_to_be_so() -> None:
    label = presets.preset(presets.FIRST).term.labels()[0]
    app = opened("settle_year", outturn=of(year(label)))
    assert app.title[0].value.startswith(label)
    enter(app, "Mental health trust", "-5")
    assert app.title[0].value.startswith(f"Before the entry that is refused: {label}")
