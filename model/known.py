"""What a settlement knows before it comes to bands, splits and caps (model §2, steps 1, 2 and 6)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from model.bands import End, layers, same_ends
from model.base import Bools, Floats, at_least
from model.contract import RiskShare
from model.ledger import Sides
from model.modifiers import Modifier
from model.scores import Scores
from model.terms import Terms


class Multipliers(NamedTuple):
    """What the scores multiply gain and pain by, (years, draws); None where nothing does."""

    gain: Floats | None
    pain: Floats | None


class Layers(NamedTuple):
    """A saving and an overspend up to the end of each band, as `layers`, each (bands, years, draws)."""

    gain: Floats
    pain: Floats


NO_LAYERS = Layers(np.empty((0, 0, 0)), np.empty((0, 0, 0)))


class Known(NamedTuple):
    """What a settlement knows before it comes to shares, splits and caps, each (years, draws).

    Nothing of it depends on those terms, so that designs which differ in nothing else can share it.
    """

    saving: Floats
    counted: Sides
    """Step 2: past the corridor."""
    layers: Layers
    scores: Scores
    multipliers: Multipliers
    performance: Floats
    """Step 6."""
    performance_after_gates: Floats
    most_cost: Floats | None
    """The most of the cost component that gates let be paid: 0 where one has failed, else infinite; None: no limit."""

    @classmethod
    def of(cls, terms: Terms, saving: Floats, scores: Scores) -> "Known":
        """What a saving and scores mean under a contract."""
        share, past = terms.risk_share, counted(terms.risk_share, saving, terms.pool_target)
        layered, most = layers_of(terms.band_ends, past), most_payable(scores.no_cost_gain)
        return cls(saving, past, layered, scores, multipliers(share, scores), *_performance(terms, scores), most)

    def under(self, agreed: Terms, other: Terms) -> "Known":
        """The same saving and scores under a contract that differs from the one agreed in its risk share or splits."""
        before, share, found = agreed.risk_share, other.risk_share, self
        if (before.gain_corridor, before.pain_corridor) != (share.gain_corridor, share.pain_corridor):
            found = found._replace(counted=counted(share, self.saving, other.pool_target))
        alike = same_ends(before.gain_bands, share.gain_bands) and same_ends(before.pain_bands, share.pain_bands)
        if found.counted is not self.counted or not alike:
            found = found._replace(layers=layers_of(other.band_ends, found.counted))
        if (before.gain_modifier, before.pain_modifier) != (share.gain_modifier, share.pain_modifier):
            found = found._replace(multipliers=multipliers(share, self.scores))
        if (before.performance, before.one_sided_years) != (share.performance, share.one_sided_years):
            earned, paid = _performance(other, self.scores)
            found = found._replace(performance=earned, performance_after_gates=paid)
        return found


def pooled_saving(terms: Terms, costs: Floats) -> Floats:
    """Step 1: Σ pooled × (target − actual), (years, draws)."""
    return np.asarray(terms.pool_target - terms.pooled @ costs)


def counted(share: RiskShare, saving: Floats, target: Floats) -> Sides:
    """Step 2: what counts of a saving and of an overspend."""
    up = share.gain_corridor.past(at_least(saving, 0.0), target)
    down = share.pain_corridor.past(at_least(-saving, 0.0), target)
    return Sides(up, down)


def layers_of(ends: tuple[Sequence[End], Sequence[End]], past: Sides) -> Layers:
    """Step 3, before the bands' shares, by the ends of the bands of gain and of pain."""
    return Layers(*(layers(each, size) for each, size in zip(ends, past, strict=True)))


def multipliers(share: RiskShare, scores: Scores) -> Multipliers:
    """Step 4: a passed gate leaves the whole gain; a gate that makes the score count as -100 never lowers pain."""
    gain, pain = (_multiplier(modifier, scores.ops) for modifier in (share.gain_modifier, share.pain_modifier))
    if gain is not None and scores.unmodified.any():
        gain = np.where(scores.unmodified, 1.0, gain)
    if pain is not None and scores.measured is not scores.ops:
        pain = np.maximum(pain, share.pain_modifier.multiplier(scores.measured))
    return Multipliers(gain, pain)


def _multiplier(modifier: Modifier, ops: Floats) -> Floats | None:
    return None if modifier.kind == "none" else modifier.multiplier(ops)


def _performance(terms: Terms, scores: Scores) -> tuple[Floats, Floats]:
    """Steps 6 and 7: pool × part earned, all that can be lost where a gate has lost the pool; and after gates."""
    performance = terms.risk_share.performance
    part = performance.part(scores.ops)
    if scores.lost_pool.any():
        part = np.where(scores.lost_pool, -performance.max_pain, part)
    earned = terms.pounds(performance.pool) * part
    return earned, payable(earned, most_payable(scores.no_performance_gain), terms.least_payable)


def most_payable(failed: Bools) -> Floats | None:
    """No gain where a gate has failed; None where none has."""
    return np.where(failed, 0.0, np.inf) if failed.any() else None


def payable(amount: Floats, most: Floats | None, least: Floats | None) -> Floats:
    """Step 7: no gain where a gate has failed, no pain in a one-sided year."""
    if most is not None:
        amount = np.minimum(amount, most)
    if least is not None:
        amount = at_least(amount, least)
    return amount
