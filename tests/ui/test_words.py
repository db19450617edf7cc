"""Sentences on the contract that a workshop asks for."""

import pytest

from model import curves
from model.basis import Yearly
from model.modifiers import ModifierPoint, RampModifier
from model.scenario import Scenario
from tests.model.build import provider, scenario, share
from ui import words


def told(design: Scenario) -> str:
    return words.poor_care(curves.share_curve(design, 0, words.POOR, 0.1))


@pytest.mark.parametrize(
    ("multiplier", "said"),
    [
        (1.0, "Poor care can still earn: at a performance score of −50 the same saving brings +£2.5m."),
        (0.5, "Poor care can still earn: at a performance score of −50 the same saving brings +£1.25m."),
        (0.0, "Poor care earns nothing here: at a performance score of −50 the same saving brings providers nothing."),
    ],
)
def test_whether_poor_care_still_earns_is_said(multiplier: float, said: str) -> None:
    """One provider of £100m gets half of a saving of 5%, times what a score of -50 makes of it."""
    modifier = RampModifier(
        points=(ModifierPoint(ops=-50, multiplier=multiplier), ModifierPoint(ops=0, multiplier=max(multiplier, 1.0)))
    )
    design = scenario(providers=(provider(),), risk_share=share(gain_modifier=modifier, basis=Yearly()))
    assert told(design) == said
