"""The drafts that were worked on last, of a browser, a machine or an account: those in which anything was done."""

import json
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from data.drafts import DONE, opened

MOST = 5
ID = re.compile(r"[A-Za-z0-9_-]{16}")
WORKED_ON = f"({DONE} OR id IN (SELECT draft FROM links))"
"""That anything was done in a draft, or that it was shared: else it is as everybody begins."""
LAST = f"""SELECT id, json_extract(text, '$.document.name'), saved, (SELECT count(*) FROM json_each(text, '$.designs'))
FROM drafts WHERE json_valid(text) AND {WORKED_ON} AND id != :but AND owner = :account AND id IN (
SELECT value FROM json_each(:browsers)
UNION SELECT id FROM (SELECT id FROM drafts WHERE :others AND owner = :account AND {DONE}
ORDER BY saved DESC LIMIT {MOST + 1})
UNION SELECT draft FROM links JOIN drafts ON draft = drafts.id WHERE :others AND owner = :account)
ORDER BY id IN (SELECT value FROM json_each(:browsers)) DESC, saved DESC LIMIT {MOST}"""


@dataclass(frozen=True)
class Recent:
    """A draft: its alliance's name, when it was saved last, in seconds since 1970, and how many designs it keeps."""

    draft: str
    name: str
    saved: float
    designs: int


def ids(text: str) -> list[str]:
    """The ids of drafts that a browser remembers, as far as they can be such."""
    return [one for one in text[:1000].split(".") if ID.fullmatch(one)][: MOST + 1]


def last(browsers: Sequence[str], *, account: str = "", everybodys: bool = False, but: str = "") -> list[Recent]:
    """The last drafts of an account ('' without sign-in), a browser's own first. `everybodys`: and then any others;
    `but`: the one that is open."""
    given = {"browsers": json.dumps([*browsers]), "account": account, "others": everybodys, "but": but}
    try:
        with closing(opened()) as store:
            found = store.execute(LAST, given).fetchall()
    except (OSError, sqlite3.Error):
        return []
    return [Recent(str(draft), str(name or "Without a name"), saved, designs) for draft, name, saved, designs in found]


def worked_on(draft: str) -> bool:
    """Whether anything was done in a draft."""
    try:
        with closing(opened()) as store:
            return bool(store.execute(f"SELECT 1 FROM drafts WHERE id = ? AND {WORKED_ON}", (draft,)).fetchone())
    except (OSError, sqlite3.Error):
        return False
