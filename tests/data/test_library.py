"""Every version stays as it was saved, and nobody saves over another without knowing: in SQLite and in PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data import library, presets, store
from data.library import Moved
from data.people import Person
from data.records import Version
from model.documents import Refused, to_json
from model.scenario import Scenario
from model.version import VERSION
from tests.people import ADA, BO, CY

pytestmark = pytest.mark.usefixtures("library_place")

FIRST = presets.preset(presets.FIRST)
SEPARATE = presets.preset("small-charities")


def dearer(part: float) -> Scenario:
    """The first preset with another fee of its first provider."""
    first, *others = FIRST.providers
    return FIRST.edited(providers=(first.edited(fee_rate=part), *others))


def begun() -> Version:
    return library.begin("Lambeth", "Draft", FIRST, ADA, "To begin with")


def saved(design: str, scenario: Scenario, start: str, why: str = "A try") -> Version:
    found = library.save(design, scenario, start, ADA, why)
    assert isinstance(found, Version)
    return found


def test_a_version_carries_who_when_why_what_changed_and_the_hash_of_its_inputs() -> None:
    first = begun()
    second = saved(first.design, dearer(0.09), first.id, "The trust asked for it")
    assert (second.number, second.parent, second.who, second.why) == (2, first.id, "Ada", "The trust asked for it")
    assert second.changed == ("Mental health trust › Fee: 4% → 9%",)
    assert (second.inputs, second.model_version) == (dearer(0.09).id, VERSION)
    assert second.saved_at >= first.saved_at
    assert second.document == to_json(dearer(0.09)).strip()
    assert library.versions(first.design, ADA) == [second, first]
    assert library.scenario(second) == dearer(0.09)
    assert first.changed == ()


def test_who_and_why_are_asked_for() -> None:
    with pytest.raises(Refused, match="Reason is empty; it needs a text"):
        library.begin("Lambeth", "Draft", FIRST, ADA, "  ")
    with pytest.raises(Refused, match="Your name is empty; it needs a text"):
        library.begin("Lambeth", "Draft", FIRST, Person(""), "To begin with")
    with pytest.raises(Refused, match="Reason is longer than 500 characters"):
        library.begin("Lambeth", "Draft", FIRST, ADA, "x" * 501)
    with pytest.raises(Refused, match="zero character"):
        library.begin("Lambeth", "Draft", FIRST, Person("Ada\0"), "To begin with")
    assert library.alliances(ADA) == []


def test_who_started_from_an_older_version_is_shown_the_newest_and_nothing_is_saved() -> None:
    first = begun()
    second = saved(first.design, dearer(0.08), first.id)
    assert library.save(first.design, dearer(0.09), first.id, BO, "Mine") == Moved(second)
    assert library.save(first.design, dearer(0.09), None, BO, "Mine") == Moved(second)
    assert library.versions(first.design, ADA) == [second, first]
    assert saved(first.design, dearer(0.09), second.id).changed == ("Mental health trust › Fee: 8% → 9%",)


def test_of_many_who_save_at_once_one_wins_and_the_others_are_shown_its_version() -> None:
    first = begun()
    together = Barrier(4)

    def save(i: int) -> Version | Moved:
        together.wait()
        return library.save(first.design, dearer(0.01 * i), first.id, Person(f"Person {i}"), "At once")

    for _ in range(5):
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(save, range(1, 5)))
        [won] = [one for one in found if isinstance(one, Version)]
        assert [one for one in found if one != won] == [Moved(won)] * 3
        assert library.versions(first.design, ADA)[0] == won
        first = won


def test_of_two_who_begin_a_design_of_one_name_at_once_one_is_asked_for_another_name() -> None:
    together = Barrier(2)

    def begin(who: str) -> Version | Refused:
        together.wait()
        try:
            return library.begin("Lambeth", "Draft", FIRST, Person(who), "At once")
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(begin, ("Ada", "Bo")))
    [refusal] = [one for one in found if isinstance(one, Refused)]
    assert "name" in str(refusal)
    [alliance] = library.alliances(ADA)
    assert len(library.designs(alliance.id, ADA)) == 1


def test_a_branch_says_what_it_was_made_from_and_leaves_that_as_it_was() -> None:
    first = begun()
    branch = library.begin("lambeth ", "Other", SEPARATE, BO, "Another way", first.id)
    assert (branch.number, branch.parent) == (1, first.id)
    assert any(line.startswith("Name: ") for line in branch.changed)
    [alliance] = library.alliances(ADA)
    assert [one.name for one in library.designs(alliance.id, ADA)] == ["Draft", "Other"]
    assert library.versions(first.design, ADA) == [first]


def test_restoring_adds_a_version_with_the_old_scenario() -> None:
    first = begun()
    second = saved(first.design, dearer(0.09), first.id)
    third = library.restore(first.id, BO, "The trust withdrew")
    assert (third.number, third.parent, library.scenario(third)) == (3, second.id, FIRST)
    assert third.changed == ("Mental health trust › Fee: 9% → 4%",)
    assert len(library.versions(first.design, ADA)) == 3


def test_a_name_is_given_archived_and_taken_out_again_and_all_of_it_is_recorded() -> None:
    first = begun()
    library.begin("Lambeth", "Other", FIRST, ADA, "To begin with")
    design = library.design(first.design, ADA)
    with pytest.raises(Refused, match="one called 'other' already"):
        library.rename(design, "other", ADA)
    library.rename(design, " For  the board ", BO)
    library.archive(design, BO)
    assert library.design(first.design, ADA).archived
    library.take_out(design, CY)
    found = library.design(first.design, ADA)
    assert (found.name, found.archived) == ("For the board", False)
    done = [(act.said, act.who) for act in library.acts(design, ADA)]
    assert done == [
        ("Taken out of the archive", "Cy"),
        ("Archived", "Bo"),
        ("Renamed from 'Draft' to 'For the board'", "Bo"),
    ]
    [alliance] = library.alliances(ADA)
    library.rename(alliance, "Lambeth 2018", ADA)
    assert library.alliances(ADA)[0].name == "Lambeth 2018"


@pytest.mark.parametrize(
    "command",
    [
        "UPDATE versions SET why = 'another'",
        "DELETE FROM versions",
        "DELETE FROM designs",
        "DELETE FROM alliances",
        "UPDATE acts SET who = 'nobody'",
        "DELETE FROM acts",
    ],
)
def test_no_command_changes_or_deletes_what_is_saved(command: str) -> None:
    first = begun()
    library.archive(library.design(first.design, ADA), ADA)
    engine = store.made(store.address())
    with (
        pytest.raises(DBAPIError, match="nothing in the library is ever overwritten or deleted"),
        engine.begin() as raw,
    ):
        raw.execute(text(command))
    assert library.versions(first.design, ADA) == [first]


def test_no_command_replaces_or_empties_what_is_saved(library_place: str) -> None:
    first = begun()
    replace = "INSERT OR REPLACE INTO versions SELECT * FROM versions"
    command = replace if library_place == "SQLite" else "TRUNCATE versions CASCADE"
    with (
        pytest.raises(DBAPIError, match="nothing in the library is ever"),
        store.made(store.address()).begin() as raw,
    ):
        raw.execute(text(command))
    assert library.versions(first.design, ADA) == [first]


def test_a_version_that_was_tampered_with_is_not_opened() -> None:
    first = begun()
    for spoilt in (first.edited(document=to_json(SEPARATE)), first.edited(who="Bo"), first.edited(why="Another")):
        with pytest.raises(Refused, match="Version 1 is not as it was saved"):
            library.scenario(spoilt)


def test_what_is_not_there_is_said_in_a_sentence() -> None:
    for asked in (lambda: library.version("none", ADA), lambda: library.restore("none", ADA, "Why")):
        with pytest.raises(Refused, match="no such alliance, design or version"):
            asked()
    with pytest.raises(Refused, match="no such alliance, design or version"):
        library.save("none", FIRST, None, ADA, "Why")
