"""What the library holds, in sentences."""

from datetime import datetime

from data.arrival import Brought
from data.positions import standing
from data.records import Act, Design, Position, Seal, Version
from ui import stamps
from ui.format import listed
from ui.range_words import clipped, literal
from ui.verdicts import MOST_NAMED, number

NOTHING = "No design is in use in the library: save what is on the screen to begin one"
SAVE_FIRST = (
    "Each partner's answer, and any condition that it makes, is recorded on a saved design: save first, and *Who has "
    "agreed* opens here."
)
ABOUT_NOTHING = (
    "Every save is a version of its own, with who, when, why and what changed. None is ever overwritten or deleted. "
    f"{SAVE_FIRST}"
)
NOT_FOLLOWED = "The library is not part of what this screen follows"
ABOUT_FOLLOWING = "A link shows the design on the facilitator's screen, and nothing that was saved."
ABOUT_NOBODY = (
    "You have no part in any alliance of the library yet: a facilitator can give you one, by the address that you "
    "signed in with. Whoever saves a new design for an alliance that nobody has is its facilitator. "
    f"{SAVE_FIRST}"
)
NO_SIGN_IN = (
    "This is a tool for one person on one's own machine: no sign-in is set up, so whoever can open this app sees and "
    "changes everything in it. docs/operations.md says how to set it up."
)
PARTS = {
    "facilitator": "A facilitator may do everything in the alliance.",
    "partner": "A partner sees everything, records its own position and saves its own appetite and estimates.",
    "viewer": "A viewer sees everything and changes nothing.",
}
UNSAVED = "the terms on screen, not saved as a version"
FEW, LONGEST = 3, 160
"""Differences named in a table, and characters of each."""

TOLD = ("Name:", "Story:", "Expected answer:", "Illustrative:")
"""Differences that are not of the contract: they come last."""


def kept_only(name: str) -> str:
    """That what is on the screen is kept with the draft, which is no version; nothing where it has no name there."""
    return f"What is on the screen is kept as '{literal(name)}' in this draft, and not lost. " if name else ""


def title(design: Design, newest: Version, partners: list[str], found: list[Position], seal: Seal | None) -> str:
    """The page's answer: which version counts, and who accepts it."""
    name = f"Version {newest.number} of '{literal(design.name)}'"
    if seal:
        return f"{name} is agreed by everybody and sealed"
    return f"{name} is the newest; {accepted(partners, found)}"


def accepted(partners: list[str], found: list[Position]) -> str:
    """'two of four partners accept it', and who accepts it with conditions."""
    if not found:
        return "no partner has said whether it accepts"
    accepting = sum(stand_of(partner, found) == "accept" for partner in partners)
    if accepting == len(partners):
        return f"all {number(len(partners)).lower()} partners accept it"
    who = number(accepting).lower() if accepting else "none"
    said = f"{who} of {number(len(partners)).lower()} partners {'accepts' if accepting == 1 else 'accept'} it"
    some = [literal(partner) for partner in partners if stand_of(partner, found) == "accept with conditions"]
    if not some:
        return said
    named = listed(some) if len(some) <= MOST_NAMED else number(len(some)).lower()
    return f"{said} without conditions, {named} {'accepts' if len(some) == 1 else 'accept'} it with conditions"


def agreed(version: Version, design: str, partners: list[str], found: list[Position], seal: Seal | None) -> str:
    """'Version 3 of 'Draft', accepted by all six partners, sealed on 29 November 2026'; nothing before all accept."""
    if any(stand_of(partner, found) != "accept" for partner in partners):
        return ""
    sealed = f"sealed on {stamps.dated(datetime.fromisoformat(seal.sealed_at))}" if seal else "not sealed"
    everybody = f"accepted by all {number(len(partners)).lower()} partners"
    return f"Version {version.number} of '{design}', {everybody}, {sealed}"


def unlike(version: Version, design: str, agreed: str) -> str:
    """That what is on the screen is no longer a version which was agreed, or of which partners said what they think."""
    if agreed:
        return f"This is not what was agreed: it was changed since {agreed[:1].lower()}{agreed[1:]}."
    return (
        f"Partners took their positions on something else: this was changed since version {version.number} of "
        f"'{design}'."
    )


