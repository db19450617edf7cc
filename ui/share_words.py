"""What is shared at which cost and score, in sentences. Curves in, plain English out."""

import pandas as pd

from model.bands import Bands
from model.base import as_percent
from model.corridors import Corridor
from model.cost_clauses import Side, reach
from model.curves import ROUND
from ui.format import (
    money,
    percent,
    points,
    signed,
)

POOR = -50.0
"""The performance score at which every KPI is at its level 'poor'."""


def beyond(bands: Bands, side: Side, corridor: Corridor) -> str:
    """Where the first band ends and what the others have: 'Up to 5.5% under target cost; beyond that 40%.'"""
    first, *rest = bands
    said = [f"Up to {reach(first, side, corridor)}"]
    for band in rest:
        share = f"beyond that {as_percent(round(band.share, 3))}"
        said.append(share if band.is_open else f"{share}, up to {reach(band, side, corridor).split(' ')[0]}")
    return f"{'; '.join([*said, *([] if bands[-1].is_open else ['beyond that nothing'])])}."


def beyond_in_short(bands: Bands, side: Side, corridor: Corridor) -> str:
    """Where the first band ends, and what the others have, each from where the one before it ends: 'Up to 5.5% under
    target cost; 40% beyond, nothing beyond 10.5%'."""
    shares = [as_percent(round(band.share, 3)) for band in bands[1:]] + ["nothing"] * (not bands[-1].is_open)
    first, *others = [reach(band, side, corridor) for band in bands if not band.is_open]
    starts = ["", *(f" {end.split(' ')[0]}" for end in others)]
    return f"Up to {first}; {', '.join(f'{share} beyond{at}' for share, at in zip(shares, starts, strict=True))}"


def first_band(bands: Bands, side: Side, corridor: Corridor) -> str:
    """What the share of the first band is a part of, and from where to where of target cost that band goes."""
    what, way = ("a saving", "under") if side == "gain" else ("an overspend", "over")
    width = "" if corridor.kind == "none" or corridor.width == 0 else as_percent(corridor.width)
    end = "" if bands[0].is_open else reach(bands[0], side, corridor)
    if width and corridor.kind == "deductible":
        start = f"{width} (where the corridor ends)"
        where = f"from {start} to {end}" if end else f"beyond {start} {way} target cost"
    else:
        where = f"up to {end}" if end else f"all that is {way} target cost"
        where += f", from the first pound, once the corridor of {width} is reached" if width else ""
    return f"The providers' part of {what} in this band: {where}. The commissioners have the rest of it."


def share_curve(curve: pd.DataFrame, ops: float) -> str:
    """What the providers together get and bear at a round saving and overspend."""
    total = curve.sum(axis=1)
    gain, pain = (float(total.loc[total.index[abs(total.index - part).argmin()]]) for part in (ROUND, -ROUND))
    return (
        f"At a performance score of {points(ops)}, a saving of {percent(ROUND)} brings providers {signed(gain)} a year "
        f"and an overspend of {percent(ROUND)} {signed(pain)}."
    )


def poor_care(gains: pd.Series, slider: bool = True) -> str:
    """What a saving still brings where care was poor, and down to where; off `curves.gain_by_score`.

    `slider`: whether it stands beside that of another score.
    """
    gain, saving = float(gains[POOR]), f"a saving of {percent(ROUND)}"
    at = f"at a performance score of {points(POOR)} (poor){', whatever the slider says,' * slider}"
    if gain > 0.5:
        return f"Poor care can still earn: {at} {saving} brings providers {signed(gain)}."
    left = f"costs them {money(-gain)}" if gain < -0.5 else "brings them nothing"
    said = f"Poor care earns nothing here: {at} {saving} {left}."
    earns = gains[(gains.index > POOR) & (gains > 0.5)]
    if earns.empty:
        return f"{said} No score makes it pay."
    score, pounds = float(earns.index[0]), signed(float(earns.iloc[0]))
    if score >= 0:
        return f"{said} That saving earns from {points(score)} on: {pounds} there."
    still = f"{said} But that saving earns from {points(score)} on, still below minimum (0): {pounds} there"
    below = gains[gains.index < 0]
    nearest, last = float(below.index[-1]), float(below.iloc[-1])
    return f"{still}." if nearest == score else f"{still} and {signed(last)} at {points(nearest)}, just below minimum."


def share_title(curve: pd.DataFrame, year: str, ops: float | None = None, worst: float = 0.0) -> str:
    """How far gain and pain go within the picture at the expected score, and what is borne at the worst score."""
    total = curve.sum(axis=1)
    low, high, reach = total.min(), total.max(), percent(float(curve.index.max()))
    if total.abs().max() < 0.5:
        return f"Nothing is shared in {year}: commissioners keep every saving and bear every overspend"
    if high - low < 0.5:
        return f"In {year} providers {'gain' if low > 0 else 'bear'} {money(abs(low))}, whatever it costs"
    if low >= 0:
        said = f"providers gain between {money(low)} and {money(high)}"
    elif high <= 0:
        said = f"providers bear between {money(-high)} and {money(-low)}"
    else:
        said = f"providers gain up to {money(high)} and bear up to {money(-low)}"
    scored = "" if ops is None else f" at the expected score of {points(ops)}"
    bear = "" if ops is None or worst > min(low, 0.0) - 0.5 else f"; at the worst score they bear up to {money(-worst)}"
    return f"In {year}{scored} {said}, for costs up to {reach} off target{bear}"


def performance(curve: pd.Series) -> str:
    """What performance alone pays at its ends."""
    if curve.abs().max() < 0.5:
        return "With costs on target, performance pays nothing."
    return (
        f"With costs on target, performance alone brings providers {signed(curve.iloc[-1])} at the best score "
        f"and {signed(curve.iloc[0])} at the worst."
    )
