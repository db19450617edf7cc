"""Every input with its value and note."""

import pytest

from data import presets
from model.base import Source
from model.inputs import certain, uncertain
from tests.model.build import framework, kpi, provider, scenario


def test_an_entry_has_its_value_in_its_unit_and_its_note() -> None:
    noted = provider(sources=(Source(field="fee_rate", note="Agreed in May."),))
    found = {one.input: (one.assumed, one.reason) for one in certain(scenario(providers=(noted,)))}
    assert found["Community charity › Fee"] == ("5%", "Agreed in May.")
    assert found["Community charity › Baseline cost"] == ("£100,000,000", "no reason given")


def test_what_is_uncertain_is_not_said_to_be_certain() -> None:
    told = {one.input for one in certain(scenario(framework=framework(kpi())))}
    assert not any("uncertainty" in name.casefold() for name in told)
    assert "Community charity: cost" in {one.input for one in uncertain(scenario())}


@pytest.mark.parametrize("preset", presets.names())
def test_no_input_is_listed_twice(preset: str) -> None:
    every = [one.input for one in (*uncertain(presets.preset(preset)), *certain(presets.preset(preset)))]
    assert len(set(every)) == len(every)
