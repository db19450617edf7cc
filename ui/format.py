"""Pounds, percentages and chances as people write them, and back."""

import math
import re
from collections.abc import Callable, Sequence

MINUS = "−"
MOST_DECIMALS = 3
_STEPS = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))


HALF_UP = 1 + 1e-12
"""Python rounds a half to the even figure; £102,500 is £103k, as a spreadsheet writes it."""


def money(pounds: float) -> str:
    """Rounded for reading: £950, £2.5k, £38k, £1.25m, −£2.1m."""
    if not math.isfinite(pounds):
        return "–" if math.isnan(pounds) else "uncapped"
    size = abs(pounds) * HALF_UP
    for step, suffix in _STEPS:
        if size >= step * 0.9995:
            figures = 2 if suffix == "k" and size < 99.5 * step else 3
            shown = float(f"{size / step:.{figures}g}")
            return f"{_sign(pounds)}£{shown:,.10g}{suffix}"
    return f"{_sign(pounds) if round(size) else ''}£{size:.0f}"


def alike(figure: float, limit: float, slack: float) -> Callable[[float], str]:
    """Writes two sums and what is between them so that they subtract: £12m, £11.047m and £953k.

    The sums have as many decimals as what is between them needs; that is what lies between them as they are written.
    """
    largest, between = max(abs(figure), abs(limit), abs(slack)), abs(slack)
    if not math.isfinite(largest) or largest < _STEPS[-1][0]:
        return money
    step, suffix = next((step, suffix) for step, suffix in _STEPS if largest >= step * 0.9995)
    figures = 2 if suffix == "k" else 3
    apart = 3 if between >= 0.0995 * _STEPS[1][0] else 2
    needed = [figures - 1 - _magnitude(largest / step), apart - 1 - _magnitude(between / step) if between >= 0.5 else 0]
    decimals = min(max(*needed, 0), MOST_DECIMALS)

    subtracts = between not in (abs(figure), abs(limit)) and abs(abs(limit - figure) - between) < 0.5

    def rounded(pounds: float) -> float:
        if abs(pounds) < 0.9995 * step:  # written as it is where it stands by itself
            return float(f"{pounds / step:.{2 if step == _STEPS[-1][0] or abs(pounds) < 0.0995 * step else 3}g}")
        return float(f"{pounds / step:.{decimals}f}")

    def write(pounds: float) -> str:
        if subtracts and abs(pounds) == between:
            size = abs(rounded(limit) - rounded(figure)) * step
            return money(math.copysign(size, pounds) if size >= 0.5 else pounds)
        shown = rounded(abs(pounds))
        return f"{_sign(pounds)}£{shown:,.10g}{suffix}" if shown >= 1 else money(pounds)

    return write


def _magnitude(size: float) -> int:
    return math.floor(math.log10(size * 1.0005))


def exact(pounds: float) -> str:
    """Every pound: £38,250,000."""
    whole = pounds == round(pounds)
    return f"{_sign(pounds)}£{abs(pounds):,.0f}" if whole else f"{_sign(pounds)}£{abs(pounds):,.2f}"


def scale_of(places: Sequence[float]) -> list[str]:
    """Sums along a scale: with pence where all of them are under £10 and some are no whole pounds."""
    places = [round(place, 6) + 0.0 for place in places]
    pence = max(map(abs, places), default=0.0) < 10 and any(place % 1 for place in places)
    return [exact(place) if pence else money(place) for place in places]


def signed(pounds: float, write: Callable[[float], str] = money) -> str:
    """Gain or pain with its sign: +£38k, −£2.1m."""
    return f"+{write(pounds)}" if pounds >= 0.5 else write(pounds)


def points(score: float) -> str:
    """A performance score with its sign: +27, −5, 0."""
    whole = round(score * HALF_UP)
    return f"{whole:+d}".replace("-", MINUS) if whole else "0"


def moved(before: float, change: float) -> str:
    """'worse by £610k, from +£132k to −£478k', each sum rounded as it is elsewhere."""
    how = "better" if change > 0 else "worse"
    return f"{how} by {money(abs(change))}, from {signed(before)} to {signed(before + change)}"


def percent(fraction: float) -> str:
    """37%, 4.5%, −12%; 'uncapped' for infinity."""
    if math.isnan(fraction):
        return "–"
    if math.isinf(fraction):
        return "uncapped"
    size = round(abs(fraction) * 100, 4)
    shown = f"{size:.2g}" if size < 9.95 else f"{size:.0f}"
    return f"{MINUS if fraction < 0 and float(shown) else ''}{float(shown):,.15g}%"


def exact_percent(fraction: float) -> str:
    """Every digit of a part: −12.34%."""
    return f"{plain(100 * fraction)}%"


def chance(part: float) -> str:
    """A chance in whole percent; the ends say 'under 1%' and 'over 99%' unless they are exact."""
    if 0 < part < 0.005:
        return "under 1%"
    if 0.995 < part < 1:
        return "over 99%"
    return f"{part:.0%}"


def article(number: str) -> str:
    """'an' before 8%, 11%, 18% and 80% to 89%, 'a' before others."""
    return "an" if re.match(r"8|1[18]\b", number) else "a"


def a_chance(part: float, write: Callable[[float], str] = chance) -> str:
    """'a 39% chance', 'an 8% chance', 'less than a 1% chance'."""
    said = write(part)
    for ends, words in (("under", "less than"), ("over", "more than")):
        if said.startswith(ends):
            return f"{words} a {said.split()[1]} chance"
    return f"{article(said)} {said} chance"


