"""A cap or a pool as another kind of sum: what it comes to stays."""

from typing import Any

import numpy as np
from pydantic import TypeAdapter, ValidationError

from model.amounts import Amount
from model.fields import Path
from model.scenario import Scenario

AMOUNT: TypeAdapter[Amount] = TypeAdapter(Amount)
MEASURES = ("of_fee", "of_target")


def alike(scenario: Scenario, path: Path, before: Any, after: dict[str, Any]) -> dict[str, Any]:
    """`after` at what `before` comes to in the first year; at the whole fee where that had no limit.

    Anything that is no single sum stays as it is.
    """
    if after.get("kind") not in ("pounds", *MEASURES):
        return after
    try:
        amount = AMOUNT.validate_python(before)
    except ValidationError:
        return after
    fee, target = _bases(scenario, path)
    size = float(amount.pounds(np.array([fee]), np.array([target]))[0])
    size = size if np.isfinite(size) else fee
    if after["kind"] == "pounds":
        return {**after, "amount": float(f"{size:.3g}")}
    base = dict(zip(MEASURES, (fee, target), strict=True))[after["kind"]]
    return {**after, "part": round(size / base, 4)} if base else after


def _bases(scenario: Scenario, path: Path) -> tuple[float, float]:
    """Fee and target cost of the first year, pounds: of one provider, or of all where the sum is all providers'."""
    fee, target = scenario.fee()[0], scenario.target_cost()[0]
    if path[0] == "providers" and (i := int(path[1])) < len(fee):
        return float(fee[i]), float(target[i])
    return float(fee.sum()), float(target.sum())
