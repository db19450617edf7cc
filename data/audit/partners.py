"""Steps 10 to 13 of a settlement as formulas: what is due, divided between partners, each within its caps."""

from collections.abc import Sequence

from data.audit.book import Cells, OfYear, added
from data.audit.rules import Money, held, pounds
from data.audit.work import Work
from model.base import PENNY
from model.fields import Path

NO_LIMIT = "1E+15"
"""Pounds of room where there is no cap."""


class Division:
    """What each provider gets of the amount to be divided, and what its caps make of that."""

    def __init__(self, work: Work, target: Sequence[Cells], fee: Sequence[Cells]) -> None:
        self.work, self.target, self.fee = work, target, fee
        self.splits = {side: self._split(side) for side in ("gain", "pain")}

    def _split(self, side: str) -> list[Cells]:
        """Each provider's part of a gain or pain; they add up to 100%."""
        work = self.work
        kind = getattr(work.future.scenario.risk_share, f"{side}_allocation").kind
        numbers = range(len(work.providers))
        weights: dict[str, list[OfYear]] = {
            "equal": [lambda c: "1" for _ in numbers],
            "by_fee": list(self.fee),
            "by_target": list(self.target),
        }
        on_inputs = {"stated": f"{side}_share", "by_reserves": "reserves"}
        if kind in on_inputs:  # these stand on the page of inputs, where they are stated and used
            weights[kind] = [work.inputs.at["providers", i, on_inputs[kind]] for i in numbers]
        weighed = work.each(f"Weight in the split of {side}: {kind.replace('_', ' ')}", weights[kind], "")
        return work.each(f"Part of {side}", [_part(weight, weighed) for weight in weighed], "%")

    def caps(self, side: str, of_term: bool) -> list[Cells | None]:
        """Each provider's cap at the year's prices; `of_term`: in the last year that of all years together."""
        return [self._cap(side, i, of_term) for i in range(len(self.work.providers))]

    def _cap(self, side: str, i: int, of_term: bool) -> Cells | None:
        work, path = self.work, ("providers", i, f"{side}_cap")
        cap = getattr(work.future.scenario.providers[i], f"{side}_cap")
        if cap.kind == "none":
            return None
        own = work.helper(f"Cap on {side}", self._priced(cap, path, i), work.providers[i])
        if not of_term:
            return own
        last, rest = work.years[-1], work.inputs.other_years[side][i]
        every = f"SUM({own(work.years[0])}:{own(last).partition('!')[2]})"
        title = f"Cap on {side}; in the last year that of the whole term"
        return work.helper(title, lambda c: f"{rest(c)}+{every}" if c == last else own(c), work.providers[i])

    def _priced(self, cap: object, path: Path, i: int) -> OfYear:
        """A cap in the year's money."""
        inputs, fee, target = self.work.inputs, self.fee[i], self.target[i]
        return lambda c: str(pounds(cap, path, inputs.at, Money(fee(c), target(c), inputs.prices(c))))

    def divided(self, amount: Cells) -> list[Cells]:
        """An amount by each provider's part of gain or of pain."""
        gain, pain = self.splits["gain"], self.splits["pain"]
        title = "Its part of the amount to be divided"
        return self.work.each(title, [_divided(amount, up, down) for up, down in zip(gain, pain, strict=True)])

    def held(
        self, allocated: Sequence[Cells], best: Sequence[Cells | None], worst: Sequence[Cells | None]
    ) -> list[Cells]:
        """Each within its own caps; what is over goes to others where the terms say so."""
        formulas = [_held(*each) for each in zip(allocated, best, worst, strict=True)]
        found = self.work.each("Held within its own caps", formulas)
        to_others = self.work.future.scenario.risk_share.over_partner_caps == "other providers"
        if to_others and any([*best, *worst]):
            for number in range(1, len(found)):
                found = self._taken_over(number, allocated, found, best, worst)
        return found

    def _taken_over(
        self,
        number: int,
        allocated: Sequence[Cells],
        kept: Sequence[Cells],
        best: Sequence[Cells | None],
        worst: Sequence[Cells | None],
    ) -> list[Cells]:
        """One more round in which those with room take over, by their parts, what is over others' caps."""
        page = self.work.rounds
        page.section(f"Round {number}")
        over = page.worked(
            ["", "Over the caps, still to be placed"], lambda c: f"{added(allocated, c)}-{added(kept, c)}"
        )
        room = self._each(
            "Room up to its own cap", [_room(over, *each) for each in zip(kept, best, worst, strict=True)]
        )
        gain, pain = self.splits["gain"], self.splits["pain"]
        weights = [_taker(over, *each) for each in zip(room, gain, pain, strict=True)]
        takers = self._each("Its part, where it has room", weights, "%")
        moved = [_taken(over, takers, *each) for each in zip(takers, room, strict=True)]
        taken = self._each("Takes over", moved)
        return self._each("After this round", [_plus(*each) for each in zip(kept, taken, strict=True)])

    def _each(self, title: str, formulas: Sequence[OfYear], unit: str = "£") -> list[Cells]:
        names = self.work.providers
        return [self.work.rounds.worked(["", title, name], f, unit) for name, f in zip(names, formulas, strict=True)]


def _part(weight: Cells, every: Sequence[Cells]) -> OfYear:
    return lambda c: f"{weight(c)}/{added(every, c)}"


def _divided(amount: Cells, gain: Cells, pain: Cells) -> OfYear:
    return lambda c: f"MAX({amount(c)},0)*{gain(c)}+MIN({amount(c)},0)*{pain(c)}"


def _held(amount: Cells, best: Cells | None, worst: Cells | None) -> OfYear:
    return lambda c: held(amount(c), worst(c) if worst else None, best(c) if best else None)


def _room(over: Cells, kept: Cells, best: Cells | None, worst: Cells | None) -> OfYear:
    def formula(c: str) -> str:
        up = f"{best(c)}-{kept(c)}" if best else NO_LIMIT
        down = f"{kept(c)}+{worst(c)}" if worst else NO_LIMIT
        return f"IF({over(c)}>0,{up},{down})"

    return formula


def _taker(over: Cells, room: Cells, gain: Cells, pain: Cells) -> OfYear:
    return lambda c: f"IF({room(c)}>{PENNY},IF({over(c)}>0,{gain(c)},{pain(c)}),0)"


def _taken(over: Cells, takers: Sequence[Cells], taker: Cells, room: Cells) -> OfYear:
    def formula(c: str) -> str:
        together = added(takers, c)
        return f"IF({together}>0,SIGN({over(c)})*MIN(ABS({over(c)})*{taker(c)}/{together},{room(c)}),0)"

    return formula


def _plus(one: Cells, other: Cells) -> OfYear:
    return lambda c: f"{one(c)}+{other(c)}"
