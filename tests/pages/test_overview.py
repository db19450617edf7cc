"""The first page: would everyone sign, what is at stake, and what the last edits changed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.acceptance import Cell, Position
from model.amounts import OfFee
from model.appetite import Limits, Unasked, Yardstick
from model.corridors import GateCorridor
from model.distributions import Fixed
from model.documents import to_document
from model.scenario import Scenario
from model.tables import anyone
from tests.pages.test_drivers import one_provider, without_kpis, without_risks
from tests.pages.test_pages import ROOT, opened
from ui import editing, levers, presenting, signing, verdicts
from ui.contents import CONTENTS
from ui.decisions import margins, positions
from ui.format import chance
from ui.range_words import unformatted
from ui.results import results
from ui.session import STATE

DRAWS = 1_024
STAKE = pd.Series({"largest_loss": 0.032, "target_cost": 5e7})


def shown(scenario: Scenario) -> AppTest:
    app = opened("overview.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(scenario)
    app.run()
    assert not app.exception
    assert not app.error
    return app


def told(app: AppTest, start: str) -> str:
    """What is said of the last change ('What just changed'), or of all ('Since …'); nothing where that is not."""
    return next((one.value for one in app.markdown if one.value.startswith(f"**{start}")), "")


def silent(scenario: Scenario) -> Scenario:
    """Nobody asks anything."""
    return scenario.edited(
        providers=tuple(p.edited(appetite=Unasked()) for p in scenario.providers),
        commissioners=tuple(c.edited(appetite=Unasked()) for c in scenario.commissioners),
    )


def certain(scenario: Scenario) -> Scenario:
    """Costs as planned, so that nothing but KPIs and savings is uncertain."""
    return scenario.edited(providers=tuple(p.edited(cost_deviation=Fixed(value=0.0)) for p in scenario.providers))


@pytest.mark.parametrize("preset", presets.names())
def test_the_title_and_the_table_say_who_would_sign(preset: str) -> None:
    app = shown(presets.preset(preset))
    found = positions(app.session_state[STATE])
    refusing = [one.partner for one in found if one.verdict == "refuses"]
    title = app.title[0].value
    asked = any(one.cells for one in found)
    assert any(said in title for said in (("would sign", "refuse") if asked else ("Nobody has said",)))
    if len(refusing) == 1:
        assert refusing[0] in title
    table = app.table[0].value
    assert list(table.index) == [one.partner for one in found]
    for one, said in zip(found, table["Would it sign?"], strict=True):
        assert verdicts.MARKS[one.verdict] in said
    assert len(app.metric) == 4
    assert app.metric[3].label.startswith("All sign") == asked


@pytest.mark.parametrize("change", [one_provider, silent, certain, without_kpis, without_risks])
@pytest.mark.parametrize("preset", [presets.FIRST, "small-charities"])
def test_odd_alliances_have_their_answers(preset: str, change: Any) -> None:
    app = shown(change(presets.preset(preset)))
    assert len(app.title[0].value.split()) > 5
    if change is silent:
        assert app.title[0].value.startswith("Nobody has said what it would accept")
        assert app.metric[3].value == "nobody asks"


def test_a_lever_says_what_it_just_changed() -> None:
    app = shown(presets.preset(presets.FIRST))
    assert not any("What just changed" in m.value for m in app.markdown)
    before = {one.partner: one.verdict for one in positions(app.session_state[STATE])}
    next(s for s in app.slider if s.label.startswith("Providers' share of overspends")).set_value(0.0).run()
    after = {one.partner: one.verdict for one in positions(app.session_state[STATE])}
    said = next(m.value for m in app.markdown if "What just changed" in m.value)
    assert "50% → 0%" in said
    turned = [name for name in after if after[name] != before[name]]
    assert turned
    assert all(name in said for name in turned)


def test_the_last_edit_and_all_edits_since_the_saved_design_are_told_apart() -> None:
    app = shown(presets.preset(presets.FIRST))
    for label, value in (("Providers' share of overspends", 45.0), ("Corridor for savings", 1.0)):
        next(s for s in app.slider if s.label.startswith(label)).set_value(value).run()
    just, since = told(app, "What just changed"), told(app, "Since the starting design.")
    assert "0.5% → 1%" in just and "50% → 45%" not in just
    assert "Corridor for savings\\: 0.5% → 1%" in just
    assert "Providers' share of overspends" in since and "›" not in since
    assert "0.5% → 1%" in since and "50% → 45%" in since
    next(b for b in app.button if b.label == "Undo").click().run()
    assert "is 0.5% again (was 1%)" in told(app, "What just changed")


def test_what_is_undone_is_named_where_it_could_not_be_right() -> None:
    app = shown(presets.preset("small-charities"))
    session = app.session_state[STATE]
    session.write(("risk_share", "pain_bands", 0, "share"), 0.45)
    part = session.value(("providers", 0, "pain_share"))
    session.write(("providers", 0, "pain_share"), part + 0.01)  # shares of pain make 101%
    app.run()
    assert app.error
    session.step(back=True)
    app.run()
    just, since = told(app, "What just changed"), told(app, "Since the starting design")
    assert "Share of pain" in just and "no partner's verdict changes" in just and "50% → 45%" not in just
    assert "50% → 45%" in since


def test_two_edits_that_are_right_only_together_are_told_together() -> None:
    app = shown(presets.preset("small-charities"))
    session = app.session_state[STATE]
    for i, more in ((0, 0.01), (1, -0.01)):
        path = ("providers", i, "pain_share")
        session.write(path, session.value(path) + more)
    app.run()
    assert not app.error
    said = next(m.value for m in app.markdown if "What just changed" in m.value)
    assert said.count("Share of pain") == 2


def test_a_lever_that_does_nothing_says_so() -> None:
    """A cap at twice the fee is far beyond what the bands can bring; the share of overspends matters."""
    nothing = [m for m in shown(presets.preset(presets.FIRST)).markdown if "Does nothing now" in m.value]
    far = presets.preset(presets.FIRST)
    share = far.risk_share.edited(pain_corridor=GateCorridor(width=0.08), total_pain_cap=OfFee(part=2.0))
    app = shown(far.edited(risk_share=share))
    assert len([m for m in app.markdown if "Does nothing now" in m.value]) > len(nothing)


def test_presenting_shows_the_same_answer_without_what_a_room_does_not_need() -> None:
    app = shown(presets.preset(presets.FIRST))
    title, story = app.title[0].value, presets.preset(presets.FIRST).story
    assert any(story[:60] in m.value for m in app.markdown)
    next(b for b in app.button if b.label == "Present").click().run()
    assert not app.exception
    assert app.title[0].value == title
    assert not any(story[:60] in m.value for m in app.markdown)
    assert {"Baseline and fees", "Method and glossary", "End presenting"} <= {b.label for b in app.button}
    next(b for b in app.button if b.label == "End presenting").click().run()
    assert any(story[:60] in m.value for m in app.markdown)


def test_a_room_sees_what_holds_beyond_the_layer_that_a_lever_moves() -> None:
    app = shown(presets.preset(presets.FIRST))
    next(b for b in app.button if b.label == "Present").click().run()
    said = [one.value for one in app.markdown if "; 40% beyond" in one.value]
    assert said == [
        ":small[Up to 5.5% under target cost; 40% beyond, nothing beyond 10.5%]",
        ":small[Up to 5.5% over target cost; 40% beyond, nothing beyond 12.5%]",
    ]
    about = [one.help for one in app.slider if one.label.startswith("Providers' share of ")]
    assert about[0].startswith(
        "The providers' part of a saving in this band: from 0.5% (where the corridor ends) to 5."
    )
    assert about[1].startswith(
        "The providers' part of an overspend in this band: from 0.5% (where the corridor ends) t"
    )
    app.session_state[STATE].write(("risk_share", "gain_bands", 1, "share"), 0.3)
    app.run()
    assert any("Up to 5.5% under target cost; 30% beyond" in one.value for one in app.markdown)
    next(s for s in app.slider if s.label == "Providers' share of savings, first 5%").set_value(45.0).run()
    assert "Providers' share of savings, first 5% (30% beyond)\\: 50% → 45%" in told(app, "What just changed")


def test_presenting_is_in_the_address_so_that_a_reload_presents_again() -> None:
    app = opened("overview.py")
    next(b for b in app.button if b.label == "Present").click().run()
    address = {name: app.query_params[name] for name in app.query_params}
    assert "present" in address
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page("pages/overview.py")
    for name, value in address.items():
        again.query_params[name] = value
    again.run()
    assert any(b.label == "End presenting" for b in again.button)
    next(b for b in again.button if b.label == "End presenting").click().run()
    assert "present" not in again.query_params


def test_a_room_goes_back_to_the_start_at_once_and_undo_brings_all_back() -> None:
    app = shown(presets.preset(presets.FIRST))
    session = app.session_state[STATE]
    session.write(("risk_share", "pain_bands", 0, "share"), 0.4)
    session.write(("risk_share", "gain_bands", 0, "share"), 0.4)
    edited = session.document
    next(b for b in app.button if b.label == "Present").click().run()
    next(b for b in app.button if b.label == "Undo all").click().run()
    assert not session.changed
    session.step(back=True)
    assert session.document == edited


def test_nothing_opens_over_the_period_looked_at() -> None:
    app = shown(presets.preset(presets.FIRST))
    assert next(b for b in app.button if b.label == "Present").help == ""


def test_the_pages_before_and_after_are_those_of_the_menu_and_go_round() -> None:
    every = [Path(file).stem for section in CONTENTS.values() for file, *_ in section]
    stem = every[0]
    seen = []
    for _ in every:
        seen.append(stem)
        before, after = presenting.neighbours(stem)
        stem = Path(after[0]).stem
        assert presenting.neighbours(stem)[0][0].endswith(f"{seen[-1]}.py")
        assert Path(before[0]).stem == every[every.index(seen[-1]) - 1]
    assert seen == every and stem == every[0]


def test_the_margin_on_the_page_is_that_of_mean_cost() -> None:
    app = shown(presets.preset("lambeth-ipsa"))
    costs = next(one for one in margins(app.session_state[STATE]) if one.kind == "costs")
    assert costs.margin is not None and costs.accepted
    assert app.metric[3].label == "All sign until costs rise"
    assert app.metric[3].value.startswith("by ")


def test_the_title_and_risk_share_say_the_same_of_what_is_at_stake() -> None:
    """A year that is not settled is no reason to call less at stake."""
    scenario = presets.preset("small-charities")
    assert min(scenario.risk_share.phase_in) == 0.0
    said = []
    for page in ("overview.py", "risk_share.py"):
        app = opened(page)
        app.session_state[STATE].begin(scenario)
        app.run()
        said.append(f"{app.title[0].value} {' '.join(each.value for each in app.markdown)}")
    at_most = said[1].split("Providers can lose at most ")[1].split(" of the cost")[0]
    assert f"Providers together can lose up to {at_most} of a year's cost" in said[0]


def test_with_one_year_looked_at_the_page_names_it_and_says_what_is_about_the_term() -> None:
    app = shown(presets.preset("small-charities"))
    session = app.session_state[STATE]
    session.period = "2023-24"
    app.run()
    assert not app.exception
    assert (
        app.title[0].value.startswith("Over the term, ")
        and ". In 2023-24, providers together can lose up to " in app.title[0].value
    )
    assert [one.delta.split(", ")[-1] for one in app.metric] == [*["in 2023-24"] * 3, "over the term"]
    assert not any("full year" in one.label or "a year" in one.label for one in app.metric)
    headings = [one.value for one in app.subheader]
    assert "Would everyone sign, over the term?" in headings
    assert any(" in 2023-24: its worst 1 in 20" in one for one in headings)
    session.period = "2022-23"  # a shadow year
    app.run()
    assert app.title[0].value.endswith(". In 2022-23, providers can lose nothing")


# In words ------------------------------------------------------------------------------------------------------


def stand(partner: str, slack: float | None, error: float = 1.0) -> Position:
    cells = () if slack is None else (Cell("worst", 0.0, 0.0, 0.0, slack, error),)
    return Position(partner, Limits(None, 0.0, None, None, 0.0, None), Yardstick(0.0, ""), cells)


@pytest.mark.parametrize(
    ("slacks", "said"),
    [
        ((5e3, 5e3), "Everyone would sign. Providers together can lose up to 3.2% of a year's cost"),
        ((5e3, 1.0), "It is too close to call who would sign. Providers"),
        ((5e3, -5e3, 5e3), "B would refuse to sign. Providers"),
        ((-5e3, -5e3, 5e3), "A and B would refuse to sign. Providers"),
        ((-5e3, -5e3, -5e3, 5e3), "3 of 4 partners would refuse to sign. Providers"),
        ((-5e3, -5e3), "Neither A nor B would sign. Providers"),
        ((-5e3, -5e3, -5e3), "Nobody would sign. Providers"),
        ((5e3, None, 5e3), "2 of 3 partners would sign and 1 has not said. Providers"),
        ((None, None), "Nobody has said what it would accept. Providers"),
    ],
)
def test_the_headline(slacks: tuple[float | None, ...], said: str) -> None:
    found = tuple(stand(name, slack) for name, slack in zip("ABCD", slacks, strict=False))
    assert signing.headline(found, STAKE).startswith(said)


def test_the_headline_says_what_is_not_limited_and_what_cannot_be_lost() -> None:
    found = (stand("A", 5e3),)
    assert signing.headline(found, STAKE.where(STAKE > 1, float("inf"))).endswith(
        ". There is no limit to what providers can lose"
    )
    assert signing.headline(found, STAKE.where(STAKE > 1, 0.0)).endswith(". Providers can lose nothing")
    in_a_year = signing.headline(found, STAKE.where(STAKE > 1, float("inf")), "2018-19")
    assert in_a_year == "Over the term, everyone would sign. In 2018-19, there is no limit to what providers can lose"
    named = signing.headline((stand("A", -5e3), stand("B", 5e3), stand("C", 5e3)), STAKE, "2018-19")
    assert (
        named == "Over the term, A would refuse to sign. In 2018-19, providers together can lose up to 3.2% of its cost"
    )


def test_what_changed_names_who_turned_came_and_left() -> None:
    before = (stand("A", 5e3), stand("B", 5e3), stand("C", -5e3), stand("D", 5e3))
    after = (stand("A", -5e3), stand("B", -5e3), stand("C", 0.5), stand("E", 5e3))
    said = signing.changed(["Fee: 5% → 6%"], before, after)
    assert "Fee: 5% → 6%" in said.replace("\\", "")
    assert "**A and B now refuse**" in said and "**C is now too close to call**" in said
    assert "E joined" in said and "D left" in said
    same = "no partner's verdict changes, nor what it has to spare."
    assert signing.changed(["a", "b", "c"], before, before) == f"a, b and c: {same}"
    assert signing.changed(["a", "b", "c", "d"], before, before) == f"a; b; and 2 more edits: {same}"
    assert signing.changed(["a", "b", "c"], before, before, "'Neutral' again") == f"'Neutral' again: {same}"


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


def test_the_same_entry_of_several_partners_is_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(editing, "monotonic", lambda: now[0])
    app = shown(presets.preset(presets.FIRST))
    session = app.session_state[STATE]
    for i in range(3):
        session.write(("providers", i, "fee_rate"), 0.01)
        now[0] += 30
    app.run()
    assert told(app, "What just changed").count("→") == 3 and not told(app, "Since")
    now[0] += 60
    session.write(("providers", 3, "fee_rate"), 0.01)
    app.run()
    assert told(app, "What just changed").count("→") == 1
    session.write(("risk_share", "pain_bands", 0, "share"), 0.4)
    app.run()
    assert told(app, "What just changed").count("→") == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (5e3, 2e3, "A: £3k less to spare"),
        (5e3, 9e3, "A: £4k more to spare"),
        (-5e3, -2e3, "A: £3k nearer to accepting"),
        (-5e3, -9e3, "A: £4k further from accepting"),
        (5e3, 5.4e3, "nor by £500 or more what it has to spare"),
    ],
)
def test_what_changed_names_who_moves_most_where_no_verdict_does(before: float, after: float, said: str) -> None:
    others = (stand("B", 7e3), stand("C", None))
    found = signing.changed(["x"], (stand("A", before), *others), (stand("A", after), *others))
    assert found.startswith("x: no partner's verdict changes") and found.endswith(f"{said}.")


def test_what_changed_where_nobody_asks_anything() -> None:
    assert signing.changed(["x"], (stand("A", None),), (stand("A", None),)) == (
        "x: nobody has said what it would accept."
    )
    lost = signing.changed(["x"], (stand("A", -5e3), stand("B", -5e3)), (stand("A", None), stand("B", None)))
    assert lost == "x: **A and B have not said**."


def test_where_a_partner_stands_in_a_line() -> None:
    assert signing.stands(stand("A", -5e3)) == ("**✗ refuses**", "its worst 1 in 20 costs too much, £5k short")
    assert signing.stands(stand("A", 5e3)) == ("✓ accepts", "£5k to spare in its worst 1 in 20")
    assert signing.stands(stand("A", None)) == ("– has not said", "no limit is entered")
    vague, clear = Cell("worst", 0.0, 0.0, 0.0, -9e3, 9e3), Cell("loss", 0.0, 0.0, 0.0, -3e3, 1.0)
    unsure = replace(stand("A", None), cells=(vague, clear))
    assert signing.stands(unsure) == ("**✗ refuses**", "a large loss is too likely, £3k short")
    assert signing.stands(stand("A", 0.0, 0.0)) == ("✓ accepts", "just enough in its worst 1 in 20")


def test_beside_the_lever_of_a_first_layer_stands_what_the_next_has() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    bands = ({"up_to": 0.05, "share": 0.7}, {"share": 0.4})
    share = {**session.document["risk_share"], "pain_bands": [*bands]}
    session.replace({**session.document, "risk_share": share})
    app.run()
    said = ":small[Up to 5.5% over target cost; beyond that 40%.]"
    assert said in [one.value for one in app.markdown]
    page = opened("risk_share.py")
    counted = ":small[Bands count beyond the corridor of 0.5%: up to 5% ends at 5.5% under target cost and up to 10%"
    assert any(one.value.startswith(counted) for one in page.markdown)
    assert any("from the end of the corridor" in str(one.help) for one in page.markdown)


def test_a_page_is_gone_to_at_once_when_presenting() -> None:
    app = shown(presets.preset(presets.FIRST))
    next(b for b in app.button if b.label == "Present").click().run()
    next(box for box in app.selectbox if box.label == "Go to a page").set_value("Acceptance").run()
    assert not app.exception
    assert any(tab.label == "What each accepts" for tab in app.tabs)


def test_what_was_loaded_and_never_saved_is_not_called_saved_wherever_it_is_said() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    assert any(" · starting design · " in one.value for one in app.markdown)
    next(b for b in app.button if b.label == "Present").click().run()
    assert any(":small[Starting design]" in one.value for one in app.markdown)
    session.version = "a version that no library has"
    assert session.state == "starting design"
    session.document = {**session.document, "name": "Another"}
    assert session.state == "starting design, changed"


def test_several_steps_are_undone_at_once_and_redone_one_by_one() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    names = [f"Alliance {step}" for step in range(6)]
    for name in names:
        session.replace({**session.document, "name": name})
    app.session_state["changes"] = True
    app.run()
    next(box for box in app.number_input if box.label == "Steps").set_value(4).run()
    next(b for b in app.button if b.label == "Undo so many steps").click().run()
    assert not app.exception
    assert session.document["name"] == names[1]
    assert session.before().name == names[5]
    next(b for b in app.button if b.label == "Redo").click().run()
    assert session.document["name"] == names[2]


def test_a_room_that_looks_at_the_terms_is_told_who_would_sign() -> None:
    app = opened("risk_share.py")
    assert not any("As the design stands" in one.value for one in app.markdown)
    next(b for b in app.button if b.label == "Present").click().run()
    assert any("As the design stands: Recovery charity would refuse" in one.value for one in app.markdown)
    app.session_state[STATE].write(("risk_share", "pain_bands", 0, "share"), 0.25)
    app.run()
    assert any("**What just changed.**" in one.value and "now accepts" in one.value for one in app.markdown)


def test_a_corridor_for_savings_and_then_for_overspends_is_one_thought(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(editing, "monotonic", lambda: now[0])
    app = shown(presets.preset(presets.FIRST))
    session = app.session_state[STATE]
    for side in ("gain", "pain"):
        for width in (0.01, 0.015, 0.02):
            session.write(("risk_share", f"{side}_corridor", "width"), width, held=True)
            now[0] += 0.3
        now[0] += 20
    app.run()
    said = told(app, "What just changed")
    assert "Corridor for savings: 0.5% → 2%" in said.replace("\\", "")
    assert "Corridor for overspends: 0.5% → 2%" in said.replace("\\", "")
    assert len(session.done) == 2, "undo takes them back one by one"


def test_a_slider_that_is_held_down_is_one_step_and_a_later_move_another(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(editing, "monotonic", lambda: now[0])
    session = opened("overview.py").session_state[STATE]
    before, share, cap = session.document, ("risk_share", "pain_bands", 0, "share"), ("providers", 0, "fee_rate")
    for value in (0.45, 0.4, 0.35):
        now[0] += 0.4
        session.write(share, value, held=True)
    assert len(session.done) == 1 and session.former == session.done[0]
    session.write(cap, 0.07)
    session.write(share, 0.3, held=True)
    now[0] += editing.PAUSE
    session.write(share, 0.25, held=True)
    assert len(session.done) == 4
    for _ in range(3):
        session.step(back=True)
    assert session.value(share) == 0.35
    session.drawn = (session.generation, session.document)
    session.write(share, 0.34, held=True)  # what was undone is not gone on with
    assert len(session.done) == 2
    session.step(back=True)
    session.step(back=True)
    assert session.document == before


def test_a_slow_answer_ends_no_move_of_a_slider(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pause that ends a step is counted from when the answer was shown: nobody moves on before seeing it."""
    now = [100.0]
    monkeypatch.setattr(editing, "monotonic", lambda: now[0])

    def slow(*_: Any) -> None:
        now[0] += 3 * editing.PAUSE

    monkeypatch.setattr(levers, "still", slow)
    app = shown(presets.preset(presets.FIRST))
    session = app.session_state[STATE]
    began = len(session.done)

    def move(to: float) -> None:
        next(s for s in app.slider if s.label.startswith("Providers' share of overspends")).set_value(to).run()

    for to in (45.0, 40.0, 35.0):
        move(to)
        now[0] += 0.8 * editing.PAUSE
    assert len(session.done) == began + 1
    now[0] += editing.PAUSE
    app.run()  # for another reason: it answers no edit
    move(30.0)
    assert len(session.done) == began + 2
    now[0] += editing.PAUSE
    move(25.0)
    assert len(session.done) == began + 3


