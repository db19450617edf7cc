"""What the library holds: each record frozen and complete, in the database as in an exported file."""

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Literal, Self, get_args

from pydantic import model_validator

from model.base import Source, Value, plain, words

Stand = Literal["accept", "accept with conditions", "not yet"]
"""Where a partner stands on a version."""

STANDS: tuple[Stand, ...] = get_args(Stand)

Role = Literal["facilitator", "partner", "viewer", "none"]
"""What an account is in an alliance; 'none' takes its part away."""

ROLES: tuple[Role, ...] = get_args(Role)
ADDRESS = r"[^@\s]+@[^@\s]+\.[^@\s]+"
MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"


def now() -> str:
    """This moment in UTC: '2026-11-22T21:05:00.000000Z'."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Record(Value):
    """One line of the library."""

    sources: tuple[Source, ...] = plain("Sources", "A record has none.", max_length=0, default=())
    id: str = words("Id", "Chosen by chance, and never used again.", longest=64)

    @model_validator(mode="after")
    def _can_be_kept(self) -> Self:
        if any("\0" in text for text in dict(self).values() if isinstance(text, str)):
            raise ValueError("a text holds a zero character, which no database keeps; type it again")
        return self


class Alliance(Record):
    """A folder of designs."""

    name: str = words("Name of the alliance", "What the alliance is called.")
    archived: bool = plain("Archived", "Whether it is put away.", default=False)


class Design(Record):
    """A line of versions."""

    alliance: str = words("Alliance", "The id of its alliance.", longest=64)
    name: str = words("Name of the design", "What the design is called.")
    archived: bool = plain("Archived", "Whether it is put away.", default=False)


class Version(Record):
    """A scenario as it was saved; nothing of it ever changes."""

    design: str = words("Design", "The id of its design.", longest=64)
    number: int = plain("Number", "1, 2, 3 … within its design.", ge=1)
    parent: str | None = plain("Made from", "The id of the version that it was made from.", default=None)
    document: str = words("Scenario", "The scenario file as text.", longest=1_000_000)
    inputs: str = words("Inputs", "Hash of the inputs that decide the results, as results carry it.", longest=64)
    model_version: str = words("Model version", "The version of the model that it was saved with.", longest=20)
    who: str = words("Your name", "Who saved it.")
    why: str = words("Reason", "Why it was saved.", longest=500)
    saved_at: str = plain("Saved at", "When, in UTC.", pattern=MOMENT)
    changed: tuple[str, ...] = plain("Changed", "What differs from the version it was made from.", default=())
    digest: str = words("Digest", "SHA-256 of all the above but its place.", longest=64, shortest=0, default="")

    def digested(self) -> Self:
        """The same version with its digest."""
        return self.edited(digest=self._digest())

    @property
    def whole(self) -> bool:
        """Whether it is as it was saved."""
        return self.digest == self._digest()

    def _digest(self) -> str:
        # Not of its place: an imported version may have to stand in a design of its own.
        said = self.model_dump(mode="json", exclude={"design", "number", "digest"})
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


class Position(Record):
    """Where a partner stood on a version; the last one of each partner counts."""

    version: str = words("Version", "The id of the version.", longest=64)
    number: int = plain("Number", "1, 2, 3 … on its version.", ge=1)
    partner: str = words("Partner", "Whose position it is.", longest=120)
    stand: Stand = plain("Position", "Where the partner stands.")
    note: str = words("Note", "Conditions, or reasons.", longest=1000, shortest=0, default="")
    who: str = words("Your name", "Who recorded it.")
    said_at: str = plain("Recorded at", "When, in UTC.", pattern=MOMENT)


class Seal(Record):
    """That a version is the agreed one."""

    version: str = words("Version", "The id of the version.", longest=64)
    who: str = words("Your name", "Who sealed it.")
    sealed_at: str = plain("Sealed at", "When, in UTC.", pattern=MOMENT)


class Member(Record):
    """That an account has a part in an alliance; the last one of each account counts."""

    alliance: str = words("Alliance", "The id of the alliance.", longest=64)
    number: int = plain("Number", "1, 2, 3 … in its alliance.", ge=1)
    email: str = words("Address", "The e-mail address of the account, in small letters.", longest=75)
    role: Role = plain("Part", "What the account is in the alliance.")
    partner: str = words("Partner", "For whom, where it is a partner.", longest=120, shortest=0, default="")
    who: str = words("Your name", "Who gave the part.")
    since: str = plain("Since", "When, in UTC.", pattern=MOMENT)

    @model_validator(mode="after")
    def _has_an_address_and_a_partner_a_name(self) -> Self:
        if not re.fullmatch(ADDRESS, self.email):
            raise ValueError(f"'{self.email}' is no e-mail address; write one such as name@council.gov.uk")
        if (self.role == "partner") != bool(self.partner):
            raise ValueError("a partner's account names the partner that it is for, and no other account does")
        return self


class Act(Record):
    """That an alliance or a design was renamed, archived or taken out again."""

    subject: str = words("Subject", "The id of the alliance or design.", longest=64)
    said: str = words("What", "What was done, in words.", longest=300)
    who: str = words("Your name", "Who did it.")
    done_at: str = plain("Done at", "When, in UTC.", pattern=MOMENT)
