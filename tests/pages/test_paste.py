"""Tables pasted on pages: shown first, taken in one step, and what could not be read stays."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from ui.paste import INSTEAD
from ui.session import STATE, Session

ROOT = Path(__file__).parent.parent.parent
PLACES = {
    "baseline.py": (None, "paste-providers-paste-fee_rate"),
    "framework.py": ("Key result areas and weights", "paste-framework-kras-paste-area"),
    "uncertainty.py": ("Risks", "paste-uncertainty-risks-paste-included"),
    "acceptance.py": ("What each accepts", "paste-limits-paste-appetite-tolerance"),
    "risk_share.py": (None, "paste-risk_share-gain_bands-paste-share"),
}


def pasting(page: str, tab: str | None, place: str, draft: str = "") -> AppTest:
    """A page with one place to paste open."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page(f"pages/{page}")
    if draft:
        app.query_params["s"] = draft
    if tab:
        app.session_state[f"{page.removesuffix('.py').replace('risk_', '')}-tabs"] = tab
    app.session_state[place] = True
    app.run()
    assert not app.exception
    return app


def session(app: AppTest) -> Session:
    found: Session = app.session_state[STATE]
    return found


def copied(app: AppTest) -> TextArea:
    return next(area for area in app.text_area if area.label == "Copied cells")


def paste(app: AppTest, text: str) -> None:
    copied(app).set_value(text).run()
    assert not app.exception


def use(app: AppTest) -> None:
    next(b for b in app.button if b.label.startswith("Use ")).click().run()
    assert not app.exception


def said(app: AppTest) -> str:
    return "\n".join(place.value for place in [*app.markdown, *app.warning]).replace("\\", "")


def test_a_pasted_table_is_shown_first_then_taken_in_one_step_that_undo_takes_back() -> None:
    app = pasting("baseline.py", *PLACES["baseline.py"])
    before = session(app).document
    paste(app, "Name\tFee\tBaseline cost\nRecovery charity\t9%\t£2,500,000\nCommunity charity\t(1)\t4.5m\n")
    assert session(app).document == before
    assert "Recovery charity › Fee: 7% → 9%" in said(app)
    use(app)
    fees = {p["name"]: (p["fee_rate"], p["baseline_cost"]) for p in session(app).document["providers"]}
    assert fees["Recovery charity"] == (0.09, 2_500_000)
    assert fees["Community charity"] == (-0.01, 4_500_000)
    assert copied(app).value == ""
    assert any("Fee is −1%" in e.value for e in app.error)
    next(b for b in app.button if b.label == "Undo").click().run()
    assert session(app).document == before


def test_pasted_providers_may_take_the_place_of_those_that_are_there() -> None:
    app = pasting("baseline.py", *PLACES["baseline.py"])
    before = session(app).document
    paste(app, "Name\tBaseline cost\tFee\nCity Hospital\t£12.4m\t4%\nHarbour charity\t£3.1m\t6%\nTotal\t£15.5m\t\n")
    assert "Row 4, 'Total': a total or average." in told(app)
    assert "Removed:" not in said(app)
    assert "New line 5: City Hospital, Baseline cost (£) 12,400,000, Fee (%) 4" in said(app)
    assert "1,000,000 →" not in said(app)
    assert "City Hospital and Harbour charity would each still lack: a share of gain and pain" in told(app)
    next(r for r in app.radio if r.label == "Providers in the table come").set_value(
        INSTEAD.format(what="providers")
    ).run()
    assert session(app).document == before
    names = [p["name"] for p in before["providers"]]
    assert f"Removed: {', '.join(names[:-1])} and {names[-1]}" in said(app)
    assert "Removed with them, as they hit nobody else:" in said(app)
    assert "free reserves" in told(app)
    next(b for b in app.button if b.label == "Put in their place").click().run()
    assert not app.exception
    assert [p["name"] for p in session(app).document["providers"]] == ["City Hospital", "Harbour charity"]
    assert session(app).problems == ()
    assert "were removed. Gain and pain are split in proportion to target cost, and follow it" in told(app)
    next(b for b in app.button if b.label == "Undo").click().run()
    assert session(app).document == before


