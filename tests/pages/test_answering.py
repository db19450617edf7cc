"""From a partner's page to where the library records what that partner says, and first of all to saving."""

import pytest
from streamlit.testing.v1 import AppTest

from data import library, members, positions, presets
from data.people import Person
from data.positions import standing
from data.records import Version
from model.tables import partner_names
from tests.pages.sharing import shared
from tests.pages.test_library import press, said, session_of, write
from tests.pages.test_people import FAY, PAT, VIC, user
from tests.pages.test_people import opened as opened_by
from tests.people import ADA
from ui.library_words import SAVE_FIRST
from ui.range_words import unformatted

CHARITIES = presets.preset("small-charities")
PEER = "Peer support charity"
LINK = f"Record what {PEER} says: "
TO_SAVE, TO_RECORD = f"{LINK}save this design first, in Library", f"{LINK}Library › Who has agreed"


pytestmark = pytest.mark.usefixtures("own_library")


def begun(by: Person = ADA) -> Version:
    return library.begin("Charities", "Offer", CHARITIES, by, "As offered")


def joining(version: Version | None = None, by: Person | None = None) -> AppTest:
    """*Should we join?* for one charity, a version on the screen."""
    app = opened_by("joining.py", user(by) if by else None)
    session = session_of(app)
    session.draws = 1_024
    session.begin(CHARITIES, version=version.id if version else "")
    session.whose = PEER
    app.run()
    assert not app.exception
    return app


def links(app: AppTest) -> list[str]:
    return [unformatted(one.label) for one in app.button if one.label.startswith("Record what")]


def whose(app: AppTest) -> str:
    return str(next(box for box in app.selectbox if box.label == "Partner").value)


def followed(app: AppTest, link: str) -> AppTest:
    """The library once the link was clicked."""
    press(app, link)
    tab = app.session_state["library-tabs"]
    app.switch_page("pages/library.py")
    app.session_state["library-tabs"] = tab
    return app.run()


def test_an_empty_library_says_that_answers_are_recorded_on_what_is_saved() -> None:
    app = opened_by("library.py", None)
    assert SAVE_FIRST in " ".join(one.value for one in app.main.markdown)
    begun()
    assert SAVE_FIRST not in " ".join(one.value for one in app.run().main.markdown)


def test_whoever_comes_to_record_an_answer_saves_first_and_then_stands_before_it() -> None:
    app = joining()
    assert links(app) == [TO_SAVE]
    followed(app, TO_SAVE)
    assert app.title[0].value.startswith("No design is in use")
    for label, text in (("Your name", "Tess"), ("Reason for saving", "Offered"), ("Name of the new design", "Offer")):
        write(app, label, text)
    press(app, "Save as a new design")
    assert f"Below you can record what {PEER} says." in said(app)
    assert app.session_state["library-tabs"] == "Who has agreed" and whose(app) == PEER
    app.switch_page("pages/joining.py").run()
    assert links(app) == [TO_RECORD]


def test_the_form_is_of_the_partner_whose_page_it_was_until_another_is_chosen_or_it_is_recorded() -> None:
    version = begun()
    positions.take(version.id, PEER, "not yet", "", ADA)
    app = followed(joining(version), TO_RECORD)
    assert whose(app) == PEER, "though somebody else has said nothing yet"
    next(one for one in app.segmented_control if one.label == "Position").set_value("accept with conditions").run()
    write(app, "Your name", "Tess")
    write(app, "Note, or the conditions", "A cap of 32% of fee")
    press(app, "Record it")
    last = standing(positions.said(version.id, ADA))[PEER]
    assert (last.stand, last.note) == ("accept with conditions", "A cap of 32% of fee")
    assert whose(app) == partner_names(CHARITIES)[0]
    app = followed(joining(version), TO_RECORD)
    box = next(box for box in app.selectbox if box.label == "Partner")
    box.set_value("Advice charity").run()
    app.run()
    assert whose(app) == "Advice charity"


def test_a_save_that_nobody_came_for_to_record_stays_where_it_was() -> None:
    app = opened_by("library.py", None)
    for label, text in (("Your name", "Tess"), ("Reason for saving", "Offered"), ("Name of the new design", "Offer")):
        write(app, label, text)
    press(app, "Save as a new design")
    assert "Below you can record" not in said(app)
    assert not any(box.label == "Partner" for box in app.selectbox)


def test_what_is_put_away_or_sealed_leads_to_saving_or_nowhere() -> None:
    version = begun()
    app = joining(version)
    library.archive(library.design(version.design, ADA), ADA)
    assert links(app.run()) == [TO_SAVE]
    again = begun_again()
    for name in partner_names(CHARITIES):
        positions.take(again.id, name, "accept", "", ADA)
    positions.put_seal(again.id, ADA)
    app = joining(again)
    assert links(app) == []
    session_of(app).write(("providers", 0, "fee_rate"), 0.02)
    assert links(app.run()) == [TO_SAVE]


def begun_again() -> Version:
    return library.begin("Charities", "Second offer", CHARITIES, ADA, "Once more")


def test_who_may_not_record_it_has_no_link() -> None:
    version = begun(FAY)
    home = library.design(version.design, FAY).alliance
    members.appoint(home, PAT.email, "partner", PEER, FAY)
    members.appoint(home, VIC.email, "viewer", "", FAY)
    assert [links(joining(version, by)) for by in (FAY, PAT, VIC)] == [[TO_RECORD], [TO_RECORD], []]
    app = joining(version, PAT)
    next(box for box in app.selectbox if box.label == "Who decides").set_value("Advice charity").run()
    assert links(app) == []


def test_a_screen_that_follows_has_no_link() -> None:
    assert links(shared(CHARITIES)[1]("joining", PEER)) == []
