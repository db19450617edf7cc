"""In which order found designs stand: by incentive, by what they change, by what they leave to spare, by margin."""

import math
from collections.abc import Callable, Sequence

import streamlit as st

from model.looks import Problem, levers
from model.moves import distance
from model.outcome import Found
from ui import finding_words as words
from ui.decisions import cost_margin
from ui.format import unbroken
from ui.session import Session


class Orders:
    """The designs of a frontier, most incentive first, and by what they can be put in order."""

    def __init__(self, session: Session, problem: Problem, found: Sequence[Found]) -> None:
        self.found = found
        self.margins = [cost_margin(session, one.design) for one in found]
        terms = levers(problem.scenario, problem.draws, problem.seed)
        self.distances = [distance(terms, problem.scenario, one.design) for one in found]

    def by(self, order: str) -> list[int]:
        """The numbers of the designs in an order, the best first; those alike stay as they were."""
        keys: dict[str, Callable[[int], float]] = {
            words.INCENTIVE: lambda i: -self.found[i].incentive,
            words.NEAREST: lambda i: self.distances[i],
            words.SPARE: lambda i: -self.found[i].slack,
            words.WIDEST: lambda i: -self._margin(i),
        }
        return sorted(range(len(self.found)), key=keys[order])

    def _margin(self, i: int) -> float:
        margin = self.margins[i].margin
        return math.inf if margin is None else margin

    @property
    def offered(self) -> list[str]:
        """The orders that there are: nothing is to spare where nobody asks anything."""
        return list(words.ORDERS) if math.isfinite(self.found[0].slack) else list(words.ORDERS[:2])

    def first(self) -> dict[str, int]:
        """Which design each order has first."""
        return {order: self.by(order)[0] for order in self.offered}


def told(orders: Orders) -> None:
    """Which design is first by what."""
    st.markdown(unbroken(words.first(orders.first(), orders.found, orders.margins)))


def chosen(orders: Orders) -> list[int]:
    """The order that the reader chooses."""
    order = st.segmented_control(
        "Order", orders.offered, default=words.INCENTIVE, key="found-order", required=True, help=words.ABOUT_ORDERS
    )
    return orders.by(order or words.INCENTIVE)
