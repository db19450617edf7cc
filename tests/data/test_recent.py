"""Which drafts are offered again: those in which something was done, and nobody else's."""

import json
from contextlib import closing

import pytest

from data import drafts, recent

pytestmark = pytest.mark.usefixtures("own_library")


def kept(name: str, owner: str = "", **state: object) -> str:
    draft = drafts.new_id()
    usual = {"document": {"name": name}, "done": [], "undone": [], "designs": {}, "sheets": {}}
    drafts.save(draft, json.dumps(usual | state))
    drafts.yours(draft, owner)
    return draft


def test_only_what_can_be_an_id_is_taken_from_a_browser() -> None:
    one = drafts.new_id()
    assert recent.ids(f"{one}.short.{'x' * 16}.' OR 1=1 --.{'y' * 17}..") == [one, "x" * 16]
    assert len(recent.ids(".".join(drafts.new_id() for _ in range(40)))) == recent.MOST + 1


def test_a_draft_in_which_nothing_was_done_is_not_offered() -> None:
    untouched, edited = kept("As it begins"), kept("Edited", done=[1])
    designed, filled = kept("With a design", designs={"Half the cap": {}}), kept("Settled", sheets={"outturn": {}})
    every = [untouched, edited, designed, filled, drafts.new_id()]
    assert [(one.name, one.designs) for one in recent.last(every)] == [
        ("Settled", 0),
        ("With a design", 1),
        ("Edited", 0),
    ]
    assert [recent.worked_on(one) for one in every] == [False, True, True, True, False]


def test_a_browser_is_offered_its_own_drafts_first_and_no_others_where_others_reach_the_app() -> None:
    mine, others = kept("Mine", done=[1]), kept("Another's", done=[1])
    assert [one.draft for one in recent.last([mine])] == [mine]
    assert recent.last([]) == []
    assert [one.draft for one in recent.last([mine], everybodys=True)] == [mine, others]
    assert [one.draft for one in recent.last([mine], everybodys=True, but=mine)] == [others]


def test_an_account_is_offered_its_own_drafts_and_never_another_s() -> None:
    hers, nobodys = kept("Hers", "fay@council.example", done=[1]), kept("Nobody's", done=[1])
    found = recent.last([hers, nobodys], account="fay@council.example", everybodys=True)
    assert [one.draft for one in found] == [hers]
    assert [one.draft for one in recent.last([hers, nobodys])] == [nobodys]


def test_no_more_than_a_few_are_offered() -> None:
    every = [kept(f"Number {i}", done=[1]) for i in range(recent.MOST + 2)]
    assert len(recent.last(every)) == recent.MOST


def test_drafts_that_are_not_offered_are_not_read() -> None:
    """To read the texts of thousands takes seconds, and the menu asks in every run."""
    with closing(drafts.opened()) as store:
        given = {"browsers": "[]", "account": "", "others": True, "but": ""}
        plan = [str(row[-1]) for row in store.execute(f"EXPLAIN QUERY PLAN {recent.LAST}", given)]
    assert any("USING INDEX done" in step for step in plan)
    assert not any(step.startswith("SCAN drafts") and "INDEX" not in step for step in plan)
