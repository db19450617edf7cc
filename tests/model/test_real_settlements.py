"""Real contracts: every settlement of the Medicare Shared Savings Program for 2018, as it was published.

Source: Centers for Medicare & Medicaid Services, Shared Savings Program public use file, performance year 2018.
Nothing is shared of less than the corridor; past it all is (a gate). Gain: saving × share × quality, less a haircut,
at most a part of target. Loss: a fixed share, or 1 − share × quality within two limits; less relief.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.model.cases import ACO, FOLDER, STANDARD, Settlement, of_target, pounds, settled

PROJECT = Path(__file__).parents[2]
FILE = FOLDER / "medicare_aco_settlements_2018.csv"
HEADINGS = (
    "id,target_cost,actual_cost,corridor_rate,max_gain_share,gain_cap_rate,loss_rule,loss_share_min,loss_share_max,"
    "loss_cap_rate,quality_score,quality_gate_met,gain_haircut,relief_amount,published_payout"
)
FACTS = {
    "a saving shared": "A1001,1072551536.0,960028237.0,0.02,0.5,0.1,,,,,0.9084,1.0,0.98,0.0,50087988.0",
    "a saving barely past the corridor": (
        "A1393,94225342.0,93251903.0,0.01,0.5,0.1,fixed,0.3,0.3,0.04,0.754,1.0,0.98,0.0,359670.0"
    ),
    "a saving without a corridor": (
        "A3774,476007861.0,473652030.0,0.0,0.5,0.1,fixed,0.3,0.3,0.04,1.0,1.0,0.98,0.0,1154357.0"
    ),
    "a share of 75%": (
        "A1037,153321713.0,142409072.0,0.02,0.75,0.2,oneminus,0.4,0.75,0.15,0.9026,1.0,0.98,0.0,7239220.0"
    ),
    "a saving barely below the corridor": (
        "A1204,411710603.0,402274872.0,0.023177539,0.75,0.2,oneminus,0.4,0.75,0.15,0.9004,1.0,0.98,0.0,0.0"
    ),
    "a saving of 31%, held at the cap": (
        "A1409,121182225.0,83501144.0,0.037645646,0.5,0.1,,,,,0.9081,1.0,0.98,0.0,12118223.0"
    ),
    "a saving below the corridor, standard missed": (
        "A3547,369044210.0,364149463.0,0.023301743,0.5,0.1,,,,,0.4545,0.0,0.98,0.0,0.0"
    ),
    "a one-sided overspend of 9%": "A2915,67233376.0,73242337.0,0.035013013,0.5,0.1,,,,,0.8756,1.0,0.98,0.0,0.0",
    "an overspend inside the corridor": (
        "A3289,450735240.0,452280040.0,0.01,0.75,0.2,oneminus,0.4,0.75,0.15,0.9316,1.0,0.98,0.0,0.0"
    ),
    "a fixed share of an overspend, less relief": (
        "A2392,130265792.0,136127125.0,0.027168034,0.5,0.1,fixed,0.3,0.3,0.04,0.9732,1.0,0.98,-717.0,-1757683.0"
    ),
    "one minus share × quality, less relief": (
        "A3336,181635269.0,186035881.0,0.01,0.6,0.15,oneminus,0.4,0.6,0.1,0.9794,1.0,0.98,-1070.0,-1813633.0"
    ),
    "one minus share × quality, held at the least": (
        "A3365,130170365.0,133511047.0,0.02,0.75,0.2,oneminus,0.4,0.75,0.15,0.9888,1.0,0.98,-136037.0,-1200236.0"
    ),
    "an overspend, standard missed, held at the most": (
        "A3743,86448539.0,89276593.0,0.01,0.75,0.2,oneminus,0.4,0.75,0.15,0.4545,0.0,0.98,-2797.0,-2118244.0"
    ),
}

ROUND = Settlement(
    id="100 million",
    target=100e6,
    actual=95e6,
    corridor=0.02,
    gain_share=0.5,
    gain_cap=0.1,
    loss_rule="fixed",
    loss_shares=(0.3, 0.3),
    loss_cap=0.04,
    quality=0.8,
    standard_met=True,
    haircut=0.0,
    relief=0.0,
    payout=2e6,
)


def read(lines: Iterable[str]) -> list[Settlement]:
    return [Settlement.of(row) for row in csv.DictReader(lines)]


def dollars(amount: float) -> object:
    return pytest.approx(amount, abs=0.005, rel=0)


@pytest.mark.skipif(not FILE.exists(), reason="the folder of whole cases is not here")
def test_every_settlement_of_2018_pays_what_was_published() -> None:
    rows = read(FILE.read_text("utf-8").splitlines())
    misses = {row: abs(row.paid() - row.payout) / row.tolerance for row in rows}
    worst = max(rows, key=lambda row: misses[row])
    told = f"worst of {len(rows)}: {worst.id} is paid {worst.paid():,.2f}, published {worst.payout:,.2f}"
    assert len(rows) == 548
    assert misses[worst] <= 1, told


@pytest.mark.parametrize("line", FACTS.values(), ids=FACTS.keys())
def test_real_settlements_pay_what_was_published(line: str) -> None:
    (row,) = read([HEADINGS, line])
    assert row.paid() == pytest.approx(row.payout, abs=row.tolerance, rel=0)


def test_a_contract_without_pain_bands_settles_like_a_one_sided_year() -> None:
    (row,) = read([HEADINGS, FACTS["a one-sided overspend of 9%"]])
    assert row.paid(one_sided_years=0) < -row.tolerance
    assert row.paid(one_sided_years=0, pain_bands=[]) == row.paid() == 0


def test_the_command_line_settles_a_real_contract(tmp_path: Path) -> None:
    (row,) = read([HEADINGS, FACTS["one minus share × quality, less relief"]])
    files = {"scenario.json": row.scenario(), "outturn.json": row.outturn()}
    for name, document in files.items():
        (tmp_path / name).write_text(json.dumps(document), "utf-8")
    command = [sys.executable, "-m", "model", "settle", *(str(tmp_path / name) for name in files), "--json"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, encoding="utf-8")
    lines = {line["line"]: line for line in json.loads(done.stdout)["years"][0]["lines"]}
    assert lines["limb3"]["amounts"][ACO] == pytest.approx(row.payout, abs=row.tolerance, rel=0)
    assert lines["relief"]["amount"] == dollars(1070)


# Other years of the scheme, and what no row of 2018 meets -------------------------------------------------------


def test_a_missed_standard_pays_nothing_of_a_saving() -> None:
    assert ROUND.paid() == dollars(2e6)
    assert ROUND._replace(standard_met=False).paid() == 0


@pytest.mark.parametrize(
    ("standard", "alternative", "paid"),
    [(1.0, 1.0, 2.5e6), (1.0, 0.0, 0.0), (0.0, 1.0, 2e6), (0.0, 0.0, 0.0)],
    ids=["both met", "alternative missed", "standard missed", "both missed"],
)
def test_a_missed_standard_may_fall_back_to_share_times_quality(
    standard: float, alternative: float, paid: float
) -> None:
    """5 million saved: half of it, or half × 0.8; without the alternative standard nothing."""
    contract = ROUND.scenario(gates={STANDARD: "full cost gain", "Alternative": "cost gain"})
    (year,) = settled(contract, ROUND.outturn(**{STANDARD: standard, "Alternative": alternative}))
    assert year.amount("limb3") == dollars(paid)


@pytest.mark.parametrize(
    ("saved", "paid"),
    [(1e6, 0.2e6), (1.99e6, 0.398e6), (2e6, 0.8e6), (-1e6, -0.15e6), (-1.99e6, -0.2985e6), (-2e6, -0.6e6)],
)
def test_half_the_rate_may_be_paid_below_the_corridor(saved: float, paid: float) -> None:
    """From 2% of 100 million on, half × 0.8 of a saving and 30% of an overspend; before that half as much."""
    half = {"kind": "gate", "width": 0.02, "inside": 0.5}
    row = ROUND._replace(actual=ROUND.target - saved)
    assert row.paid(gain_corridor=half, pain_corridor=half) == dollars(paid)


@pytest.mark.parametrize(("limit", "paid"), [(3e6, -3e6), (4e6, -4e6), (5e6, -4e6)])
def test_a_loss_may_stop_at_the_lower_of_two_sums(limit: float, paid: float) -> None:
    """30% of 20 million overspent is 6 million: at most 4% of target, and at most a sum."""
    cap = {"kind": "lower_of", "first": of_target(0.04), "second": pounds(limit)}
    assert ROUND._replace(actual=120e6).paid(cost_pain_cap=cap) == dollars(paid)


@pytest.mark.parametrize(("quality", "rate"), [(1.0, 0.4), (0.8, 0.4), (0.6, 0.55), (0.2, 0.75), (0.0, 0.75)])
def test_a_loss_grows_as_quality_falls_between_two_limits(quality: float, rate: float) -> None:
    """1 − 75% × quality, at least 40% and at most 75%, of 5 million overspent."""
    row = ROUND._replace(loss_rule="oneminus", gain_share=0.75, loss_shares=(0.4, 0.75), loss_cap=0.15)
    assert row._replace(actual=105e6, quality=quality).paid() == dollars(-5e6 * rate)


@pytest.mark.parametrize(
    ("actual", "relief", "paid"),
    [(105e6, 1e6, -0.5e6), (105e6, 2e6, 0.0), (120e6, 1e6, -3e6), (95e6, 1e6, 2e6)],
    ids=["part of a loss", "more than a loss", "of a capped loss", "none of a gain"],
)
def test_relief_reduces_a_loss_to_nothing_at_most(actual: float, relief: float, paid: float) -> None:
    assert ROUND._replace(actual=actual, relief=relief).paid() == dollars(paid)


@pytest.mark.parametrize(("order", "paid"), [("before the cap", 10e6), ("after the cap", 9.8e6)])
def test_the_haircut_before_the_cap_leaves_the_cap_whole(order: str, paid: float) -> None:
    """Half of 40 million saved at quality 0.8 is 16 million; the cap is 10 million, the haircut 2%."""
    assert ROUND._replace(actual=60e6, haircut=0.02).paid(haircut_order=order) == dollars(paid)
