"""People on the pages: who has not signed in sees nothing, and each part sees what it may do."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import drafts, library, members, positions, presets, room
from data.people import Person
from data.records import Version
from model.documents import Refused, to_document
from tests.pages.test_compare import press, session_of
from tests.pages.test_pages import PAGES, ROOT
from ui.nowhere import ENDED
from ui.people import AGAIN, ALONE, ASK
from ui.session import COPIED, NOT_YOURS

FIRST = presets.preset(presets.FIRST)
OTHER = presets.preset("small-charities")
CHARITY = FIRST.providers[-1].name
FAY = Person("Fay", "fay@council.example")
PAT = Person("Pat", "pat@charity.example")
VIC = Person("Vic", "vic@council.example")
SAM = Person("Sam", "sam@elsewhere.example")
TABS = ["Versions", "What differs", "Who has agreed", "Save", "Names and files", "People"]


pytestmark = pytest.mark.usefixtures("own_library")


@pytest.fixture
def version() -> Version:
    """The first version of an alliance with an account of each part."""
    made = library.begin("Lambeth", "Draft", FIRST, FAY, "To begin with")
    home = library.design(made.design, FAY).alliance
    members.appoint(home, PAT.email, "partner", CHARITY, FAY)
    members.appoint(home, VIC.email, "viewer", "", FAY)
    return made


def user(person: Person | None, **more: Any) -> dict[str, Any]:
    """What the server knows of whoever has signed in; of nobody yet."""
    told = {"is_logged_in": True, "email": person.email, "name": person.name} if person else {"is_logged_in": False}
    return told | more


def opened(page: str, told: dict[str, Any] | None, **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page(f"pages/{page}")
    if told is not None:
        app.user = told
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def shown(tab: str, person: Person, version: Version) -> AppTest:
    """The library as a person sees it, with one tab open and a version on the screen."""
    app = opened("library.py", user(person))
    session_of(app).begin(library.scenario(version), version=version.id)
    app.session_state["library-tabs"] = tab
    app.run()
    assert not app.exception
    return app


def buttons(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def said(app: AppTest) -> str:
    found = " ".join(str(one.value) for one in [*app.markdown, *app.error, *app.info, *app.warning, *app.title])
    return found.replace("\u00a0", " ").replace("\u2060", "").replace("\\", "")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_anything_before_somebody_has_signed_in(page: str) -> None:
    session_of(opened("overview.py", user(FAY))).keep()
    app = opened(page, user(None))
    assert [title.value for title in app.title] == [ASK]
    assert buttons(app) == {"Sign in"}
    assert "£" not in said(app)


@pytest.mark.parametrize(
    "told", [user(FAY, email=None), user(FAY, email="nobody"), user(FAY, email_verified=False)], ids=str
)
def test_an_account_without_a_confirmed_address_is_nobody(told: dict[str, Any]) -> None:
    app = opened("overview.py", told)
    assert buttons(app) == {"Sign out"}
    assert "no confirmed e-mail address" in said(app)


def test_without_sign_in_the_menu_and_the_library_say_that_it_is_for_one_person() -> None:
    made = library.begin("Lambeth", "Draft", FIRST, Person("Ada"), "To begin with")
    app = opened("library.py", None)
    session_of(app).begin(library.scenario(made), version=made.id)
    app.session_state["library-tabs"] = "People"
    app.run()
    assert ALONE in said(app)
    assert "for one person on one's own machine" in said(app)
    assert "Sign out" not in buttons(app)


def test_the_menu_says_who_has_signed_in() -> None:
    app = opened("overview.py", user(FAY))
    assert "Signed in as Fay (fay@council.example)" in said(app)
    assert "Sign out" in buttons(app)


def test_a_draft_opens_to_its_account_alone_and_on_any_device() -> None:
    first = opened("overview.py", user(FAY))
    session_of(first).write(("name",), "Only mine")
    draft = session_of(first).draft
    assert session_of(opened("overview.py", user(FAY), s=draft)).draft == draft
    assert session_of(opened("overview.py", user(FAY))).draft == draft
    for told in (user(PAT), None):
        other = opened("overview.py", told, s=draft)
        assert session_of(other).draft != draft
        assert NOT_YOURS in said(other)
        assert "Only mine" not in said(other)
    assert session_of(opened("overview.py", user(None) | {"is_logged_in": True, "email": PAT.email})).draft != draft


def test_who_has_no_part_sees_nothing_and_is_told_how_to_get_one(version: Version) -> None:
    app = opened("library.py", user(SAM))
    assert "No design is in use" in said(app)
    assert "a facilitator can give you one" in said(app)
    session_of(app).begin(FIRST, version=version.id)
    for page in ("library.py", "papers.py"):
        app.switch_page(f"pages/{page}").run()
        assert not app.exception
        assert "Draft" not in " ".join(option for box in app.selectbox for option in map(str, box.options))


@pytest.mark.parametrize(
    ("person", "there", "not_there"),
    [
        (FAY, {"Record it", "Rename", "Archive the design", "Record the part", "Save"}, set()),
        (PAT, {"Record it", "Save"}, {"Rename", "Archive the design", "Archive the alliance", "Record the part"}),
        (VIC, {"Save as a new design"}, {"Record it", "Rename", "Record the part", "Save"}),
    ],
    ids=["facilitator", "partner", "viewer"],
)
def test_each_part_is_offered_what_it_may_do(
    version: Version, person: Person, there: set[str], not_there: set[str]
) -> None:
    found = set[str]()
    for tab in TABS:
        found |= buttons(shown(tab, person, version))
    assert there <= found
    assert not not_there & found


def test_a_partner_records_for_itself_alone(version: Version) -> None:
    app = shown("Who has agreed", PAT, version)
    assert list(next(box for box in app.selectbox if box.label == "Partner").options) == [CHARITY]
    next(one for one in app.segmented_control if one.label == "Position").set_value("accept").run()
    press(app, "Record it")
    [position] = positions.said(version.id, FAY)
    assert (position.partner, position.who) == (CHARITY, PAT.signature)


def test_what_a_partner_may_not_save_is_said_and_stays_on_the_screen(version: Version) -> None:
    app = shown("Save", PAT, version)
    session_of(app).write(("providers", 0, "fee_rate"), 0.05)
    app.run()
    next(box for box in app.text_input if box.label == "Reason for saving").set_value("A higher fee")
    press(app, "Save")
    assert "nothing else is yours to change here" in said(app)
    assert session_of(app).value(("providers", 0, "fee_rate")) == 0.05
    assert len(library.versions(version.design, FAY)) == 1
    document = to_document(FIRST)
    document["providers"][-1]["appetite"] = {"kind": "words", "word": "cautious"}
    session_of(app).replace(document)
    session_of(app).refresh()
    app.run()
    next(box for box in app.text_input if box.label == "Reason for saving").set_value("What we can bear")
    press(app, "Save")
    assert [one.why for one in library.versions(version.design, FAY)] == ["What we can bear", "To begin with"]


def test_a_partner_is_offered_no_new_design_there_but_an_alliance_of_its_own(version: Version) -> None:
    app = shown("Save", PAT, version)
    choice = next(one for one in app.segmented_control if one.label == "Save as")
    assert choice.options == ["Version 2 of 'Draft'", "An alliance of my own"]
    assert "makes an alliance of your own" in said(app)
    choice.set_value("An alliance of my own").run()
    box = {one.label: one for one in app.text_input}
    assert box["Alliance"].value == "Lambeth (own)"
    box["Name of the new design"].set_value("Ours")
    box["Reason for saving"].set_value("To try")
    app = press(app, "Save as a new design")
    assert not app.error
    assert [one.name for one in library.alliances(PAT)] == ["Lambeth", "Lambeth (own)"]
    assert [one.name for one in library.alliances(FAY)] == ["Lambeth"]


def test_who_leads_is_offered_a_new_design_there(version: Version) -> None:
    choice = next(one for one in shown("Save", FAY, version).segmented_control if one.label == "Save as")
    assert choice.options == ["Version 2 of 'Draft'", "A new design"]


def test_a_facilitator_gives_and_takes_parts(version: Version) -> None:
    app = shown("People", FAY, version)
    next(box for box in app.text_input if box.label == "Address of the account").set_value(SAM.email)
    press(app, "Record the part")
    assert f"{SAM.email} is viewer now" in said(app)
    assert library.version(version.id, SAM) == version
    next(box for box in app.text_input if box.label == "Address of the account").set_value(SAM.email)
    next(box for box in app.selectbox if box.label == "Part").set_value("none")
    press(app, "Record the part")
    with pytest.raises(Refused):
        library.version(version.id, SAM)
    next(box for box in app.text_input if box.label == "Address of the account").set_value(FAY.email)
    press(app, "Record the part")
    assert "keeps at least one facilitator" in said(app)


def test_a_link_to_follow_needs_no_account_and_shows_nothing_of_the_library(version: Version) -> None:
    host = shown("Versions", FAY, version)
    room.share(session_of(host).draft, [CHARITY])
    for link in room.links(session_of(host).draft).values():
        follower = opened("library.py", user(None), f=link)
        assert "The library is not part of what this screen follows" in said(follower)
        assert "To begin with" not in said(follower)
        assert follower.query_params.get("s") is None
    with pytest.raises(Refused):
        library.version(version.id, session_of(follower).person)
    assert library.alliances(session_of(follower).person) == []


def test_a_link_to_a_copy_gives_a_draft_of_ones_own_and_ends() -> None:
    host = session_of(opened("overview.py", None))
    host.write(("name",), "As it was")
    room.share_copies(host.draft)
    link = room.link_to_copy(host.draft)
    assert link
    app = opened("overview.py", None, c=link)
    copy = session_of(app)
    assert (copy.draft != host.draft, copy.scenario.name, copy.done) == (True, "As it was", [])
    assert COPIED in said(app)
    copy.write(("name",), "Mine")
    host.catch_up()
    assert host.scenario.name == "As it was"
    assert [title.value for title in opened("overview.py", None, f=link).title] == [ENDED]
    room.end_copies(host.draft)
    late = opened("overview.py", None, c=link)
    assert [title.value for title in late.title] == [ENDED]


def test_a_link_to_a_copy_asks_to_sign_in_where_there_is_sign_in() -> None:
    host = session_of(opened("overview.py", user(FAY)))
    room.share_copies(host.draft)
    link = room.link_to_copy(host.draft) or ""
    assert buttons(opened("overview.py", user(None), c=link)) == {"Sign in"}
    copy = session_of(opened("overview.py", user(PAT), c=link))
    assert (copy.draft != host.draft, copy.email) == (True, PAT.email)


def test_who_came_by_a_link_is_told_to_open_it_again_after_signing_in() -> None:
    for name in ("c", "s"):
        assert [one.value for one in opened("overview.py", user(None), **{name: "AAAA"}).info] == [AGAIN]
    assert not opened("overview.py", user(None)).info


def test_a_link_that_leads_to_a_copy_does_not_end_those_that_follow() -> None:
    host = session_of(opened("overview.py", None))
    room.share(host.draft, [])
    room.share_copies(host.draft)
    assert room.link_to_copy(host.draft) not in room.links(host.draft).values()
    room.end_copies(host.draft)
    assert room.links(host.draft)
    room.share_copies(host.draft)
    room.end(host.draft)
    assert (room.links(host.draft), room.link_to_copy(host.draft)) == ({}, None)


def test_a_link_that_leads_nowhere_opens_nothing_without_an_account(version: Version) -> None:
    """Made up, revoked, a link to a copy, or to a draft that cannot be read."""
    host = session_of(opened("overview.py", user(FAY)))
    host.write(("name",), "As it was")
    room.share(host.draft, [])
    revoked = next(iter(room.links(host.draft).values()))
    room.end(host.draft)
    room.share_copies(host.draft)
    unread = session_of(opened("overview.py", user(FAY)))
    room.share(unread.draft, [])
    broken = next(iter(room.links(unread.draft).values()))
    drafts.save(unread.draft, "{")
    for link in ("AAAA", revoked, room.link_to_copy(host.draft), broken):
        assert link
        app = opened("library.py", user(None), f=link)
        assert [title.value for title in app.title] == [ASK]
        assert buttons(app) == {"Sign in"}
        told = opened("library.py", user(PAT), f=link)
        assert [title.value for title in told.title] == [ENDED]
        assert "As it was" not in said(told)
