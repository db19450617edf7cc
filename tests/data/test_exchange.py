"""A whole library goes into a file and comes back: nothing twice, nothing lost, nothing overwritten, nothing broken."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import drafts, exchange, library, positions, presets
from data.arrival import Brought
from data.records import Version
from model.documents import Refused
from model.tables import partner_names
from tests.people import ADA, BO, CY

FIRST = presets.preset(presets.FIRST)
SEPARATE = presets.preset("small-charities")

pytestmark = pytest.mark.usefixtures("library_place")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], None]:
    """Moves to another library, empty, in a file."""

    def move() -> None:
        monkeypatch.setattr(drafts, "FOLDER", tmp_path / "elsewhere")
        monkeypatch.delenv("DATABASE_URL", raising=False)

    return move


def filled() -> Version:
    """A library with two designs, one of them branched and sealed; gives the newest version of the other."""
    first = library.begin("Lambeth", "Draft", FIRST, ADA, "To begin with")
    branch = library.begin("Lambeth", "Agreed", FIRST, BO, "For the boards", first.id)
    for partner in partner_names(FIRST):
        positions.take(branch.id, partner, "accept", "", CY)
    positions.put_seal(branch.id, CY)
    library.archive(library.design(branch.design, ADA), CY)
    return saved(first, "Others joined")


def saved(before: Version, why: str) -> Version:
    found = library.save(before.design, SEPARATE, before.id, ADA, why)
    assert isinstance(found, Version)
    return found


def test_a_library_brought_into_an_empty_one_is_the_same_library(elsewhere: Callable[[], None]) -> None:
    filled()
    text = exchange.whole(ADA)
    elsewhere()
    assert exchange.bring_in(text, ADA) == Brought(new=3)
    assert exchange.whole(ADA) == text
    [alliance] = library.alliances(ADA)
    agreed, draft = library.designs(alliance.id, ADA)
    assert agreed.archived
    assert positions.seal(library.versions(agreed.id, ADA)[0].id, ADA)
    assert library.scenario(library.versions(draft.id, ADA)[0]) == SEPARATE


def test_what_is_here_already_is_not_doubled() -> None:
    filled()
    text = exchange.whole(ADA)
    assert exchange.bring_in(text, ADA) == Brought(known=3)
    assert exchange.whole(ADA) == text


def test_what_went_on_elsewhere_goes_on_here(elsewhere: Callable[[], None]) -> None:
    newest = filled()
    before = exchange.whole(ADA)
    later = saved(newest, "Went on")
    positions.take(newest.id, "Council", "not yet", "Our board meets in May", BO)
    after = exchange.whole(ADA)
    elsewhere()
    exchange.bring_in(before, ADA)
    assert exchange.bring_in(after, ADA) == Brought(new=1, known=3)
    assert library.versions(newest.design, ADA)[0] == later
    assert exchange.whole(ADA) == after


def test_a_design_that_went_on_in_both_places_becomes_two_and_is_recognised_later(
    elsewhere: Callable[[], None],
) -> None:
    newest = filled()
    before = exchange.whole(ADA)
    there = saved(saved(newest, "There"), "There again")
    after = exchange.whole(ADA)
    elsewhere()
    exchange.bring_in(before, ADA)
    here = saved(newest, "Here")
    assert exchange.bring_in(after, ADA) == Brought(new=2, known=3, apart=["Draft (brought in)"])
    assert library.versions(newest.design, ADA)[0] == here
    [alliance] = library.alliances(ADA)
    own = next(one for one in library.designs(alliance.id, ADA) if one.name == "Draft (brought in)")
    second, first = library.versions(own.id, ADA)
    assert (first.number, first.parent, first.why) == (1, newest.id, "There")
    assert (second.number, second.id, second.whole) == (2, there.id, True)
    assert exchange.bring_in(after, ADA) == Brought(known=5)


def test_what_went_on_from_a_version_sealed_here_becomes_a_design_of_its_own(elsewhere: Callable[[], None]) -> None:
    first = library.begin("Lambeth", "Draft", FIRST, ADA, "To begin with")
    before = exchange.whole(ADA)
    saved(first, "There")
    positions.take(first.id, "Council", "not yet", "", BO)
    after = exchange.whole(ADA)
    elsewhere()
    exchange.bring_in(before, ADA)
    for partner in partner_names(FIRST):
        positions.take(first.id, partner, "accept", "", CY)
    positions.put_seal(first.id, CY)
    brought = exchange.bring_in(after, ADA)
    assert brought.apart == ["Draft (brought in)"]
    assert brought.left == ["a position of Council, on a version that is sealed here"]
    assert positions.agreed(first, ADA)


def test_an_alliance_of_the_same_name_keeps_its_own(elsewhere: Callable[[], None]) -> None:
    filled()
    text = exchange.whole(ADA)
    elsewhere()
    library.begin("Lambeth", "Draft", FIRST, ADA, "Another one")
    exchange.bring_in(text, ADA)
    assert [one.name for one in library.alliances(ADA)] == ["Lambeth", "Lambeth 2"]


def spoilt(change: Callable[[Any], object]) -> str:
    document = json.loads(exchange.whole(ADA))
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda file: file.pop("holds"), "This is not a library"),
        (lambda file: file.update(layout=2), "Layout is 2; it must be one of 1."),
        (lambda file: file["versions"][0].pop("why"), "Reason is missing."),
        (lambda file: file["versions"][0].update(why="Another"), "Version 1 .* is not as it was saved"),
        (lambda file: file["versions"][0].update(document="{}"), "Version 1 .* is not as it was saved"),
        (lambda file: file["versions"].pop(0), "The file is not whole"),
        (lambda file: file.update(alliances=[]), "The file is not whole"),
        (lambda file: file.update(designs=[]), "The file is not whole"),
        (lambda file: file["versions"].append(file["versions"][0]), "holds the same thing twice"),
        (lambda file: file["positions"][0].update(stand="perhaps"), "Position is .perhaps.; it must be one of"),
        (lambda file: file["positions"][0].update(partner="Nobody"), "'Nobody' is no partner in the version"),
        (lambda file: file["seals"][0].update(sources=[{"field": "id", "note": "x"}]), "Sources has 1 entries"),
        (lambda file: file.update(extra=1), "'extra' is an unknown entry"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_in_one_sentence_and_changes_nothing(
    change: Callable[[Any], object], sentence: str, elsewhere: Callable[[], None]
) -> None:
    filled()
    text = spoilt(change)
    elsewhere()
    with pytest.raises(Refused, match=sentence) as refusal:
        exchange.bring_in(text, ADA)
    assert "\n" not in str(refusal.value)
    assert library.alliances(ADA) == []


def test_a_scenario_in_it_that_cannot_be_used_is_named(elsewhere: Callable[[], None]) -> None:
    filled()
    document = json.loads(exchange.whole(ADA))
    first = document["versions"][0]
    broken = json.loads(first["document"])
    broken["providers"][0]["fee_rate"] = 2.0
    entries = {**first, "document": json.dumps(broken), "changed": tuple(first["changed"])}
    document["versions"][0] = Version.model_validate(entries).digested().model_dump(mode="json")
    elsewhere()
    with pytest.raises(Refused, match=r"Version 1 of '.*' cannot be used\. Mental health trust › Fee is 200%"):
        exchange.bring_in(json.dumps(document), ADA)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"holds": "alliance library"}', b"\xff\xfe", "[" * 100_000])
def test_what_is_no_library_is_refused(text: str | bytes) -> None:
    with pytest.raises(Refused):
        exchange.bring_in(text, ADA)
    with pytest.raises(Refused, match="at most 50,000,000 bytes"):
        exchange.bring_in(" " * (exchange.LARGEST + 1), ADA)


def test_another_version_under_a_known_id_is_refused() -> None:
    filled()

    def change(file: Any) -> None:
        entries = {**file["versions"][0], "why": "Another", "changed": ()}
        file["versions"][0] = Version.model_validate(entries).digested().model_dump(mode="json")

    text = spoilt(change)
    before = exchange.whole(ADA)
    with pytest.raises(Refused, match="is another than the one here with its id"):
        exchange.bring_in(text, ADA)
    assert exchange.whole(ADA) == before