def test_pasted_commissioners_may_come_instead_and_removing_one_by_hand_leaves_the_others_alone() -> None:
    table = "Name\tKind\tContribution\nHarbour ICB\tICB\t70%\nHarbour Council\tcouncil\t30%\n"
    place = ("Partners and reserves", "paste-commissioners-paste-reserves")
    app = pasting("baseline.py", *place)
    old = [one["name"] for one in session(app).document["commissioners"]]
    paste(app, table)
    next(r for r in app.radio if r.label.startswith("Commissioners in")).set_value(
        INSTEAD.format(what="commissioners")
    ).run()
    assert f"Removed: {' and '.join(old)}" in said(app)
    next(b for b in app.button if b.label == "Put in their place").click().run()
    found = {one["name"]: one["contribution"] for one in session(app).document["commissioners"]}
    assert found == {"Harbour ICB": 0.7, "Harbour Council": 0.3}
    app = pasting("baseline.py", *place)
    paste(app, table)
    use(app)
    for name in old:
        next(b for b in app.button if b.label == "Remove" and b.help == f"Remove {name}").click().run()
    found = {one["name"]: one["contribution"] for one in session(app).document["commissioners"]}
    assert found == {"Harbour ICB": 0.7, "Harbour Council": 0.3}
    next(b for b in app.button if b.label == "Remove" and b.help == "Remove Harbour ICB").click().run()
    assert "Harbour ICB was removed. Its contribution of 70% went to the others in proportion." in told(app)


def test_service_lines_of_one_partner_are_added_up_and_it_is_said() -> None:
    app = pasting("baseline.py", *PLACES["baseline.py"])
    paste(app, "Provider\tBudget\nRecovery charity\t£1.1m\nRecovery charity\t£400k\nRecovery charity\t£50k\n")
    assert "3 lines of Recovery charity were added up: Baseline cost (£) 1,550,000." in told(app)
    use(app)
    found = {p["name"]: p["baseline_cost"] for p in session(app).document["providers"]}
    assert found["Recovery charity"] == 1_550_000


def told(app: AppTest) -> str:
    return "\n".join(place.value for place in app.info).replace("\\", "").replace("\u2060", "")


def test_what_could_not_be_read_is_said_and_stays_in_the_text_even_after_a_reload() -> None:
    text = "Recovery charity\tabout 2m\t5\n"
    app = pasting("baseline.py", *PLACES["baseline.py"])
    paste(app, text)
    assert "Row 1, Baseline cost (£): 'about 2m' is not a sum in pounds." in said(app)
    use(app)
    assert str(copied(app).value).strip() == text.strip()
    assert "Row 1, Baseline cost (£): 'about 2m' is not a sum in pounds." in said(app)
    again = pasting("baseline.py", *PLACES["baseline.py"], session(app).draft)
    assert str(copied(again).value).strip() == text.strip()


def test_weights_and_levels_of_kpis_in_every_area_are_pasted_by_name() -> None:
    app = pasting("framework.py", *PLACES["framework.py"])
    kras = session(app).document["framework"]["kras"]
    last = kras[-1]["kpis"][-1]
    paste(app, f"Name\tToday\tGamebreaking\n{last['name']}\t{last['today'] + 1}\t{last['levels']['gamebreaking']}\n")
    use(app)
    now = session(app).document["framework"]["kras"][-1]["kpis"][-1]
    assert now == last | {"today": last["today"] + 1}


def test_kpis_that_are_not_there_yet_join_the_area_that_is_chosen() -> None:
    app = pasting("framework.py", *PLACES["framework.py"])
    kras = session(app).document["framework"]["kras"]
    paste(app, "KPI\tUnit\tWeight\tToday\tExpected\nDays waited\tdays\t0%\t120\t100\n")
    assert "New line" in said(app)
    area = next(box for box in app.selectbox if box.label == "KPIs that are not there yet join")
    area.set_value(1).run()
    use(app)
    now = session(app).document["framework"]["kras"]
    assert [len(kra["kpis"]) for kra in now[2:]] == [len(kra["kpis"]) for kra in kras[2:]]
    new = now[1]["kpis"][-1]
    assert (new["name"], new["unit"], new["today"], new["expected"]) == ("Days waited", "days", 120, 100)
    assert session(app).problems == ()


