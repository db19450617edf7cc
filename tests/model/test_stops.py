"""What stops the providers' largest loss: own caps, a cap for all, or that shares come to no more."""

import pytest

from model.amounts import OfTarget, Pounds, Uncapped
from model.bands import Band
from model.limits import largest_losses
from model.scenario import Scenario
from model.stops import stops
from tests.model.build import MILLION, commissioner, providers, scenario, share

CLOSED = (Band(up_to=0.10, share=0.5),)
"""Half of a tenth: £10m of a target cost of £200m."""
OPEN = (Band(up_to=None, share=0.5),)
NONE = Uncapped()


def alliance(*own: float, bands: tuple[Band, ...] = CLOSED, over: str = "commissioners", **caps: float) -> Scenario:
    """A and B, half of all pain each; `own`: their caps in £m, where they are not 0; caps of all in £m."""
    pair = tuple(
        one.edited(pain_cap=Pounds(amount=cap * MILLION) if cap else NONE)
        for one, cap in zip(providers(0.5, 0.5), own or (0, 0), strict=True)
    )
    limits = {name: Pounds(amount=cap * MILLION) for name, cap in caps.items()}
    terms = share(pain_bands=bands, over_partner_caps=over, **limits)
    return scenario(providers=pair, commissioners=(commissioner(),), risk_share=terms)


@pytest.mark.parametrize(
    ("case", "own", "others", "by"),
    [
        (alliance(), "", "AB", "shares"),
        (alliance(6, 6), "", "AB", "shares"),
        (alliance(3, 3), "AB", "", "shares"),
        (alliance(3, 0), "A", "B", "shares"),
        (alliance(total_pain_cap=6), "", "AB", "total"),
        (alliance(cost_pain_cap=6), "", "AB", "cost"),
        (alliance(total_pain_cap=6, cost_pain_cap=7), "", "AB", "total"),
        (alliance(total_pain_cap=7, cost_pain_cap=6), "", "AB", "cost"),
        (alliance(2, 0, total_pain_cap=6), "A", "B", "total"),
        (alliance(2, 0, cost_pain_cap=6, bands=OPEN), "A", "B", "cost"),
        (alliance(3, 3, total_pain_cap=6), "", "AB", "total"),  # at both at once
        (alliance(3, 3, bands=OPEN), "AB", "", "shares"),
        (alliance(2, 0, over="other providers", total_pain_cap=6), "", "AB", "total"),
        (alliance(2, 3, over="other providers", total_pain_cap=6), "AB", "", "shares"),
    ],
)
def test_what_stops_the_largest_loss(case: Scenario, own: str, others: str, by: str) -> None:
    found = stops(case, 0)
    assert found is not None
    assert (found.own, found.others) == (tuple(own), tuple(others))
    assert not others or found.by == by


def test_it_says_what_shares_alone_come_to() -> None:
    closed, opened = stops(alliance(3, 3), 0), stops(alliance(3, 3, bands=OPEN), 0)
    assert closed is not None and closed.uncapped == pytest.approx(0.05)
    assert opened is not None and opened.uncapped == float("inf")


def test_nothing_stops_what_has_no_limit_or_is_nothing() -> None:
    assert stops(alliance(bands=OPEN), 0) is None
    assert stops(alliance(total_pain_cap=0), 0) is None


@pytest.mark.parametrize("part", [0.3, 0.5])
def test_a_share_leaves_a_loss_that_own_caps_stop_where_it_is(part: float) -> None:
    case = alliance(2, 2, bands=(Band(up_to=0.10, share=part),))
    found = stops(case, 0)
    assert largest_losses(case, [0])[:2].sum() == pytest.approx(4 * MILLION)
    assert found is not None and found.own == ("A", "B")


def test_a_cap_that_grows_with_the_target_is_one_like_others() -> None:
    case = alliance().edited(risk_share=share(pain_bands=CLOSED, total_pain_cap=OfTarget(part=0.01)))
    found = stops(case, 0)
    assert found is not None and found.by == "total" and not found.own
