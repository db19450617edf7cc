"""Where a term stands is said in pounds too."""

import math

import numpy as np
import pytest

from data import presets
from model.asking import Ask
from model.levers import Largest, Lever, common
from ui import verdicts

SCENARIO = presets.preset(presets.FIRST)
YEARS, PROVIDERS = SCENARIO.fee().shape


def cap() -> Lever:
    nothing = Largest(np.zeros(YEARS), np.zeros((YEARS, PROVIDERS)))
    return next(one for one in common(SCENARIO, nothing) if one.name == "Cap on the providers' total pain")


def test_a_cap_in_parts_of_the_fee_is_said_in_pounds_of_an_average_year() -> None:
    fees = SCENARIO.fee().sum(axis=1).mean()
    assert cap().base == pytest.approx(fees)
    said = verdicts.standing(Ask(cap(), 1.0, None), 0.5).replace("\u2060", "")
    assert said == f"50% of fee (£{fees / 2e6:.2f}m a year)"


def test_no_cap_and_a_term_that_is_no_part_of_the_fee_have_no_pounds_beside_them() -> None:
    assert verdicts.standing(Ask(cap(), 1.0, None), math.inf) == "no cap"
    share = Lever("Its share of pain", "%", 0.0, 1.0, 0.01, cap().value, cap().apply)
    assert verdicts.standing(Ask(share, 1.0, None), 0.2) == "20%"
