"""Limits that are left from a word, beside others that were entered in pounds."""

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.acceptance import standings
from model.appetite import CONVENTION, InPounds, InWords, Yardstick, in_pounds, left_from
from model.fields import Path
from model.scenario import Scenario
from tests.pages import test_appetite, test_joining
from tests.pages.sharing import WHO, session, shared
from tests.pages.test_acceptance import entry
from tests.pages.test_acceptance import shown as page
from tests.pages.test_drivers import said
from tests.ui.written import made
from ui import inputs
from ui.left_over import KEEP

APPETITE: Path = ("providers", 3, "appetite")
LEFT = "Left from 'open', unless your board has said the same**: worst 1 in 20 on average at most £"
PEER = "Peer support charity"
ENTERED = "Entered: a loss of more than £"
MEASURE = Yardstick(54_321.0, "its free reserves")
OPEN = in_pounds(InWords(word="open").limits(MEASURE, 54_321.0))


def test_what_is_left_from_a_word_is_what_nobody_changed() -> None:
    hers = OPEN.edited(loss=30_000.0, loss_chance=0.05)
    assert left_from(hers, MEASURE, 54_321.0) == (("open",), ("worst", "reserve_minimum", "tolerance"))
    assert left_from(OPEN.edited(loss_chance=0.05), MEASURE, 54_321.0)[1] == ("worst", "reserve_minimum", "tolerance")
    assert "reserve_minimum" not in left_from(hers.edited(reserve_chance=0.5), MEASURE, 54_321.0)[1]
    assert "worst" in left_from(hers.edited(worst=round(OPEN.worst or 0.0)), MEASURE, 54_321.0)[1]
    assert "worst" not in left_from(hers.edited(worst=(OPEN.worst or 0.0) + 1), MEASURE, 54_321.0)[1]
    assert len(left_from(OPEN.edited(year_loss=5_000.0), MEASURE, 54_321.0)[1]) == 4


@pytest.mark.parametrize("word", CONVENTION)
def test_nothing_is_left_where_all_is_the_words_or_nothing_is(word: str) -> None:
    every = in_pounds(InWords.model_validate({"word": word}).limits(MEASURE, 54_321.0))
    for own in (every, every.edited(loss=None), InPounds(), InPounds(loss=30_000.0, loss_chance=0.05)):
        assert left_from(own, MEASURE, 54_321.0) == ((), ())


def test_where_words_come_to_the_same_all_of_them_are_named() -> None:
    words, left = left_from(InPounds(worst=0.0, reserve_minimum=9.0), Yardstick(0.0, "its reserves"), 0.0)
    assert (words, left) == (tuple(CONVENTION), ("worst",))


@pytest.mark.parametrize("preset", presets.names())
def test_no_preset_is_taken_to_have_limits_left_over(preset: str) -> None:
    assert "Left from" not in said(page(presets.preset(preset), "What each accepts"))


def in_pounds_of(app: AppTest) -> None:
    app.segmented_control(key=inputs.key_of(session(app), (*APPETITE, "kind"))).set_value("pounds").run()


def keep(app: AppTest) -> None:
    next(button for button in app.button if button.label == KEEP).click().run()
    assert not app.exception


def opened(own: bool) -> AppTest:
    """A partner's limits taken over from its word, on the page or on a screen of its own."""
    scenario = presets.preset(presets.FIRST)
    asking = scenario.providers[3].edited(appetite=InWords(word="open"))
    scenario = scenario.edited(providers=(*scenario.providers[:3], asking, *scenario.providers[4:]))
    if own:
        app = shared(scenario)[1]("room", WHO)
    else:
        app = page(scenario, "What each accepts")
        next(box for box in app.selectbox if box.label == "Whose appetite").set_value(WHO).run()
    in_pounds_of(app)
    return app


