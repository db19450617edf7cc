"""Who may do what: every act that a part forbids is refused, in the library, by a file and by a command to the
database."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data import exchange, library, members, people, positions, presets, store
from data.__main__ import main
from data.people import Person
from data.records import Role, Version
from model.documents import Refused, from_document, to_document
from model.scenario import Scenario
from tests.people import ADA

pytestmark = pytest.mark.usefixtures("library_place")

FIRST = presets.preset(presets.FIRST)
COUNCIL, CHARITY = FIRST.commissioners[0].name, FIRST.providers[-1].name
FACILITATOR = Person("Fay", "fay@council.example")
PARTNER = Person("Pat", "pat@charity.example")
VIEWER = Person("Vic", "vic@council.example")
STRANGER = Person("Sam", "sam@elsewhere.example")
FORMER = Person("Lee", "lee@council.example")
UNKNOWN = "no part in it"
FILES: dict[str, str] = {}


def begun() -> Version:
    """An alliance with one account of each part, and its first version."""
    version = library.begin("Lambeth", "Draft", FIRST, FACILITATOR, "To begin with")
    parts: list[tuple[Person, Role, str]] = [(PARTNER, "partner", CHARITY), (VIEWER, "viewer", "")]
    for person, role, partner in [*parts, (FORMER, "viewer", ""), (FORMER, "none", "")]:
        members.appoint(home(version), person.email, role, partner, FACILITATOR)
    return version


def home(version: Version) -> str:
    return library.design(version.design, FACILITATOR).alliance


def own_figures(fee: float | None = None) -> Scenario:
    """The scenario with another appetite of the charity, and where given another fee."""
    document = to_document(FIRST)
    document["providers"][-1]["appetite"] = {"kind": "words", "word": "cautious"}
    if fee is not None:
        document["providers"][0]["fee_rate"] = fee
    return from_document(document)


Act = Callable[[Version, Person], object]
READ: dict[str, Act] = {
    "see the designs": lambda one, by: library.designs(home(one), by),
    "see the versions": lambda one, by: library.versions(one.design, by),
    "open a version by its id": lambda one, by: library.version(one.id, by),
    "see a design": lambda one, by: library.design(one.design, by),
    "see what was done": lambda one, by: library.acts(library.design(one.design, FACILITATOR), by),
    "see positions": lambda one, by: positions.said(one.id, by),
    "see all positions": lambda one, by: positions.on_design(one.design, by),
    "see the seal": lambda one, by: positions.seal(one.id, by),
    "see the members": lambda one, by: members.members(home(one), by),
    "see the partners": lambda one, by: members.partners_of(home(one), by),
}
LEAD: dict[str, Act] = {
    "begin a design": lambda one, by: library.begin("lambeth", "Mine", FIRST, by, "Because"),
    "save terms": lambda one, by: library.save(one.design, own_figures(fee=0.01), one.id, by, "Because"),
    "restore": lambda one, by: library.restore(one.id, by, "Because"),
    "rename the design": lambda one, by: library.rename(library.design(one.design, FACILITATOR), "Other", by),
    "rename the alliance": lambda one, by: library.rename(library.alliances(FACILITATOR)[0], "Other", by),
    "archive the design": lambda one, by: library.archive(library.design(one.design, FACILITATOR), by),
    "archive the alliance": lambda one, by: library.archive(library.alliances(FACILITATOR)[0], by),
    "take out": lambda one, by: library.take_out(library.design(one.design, FACILITATOR), by),
    "speak for another": lambda one, by: positions.take(one.id, COUNCIL, "accept", "", by),
    "seal": lambda one, by: positions.put_seal(one.id, by),
    "appoint": lambda one, by: members.appoint(home(one), by.email or "a@b.example", "facilitator", "", by),
    "bring in its file": lambda one, by: exchange.bring_in(FILES["whole"], by),
}


@pytest.fixture
def version() -> Version:
    made = begun()
    FILES["whole"] = exchange.whole(FACILITATOR)
    return made


def everything() -> dict[str, int]:
    """How many lines each table has."""
    with store.reading() as there:
        tables = ("alliances", "designs", "versions", "acts", "positions", "seals", "members")
        return {name: there.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}


@pytest.mark.parametrize("person", [STRANGER, FORMER, ADA, Person("Fay")], ids=lambda one: one.signature)
def test_who_has_no_part_sees_and_changes_nothing(version: Version, person: Person) -> None:
    before = everything()
    for name, act in (READ | LEAD).items():
        with pytest.raises(Refused, match=r"no part in it|no part; choose another name"):
            not_refused(name, act(version, person))
    assert library.alliances(person) == []
    assert everything() == before


@pytest.mark.parametrize("person", [PARTNER, VIEWER], ids=lambda one: one.signature)
def test_every_part_sees_the_alliance_and_only_a_facilitator_leads(version: Version, person: Person) -> None:
    before = everything()
    for read in READ.values():
        read(version, person)
    for name, act in LEAD.items():
        with pytest.raises(Refused, match=r"acilitator|nothing else is yours"):
            not_refused(name, act(version, person))
    assert everything() == before
    assert [one.name for one in library.designs(home(version), person)] == ["Draft"]


def not_refused(name: str, made: object) -> None:
    pytest.fail(f"'{name}' was not refused: {made}")


def test_a_partner_saves_its_own_figures_and_records_its_own_position(version: Version) -> None:
    made = library.save(version.design, own_figures(), version.id, PARTNER, "What we can bear")
    assert isinstance(made, Version)
    assert made.who == "Pat (pat@charity.example)"
    assert library.scenario(made) == own_figures()
    assert positions.take(made.id, CHARITY, "accept", "", PARTNER).who == made.who


def test_what_a_partner_may_not_save_is_named(version: Version) -> None:
    with pytest.raises(Refused, match=f"{CHARITY}'s own appetite and estimates, and nothing else.*5%"):
        library.save(version.design, own_figures(fee=0.05), version.id, PARTNER, "And a little more")


def test_what_a_partner_may_not_save_is_named_whatever_the_order_of_its_notes(version: Version) -> None:
    document = to_document(own_figures())
    document["risk_share"]["gain_bands"][0]["share"] = 0.6
    notes = [{"field": name, "note": "Asked the board"} for name in ("cost_deviation", "reserves")]
    document["providers"][-1]["sources"] = notes
    noted = to_document(FIRST)
    noted["providers"][-1]["sources"] = notes
    start = library.save(version.design, from_document(noted), version.id, FACILITATOR, "Where it comes from")
    assert isinstance(start, Version)
    with pytest.raises(Refused, match="nothing else is yours to change here: Risk share › Savings, band 1"):
        library.save(version.design, from_document(document), start.id, PARTNER, "And a little more")


def test_a_partner_renamed_away_from_its_account_saves_nothing(version: Version) -> None:
    renamed = from_document(json.loads(json.dumps(to_document(FIRST)).replace(CHARITY, "Another")))
    with pytest.raises(Refused, match="nothing else is yours"):
        library.save(version.design, renamed, version.id, PARTNER, "Renamed")


def test_a_viewer_saves_and_records_nothing(version: Version) -> None:
    with pytest.raises(Refused, match=r"Only a facilitator .* you are a viewer there"):
        library.save(version.design, own_figures(), version.id, VIEWER, "Because")
    with pytest.raises(Refused, match=r"by its own account or by a facilitator; you are a viewer"):
        positions.take(version.id, CHARITY, "accept", "", VIEWER)


def test_the_last_part_counts_and_those_before_stay_on_record(version: Version) -> None:
    members.appoint(home(version), "PAT@charity.example ", "viewer", "", FACILITATOR)
    with pytest.raises(Refused):
        positions.take(version.id, CHARITY, "accept", "", PARTNER)
    members.appoint(home(version), PARTNER.email, "none", "", FACILITATOR)
    with pytest.raises(Refused, match=UNKNOWN):
        library.version(version.id, PARTNER)
    assert [one.email for one in members.members(home(version), VIEWER)] == [FACILITATOR.email, VIEWER.email]
    with store.reading() as there:
        assert there.execute(text("SELECT count(*) FROM members WHERE email LIKE 'pat@%'")).scalar() == 3


def test_an_alliance_keeps_a_facilitator(version: Version) -> None:
    for role in ("viewer", "none"):
        with pytest.raises(Refused, match="keeps at least one facilitator"):
            members.appoint(home(version), FACILITATOR.email, role, "", FACILITATOR)
    members.appoint(home(version), VIEWER.email, "facilitator", "", FACILITATOR)
    members.appoint(home(version), FACILITATOR.email, "none", "", FACILITATOR)
    with pytest.raises(Refused, match="keeps at least one facilitator"):
        members.appoint(home_by(VIEWER), VIEWER.email, "viewer", "", VIEWER)


def home_by(person: Person) -> str:
    return library.alliances(person)[0].id


CANNOT: list[tuple[str, Any, str, str]] = [
    ("nobody", "viewer", "", "'nobody' is no e-mail address"),
    ("", "viewer", "", "Address"),
    ("a@b.example", "partner", "Nobody", "'Nobody' is no partner in this alliance; its partners are"),
    ("a@b.example", "partner", "", "is no partner in this alliance"),
    ("a@b.example", "owner", "", "Part"),
]


def test_a_part_that_cannot_be_given_is_refused(version: Version) -> None:
    for email, role, partner, sentence in CANNOT:
        with pytest.raises(Refused, match=sentence):
            members.appoint(home(version), email, role, partner, FACILITATOR)


def test_without_sign_in_everything_is_open_until_somebody_has_a_part() -> None:
    version = library.begin("Lambeth", "Draft", FIRST, ADA, "To begin with")
    assert library.version(version.id, Person("Anybody")) == version
    with pytest.raises(Refused, match=UNKNOWN):
        library.version(version.id, FACILITATOR)
    members.appoint_here("lambeth", FACILITATOR.email, "facilitator", "", "root")
    assert library.version(version.id, FACILITATOR) == version
    with pytest.raises(Refused, match=UNKNOWN):
        library.version(version.id, ADA)


def test_nobody_signs_with_the_account_of_another(version: Version) -> None:
    poser = Person("Fay (fay@council.example)", PARTNER.email)
    assert positions.take(version.id, CHARITY, "accept", "", poser).who.endswith("(pat@charity.example)")
    long = Person("N" * 200, "a" * 60 + "@b.example")
    assert len(long.signature) <= people.LONGEST_NAME
    assert long.signature.endswith("@b.example)")


def test_a_file_takes_out_only_what_one_leads(version: Version) -> None:
    other = library.begin("Elsewhere", "Draft", FIRST, STRANGER, "Theirs")
    members.appoint(home_of(other), FACILITATOR.email, "viewer", "", STRANGER)
    document = json.loads(exchange.whole(FACILITATOR))
    assert [one["name"] for one in document["alliances"]] == ["Lambeth"]
    assert [one["id"] for one in document["versions"]] == [version.id]
    assert json.loads(exchange.whole(VIEWER))["versions"] == []


def home_of(version: Version) -> str:
    return library.design(version.design, STRANGER).alliance


def test_a_file_takes_nothing_into_what_one_does_not_lead(version: Version) -> None:
    """A file that calls another's design a part of one's own alliance."""
    mine = library.begin("Elsewhere", "Draft", FIRST, STRANGER, "Mine")
    forged, theirs = json.loads(exchange.whole(STRANGER)), json.loads(FILES["whole"])
    new = library.version(mine.id, STRANGER).edited(id="forged", parent=version.id, number=2, design=version.design)
    [design] = theirs["designs"]
    forged["designs"].append(design | {"alliance": home_of(mine)})
    forged["versions"] += [*theirs["versions"], new.digested().model_dump(mode="json")]
    before = everything()
    with pytest.raises(Refused, match=UNKNOWN):
        exchange.bring_in(json.dumps(forged), STRANGER)
    for part, entry in (("positions", "accept"), ("seals", None)):
        line: dict[str, object] = {"id": f"forged {part}", "version": version.id, "who": "Fay"}
        said = {"partner": CHARITY, "number": 1, "stand": entry, "said_at": version.saved_at}
        line |= said if entry else {"sealed_at": version.saved_at}
        with pytest.raises(Refused, match=UNKNOWN):
            exchange.bring_in(json.dumps(theirs | {part: [line]}), STRANGER)
    assert everything() == before


def test_who_brings_an_alliance_in_leads_it_and_is_on_record(version: Version) -> None:
    document = json.loads(FILES["whole"])
    for part, key in (("alliances", "id"), ("designs", "id"), ("designs", "alliance"), ("versions", "id")):
        for one in document[part]:
            one[key] = f"copy of {one[key]}"
    for one in document["versions"]:
        one["design"] = f"copy of {one['design']}"
        one["digest"] = Version.model_validate(one).digested().digest
    document["acts"] = []
    exchange.bring_in(json.dumps(document), STRANGER)
    [mine] = library.alliances(STRANGER)
    assert [one.email for one in members.members(mine.id, STRANGER)] == [STRANGER.email]
    assert [act.who for act in library.acts(mine, STRANGER)] == [STRANGER.signature]
    assert "@" not in json.dumps(document["alliances"] + document["designs"])


COMMANDS = (
    "UPDATE members SET role = 'facilitator'",
    "DELETE FROM members",
    "INSERT OR REPLACE INTO members SELECT id, alliance, number, email, 'facilitator', '', who, since FROM members",
    "UPDATE versions SET who = 'Pat'",
    "UPDATE positions SET stand = 'accept'",
    "DELETE FROM positions",
    "DELETE FROM seals",
    "DELETE FROM alliances",
)


def test_a_command_to_the_database_changes_no_part_and_takes_nothing_away(library_place: str, version: Version) -> None:
    for partner in positions.partners(version):
        positions.take(version.id, partner, "accept", "", FACILITATOR)
    positions.put_seal(version.id, FACILITATOR)
    before = everything()
    for command in COMMANDS:
        spoken = command if library_place == "SQLite" else command.replace("INSERT OR REPLACE", "INSERT")
        with pytest.raises(DBAPIError), store.made(store.address()).begin() as raw:
            raw.execute(text(spoken))
    assert everything() == before


def test_whoever_runs_the_machine_names_a_facilitator_by_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    version = library.begin("Lambeth", "Draft", FIRST, ADA, "To begin with")

    def said(*words: str) -> str:
        monkeypatch.setattr("sys.argv", ["data", "appoint", *words])
        code, told = main(), capsys.readouterr()
        assert code == (2 if told.err else 0)
        return told.err or told.out

    assert "no alliance called 'Lambet'; there are: Lambeth" in said("Lambet", FACILITATOR.email, "facilitator")
    assert "is no partner in this alliance" in said("Lambeth", PARTNER.email, "partner", "--partner", "Nobody")
    assert "is facilitator in Lambeth" in said("lambeth", FACILITATOR.email, "facilitator").replace(
        "lambeth", "Lambeth"
    )
    assert "is partner in Lambeth" in said("Lambeth", PARTNER.email, "partner", "--partner", CHARITY)
    assert "keeps at least one facilitator" in said("Lambeth", FACILITATOR.email, "none")
    assert library.version(version.id, PARTNER) == version
    assert "has no part now" in said("Lambeth", PARTNER.email, "none")
