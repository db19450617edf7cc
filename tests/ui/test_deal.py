"""The deal in a few sentences says what settling that year comes to, for every partner of every preset."""

import re

import numpy as np
import pytest

from data import presets
from model import curves
from model.amounts import Pounds, Uncapped
from model.bands import Band
from model.contract import RiskShare
from model.corridors import NoCorridor
from model.curves import ROUND
from model.modifiers import NoModifier
from model.pool import PerformancePool
from model.scenario import Scenario
from model.settle import settle
from model.tables import TERM, circumstances, partner_names
from tests.ui.written import made, session, texts
from ui import deal
from ui.format import money, percent
from ui.paper import Bullets, Heading, Table
from ui.range_words import unformatted

CHARITY = "Peer support charity"
SMALL = presets.preset("small-charities")


def changed(**terms: object) -> Scenario:
    return SMALL.edited(risk_share=SMALL.risk_share.edited(**terms))


def told(scenario: Scenario, name: str = CHARITY) -> str:
    return unformatted(" ".join(deal.sentences(session(scenario), name)))


@pytest.mark.parametrize("preset", presets.names())
def test_the_paper_on_joining_begins_with_the_deal(preset: str) -> None:
    scenario = presets.preset(preset)
    for name in partner_names(scenario):
        heading, said, figures, *_ = made("joining", scenario, name).blocks
        assert heading == Heading("The deal in one example")
        assert isinstance(figures, Table) and isinstance(said, Bullets)
        assert "5% more than its target of £" in said.items[1]
        assert said.items[-1] == "The paper Financial framework schedule has every term."


@pytest.mark.parametrize("preset", presets.names())
@pytest.mark.parametrize("saving", [-ROUND, ROUND])
def test_what_a_partner_gains_or_bears_is_what_settling_comes_to(preset: str, saving: float) -> None:
    """Providers by the ledger; commissioners have the rest of the saving in their parts."""
    scenario = presets.preset(preset)
    at = curves.reference_year(scenario, TERM)
    contract = curves.alone(scenario, at)
    for score in (-100.0, 20.0, 100.0):
        scored = curves.gates_passed(scenario, np.array([score]))
        ledger = settle(contract, contract.target[:, :, None] * (1 - saving), scored)
        every = [*ledger.gain[0, :, 0], *ledger.commissioners[0, :, 0]]
        for name, gain in zip(partner_names(scenario), every, strict=True):
            assert deal.gains(scenario, name, at, score)[saving] == pytest.approx(gain, abs=0.01)
        assert sum(every) == pytest.approx(saving * contract.target.sum(), abs=0.01)


def test_a_trustee_reads_how_a_provider_can_lose_though_its_costs_are_paid() -> None:
    at = curves.reference_year(SMALL, TERM)
    curve = curves.share_curve(SMALL, at, 16.0, ROUND).iloc[0]
    said = told(SMALL)
    assert "above or below target cost is then shared, as pain or gain" in said
    assert f"{CHARITY} would bear {money(-curve[CHARITY])}, 5.5% of the providers' part" in said
    assert f"the providers together would bear {money(-curve.sum())}" in said
    worst, best = (deal.gains(SMALL, CHARITY, at, score)[-ROUND] for score in (-100.0, 100.0))
    assert f"bear {money(-worst)} at the worst score (−100) and bear {money(-best)} at the best score" in said
    assert worst < curve[CHARITY] < best < 0


def test_the_part_is_the_share_of_pain_that_was_agreed() -> None:
    for one in SMALL.providers:
        assert f"{percent(one.pain_share)} of the providers' part" in told(SMALL, one.name)
    assert "of the providers' part" not in told(SMALL, "Council")


