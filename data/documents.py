"""The documents that the app shows."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "docs"


@cache
def glossary() -> dict[str, str]:
    """What each word means, by the word."""
    rows = [line.strip("|").split("|", 1) for line in text("glossary").splitlines() if line.startswith("|")]
    return {word.strip(): meaning.strip() for word, meaning in rows[2:]}


def meaning(word: str) -> str:
    """What a word means in full: where it says 'see *another*', what that one means too."""
    known = glossary()
    other = re.match(r"see \*(.+?)\*", known[word])
    return f"{known[word]}. **{other[1]}**: {known[other[1]]}" if other else known[word]


@cache
def sections(name: str) -> tuple[tuple[str, str], ...]:
    """A document's sections as heading and text; what stands before the first has no heading."""
    first, *others = re.split(r"^### ", text(name), flags=re.MULTILINE)
    parted = [other.split("\n", 1) for other in others]
    return ("", first.strip()), *((heading.strip(), body.strip()) for heading, body in parted)


@cache
def text(name: str) -> str:
    """A document of docs/, without its heading, by its file name."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8").split("\n", 1)[1]
