"""One future, from cost to payment, and figures of ones own."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from model import curves
from model.distributions import Normal
from model.tables import partner_names
from tests.pages.records import INDEX, enter, filled, follows, labelled, ledger_of, opened
from ui import in_numbers, own_year
from ui.format import points, signed
from ui.results import expected_score
from ui.session import STATE


@pytest.mark.parametrize("chosen", ["Typical", "Good, 1 in 10", "Bad, 1 in 10", "Very bad, 1 in 20"])
def test_any_future_can_be_walked_from_cost_to_payment(chosen: str) -> None:
    app = opened("walk")
    app.segmented_control(key="walk-future").set_value(chosen).run()
    assert not app.exception
    assert app.title[0].value.startswith(f"{chosen}: 2020-21")
    ledger = ledger_of(app)
    assert ledger["Line"].iloc[0] == "Saving"
    assert "target £57,109,263.34 − actual" in ledger["How it comes about"].iloc[0]


def test_a_bad_future_is_worse_than_a_good_one_for_whom_it_is_judged_by() -> None:
    app = opened("walk")
    next(box for box in app.selectbox if box.label == "Judged by the gain of").select("Council").run()
    app.segmented_control(key="walk-future").set_value("Very bad, 1 in 20").run()
    assert app.title[0].value.startswith("Very bad, 1 in 20 for Council, which bears £")
    assert any("1 in 20 of all futures are worse in 2020-21 for Council" in text.value for text in app.markdown)
    assert any("**Council** is £" in text.value and "worse off" in text.value for text in app.markdown)


def test_own_figures_start_from_the_typical_future_and_are_kept() -> None:
    app = opened("walk")
    app.segmented_control(key="walk-future").set_value("My own figures").run()
    assert next(box for box in app.text_input if box.label == "Mental health trust").value != ""
    enter(app, "Mental health trust", "£45m")
    assert app.title[0].value.startswith("With your figures 2020-21 overspends by")
    app.switch_page("pages/overview.py").run()
    app.switch_page("pages/walk.py").run()
    app.segmented_control(key="walk-future").set_value("My own figures").run()
    assert next(box for box in app.text_input if box.label == "Mental health trust").value == "45,000,000"


def test_every_cost_can_be_so_much_over_target() -> None:
    app = opened("walk")
    app.segmented_control[0].set_value("My own figures").run()
    box = next(box for box in app.number_input if box.label == "Or over target by (%)")
    assert box.help.startswith("Over the target, not dearer than planned")
    box.set_value(12.5).run()
    next(button for button in app.button if button.label == "Fill in").click().run()
    assert not app.exception
    session = app.session_state[STATE]
    (filled,) = session.sheets["own"]["years"]
    label = filled["year"]
    target = session.scenario.target_cost()[session.scenario.term.labels().index(label)]
    expected = {p.name: round(float(t) * 1.125, 2) for p, t in zip(session.scenario.providers, target, strict=True)}
    assert filled["costs"] == expected
    assert "overspends" in app.title[0].value


def words(app: AppTest) -> str:
    return "\n".join(text.value for text in app.markdown).replace("\u2060", "")


def test_a_year_on_target_is_not_said_to_cost_a_commissioner_more_than_at_target() -> None:
    app = filled(0.0)
    assert "costs what was targeted" in app.title[0].value
    assert re.search(r"\*\*Council\*\* is £\d+k worse off than if nothing were paid for performance\.", words(app))
    assert "at target cost" not in words(app)


def test_an_overspend_of_ones_own_is_also_at_the_score_at_which_other_pages_have_theirs() -> None:
    app = filled(5.0)
    session = app.session_state[STATE]
    expected = expected_score(session, 2)
    left = curves.left_curve(session.scenario, 2, expected).loc[-curves.ROUND]
    said = words(app)
    assert f"At the score expected of 2020-21, {points(expected)}, at which *Risk share*" in said
    for name, pounds in left.items():
        assert f"{name} {signed(float(pounds))}" in said
    other = app.switch_page("pages/risk_share.py").run()
    assert f" and {signed(float(left['Council']))}; NHS commissioner" in words(other)


def test_costs_that_are_filled_in_leave_the_kpis_and_the_expected_score_is_told_as_if_they_failed_no_gate() -> None:
    app = filled(5.0)
    session = app.session_state[STATE]
    next(box for box in app.selectbox if box.label == "Every KPI at").set_value("failure").run()
    app.button(key="own-fill-kpis").click().run()
    next(box for box in app.number_input if box.label == "Or over target by (%)").set_value(-5.0).run()
    next(button for button in app.button if button.label == "Fill in").click().run()
    (year,) = session.sheets["own"]["years"]
    assert year["kpis"] == {kpi.name: kpi.levels.failure for kpi in session.scenario.framework.kpis()}
    assert "saves" in app.title[0].value and "scores -100" in app.title[0].value.replace("−", "-")
    left = curves.left_curve(session.scenario, 2, expected_score(session, 2)).loc[curves.ROUND]
    said = words(app)
    assert "These KPIs score −100 and fail a gate. At the score expected of 2020-21, " in said
    for name, pounds in left.items():
        assert f"{name} {signed(float(pounds))}" in said


def test_the_figures_of_the_share_curve_are_by_whole_percents_and_lead_to_ones_own() -> None:
    app = opened("risk_share")
    app.session_state["table-share-curve"] = True
    table = next(one.value for one in app.run().dataframe if one.value.index.name == "Saving, % of target")
    assert {"−10%", "−5%", "0%", "5%", "10%"} <= {*table.index}
    scenario, at = app.session_state[STATE].scenario, expected_score(app.session_state[STATE], 2)
    left = curves.left_curve(scenario, 2, at, (-0.08,)).loc[-0.08]
    assert [*table.columns] == partner_names(scenario)
    assert table.loc["−8%", "Council"] == pytest.approx(left["Council"], abs=1e-3 * abs(left["Council"]))
    assert len(table) < 50
    curve = curves.readable(curves.share_curve(app.session_state[STATE].scenario, 2, 27.0, 0.1), {})
    numbers = in_numbers.by_saving(curve)
    assert numbers.index.name == "Saving (+) or overspend (-), % of target cost"
    assert numbers.index.tolist() == [float(part) for part in range(-10, 11)]
    assert all(name.endswith(" (£)") for name in numbers)
    next(button for button in app.button if button.label.startswith("Your own overspend")).click().run()
    assert app.title[0].value.startswith("With your figures 2020-21")


def test_how_much_is_filled_in_over_target_stands_there_again_after_another_page() -> None:
    app = filled(8.0)
    session = app.session_state[STATE]
    app.switch_page("pages/overview.py").run()
    app.switch_page("pages/walk.py").run()
    app.segmented_control[0].set_value("My own figures").run()
    over = next(box for box in app.number_input if box.label == "Or over target by (%)")
    who = next(box for box in app.selectbox if box.label == "Who is over target")
    assert (over.value, who.value) == (8.0, "Every provider")
    who.set_value("Community charity").run()
    next(button for button in app.button if button.label == "Fill in").click().run()
    year, target = session.scenario.term.labels()[2], session.scenario.target_cost()[2]
    assert own_year._over(session, year, target) == (8.0, "Community charity")
    enter(app, "Mental health trust", "£45m")
    assert own_year._over(session, year, target) == (own_year.USUAL, own_year.EVERYBODY)


def test_every_kpi_can_be_at_one_level_and_costs_stay() -> None:
    app = opened("walk")
    app.segmented_control[0].set_value("My own figures").run()
    enter(app, "Mental health trust", "£45m")
    next(box for box in app.selectbox if box.label == "Every KPI at").set_value("poor").run()
    app.button(key="own-fill-kpis").click().run()
    assert not app.exception
    session = app.session_state[STATE]
    (filled,) = session.sheets["own"]["years"]
    assert filled["kpis"] == {kpi.name: kpi.levels.poor for kpi in session.scenario.framework.kpis()}
    assert filled["costs"]["Mental health trust"] == 45_000_000
    assert "-50" in " ".join(element.value for element in app.markdown).replace("−", "-")


def test_one_provider_alone_can_be_over_target() -> None:
    app = opened("walk")
    app.segmented_control[0].set_value("My own figures").run()
    next(box for box in app.selectbox if box.label == "Who is over target").set_value("Mental health trust").run()
    next(button for button in app.button if button.label == "Fill in").click().run()
    assert not app.exception
    session = app.session_state[STATE]
    (filled,) = session.sheets["own"]["years"]
    target = session.scenario.target_cost()[session.scenario.term.labels().index(filled["year"])]
    expected = {p.name: round(float(t), 2) for p, t in zip(session.scenario.providers, target, strict=True)}
    assert filled["costs"] == expected | {"Mental health trust": round(float(target[0]) * 1.05, 2)}


def test_an_own_figure_that_is_no_number_is_named_and_kept() -> None:
    app = opened("walk")
    app.segmented_control(key="walk-future").set_value("My own figures").run()
    enter(app, "Mental health trust", "a lot")
    assert [error.value for error in app.error] == ["'a lot' is not a number such as 4,150,000, 41.2m or 72.5."]
    assert app.title[0].value == "Your figures cannot be settled yet"
    assert next(box for box in app.text_input if box.label == "Mental health trust").value == "a lot"


def test_own_figures_take_the_prices_of_the_future_with_them() -> None:
    case = follows()
    unsure = case.edited(uncertainty=case.uncertainty.edited(prices=Normal(mean=0.02, sd=0.01)))
    app = opened("walk", unsure)
    app.segmented_control(key="walk-future").set_value("My own figures").run()
    (prices,) = labelled(app, INDEX)
    assert 1.02 < float(prices) < 1.12
    assert f"× {prices} for prices" in ledger_of(app)["How it comes about"].iloc[0]
