"""Which years of the term count: the words of it, and that what each partner has by year bears them out."""

from typing import Any

import numpy as np
import pytest

from data import presets
from model.basis import CarryForward, Cumulative
from model.draw import draw
from model.paths import yearly
from model.plan import plan
from model.scenario import Scenario
from model.scores import score
from tests.model.build import MILLION, providers, scenario, share
from tests.ui.written import made, texts
from ui import years_counted

CHARITIES, LIVING_WELL = "small-charities", "lambeth-living-well"
PEER = "Peer support charity"
SHADOW = "othing is gained or borne for 2022-23, a shadow year."
"""As it stands after the years of the term, or by itself."""


def phased(*phase_in: float, years: int = 3, **changes: Any) -> Scenario:
    return scenario(years=years, providers=providers(0.6, 0.4), risk_share=share(phase_in=phase_in, **changes))


def test_years_that_all_count_in_full_need_no_words() -> None:
    assert years_counted.sums(phased(), 0) == "Sums are over the 3 years of the term."
    assert years_counted.sums(phased(years=1), 0) == "Sums are over the year of the term."
    assert years_counted.alone(phased(1.0), 0) == "" == years_counted.but(phased(), 2)


@pytest.mark.parametrize(
    ("phase_in", "one_sided", "said"),
    [
        ((0.0,), 0, "nothing is gained or borne for 2018-19, a shadow year"),
        ((0.0, 0.0), 0, "nothing is gained or borne for 2018-19 and 2019-20, shadow years"),
        (
            (0.0, 0.5),
            0,
            "nothing is gained or borne for 2018-19, a shadow year, and half of gain and pain counts for 2019-20",
        ),
        ((0.25, 0.25), 0, "25% of gain and pain counts for 2018-19 and 2019-20"),
        ((), 1, "gain and no pain counts for 2018-19"),
        ((0.5,), 1, "half of gain and no pain counts for 2018-19"),
    ],
)
def test_years_that_count_in_part_or_not_at_all_are_named(
    phase_in: tuple[float, ...], one_sided: int, said: str
) -> None:
    case = phased(*phase_in, one_sided_years=one_sided)
    assert years_counted.sums(case, 1) == f"Sums are over the 3 years of the term; {said}."
    assert years_counted.alone(case, 1) == f"{said[0].upper()}{said[1:]}."


def test_a_commissioner_has_all_of_a_shadow_year() -> None:
    assert years_counted.but(phased(0.0, 0.5), 2) == (
        "; for 2018-19, a shadow year, commissioners have all that is saved or overspent, and half of providers' gain "
        "and pain counts for 2019-20"
    )


def test_what_a_provider_has_beside_gain_and_pain_is_not_said_to_be_nothing() -> None:
    terms = share(phase_in=(0.0,))
    for changes, besides in (
        ({"pooled": 0.5}, "what it saves or overspends outside the pool"),
        ({"fee_on": "actual cost"}, "a fee that grows with its cost"),
    ):
        case = scenario(years=2, providers=providers(0.6, 0.4, **changes), risk_share=terms)
        assert years_counted.but(case, 0) == (
            f"; nothing is shared for 2018-19, a shadow year, in which it has only {besides}"
        )
        assert years_counted.without_loss(case, 0) == ()


def by_year(case: Scenario, partner: int) -> Any:
    outcomes = draw(plan(case), 256, 1)
    return yearly(case, outcomes, score(case.framework, outcomes.kpis), partner)


@pytest.mark.parametrize("preset", presets.names())
def test_years_without_loss_are_those_in_which_no_future_brings_a_provider_anything(preset: str) -> None:
    case = presets.preset(preset)
    for i in range(len(case.providers)):
        quiet = [label for label, year in zip(case.term.labels(), by_year(case, i), strict=True) if not np.any(year)]
        assert list(years_counted.without_loss(case, i)) == quiet


@pytest.mark.parametrize("basis", [CarryForward(), Cumulative()])
def test_a_shadow_year_brings_nothing_whenever_it_is_settled(basis: Any) -> None:
    """What is due in the last year is of the others: a dearer shadow year changes nothing."""
    case = presets.preset(CHARITIES)
    case = case.edited(risk_share=case.risk_share.edited(basis=basis))
    outcomes = draw(plan(case), 256, 1)
    scores = score(case.framework, outcomes.kpis)
    before = yearly(case, outcomes, scores, 0)
    outcomes.costs[0] += MILLION
    assert np.array_equal(yearly(case, outcomes, scores, 0), before)
    assert not np.any(before[0]) and np.any(before[-1])


@pytest.mark.parametrize("kind", ["board", "joining"])
def test_papers_say_of_which_years_their_sums_are_before_any_loss(kind: str) -> None:
    paper = made(kind, presets.preset(CHARITIES), PEER)
    assert any(SHADOW in line for line in paper.about)
    full = presets.preset(CHARITIES)
    full = full.edited(risk_share=full.risk_share.edited(phase_in=()))
    assert "a shadow year" not in " ".join(made(kind, full, PEER).about)


def test_the_paper_on_joining_says_where_its_losses_are_told_which_years_count() -> None:
    said = " ".join(texts(made("joining", presets.preset(CHARITIES), PEER)))
    assert "The largest loss over the term is £97k" in said and "in one year, nothing for 2022-23;" in said
    assert "Pain in a year, on average of the 4 years in which it can gain or lose: " in said
    assert "The whole term, 2022-23 to 2026-27; nothing is gained or borne for 2022-23, a shadow year. A pound" in said


def test_where_all_years_count_the_chance_of_pain_in_a_year_is_of_all() -> None:
    case = presets.preset(CHARITIES)
    full = case.edited(risk_share=case.risk_share.edited(phase_in=()))
    for design, name in ((full, PEER), (case, "Council")):
        said = " ".join(texts(made("joining", design, name)))
        assert "Pain in a year, on average of all 5 years: " in said and "nothing for" not in said
