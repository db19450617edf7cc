"""The most that a provider can lose once another has failed, whose share it then has to carry."""

import numpy as np

from model.base import PENNY, Floats
from model.failing import ProviderFails
from model.limits import losses_within
from model.scenario import Scenario
from model.terms import terms


def largest_if_one_fails(scenario: Scenario) -> dict[str, tuple[str, float]]:
    """For each provider that can then lose more: whose failure is worst for it, and its largest loss over the term.

    The other leaves at the very start, so that its share is taken over in every year; inf: uncapped.
    """
    every, names = list(range(scenario.term.horizon)), [provider.name for provider in scenario.providers]
    if len(names) < 2:
        return {}
    contract = terms(scenario)
    now = losses_within(scenario, contract)(every)[: len(names)]
    then = np.array([_losses(scenario, k, every) for k in range(len(names))])
    np.fill_diagonal(then, -1.0)
    worst = then.argmax(axis=0)
    found = zip(names, now, worst, then[worst, range(len(names))], strict=True)
    return {name: (names[k], float(most)) for name, before, k, most in found if most > before + PENNY}


def _losses(scenario: Scenario, fails: int, rows: list[int]) -> Floats:
    contract = ProviderFails(fails, 0, 0.0).without(terms(scenario))
    return losses_within(scenario, contract)(rows)[: len(scenario.providers)]
