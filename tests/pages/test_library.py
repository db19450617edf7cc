"""The page of the library: saving, choosing where somebody else has saved, opening, agreeing, and files."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import drafts, exchange, library, positions, presets, room
from data.records import Version
from model.documents import to_document
from model.tables import partner_names
from tests.pages import sharing
from tests.pages.test_pages import ROOT, opened
from tests.people import ADA, BO, CY
from ui.designs import MOST
from ui.range_words import unformatted
from ui.session import STATE, Session

FIRST = presets.preset(presets.FIRST)
OTHER = presets.preset("small-charities")
TABS = ["Versions", "What differs", "Who has agreed", "Save", "Names and files", "People"]


pytestmark = pytest.mark.usefixtures("own_library")


def session_of(app: AppTest) -> Session:
    session: Session = app.session_state[STATE]
    return session


def begun() -> Version:
    return library.begin("Lambeth", "Draft", FIRST, ADA, "To begin with")


def saved(before: Version, why: str = "Others joined") -> Version:
    found = library.save(before.design, OTHER, before.id, ADA, why)
    assert isinstance(found, Version)
    return found


def shown(tab: str, version: Version | None = None) -> AppTest:
    """The page with one tab open, a version on the screen."""
    app = opened("library.py")
    if version:
        session_of(app).begin(library.scenario(version), version=version.id)
    app.session_state["library-tabs"] = tab
    app.run()
    assert not app.exception
    return app


def write(app: AppTest, label: str, text: str) -> None:
    next(box for box in app.text_input if box.label == label).set_value(text)


def choose(app: AppTest, label: str, what: str) -> None:
    next(one for one in app.segmented_control if one.label == label).set_value(what).run()


def bring(app: AppTest, text: bytes) -> None:
    uploader = next(one for one in app.file_uploader if one.label.startswith("Bring a library in"))
    uploader.set_value(("library.json", text, "application/json")).run()


def press(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    """What the page says, without the signs that keep text from being formatted."""
    return " ".join(each.value for each in (*app.markdown, *app.warning, *app.info, *app.success)).replace("\\", "")


def test_an_empty_library_says_so_and_the_first_save_fills_it() -> None:
    app = opened("library.py")
    assert app.title[0].value.startswith("No design is in use in the library")
    write(app, "Your name", "Ada")
    write(app, "Name of the new design", "Draft")
    app = press(app, "Save as a new design")
    assert [one.value for one in app.error] == ["Reason is empty; it needs a text."]
    write(app, "Reason for saving", "To begin with")
    app = press(app, "Save as a new design")
    assert not app.error
    assert app.title[0].value == "Version 1 of 'Draft' is the newest; no partner has said whether it accepts"
    assert "What is on the screen is version 1." in said(app)
    [alliance] = library.alliances(ADA)
    [version] = library.versions(library.designs(alliance.id, ADA)[0].id, ADA)
    assert (alliance.name, version.who, version.why) == (FIRST.name, "Ada", "To begin with")


def test_what_is_typed_on_the_way_to_saving_stays_while_pages_are_turned_and_figures_change() -> None:
    app = opened("library.py")
    for label, text in (("Your name", "Ada"), ("Reason for saving", "To begin"), ("Name of the new design", "Draft")):
        write(app, label, text)
    app.run()
    app.switch_page("pages/overview.py").run()
    session_of(app).write(("providers", 0, "fee_rate"), 0.06)
    session_of(app).refresh()
    app.switch_page("pages/library.py").run()
    kept = {box.label: box.value for box in app.text_input}
    assert (kept["Your name"], kept["Reason for saving"], kept["Name of the new design"]) == (
        "Ada",
        "To begin",
        "Draft",
    )
    press(app, "Save as a new design")
    assert not app.error
    app.session_state["library-tabs"] = "Save"
    app.run()
    assert next(box.value for box in app.text_input if box.label == "Reason for saving") == ""


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_answers_for_a_long_design_a_sealed_one_and_odd_names(tab: str) -> None:
    newest = begun()
    for i in range(4):
        newest = saved(newest, f"*Try* {i} of $1 & `two`")
    sealed = library.begin("Lambeth", "_Agreed_ $2", FIRST, BO, "For the boards", newest.id)
    for partner in partner_names(FIRST):
        positions.take(sealed.id, partner, "accept", "", CY)
    positions.put_seal(sealed.id, CY)
    for version in (newest, sealed):
        app = shown(tab, version)
        assert not app.error
        assert len(app.title[0].value.split()) > 5
        assert "`two`" not in said(app)


def test_the_table_has_the_newest_first_with_who_why_what_changed_and_who_accepts() -> None:
    first = begun()
    second = saved(first)
    positions.take(second.id, OTHER.providers[0].name, "accept", "", BO)
    app = shown("Versions", second)
    table = app.table[0].value
    table.index = table.index.str.replace("\u00a0", " ")
    assert list(table.index) == ["Version 2", "Version 1"]
    assert table.loc["Version 2", "Why"] == "Others joined"
    assert table.loc["Version 1", "What changed"] == "The first version"
    assert not table.loc["Version 2", "What changed"].startswith("Name")
    assert table.loc["Version 2", "What changed"].endswith(f"; {len(second.changed) - 3} more")
    many = len(partner_names(OTHER))
    assert table.loc["Version 2", "Partners"] == f"1 of {many} accept"


def test_what_was_edited_is_saved_as_the_next_version_with_its_changes_in_words() -> None:
    first = begun()
    app = shown("Save", first)
    session_of(app).write(("providers", 3, "fee_rate"), 0.09)
    app.run()
    assert "began as version 1; one entry has changed since" in said(app)
    assert "Recovery charity › Fee: 7% → 9%" in unformatted(said(app))
    write(app, "Your name", "Bo")
    write(app, "Reason for saving", "The charity asked")
    app = press(app, "Save")
    newest = library.versions(first.design, ADA)[0]
    assert (newest.number, newest.who, newest.changed) == (2, "Bo", ("Recovery charity › Fee: 7% → 9%",))
    assert not session_of(app).changed
    assert session_of(app).version == newest.id
    assert next(box.value for box in app.text_input if box.label == "Your name") == "Bo"


def moved() -> tuple[AppTest, Version]:
    """The page of somebody who began with version 1 and saves after version 2 was saved."""
    first = begun()
    app = shown("Save", first)
    second = saved(first)
    write(app, "Your name", "Bo")
    write(app, "Reason for saving", "Mine")
    app = press(app, "Save")
    assert library.versions(first.design, ADA)[0] == second
    assert "Nothing was saved: version 2 of 'Draft' is not what you began with" in said(app)
    assert "What yours would change in version 2" in said(app)
    return app, second


def test_who_saves_second_sees_the_difference_and_saves_on_top_knowingly() -> None:
    app, second = moved()
    app = press(app, "Save mine on top of version 2")
    assert not app.error
    newest = library.versions(second.design, ADA)[0]
    assert (newest.number, newest.parent, newest.who, newest.why) == (3, second.id, "Bo", "Mine")
    assert library.scenario(newest) == FIRST
    assert session_of(app).moved is None


def test_who_saves_second_may_open_the_other_version_and_undo_that() -> None:
    app, _ = moved()
    app = press(app, "Open version 2 instead")
    assert session_of(app).scenario == OTHER
    app = press(app, "Undo loading")
    assert session_of(app).document == to_document(FIRST)


def test_who_saves_second_may_begin_a_design_of_their_own() -> None:
    app, second = moved()
    app = press(app, "Back, to save mine as a new design")
    choose(app, "Save as", "A new design")
    write(app, "Name of the new design", "Mine")
    app = press(app, "Save as a new design")
    assert not app.error
    names = [one.name for one in library.designs(library.alliances(ADA)[0].id, ADA)]
    assert names == ["Draft", "Mine"]
    assert library.versions(second.design, ADA)[0] == second


def test_a_version_is_opened_on_all_pages_and_undo_brings_back_what_was() -> None:
    first = begun()
    saved(first)
    app = press(shown("Versions"), "Open it on all pages")
    assert session_of(app).scenario == OTHER
    app.switch_page("pages/overview.py").run()
    assert session_of(app).scenario == OTHER
    press(app, "Undo loading")
    assert session_of(app).scenario == FIRST


def test_an_older_version_becomes_the_newest_again() -> None:
    first = begun()
    second = saved(first)
    app = shown("Versions", second)
    next(box for box in app.selectbox if box.label == "Version to open or restore").set_value(first).run()
    write(app, "Your name", "Bo")
    write(app, "Reason", "They left again")
    press(app, "Save version 1 as the newest")
    newest = library.versions(first.design, ADA)[0]
    assert (newest.number, newest.why, library.scenario(newest)) == (3, "They left again", FIRST)


def test_partners_accept_one_by_one_until_the_version_can_be_sealed_and_is_closed() -> None:
    first = begun()
    app = shown("Who has agreed", first)
    write(app, "Your name", "Cy")
    for _ in partner_names(FIRST):
        assert not any(button.label == "Seal it as the agreed version" for button in app.button)
        assert "It can be sealed once everybody accepts without conditions. Missing: " in said(app)
        choose(app, "Position", "accept")
        app = press(app, "Record it")
    assert "all six partners accept it" in app.title[0].value
    assert next(button for button in app.button if button.label == "Seal it as the agreed version").disabled
    app = app.checkbox[0].check().run()
    app = press(app, "Seal it as the agreed version")
    assert app.title[0].value == "Version 1 of 'Draft' is agreed by everybody and sealed"
    assert not any(button.label == "Record it" for button in app.button)
    app.session_state["library-tabs"] = "Save"
    app.run()
    assert "is sealed, which closes its design" in said(app)
    assert not any(button.label == "Save" for button in app.button)


def told(app: AppTest) -> str:
    """What the page says of what was just done."""
    return " ".join(unformatted(one.value) for one in app.info)


def test_what_was_saved_is_told_until_the_next_action_which_says_that_it_was_done() -> None:
    first = begun()
    app = shown("Save", first)
    session_of(app).write(("providers", 3, "fee_rate"), 0.09)
    app.run()
    write(app, "Your name", "Bo")
    write(app, "Reason for saving", "The charity asked")
    app = press(app, "Save")
    assert "Saved: version 2 of 'Draft'." in told(app)
    app.session_state["library-tabs"] = "Who has agreed"
    app.run()
    choose(app, "Position", "accept")
    app = press(app, "Record it")
    assert "Saved" not in told(app)
    assert f"Recorded: {partner_names(FIRST)[0]}, accept, on version 2." in told(app)


@pytest.mark.parametrize("preset", [None, presets.FIRST])
def test_who_loaded_something_since_a_save_is_told_so(preset: str | None) -> None:
    first = begun()
    app = shown("Save", first)
    session_of(app).begin(FIRST.edited(name="Edited elsewhere"), preset)
    app.run()
    write(app, "Your name", "Bo")
    write(app, "Reason for saving", "Edited in a spreadsheet")
    app = press(app, "Save")
    why = "you began with: that was a preset, or one was loaded since"
    why = why if preset else "on the screen: a file was loaded since"
    assert f"Nothing was saved: version 1 of 'Draft' is not what {'' if preset else 'is '}{why}." in said(app)


def test_conditions_have_to_be_written_down() -> None:
    app = shown("Who has agreed", begun())
    write(app, "Your name", "Cy")
    assert next(button for button in app.button if button.label == "Record it").disabled
    choose(app, "Position", "accept with conditions")
    app = press(app, "Record it")
    assert "Which conditions" in app.error[0].value
    write(app, "Note, or the conditions", "A lower cap")
    app = press(app, "Record it")
    assert "◐ accepts with conditions" in app.table[0].value["Position"].to_list()
    whose = f"{partner_names(FIRST)[0]} accepts it with conditions"
    assert app.title[0].value.endswith(f"none of six partners accept it without conditions, {whose}")


def test_a_design_is_renamed_archived_and_taken_out_again() -> None:
    first = begun()
    library.begin("Lambeth", "Other", FIRST, ADA, "Another way")
    app = shown("Names and files", first)
    write(app, "Your name", "Bo")
    write(app, "Name of the design", "For the board")
    app = next(button for button in app.button if button.label == "Rename").click().run()
    assert library.design(first.design, ADA).name == "For the board"
    assert "Renamed from 'Draft' to 'For the board' · Bo" in said(app)
    app = press(app, "Archive the design")
    assert "'Other'" in app.title[0].value
    app.session_state["archived"] = True
    app.run()
    app = press(app, "Take out")
    assert not library.design(first.design, ADA).archived


@pytest.mark.parametrize("tab", TABS)
def test_what_others_rename_archive_and_save_meanwhile_is_followed(tab: str) -> None:
    first = begun()
    other = library.begin("Camden", "Another", OTHER, ADA, "To begin with")
    app = shown(tab, first)
    [camden, lambeth] = library.alliances(ADA)
    library.rename(lambeth, "Lambeth 2018", BO)
    saved(first)
    assert not app.run().exception
    assert app.title[0].value.startswith("Version 2 of 'Draft'")
    assert next(box for box in app.selectbox if box.label == "Alliance").value == lambeth.id
    library.archive(library.design(first.design, ADA), BO)
    assert not app.run().exception
    assert app.title[0].value.startswith("Version 1 of 'Another'")
    library.archive(camden, BO)
    assert not app.run().exception
    assert app.title[0].value.startswith("No design is in use in the library")
    assert library.version(other.id, ADA) == other


def test_a_library_is_brought_in_on_the_page() -> None:
    begun()
    app = shown("Names and files")
    text = exchange.whole(ADA).encode()
    bring(app, text)
    assert "0 new versions came in, 1 was here already" in said(app)
    bring(app, b"{}")
    assert "This is not a library" in app.error[0].value


def test_without_a_library_the_page_says_so_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/library")
    app = opened("library.py")
    assert not app.exception
    assert app.title[0].value == "The library cannot be read just now; everything else works"
    assert "does not answer" in said(app)
    assert not app.switch_page("pages/baseline.py").run().exception


def test_what_was_opened_from_another_library_is_saved_as_new(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = shown("Save", begun())
    monkeypatch.setattr(drafts, "FOLDER", tmp_path / "other")
    app.run()
    write(app, "Your name", "Bo")
    write(app, "Reason for saving", "Once more")
    write(app, "Name of the new design", "Draft")
    app = press(app, "Save as a new design")
    assert not app.error
    assert library.versions(library.designs(library.alliances(ADA)[0].id, ADA)[0].id, ADA)[0].parent is None


def test_the_version_on_the_screen_is_known_again_after_a_reload() -> None:
    first = begun()
    session = session_of(shown("Versions", first))
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page("pages/library.py")
    again.query_params["s"] = session.draft
    again.run()
    assert "What is on the screen is version 1." in said(again)


def test_a_screen_that_follows_sees_nothing_that_was_saved() -> None:
    first = begun()
    app = shown("Versions", first)
    room.share(session_of(app).draft, [])
    follower = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page("pages/library.py")
    follower.query_params["f"] = room.links(session_of(app).draft)[""]
    follower.run()
    assert not follower.exception
    assert follower.title[0].value == "The library is not part of what this screen follows"
    assert not follower.tabs
    assert not follower.selectbox or "Version" not in " ".join(box.label for box in follower.selectbox)
    assert "To begin with" not in said(follower)


def test_nothing_is_saved_while_an_entry_is_wrong() -> None:
    app = shown("Save", begun())
    session_of(app).write(("providers", 0, "fee_rate"), 3.0)
    app.run()
    assert "mend it first" in said(app)
    assert not any(button.label == "Save" for button in app.button)


def test_a_save_is_no_step_that_undo_goes_back_to() -> None:
    app = shown("Save", begun())
    session = app.session_state[STATE]
    steps = len(session.done)
    session.begin(session.scenario, session.preset, session.version)
    assert len(session.done) == steps


def on_compare(app: AppTest) -> AppTest:
    app.switch_page("pages/compare.py").run()
    assert not app.exception
    return app


def test_after_the_first_save_the_design_as_it_was_loaded_can_be_compared() -> None:
    app = opened("library.py")
    session = session_of(app)
    session.draws = 1_024
    session.write(("providers", 3, "fee_rate"), 0.09)
    app.run()
    write(app, "Your name", "Ada")
    write(app, "Reason for saving", "The charity asked")
    write(app, "Name of the new design", "Draft")
    press(app, "Save as a new design")
    loaded = "As loaded: Lambeth Living Well (illustrative)"
    assert session.designs == {loaded: FIRST}
    assert session.news == (
        "Saved: version 1 of 'Draft'. Changes are counted from this version now, which goes by its name on every page. "
        f"What was there before the first save is kept on Compare designs of this draft as '{loaded}'."
    )
    app = on_compare(app)
    assert next(box for box in app.selectbox if box.label == "Held against").value == loaded
    assert app.multiselect[0].value == ["Version 1 of Draft"]
    assert "design" in app.title[0].value


def test_what_was_no_preset_is_not_said_to_have_been_loaded_as_one() -> None:
    app = opened("library.py")
    session = session_of(app)
    session.begin(FIRST.edited(name="Our own alliance"))
    session.write(("providers", 3, "fee_rate"), 0.09)
    app.run()
    for label in ("Your name", "Reason for saving", "Name of the new design"):
        write(app, label, "Draft")
    press(app, "Save as a new design")
    assert list(session.designs) == ["As it began: Our own alliance"]


def test_after_a_save_earlier_versions_can_be_compared_and_the_last_of_them_is() -> None:
    first = begun()
    app = shown("Save", first)
    session = session_of(app)
    session.draws = 1_024
    for fee in (0.09, 0.08):
        session.write(("providers", 3, "fee_rate"), fee)
        app.run()
        write(app, "Your name", "Bo")
        write(app, "Reason for saving", f"A fee of {fee}")
        press(app, "Save")
    assert session.designs == {}
    app = on_compare(app)
    assert next(box for box in app.selectbox if box.label == "Held against").value == "Version 2 of Draft"
    assert app.multiselect[0].options == ["Version 3 of Draft", "Version 1 of Draft"]
    assert app.multiselect[0].value == ["Version 3 of Draft"]
    assert "Changes are counted from 'Draft', version 3, saved " in said(app)
    app.multiselect[0].set_value(["Version 3 of Draft", "Version 1 of Draft"]).run()
    assert not app.exception
    assert "**'Version 3 of Draft'** against 'Version 2 of Draft'" in said(app)
    assert "**'Version 1 of Draft'** against 'Version 2 of Draft'" in said(app)


def test_a_branch_can_be_compared_with_the_version_that_it_was_made_from() -> None:
    branch = library.begin("Lambeth", "Other", OTHER, BO, "Another way", begun().id)
    app = shown("Versions", branch)
    session_of(app).draws = 1_024
    app = on_compare(app)
    assert next(box for box in app.selectbox if box.label == "Held against").value == "Version 1 of Draft"
    assert app.multiselect[0].value == ["Version 1 of Other"]


def test_a_version_that_is_not_as_it_was_saved_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    first = begun()
    second = saved(first)
    app = shown("Versions", second)
    session_of(app).draws = 1_024
    monkeypatch.setattr(library, "versions", lambda *_: [second, first.edited(why="Another reason")])
    assert not on_compare(app).multiselect


def test_a_save_says_where_too_many_designs_are_kept_for_one_more() -> None:
    app = opened("library.py")
    session = session_of(app)
    session.designs = {str(i): OTHER for i in range(MOST)}
    session.write(("providers", 3, "fee_rate"), 0.09)
    app.run()
    for label in ("Your name", "Reason for saving", "Name of the new design"):
        write(app, label, "Draft")
    press(app, "Save as a new design")
    assert len(session.designs) == MOST
    assert "12 designs are kept already" in session.news


def test_a_position_without_a_name_is_refused_beside_its_button_and_what_was_chosen_stays() -> None:
    app = shown("Who has agreed", begun())
    other = partner_names(FIRST)[2]
    next(one for one in app.selectbox if one.label == "Partner").set_value(other).run()
    choose(app, "Position", "accept with conditions")
    write(app, "Note, or the conditions", "A cap")
    app = press(app, "Record it")
    assert [one.value for one in app.error] == ["Your name is empty; it needs a text."]
    drawn = [(one.type, getattr(one, "label", "")) for one in app.main]
    assert drawn[drawn.index(("button", "Record it")) + 1][0] == "error"
    app.switch_page("pages/overview.py").run()
    app.switch_page("pages/library.py").run()
    app.session_state["library-tabs"] = "Who has agreed"
    app.run()
    write(app, "Your name", "Bo")
    app = press(app, "Record it")
    assert not app.error
    at = list(app.table[0].value.index).index(other)
    assert app.table[0].value["Position"].iloc[at] == "◐ accepts with conditions"
    assert app.table[0].value["Note"].iloc[at] == "A cap"


def test_the_name_of_whoever_saves_is_there_again_when_the_draft_is_opened_anew() -> None:
    app = shown("Who has agreed", begun())
    write(app, "Your name", "Bo")
    app.run()
    again = sharing.opened("library", s=session_of(app).draft)
    again.session_state["library-tabs"] = "Who has agreed"
    again.run()
    assert next(box.value for box in again.text_input if box.label == "Your name") == "Bo"
