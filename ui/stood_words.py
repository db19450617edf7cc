"""Chances beside limits that nobody entered, in words: they are not told as if a board had said them."""

from collections.abc import Collection

from model.acceptance import Position, Test
from model.appetite import CHANCES, InPounds, Limits
from model.stood import ASIDE, beside_entered
from ui.format import exact, listed
from ui.verdicts import part

SUMS = {
    "loss": "a loss of more than {}",
    "year_loss": "a loss of more than {} in at least one year",
    "reserve_minimum": "reserves not below {}",
}
OF_TEST: dict[Test, str] = {"loss": "loss_chance", "year": "year_chance", "reserves": "reserve_chance"}


def of(appetite: object, position: Position) -> tuple[str, ...]:
    """The chances of a partner's limits that nobody entered, beside a sum that somebody did."""
    reserves = position.standing.reserves if position.standing else None
    return beside_entered(appetite, position.yardstick, reserves)


def aside(chance: str, stood: Collection[str]) -> str:
    """Goes behind a chance: that it was not entered, where it was not."""
    return f" ({ASIDE})" if chance in stood else ""


def named(limits: InPounds | Limits, stood: Collection[str]) -> list[str]:
    """'the 5% chance beside reserves not below £20,000'."""
    return [f"the {part(getattr(limits, name))} chance beside {_sum(limits, CHANCES[name])}" for name in stood]


def _sum(limits: InPounds | Limits, name: str) -> str:
    return SUMS[name].format(exact(round(getattr(limits, name))))


def stays(limits: InPounds | Limits, stood: Collection[str]) -> str:
    """That such a chance cannot be emptied, and what to do where a board has said the same."""
    if not stood:
        return ""
    found = listed(list(dict.fromkeys(part(getattr(limits, name)) for name in stood)))
    fields = listed([f"*{InPounds.model_fields[name].title}*" for name in stood])
    return (
        f"A limit needs its chance: it stays {found} until one is entered under {fields}. Where the board has said the "
        "same, empty the field and type it again."
    )


def told(appetite: object, position: Position) -> str:
    """Which chances were not entered, and that the verdict rests on one of them; nothing where all were."""
    stood = of(appetite, position)
    if not stood:
        return ""
    said, deciding = listed(named(position.limits, stood)), decides(position, stood)
    if deciding and len(stood) == 1:
        return deciding
    return f"Not entered, but {'as they' if len(stood) > 1 else 'as it'} stood: {said}. {deciding}".strip()


def decides(position: Position, stood: Collection[str]) -> str:
    """That a refusal, or a doubt, rests on a chance that nobody entered."""
    cell = position.deciding
    chance = OF_TEST.get(cell.test) if cell else None
    if cell is None or position.verdict == "accepts" or chance is None or chance not in stood:
        return ""
    limit = named(position.limits, [chance])[0]
    return f"**What decides was not entered but is as it stood**: {limit}; it comes to {part(cell.figure)}."
