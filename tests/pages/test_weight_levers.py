"""Levers for the weights of KPIs: room is made, and one move is one step."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from tests.pages.overviews import shown, told
from ui.range_words import unformatted
from ui.session import STATE


def test_one_weight_that_others_make_room_for_is_told_as_one_edit() -> None:
    app = shown(presets.preset(presets.FIRST))
    app.session_state["weights-levers"] = True
    app.run()
    weight = next(s for s in app.slider if s.label.startswith("Weight of"))
    before: Any = weight.value
    weight.set_value(before + 10).run()
    said = told(app, "What just changed")
    assert said.count("→") == 1 and "the others made room" in said


def test_a_weight_that_moves_on_is_one_step_and_told_from_what_it_was() -> None:
    app = shown(presets.preset(presets.FIRST))
    app.session_state["weights-levers"] = True
    app.run()
    session = app.session_state[STATE]

    def weights() -> list[Any]:
        return [s for s in app.slider if s.label.startswith("Weight of")]

    was, keys = [s.value for s in weights()], [s.key for s in weights()]
    for more in (1, 2, 3):
        weights()[0].set_value(was[0] + more).run()
    assert len(session.done) == 1
    assert f"{was[0]:g}% → {was[0] + 3:g}%" in told(app, "What just changed")
    assert weights()[0].key == keys[0], "the slider that is held keeps its place"
    assert weights()[1].key != keys[1] and sum(s.value for s in weights()) == pytest.approx(100, abs=1)
    session.step(back=True)
    app.run()
    assert [s.value for s in weights()] == was
    said = unformatted(told(app, "What just changed"))
    assert f"Undone: {weights()[0].label[:-4]} is {was[0]:g}% again (was {was[0] + 3:g}%), the others as" in said


def test_one_kpi_counts_for_half_as_much_and_the_others_of_its_area_make_room() -> None:
    app = shown(presets.preset(presets.FIRST))
    app.session_state["weights-levers"] = True
    app.run()
    kras = app.session_state[STATE].scenario.framework.kras
    next(one for one in app.radio if one.label == "Weights of").set_value(f"KPIs of {kras[0].name}").run()
    first = next(s for s in app.slider if s.label.startswith("Weight of"))
    assert first.label == f"Weight of {kras[0].kpis[0].name} (%)"
    half = round(50 * kras[0].kpis[0].weight)
    first.set_value(half).run()
    after = app.session_state[STATE].scenario.framework.kras
    assert not app.error and after[0].kpis[0].weight == pytest.approx(half / 100)
    assert sum(kpi.weight for kpi in after[0].kpis) == pytest.approx(1.0)
    assert after[1:] == kras[1:] and after[0].weight == kras[0].weight
    said = told(app, "What just changed")
    assert said.count("→") == 1 and "the others made room" in said


def weights_of_the_last_area() -> AppTest:
    """The first preset with the weights of its last area, 35%, 35% and 30%, as levers."""
    app = shown(presets.preset(presets.FIRST))
    app.session_state["weights-levers"] = True
    app.run()
    last = app.session_state[STATE].scenario.framework.kras[-1]
    next(one for one in app.radio if one.label == "Weights of").set_value(f"KPIs of {last.name}").run()
    assert [kpi.weight for kpi in last.kpis] == [0.35, 0.35, 0.3]
    return app


def weight_lever(app: AppTest, i: int) -> Any:
    return [s for s in app.slider if s.label.startswith("Weight of")][i]


def last_weights(app: AppTest) -> list[float]:
    return [kpi.weight for kpi in app.session_state[STATE].scenario.framework.kras[-1].kpis]


def test_a_second_weight_moves_without_the_first() -> None:
    app = weights_of_the_last_area()
    weight_lever(app, 0).set_value(33.0).run()
    assert last_weights(app) == [0.33, 0.361, 0.309]
    weight_lever(app, 1).set_value(33.0).run()
    assert last_weights(app) == [0.33, 0.33, 0.34]
    said = told(app, "What just changed").replace("\\", "")
    assert "Weight of People in settled accommodation: 36.1% → 33%" in said
    assert "the others made room, but not People in paid work, set just before" in said
    assert [weight_lever(app, i).value for i in range(3)] == [33, 33, 34]
    weight_lever(app, 2).set_value(40.0).run()
    assert last_weights(app) == [0.3, 0.3, 0.4]
    assert "but not" not in told(app, "What just changed")


def test_a_weight_is_held_no_longer_once_something_else_was_done() -> None:
    app = weights_of_the_last_area()
    weight_lever(app, 0).set_value(33.0).run()
    app.session_state[STATE].write(("risk_share", "pain_bands", 0, "share"), 0.4)
    app.run()
    weight_lever(app, 1).set_value(33.0).run()
    assert last_weights(app) == [0.346, 0.33, 0.324]
    assert "but not" not in told(app, "What just changed")


def test_a_weight_that_comes_back_leaves_the_others_as_they_were() -> None:
    app = weights_of_the_last_area()
    before = app.session_state[STATE].document
    for value in (34.0, 33.0, 34.0, 35.0):
        weight_lever(app, 0).set_value(value).run()
    assert last_weights(app) == [0.35, 0.35, 0.3]
    assert app.session_state[STATE].document == before


def test_equal_weights_are_one_button_one_step_and_one_sentence() -> None:
    app = weights_of_the_last_area()
    session = app.session_state[STATE]
    equal = next(b for b in app.button if b.label == "Equal weights")
    equal.click().run()
    assert not app.exception
    assert last_weights(app) == [0.334, 0.333, 0.333]
    assert len(session.done) == 1
    said = told(app, "What just changed").replace("\\", "")
    name = session.scenario.framework.kras[-1].name
    assert f"Equal weights of the KPIs of {name}: 33.4%, 33.3% and 33.3%:" in said
    assert any("Rounded below: 33.4%, 33.3% and 33.3%" in one.value for one in app.markdown)
    assert next(b for b in app.button if b.label == "Equal weights").disabled
    session.step(back=True)
    app.run()
    assert last_weights(app) == [0.35, 0.35, 0.3]
    assert not any("Rounded below" in one.value for one in app.markdown)
    next(one for one in app.radio if one.label == "Weights of").set_value("Key result areas").run()
    next(b for b in app.button if b.label == "Equal weights").click().run()
    assert [kra.weight for kra in session.scenario.framework.kras] == [0.334, 0.333, 0.333]
    assert "Equal weights of the key result areas: 33.4%" in told(app, "What just changed").replace("\\", "")
