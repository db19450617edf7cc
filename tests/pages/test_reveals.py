"""What partners entered for themselves is revealed: to whom, how it is told, and how it is taken back."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data import own, presets
from model.differences import differences
from model.documents import to_document, to_json
from tests.pages.sharing import OTHER, WHO, charity, link, opened, session, spread, waiting
from ui import edits, rooms, scenario_files, signing
from ui.range_words import unformatted
from ui.rooms import reveal


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
    assert session(host).act == f"Redone: {said}"


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
    assert any(
        f"What {WHO} revealed was taken back with that\\: it waits again, and can be revealed on the page In the room."
        in one.value
        for one in host.info
    )
    assert any("waits here again; whoever was looking may have seen it." in one.value for one in guest.info)
    assert f"Only you see what you enter here for {WHO}" in guest.title[0].value
    assert session(guest).document["providers"][3]["cost_deviation"]["scale"] == pytest.approx(0.09)
    session(host).step(back=True)
    host.run()
    assert "None of six partners" in host.title[0].value
    assert WHO not in waiting(host)


def test_who_undoes_further_in_haste_still_reads_what_was_taken_back(host: AppTest) -> None:
    now = session(host)
    now.write(("risk_share", "total_pain_cap", "part"), 0.9)
    session(charity(host)).write(("providers", 3, "appetite"), {"kind": "words", "word": "minimal"})
    reveal(session(host))
    for _ in range(2):  # the reveal, then the edit before it
        session(host).step(back=True)
    assert f"What {WHO} revealed was taken back with that" in session(host).news
    session(host).step(back=False)
    session(host).step(back=False)
    assert not session(host).news


def test_undoing_all_on_another_page_says_what_was_taken_back_there_too(host: AppTest) -> None:
    session(charity(host)).write(("providers", 3, "appetite"), {"kind": "words", "word": "minimal"})
    reveal(session(host))
    session(host).write(("risk_share", "total_pain_cap", "part"), 0.9)
    host.switch_page("pages/overview.py").run()
    next(b for b in host.button if b.label == "Present").click().run()
    assert not host.info
    next(b for b in host.button if b.label == "Undo all").click().run()
    assert any(f"What {WHO} revealed was taken back with that" in one.value for one in host.info)
    session(host).step(back=True)
    host.run()
    assert not host.info, "undo brings the reveal back"
    session(host).step(back=False)
    host.run()
    assert any(f"What {WHO} revealed was taken back with that" in one.value for one in host.info)
    just = unformatted(signing.told(session(host))[0])
    assert "Redone: Cap on total pain is 100% again (was 90%)" in just and "Undone" not in just


def test_loading_the_starting_design_from_a_file_says_what_was_taken_back_too(host: AppTest) -> None:
    start = to_json(session(host).saved)
    session(charity(host)).write(("providers", 3, "appetite"), {"kind": "words", "word": "minimal"})
    reveal(session(host))
    scenario_files.take(session(host), "start.json", start.encode())
    assert "start.json was loaded" in session(host).news
    assert f"What {WHO} revealed was taken back with that" in session(host).news


def test_what_a_partner_typed_after_a_reveal_is_not_lost_when_that_is_taken_back(host: AppTest) -> None:
    guest = charity(host)
    spread(guest, "9")
    reveal(session(host))
    guest.run()
    spread(guest, "8")
    session(guest).write(("providers", 3, "appetite"), {"kind": "words", "word": "minimal"})
    session(host).write(("risk_share", "total_pain_cap", "part"), 0.9)
    session(host).start_over()
    guest.run()
    told = [one.value for one in guest.info]
    assert any("it waits here again" in one for one in told), told
    mine = waiting(host)[WHO]
    assert mine["cost_deviation"]["scale"] == pytest.approx(0.08)
    assert mine["appetite"]["word"] == "minimal"
    assert session(guest).document["providers"][3]["cost_deviation"]["scale"] == pytest.approx(0.08)


def test_a_partner_is_told_of_a_reveal_that_was_taken_back_while_its_screen_slept(host: AppTest) -> None:
    guest = charity(host)
    spread(guest, "9")
    reveal(session(host))
    session(host).start_over()
    session(host).write(("risk_share", "total_pain_cap", "part"), 0.9)
    guest.run()
    told = [one.value for one in guest.info]
    assert any("it waits here again" in one and "Cap on total pain" in one for one in told), told
    host.run()
    session(host).write(("risk_share", "total_pain_cap", "part"), 0.8)
    guest.run()
    assert not any("taken back" in one.value for one in guest.info), "it is told once"


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