def test_the_providers_part_of_an_overspend_is_told_from_where_to_where() -> None:
    bands, none = (Band(share=0.4, up_to=0.1), Band(share=0.2)), NoCorridor()
    for share, part in (
        (SMALL.risk_share, "50% of an overspend once it is 1% of target cost (up to 10% over target cost; nothing"),
        (
            presets.preset(presets.FIRST).risk_share,
            "50% of an overspend beyond the first 0.5% of target cost (up to 5.5%",
        ),
        (
            changed(pain_bands=bands, pain_corridor=none).risk_share,
            "40% of an overspend (up to 10% over target cost; 20",
        ),
        (changed(pain_bands=(Band(share=0.3),), pain_corridor=none).risk_share, "30% of an overspend."),
        (changed(pain_bands=(Band(share=0.0),)).risk_share, "nothing of an overspend."),
    ):
        assert isinstance(share, RiskShare)
        assert f"Providers bear {part}" in deal.shared(SMALL.edited(risk_share=share))


def test_where_nothing_is_pooled_each_has_its_own() -> None:
    apart = presets.preset("separate-contracts")
    said = told(apart, apart.providers[0].name)
    assert said.startswith("Nothing is pooled: each provider keeps what it saves")
    assert "of the providers' part" not in said and "is then shared" not in said
    assert "Performance does not move it. No cap limits what it can lose." in said


def test_what_is_pooled_in_part_is_said_to_be() -> None:
    half = SMALL.edited(providers=tuple(one.edited(pooled=0.5) for one in SMALL.providers))
    assert "What is not pooled each has by itself." in deal.shared(half)
    assert "Caps limit only what is shared: in 2023-24" in told(half)
    assert "not pooled" not in deal.shared(SMALL)


def test_the_caps_told_are_those_of_the_contract() -> None:
    at = curves.reference_year(SMALL, TERM)
    fee = SMALL.fee()[at]
    own = money(fee[[one.name for one in SMALL.providers].index(CHARITY)])
    limits = f"in 2023-24 the providers together bear at most {money(fee.sum())}"
    assert told(SMALL).endswith(f"Caps limit it: {limits} and {CHARITY} by itself at most {own}.")
    capped = changed(total_pain_cap=Pounds(amount=50_000.0))
    assert "together bear at most £50k and" in told(capped)
    for_cost = changed(total_pain_cap=Uncapped(), cost_pain_cap=Pounds(amount=60_000.0))
    assert "together bear at most £60k for cost and" in told(for_cost)
    free = changed(total_pain_cap=Uncapped())
    free = free.edited(providers=tuple(one.edited(pain_cap=Uncapped()) for one in free.providers))
    assert told(free).endswith("No cap limits what it can lose.")


def test_a_commissioner_reads_that_it_bears_what_is_over_the_caps() -> None:
    said = told(SMALL, "Council")
    assert circumstances(SMALL).loc["Council", "loss_limit"] == float("inf")
    assert "Nothing limits what it can bear. In 2023-24 the providers together bear at most £" in said
    assert said.endswith("; the commissioners bear what is over that.")


def test_performance_that_moves_nothing_is_said_to_move_nothing() -> None:
    assert "Performance moves it too" in told(SMALL)
    plain: dict[str, object] = {"performance": PerformancePool(pool=Pounds(amount=0.0)), "pain_modifier": NoModifier()}
    assert "Performance moves it too: with that saving it would " in told(changed(**plain))
    assert "Performance does not move it." in told(changed(**plain, gain_modifier=NoModifier()))


@pytest.mark.parametrize("preset", presets.names())
def test_only_words_that_the_paper_on_joining_uses_are_explained(preset: str) -> None:
    scenario = presets.preset(preset)
    for name in partner_names(scenario):
        *said, words, _ = texts(made("joining", scenario, name))
        assert words.startswith("Words used here. ")
        for word in ("target cost", "cap", "band", "corridor"):
            used = re.search(rf"\b{word}s?\b", " ".join(said), re.IGNORECASE) is not None
            assert (f"; {word}: " in words) == used, (name, word)
