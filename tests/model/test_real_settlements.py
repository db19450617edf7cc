"""Real contracts: every settlement of the Medicare Shared Savings Program for 2018, as it was published.

Source: Centers for Medicare & Medicaid Services, Shared Savings Program public use file, performance year 2018.
Nothing is shared of less than the corridor; past it all is (a gate). Gain: saving × share × quality, less a haircut,
at most a part of target. Loss: a fixed share, or 1 − share × quality within two limits; less relief.
"""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from model.documents import from_document, to_document
from tests.model.cases import FOLDER, Settlement, settled

PROJECT = Path(__file__).parents[2]
FILE = FOLDER / "medicare_aco_settlements_2018.csv"
HEADINGS = (
    "year,id,track,target_cost,actual_cost,corridor_rate,max_gain_share,gain_cap_rate,two_sided,loss_rule,"
    "loss_share_min,loss_share_max,loss_cap_rate,quality_score,quality_gate_met,gain_haircut,relief_amount,"
    "published_payout"
)
FACTS = {
