"""A partner's own undo on its own screen survives a reload, and stays its own."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import drafts, presets, room
from tests.pages.sharing import OTHER, WHO, charity, link, opened, session, waiting
from ui import edits, guest_words

APPETITE = ("providers", 3, "appetite")


def worded(app: AppTest, *words: str) -> None:
    """A partner states its appetite in one word after another."""
    for word in words:
        session(app).write(APPETITE, {"kind": "words", "word": word})


def word(app: AppTest) -> Any:
    return session(app).value(APPETITE)["word"]


def press(app: AppTest, label: str) -> None:
    button = next(one for one in app.button if one.label == label)
    assert not button.disabled
    button.click().run()
    assert not app.exception


def test_undo_and_redo_of_ones_own_entries_survive_a_reload(host: AppTest) -> None:
    app = charity(host)
    stood = word(app)
    worded(app, "averse", "hungry")
    again = charity(host)
    assert word(again) == "hungry"
    press(again, "Undo")
    assert word(again) == "averse" and waiting(host)[WHO]["appetite"]["word"] == "averse"
    once_more = charity(host)
    press(once_more, "Redo")
    assert word(once_more) == "hungry"
    press(once_more, "Undo")
    press(once_more, "Undo")
    assert word(once_more) == stood and waiting(host) == {}
    assert next(one for one in once_more.button if one.label == "Undo").disabled


def test_steps_are_kept_for_their_partner_alone_and_no_longer_than_sharing_lasts(host: AppTest) -> None:
    worded(charity(host), "averse", "hungry")
    draft = session(host).draft
    kept = drafts.find(draft)
    assert kept is None or "averse" not in kept.text
    for other in ("", "Community charity"):
        assert not session(opened("room", f=link(host, other))).done
    assert not session(host).done or "averse" not in session(host).done[-1]
    room.end(draft)
    assert room.remembered(draft, session(host).alliance, WHO) == {}


def test_an_undo_leaves_what_the_facilitator_has_changed_since(host: AppTest) -> None:
    app = charity(host)
    worded(app, "averse", "hungry")
    session(host).write(("providers", 0, "fee_rate"), 0.01)
    app.run()
    press(app, "Undo")
    assert word(app) == "averse"
    assert session(app).value(("providers", 0, "fee_rate")) == 0.01
    assert session(app).news != guest_words.ONLY_OWN.format(WHO)


def test_steps_go_with_a_new_name(host: AppTest) -> None:
    app = charity(host)
    worded(app, "averse", "hungry")
    edits.write(session(host), ("providers", 3, "name"), OTHER)
    press(app.run(), "Undo")
    assert word(app) == "averse"
    again = opened("room", f=link(host, OTHER))
    assert session(again).scenario.providers[3].name == OTHER
    press(again, "Undo")
    assert word(again) == session(host).value(APPETITE)["word"]
    assert waiting(host) == {}


@pytest.mark.parametrize("reloaded", [False, True])
def test_each_alliance_has_steps_of_its_own(host: AppTest, reloaded: bool) -> None:
    app = charity(host)
    worded(app, "averse", "hungry")
    session(host).begin(presets.preset("small-charities"), "small-charities")
    app.run()
    assert not session(app).done
    session(host).step(back=True)
    app = charity(host) if reloaded else app.run()
    press(app, "Undo")
    assert word(app) == "averse"
