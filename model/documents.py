"""Scenario files: JSON in and out, and plain sentences for whatever is wrong with one."""

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from model import by_year
from model.base import InUnits, Value, as_percent, as_pounds
from model.fields import Path, unit_along, walk
from model.scenario import Scenario

AnyValue = TypeVar("AnyValue", bound=Value)

LARGEST_FILE = 1_000_000
"""Bytes. The largest preset has about 20,000."""

MAIN = {name for name, entry in Scenario.model_fields.items() if entry.is_required()} - {"name"}
"""Entries of which a scenario has at least one, however much of it is missing."""
LARGEST_SHOWN = 1e15
OTHER_SIGN = {"%": "£", "£": "%"}
POINTS = re.compile(r"\d\.\d{3}(\D|$)")
DIGITS = re.compile(r"\d[\d,]*(\.\d+)?")
BANDS = {"gain_bands": "Savings, band", "pain_bands": "Overspends, band"}
"""What a band is called, as pages and levers call what it shares."""
LONG = 10_000
"""Whole numbers from here on are shown with commas."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (a path into the document) and what, as a sentence."""

    path: Path
    sentence: str


class Refused(ValueError):
    """A document that cannot be used; `problems` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(problems[0].sentence)

    @classmethod
    def because(cls, reason: str) -> "Refused":
        """Refused as a whole, for one reason."""
        return cls((Problem((), f"{reason[0].upper()}{reason[1:]}."),))


def to_json(scenario: Scenario) -> str:
    """The scenario as a file's text; `from_json` gives the same scenario back."""
    return json.dumps(to_document(scenario), indent=2, ensure_ascii=False) + "\n"


