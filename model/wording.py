"""How terms are written in sentences: sums and lists."""

from collections.abc import Iterable

from model.amounts import Amount, Sum
from model.base import as_percent, as_pounds


def listed(items: Iterable[str], word: str = "and") -> str:
    """'A, B and C'."""
    *first, last = [*items] or ["nobody"]
    return f"{', '.join(first)} {word} {last}" if first else last


def sum_of(amount: Amount | Sum, whose: str = "their") -> str:
    """An amount as a contract writes it: 'half their fee' is '50% of their fee'."""
    if amount.kind == "none":
        return "no limit"
    if amount.kind == "pounds":
        return f"{as_pounds(amount.amount)} a year"
    if amount.kind == "lower_of":
        return f"the lower of {sum_of(amount.first, whose)} and {sum_of(amount.second, whose)}"
    measure = f"{whose} fee" if amount.kind == "of_fee" else f"{whose} target cost" if whose == "its" else "target cost"
    return measure if amount.part == 1 else f"{as_percent(amount.part)} of {measure}"
