"""Who accepts a version: conditions are no acceptance, and what is sealed stays as it is."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data import library, positions, presets, store
from data.library import Moved
from data.people import Person
from data.records import STANDS, Version
from model.documents import Refused
from model.tables import partner_names
from tests.people import ADA, BO

pytestmark = pytest.mark.usefixtures("library_place")

FIRST = presets.preset(presets.FIRST)
PARTNERS = partner_names(FIRST)


def begun() -> Version:
    return library.begin("Lambeth", "Draft", FIRST, ADA, "To begin with")


def accepted() -> Version:
    """A version that everybody accepts."""
    version = begun()
    for partner in PARTNERS:
        positions.take(version.id, partner, "accept", "", ADA)
    return version


def test_the_last_position_of_a_partner_counts_and_those_before_stay_on_record() -> None:
    version = begun()
    for stand, note in zip(STANDS, ("", "A lower cap", "Our board meets in May"), strict=True):
        positions.take(version.id, "Council", stand, note, BO)
    found = positions.said(version.id, ADA)
    assert [(one.number, one.stand) for one in found] == [(1, STANDS[0]), (2, STANDS[1]), (3, STANDS[2])]
    assert positions.standing(found)["Council"].note == "Our board meets in May"
    assert positions.accepts(found) == set()


def test_a_version_is_agreed_once_every_partner_accepts_it_and_conditions_are_no_acceptance() -> None:
    version = begun()
    for partner in PARTNERS[:-1]:
        positions.take(version.id, partner, "accept", "", ADA)
        assert not positions.agreed(version, ADA)
    positions.take(version.id, PARTNERS[-1], "accept with conditions", "A lower cap", ADA)
    assert not positions.agreed(version, ADA)
    with pytest.raises(Refused, match=f"not agreed: {PARTNERS[-1]} does not accept it without conditions"):
        positions.put_seal(version.id, ADA)
    positions.take(version.id, PARTNERS[-1], "accept", "", ADA)
    assert positions.agreed(version, ADA)
    positions.take(version.id, PARTNERS[0], "not yet", "", ADA)
    assert not positions.agreed(version, ADA)


def test_positions_are_on_one_version_and_not_on_the_next() -> None:
    version = accepted()
    later = library.save(version.design, FIRST, version.id, ADA, "Once more")
    assert isinstance(later, Version)
    assert positions.agreed(version, ADA)
    assert positions.said(later.id, ADA) == []
    with pytest.raises(Refused, match="not the newest"):
        positions.put_seal(version.id, ADA)


def test_conditions_are_written_down_and_only_partners_have_a_position() -> None:
    version = begun()
    with pytest.raises(Refused, match="Which conditions"):
        positions.take(version.id, "Council", "accept with conditions", " ", BO)
    with pytest.raises(Refused, match="'Nobody' is no partner in version 1"):
        positions.take(version.id, "Nobody", "accept", "", BO)
    with pytest.raises(Refused, match="Your name is empty"):
        positions.take(version.id, "Council", "accept", "", Person(""))
    assert positions.said(version.id, ADA) == []


def test_a_sealed_version_closes_its_design_and_whoever_goes_on_begins_another() -> None:
    version = accepted()
    assert positions.seal(version.id, ADA) is None
    seal = positions.put_seal(version.id, ADA)
    assert positions.seal(version.id, ADA) == seal
    for refused in (
        lambda: positions.take(version.id, "Council", "not yet", "", BO),
        lambda: positions.put_seal(version.id, BO),
        lambda: library.save(version.design, FIRST, version.id, BO, "More"),
        lambda: library.restore(version.id, BO, "Again"),
    ):
        with pytest.raises(Refused, match="Version 1 is sealed"):
            refused()
    branch = library.begin("Lambeth", "After the agreement", FIRST, BO, "The term is extended", version.id)
    assert branch.parent == version.id
    assert len(positions.said(version.id, ADA)) == len(PARTNERS)


def test_sealing_and_saving_at_once_never_both_succeed() -> None:
    for _ in range(5):
        version = library.begin("Lambeth", f"Draft {_}", FIRST, ADA, "To begin with")
        for partner in PARTNERS:
            positions.take(version.id, partner, "accept", "", ADA)
        together = Barrier(2)

        def seal(version: Version = version, together: Barrier = together) -> bool:
            together.wait()
            try:
                return bool(positions.put_seal(version.id, ADA))
            except Refused:
                return False

        def save(version: Version = version, together: Barrier = together) -> bool:
            together.wait()
            try:
                return not isinstance(library.save(version.design, FIRST, version.id, BO, "More"), Moved)
            except Refused:
                return False

        with ThreadPoolExecutor(2) as pool:
            done = [one.result() for one in (pool.submit(seal), pool.submit(save))]
        assert sum(done) == 1


@pytest.mark.parametrize("command", ["UPDATE positions SET stand = 'accept'", "DELETE FROM positions"])
def test_no_command_changes_or_deletes_a_position_or_a_seal(command: str) -> None:
    version = accepted()
    positions.put_seal(version.id, ADA)
    for table in ("positions", "seals"):
        raw = store.made(store.address())
        with pytest.raises(DBAPIError, match="nothing in the library"), raw.begin() as connection:
            connection.execute(text(command.replace("positions", table).replace("stand =", "id =")))
    assert len(positions.said(version.id, ADA)) == len(PARTNERS)
