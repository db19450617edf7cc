"""Correlations that cannot all hold at once: the nearest that can, and what is refused."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from model.base import Floats
from model.dependence import SMALLEST_EIGENVALUE, Correlations, Pair, cost_of, nearest
from model.distributions import Normal
from model.uncertainty import Uncertainty
from tests.model.build import providers, scenario, uncertain

SPREAD = Normal(mean=0.0, sd=0.05)


def tied(**numbers: Any) -> Uncertainty:
    """No correlations but these."""
    found = uncertain()
    return found.edited(correlations=found.correlations.edited(**numbers))


@st.composite
def asked(draw: Any) -> Floats:
    """Any symmetric matrix with ones on its diagonal and values from −1 to 1: most are not possible."""
    size = draw(st.integers(2, 8))
    values = np.random.default_rng(draw(st.integers(0, 2**32 - 1))).uniform(-1, 1, (size, size))
    matrix = np.triu(values, 1) + np.triu(values, 1).T
    np.fill_diagonal(matrix, 1.0)
    return matrix


def clipped(matrix: Floats) -> Floats:
    """The usual repair: negative eigenvalues to nought, then the diagonal back to one."""
    values, axes = np.linalg.eigh(matrix)
    positive = (axes * np.maximum(values, 0.0)) @ axes.T
    size = np.sqrt(np.diag(positive))
    return np.asarray(positive / np.outer(size, size))


often = settings(max_examples=60, deadline=None, derandomize=True)


@often
@given(asked())
def test_the_nearest_matrix_is_possible_and_closer_than_clipped_eigenvalues(matrix: Floats) -> None:
    """And no other is closer: the angle at it between what was asked and any other possible matrix is not acute.

    The others lie where a closer one would be: a step towards what was asked, made possible.
    """
    found = nearest(matrix)
    assert np.abs(found - found.T).max() < 1e-12
    assert (np.diag(found) == 1).all()
    assert np.linalg.eigvalsh(found).min() > -1e-7
    assert np.linalg.norm(found - matrix) <= np.linalg.norm(clipped(matrix) - matrix) + 1e-6
    for step in (0.03, 0.1, 0.3, 1.0, 3.0):
        other = clipped(found + step * (matrix - found))
        assert ((matrix - found) * (other - found)).sum() < 1e-6


@often
@given(asked())
def test_a_possible_matrix_is_its_own_nearest(matrix: Floats) -> None:
    possible = 0.99 * clipped(matrix) + 0.01 * np.eye(len(matrix))
    assert np.abs(nearest(possible) - possible).max() < 1e-7


def test_the_nearest_matrix_of_the_literature() -> None:
    """Higham 2002, section 5: 0.7607 and 0.1573 for 1 and 0."""
    found = nearest(np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0]]))
    assert found[[0, 1, 0], [1, 2, 2]] == pytest.approx([0.7607, 0.7607, 0.1573], abs=5e-5)


percentages = st.integers(-9999, 9999).map(lambda i: i / 9999)


@often
@given(percentages, percentages, percentages, st.integers(0, 6), st.integers(0, 6))
def test_four_numbers_stay_four_numbers_and_become_possible(
    costs: float, kpis: float, mixed: float, providers: int, measures: int
) -> None:
    """To a thousandth, as it is shown: the rounding of each value is within half of that."""
    wanted = Correlations(between_costs=costs, between_kpis=kpis, cost_and_kpis=mixed)
    names = [f"Cost {i}" for i in range(providers)], [f"KPI {i}" for i in range(measures)]
    found, asked = wanted.nearest_possible(*names), wanted.matrix(*names)
    assert found.pairs == ()
    assert (found.year_to_year, found.copula) == (wanted.year_to_year, wanted.copula)
    found.check_possible(*names)
    if not asked.size or np.linalg.eigvalsh(asked).min() >= SMALLEST_EIGENVALUE:
        assert found == wanted
    else:
        away = np.linalg.norm(found.matrix(*names) - asked)
        assert away <= np.linalg.norm(clipped(asked) - asked) + 0.002 * len(asked)


@often
@given(asked(), percentages)
def test_single_correlations_become_possible_with_as_little_change_as_needed(matrix: Floats, rest: float) -> None:
    names = [f"Cost {i}" for i in range(len(matrix))]
    matrix = np.round(matrix, 2)
    far = zip(*np.triu_indices(len(names), 1), strict=True)
    pairs = tuple(Pair(one=names[i], other=names[j], correlation=matrix[i, j]) for i, j in far)
    wanted = Correlations(between_costs=rest, pairs=pairs)
    found = wanted.nearest_possible(names, [])
    found.check_possible(names, [])
    found.check_pairs(names)
    assert found.between_costs == rest
    away = np.linalg.norm(found.matrix(names, []) - matrix)
    assert away <= np.linalg.norm(clipped(matrix) - matrix) + 0.002 * len(matrix)


def test_what_cannot_hold_is_refused_in_a_sentence_that_says_what() -> None:
    members = providers(0.5, 0.25, 0.25, cost_deviation=SPREAD)
    with pytest.raises(ValidationError, match=r"cannot all hold at once \(3 cost and 0 KPI quantities; costs -90%"):
        scenario(providers=members, uncertainty=tied(between_costs=-0.9))
    far = (
        Pair(one=cost_of("A"), other=cost_of("B"), correlation=-1),
        Pair(one=cost_of("B"), other=cost_of("C"), correlation=-1),
    )
    with pytest.raises(ValidationError, match="and 2 single correlations"):
        scenario(providers=members, uncertainty=tied(between_costs=-0.3, pairs=far))
    for one, other, sentence in (
        ("Cost: A", "Cost: Nobody", "names 'Cost: Nobody'; there is no such quantity here"),
        ("Cost: A", "Cost: A", "'Cost: A' cannot have a correlation with itself"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            scenario(providers=members, uncertainty=tied(pairs=(Pair(one=one, other=other, correlation=0.1),)))
    twice = (
        Pair(one=cost_of("A"), other=cost_of("B"), correlation=0.1),
        Pair(one=cost_of("B"), other=cost_of("A"), correlation=0.1),
    )
    with pytest.raises(ValidationError, match="the correlation of 'Cost: B' with 'Cost: A' is stated twice"):
        scenario(providers=members, uncertainty=tied(pairs=twice))
