"""Where the cap on all providers' pain is taken away: which caps stay, and the way back."""

import pytest

from data import presets
from model.amounts import OfFee, OfTarget, Uncapped
from model.documents import to_document
from model.scenario import Scenario
from tests.model.build import provider, scenario, share
from tests.pages.test_pages import opened
from ui import caps
from ui.format import money, percent
from ui.session import STATE

STAY = "All providers' pain together has no cap, but these caps stay: "


LEVER = "Cap on total gain ("


def uncapped(design: Scenario) -> Scenario:
    return design.edited(risk_share=design.risk_share.edited(total_pain_cap=Uncapped()))


@pytest.mark.parametrize(
    ("own", "cost", "said"),
    [
        ("AB", True, f"{STAY}the one on pain from cost and each provider's own."),
        ("A", False, f"{STAY}that of A."),
        ("", True, f"{STAY}the one on pain from cost."),
        ("", False, ""),
    ],
)
def test_it_is_said_which_caps_stay(own: str, cost: bool, said: str) -> None:
    none, cap = Uncapped(), OfFee(part=0.5)
    both = [provider(name, gain_share=0.5, pain_share=0.5, pain_cap=cap if name in own else none) for name in "AB"]
    terms = share(cost_pain_cap=cap if cost else none, total_pain_cap=none)
    assert caps.remaining(scenario(providers=tuple(both), risk_share=terms), "pain") == said


def test_the_overview_keeps_a_place_for_the_cap_and_the_way_back_to_it() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    cap = session.saved.risk_share.total_pain_cap
    session.replace(to_document(uncapped(session.scenario)))
    app.run()
    assert any(one.value == "Cap on total pain: **none**" for one in app.markdown)
    assert any(STAY in one.value for one in app.markdown)
    next(one for one in app.button if one.label.startswith("Cap pain at")).click().run()
    assert not app.exception
    assert session.scenario.risk_share.total_pain_cap == cap
    assert any(one.label.startswith("Cap on total pain (") for one in app.slider)


def test_a_room_may_cap_the_gain_too_and_move_that_cap() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    assert session.scenario.risk_share.total_gain_cap == Uncapped()
    assert any(one.value == "Cap on total gain: **none**" for one in app.markdown)
    next(one for one in app.button if one.label == "Cap gain at their fee").click().run()
    assert session.scenario.risk_share.total_gain_cap == OfFee(part=1.0)
    (lever,) = (one for one in app.slider if one.label.startswith(LEVER))
    assert lever.help.startswith("Of all providers' fees (Limb 2) in the year: £")
    lever.set_value(40.0).run()
    assert not app.exception
    assert session.scenario.risk_share.total_gain_cap == OfFee(part=0.4)
    assert any("Cap on total gain\\: 100% → 40%" in one.value for one in app.markdown)


def test_a_cap_on_gain_that_never_binds_says_that_it_does_nothing() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    terms = session.scenario.risk_share.edited(total_gain_cap=OfTarget(part=0.9))
    session.replace(to_document(session.scenario.edited(risk_share=terms)))
    app.run()
    assert any(one.label.startswith(LEVER) for one in app.slider)
    assert sum("Does nothing now" in one.value for one in app.markdown) == 1


@pytest.mark.parametrize(
    ("cap", "of"), [(OfFee(part=0.8), "all providers' fees (Limb 2)"), (OfTarget(part=0.03), "the target cost of all")]
)
def test_the_lever_of_the_cap_says_of_what_it_is_a_part_and_how_many_pounds_that_is(
    cap: OfFee | OfTarget, of: str
) -> None:
    design = presets.preset(presets.FIRST)
    design = design.edited(risk_share=design.risk_share.edited(total_pain_cap=cap))
    app = opened("overview.py")
    session = app.session_state[STATE]
    session.replace(to_document(design))
    app.run()
    base = (design.fee() if cap.kind == "of_fee" else design.target_cost()).sum(axis=1)
    least, most = money(cap.part * base.min()), money(cap.part * base.max())
    (lever,) = (one for one in app.slider if one.label.startswith("Cap on total pain ("))
    assert lever.help.startswith(f"Of {of}")
    assert lever.help.split("Source:")[0].strip().endswith(f": {least} to {most}, by year, at {percent(cap.part)}.")


def test_the_tab_of_the_total_says_which_caps_stay() -> None:
    app = opened("risk_share.py")
    app.session_state[STATE].begin(uncapped(presets.preset(presets.FIRST)))
    app.session_state["share-tabs"] = "Total"
    app.run()
    assert any(STAY in one.value for one in app.markdown)


def test_the_tab_of_the_total_leads_to_one_providers_own_cap() -> None:
    app = opened("risk_share.py")
    app.session_state["share-tabs"] = "Total"
    app.run()
    assert not any("Recovery charity" in box.label for box in app.selectbox)
    next(one for one in app.button if one.label == f"One provider's own cap: {caps.TAB}").click().run()
    assert not app.exception
    assert any(box.label == "Cap on pain, Recovery charity" for box in app.selectbox)
