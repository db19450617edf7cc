"""How much loss each partner accepts: in words, or in pounds and chances; over the whole term, or in any year of it.

The five words are those of the Government Finance Function's 'Risk Appetite Guidance Note' (2020, 2021). What they come
to in pounds is a convention of this model, a place to start from: parts of a yardstick for the partner's kind.
"""

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, ValidationInfo, field_validator

from model.base import Value, money, percent, plain

Word = Literal["averse", "minimal", "cautious", "open", "eager"]
PLANNED_SURPLUS = 0.01
"""Of a year's income: the yardstick of an NHS trust."""
YEAR_CHANCE = 0.05
"""1 in 20: how likely a larger loss in one year may be where nothing else is said."""


class Limits(NamedTuple):
    """What a partner accepts, pounds and chances; None: it does not ask this."""

    loss: float | None
    """A loss over the term above this must stay unlikely ..."""
    loss_chance: float
    """... no likelier than this."""
    worst: float | None
    """The most that the worst 1 in 20 may cost on average (CVaR95)."""
    reserve_minimum: float | None
    """Reserves below this at the end of any year must stay unlikely ..."""
    reserve_chance: float
    tolerance: float | None
    """Risk tolerance t, by which an uncertain gain is worth mean − sd² / (2t) or so."""
    year_loss: float | None = None
    """A loss above this in at least one year must stay unlikely ..."""
    year_chance: float = YEAR_CHANCE
    """... no likelier than this, of the whole term; 0: it must not happen."""


class _Convention(NamedTuple):
    """What a word comes to, as parts of the yardstick and of reserves, and as chances."""

    loss: float
    loss_chance: float
    worst: float
    kept: float
    reserve_chance: float
    tolerance: float


CONVENTION: dict[Word, _Convention] = {
    "averse": _Convention(0.02, 0.05, 0.05, 0.95, 0.01, 0.1),
    "minimal": _Convention(0.05, 0.10, 0.10, 0.90, 0.02, 0.2),
    "cautious": _Convention(0.10, 0.10, 0.20, 0.80, 0.05, 0.5),
    "open": _Convention(0.20, 0.15, 0.35, 0.60, 0.05, 1.0),
    "eager": _Convention(0.40, 0.20, 0.60, 0.40, 0.10, 2.0),
}


class Yardstick(NamedTuple):
    """What losses of a partner are measured by, over the term."""

    pounds: float
    name: str
    entered: bool = True
    """Whether there is anything at all to measure by; reserves of £0 are: then any loss is too much."""


class InWords(Value):
    """One word; its pounds follow from the yardstick of the partner's kind."""

    kind: Literal["words"] = "words"
    word: Word = plain(
        "Appetite",
        "From averse (almost no loss) to eager (large losses for the sake of the gain). "
        "It stands for limits in pounds, which can be taken over and changed.",
        default="open",
    )

    def limits(self, yardstick: Yardstick, reserves: float | None) -> Limits:
        found, pounds = CONVENTION[self.word], yardstick.pounds
        if not yardstick.entered:
            return Limits(None, found.loss_chance, None, None, found.reserve_chance, None)
        return Limits(
            loss=found.loss * pounds,
            loss_chance=found.loss_chance,
            worst=found.worst * pounds,
            reserve_minimum=None if reserves is None else found.kept * reserves,
            reserve_chance=found.reserve_chance,
            tolerance=found.tolerance * pounds,
        )


CHANCES = {"loss_chance": "loss", "year_chance": "year_loss", "reserve_chance": "reserve_minimum"}
"""The sum that each chance is about: without it, the chance says nothing."""
LEFT_FROM = ("loss", "worst", "reserve_minimum", "tolerance")
"""The sums that a word stands for."""


