"""Results and settlements as plain data: the same figures as the arrays they come from."""

import json
import re
from functools import cache
from typing import Any

import numpy as np
import pytest

from data import presets
from model import report, tables
from model.amounts import OfFee, Pounds
from model.distributions import Normal
from model.framework import Gate
from model.ledger import LINES
from model.outturn import actuals
from model.pool import PerformancePool
from model.scenario import Scenario
from model.simulate import Results, simulate
from model.statistics import ON_SORTED, percentile, summary
from tests.model.build import MILLION, commissioner, framework, kpi, providers, scenario, share

DRAWS = 500


def alliance() -> Scenario:
    """Two years, all kinds of owners, pain capped at the fee, a bonus of £1m for performance behind a gate."""
    return scenario(
        years=2,
        providers=providers(0.6, 0.4, cost_deviation=Normal(mean=0.0, sd=0.05)),
        commissioners=(commissioner("City council", 0.7), commissioner("Health board", 0.3)),
        framework=framework(
            kpi("Recovered", weight=0.5, gate=Gate(level="poor", blocks="cost gain")),
            kpi("Waiting", weight=0.5, gate=Gate(level="failure", blocks="performance gain")),
        ),
        risk_share=share(
            total_pain_cap=OfFee(part=0.5),
            performance=PerformancePool(pool=Pounds(amount=MILLION)),
            phase_in=(0.5,),
        ),
    )


@cache
def results() -> Results:
    return simulate(alliance(), DRAWS, 7)


def outturn(recovered: float, waiting: float) -> dict[str, object]:
    costs = {"A": 90 * MILLION, "B": 104 * MILLION}
    return {"years": [{"year": 2, "costs": costs, "kpis": {"Recovered": recovered, "Waiting": waiting}}]}


def settled(recovered: float = 20, waiting: float = 20) -> dict[str, Any]:
    found = report.of_settlement(alliance(), actuals(alliance(), outturn(recovered, waiting)))
    (year,) = found["years"]
    lines = {line["line"]: line.get("amounts", {"": line.get("amount")}) for line in year["lines"]}
    return {**lines, "gates": year["gates"], "scores": year["kpi_scores"], "year": year}


def test_figures_of_a_run_are_those_of_its_draws() -> None:
    found, draws = report.of_run(results(), 7), np.sort(results().total, axis=1)
    for i, row in enumerate(found["partners"].values()):
        statistics = summary(results().total[i])
        assert {key: row[key] for key in ON_SORTED} == statistics.values
        assert row["standard_errors"] == statistics.errors
        assert row["standard_error"] == statistics.errors["mean"]
        assert row["p5"] == float(percentile(draws[i], 5))
    assert found["alliance"]["mean_ops"] == pytest.approx(float(results().mean_ops.mean()))
    assert found["caps"].keys() == {"Cap on total pain"}


def test_years_of_a_run_are_those_of_its_draws() -> None:
    found = report.of_run(results(), 7)["years"]
    for t, year in enumerate(found):
        assert year["target_cost"] == pytest.approx(200 * MILLION)
        assert year["fee"] == pytest.approx(10 * MILLION)
        assert year["providers"]["mean"] == pytest.approx(float(results().providers[t].mean()))
        assert year["commissioners"]["sd"] == pytest.approx(float(results().commissioners[t].std()))


def test_the_largest_possible_loss_is_a_sum_of_money_or_uncapped() -> None:
    """Half of £10m of fees, at 50% in the first year: £7.5m over the term, of which A bears 60%."""
    found = report.of_run(results(), 7)
    limits = {name: row["largest_possible_loss"] for name, row in found["partners"].items()}
    assert limits["A"] == pytest.approx(0.6 * 7.5 * MILLION)
    assert limits["B"] == pytest.approx(0.4 * 7.5 * MILLION)
    assert limits["City council"] == limits["Health board"] == report.UNCAPPED
    assert found["alliance"]["providers"]["largest_possible_loss"] == pytest.approx(7.5 * MILLION)


