"""The answer of the page that compares designs, as its title. Outlooks in, plain English out."""

from collections.abc import Mapping, Sequence

from model.comparison import Outlook
from ui.comparison_words import MOST_NAMED, be, begun, called, named, vetoes
from ui.format import listed
from ui.unsaid import silent
from ui.verdicts import MARKS, slack

ALIKE = 0.5
"""Pounds within which designs are equally short."""


def title(outlooks: Mapping[str, Outlook], just: Sequence[str] = ()) -> str:
    """The page's answer: which designs everybody would accept; `just`: which of them only just."""
    found = {verdict: [name for name, one in outlooks.items() if one.verdict == verdict] for verdict in MARKS}
    accepted, refused, close = found["accepts"] + found["has not said"], found["refuses"], found["too close to call"]
    acceptable = "refused by nobody" if found["has not said"] else "acceptable to everybody"
    if len(outlooks) == 1:
        return _alone(next(iter(outlooks)), next(iter(outlooks.values())), ", but only just" * bool(just))
    if not accepted:
        return _unclear(outlooks, close, refused) if close else _none(outlooks)
    if len(accepted) == len(outlooks):
        how_many = "Both" if len(accepted) == 2 else f"All {len(accepted)}"
        return f"{how_many} designs are {acceptable}{_hair(accepted, just)}{_not_said(outlooks)}"
    first = f"{named(accepted, f'{len(accepted)} of the {len(outlooks)} designs')} {be(accepted)} {acceptable}"
    return begun("; ".join([first + _hair(accepted, just), *_rest(outlooks, close, refused, "more")])) + _not_said(
        outlooks
    )


def _rest(outlooks: Mapping[str, Outlook], close: list[str], refused: list[str], many: str) -> list[str]:
    """Those that are too close to call, of `many` '5 more' or '5 of them', and those that would be refused, by whom."""
    said = [f"{named(close, f'{len(close)} {many}')} {be(close)} too close to call"] if close else []
    if not refused:
        return said
    return [*said, f"{named(refused, f'the other {len(refused)}')} would be refused{_by(outlooks, refused)}"]


def _by(outlooks: Mapping[str, Outlook], refused: list[str]) -> str:
    """By whom, where the same few refuse all of them; else nothing."""
    against = [vetoes(outlooks[name]) for name in refused]
    if any(one != against[0] for one in against):
        return ""
    return f" by {listed(against[0]) if len(against[0]) <= MOST_NAMED else f'{len(against[0])} partners'}"


def _unclear(outlooks: Mapping[str, Outlook], close: list[str], refused: list[str]) -> str:
    """That none is clearly acceptable: which are too close to call, and which would be refused."""
    how_many = "Neither design" if len(outlooks) == 2 else f"None of the {len(outlooks)} designs"
    lead = f"{how_many} is clearly acceptable to everybody"
    if not refused:
        return f"{lead}; {'both' if len(close) == 2 else 'all'} are too close to call"
    return "; ".join([lead, *_rest(outlooks, close, refused, "of them")])


def _hair(accepted: Sequence[str], just: Sequence[str]) -> str:
    """Which of those that nobody refuses are signed only just; else nothing."""
    by_a_hair = [name for name in accepted if name in just]
    if len(by_a_hair) == len(accepted):
        return ", but only just"
    return f", {named(by_a_hair, f'{len(by_a_hair)} of them')} only just" if by_a_hair else ""


def _not_said(outlooks: Mapping[str, Outlook]) -> str:
    """That some have not said what they would accept, which counts as no objection here; else nothing."""
    unsaid = dict.fromkeys(name for one in outlooks.values() for name in silent(one.positions))
    who = listed(list(unsaid)) if len(unsaid) <= MOST_NAMED else f"{len(unsaid)} partners"
    return f"; {who} {'has' if len(unsaid) == 1 else 'have'} not said, which counts as no objection" if unsaid else ""


def _alone(name: str, one: Outlook, hair: str) -> str:
    """The answer about one design; `hair`: that it is signed only just."""
    if one.verdict == "too close to call":
        return f"Whether everybody accepts {called(name)} is too close to call"
    if one.verdict == "accepts":
        return f"{begun(called(name))} is acceptable to everybody{hair}"
    if one.verdict == "has not said":
        return f"{begun(called(name))} is refused by nobody{hair}{_not_said({name: one})}"
    return f"{begun(called(name))} would be refused by {listed(vetoes(one))}"


def _none(outlooks: Mapping[str, Outlook]) -> str:
    """That all would be refused, and the design that comes nearest."""
    best = max(outlooks, key=lambda name: outlooks[name].slack[0])
    one = outlooks[best]
    how_many = "Neither design" if len(outlooks) == 2 else f"None of the {len(outlooks)} designs"
    near = [
        name
        for name, other in outlooks.items()
        if abs(other.slack[0] - one.slack[0]) < ALIKE or lacking(other) == lacking(one)  # a difference that none sees
    ]
    who, come = named(near, f"{len(near)} of them"), "comes" if len(near) == 1 else "come"
    short = f"{lacking(one)} short"
    short = f"the worst placed is {short}" if len(vetoes(one)) > 1 else short
    near_by = f"{who} {come} nearest in pounds, {short}"
    if len(near) == len(outlooks):
        near_by = f"{'both' if len(near) == 2 else 'all'} are {lacking(one)} short"
    fewest = min(outlooks, key=lambda name: len(vetoes(outlooks[name])))
    if all(len(vetoes(outlooks[name])) > len(vetoes(outlooks[fewest])) for name in near):
        near_by += f", and {called(fewest)} is refused by the fewest, {listed(vetoes(outlooks[fewest]))}"
    return f"{how_many} is acceptable to everybody; {near_by}"


def lacking(one: Outlook) -> str:
    """What the tightest test of all lacks."""
    return slack(min((cell for position in one.positions for cell in position.cells), key=lambda cell: cell.slack))


def apart(title: str) -> str:
    """The page's answer where the designs that it compares do not assume the same."""
    return f"{title}; but the designs do not assume the same"