def part_of(fraction: float, whole: str) -> str:
    """'37% of its fee'; '295 times its fee' from ten times on."""
    return f"{fraction:,.0f} times {whole}" if 10 <= fraction < math.inf else f"{percent(fraction)} of {whole}"


def of_reserves(pounds: float, reserves: float | None, name: str = "its reserves") -> str:
    """A loss beside reserves: '54% of its reserves'. There is no part of £0; nothing where they are not stated."""
    if reserves is None or math.isnan(reserves):
        return ""
    return part_of(pounds / reserves, name) if reserves > 0 else f"more than {name} of £0"


def loss(pounds: float, write: Callable[[float], str] = money) -> str:
    """An average loss; where there is none, what it is in truth: '+£147k (a gain)'."""
    return f"{signed(-pounds, write)} (a gain)" if pounds <= -0.5 else write(pounds)


def part_lost(fraction: float) -> str:
    """A loss as a part of something; where there is none, what it is in truth: '+1.7% (a gain)'."""
    said = percent(-fraction)
    return f"+{said} (a gain)" if fraction < 0 and said != percent(0.0) else percent(fraction)


def with_error(pounds: float, error: float, write: Callable[[float], str] = money) -> str:
    """'£623k ± £2.5k'; without its standard error where that is under half of the last digit shown."""
    said = write(pounds)
    return f"{said} ± {money(error)}" if error >= max(_digit(pounds) / 2, 0.5) else said


ABOUT_LUCK = "± is the luck of drawing only, not doubt about the inputs."
ABOUT_ERRORS = (
    "After ±: the standard error, the luck of drawing only so many futures and not doubt about the inputs; where none "
    "stands, it is under half of the last digit shown."
)


def chance_with_error(part: float, error: float, write: Callable[[float], str] = chance) -> str:
    """'65% ± 1%'; without its standard error where that is under half of the last digit shown."""
    said = write(part)
    digit = 0.001 if write is percent and abs(part) < 0.0995 else 0.01
    return f"{said} ± {percent(float(f'{error:.1g}'))}" if error >= digit / 2 else said


def _digit(pounds: float) -> float:
    """What the last digit that `money` shows stands for."""
    size = abs(pounds)
    if not math.isfinite(size):
        return math.inf
    step, suffix = next(((step, suffix) for step, suffix in _STEPS if size >= step * 0.9995), (1.0, ""))
    if not suffix:
        return 1.0
    figures = 2 if suffix == "k" and size < 99.5 * step else 3
    return float(step * 10.0 ** (math.floor(math.log10(size / step * 1.0005)) + 1 - figures))


def as_is(text: str) -> str:
    """A word that needs no writing."""
    return text.capitalize()


def plain(value: float) -> str:
    """A number as short as it is exact."""
    return f"{round(value, 6) + 0.0:,.10g}".replace("-", MINUS)


def brief(value: float) -> str:
    """A number to three figures."""
    return plain(float(f"{round(value, 6):.3g}"))


def measured(value: float, unit: str) -> str:
    """A KPI's value in its own unit: 57%, 33 days."""
    return f"{plain(value)}{unit}" if unit == "%" else f"{plain(value)} {unit}".rstrip()


APART = re.compile(r"\d\s*[£%]\s*\d|\d\s+\d(?!\d\d(?!\d))|(?:\d{4}|\.\d+)\s+\d")
"""Where a text holds two figures: a sign between digits, or a space that parts no thousands."""
DASHES = r"[\u2010\u2011\u2013\u2014\u2212]"
"""What may stand for a minus."""


def read_number(text: str) -> float | str:
    """A typed amount: '£38,250,000', '38.25m', '(45)', '−7', '5%'; the text itself where it is none of these."""
    if APART.search(text):
        return text  # two figures in one cell must not become one
    cleaned = re.sub(r"[£\s%\u200b-\u200f\u2060\ufeff]", "", re.sub(DASHES, "-", text)).lower()
    if not re.fullmatch(r"[^,]*|\(?[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?\D*", cleaned):
        return text  # a decimal comma must not turn 41,2 into 412
    cleaned = cleaned.replace(",", "")
    found = re.fullmatch(r"(\()?([-+]?\d*\.?\d+(?:e[-+]?\d+)?)(k|m|bn)?(\))?", cleaned)
    if not found or bool(found[1]) != bool(found[4]) or (found[1] and found[2][0] in "+-"):
        return text
    factor = {suffix: step for step, suffix in _STEPS}.get(found[3] or "", 1.0)
    value = round(float(found[2]) * factor, 6) * (-1 if found[1] else 1)
    return value if math.isfinite(value) else text


def _sign(pounds: float) -> str:
    return MINUS if pounds < 0 else ""


def unbroken(text: str) -> str:
    """Keeps a sign on the line of its sum."""
    return text.replace(f"{MINUS}£", f"{MINUS}\u2060£").replace("+£", "+\u2060£")


def slug(name: str) -> str:
    """A name as part of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "scenario"


def either(names: list[str]) -> str:
    """'A, B or C'."""
    return f"{', '.join(names[:-1])} or {names[-1]}" if names[1:] else "".join(names)


def listed(names: list[str]) -> str:
    """'A, B and C'."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"