def to_document(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain lists and dicts."""
    document: dict[str, Any] = scenario.model_dump(mode="json")
    return document


def from_json(text: str | bytes) -> Scenario:
    """The scenario in a file's text. Raises Refused."""
    return from_document(parse(text))


def from_document(document: Any) -> Scenario:
    """The scenario in plain lists and dicts. Raises Refused."""
    if not isinstance(document, dict):
        _refuse("this is not a scenario: the file must hold one JSON object")
    version = document.get("schema_version", 1)
    if not MAIN & document.keys():
        _refuse("this is not a scenario: nothing in the file is a provider, a commissioner or a term of an alliance")
    if version != 1 or isinstance(version, bool):
        _refuse(f"the file's schema_version is {_shown(version)}; this program reads version 1")
    return validated(Scenario, document)


def problems_of(document: Any) -> tuple[Problem, ...]:
    """What keeps plain lists and dicts from being a scenario; nothing where they are one."""
    try:
        from_document(document)
    except Refused as refusal:
        return refusal.problems
    return ()


def validated(root: type[AnyValue], document: Any) -> AnyValue:
    """The value that plain lists and dicts describe. Raises Refused."""
    try:
        return root.model_validate_json(json.dumps(document, ensure_ascii=False).encode(), strict=True)
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            _refuse("the file is nested too deeply or holds text that cannot be read")
        raise Refused(problems_in(error, document, root)) from None
    except (ValueError, RecursionError):
        _refuse("the file holds a number or text that cannot be read; numbers must be finite")


def parse(text: str | bytes, largest: int = LARGEST_FILE) -> Any:
    """JSON text as plain lists and dicts; refuses what is too large, repeated, infinite or not JSON."""
    if len(text) > largest:
        _refuse(f"the file is too large; at most {largest:,} bytes are read")
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        if not text.strip():
            _refuse("the file is empty")
        return json.loads(text, object_pairs_hook=_no_repeats, parse_constant=_no_constant)
    except Refused:
        raise
    except UnicodeDecodeError:
        _refuse("the file is not text in UTF-8; save it as JSON and try again")
    except json.JSONDecodeError as error:
        _refuse(f"the file is not JSON: line {error.lineno}, column {error.colno}: {error.msg.lower()}")
    except RecursionError:
        _refuse("the file is nested too deeply to be read")
    except ValueError as error:
        _refuse(f"the file holds a number that cannot be read: {error}")


LOSSES = ("loss", "year_loss", "worst")
"""Entries that are losses, and positive."""


def problems_in(error: ValidationError, document: Any, root: type[Value] = Scenario) -> tuple[Problem, ...]:
    """Every problem of a refused document, in plain English with its path."""
    found: dict[Path, Problem] = {}
    entries = error.errors(include_url=False)
    for entry in entries:
        if entry["type"] == "too_short" and any(_inside(other["loc"], entry["loc"]) for other in entries):
            continue  # lines that are wrong are not counted, so a list of them looks empty
        steps = _of_its_year(walk(document, entry["loc"], root), document)
        path = tuple(key for key, _, _ in steps)
        found.setdefault(path, Problem(path, _sentence(entry, steps, f"The {root.__name__.lower()}")))
    return tuple(found.values())


def _of_its_year(steps: list[Any], document: Any) -> list[Any]:
    """The steps to a cost of a later year with the name of that year; any others as they are."""
    if len(steps) < 2 or steps[-2][0] != by_year.LATER:
        return steps
    key, field, _ = steps[-1]
    return [*steps[:-1], (key, field, {"name": f"Planned cost of {by_year.label(document, int(key) + 1)}"})]


def _inside(place: Path, whole: Path) -> bool:
    return len(place) > len(whole) and place[: len(whole)] == whole


def _sentence(entry: Any, steps: list[Any], whole: str) -> str:
    """'Community charity › Fee is 130%; it must be at most 50%.'"""
    kind, context, given = entry["type"], entry.get("ctx", {}), entry["input"]
    place = where(steps) or whole
    unit = unit_along(steps)
    if kind == "value_error":
        error = context["error"]
        text = error.said(lambda figure: amount(figure, unit)) if isinstance(error, InUnits) else str(error)
        says_where = len(steps) < 2 or f"'{_step_names(steps)[-1]}'" in text
        return f"{text[0].upper()}{text[1:]}." if says_where else f"{place}: {text}."
    limits = {
        "greater_than_equal": ("at least", "ge"),
        "less_than_equal": ("at most", "le"),
        "greater_than": ("more than", "gt"),
        "less_than": ("less than", "lt"),
    }
    if kind in limits:
        words, key = limits[kind]
        plain = ": write a loss without a minus" if key == "ge" and entry["loc"][-1] in LOSSES else ""
        return f"{place} is {amount(given, unit)}; it must be {words} {amount(context[key], unit)}{plain}."
    if kind == "missing":
        return f"{place} is missing."
    if kind == "extra_forbidden":
        return f"{place} is an unknown entry; check its spelling or remove it."
    if kind in ("literal_error", "union_tag_invalid"):
        allowed = context.get("expected") or context.get("expected_tags")
        shown = given.get("kind") if kind == "union_tag_invalid" else given
        return f"{place} is {_shown(shown)}; it must be one of {allowed}."
    if kind == "union_tag_not_found" and isinstance(given, dict):
        return f"{place} needs a 'kind' that says which sort it is."
    if kind in ("too_short", "too_long"):
        bound = f"at least {context['min_length']}" if kind == "too_short" else f"at most {context['max_length']}"
        return f"{place} has {context['actual_length']} entries; it must have {bound}."
    if kind == "string_too_short":
        return f"{place} is empty; it needs a text."
    if kind == "string_too_long":
        return f"{place} is longer than {context['max_length']} characters."
    if kind == "string_pattern_mismatch":
        return f"{place} is {_shown(given)}; it must be a year and month such as 2018-07."
    expected = {
        "float_type": "a number",
        "finite_number": "a finite number",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "string_type": "a text",
        "bool_type": "true or false",
        "tuple_type": "a list",
        "model_type": "a group of entries",
    }.get(kind, "a group of entries" if "object" in entry["msg"] else "something else")
    if kind == "float_type" and isinstance(given, str) and (other := OTHER_SIGN.get(unit)) and other in given:
        expected = "a percentage, not pounds" if unit == "%" else "in pounds, not a percentage"
    if unit == "%" and kind == "float_type" and isinstance(given, str) and DIGITS.fullmatch(given.strip()):
        expected = f"a percentage; for pounds write £{given.strip()}"
    if unit == "£" and kind == "float_type" and isinstance(given, str) and POINTS.search(given):
        expected += ", with commas and not points between thousands"
    return f"{place} is {_shown(given)}; it must be {expected}."


def where(steps: list[Any]) -> str:
    """A place in a document in the reader's words: 'Community charity › Fee'."""
    return " › ".join(_step_names(steps))


def _step_names(steps: list[Any]) -> list[str]:
    """The path in the reader's words: names of partners and KPIs, titles of fields."""
    names: list[str] = []
    for i, (key, field, node) in enumerate(steps):
        follows_list = i + 1 < len(steps) and isinstance(steps[i + 1][0], int)
        if isinstance(key, int):
            name = (node.get("name") or node.get("year")) if isinstance(node, dict) else None
            names.append(name if isinstance(name, str) and name else f"{_entry_of(steps, i)} {key + 1}")
        elif not follows_list:
            names.append(field.title if field and field.title else f"'{_clipped(str(key))}'")
    return names


def _entry_of(steps: list[Any], i: int) -> str:
    """What an entry without a name is one of: 'Overspends, band'."""
    of, field, _ = steps[i - 1] if i else ("", None, None)
    return BANDS.get(of) or f"{field.title if field else 'Entry'}, entry"


def amount(value: Any, unit: str) -> str:
    """A value as sentences state it, in '£', '%' or as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _shown(value)
    if abs(value) > LARGEST_SHOWN:
        return "far too large"
    if unit == "%":
        return as_percent(value)
    if unit == "£":
        return as_pounds(value)
    return _shown(value)


def _shown(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, float | int) and not isinstance(value, bool):
        if abs(value) > LARGEST_SHOWN:
            return "far too large"
        return f"{value:,.0f}" if float(value).is_integer() and abs(value) >= LONG else f"{value:.10g}"
    return _clipped(json.dumps(value, ensure_ascii=False, default=str))


def _clipped(text: str) -> str:
    """On one line, and short enough for a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for key, value in pairs:
        if key in entries:
            _refuse(f"the file gives '{key}' twice in one place; which one is meant?")
        entries[key] = value
    return entries


def _no_constant(name: str) -> NoReturn:
    _refuse(f"the file holds {name}; numbers must be finite")


def _refuse(sentence: str) -> NoReturn:
    raise Refused.because(sentence)
