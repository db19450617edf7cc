"""No future of a KPI lies beyond its possible values; figures that do are asked about."""

from typing import Any

from data import presets
from model.cautions import cautions
from model.possible import doubted, widened
from tests.model.build import RISING, framework, kpi, scenario


def rate(**changes: Any) -> dict[str, Any]:
    return kpi(lowest=0, highest=100, **changes).model_dump(mode="json")


def test_a_figure_beyond_a_possible_value_is_asked_about() -> None:
    assert list(doubted(rate())) == []
    assert list(doubted(kpi(today=262).model_dump())) == []
    (said,) = doubted(rate(today=262, levels=RISING.edited(gamebreaking=120)))
    assert said.startswith("'Recovered': today (262) and gamebreaking (120) lie above its highest possible value, 100,")
    (said,) = doubted(rate(expected=-3))
    assert said.startswith("'Recovered': expected (-3) lies below its lowest possible value, 0,")


def test_it_is_a_caution_of_the_whole_contract() -> None:
    odd = scenario(framework=framework(kpi(today=262, highest=100)))
    assert any("today (262) lies above" in said for said in cautions(odd))
    for name in presets.names():
        assert not any("possible value" in said for said in cautions(presets.preset(name)))


def test_only_the_possible_value_that_is_broken_is_emptied() -> None:
    assert widened(rate(), "")["highest"] == 100
    assert {end: widened(rate(today=262), "")[end] for end in ("lowest", "highest")} == {"lowest": 0, "highest": None}
    assert widened(rate(expected=-3), "")["lowest"] is None


def test_a_rate_in_percent_keeps_nought_and_a_hundred_whatever_is_typed() -> None:
    assert widened(rate(unit="%", today=950, expected=-3), "%") == rate(unit="%", today=950, expected=-3)
    assert widened({**rate(unit="%", today=95), "highest": 90}, "%")["highest"] is None


def test_a_hundred_is_no_highest_value_once_the_unit_is_no_percentage() -> None:
    assert widened(rate(unit="days"), "%")["highest"] is None
    assert widened(rate(unit="days"), "days")["highest"] == 100
    assert widened(rate(unit="%"), "%")["highest"] == 100
