"""Figures and sentences of who carries the risk: drawn for every preset, and for what is odd."""

import numpy as np
import pandas as pd
import pytest

from data import presets
from model.pooling import pooled
from model.sharing import benchmark, carriers
from model.splits import side_by_side
from tests.model.test_sharing import settled
from ui import burden_words as said
from ui import burdens
from ui.exposure import LOSSES, SHARES, SPLITS
from ui.format import percent, signed
from ui.look import DARK, LIGHT, Ink

PERIOD = "Whole term"


@pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", presets.names())
def test_every_figure_is_drawn_for_every_preset(name: str, ink: Ink) -> None:
    results, outcomes = settled(presets.preset(name), 512)
    cells = side_by_side(results, outcomes)["worst"].unstack("split")
    drawn = {
        "parts": burdens.parts(carriers(results), SHARES, ink),
        "losses": burdens.losses(pooled(results, outcomes), LOSSES, ink),
        "matrix": burdens.matrix(cells, signed, ink),
    }
    public = {
        name
        for name, value in vars(burdens).items()
        if callable(value) and getattr(value, "__module__", "") == burdens.__name__ and not name.startswith("_")
    }
    assert set(drawn) == public
    for kind, figure in drawn.items():
        assert figure.data, kind
        assert len(figure.to_json()) < 150 * 1024, kind
    assert len(burdens.parts(benchmark(results), SPLITS, ink).data) == 3


def test_a_part_that_is_not_stated_says_so_and_has_no_bar() -> None:
    table = pd.DataFrame({"by reserves": [0.4, float("nan")]}, index=["A", "B"])
    bars = burdens.parts(table, {"by reserves": "By reserves"}, LIGHT).data[0]
    assert list(bars.text) == ["40%", "none stated"]
    assert list(bars.x) == [0.4, 0.0]


def test_cells_tell_gain_from_pain_by_sign_and_leave_out_what_is_not_there() -> None:
    table = pd.DataFrame({"A": [float("nan"), -2e6], "B": [1e6, 0.0]}, index=["A fails", "B fails"])
    cells = burdens.matrix(table, signed, LIGHT, "leaves").data[0]
    flat = [text.replace("\u2060", "") for row in cells.text for text in row]
    assert flat == ["leaves", "+£1m", "−£2m", "£0"]
    assert cells.z == pytest.approx(np.array([[0, 0.5**0.5], [-1, 0]]))


def test_bars_are_told_apart_by_more_than_colour() -> None:
    table = pd.DataFrame({"of the loss": [0.4], "of the gain": [0.2], "by reserves": [0.1]}, index=["A"])
    loss, gain, reserves = burdens.parts(table, SHARES, LIGHT).data
    assert loss.marker.pattern.shape == "/"
    assert {bar.name for bar in (loss, gain, reserves)} == set(SHARES.values())


def figures(**worst: tuple[float, float]) -> pd.DataFrame:
    """Two providers, A and B, under each split: what each has in its worst 1 in 20; their reserves are £1m."""
    rows = {
        (split, name): {"mean": 0.0, "worst": pounds, "worst s.e.": 10.0, "of reserves": max(-pounds, 0) / 1e6}
        for split, both in worst.items()
        for name, pounds in zip("AB", both, strict=True)
    }
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index = pd.MultiIndex.from_tuples(table.index, names=["split", "provider"])
    return table


def test_the_title_of_the_splits_names_the_hardest_hit_and_the_split_that_spares_it_most() -> None:
    table = figures(**{"As agreed": (-6e5, -1e5), "Equal": (-3.5e5, -3.5e5), "By fee": (-5e5, -2e5)})
    expected = "As agreed, A is hit hardest and loses 60% of its reserves in its worst 1 in 20; split equally, "
    assert said.split_title(table) == f"{expected}nobody more than 35%"
    assert said.worse_off(table, "Equal").replace("\u2060", "") == "B (−£250k)"
    assert said.hardest(table.loc["By fee"]) == f"A ({signed(-5e5)}, {percent(0.5)} of its reserves)"


def test_splits_without_losses_or_without_a_better_one_say_so() -> None:
    gains = figures(**{"As agreed": (1e5, 1e5), "Equal": (1e5, 1e5)})
    assert said.split_title(gains).startswith("No provider loses in its worst 1 in 20")
    same = figures(**{"As agreed": (-1e5, 0.0), "Equal": (-1e5, 0.0)})
    assert said.split_title(same).startswith("No other split spares the hardest hit")
    assert said.worse_off(same, "Equal") == "–"


def test_limits_that_are_too_low_are_said_to_suit_nobody() -> None:
    """T21: limits of £1.5m, £0.6m and £0.3m, here 10% of reserves, and 13% would do."""
    table = pd.DataFrame({"largest share": [0.4799, 0.1920, 0.0960]}, index=["A", "B", "C"])
    told = said.room(table, 0.1)
    assert "could carry 77%" in told
    assert "no fixed shares would suit all" in told
    assert told.endswith("from 13% of reserves on.")
    assert "exist" in said.room(2 * table, 0.1)


def test_a_failure_that_costs_nobody_anything_says_so() -> None:
    table = pd.DataFrame({"A": [float("nan"), 5.0], "B": [0.0, float("nan")]}, index=["A", "B"])
    now = pd.Series({"A": 1e5, "B": 1e5})
    assert said.failures_title(table, now).startswith("No provider's failure would cost another partner anything")
    table.loc["A", "B"] = -3e5
    assert said.failures_title(table, now) == (
        "If A fails, B loses most on average over the term: worse by £300k, from +£100k to −£200k"
    )


def test_a_failure_says_what_is_left_and_what_part_of_reserves_that_takes() -> None:
    """Not the change against reserves, which may be more than can ever be lost."""
    scenario = presets.preset(presets.FIRST)
    charity = next(one for one in scenario.providers if one.name == "Recovery charity")
    reserves = charity.reserves or 0.0
    change = pd.Series({"Recovery charity": -1.5 * reserves})
    told = said.failure(change, pd.Series({"Recovery charity": reserves}), scenario)
    assert "worse by" in told and "from +£" in told and told.endswith("50% of its reserves)")
    assert "reserves" not in said.failure(change, pd.Series({"Recovery charity": 2 * reserves}), scenario)


def test_of_reserves_of_nothing_no_part_is_said() -> None:
    assert said.taken(-1e5, 0.0) == ", more than its reserves of £0"
    assert said.taken(-1e5, 2e5) == ", 50% of its reserves"
    assert said.taken(-1e5, None) == said.taken(-1e5, float("nan")) == said.taken(1e5, 0.0) == ""
    nothing = pd.DataFrame({"limit": [0.0], "largest share": [0.0]}, index=["A"])
    assert said.room(nothing, 0.1).startswith("Free reserves that are stated are £0")
    shares = pd.DataFrame({"by reserves": [0.0, float("nan")]}, index=["A", "B"])
    assert said.benchmark(shares).startswith("Free reserves that are stated are £0")


def test_why_nothing_is_split_by_reserves_is_said_where_some_have_stated_theirs() -> None:
    first = presets.preset(presets.FIRST)
    one = first.providers[0].edited(reserves=None)
    some = first.edited(providers=(one, *first.providers[1:]))
    assert said.not_split(some) == f"Not split by reserves: those of {one.name} are not stated."
    assert not said.not_split(first)
    assert not said.not_split(first.edited(providers=tuple(p.edited(reserves=None) for p in first.providers)))
