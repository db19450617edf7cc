"""Fields found by their path: forms and messages rely on it for every entry of a scenario."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import Field

from data import presets
from model.amounts import Amount, OfFee, Pounds, Uncapped
from model.bands import Band, Bands
from model.contract import RiskShare
from model.corridors import Corridor, GateCorridor
from model.distributions import Normal
from model.documents import to_document
from model.evidence import Distribution
from model.fields import bare, choices, element, field_at, kind_of, unit_of, value_class, walk
from model.framework import Gate
from model.partners import Provider
from model.scenario import Scenario, Term

DOCUMENT: dict[str, Any] = to_document(presets.preset(presets.FIRST))
UNITS = {"", "£", "%", "as its owner"}


def entries(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every entry of a document that has a name."""
    for key, child in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(key, str):
            yield (*path, key)
        if isinstance(child, dict | list) and key != "sources":
            yield from entries(child, (*path, key))


@pytest.mark.parametrize("name", presets.names())
def test_every_entry_of_every_preset_has_a_field_with_a_title_and_a_unit(name: str) -> None:
    document = to_document(presets.preset(name))
    paths = list(entries(document))
    assert len(paths) > 100
    for path in paths:
        field = field_at(document, path)
        assert field.title or path[-1] == "kind", path
        assert unit_of(field) in UNITS, path


def test_a_path_leads_to_its_field() -> None:
    for path, title, unit in (
        (("name",), "Name", ""),
        (("term", "start"), "Starts", ""),
        (("providers", 0, "baseline_cost"), "Baseline cost", "£"),
        (("providers", 1, "fee_rate"), "Fee", "%"),
        (("commissioners", 0, "reserves"), "Reserves", "£"),
        (("framework", "kras", 0, "kpis", 0, "levels", "stretch"), "Stretch", ""),
        (("risk_share", "pain_bands", 0, "share"), "Providers' share", "%"),
        (("risk_share", "performance", "pool", "part"), "% of target cost", "%"),
    ):
        field = field_at(DOCUMENT, path)
        assert (field.title, unit_of(field)) == (title, unit)


def test_a_path_gives_the_node_at_each_step() -> None:
    steps = walk(DOCUMENT, ("providers", 1, "name"))
    assert [key for key, _, _ in steps] == ["providers", 1, "name"]
    assert [field.title if field else None for _, field, _ in steps] == ["Providers", None, "Name"]
    assert steps[1][2] == DOCUMENT["providers"][1]
    assert steps[2][2] == DOCUMENT["providers"][1]["name"]


def test_a_step_that_names_the_kind_of_a_union_is_left_out() -> None:
    deviation = {"kind": "normal", "mean": 0.0, "sd": "wide"}
    document = {"providers": [{"cost_deviation": deviation}]}
    steps = walk(document, ("providers", 0, "cost_deviation", "normal", "sd"))
    assert [key for key, _, _ in steps] == ["providers", 0, "cost_deviation", "sd"]
    assert steps[-1][1] is Normal.model_fields["sd"]


@pytest.mark.parametrize(
    "path",
    [(), ("mood",), ("providers", 0), ("providers", 0, "mood"), ("term", "years", "mood"), ("name", "x")],
    ids=str,
)
def test_a_path_that_leads_nowhere_has_no_field(path: tuple[str | int, ...]) -> None:
    with pytest.raises(KeyError):
        field_at(DOCUMENT, path)


def test_a_walk_survives_a_document_of_another_shape() -> None:
    nodes: list[Any] = [None, {}, [None], [3]]
    shapes: list[Any] = [None, [], {}, *({"providers": node} for node in nodes)]
    for document in shapes:
        steps = walk(document, ("providers", 0, "fee_rate"))
        assert [key for key, _, _ in steps] == ["providers", 0, "fee_rate"]
        assert steps[-1][1] is Provider.model_fields["fee_rate"]
        assert steps[-1][2] is None
    assert walk({"providers": []}, ("providers", 5))[-1] == (5, None, None)
    assert walk(DOCUMENT, ("mood", "deeper"))[-1] == ("mood", None, None)


def test_annotations_are_stripped_to_what_they_hold() -> None:
    assert bare(float | None) is float
    assert bare(Annotated[float | None, Field(ge=0)]) is float
    assert bare(Annotated[Gate, "note"] | None) is Gate
    assert bare(str | int) == str | int
    assert choices(str | int | None) == (str, int)
    assert choices(Term) == (Term,)
    assert set(choices(Amount)) >= {Uncapped, Pounds, OfFee}


def test_what_a_list_holds() -> None:
    assert element(Bands) is Band
    assert element(tuple[str, ...] | None) is str
    assert element(float) is Any
    assert element(Scenario.model_fields["providers"].annotation) is Provider


@pytest.mark.parametrize("union", [Amount, Corridor, Distribution], ids=["amount", "corridor", "distribution"])
def test_each_member_of_a_union_has_a_kind_of_its_own_that_leads_back_to_it(union: Any) -> None:
    members = choices(union)
    kinds = [kind_of(member) for member in members]
    assert len(set(kinds)) == len(members) > 1
    for kind, member in zip(kinds, members, strict=True):
        assert kind in get_args(member.model_fields["kind"].annotation)
        assert value_class(union, {"kind": kind}) is member


def test_what_is_not_a_member_of_a_tagged_union_has_no_kind() -> None:
    assert kind_of(Provider) is None  # its kind is a choice of several
    assert kind_of(Term) is None
    assert kind_of(float) is None
    assert kind_of(Literal["none"]) is None


def test_the_class_of_a_node() -> None:
    assert value_class(Scenario, {}) is Scenario
    assert value_class(Gate | None, None) is Gate
    assert value_class(Corridor, {"kind": "gate"}) is GateCorridor
    assert value_class(Corridor, {"kind": "fence"}) is None
    assert value_class(Corridor, "gate") is None
    assert value_class(float, 3.0) is None


def test_units_are_pounds_percent_or_nothing() -> None:
    assert unit_of(None) == ""
    assert unit_of(RiskShare.model_fields["phase_in"]) == "%"
    assert unit_of(RiskShare.model_fields["one_sided_years"]) == ""
    assert unit_of(Provider.model_fields["income"]) == "£"
    assert unit_of(Band.model_fields["up_to"]) == "%"
