"""Other screens on a draft: they follow, change nothing, and keep one partner's own figures apart until revealed."""

from socket import gethostname

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from data import drafts, own, presets, room
from model.documents import to_document
from tests.pages.sharing import OTHER, SPREAD, WHO, charity, link, opened, session, spread, waiting
from ui import downloads, edits, in_numbers, nowhere
from ui.rooms import reveal


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


def test_a_partners_own_link_is_shown_only_when_asked_for_and_no_other_with_it(host: AppTest) -> None:
    host.session_state["own-links"] = True
    host.run()
    assert len(shown_codes(host)) == len(host.code) == 1
    next(box for box in host.selectbox if box.label == "Show the link of").select(WHO).run()
    assert not host.exception
    assert link(host, WHO) in shown_codes(host)[1]
    assert [link(host, WHO) in one.value for one in host.code] == [False, True]


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


def test_a_commissioner_enters_its_appetite(host: AppTest) -> None:
    guest = opened("room", f=link(host, "Council"))
    assert "for Council" in guest.title[0].value
    assert not any(i.label == SPREAD for i in guest.text_input)
    session(guest).write(("commissioners", 0, "appetite"), {"kind": "words", "word": "averse"})
    assert "Council" in waiting(host)


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


def test_an_address_that_leads_no_phone_here_says_how_to_start_the_app_for_a_room() -> None:
    def page() -> None:
        from ui import rooms

        rooms._code("http://localhost:8501/room?f=one", "To follow.")
        rooms._code("http://meeting-laptop:8501/room?f=one", "To follow.")

    app = AppTest.from_function(page).run()
    assert not app.exception
    (warned,) = [one.value for one in app.warning]
    assert "**make run ADDRESS=0.0.0.0**" in warned and f"[http://{gethostname()}:8501](http://" in warned
