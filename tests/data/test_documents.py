"""The documents that the app shows: words and sections."""

import pytest

from data import documents
from model.appetite import CONVENTION
from model.base import as_percent


@pytest.mark.parametrize(
    "word",
    [
        *["CVaR", "VaR", "free reserves", "bad year", "expected value", "standard error", "certainty equivalent"],
        *["shadow year", "contingency", "commissioner", "marked down", "seed", "draws", "overall score", "fee"],
    ],
)
def test_words_of_the_trade_are_found(word: str) -> None:
    assert any(word in known for known in documents.glossary())


def test_another_word_for_a_thing_leads_to_the_one_that_is_used() -> None:
    known = documents.glossary()
    for word, said in known.items():
        if said.startswith("see "):
            other = said.split("*")[1]
            assert documents.meaning(word).endswith(known[other])
    assert documents.meaning("caps").startswith("see *cap*. **cap**: the most that can be gained or lost")
    assert documents.meaning("cap") == known["cap"]


def test_the_fee_has_an_entry_of_its_own_before_words_that_hold_the_same_letters() -> None:
    assert next(word for word in documents.glossary() if "fee" in word or "free" in word) == "fee"


@pytest.mark.parametrize(
    "word",
    [
        *["KPI", "KRA", "outcome", "fee", "cap", "band", "corridor", "target", "reserves"],
        *["risk", "pain", "gain", "pool", "score", "limit", "chance"],
    ],
)
def test_a_plain_word_has_an_entry_of_its_own_which_is_offered_before_longer_ones(word: str) -> None:
    assert word in documents.glossary()


def test_gainshare_is_told_without_a_word_that_is_not_explained_there() -> None:
    assert "Limb 3*, the third part" in documents.glossary()["gainshare, painshare"]


def test_sections_are_the_whole_document() -> None:
    found = documents.sections("method")
    assert found[0][0] == "" and found[1][0] == "1. A year's target cost"
    assert found[-1][0] == "13. What is not in the range"
    whole = documents.text("method")
    assert all(body and body in whole for _, body in found)


@pytest.mark.parametrize(
    "word", ["at stake", "lever", "pooled", "month", "short by", "corridor", "band", "to spare", "fails"]
)
def test_a_word_of_the_pages_is_found_by_a_part_of_it(word: str) -> None:
    assert [known for known in documents.glossary() if word in known.casefold()]


def test_words_for_an_appetite_are_told_as_the_model_has_them() -> None:
    said = documents.glossary()[", ".join(CONVENTION)]
    for word, one in CONVENTION.items():
        loss, chance, worst, kept, low, tolerance = map(as_percent, one)
        limits = (
            f"at most a {chance} chance of losing more than {loss}, at most {worst} lost in the worst 1 in 20 on "
            f"average, at most a {low} chance of reserves below {kept} of today's, and a risk tolerance of {tolerance}."
        )
        assert f"*{word}*: {limits}" in said
