"""Two edits of one document: nothing of either is lost, and what both changed is known from both sides."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.merge import Merged, merge, places
from data.presets import names, preset
from model.documents import to_document

at_leisure = settings(deadline=None)
leaves = st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.sampled_from(["a", "b", ""]))
lines = st.lists(st.fixed_dictionaries({"name": st.sampled_from("ABCD"), "fee": leaves}), max_size=4)
documents = st.recursive(
    leaves | lines,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", "x", "y"]), inner, max_size=3),
    max_leaves=12,
)
A, B, C = ({"name": name, "fee": 1, "cost": 10} for name in "ABC")


def with_fee(line: dict[str, Any], fee: int) -> dict[str, Any]:
    return line | {"fee": fee}


@at_leisure
@given(documents, documents)
def test_with_a_side_that_changed_nothing_the_other_side_is_had(base: Any, side: Any) -> None:
    assert merge(base, base, side) == Merged(side, side)
    assert merge(base, side, base) == Merged(side, side)


@at_leisure
@given(documents, documents)
def test_two_sides_that_made_the_same_change_have_it(base: Any, side: Any) -> None:
    assert merge(base, side, side) == Merged(side, side)


@at_leisure
@given(documents, documents, documents)
def test_nothing_that_was_given_is_changed(base: Any, first: Any, second: Any) -> None:
    before = copy.deepcopy((base, first, second))
    merge(base, first, second)
    assert (base, first, second) == before


@at_leisure
@given(documents, documents)
def test_places_are_where_two_documents_differ(before: Any, after: Any) -> None:
    assert bool(places(before, after)) == (before != after)


def figures(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where the numbers of a document are."""
    if isinstance(node, dict | list):
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        return [place for key, inner in pairs for place in figures(inner, (*path, key))]
    return [path] if isinstance(node, float) else []


def edited(document: Any, edits: dict[tuple[Any, ...], float]) -> Any:
    document = copy.deepcopy(document)
    for path, value in edits.items():
        node = document
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = value
    return document


PRESET = to_document(preset(names()[0]))
edits_of_it = st.dictionaries(st.sampled_from(figures(PRESET)), st.floats(2, 9), max_size=6)


@at_leisure
@given(edits_of_it, edits_of_it)
def test_every_figure_typed_on_either_side_is_kept_and_both_where_they_meet(
    first: dict[tuple[Any, ...], float], second: dict[tuple[Any, ...], float]
) -> None:
    both = merge(PRESET, edited(PRESET, first), edited(PRESET, second))
    assert both.document == edited(PRESET, second | first)
    assert both.other == edited(PRESET, first | second)
    assert set(places(both.document, both.other)) == {p for p in first.keys() & second.keys() if first[p] != second[p]}


def test_lines_are_matched_by_name_where_one_side_has_another_line_before_them() -> None:
    assert merge([A, B], [C, A, B], [A, with_fee(B, 2)]).document == [C, A, with_fee(B, 2)]
    assert merge([A, B], [B], [A, with_fee(B, 2)]).document == [with_fee(B, 2)]


def test_a_line_keeps_what_was_typed_into_it_while_it_got_another_name() -> None:
    renamed = A | {"name": "Another"}
    assert merge([A, B], [renamed, B], [with_fee(A, 2), B]) == Merged(
        [with_fee(renamed, 2), B], [with_fee(renamed, 2), B]
    )


def test_a_line_that_one_side_removed_and_the_other_changed_is_there_for_the_side_that_changed_it() -> None:
    assert merge([A, B], [A], [A, with_fee(B, 2)]) == Merged([A], [A, with_fee(B, 2)])
    assert merge([A, B], [A, with_fee(B, 2)], [A]) == Merged([A, with_fee(B, 2)], [A])


def test_lines_without_names_go_by_their_place() -> None:
    base = [{"share": 0.5}, {"share": 0.4}]
    assert merge(base, [{"share": 0.6}, base[1]], [base[0], {"share": 0.3}]).document == [
        {"share": 0.6},
        {"share": 0.3},
    ]


def test_another_kind_is_taken_whole() -> None:
    base = {"kind": "gate", "width": 0.01}
    first, second = {"kind": "deductible", "width": 0.01}, {"kind": "gate", "width": 0.02}
    assert merge(base, first, second) == Merged(first, second)


@pytest.mark.parametrize("name", names())
def test_every_list_of_a_preset_with_names_is_matched_by_them(name: str) -> None:
    document = to_document(preset(name))
    fewer, more = copy.deepcopy(document), copy.deepcopy(document)
    gone = fewer["providers"].pop(0)
    more["providers"][-1]["fee_rate"] = 0.123
    merged = merge(document, fewer, more).document
    assert gone["name"] not in [line["name"] for line in merged["providers"]]
    assert merged["providers"][-1]["fee_rate"] == 0.123


def test_costs_of_two_later_years_are_both_kept() -> None:
    """One tab plans 2019-20, the other 2021-22, of a provider of which nothing was planned."""
    here, there = A | {"later_costs": [11]}, A | {"later_costs": [None, None, 13]}
    assert merge([A], [here], [there]).document == [A | {"later_costs": [11, None, 13]}]
    both = merge([here], [A | {"later_costs": [12, 14]}], [A | {"later_costs": [15]}])
    assert both == Merged([A | {"later_costs": [12, 14]}], [A | {"later_costs": [15, 14]}])