def test_a_kpi_joins_the_area_that_its_row_names_before_the_one_that_is_chosen() -> None:
    app = pasting("framework.py", *PLACES["framework.py"])
    kras = session(app).document["framework"]["kras"]
    row = f"Days waited\tdays\t0%\t{kras[2]['name']}\n"
    paste(app, f"KPI\tUnit\tWeight\tKey result area\n{row}Heard\t%\t100%\tAccess\n")
    assert "New key result area: Access, with a weight of 0% until it is given one" in said(app)
    use(app)
    now = session(app).document["framework"]["kras"]
    assert [one["kpis"][-1]["name"] for one in now[2:]] == ["Days waited", "Heard"]
    assert session(app).problems == ()


def test_a_register_of_risks_is_pasted_in_one_step_that_undo_takes_back() -> None:
    app = pasting("uncertainty.py", *PLACES["uncertainty.py"])
    before = session(app).document
    paste(app, "Risk\tLikelihood\tImpact\nFlood\t5%\t£250k\nFire\tlow\t£1m\n")
    assert "New line" in said(app)
    assert "Row 3, Chance (%): 'low' is not a percentage." in said(app)
    use(app)
    assert session(app).document["uncertainty"]["risks"][-1]["name"] == "Flood"
    assert session(app).problems == ()
    assert "Fire" in str(copied(app).value)
    next(b for b in app.button if b.label == "Undo").click().run()
    assert session(app).document == before


def test_a_small_chance_pasted_with_its_sign_is_not_asked_about() -> None:
    app = pasting("uncertainty.py", *PLACES["uncertainty.py"])
    first, second = (risk["name"] for risk in session(app).document["uncertainty"]["risks"][:2])
    paste(app, f"Risk\tLikelihood\n{first}\t0.5%\n{second}\t0.4\n")
    assert "Row 3, Chance (%): A chance of 0.4% is 1 in 250: did you mean 40%?" in said(app)
    use(app)
    assert [w.value for w in app.warning] == ["A chance of 0.4% is 1 in 250: did you mean 40%?"]


def test_percentages_below_1_without_a_sign_are_asked_about_before_anything_is_shown() -> None:
    app = pasting("baseline.py", *PLACES["baseline.py"])
    paste(app, "Provider\tFee\nRecovery charity\t0.035\nCommunity charity\t0.04\n")
    assert "can be meant in two ways" in said(app)
    assert not [b for b in app.button if b.label.startswith("Use ")]
    choice = next(r for r in app.radio if r.label == "Fee (%)")
    assert choice.options == ["0.035 is 0.035%", "0.035 is 3.5%"]
    choice.set_value("0.035 is 3.5%").run()
    assert "Recovery charity › Fee: 7% → 3.5%" in said(app)
    use(app)
    fees = {p["name"]: p["fee_rate"] for p in session(app).document["providers"]}
    assert (fees["Recovery charity"], fees["Community charity"]) == (0.035, 0.04)


def test_weights_of_the_whole_are_asked_about_after_percentages_and_taken_as_chosen() -> None:
    app = pasting("framework.py", *PLACES["framework.py"])
    next(r for r in app.radio if r.label == "KPIs in the table come").set_value(
        "Instead of the KPIs that are there"
    ).run()
    rows = "Access\tHeard\t%\t0.4\t52\nStay\tMet\t%\t0.35\t54\nStay\tKept\t%\t0.25\t55\n"
    paste(app, f"Domain\tKPI\tUnit\tWeight\tToday\n{rows}")
    next(r for r in app.radio if r.label == "Weight (%)").set_value("0.4 is 40%").run()
    assert "These weights make 100% over all key result areas together" in said(app)
    assert not [b for b in app.button if b.label == "Put in their place"]
    choice = next(r for r in app.radio if r.label == "Weights of KPIs")
    choice.set_value("Parts of the whole, which makes areas' weights Access 40% and Stay 60%").run()
    assert "areas weigh what their KPIs add up to, 'Access' 40% and 'Stay' 60%" in " ".join(i.value for i in app.info)
    next(b for b in app.button if b.label == "Put in their place").click().run()
    kras = session(app).scenario.framework.kras
    assert [(kra.name, kra.weight, [kpi.weight for kpi in kra.kpis]) for kra in kras] == [
        ("Access", 0.4, [1.0]),
        ("Stay", 0.6, [35 / 60, 25 / 60]),
    ]