def counted(partners: list[str], found: list[Position], seal: Seal | None) -> str:
    """'3 of 4 accept, 1 with conditions'."""
    stands = [stand_of(partner, found) for partner in partners]
    some = f", {stands.count('accept with conditions')} with conditions"
    said = f"{stands.count('accept')} of {len(partners)} accept"
    return f"{said}{some if 'accept with conditions' in stands else ''}{' · sealed' if seal else ''}"


def stand_of(partner: str, found: list[Position]) -> str:
    """Where a partner stands; 'nothing recorded' where it has no position."""
    position = standing(found).get(partner)
    return position.stand if position else "nothing recorded"


def moment(utc: str) -> str:
    """'22 Nov 2026, 21:05 UTC'."""
    at = datetime.fromisoformat(utc)
    return f"{at.day} {at:%b %Y, %H:%M} UTC"


def saved(version: Version) -> str:
    """'Bo on 22 Nov 2026, 21:05 UTC: A lower cap'."""
    return f"{literal(version.who)} on {moment(version.saved_at)}: {literal(version.why)}"


def named(version: Version) -> str:
    """A version in a list to choose from."""
    return f"Version {version.number} · {clipped(version.why, 60)}"


def numbered(version: Version, design: str) -> str:
    """A version of a design, as a name among others."""
    return f"Version {version.number} of {design}"


def exactly(version: Version, design: str) -> str:
    """'Design 'Draft', version 3, saved 29 November 2026 by Bo'."""
    return f"Design '{design}', version {version.number}, {_signed(version)}"


def since(version: Version, design: str) -> str:
    """'Design 'Draft', changed since version 3 (saved 29 November 2026 by Bo)'."""
    return f"Design '{design}', changed since version {version.number} ({_signed(version)})"


def unchanged(version: Version, design: str, seal: Seal | None) -> str:
    """'Draft version 3, sealed'."""
    return f"{design} version {version.number}{', sealed' if seal else ''}"


def edited(version: Version, design: str) -> str:
    """'Draft version 2, changed since'."""
    return f"{design} version {version.number}, changed since"


def _signed(version: Version) -> str:
    return f"saved {stamps.dated(datetime.fromisoformat(version.saved_at))} by {version.who}"


def changed(version: Version) -> str:
    """What changed, in a cell of a table."""
    if not version.changed:
        return "Nothing differs" if version.parent else "The first version"
    terms_first = sorted(version.changed, key=lambda line: line.startswith(TOLD))
    few = "; ".join(literal(clipped(line, LONGEST)) for line in terms_first[:FEW])
    more = len(version.changed) - FEW
    return f"{few}; {more} more" if more > 0 else few


def screen(start: Version | None, differs: int, newest: Version) -> str:
    """What is on the screen, against what is saved."""
    if start is None:
        return "What is on the screen was not opened from this design."
    if not differs:
        said = f"What is on the screen is version {start.number}."
    else:
        entries = "one entry has" if differs == 1 else f"{differs} entries have"
        said = f"What is on the screen began as version {start.number}; {entries} changed since."
    return said if start == newest else f"{said} Version {newest.number} is newer, by {saved(newest)}."


def moved(newest: Version, design: Design, version: str, preset: str | None) -> str:
    """Why nothing was saved. `version`, `preset`: which of these is on the screen; a file's scenario is neither."""
    began = "is not what you began with"
    if not version:
        loaded = "is not what is on the screen: a file was loaded since"
        began = f"{began}: that was a preset, or one was loaded since" if preset else loaded
    return (
        f"Nothing was saved: version {newest.number} of '{literal(design.name)}' {began}. It was saved by "
        f"{saved(newest)}. Look at what differs, then choose."
    )


def brought(found: Brought) -> str:
    """What came with a file."""
    versions = f"{found.new} new {'version' if found.new == 1 else 'versions'} came in"
    said = [f"{versions}, {found.known} {'was' if found.known == 1 else 'were'} here already."]
    if found.apart:
        names = listed([f"'{name}'" for name in found.apart])
        said.append(f"What went on differently here and there is now a design of its own: {names}.")
    if found.left:
        said.append(f"Left out: {listed(found.left)}.")
    return " ".join(said)


def act(one: Act) -> str:
    """What was done to an alliance or a design."""
    return f"{literal(one.said)} · {literal(one.who)}, {moment(one.done_at)}"
