"""Ready variants change what they say, in both directions, and nothing else."""

import pytest

from data import presets
from model.amounts import OfFee, OfTarget, Pounds
from model.bands import Band
from model.comparison import inputs_that_differ
from model.modifiers import NoModifier, QualityModifier
from model.variants import variants
from tests.model.build import scenario, share


@pytest.mark.parametrize("name", presets.names())
def test_every_variant_of_every_preset_is_another_design_with_other_terms_only(name: str) -> None:
    design = presets.preset(name)
    for one in variants(design):
        said = inputs_that_differ(design, one.scenario)
        assert said, one.name
        assert {change.kind for change in said} == {"terms"}, one.name


def test_a_design_that_is_so_already_is_not_offered() -> None:
    half = scenario(risk_share=share(total_pain_cap=OfFee(part=0.5)))
    names = [one.name for one in variants(half)]
    assert names == [
        "Share 30%",
        "Share 50%, 30% past 5%",
        "Corridor 2%",
        "Corridor 5%",
        "Cap at the fee",
        "No caps at all",
        "Score multiplies the gain",
        "Score paid from a pool",
        "Trued up at the end",
        "Pain carried forward",
    ]


def test_a_score_multiplies_the_gain_or_pays_from_a_pool_and_never_both() -> None:
    found = {one.name: one.scenario.risk_share for one in variants(presets.preset(presets.FIRST))}
    multiplied, apart = found["Score multiplies the gain"], found.get("Score paid from a pool")
    assert multiplied.gain_modifier == QualityModifier()
    assert multiplied.performance.pool == Pounds(amount=0.0)
    assert apart is None or apart.gain_modifier == NoModifier()
    bare = {one.name: one.scenario.risk_share for one in variants(scenario())}
    assert bare["Score paid from a pool"].performance.pool == OfTarget(part=0.02)


def test_another_share_ends_where_the_bands_ended() -> None:
    bands = (Band(up_to=0.05, share=0.5), Band(up_to=0.1, share=0.4))
    found = {one.name: one.scenario.risk_share for one in variants(scenario(risk_share=share(gain_bands=bands)))}
    assert found["Share 30%"].gain_bands == (Band(up_to=0.1, share=0.3),)
    assert found["Share 30%"].pain_bands == (Band(up_to=None, share=0.3),)
    banded = found["Share 50%, 30% past 5%"]
    assert banded.gain_bands == (Band(up_to=0.05, share=0.5), Band(up_to=0.1, share=0.3))
    assert banded.pain_bands == (Band(up_to=0.05, share=0.5), Band(up_to=None, share=0.3))


def test_a_contract_without_bands_gets_them() -> None:
    bare = scenario(risk_share=share(gain_bands=(), pain_bands=()))
    found = {one.name: one.scenario.risk_share for one in variants(bare)}
    assert found["Share 50%"].gain_bands == (Band(share=0.5),)


def test_a_corridor_keeps_its_kind() -> None:
    gate = {"kind": "gate", "width": 0.01, "inside": 0.5}
    found = {one.name: one.scenario.risk_share for one in variants(scenario(risk_share=share(gain_corridor=gate)))}
    assert found["Corridor 2%"].gain_corridor.model_dump() == gate | {"width": 0.02}
    assert found["Corridor 2%"].pain_corridor.model_dump() == {"kind": "deductible", "width": 0.02}
    assert found["No corridors"].gain_corridor.kind == "none"


@pytest.mark.parametrize("name", presets.names())
def test_without_caps_nobody_has_one(name: str) -> None:
    design = presets.preset(name)
    bare = next((one.scenario for one in variants(design) if one.name == "No caps at all"), design)
    caps = [getattr(bare.risk_share, field) for field in type(bare.risk_share).model_fields if field.endswith("_cap")]
    caps += [cap for one in bare.providers for cap in (one.gain_cap, one.pain_cap)]
    assert {cap.kind for cap in caps} == {"none"}
    assert variants(bare)
    assert "No caps at all" not in [one.name for one in variants(bare)]