def test_what_partners_accept_is_pasted_for_all_of_them_at_once() -> None:
    app = pasting("acceptance.py", *PLACES["acceptance.py"])
    paste(app, "Partner\tAppetite\tLoss limit\tChance\nRecovery charity\t\t£90k\t5%\nCommunity charity\tminimal\t\t\n")
    use(app)
    found = {p["name"]: p["appetite"] for p in session(app).document["providers"]}
    assert (found["Recovery charity"]["loss"], found["Recovery charity"]["loss_chance"]) == (90_000, 0.05)
    assert found["Community charity"] == {"kind": "words", "word": "minimal"}
    assert session(app).problems == ()
    assert copied(app).value == ""


def test_bands_are_pasted_in_their_order() -> None:
    app = pasting("risk_share.py", *PLACES["risk_share.py"])
    paste(app, "2\t\t60\n4%\t\t50\n\t\t40\n")
    use(app)
    bands = session(app).scenario.risk_share.gain_bands
    assert [(band.up_to, band.share) for band in bands] == [(0.02, 0.6), (0.04, 0.5), (None, 0.4)]


def test_a_text_that_is_too_large_is_refused_in_words() -> None:
    app = pasting("baseline.py", *PLACES["baseline.py"])
    paste(app, "1\n" * 500)
    assert any("has 500 rows; at most 200 are read" in e.value for e in app.error)
    assert not [b for b in app.button if b.label.startswith("Use ")]


@pytest.mark.parametrize("text", ["a;b;c", '"', "\t\t\t", "=1+1", "x" * 5000, "Name", "\n\n1\n\n2", "\x00\t\ud7ff"])
def test_strange_text_breaks_nothing(text: str) -> None:
    paste(pasting("baseline.py", *PLACES["baseline.py"]), text)


def choice(app: AppTest, label: str) -> object:
    return next(one.value for one in [*app.radio, *app.selectbox] if one.label == label)


def test_what_is_chosen_for_pasted_kpis_waits_with_their_text_while_another_tab_is_looked_at() -> None:
    app = pasting("framework.py", *PLACES["framework.py"])
    second = session(app).document["framework"]["kras"][1]["name"]
    next(r for r in app.radio if r.label == "KPIs in the table come").set_value(INSTEAD.format(what="KPIs")).run()
    next(b for b in app.selectbox if b.label == "KPIs that are not there yet join").set_value(1).run()
    paste(app, "KPI\tUnit\tWeight\tToday\nHeard\t%\t0.4\t52\nMet\t%\t0.6\t54\n")
    next(r for r in app.radio if r.label == "Weight (%)").set_value("0.4 is 40%").run()
    for tab in ("One KPI", "Key result areas and weights"):
        app.session_state["framework-tabs"] = tab
        app.run()
        assert not app.exception
    assert "Heard" in str(copied(app).value)
    assert choice(app, "KPIs in the table come") == INSTEAD.format(what="KPIs")
    assert choice(app, "Weight (%)") == "0.4 is 40%"
    next(b for b in app.button if b.label == "Put in their place").click().run()
    kras = session(app).document["framework"]["kras"]
    assert [(kra["name"], [kpi["name"] for kpi in kra["kpis"]]) for kra in kras] == [(second, ["Heard", "Met"])]
    again = pasting("framework.py", *PLACES["framework.py"], session(app).draft)
    assert choice(again, "KPIs in the table come") != INSTEAD.format(what="KPIs")


def test_what_is_chosen_for_pasted_providers_waits_while_another_page_is_looked_at() -> None:
    app = pasting("baseline.py", *PLACES["baseline.py"])
    paste(app, "Name\tBaseline cost\tFee\nCity Hospital\t£12.4m\t4%\n")
    next(r for r in app.radio if r.label == "Providers in the table come").set_value(
        INSTEAD.format(what="providers")
    ).run()
    app.switch_page("pages/framework.py").run()
    app.switch_page("pages/baseline.py").run()
    assert not app.exception
    assert choice(app, "Providers in the table come") == INSTEAD.format(what="providers")
    assert any(b.label == "Put in their place" for b in app.button)
    again = pasting("baseline.py", *PLACES["baseline.py"], session(app).draft)
    assert any(b.label == "Put in their place" for b in again.button)


def test_figures_that_are_pasted_anew_are_asked_about_anew() -> None:
    app = pasting("baseline.py", *PLACES["baseline.py"])
    paste(app, "Provider\tFee\nRecovery charity\t0.035\n")
    next(r for r in app.radio if r.label == "Fee (%)").set_value("0.035 is 3.5%").run()
    paste(app, "Provider\tFee\nRecovery charity\t0.04\n")
    assert choice(app, "Fee (%)") is None