class InPounds(Value):
    """Limits of its own; one that is empty is not asked."""

    kind: Literal["pounds"] = "pounds"
    loss: float | None = money("Loss that must stay unlikely", "Pounds over the term.", default=None)
    loss_chance: float = percent("At most this likely", "The highest chance of a larger loss.", default=0.1)
    year_loss: float | None = money(
        "Most that may be lost in one year", "Tested in every year of the term; no word stands for this.", default=None
    )
    year_chance: float = percent(
        "But for a chance, in at least one year of the term, of",
        "The highest chance of a larger loss in at least one year: more than in any single year. 0% is never.",
        default=YEAR_CHANCE,
    )
    worst: float | None = money(
        "Worst 1 in 20, average at most", "The most that the worst 1 in 20 futures may cost on average.", default=None
    )
    reserve_minimum: float | None = money(
        "Reserves not below", "What reserves must keep at the end of every year.", default=None
    )
    reserve_chance: float = percent("But for a chance of", "The highest chance of falling below it.", default=0.05)
    tolerance: float | None = money(
        "Risk tolerance",
        "The larger it is, the less an uncertain gain is marked down for its risk. As a rule of thumb: the sum that "
        "it would just stake on an even chance to win as much or lose half of it.",
        default=None,
    )

    @field_validator(*CHANCES, mode="before")
    @classmethod
    def _may_be_empty_with_its_sum(cls, chance: Any, entry: ValidationInfo) -> Any:
        """An empty chance beside an empty sum is the usual one."""
        name = str(entry.field_name)
        unasked = chance is None and entry.data.get(CHANCES[name], "not valid") is None
        return cls.model_fields[name].default if unasked else chance

    @property
    def empty(self) -> bool:
        """Whether none is entered."""
        sums = (*CHANCES.values(), "worst", "tolerance")
        return all(getattr(self, name) is None for name in sums)

    def limits(self, yardstick: Yardstick, reserves: float | None) -> Limits:
        return Limits(**{name: getattr(self, name) for name in Limits._fields})


def in_pounds(found: Limits) -> InPounds:
    """The same limits as a partner's own, pounds to three figures."""
    return InPounds.model_validate({name: _to_three_figures(value) for name, value in found._asdict().items()})


def left_from(own: InPounds, measure: Yardstick, reserves: float | None) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The sums of a partner's own limits that a word comes to, chance and all, and the word; several where they agree.

    Nothing where no sum is a word's, or all are: then nothing else was entered. The word is the one that has most.
    """
    entered = [name for name in (*CHANCES.values(), "worst", "tolerance") if getattr(own, name) is not None]
    alike = of_words(own, measure, reserves)
    most = max(alike.values(), key=len)
    if not most or len(most) == len(entered):
        return (), ()
    return tuple(word for word, names in alike.items() if names == most), most


def of_words(own: InPounds, measure: Yardstick, reserves: float | None) -> dict[Word, tuple[str, ...]]:
    """The sums of a partner's own limits that each word comes to, chance and all."""
    entered = [name for name in LEFT_FROM if getattr(own, name) is not None]
    found = {word: InWords(word=word).limits(measure, reserves) for word in CONVENTION}
    return {word: tuple(name for name in entered if _alike(own, limits, name)) for word, limits in found.items()}


def _alike(own: InPounds, found: Limits, name: str) -> bool:
    """Whether a sum is another's to the pound, and its chance too."""
    pounds = _to_three_figures(getattr(found, name))
    if pounds is None or abs(getattr(own, name) - pounds) >= 0.5:
        return False
    return all(
        abs(getattr(own, chance) - getattr(found, chance)) < 1e-9 for chance, of in CHANCES.items() if of == name
    )


def _to_three_figures(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.3g}")


class Unasked(Value):
    """It accepts whatever comes: nothing is asked of it."""

    kind: Literal["none"] = "none"

    def limits(self, yardstick: Yardstick, reserves: float | None) -> Limits:
        return Limits(None, 0.0, None, None, 0.0, None)


Appetite = Annotated[InWords | InPounds | Unasked, Field(discriminator="kind")]
"""`limits(yardstick, reserves)` gives pounds and chances."""


def yardstick(kind: str, *, fee: float, income: float, reserves: float | None, years: int) -> Yardstick:
    """What a partner of this kind measures losses by; `fee` over the term, `income` a year.

    A company its fee; an NHS trust a planned surplus of 1% of income; all others their reserves, which may be £0. Where
    that is not stated, the fee.
    """
    if kind == "NHS trust" and income:
        return Yardstick(PLANNED_SURPLUS * income * years, "1% of its income over the term, a usual planned surplus")
    if kind != "company" and reserves is not None:
        name = "free reserves" if kind == "charity" else "general-fund balance" if "council" in kind else "reserves"
        return Yardstick(reserves, f"its {name}")
    return Yardstick(fee, "its fee over the term", fee > 0)
