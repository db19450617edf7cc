"""What history says, and the contract on its page."""

from data import presets
from tests.pages.records import enter, of, opened
from ui.session import STATE
from ui.sheets import past_labels


def test_history_is_shown_on_invented_years_that_say_so() -> None:
    app = opened("history")
    next(button for button in app.button if button.label == "Show it on invented years").click().run()
    assert not app.exception
    assert "5 past years" in app.title[0].value
    assert "invented" in app.warning[0].value
    next(button for button in app.button if button.label == "Take these years away").click().run()
    assert app.title[0].value.startswith("Bring your own past years")


def test_a_past_far_outside_the_range_is_called_so() -> None:
    case = presets.preset(presets.FIRST)
    targets = {p.name: 1e7 for p in case.providers}
    past: list[dict[str, object]] = [
        {"year": label, "targets": targets, "costs": {n: t * 1.4 for n, t in targets.items()}, "kpis": {}}
        for label in past_labels(case)
    ]
    app = opened("history", past=of(*past))
    assert "0 of 5 years lay within our 90% range" in app.title[0].value
    assert any("the range is probably too narrow" in text.value for text in app.markdown)


def test_the_risk_share_page_says_the_contract_and_what_changed() -> None:
    app = opened("risk_share")
    said = "\n".join(text.value for text in app.markdown)
    assert "**Savings.** A saving is shared only beyond 0.5% of target cost" in said
    assert "Starting design" not in said
    enter(app, "Providers' share (%), gain band 1", "60")
    said = "\n".join(text.value for text in app.markdown)
    assert "Providers keep 60p of each pound saved" in said
    assert (
        "*Starting design:* A saving is shared only beyond 0.5% of target cost; what follows counts from there." in said
    )


def test_every_new_term_can_be_chosen_on_the_risk_share_page() -> None:
    app = opened("risk_share")
    for tab, label, kind in (
        ("Savings", "Modifier on gain", "quality"),
        ("Savings", "Cap on cost gain", "lower_of"),
        ("Savings", "Corridor for savings", "gate"),
        ("Overspends", "Modifier on pain", "one_minus"),
        ("Years", "Settlement basis", "carry_forward"),
    ):
        app.session_state["share-tabs"] = tab
        app.run()
        next(box for box in app.selectbox if box.label == label).select(kind).run()
        assert not app.exception
        assert not app.error, (label, app.error[0].value)
    share = app.session_state[STATE].scenario.risk_share
    assert (share.gain_modifier.kind, share.cost_gain_cap.kind, share.basis.kind) == (
        "quality",
        "lower_of",
        "carry_forward",
    )
    assert share.gain_corridor.inside == 0
