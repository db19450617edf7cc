"""Other screens on a draft: they follow, change nothing, and keep one partner's own figures apart until revealed."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from data import drafts, own, presets, room
from model.differences import differences
from model.documents import to_document
from tests.pages.sharing import WHO, opened, session
from ui import downloads, edits, in_numbers, nowhere, rooms, signing
from ui.range_words import unformatted
from ui.rooms import reveal

SPREAD = "Scale (%)"


@pytest.fixture
def host() -> AppTest:
    app = opened("room")
    session(app).draws = 1_024
    session(app).keep()
    next(b for b in app.button if b.label == "Share this screen").click().run()
    return app


def link(host: AppTest, partner: str = "") -> str:
    return room.links(session(host).draft)[partner]


def charity(host: AppTest) -> AppTest:
    return opened("room", f=link(host, WHO))


def waiting(host: AppTest) -> dict[str, dict[str, Any]]:
    """What partners of the alliance on the screen have entered for themselves."""
    return room.entered(session(host).draft, session(host).alliance)


def spread(app: AppTest, text: str) -> None:
    next(i for i in app.text_input if i.label == SPREAD).set_value(text).run()
    assert not app.exception


def test_a_draft_is_shared_only_once_somebody_says_so_and_no_more_once_it_ends(host: AppTest) -> None:
    assert "None of six partners has figures that wait" in host.title[0].value
    draft = session(host).draft
    assert set(room.links(draft)) == {
        "",
        *(one.name for one in session(host).scenario.providers),
        "Council",
        "NHS commissioner",
    }
    assert len({*room.links(draft).values(), draft}) == 8
    follower = opened("baseline", f=link(host))
    next(b for b in host.button if b.label == "End it").click().run()
    assert room.links(draft) == {}
    assert "Nobody can follow this screen yet" in host.title[0].value
    assert any("You follow another screen" in m.value for m in follower.markdown)
    follower.run()
    assert any("ended sharing" in i.value for i in follower.info)
    assert not any("You follow another screen" in m.value for m in follower.markdown)


def test_a_link_that_leads_nowhere_shows_no_figures_and_says_whom_to_ask(host: AppTest) -> None:
    room.end(session(host).draft)
    app = opened("overview", f="nonsense")
    assert [one.value for one in app.title] == [nowhere.ENDED]
    assert "Ask the facilitator" in app.markdown[-1].value
    assert not app.metric and not app.table and [b.label for b in app.button] == [nowhere.ALONE]
    app.button[0].click().run()
    assert not app.exception and app.metric


def shown_codes(app: AppTest) -> list[str]:
    return [html.proto.body for html in app.get("html") if "QR code of" in html.proto.body]


def test_the_link_to_follow_is_a_code_to_photograph_with_its_address_in_text(host: AppTest) -> None:
    (code,) = shown_codes(host)
    assert f'alt="QR code of {host.code[0].value}"' in code
    assert host.code[0].value.endswith(link(host))


def test_partners_own_links_are_downloaded_without_being_shown(host: AppTest) -> None:
    (download,) = host.get("download_button")
    assert download.proto.label == "Download each partner's link"
    assert not any(link(host, WHO) in code.value for code in host.code)


def test_a_partners_own_code_is_shown_only_when_asked_for(host: AppTest) -> None:
    host.session_state["own-links"] = True
    host.run()
    assert len(shown_codes(host)) == 1
    next(box for box in host.selectbox if box.label == "Show the code of").select(WHO).run()
    assert not host.exception
    assert link(host, WHO) in shown_codes(host)[1]


def test_a_screen_that_follows_shows_each_edit_and_changes_nothing(host: AppTest) -> None:
    follower = opened("baseline", f=link(host))
    assert session(follower).draft == session(host).draft
    assert session(follower).draft not in str(follower.query_params)
    fee = next(i for i in follower.text_input if i.label == f"Fee (%), {WHO}")
    assert fee.disabled and fee.value == "7"
    session(host).write(("providers", 3, "fee_rate"), 0.08)
    follower.run()
    assert next(i for i in follower.text_input if i.label == f"Fee (%), {WHO}").value == "8"
    before = session(host).document
    session(follower).write(("providers", 3, "fee_rate"), 0.5)
    assert session(follower).document == before
    assert "nothing can be changed here" in session(follower).news
    session(follower).begin(presets.preset("small-charities"))
    assert session(follower).document == before
    session(host).catch_up()
    assert session(host).document == before
    assert drafts.revision(session(host).draft) == session(host).stored.revision


def test_a_screen_that_follows_says_what_just_changed_in_the_same_words(host: AppTest) -> None:
    guest = opened("overview", f=link(host))
    host.switch_page("pages/overview.py").run()
    session(host).write(("risk_share", "pain_bands", 0, "share"), 0.3)
    session(host).replace({**session(host).document, "name": "Another"}, act="Called by another name")

    def told(app: AppTest) -> str:
        app.run()
        assert not app.exception
        return next((m.value for m in app.markdown if "What just changed" in m.value), "")

    assert "Called by another name" in told(guest)
    assert "Called by another name" in told(host)
    session(host).write(("risk_share", "pain_bands", 0, "share"), 0.2)
    session(host).refresh()
    assert told(guest) == told(host) != ""
    session(host).step(back=True)
    assert told(guest) == told(host) != ""


def test_another_alliance_is_no_change_of_this_one_on_any_screen(host: AppTest) -> None:
    guest = opened("overview", f=link(host))
    host.switch_page("pages/overview.py").run()

    def told() -> list[str]:
        """What each of the two screens says."""
        screens = [app.run() for app in (host, guest)]
        assert not any(app.exception for app in screens)
        return [next((m.value for m in app.markdown if "What just changed" in m.value), "") for app in screens]

    session(host).begin(presets.preset("small-charities"), "small-charities")
    assert told() == ["", ""]
    session(host).step(back=True)
    assert told() == ["", ""]
    session(host).step(back=False)
    assert told() == ["", ""]
    session(host).step(back=True)
    assert told() == ["", ""]
    session(host).write(("risk_share", "pain_bands", 0, "share"), 0.3)
    edited = told()
    assert "joined" not in edited[0] and edited == [edited[0]] * 2 != ["", ""]
    session(host).begin(presets.preset("small-charities"), "small-charities")
    assert told() == ["", ""]
    session(host).step(back=True)
    assert told() == edited
    session(host).begin(presets.preset("small-charities"), "small-charities")
    told()
    session(host).begin(presets.preset(presets.FIRST), presets.FIRST)
    assert told() == ["", ""]


def test_a_second_tab_does_not_tell_an_alliance_that_the_first_loaded_as_a_change(host: AppTest) -> None:
    other = opened("overview", s=session(host).draft)
    session(other).write(("risk_share", "pain_bands", 0, "share"), 0.3)
    assert any("What just changed" in one.value for one in other.run().markdown)
    session(host).begin(presets.preset("small-charities"), "small-charities")
    assert not any("What just changed" in one.value for one in other.run().markdown)
    assert session(other).scenario.name == presets.preset("small-charities").name


def test_a_screen_that_follows_has_its_levers_in_percent(host: AppTest) -> None:
    said = [one.value for one in opened("overview", f=link(host)).markdown]
    assert any(one.startswith("Providers' share of overspends") and one.endswith(": **50%**") for one in said)


def test_a_screen_that_follows_says_so(host: AppTest) -> None:
    follows = "You follow another screen"
    assert any(follows in one.value for one in opened("overview", f=link(host)).markdown)
    assert not any(follows in one.value for one in host.markdown)


def test_nothing_on_any_page_of_a_screen_that_follows_can_be_typed_into(host: AppTest) -> None:
    for page in ("baseline", "framework", "risk_share", "uncertainty", "acceptance"):
        app = opened(page, f=link(host))
        inputs = [*app.text_input, *app.toggle, *app.multiselect]
        assert inputs or page == "acceptance"
        assert all(one.disabled for one in inputs)


def test_a_partners_own_figures_are_seen_by_nobody_else_until_they_are_revealed(host: AppTest) -> None:
    shared = session(host).document
    guest, other = charity(host), opened("overview", f=link(host, "Community charity"))
    assert f"Only you see what you enter here for {WHO}" in guest.title[0].value
    assert any("what stands here now, everybody sees" in one.value for one in guest.markdown)
    spread(guest, "9")
    assert not any("what stands here now, everybody sees" in one.value for one in guest.markdown)
    assert session(guest).document["providers"][3]["cost_deviation"]["scale"] == pytest.approx(0.09)
    for app in (host, other):
        app.run()
        assert session(app).document == shared
    host.switch_page("pages/room.py").run()
    assert f"{WHO} has entered figures that nobody else has seen" in host.title[0].value
    assert "0.09" not in str(host.markdown)
    again = opened("room", f=link(host, WHO))
    assert session(again).document["providers"][3]["cost_deviation"]["scale"] == pytest.approx(0.09)

    reveal(session(host))
    told = session(host).document["providers"][3]["cost_deviation"]
    assert told["kind"] == "pool"
    assert [(view["name"], view["weight"], view["view"]["scale"]) for view in told["views"]] == [
        ("So far", 1.0, shared["providers"][3]["cost_deviation"]["scale"]),
        (f"{WHO}, in the room", 1.0, 0.09),
    ]
    assert not session(host).problems
    for app in (guest, other):
        app.run()
        assert session(app).document == session(host).document
    assert "is revealed: everybody sees it now" in guest.title[0].value
    assert any("What you entered for Recovery charity is revealed" in one.value for one in guest.info)
    assert not other.info
    assert any("✓ revealed" in one.value for one in host.run().markdown)
    session(host).step(back=True)
    assert session(host).document == shared
    states = [one.value for one in host.run().markdown if one.value.startswith(f"**{WHO}**")]
    assert "taken back" in states[0] and "✓" not in states[0]
    session(host).step(back=False)
    assert any("✓ revealed" in one.value for one in host.run().markdown)
    guest.run()
    assert session(guest).document == session(host).document
    session(host).step(back=True)
    guest.run()
    assert any("waits here again; whoever was looking may have seen it." in one.value for one in guest.info)
    assert session(guest).document["providers"][3]["cost_deviation"]["scale"] == pytest.approx(0.09)
    assert "Only you see what you enter here" in guest.title[0].value
    other.run()
    assert session(other).document == shared
    reveal(session(host))
    assert session(host).document["providers"][3]["cost_deviation"] == told
    spread(guest, "8")
    assert "Only you see what you enter here" in guest.title[0].value


def test_an_appetite_that_is_revealed_is_told_to_its_partner_and_to_everybody(host: AppTest) -> None:
    guest = charity(host)
    path = ("providers", 3, "appetite")
    session(guest).write(path, {"kind": "words", "word": "minimal"})
    guest.run()
    reveal(session(host))
    guest.run()
    assert "is revealed: everybody sees it now" in guest.title[0].value
    host.switch_page("pages/overview.py").run()
    said = next(m.value for m in host.markdown if "What just changed" in m.value)
    assert f"Revealed by {WHO} (Appetite\\: open → minimal)" in said


def test_an_estimate_that_is_revealed_is_told_with_the_partners_own_figures(host: AppTest) -> None:
    path = ("providers", 3, "cost_deviation")
    guest = charity(host)
    session(guest).write((*path, "centre"), 0.06)
    reveal(session(host))
    said = session(host).act
    assert f"Revealed by {WHO} (its cost of a year against plan, counted half, beside what stood there: 9 in 10" in said
    assert "middle 6%" in said and "student" not in said
    host.switch_page("pages/overview.py").run()
    session(host).step(back=True)
    assert session(host).act == f"Undone: Revealed by {WHO}"
    told = next(one.value for one in host.run().markdown if "What just changed" in one.value)
    assert f"Undone: Revealed by {WHO}: " in unformatted(told), "its figures are nobody else's again"
    session(host).step(back=False)
    assert session(host).act == said


def test_sharing_that_ends_is_told_at_once_and_the_screen_rests(host: AppTest) -> None:
    guest = charity(host)
    spread(guest, "9")
    following = session(guest)
    host.run()
    ending = [b.label for b in host.button if b.label.startswith("End sharing")]
    assert ending == ["End sharing and forget what is not revealed"]
    assert any(f"What {WHO} entered was not revealed; it is forgotten" in one.value for one in host.markdown)
    room.end(session(host).draft)
    assert following.behind()
    guest.run()
    assert "Sharing has ended" in guest.title[0].value
    session(host).write(("providers", 0, "fee_rate"), 0.05)  # what comes later is none of its business
    assert not following.behind()


def test_a_partner_changes_its_own_figures_only_and_keeps_them_while_others_edit(host: AppTest) -> None:
    guest = charity(host)
    spread(guest, "9")
    session(host).write(("providers", 0, "fee_rate"), 0.05)
    guest.run()
    assert session(guest).document["providers"][0]["fee_rate"] == 0.05
    assert session(guest).document["providers"][3]["cost_deviation"]["scale"] == pytest.approx(0.09)
    session(guest).write(("providers", 0, "appetite", "word"), "averse")
    assert session(guest).document["providers"][0]["appetite"] == session(host).document["providers"][0]["appetite"]
    assert f"Here only {WHO}'s own appetite" in session(guest).news
    session(guest).write(("providers", 3, "appetite"), {"kind": "words", "word": "averse"})
    assert waiting(host)[WHO]["appetite"] == {"kind": "words", "word": "averse"}
    session(guest).step(back=True)
    assert set(waiting(host)[WHO]) == {"cost_deviation"}


def test_own_figures_that_are_those_of_everybody_are_nothing_to_reveal(host: AppTest) -> None:
    guest = charity(host)
    was = session(guest).document["providers"][3]["cost_deviation"]
    spread(guest, "9")
    assert WHO in waiting(host)
    session(guest).write(("providers", 3, "cost_deviation"), was)
    assert waiting(host) == {}


def test_what_a_partner_has_not_entered_follows_the_others_and_is_not_revealed(host: AppTest) -> None:
    guest = charity(host)
    session(guest).write(("providers", 3, "appetite"), {"kind": "words", "word": "averse"})
    spread = {"kind": "normal", "mean": 0.0, "sd": 0.03}
    session(host).write(("providers", 3, "cost_deviation"), spread)
    guest.run()
    assert session(guest).document["providers"][3]["cost_deviation"] == spread
    reveal(session(host))
    assert session(host).document["providers"][3]["cost_deviation"] == spread
    assert session(host).document["providers"][3]["appetite"] == {"kind": "words", "word": "averse"}


def test_a_commissioner_enters_its_appetite(host: AppTest) -> None:
    guest = opened("room", f=link(host, "Council"))
    assert "for Council" in guest.title[0].value
    assert not any(i.label == SPREAD for i in guest.text_input)
    session(guest).write(("commissioners", 0, "appetite"), {"kind": "words", "word": "averse"})
    assert "Council" in waiting(host)


OTHER = "Another name"


def labels(app: AppTest) -> list[str]:
    return [b.label for b in app.button]


def test_a_renamed_partner_keeps_its_link_and_what_waits_there(host: AppTest) -> None:
    guest = charity(host)
    spread(guest, "9")
    edits.write(session(host), ("providers", 3, "name"), OTHER)
    guest.run()
    assert not guest.exception
    assert f"Only you see what you enter here for {OTHER}" in guest.title[0].value
    assert any(f"has renamed {WHO} to {OTHER}" in one.value for one in guest.info)
    assert session(guest).document["providers"][3]["cost_deviation"]["scale"] == pytest.approx(0.09)
    host.run()
    assert f"{OTHER} has entered figures" in host.title[0].value
    assert "Make the links that are missing" not in labels(host)
    spread(guest, "8")
    next(b for b in host.run().button if b.label == f"Reveal what {OTHER} entered").click().run()
    assert session(host).document["providers"][3]["cost_deviation"]["views"][1]["view"]["scale"] == 0.08
    guest.run()
    assert f"What you entered for {OTHER} is revealed" in guest.title[0].value


def test_undo_and_redo_of_a_new_name_take_the_link_and_what_waits_along(host: AppTest) -> None:
    guest = charity(host)
    spread(guest, "9")
    edits.write(session(host), ("providers", 3, "name"), OTHER)
    for back, name in ((True, WHO), (False, OTHER), (True, WHO)):
        session(host).step(back=back)
        assert set(waiting(host)) == {name}
        guest.run()
        assert f"Only you see what you enter here for {name}" in guest.title[0].value
        assert session(guest).document["providers"][3]["cost_deviation"]["scale"] == pytest.approx(0.09)


def test_a_new_name_after_a_reveal_takes_along_that_it_was_revealed(host: AppTest) -> None:
    guest = charity(host)
    spread(guest, "9")
    reveal(session(host))
    edits.write(session(host), ("providers", 3, "name"), OTHER)
    assert any(f"**{OTHER}** :small[✓ revealed" in one.value for one in host.run().markdown)
    session(host).step(back=True)
    session(host).step(back=True)
    assert set(waiting(host)) == {WHO}


def test_who_reveals_again_under_a_new_name_has_one_view_and_not_two(host: AppTest) -> None:
    guest = charity(host)
    spread(guest, "9")
    reveal(session(host))
    shared = session(host).document
    edits.write(session(host), ("providers", 3, "name"), OTHER)
    assert differences(shared, session(host).document) == [f"{WHO} is now called {OTHER}"]
    guest.run()
    session(guest).write(("providers", 3, "cost_deviation"), {"kind": "normal", "mean": 0.0, "sd": 0.03})
    reveal(session(host))
    views = session(host).document["providers"][3]["cost_deviation"]["views"]
    assert [(view["name"], view["view"].get("sd")) for view in views] == [
        ("So far", None),
        (f"{OTHER}, in the room", 0.03),
    ]


def test_what_is_typed_while_the_name_changes_is_kept_under_the_new_one(host: AppTest) -> None:
    guest = charity(host)
    edits.write(session(host), ("providers", 3, "name"), OTHER)
    session(guest).write(("providers", 3, "appetite"), {"kind": "words", "word": "averse"})
    assert set(waiting(host)) == {OTHER}


def test_a_name_that_one_removed_had_does_not_give_its_link_anothers_figures(host: AppTest) -> None:
    charities, peers = charity(host), opened("room", f=link(host, "Community charity"))
    spread(peers, "9")
    session(host).replace(edits.without(session(host).document, ("providers", 2)))
    edits.write(session(host), ("providers", 2, "name"), "Community charity")
    assert waiting(host) == {}
    charities.run()
    assert "for Community charity" in charities.title[0].value
    assert session(peers).behind()
    peers.run()
    assert "Sharing has ended" in peers.title[0].value


def test_a_removed_partner_is_told_so_and_does_not_count_as_waiting(host: AppTest) -> None:
    guest = charity(host)
    spread(guest, "9")
    session(host).replace(edits.without(session(host).document, ("providers", 3)))
    guest.run()
    assert not guest.exception
    assert guest.title[0].value == f"{WHO} is not in this alliance any more"
    assert any(f"{WHO} is not in this alliance any more" in one.value for one in guest.info)
    assert not any("taken back" in one.value for one in guest.info)
    host.run()
    assert "None of five partners has figures that wait" in host.title[0].value
    assert any("is not in this alliance any more" in one.value for one in host.markdown)
    assert next(b for b in host.button if b.label == "Nothing to reveal yet").disabled
    assert "End sharing and forget what is not revealed" in labels(host)
    reveal(session(host))
    assert "Nothing was revealed" in session(host).news
    session(host).step(back=True)
    guest.run()
    assert any(f"{WHO} is in this alliance again" in one.value for one in guest.info)
    assert f"Only you see what you enter here for {WHO}" in guest.title[0].value
    assert session(guest).document["providers"][3]["cost_deviation"]["scale"] == pytest.approx(0.09)


def test_what_was_revealed_is_known_and_can_be_taken_back_after_a_reload(host: AppTest) -> None:
    session(charity(host)).write(("providers", 3, "cost_deviation", "centre"), 0.06)
    reveal(session(host))
    again, guest = opened("room", s=session(host).draft), charity(host)
    assert any(one.value.startswith(f"**{WHO}**") and "✓ revealed" in one.value for one in again.markdown)
    assert f"What you entered for {WHO} is revealed" in guest.title[0].value
    session(again).step(back=True)
    assert waiting(again)[WHO]["cost_deviation"]["centre"] == 0.06
    assert f"Undone: Revealed by {WHO}:" in signing.told(session(again))[0].replace("\\", "")
    guest.run()
    assert f"Only you see what you enter here for {WHO}" in guest.title[0].value
    assert session(guest).document["providers"][3]["cost_deviation"]["centre"] == 0.06
    session(again).step(back=False)
    assert waiting(again) == {}


def test_a_reveal_is_told_in_its_words_when_it_is_done_again(host: AppTest) -> None:
    session(charity(host)).write(("providers", 3, "cost_deviation", "centre"), 0.06)
    reveal(session(host))
    session(host).step(back=True)
    undone = signing.told(session(host))[0]
    session(host).step(back=False)
    again = signing.told(session(host))[0]
    assert "Undone: Revealed by" in undone.replace("\\", "")
    assert f"Revealed by {WHO} (its cost of a year against plan" in again.replace("\\", "")
    assert "pooled" not in undone + again
    follower = opened("overview", f=link(host))
    session(host).step(back=True)
    follower.run()
    session(host).step(back=False)
    follower.run()
    assert any(f"Revealed by {WHO} (its cost of a year" in one.value.replace("\\", "") for one in follower.markdown)


def test_what_cannot_be_used_yet_waits_while_the_others_figures_are_revealed(host: AppTest) -> None:
    spread(charity(host), "-9")
    council = opened("room", f=link(host, "Council"))
    session(council).write(("commissioners", 0, "appetite"), {"kind": "words", "word": "minimal"})
    host.run()
    assert any(WHO in one.value and "cannot be used yet" in one.value for one in host.markdown)
    assert "Council has entered figures that nobody else has seen" in host.title[0].value
    reveal(session(host))
    assert "Revealed: what Council (appetite) entered" in session(host).news
    assert f"What {WHO} entered is not revealed" in session(host).news
    assert session(host).problems == ()
    assert list(waiting(host)) == [WHO]
    spread(charity(host), "9")
    reveal(session(host))
    assert "is not revealed" not in session(host).news
    assert session(host).document["providers"][3]["cost_deviation"]["kind"] == "pool"


def test_undoing_all_lets_what_was_revealed_wait_again(host: AppTest) -> None:
    guest = charity(host)
    spread(guest, "9")
    reveal(session(host))
    session(host).write(("name",), "Another name of the alliance")
    session(host).start_over()
    host.run()
    guest.run()
    assert host.title[0].value == f"Figures wait to be revealed: of {WHO} (taken back)"
    assert f"Only you see what you enter here for {WHO}" in guest.title[0].value
    assert session(guest).document["providers"][3]["cost_deviation"]["scale"] == pytest.approx(0.09)
    session(host).step(back=True)
    host.run()
    assert "None of six partners" in host.title[0].value
    assert WHO not in waiting(host)


def test_three_figures_that_were_only_asked_for_are_nothing_to_reveal(host: AppTest) -> None:
    guest = charity(host)
    guest.button(key="three-cost_deviation").click().run()
    host.run()
    assert "None of six partners has figures that wait" in host.title[0].value
    assert any("Nothing of yours waits to be revealed" in one.value for one in guest.markdown)
    assert not any("not revealed yet" in one.value for one in guest.markdown)
    known = rooms._waiting(session(host))
    reveal(session(host))
    assert "Nothing was revealed" in session(host).news
    assert WHO in waiting(host), "the form that it asked for stays"
    next(one for one in guest.text_input if one.label == "1 in 10 is above (%)").set_value("14").run()
    assert rooms._waiting(session(host)) != known, "which the facilitator's screen looks for"
    host.run()
    assert f"{WHO} has entered figures" in host.title[0].value


def test_an_appetite_that_was_only_put_into_pounds_is_nothing_to_reveal(host: AppTest) -> None:
    guest = charity(host)
    next(one for one in guest.segmented_control if "stated" in one.label.lower()).set_value("pounds").run()
    assert session(guest).value(("providers", 3, "appetite", "kind")) == "pounds"
    host.run()
    assert "None of six partners has figures that wait" in host.title[0].value
    session(guest).write(("providers", 3, "appetite", "worst"), 100_000.0)
    host.run()
    assert f"{WHO} has entered figures" in host.title[0].value


def test_what_several_reveal_is_told_by_their_names_alone(host: AppTest) -> None:
    for name, path in ((WHO, ("providers", 3)), ("Council", ("commissioners", 0))):
        word = {"kind": "words", "word": "minimal"}
        session(opened("room", f=link(host, name))).write((*path, "appetite"), word)
    reveal(session(host))
    host.switch_page("pages/overview.py").run()
    said = next(m.value for m in host.markdown if "What just changed" in m.value).replace("\\", "")
    assert f"Revealed by Council and {WHO}:" in said


def test_a_reveal_is_told_in_the_same_words_on_the_screen_of_the_partner_that_entered_it(host: AppTest) -> None:
    guest = opened("overview", f=link(host, WHO))
    session(guest).write(("providers", 3, "cost_deviation", "scale"), 0.09)
    host.switch_page("pages/overview.py").run()
    guest.run()
    reveal(session(host))
    said = [next(m.value for m in app.run().markdown if "What just changed" in m.value) for app in (host, guest)]
    assert "Revealed by" in said[0]
    assert said[0] == said[1]


@pytest.mark.parametrize("loss", [None, 9e6])
def test_a_reveal_says_what_it_changes_by_itself_in_the_words_of_what_just_changed(
    host: AppTest, loss: float | None
) -> None:
    session(host).write(("providers", 2, "fee_rate"), 0.2)  # which is not of the reveal
    guest = charity(host)
    if loss:
        session(guest).write(("providers", 3, "appetite"), {"kind": "pounds", "loss": loss})
    else:
        session(guest).write(("providers", 3, "cost_deviation", "scale"), 0.09)
    reveal(session(host))
    just = unformatted(signing.told(session(host))[0])
    effect = just.split("): ", 1)[1]
    assert effect.startswith("no partner's verdict changes; most moves for" if not loss else f"{WHO} now accepts")
    kind = "appetite" if loss else "costs"
    assert f"Revealed: what {WHO} ({kind}) entered is part of the design now: {effect}" in session(host).news
    assert "Community charity" not in session(host).news


def test_what_is_revealed_is_noted_with_who_stated_it_and_when(host: AppTest) -> None:
    guest = charity(host)
    before = session(host).scenario.providers[3]
    session(guest).write(("providers", 3, "appetite"), {"kind": "words", "word": "minimal"})
    session(guest).write(("providers", 3, "cost_deviation", "scale"), 0.09)
    reveal(session(host))
    after = {note.field: note for note in session(host).scenario.providers[3].sources}
    assert (after["appetite"].note, after["appetite"].owner) == (f"Stated by {WHO} itself, in the room.", WHO)
    assert after["appetite"].date == date.today().isoformat()
    former = next(note.note for note in before.sources if note.field == "cost_deviation")
    assert after["cost_deviation"].note == f"Stated by {WHO} itself, in the room. Beside it: {former}"
    untouched = {note.field: note for note in before.sources if note.field not in ("appetite", "cost_deviation")}
    assert {field: after[field] for field in untouched} == untouched


def test_a_reason_that_a_partner_gives_itself_is_the_note(host: AppTest) -> None:
    guest = charity(host)
    session(guest).write(("providers", 3, "appetite"), {"kind": "words", "word": "minimal"})
    others = [note for note in session(guest).value(("providers", 3, "sources")) if note["field"] != "appetite"]
    mine = {"field": "appetite", "note": "Our trustees, May.", "owner": "", "date": ""}
    session(guest).write(("providers", 3, "sources"), [*others, mine])
    reveal(session(host))
    assert [n.note for n in session(host).scenario.providers[3].sources if n.field == "appetite"] == [mine["note"]]


def test_every_page_of_a_partners_screen_says_that_its_own_figures_are_in_it(host: AppTest) -> None:
    guest = charity(host)
    said = f"with {WHO}'s own figures, not revealed yet"
    for screen in (guest, opened("overview", f=link(host, WHO))):
        assert not any(said in one.value for one in screen.markdown)
    session(guest).write(("providers", 3, "appetite"), {"kind": "words", "word": "minimal"})
    shown = opened("overview", f=link(host, WHO))
    assert any(said in one.value for one in shown.markdown)
    assert any("not revealed yet" in html.proto.body for html in shown.get("html")), "and in print"
    assert not any(said in one.value for one in opened("overview", f=link(host)).markdown)


def test_files_of_a_partners_screen_say_in_their_names_that_its_own_figures_are_in_them(host: AppTest) -> None:
    guest = opened("partners", f=link(host, WHO))

    def names(app: AppTest) -> list[str]:
        app.run()
        return [in_numbers.called(session(app), "all", ""), downloads.draws_name(session(app))]

    assert not any("unrevealed" in name for name in names(guest))
    session(guest).write(("providers", 3, "appetite"), {"kind": "words", "word": "minimal"})
    assert all(name.endswith("with-unrevealed-figures") for name in names(guest))
    assert not any("unrevealed" in name for name in names(opened("partners", f=link(host))))


# The figures themselves ------------------------------------------------------------------------------------------


def test_notes_on_own_figures_go_with_them_and_others_stay() -> None:
    document = to_document(presets.preset(presets.FIRST))
    mine = own.entries(document, WHO)
    assert mine is not None
    noted = mine | {"sources": [{"field": "appetite", "note": "Our trustees, May."}]}
    placed = own.placed(document, WHO, noted)
    kept = placed["providers"][3]["sources"]
    assert {"field": "appetite", "note": "Our trustees, May."} in kept
    others = [note for note in document["providers"][3]["sources"] if note["field"] not in own.OWN]
    assert [note for note in kept if note["field"] not in own.OWN] == others
    assert own.only_own(placed, document, WHO)
    placed["providers"][3]["fee_rate"] = 0.2
    assert not own.only_own(placed, document, WHO)


def test_who_reveals_twice_has_one_view_and_not_two() -> None:
    document = to_document(presets.preset(presets.FIRST))
    for scale in (0.07, 0.09):
        mine = own.entries(document, WHO)
        assert mine is not None
        view = {"kind": "normal", "mean": 0.0, "sd": scale}
        document = own.revealed(document, WHO, mine | {"cost_deviation": view})
    views = document["providers"][3]["cost_deviation"]["views"]
    assert [view["name"] for view in views] == ["So far", f"{WHO}, in the room"]
    assert views[1]["view"]["sd"] == 0.09


def test_whoever_has_no_name_owns_nothing() -> None:
    document = to_document(presets.preset(presets.FIRST))
    document["providers"][0]["name"] = ""
    assert own.entries(document, "") is None
    assert own.revealed(document, "Nobody", {"appetite": {}}) == document


def test_what_a_partner_is_typing_keeps_its_place_whatever_the_others_change(host: AppTest) -> None:
    guest = charity(host)

    def keys() -> set[str]:
        return {str(i.key) for i in guest.text_input}

    before = keys()
    session(host).replace(session(host).document | {"name": "Another name of the alliance"})
    guest.run()
    assert session(guest).scenario.name == "Another name of the alliance"
    assert keys() == before
    spread(guest, "9")
    assert keys() == before
    reveal(session(host))
    guest.run()
    assert keys() == before


def test_a_partner_may_say_how_sure_its_costs_are_in_three_figures_without_a_curve(host: AppTest) -> None:
    guest = charity(host)
    before = session(guest).scenario.providers[3].cost_deviation
    guest.button(key="three-cost_deviation").click().run()
    assert not guest.exception
    said = session(guest).document["providers"][3]["cost_deviation"]
    assert said["kind"] == "three_points" and said["p90"] == pytest.approx(before.ppf(np.array([0.9]))[0], abs=1e-4)
    assert not any(i.label == SPREAD for i in guest.text_input)
    next(i for i in guest.text_input if i.label == "1 in 10 is above (%)").set_value("11").run()
    assert session(guest).document["providers"][3]["cost_deviation"]["p90"] == 0.11
    assert "three_points" not in str(session(host).document["providers"][3])
    next(i for i in guest.text_input if i.label == "1 in 10 is below (%)").set_value("12").run()
    told = [one.value for one in guest.error]
    asked = "'1 in 10 is below', 'Middle: half below' and '1 in 10 is above' must rise in this order."
    assert told and all(f"Your cost of a year against plan: {asked}" in one for one in told)
    next(i for i in guest.text_input if i.label == "1 in 10 is below (%)").set_value("-900").run()
    told = [one.value for one in guest.error]
    assert told and all(
        "'Middle: half below' lies too close to '1 in 10 is below' or '1 in 10 is above'" in one for one in told
    )