@pytest.mark.parametrize("name", presets.names())
def test_a_run_is_finite_plain_data(name: str) -> None:
    text = json.dumps(report.of_run(simulate(presets.preset(name), 160), 1), allow_nan=False)
    assert not re.search("NaN|Infinity", text)


def test_every_uncertain_input_is_reported_with_its_reason() -> None:
    found = report.of_run(results(), 7)["assumptions"]
    assert all(entry.keys() == {"input", "assumed", "reason", "owner", "date"} for entry in found)
    assert all(entry["input"] and entry["assumed"] and entry["reason"] for entry in found)
    by_name = {entry["input"]: entry for entry in found}
    assert len(by_name) == len(found)
    assert by_name["A: cost"]["assumed"].startswith("9 in 10 between −8.22% and 8.22% of plan")
    assert by_name["A: cost"]["reason"] == "no reason given"


def test_the_precision_is_said_against_what_was_asked() -> None:
    known, unknown = report.precision(10_000.0, 9_876.5), report.precision(0.5, 3_145.724)
    assert known == {"pounds": 10_000, "standard_error": 9_876.5, "reached": True}
    assert report.precision_in_words(known) == (
        "The largest standard error of a worst 1-in-20 is £9,876.50; at most £10,000 was asked"
    )
    assert not unknown["reached"]
    assert report.precision_in_words(unknown) == (
        "The largest standard error of a worst 1-in-20 is £3,145.72; £0.50 was asked, and more than 1,048,576 futures "
        "are not drawn"
    )


def test_a_settled_year_reads_as_the_contract() -> None:
    """A saves £10m and B overspends £4m: £3m of the saving of £6m is the providers', performance is neutral."""
    found = settled()
    assert found["saving"][""] == pytest.approx(6 * MILLION)
    assert found["cost_component"][""] == pytest.approx(3 * MILLION)
    assert found["limb3"] == pytest.approx({"A": 1.8 * MILLION, "B": 1.2 * MILLION})
    assert found["result"] == pytest.approx({"A": 6.8 * MILLION, "B": 6.2 * MILLION})
    assert found["commissioners"] == pytest.approx({"City council": 2.1 * MILLION, "Health board": 0.9 * MILLION})
    assert found["year"]["actual_cost"] == pytest.approx(194 * MILLION)
    assert found["scores"] == {"Recovered": 0.0, "Waiting": 0.0}


def test_a_failed_gate_is_reported_and_blocks_what_it_says() -> None:
    both_pass, cost_fails, performance_fails = settled(80, 80), settled(10, 80), settled(80, 0)
    assert both_pass["gates"] == {"cost_gain_blocked": False, "performance_gain_blocked": False, "failed": []}
    assert list(cost_fails["gates"].values())[:2] == [True, False]
    assert len(cost_fails["gates"]["failed"]) == 1
    assert list(performance_fails["gates"].values())[:2] == [False, True]
    assert cost_fails["cost_after_gates"][""] == 0
    assert cost_fails["performance_after_gates"][""] == pytest.approx(0.25 * MILLION)
    assert performance_fails["cost_after_gates"][""] == pytest.approx(3 * MILLION)


def test_every_line_of_the_ledger_is_reported_with_its_owners() -> None:
    lines = settled()["year"]["lines"]
    owners = {"provider": ["A", "B"], "commissioner": ["City council", "Health board"], "alliance": None}
    for line, known in zip(lines, LINES, strict=True):
        assert list(line.get("amounts", [])) == (owners[known.per] or [])
        assert ("amount" in line) == (known.per == "alliance")


def test_no_figure_of_a_settlement_is_minus_nothing() -> None:
    text = json.dumps(report.of_settlement(alliance(), actuals(alliance(), outturn(20, 20))), allow_nan=False)
    assert not re.search(r"-0\.0\b(?!\d)", text)


def test_partners_of_the_table_are_partners_of_the_report() -> None:
    found = report.of_run(results(), 7)
    assert [*found["partners"]] == tables.partner_names(alliance())