def test_several_steps_do_not_undo_the_loading_of_another_alliance() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    session.begin(presets.preset("small-charities"), "small-charities")
    session.replace({**session.document, "name": "Ours"})
    app.session_state["changes"] = True
    app.run()
    next(box for box in app.number_input if box.label == "Steps").set_value(9).run()
    next(b for b in app.button if b.label == "Undo so many steps").click().run()
    assert session.document["name"] == presets.preset("small-charities").name
    assert session.loaded_last


def test_undoing_a_loading_brings_back_what_edits_were_compared_with() -> None:
    session = opened("overview.py").session_state[STATE]
    first, second = presets.preset(presets.FIRST), presets.preset("small-charities")
    session.begin(second, "small-charities")
    session.step(back=True)
    assert (session.state, session.saved, session.preset) == ("starting design", first, presets.FIRST)
    session.step(back=False)
    assert (session.state, session.saved, session.preset) == ("starting design", second, "small-charities")
    session.step(back=True)
    session.replace({**session.document, "name": "Ours"})
    session.begin(second, "small-charities")
    session.step(back=True)
    assert (session.state, session.saved) == ("starting design, changed", first)
    session.step(back=True)
    assert session.state == "starting design"


def test_an_entry_that_was_moving_when_another_alliance_was_loaded_begins_a_new_step() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    path = ("risk_share", "pain_bands", 0, "share")
    session.write(path, 0.3, held=True)
    session.begin(presets.preset("small-charities"), "small-charities")
    session.drawing()
    session.write(path, 0.31, held=True)
    assert len(session.done) == 3
    session.step(back=True)
    assert session.loaded_last


