"""Numbers given on the command line, each refused with one sentence."""

import argparse
from collections.abc import Callable

from model.base import LARGEST_MONEY, as_pounds


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """What reads a whole number between two ends."""

    def whole(text: str) -> int:
        if not text.strip().isdigit() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"'{text}' must be a whole number from {low:,} to {high:,}")
        return int(text)

    return whole


def pounds(text: str) -> float:
    """A sum of money."""
    try:
        found = float(text.strip().removeprefix("£").replace(",", ""))
    except ValueError:
        found = 0.0
    if not 0 < found <= LARGEST_MONEY:
        raise argparse.ArgumentTypeError(
            f"'{text}' must be a sum of more than £0, at most {as_pounds(LARGEST_MONEY)}, such as 10000"
        )
    return found


def pence(text: str) -> float:
    """Pence in the pound, as a fraction."""
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 100:
        raise argparse.ArgumentTypeError(f"'{text}' must be from 0 to 100 pence")
    return found / 100
