"""What undo needs, kept with the draft: texts that differ little from one to the next, in little room."""

from collections.abc import Sequence

Step = tuple[int, int, str]
"""How many characters at the start and at the end are those of the text before, and what stands between."""


def packed(texts: Sequence[str]) -> list[Step]:
    """Texts, each as what differs from the one before; the first from an empty one."""
    return [_step(before, after) for before, after in zip(["", *texts], texts, strict=False)]


def unpacked(steps: Sequence[Sequence[int | str]]) -> list[str]:
    """The texts again. Raises ValueError or TypeError for what is no such list."""
    texts = [""]
    for start, end, between in steps:
        if not (isinstance(start, int) and isinstance(end, int) and isinstance(between, str)):
            raise TypeError("a step is two numbers and a text")
        texts.append(texts[-1][:start] + between + texts[-1][len(texts[-1]) - end :])
    return texts[1:]


def _step(before: str, after: str) -> Step:
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    return start, end, after[start : len(after) - end]


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with together; whole pieces first, for speed."""
    piece = 1 << 14
    start = 0
    while piece:
        while one[start : start + piece] == other[start : start + piece] and start + piece <= min(len(one), len(other)):
            start += piece
        piece >>= 1
    return start