def test_what_was_saved_of_a_loaded_alliance_holds_after_undo_and_redo() -> None:
    session = opened("overview.py").session_state[STATE]
    session.begin(presets.preset("small-charities"), "small-charities")
    session.version = "a version"
    session.step(back=True)
    assert session.version == ""
    session.step(back=False)
    assert session.version == "a version"


def test_what_just_changed_leads_to_why() -> None:
    app = AppTest.from_file("../../app.py", default_timeout=120).run()
    session = app.session_state[STATE]
    assert not [one for one in app.button if one.label.startswith("Why?")]
    session.write(("risk_share", "pain_bands", 0, "share"), 0.2)
    app.run()
    next(one for one in app.button if one.label.startswith("Why?")).click().run()
    assert not app.exception
    assert app.session_state["drivers-tabs"] == "What changes did"
    assert "Bands" in " ".join(chart.proto.spec for chart in app.get("plotly_chart"))


def test_many_edits_since_the_saved_design_are_counted() -> None:
    session = opened("baseline.py").session_state[STATE]
    for i, rate in ((0, 0.05), (1, 0.06), (2, 0.08), (3, 0.09)):
        providers = list(session.scenario.providers)
        providers[i] = providers[i].edited(fee_rate=rate)
        session.replace(to_document(session.scenario.edited(providers=tuple(providers))))
        session.refresh()
    assert "**Since the starting design.** 4 edits: " in signing.told(session)[1]


def test_the_cap_as_a_part_of_target_cost_has_a_lever_that_reaches_what_matters() -> None:
    def lever(part: float) -> Any:
        session.write(("risk_share", "total_pain_cap"), {"kind": "of_target", "part": part})
        return next(s for s in app.run().slider if s.label == "Cap on total pain (% of target)")

    app = opened("overview.py")
    session = app.session_state[STATE]
    assert (lever(0.037).max, lever(0.037).step) == (10.0, 0.1)
    assert lever(0.3).max == 100.0


def test_the_pain_of_providers_together_has_that_of_any_of_them_beneath() -> None:
    app = opened("overview.py")
    tile = next(one for one in app.metric if "pain" in one.label)
    session = app.session_state[STATE]
    found = anyone(results(session)).loc["At least one provider", "chance_of_pain"]
    assert "together" in tile.label
    assert tile.delta == f"at least one: {chance(found)}"
    session.period = session.scenario.term.labels()[2]
    session.refresh()
    tile = next(one for one in app.run().metric if "pain" in one.label)
    assert tile.delta.startswith("at least one: ") and tile.delta.endswith(f"%, in {session.period}")
