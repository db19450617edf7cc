"""Limits that are left from a word, beside others that were entered in pounds."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from data import own as entries
from data import presets
from model import stood
from model.acceptance import standings
from model.appetite import CONVENTION, InPounds, InWords, Yardstick, in_pounds, left_from
from model.fields import Path
from model.scenario import Scenario
from tests.pages import test_appetite, test_joining
from tests.pages.sharing import WHO, session, shared
from tests.pages.test_acceptance import entry
from tests.pages.test_acceptance import shown as page
from tests.pages.test_drivers import said
from tests.ui.written import made, texts
from ui import inputs, paper_pdf
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


def limits_of(app: AppTest) -> InPounds:
    """What was entered, but for what is noted on it."""
    found = session(app).scenario.providers[3].appetite
    assert isinstance(found, InPounds)
    return found.edited(sources=())


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
    assert limits_of(app) == InPounds(loss=30_000.0, loss_chance=0.05)
    assert "Left from" not in said(app)
    assert len(session(app).done) == steps + 1
    session(app).step(back=True)
    assert entries.in_order(session(app).document) == entries.in_order(before)  # notes have no order of their own


def test_what_is_typed_in_the_same_breath_is_kept() -> None:
    app = opened(own=False)
    entry(app, "Loss that must stay unlikely").set_value("£30,000").run()
    entry(app, "Worst 1 in 20").set_value("£25k")
    keep(app)
    assert limits_of(app) == InPounds(loss=30_000.0, loss_chance=CONVENTION["open"].loss_chance, worst=25_000.0)


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


STAYS = "A limit needs its chance: it stays 5% until one is entered under *But for a chance of*."


@pytest.mark.parametrize("own", [False, True])
def test_a_chance_that_was_left_alone_is_named_with_what_is_left_and_after_that_is_emptied(own: bool) -> None:
    app = opened(own)
    entry(app, "Loss that must stay unlikely").set_value("40,000").run()
    entry(app, "At most this likely").set_value("10").run()
    entry(app, "Reserves not below").set_value("20,000").run()
    beside = "the 5% chance beside reserves not below £20,000"
    assert f"; {beside}. {STAYS}" in said(app) and "the 10% chance" not in said(app)
    keep(app)
    assert f"**Not entered, but as it stood, unless your board has said the same**: {beside}. {STAYS}" in said(app)
    steps = len(session(app).done)
    entry(app, "But for a chance of").set_value("10").run()
    assert "Not entered" not in said(app) and len(session(app).done) == steps + 1
    session(app).step(back=True)
    app.run()
    assert beside in said(app)


def test_the_same_chance_is_entered_by_emptying_and_typing_it() -> None:
    app = opened(own=False)
    entry(app, "Reserves not below").set_value("20,000").run()
    assert "the 5% chance beside reserves" in said(app)
    entry(app, "But for a chance of").set_value("").run()
    assert not app.exception
    entry(app, "But for a chance of").set_value("5").run()
    assert "the 5% chance beside reserves" not in said(app) and limits_of(app).reserve_chance == 0.05


def test_the_chances_of_an_empty_form_are_not_entered_either() -> None:
    app = opened(own=False)
    for kind in ("none", "pounds"):
        app.segmented_control(key=inputs.key_of(session(app), (*APPETITE, "kind"))).set_value(kind).run()
    entry(app, "Most that may be lost in one year").set_value("9,000").run()
    entry(app, "Loss that must stay unlikely").set_value("40,000").run()
    told = said(app)
    assert (
        "the 10% chance beside a loss of more than £40,000; the 5% chance beside a loss of more than £9,000 in at"
        in told
    )
    assert "it stays 10% and 5% until one is entered" in told


def hers(**given: float) -> Scenario:
    """A charity that took over 'open', dropped what it had not entered, and typed these."""
    scenario = presets.preset("small-charities")
    i = [one.name for one in scenario.providers].index(PEER)
    own = stood.typed({**stood.begun(InPounds().model_dump(mode="json")), **given}, given)
    asking = scenario.providers[i].edited(appetite=InPounds.model_validate(own))
    return scenario.edited(providers=(*scenario.providers[:i], asking, *scenario.providers[i + 1 :]))


ALONE = {"loss": 40e3, "loss_chance": 0.1, "reserve_minimum": 20e3}
DECIDES = (
    "What decides was not entered but is as it stood{}: the 5% chance beside reserves not below £20,000; it comes to"
)


@pytest.mark.parametrize("kind", ["joining", "board"])
def test_a_verdict_that_hangs_on_a_chance_that_was_not_entered_says_so(kind: str) -> None:
    told = said(of(kind, hers(**ALONE))).replace("\u2060", "")
    paper = " ".join(made(kind, hers(**ALONE), PEER).about).replace("\u2060", "")
    assert DECIDES.format("**") in told and DECIDES.format("") in paper
    for text in (told, paper):
        if kind == "joining":
            assert "at most a 10% chance of losing more than £40k and a 5% chance (as it stood; not entered) of" in text
        else:
            assert text.count("5% chance beside reserves not below £20,000") == 1
    for chance in (0.05, 0.1):
        entered = said(of(kind, hers(**ALONE, reserve_chance=chance)))
        assert "as it stood" not in entered


@pytest.mark.parametrize("kind", ["joining", "board"])
def test_a_chance_beside_what_is_left_from_a_word_is_told_too(kind: str) -> None:
    scenario = left(40e3, 0.1)
    i = [one.name for one in scenario.providers].index(PEER)
    own = stood.begun(scenario.providers[i].appetite.model_dump(mode="json"))
    given = {"loss": 40e3, "loss_chance": 0.1, "reserve_minimum": 20e3}
    appetite = InPounds.model_validate(stood.typed({**own, **given}, given))
    partner = scenario.providers[i].edited(appetite=appetite)
    scenario = scenario.edited(providers=(*scenario.providers[:i], partner, *scenario.providers[i + 1 :]))
    about = " ".join(made(kind, scenario, PEER).about).replace("\u2060", "")
    assert "reserves below £20k in at most 5% of futures (as it stood; not entered); left from 'open'" in about
    assert "; the 5% chance beside reserves not below £20,000." in about
    assert "Held only to the others, chances as they stood, it would refuse as well." in about


def test_a_yes_gives_each_limit_its_figure_on_page_and_paper() -> None:
    scenario = hers(**ALONE, reserve_chance=0.1)
    pattern = r"passes both tests: [\d.]+% chance of losing more than £40k, of at most 10%; [\d.]+% chance of reserves "
    pattern += "below £20k, of at most 10%. Nearest to failing is "
    for text in (said(of("joining", scenario)), " ".join(texts(made("joining", scenario, PEER)))):
        assert re.search(pattern, text.replace("\u2060", ""))
    assert paper_pdf.pages(paper_pdf.written(made("joining", scenario, PEER))) == 2
