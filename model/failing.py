"""What if a provider leaves: others take over its services and, of gain and pain, its share."""

from dataclasses import dataclass, replace

import numpy as np

from model.base import Floats, as_percent
from model.scenario import Scenario
from model.simulate import Case
from model.stressed import Stressed, dearer
from model.terms import Terms


@dataclass(frozen=True)
class ProviderFails:
    """A provider, by its number, leaves with the beginning of a year, counted from 0."""

    provider: int
    year: int
    premium: float

    def name(self, scenario: Scenario) -> str:
        return f"{scenario.providers[self.provider].name} fails"

    def sentence(self, scenario: Scenario) -> str:
        gone, when = scenario.providers[self.provider], scenario.term.labels()[self.year]
        others = "the others take its share" if len(scenario.providers) > 1 else "commissioners take its share"
        said = (
            f"{gone.name} leaves at the start of {when}: others provide its services for {as_percent(self.premium)} "
            f"more, it no longer gains or bears, and {others} of gain and pain. What it owed before stays."
        )
        if scenario.risk_share.basis.kind == "cumulative":
            said += " Of the total of the term it keeps the part that its years are."
        if gone.pooled < 1 or gone.fee_on == "actual cost":
            said += " What is not shared of its later costs falls on commissioners."
        return said

    def apply(self, case: Case) -> Case:
        gone = np.zeros(case.terms.target.shape)
        gone[self.year :, self.provider] = 1.0
        stressed = Stressed.on(case, dearer(case.plan, 1 + self.premium * gone), self.without(case.terms))
        stressed.gone = np.maximum(stressed.gone, gone)
        return stressed

    def without(self, terms: Terms) -> Terms:
        """The contract once the others have taken its share."""
        gain, pain = (self._taken_over(terms, split) for split in (terms.gain_split, terms.pain_split))
        return replace(terms, gain_split=gain, pain_split=pain)

    def _taken_over(self, terms: Terms, split: Floats) -> Floats:
        """The others' shares grow in proportion from the year on; with no others, commissioners have it all."""
        kept = np.ones(split.shape)
        kept[self.year :, self.provider] = 0.0
        if terms.risk_share.basis.kind == "cumulative":
            kept[-1, self.provider] = self.year / len(split)
        mine = split[:, [self.provider]]
        others = np.divide(1 - mine * kept[:, [self.provider]], 1 - mine, out=np.zeros_like(mine), where=mine < 1)
        return np.where(np.arange(split.shape[1]) == self.provider, split * kept, split * others)
