"""Where people disagree: how much of the spread of results would go if it were known whose view is right."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from model.base import Floats
from model.documents import from_document, to_document, where
from model.fields import Path, walk
from model.scenario import Scenario
from model.simulate import SEED, Results, simulate
from model.tables import draws

DRAWS = 4_096
"""Futures for each view: enough for a part of the spread in whole percent."""


class Disputed(NamedTuple):
    """A quantity on which several views are pooled: where it stands, its name, and each view's weight."""

    path: Path
    name: str
    weights: Floats


def disputed(scenario: Scenario) -> list[Disputed]:
    """Every quantity on which views are pooled that differ in who holds them."""
    document = to_document(scenario)
    found = []
    for path, node in _pools(document, ()):
        given = np.array([view["weight"] for view in node["views"]])
        found.append(Disputed(path, where(walk(document, path)), given / given.sum()))
    return [one for one in found if len(one.weights) > 1]


def disagreement(scenario: Scenario, seed: int = SEED, n: int = DRAWS) -> pd.DataFrame:
    """The part of each partner's spread over the term that is disagreement: quantities down, partners and sides across.

    One quantity at a time, each view by itself is drawn with the same random numbers. Of the variance of a view drawn
    by its weight, Σ w × variance + variance of means, the part is that of the means (the law of total variance).
    """
    rows = {one.name: _part(scenario, one, seed, n) for one in disputed(scenario)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("quantity")


def _part(scenario: Scenario, one: Disputed, seed: int, n: int) -> Mapping[str, float]:
    gains = [draws(results) for results in _by_view(scenario, one, seed, n)]
    means = np.array([gain.mean() for gain in gains])
    within = one.weights @ np.array([gain.var(ddof=0) for gain in gains])
    between = one.weights @ (means - one.weights @ means) ** 2
    whole = within + between
    parts = np.divide(between, whole, out=np.zeros_like(whole), where=whole > 0)
    return dict(zip(gains[0].columns, parts.tolist(), strict=True))


def _by_view(scenario: Scenario, one: Disputed, seed: int, n: int) -> Iterator[Results]:
    """The results if each view in turn were right."""
    for i in range(len(one.weights)):
        document = to_document(scenario)
        *steps, last = one.path
        owner: Any = document
        for step in steps:
            owner = owner[step]
        owner[last] = owner[last]["views"][i]["view"]
        yield simulate(from_document(document), n, seed)


def _pools(node: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every pool of views in a document, with its path."""
    if isinstance(node, dict) and node.get("kind") == "pool":
        yield path, node
    elif isinstance(node, dict):
        for key, inner in node.items():
            yield from _pools(inner, (*path, key))
    elif isinstance(node, list):
        for i, inner in enumerate(node):
            yield from _pools(inner, (*path, i))
