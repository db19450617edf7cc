"""Every page opens by itself for every preset, answers in its title, and keeps edits and mistakes."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.documents import from_json, to_json
from ui import scenario_files
from ui.contents import CONTENTS
from ui.range_words import unformatted
from ui.results import outcomes
from ui.session import STATE

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))


def opened(page: str) -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page(f"pages/{page}").run()


def test_the_menu_leads_to_every_page() -> None:
    listed = {Path(file).name for pages in CONTENTS.values() for file, _, _ in pages}
    assert listed == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_by_itself_and_answers_in_its_title(page: str) -> None:
    app = opened(page)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    assert len(app.title[0].value.split()) > 5


@pytest.mark.parametrize("preset", presets.names())
@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_every_preset_in_the_term_and_in_a_year(page: str, preset: str) -> None:
    app = opened(page)
    session = app.session_state[STATE]
    session.begin(presets.preset(preset), preset)
    assert not app.run().exception
    session.period = session.scenario.term.labels()[-1]
    session.refresh()
    assert not app.run().exception


@pytest.mark.parametrize("page", PAGES)
def test_each_chart_on_a_page_has_words_and_an_alternative_text(page: str) -> None:
    for chart in opened(page).get("plotly_chart"):
        assert chart.proto.alt.strip()


def test_an_edit_moves_the_results_and_survives_a_change_of_page() -> None:
    app = opened("baseline.py")
    before = app.title[0].value
    cost = next(i for i in app.text_input if i.label == "Baseline cost (£), Mental health trust")
    cost.set_value("£50m").run()
    assert app.title[0].value != before
    app.switch_page("pages/partners.py").run()
    app.switch_page("pages/baseline.py").run()
    cost = next(i for i in app.text_input if i.label == "Baseline cost (£), Mental health trust")
    assert cost.value == "50,000,000"


def test_an_invalid_edit_says_so_keeps_what_was_typed_and_keeps_the_last_results() -> None:
    app = opened("baseline.py")
    before = app.title[0].value
    fee = next(i for i in app.text_input if i.label == "Fee (%), Community charity")
    fee.set_value("130").run()
    sentence = "Community charity › Fee is 130%; it must be at most 50%."
    assert any(sentence in e.value for e in app.error)
    assert app.title[0].value == before
    assert fee.value == "130"
    app.switch_page("pages/overview.py").run()
    assert any(sentence in e.value for e in app.error)
    app.switch_page("pages/baseline.py").run()
    fee = next(i for i in app.text_input if i.label == "Fee (%), Community charity")
    assert fee.value == "130"
    fee.set_value("6.5").run()
    assert not app.error


def test_a_text_where_a_number_belongs_is_kept_and_explained() -> None:
    app = opened("baseline.py")
    cost = next(i for i in app.text_input if i.label == "Baseline cost (£), Community charity")
    cost.set_value("about four million").run()
    assert any('is "about four million"; it must be a number' in e.value for e in app.error)
    assert cost.value == "about four million"


def test_undo_and_redo_take_back_an_edit_and_bring_it_again() -> None:
    app = opened("overview.py")
    before = app.title[0].value
    slider = next(s for s in app.slider if s.label.startswith("Providers' share of overspends"))
    slider.set_value(0.0).run()
    after = app.title[0].value
    assert after != before
    next(b for b in app.button if b.label == "Undo").click().run()
    assert app.title[0].value == before
    next(b for b in app.button if b.label == "Redo").click().run()
    assert app.title[0].value == after


def test_a_draft_is_found_again_by_its_id_after_a_restart() -> None:
    app = opened("baseline.py")
    next(i for i in app.text_input if i.label == "Fee (%), Recovery charity").set_value("9").run()
    draft = app.session_state[STATE].draft
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    again.query_params["s"] = draft
    again.switch_page("pages/baseline.py").run()
    assert next(i for i in again.text_input if i.label == "Fee (%), Recovery charity").value == "9"


def test_a_strange_id_in_the_address_opens_the_first_preset() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["s"] = "../../etc/passwd"
    app.switch_page("pages/overview.py").run()
    assert not app.exception
    assert app.session_state[STATE].preset == presets.FIRST
    assert app.session_state[STATE].draft != "../../etc/passwd"
    assert any("leads to no draft that is kept here" in one.value for one in app.info)
    plain = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page("pages/overview.py").run()
    assert not plain.info


@pytest.mark.parametrize("what", ["provider", "commissioner", "risk", "KPI", "gain band", "key result area"])
def test_a_line_can_be_added_and_removed_again(what: str) -> None:
    page, tab = {
        "provider": ("baseline.py", None),
        "commissioner": ("baseline.py", ("baseline-tabs", "Partners and reserves")),
        "risk": ("uncertainty.py", ("uncertainty-tabs", "Risks")),
        "gain band": ("risk_share.py", None),
        "KPI": ("framework.py", ("framework-tabs", "Key result areas and weights")),
        "key result area": ("framework.py", ("framework-tabs", "Key result areas and weights")),
    }[what]
    app = opened(page)
    if tab:
        app.session_state[tab[0]] = tab[1]
        app.run()
    before = app.session_state[STATE].document
    next(b for b in app.button if b.label == f"Add a {what}").click().run()
    assert not app.exception
    assert app.session_state[STATE].document != before
    assert not app.session_state[STATE].problems
    new = {
        "provider": "New provider",
        "commissioner": "New commissioner",
        "risk": "New risk",
        "KPI": "New KPI",
        "gain band": "gain band 3",
        "key result area": "New key result area",
    }[what]
    next(b for b in app.button if f"Remove {new}" in (b.label, b.help)).click().run()
    assert not app.exception
    assert app.session_state[STATE].document == before


def test_a_year_typed_by_itself_changes_no_other_year() -> None:
    app = opened("baseline.py")
    app.session_state["baseline-tabs"] = "Targets and term"
    app.run()
    next(i for i in app.text_input if i.label == "2023-24").set_value("85").run()
    phasing = app.session_state[STATE].scenario.baseline.saving_phasing
    assert phasing == (0.1, 0.3, 0.5, 0.7, 0.85, 0.85, 1.0)


def test_a_typed_amount_is_shown_as_it_was_read() -> None:
    app = opened("baseline.py")
    cost = next(i for i in app.text_input if i.label == "Baseline cost (£), Mental health trust")
    cost.set_value("£40m").run()
    cost = next(i for i in app.text_input if i.label == "Baseline cost (£), Mental health trust")
    assert cost.value == "40,000,000"


@pytest.mark.parametrize("removed", range(3))
def test_providers_can_be_removed_down_to_one(removed: int) -> None:
    app = opened("baseline.py")
    for _ in range(removed + 1):
        next(b for b in app.button if b.label == "Remove").click().run()
        assert not app.exception
        assert not app.error
    app.switch_page("pages/partners.py").run()
    assert not app.exception


def test_a_kpi_is_added_where_one_looks_at_one_and_is_expected_where_it_is_today() -> None:
    app = opened("framework.py")
    for name in ("New KPI", "New KPI 2"):
        next(b for b in app.button if b.label == "Add a KPI").click().run()
        assert not app.exception
        assert not app.error
        assert next(box for box in app.selectbox if box.label == "KPI").value == name
        kpi = app.session_state[STATE].scenario.framework.kras[0].kpis[-1]
        assert (kpi.name, kpi.weight, kpi.expected) == (name, 0, kpi.today)
        assert [box.value for box in app.number_input if box.label == "Years to change"] == [kpi.years_to_change]
    kpis = [kpi.name for kpi in app.session_state[STATE].scenario.framework.kpis()]
    next(box for box in app.selectbox if box.label == "KPI").select(kpis[-1]).run()
    next(b for b in app.button if b.label == "Add a KPI").click().run()
    assert not app.error, "no two KPIs of a framework have one name, whatever their area"
    assert app.session_state[STATE].scenario.framework.kras[-1].kpis[-1].name == "New KPI 3"


def test_a_first_kpi_comes_with_its_area() -> None:
    app = opened("framework.py")
    session = app.session_state[STATE]
    session.begin(session.scenario.edited(framework=session.scenario.framework.edited(kras=())))
    app.run()
    next(b for b in app.button if b.label == "Add a KPI").click().run()
    assert not app.exception
    assert not app.error
    assert [kpi.name for kpi in app.session_state[STATE].scenario.framework.kpis()] == ["New KPI"]


def test_a_framework_without_kpis_is_shown_in_words() -> None:
    app = opened("framework.py")
    for _ in range(3):
        app.session_state["framework-tabs"] = "Key result areas and weights"
        app.run()
        next(b for b in app.button if b.label.startswith("Remove ")).click().run()
    assert not app.error
    assert app.title[0].value.startswith("There are no KPIs")
    for page in PAGES:
        assert not app.switch_page(f"pages/{page}").run().exception


def test_loading_a_preset_over_edits_can_be_undone() -> None:
    app = opened("baseline.py")
    next(i for i in app.text_input if i.label == "Fee (%), Recovery charity").set_value("9").run()
    app.session_state["files"] = True
    app.run()
    next(b for b in app.button if b.label == "Load preset").click().run()
    assert next(i for i in app.text_input if i.label == "Fee (%), Recovery charity").value == "7"
    next(b for b in app.button if b.label == "Undo").click().run()
    assert next(i for i in app.text_input if i.label == "Fee (%), Recovery charity").value == "9"


def test_a_preset_says_who_is_in_it_before_it_is_loaded() -> None:
    app = opened("overview.py")
    app.session_state["files"] = True
    app.run()
    before = app.session_state[STATE].document
    box = next(box for box in app.selectbox if box.label == "Preset")
    for name, said in (
        ("small-charities", "6 providers (5 charities, council service); £7.7m a year, 5 years from 2022-23; illustr"),
        ("project-alliance", "1 commissioner (council) and 3 providers (companies); £19.2m a year, 3 years from 2023"),
        ("new-alliance", "1 commissioner (council) and 2 providers (charities); £2m a year, 5 years from 2027-28."),
    ):
        box.set_value(name).run()
        told = unformatted(" ".join(one.value for one in app.markdown)).replace("\u2060", "").replace("\u00a0", " ")
        assert said in told
        assert presets.preset(name).story in [unformatted(one.proto.help) for one in app.markdown]
    assert app.session_state[STATE].document == before


def test_names_of_presets_are_whole_in_their_box() -> None:
    """The box has room for 26 characters."""
    assert all(len(scenario_files.called(name)) <= 26 for name in presets.names())
    assert len({scenario_files.called(name) for name in presets.names()}) == len(presets.names())


def test_undoing_a_load_brings_back_what_the_design_before_was_compared_with() -> None:
    session = opened("baseline.py").session_state[STATE]
    before = session.saved, session.preset, session.version, session.scenario
    other = presets.preset("small-charities")
    session.begin(other, version="a version")
    session.step(back=True)
    assert (session.saved, session.preset, session.version, session.scenario) == before
    assert session.state == "starting design"
    session.step(back=False)
    assert (session.saved, session.preset, session.version) == (other, None, "a version")
    session.step(back=True)
    session.write(("providers", 0, "fee_rate"), 0.07)
    session.step(back=True)
    assert session.saved == before[0]


def test_a_contract_edit_redraws_nothing() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    before = outcomes(session)
    slider = next(s for s in app.slider if s.label.startswith("Providers' share of overspends"))
    slider.set_value(10.0).run()
    session = app.session_state[STATE]
    assert session.changed
    assert outcomes(session) is before


def test_a_draft_of_before_an_entry_was_there_has_its_usual_value() -> None:
    app = opened("uncertainty.py")
    session = app.session_state[STATE]
    session.document["uncertainty"].pop("prices")
    session.document["providers"][0].pop("baseline_error")
    session.keep()
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page("pages/uncertainty.py")
    again.query_params["s"] = session.draft
    again.run()
    assert again.session_state[STATE].document["uncertainty"]["prices"] == {"kind": "fixed", "value": 0.0}
    assert again.session_state[STATE].document["providers"][0]["baseline_error"] == {"kind": "fixed", "value": 0.0}


ODD = "*Hope* & $1 of `home`_here_ $2"


@pytest.mark.parametrize("page", PAGES)
def test_no_sign_in_a_name_is_taken_for_formatting(page: str) -> None:
    """Names stand in titles, sentences and tables; in none of them is a sign of theirs left without its escape."""
    renamed = to_json(presets.preset(presets.FIRST)).replace("Mental health trust", ODD)
    app = opened(page)
    session = app.session_state[STATE]
    session.draws = 1_024
    session.begin(from_json(renamed))
    assert not app.run().exception
    cells = [
        str(text)
        for table in app.table
        for part in (*table.value.index, *table.value.columns, *table.value.to_numpy().ravel())
        for text in (part if isinstance(part, tuple) else (part,))
    ]
    written = [element.value for element in (*app.title, *app.subheader, *app.markdown)]
    assert [text for text in (*cells, *written) if ODD in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_text_on_a_page_can_be_typed_over(page: str) -> None:
    """Each to 'Something else', which is a name or a sentence to some, and a mistake with a sentence to others."""
    app = opened(page)
    session = app.session_state[STATE]
    session.draws = 160
    app.run()
    for label in [box.label for box in (*app.text_input, *app.text_area)]:
        box = next((box for box in (*app.text_input, *app.text_area) if box.label == label), None)
        if box is not None and not box.disabled:
            box.set_value("Something else").run()
            assert not app.exception, label
            if session.done:
                session.step(True)
                app.run()


def test_the_start_is_read_by_the_name_of_its_month() -> None:
    app = opened("baseline.py")
    app.session_state["baseline-tabs"] = "Targets and term"
    app.run()
    next(box for box in app.text_input if box.label == "Starts").set_value("April 2027").run()
    assert not app.error
    assert next(box for box in app.text_input if box.label == "Starts").value == "2027-04"
    assert app.session_state[STATE].scenario.term.start == "2027-04"


def test_beside_terms_stands_the_picture_of_what_they_bring() -> None:
    app = opened("risk_share.py")
    (saving,) = app.get("plotly_chart")
    assert saving.proto.alt.startswith("At a performance score of")
    assert any(one.value.startswith("With costs on target, performance alone") for one in app.markdown)
    app.session_state["share-tabs"] = "Performance"
    (score,) = app.run().get("plotly_chart")
    assert not app.exception and score.proto.alt.startswith("With costs on target, performance alone")


def test_the_form_of_phase_in_says_what_a_shadow_year_is() -> None:
    app = opened("risk_share.py")
    app.session_state["share-tabs"] = "Years"
    assert any("Phase-in (%)** · 0: a shadow year" in each.value for each in app.run().markdown)
