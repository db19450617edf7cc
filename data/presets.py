"""The scenarios that come with the product. All of them are illustrative."""

from functools import cache
from pathlib import Path

from model.documents import from_json
from model.scenario import Scenario

FOLDER = Path(__file__).parent / "presets"
FIRST = "lambeth-living-well"


def names() -> list[str]:
    """File names without ending; the one that opens first leads."""
    found = sorted(path.stem for path in FOLDER.glob("*.json"))
    return sorted(found, key=lambda name: name != FIRST)


@cache
def preset(name: str) -> Scenario:
    """A preset by its file name. Raises Refused where it is broken, OSError where it does not exist."""
    return from_json((FOLDER / f"{name}.json").read_bytes())
