"""The terms of a contract as tables."""

import pytest

from model import schedule
from model.amounts import OfFee, OfTarget
from model.bands import Band
from model.corridors import DeductibleCorridor, GateCorridor
from tests.model.build import commissioner, framework, kpi, provider, scenario, share

BANDS = (Band(up_to=0.05, share=0.5), Band(up_to=0.1, share=0.4))


def test_layers_go_on_to_the_end_also_where_the_last_band_is_closed() -> None:
    found = schedule.bands(scenario(risk_share=share(gain_bands=BANDS)))
    assert list(found.loc["Saving"].itertuples(index=False, name=None)) == [
        ("0", "5% of target cost", "50%"),
        ("5% of target cost", "10% of target cost", "40%"),
        ("10% of target cost", "no end", "0%"),
    ]
    assert tuple(found.loc["Overspend"]) == ("0", "no end", "50%")


def test_layers_say_from_where_they_count() -> None:
    kinds = share(gain_corridor=GateCorridor(width=0.01), pain_corridor=DeductibleCorridor(width=0.02))
    found = schedule.bands(scenario(risk_share=kinds))
    assert list(found.index.unique()) == [
        "Saving of 1% of target cost or more",
        "Overspend, only what is beyond 2% of target cost",
    ]


def test_layers_beyond_a_deductible_end_further_out() -> None:
    found = schedule.bands(scenario(risk_share=share(pain_corridor=DeductibleCorridor(width=0.02), pain_bands=BANDS)))
    assert list(found.loc["Overspend, only what is beyond 2% of target cost", "Up to"]) == [
        "5% beyond the corridor (7% over target cost)",
        "10% beyond the corridor (12% over target cost)",
        "no end",
    ]


def test_without_bands_all_is_the_commissioners() -> None:
    assert tuple(schedule.bands(scenario(risk_share=share(pain_bands=()))).loc["Overspend"]) == ("0", "no end", "0%")


def test_caps_are_in_words_and_in_pounds_and_those_that_are_not_there_are_left_out() -> None:
    """A target cost of £100m, a fee of £5m."""
    capped = scenario(
        providers=(provider(pain_cap=OfFee(part=0.5)),), risk_share=share(total_gain_cap=OfTarget(part=0.02))
    )
    found = schedule.caps(capped, 0)
    assert dict(found["pounds"]) == pytest.approx(
        {"Gain in all, providers together": 2e6, "Pain of Community charity": 2.5e6}
    )
    assert found["At"].to_list() == ["2% of target cost", "50% of its fee"]


def test_everybody_who_signs_is_a_party() -> None:
    found = schedule.parties(scenario(commissioners=(commissioner("A", 0.4), commissioner("B", 0.6))))
    assert list(found.index) == ["Community charity", "A", "B"]
    assert found["Fee, or contribution"].to_list() == ["fee 5% of target cost", "contributes 40%", "contributes 60%"]


def test_kpis_have_their_levels_and_weight_in_the_whole() -> None:
    found = schedule.kpis(scenario(framework=framework(kpi("A", weight=0.25), kpi("B", weight=0.75))))
    assert dict(found["weight"]) == pytest.approx({"A": 0.25, "B": 0.75})
    assert list(found.loc["A", ["failure", "poor", "minimum", "stretch", "gamebreaking"]]) == [0, 10, 20, 40, 80]