@pytest.mark.parametrize("own", [False, True])
def test_limits_that_are_left_from_a_word_are_named_and_emptied_in_one_step(own: bool) -> None:
    app = opened(own)
    assert "Left from" not in said(app)
    entry(app, "Loss that must stay unlikely").set_value("£30,000").run()
    entry(app, "At most this likely").set_value("5").run()
    assert LEFT in said(app) and "; reserves below £" in said(app) and "; risk tolerance £" in said(app)
    before, steps = session(app).document, len(session(app).done)
    keep(app)
    assert session(app).scenario.providers[3].appetite == InPounds(loss=30_000.0, loss_chance=0.05)
    assert "Left from" not in said(app)
    assert len(session(app).done) == steps + 1
    session(app).step(back=True)
    assert session(app).document == before


def test_what_is_typed_in_the_same_breath_is_kept() -> None:
    app = opened(own=False)
    entry(app, "Loss that must stay unlikely").set_value("£30,000").run()
    entry(app, "Worst 1 in 20").set_value("£25k")
    keep(app)
    assert session(app).scenario.providers[3].appetite == InPounds(
        loss=30_000.0, loss_chance=CONVENTION["open"].loss_chance, worst=25_000.0
    )


def test_fields_keep_their_places_whether_anything_is_left_over_or_not() -> None:
    app = opened(own=False)
    before = [(box.key, box.label) for box in app.text_input]
    entry(app, "Loss that must stay unlikely").set_value("£30,000").run()
    assert LEFT in said(app)
    assert [(box.key, box.label) for box in app.text_input] == before


def left(loss: float, loss_chance: float = 0.05) -> Scenario:
    """A charity that put its own large loss where the others of its limits are still those of 'open'."""
    scenario = presets.preset("small-charities")
    i = [one.name for one in scenario.providers].index(PEER)
    word = scenario.providers[i].edited(appetite=InWords(word="open"))
    asking = scenario.edited(providers=(*scenario.providers[:i], word, *scenario.providers[i + 1 :]))
    own = in_pounds(standings(asking)[i].limits).edited(loss=loss, loss_chance=loss_chance)
    return scenario.edited(providers=(*scenario.providers[:i], word.edited(appetite=own), *scenario.providers[i + 1 :]))


def of(kind: str, scenario: Scenario) -> AppTest:
    module = test_joining if kind == "joining" else test_appetite
    return module.shown(scenario, PEER)


@pytest.mark.parametrize("kind", ["joining", "board"])
def test_a_verdict_tells_what_was_entered_from_what_is_left_and_can_drop_it(kind: str) -> None:
    app = of(kind, left(90e3, 0.5))
    told = said(app).replace("\u2060", "")
    assert (
        f"{ENTERED}90k in at most 50% of futures; left from 'open', unless its board has said the same: worst 1 in 20"
        in told
    )
    assert "**What decides was not entered but is left from 'open'**: worst 1 in 20 on average at most £" in told
    assert "Held only to what was entered, it would accept." in told
    assert "Limits entered for it" not in told
    keep(app)
    told = said(app).replace("\u2060", "")
    assert "left from 'open'" not in told and not any(button.label == KEEP for button in app.button)
    assert ("Yes" in app.title[0].value) if kind == "joining" else ("inside its limits" in app.title[0].value)


def test_a_verdict_that_rests_on_what_was_entered_is_not_put_on_what_is_left() -> None:
    app = of("joining", left(1.0, 0.0))
    assert "left from 'open'" in said(app) and "What decides was not entered" not in said(app)
    keep(app)
    assert "would refuse" in app.title[0].value


@pytest.mark.parametrize("kind", ["joining", "board"])
def test_papers_tell_them_apart_too(kind: str) -> None:
    about = " ".join(made(kind, left(90e3, 0.5), PEER).about).replace("\u2060", "")
    assert (
        f"{ENTERED}90k in at most 50% of futures; left from 'open', unless its board has said the same: worst 1 in 20"
        in about
    )
    assert "What decides was not entered but is left from 'open': worst 1 in 20 on average at most £" in about
