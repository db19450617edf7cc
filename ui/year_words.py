"""What a settled year comes to, in a title and in a sentence on its waterfall."""

import pandas as pd

from model import walk
from model.futures import Future
from model.tables import PROVIDERS
from ui.format import listed, money, points, signed
from ui.range_words import literal


def title(future: Future, label: str, which: str = "") -> str:
    """What a settled year comes to: '2020-21 overspends by £2.1m and the providers bear £0.9m', pooled or not."""
    saving = walk.saved(future)
    cost = f"saves {money(saving)}" if saving >= 0.5 else f"overspends by {money(-saving)}"
    cost = "costs what was targeted" if abs(saving) < 0.5 else cost
    scored = f"scores {points(future.ops)}" if future.has_data else "has no KPI data"
    return f"{which}{label} {cost}, {scored}, and {_sharing(future)}"


def _sharing(future: Future) -> str:
    """What the providers get together, and what of it is neither gainshare nor painshare."""
    gain = future.amount("together")
    said = f"providers gain {money(gain)}" if gain >= 0.5 else f"providers bear {money(-gain)}"
    some = (walk.shares(future)["gain"].iloc[: len(future.scenario.providers)].abs() >= 0.5).any()
    said = f"providers {'together ' * bool(some)}neither gain nor bear anything" if abs(gain) < 0.5 else said
    parts = {where: pounds for where, pounds in walk.aside(future).items() if abs(pounds) >= 0.5}
    if len(parts) == 1 and abs(future.paid) < 0.5:
        return f"{said}, all of it {next(iter(parts))}"
    return (
        f"{said}, {listed([f'{signed(pounds)} of it {where}' for where, pounds in parts.items()])}" if parts else said
    )


def at_score(future: Future, expected: Future, label: str) -> str:
    """What the same costs bring at the score expected of the year, at which other pages are; nothing if as much."""
    now, then = (walk.shares(one)["gain"] for one in (future, expected))
    if (now - then).abs().max() < 0.5:
        return ""
    providers = {PROVIDERS.lower(): then.iloc[: len(future.scenario.providers)].sum()}
    each = providers | {literal(str(name)): then[name] for name in walk.made(expected).index}
    gate = " and fail a gate" if _fails(future, expected) else ""
    return (
        f"These KPIs score {points(future.ops)}{gate}. At the score expected of {label}, {points(expected.ops)}, at "
        f"which *Risk share* and *Risk appetite* have their examples, the same costs bring "
        f"{listed([f'{name} {signed(float(pounds))}' for name, pounds in each.items()])}."
    )


def _fails(future: Future, passed: Future) -> bool:
    """Whether a gate takes from a year what it has where all gates are passed, whatever it scores."""
    flags = ("no_cost_gain", "no_performance_gain", "lost_pool", "unmodified")
    at, scores = future.year, future.scores
    taken = any(getattr(scores, one)[at] != getattr(passed.scores, one)[at] for one in flags)
    return taken or bool(scores.ops[at] != scores.measured[at])


def waterfall(future: Future, steps: pd.Series) -> str:
    """What moved the money most, between the saving and the payment, and what is beside it; off `walk.waterfall`."""
    pooled = walk.pooled(future)
    own = walk.aside(future)[walk.OUTSIDE]
    keep = f"keep {signed(own)}" if abs(own) >= 0.5 else "neither gain nor bear anything"
    outside = f" Outside the pool the providers together {keep}." if pooled < 1 else ""
    return f"{_in_pool(steps, pooled)}{outside}"


def _in_pool(steps: pd.Series, pooled: float) -> str:
    changes = steps.iloc[1:-1]
    if changes.empty and not pooled:
        return "Nothing is pooled: each provider keeps what it saves and bears what it overspends."
    if changes.empty:
        return "What is saved or overspent is what the providers get."
    largest = changes.abs().idxmax()
    first, last = steps.iloc[0], steps.iloc[-1]
    saving, overspend = ("a pooled saving", "a pooled overspend") if pooled < 1 else ("a saving", "an overspend")
    start = f"{saving} of {money(first)}" if first >= 0 else f"{overspend} of {money(-first)}"
    return (
        f"From {start} to {signed(last) if abs(last) >= 0.5 else '£0'} for the providers; "
        f"the largest step is '{str(largest).lower()}', {signed(changes[largest])}."
    )
