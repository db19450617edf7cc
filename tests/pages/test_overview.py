"""The first page: would everyone sign, what is at stake, and what the last edits changed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.acceptance import Cell, Position, Test
from model.amounts import OfFee
from model.appetite import Limits, Unasked, Yardstick
from model.corridors import GateCorridor
from model.distributions import Fixed
from model.scenario import Scenario
from model.tables import anyone
from tests.pages.overviews import shown, told
from tests.pages.test_drivers import one_provider, without_kpis, without_risks
from tests.pages.test_pages import ROOT, opened
from ui import comparison_words, presenting, signing, verdicts
from ui.contents import CONTENTS
from ui.decisions import margins, positions
from ui.format import chance
from ui.results import results
from ui.session import STATE

MORE: tuple[tuple[Test, float], ...] = (("worst", -17e3), ("year", -11e3), ("worth", -5e3))
STAKE = pd.Series({"largest_loss": 0.032, "target_cost": 5e7})


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


def test_a_share_that_leaves_the_largest_loss_where_it_is_is_said_to() -> None:
    scenario = presets.preset("lambeth-living-well")
    less = scenario.risk_share.pain_bands
    moved = scenario.risk_share.edited(pain_bands=(less[0].edited(share=0.3), *less[1:]))
    app = shown(scenario)
    for one in (scenario, scenario.edited(risk_share=moved)):
        app.session_state[STATE].begin(one)
        app.run()
        stake = next(each for each in app.metric if each.label.startswith("At stake"))
        assert (stake.value, stake.delta) == ("4.1% of cost", "held by own caps, not shares")
        assert "The providers' own caps stop the loss there. By shares and pool alone it would be " in stake.help


def test_with_one_year_looked_at_the_page_names_it_and_says_what_is_about_the_term() -> None:
    app = shown(presets.preset("small-charities"))
    session = app.session_state[STATE]
    assert any(one.label == "Every partner in figures, over the whole term" for one in app.expander)
    assert any(" over the whole term: its worst 1 in 20" in one.value for one in app.subheader)
    session.period = "2023-24"
    app.run()
    assert not app.exception
    assert (
        app.title[0].value.startswith("Over the term, ")
        and ". In 2023-24, providers together can lose up to " in app.title[0].value
    )
    assert any(one.label == "Every partner in figures, in 2023-24" for one in app.expander)
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
    vague, clear = Cell("worst", 0.0, 0.0, 0.0, -9e3, 9e3), Cell("loss", 0.17, 0.1, 5e4, -3e3, 1.0)
    unsure = replace(stand("A", None), cells=(vague, clear))
    assert signing.stands(unsure) == ("**✗ refuses**", "a large loss is too likely (17%, accepts 10%), £3k short")
    assert signing.stands(stand("A", 0.0, 0.0)) == ("✓ accepts", "just enough in its worst 1 in 20")


def test_a_partner_that_fails_several_tests_is_not_shown_with_one() -> None:
    worst, year, worth = (Cell(test, 0.0, 0.0, 0.0, slack, 1.0) for test, slack in MORE)
    two, three = (replace(stand("A", None), cells=cells) for cells in ((worst, year), (worst, year, worth)))
    assert signing.stands(two)[1] == "its worst 1 in 20 costs too much, £17k short; fails two tests"
    assert signing.stands(three)[1].endswith("£17k short; fails three tests")
    assert comparison_words.stands(two).endswith("£17k short; fails two tests")
    before = (stand("A", -89e3),)
    assert signing.changed(["a"], before, (two,)).endswith(
        "most moves for A: £72k nearer to accepting, but it now fails 2 tests, and 1 before."
    )
    assert signing.changed(["a"], (two,), before).endswith("A: £72k further from accepting.")


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


def test_a_room_that_looks_at_the_terms_is_told_who_would_sign() -> None:
    app = opened("risk_share.py")
    assert not any("As the design stands" in one.value for one in app.markdown)
    next(b for b in app.button if b.label == "Present").click().run()
    assert any("As the design stands: Recovery charity would refuse" in one.value for one in app.markdown)
    app.session_state[STATE].write(("risk_share", "pain_bands", 0, "share"), 0.25)
    app.run()
    assert any("**What just changed.**" in one.value and "now accepts" in one.value for one in app.markdown)


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
    app.switch_page("pages/overview.py").run()
    next(one for one in app.button if one.label.startswith("Who is better or worse off")).click().run()
    assert not app.exception
    assert "Every partner in figures" in [one.value for one in app.subheader]


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
