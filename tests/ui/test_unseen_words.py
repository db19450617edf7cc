"""What no future drawn breaks, though the contract allows it: in sentences."""

from dataclasses import replace
from typing import Any

import pytest

from model.regardless import unseen
from tests.model.test_regardless import NONE, standing
from ui import unseen_words
from ui.unseen_words import UNCAPPED, Unseen


def of(most: float, in_a_year: float, **limits: Any) -> Unseen:
    """A partner with reserves of £55k that loses £50k in every one of 64 futures."""
    one = replace(standing(**NONE, **limits), partner="Ours")
    return Unseen(one, unseen(one, most, in_a_year), most, in_a_year, 64)


@pytest.mark.parametrize(
    ("limits", "most", "said"),
    [
        ({"reserve_minimum": 4e3}, 54e3, "Reserves below £4k: in none of 64 futures, but the contract allows it**: the "
         "largest loss would leave £1k."),
        ({"reserve_minimum": 4e3}, 60e3, "allows it**: the largest loss would overdraw them by £5k."),
        ({"reserve_minimum": 4e3}, 51_020.0, "allows it**: the largest loss would leave £3,980."),
        ({"loss": 80e3}, 97e3, "Losing more than £80k: in none of 64 futures, but the contract allows it**: the "
         "largest loss is £97k."),
        ({"loss": 80e3}, UNCAPPED, "allows it**: nothing limits what Ours can lose."),
        ({"year_loss": 60e3}, 97e3, "Losing more than £60k in at least one year: in none of 64 futures, but the "
         "contract allows it**: the largest loss in one year is £70k."),
    ],
)  # fmt: skip
def test_what_is_never_and_may_be_is_said_with_how_bad_it_may_be(limits: Any, most: float, said: str) -> None:
    (sentence,) = unseen_words.sentences(of(most, 70e3, **limits))
    assert sentence.replace("\u2060", "").endswith(said)


def test_a_title_names_all_that_the_contract_allows() -> None:
    both = of(97e3, 70e3, reserve_minimum=4e3, loss=80e3)
    assert unseen_words.though(both) == "the contract allows a large loss and low reserves"
    assert unseen_words.though(of(51e3, 51e3, reserve_minimum=4e3)) == ""


def test_a_chance_that_is_accepted_is_no_never_but_what_0_means_is_said() -> None:
    one = standing(loss=80e3, loss_chance=0.05)
    some = Unseen(one, unseen(one, 97e3, 70e3), 97e3, 70e3, 64)
    assert unseen_words.sentences(some) == [] and unseen_words.though(some) == ""
    assert unseen_words.beside(some, "loss") == ", in none of 64 futures, but the contract allows it"
    assert unseen_words.beside(some, "reserves") == ""


def test_where_a_loss_would_have_to_end_for_it_to_be_ruled_out_is_said() -> None:
    said = " ".join(unseen_words.ruled_out(of(UNCAPPED, 70e3, reserve_minimum=4e3, year_loss=60e3)))
    assert said.replace("\u2060", "") == (
        "For the contract to rule out a large loss in one year, its loss would have to end at £60k in any one year; "
        "now it ends at £70k. For the contract to rule out low reserves, its loss would have to end at £51k over the "
        "term; nothing limits it."
    )
