"""What every value of a scenario has in common: frozen, complete, finite, with a title and a unit."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

ROUNDING = 1e-4
"""Percentages that people type (33.33% three times) may miss 100% by this much; they are then scaled to it."""

PENNY = 0.005
"""Pounds. Sums that differ by less than half a penny are the same; less than that is neither gain nor pain."""

LARGEST_MONEY = 1e12
"""Pounds. Larger than any contract, small enough that pennies stay exact in double precision."""


def at_least(amount: Floats, least: Floats | float) -> Floats:
    """The larger of amounts (..., draws) and a least that is one number, or one for each row of draws.

    `clip` works on many draws at once there, `maximum` does not: it takes three times as long.
    """
    return amount.clip(least, np.inf)


def at_most(amount: Floats, most: Floats | float) -> Floats:
    """The smaller of the two, as `at_least`."""
    return amount.clip(-np.inf, most)


class Frozen(BaseModel):
    """A value that cannot change, with no unknown entries and no infinities."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)


def _day(text: str) -> str:
    """A day of the calendar, or nothing."""
    try:
        if text and str(np.datetime64(text, "D")) != text:
            raise ValueError
    except ValueError:
        raise ValueError(f"'{text}' is no day; write one such as 2026-11-22") from None
    return text


class Source(Frozen):
    """Where one entry of a value comes from."""

    field: Annotated[str, Field(title="Entry", description="The name of the entry that the note is about.")]
    note: Annotated[
        str,
        Field(title="Note", max_length=1000, description="The reason for the figure and where it was found."),
    ]
    owner: Annotated[str, Field(title="Owner", max_length=120, description="Who answers for the figure.")] = ""
    date: Annotated[
        str,
        Field(title="Date", max_length=10, description="When somebody last looked at the figure, as 2026-11-22."),
        AfterValidator(_day),
    ] = ""

    @model_serializer(mode="wrap")
    def _without_what_is_not_said(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Keeps owner and date out of files where nobody stated them."""
        said: dict[str, Any] = handler(self)
        return {name: text for name, text in said.items() if text or name in ("field", "note")}


class Value(Frozen):
    """A part of a scenario. Each entry may carry a note of its source."""

    unsaid: ClassVar[tuple[str, ...]] = ("sources",)
    """Entries that files leave out where they are empty, as files from before there were any do."""

    sources: tuple[Source, ...] = Field(
        default=(), title="Sources", max_length=40, description="Notes on where the entries come from."
    )

    @model_validator(mode="after")
    def _sources_name_entries(self) -> Self:
        for source in self.sources:
            if source.field not in type(self).model_fields:
                raise ValueError(f"a source note is about '{source.field}', which is not an entry here")
        return self

    @model_serializer(mode="wrap")
    def _without_what_is_empty(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        plain: dict[str, Any] = handler(self)
        for name in self.unsaid:
            if not getattr(self, name):
                plain.pop(name, None)
        return plain

    def edited(self, **changes: object) -> Self:
        """The same value with some entries changed, validated again. Raises ValidationError."""
        return type(self).model_validate(dict(self) | changes)


def money(title: str, text: str, *, ge: float | None = 0, empty: str = "", **more: Any) -> Any:
    """A field in pounds. `empty`: what it is where nothing is entered, if 'none' would be read as £0."""
    unit = {"unit": "£"} | ({"empty": empty} if empty else {})
    return Field(title=title, description=text, ge=ge, le=LARGEST_MONEY, json_schema_extra=dict(unit), **more)


def percent(title: str, text: str, *, ge: float | None = 0, le: float | None = 1, **more: Any) -> Any:
    """A field kept as a fraction and shown as a percentage."""
    return Field(title=title, description=text, ge=ge, le=le, json_schema_extra={"unit": "%"}, **more)


OWNERS_UNIT = "as its owner"


def number(title: str, text: str, *, unit: str = "", **more: Any) -> Any:
    """A field that is a plain number, or one whose unit its owner decides (`OWNERS_UNIT`)."""
    more.setdefault("ge", -LARGEST_MONEY)
    more.setdefault("le", LARGEST_MONEY)
    return Field(title=title, description=text, json_schema_extra={"unit": unit}, **more)


def words(title: str, text: str, *, longest: int = 80, shortest: int = 1, **more: Any) -> Any:
    """A field of text."""
    return Field(title=title, description=text, min_length=shortest, max_length=longest, **more)


def plain(title: str, text: str, *, unit: str = "", empty: str = "", **more: Any) -> Any:
    """Any other field: a choice, a list, a group. `unit` is that of the values inside; `empty`: what it then is."""
    extra: dict[str, Any] = {name: said for name, said in (("unit", unit), ("empty", empty)) if said}
    return Field(title=title, description=text, json_schema_extra=extra or None, **more)


def as_percent(fraction: float) -> str:
    """0.95 → '95%', with as many figures as tell it from its neighbours."""
    return f"{round(fraction * 100, 4) + 0.0:.7g}%"  # never -0%


def as_pounds(amount: float) -> str:
    """Every pound, and the pennies where there are any: '£1,250,000', '-£0.50'."""
    shown = f"{abs(amount):,.2f}".removesuffix(".00")
    return f"{'-' if amount < 0 and shown != '0' else ''}£{shown}"


class InUnits(ValueError):
    """Why figures are refused; whoever knows their unit can say it with that. '{}' stands for each in `reason`."""

    def __init__(self, reason: str, *figures: float) -> None:
        self.reason, self.figures = reason, figures
        super().__init__(self.said("{:.10g}".format))

    def said(self, show: Callable[[float], str]) -> str:
        """The reason with its figures as `show` writes them."""
        return self.reason.format(*map(show, self.figures))


def must_add_up(what: str, fractions: Iterable[float]) -> None:
    """Refuses fractions that do not add up to 1, naming the sum."""
    total = sum(fractions)
    if abs(total - 1) > ROUNDING * (1 + 1e-9):
        raise ValueError(f"{what} add up to {as_percent(total)}, not 100%")


def must_differ(what: str, names: Iterable[str]) -> None:
    """Refuses two names that a reader could not tell apart."""
    seen: set[str] = set()
    for name in names:
        folded = " ".join(name.casefold().split())
        if folded in seen:
            raise ValueError(f"{what} '{name}' appears twice; each needs a name of its own")
        seen.add(folded)
