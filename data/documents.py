"""The documents that the app shows."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "docs"


@cache
def glossary() -> dict[str, str]:
    """What each word means, by the word."""
    rows = [line.strip("|").split("|", 1) for line in text("glossary").splitlines() if line.startswith("|")]
    return {word.strip(): meaning.strip() for word, meaning in rows[2:]}


@cache
def text(name: str) -> str:
    """A document of docs/, without its heading, by its file name."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8").split("\n", 1)[1]
