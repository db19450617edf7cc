"""What the words mean that a paper uses."""

import re
from collections.abc import Sequence

from data import documents
from model.appetite import CONVENTION
from ui.paper import Block, Text, told
from ui.range_words import unformatted


def meanings(*words: str) -> Text:
    """What these words of the glossary mean."""
    known = documents.glossary()
    said = "; ".join(f"{word}: {re.split(r'; |[.] ', unformatted(known[word]))[0]}" for word in words)
    return Text(f"Words used here. {said[0].upper()}{said[1:]}.")


def used(words: Sequence[str], about: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """Those entries of the glossary of which a word stands in a paper."""
    said = _said(about, blocks)
    return [entry for entry in words if any(re.search(rf"\b{word}s?\b", said, re.I) for word in entry.split(", "))]


def appetites(about: Sequence[str], blocks: Sequence[Block]) -> tuple[str, ...]:
    """The entry of the glossary on the words for an appetite, where one of them stands in a paper; else nothing."""
    said = _said(about, blocks)
    return (", ".join(CONVENTION),) if any(f"'{word}'" in said for word in CONVENTION) else ()


def _said(about: Sequence[str], blocks: Sequence[Block]) -> str:
    return " ".join([*about, *(text for block in blocks for text in told(block))])
