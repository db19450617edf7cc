"""Names of upright lines: none leaves the chart, and no line runs through one."""

import pytest

from ui.flags import CHARACTER, SUM, flags

LINES = {
    "a limit in the middle": {
        "1 in 10 is below": -2.4,
        "Middle": 0.1,
        "1 in 10 is above": 2.0,
        "Worst 1 in 20 on average": -3.1,
        "Limit of the worst 1 in 20": -0.5,
    },
    "a limit far away": {
        "1 in 10 is below": -0.3,
        "Middle": 0.1,
        "1 in 10 is above": 0.4,
        "Worst 1 in 20 on average": -0.46,
        "Limit of the worst 1 in 20": -3.99,
    },
    "all together": {"1 in 10 is below": -0.2, "Middle": 0.0, "1 in 10 is above": 0.2},
    "one": {"Limit of the worst 1 in 20": 3.9},
    "none": {},
}


@pytest.mark.parametrize("lines", LINES.values(), ids=LINES)
def test_no_line_runs_through_a_name(lines: dict[str, float]) -> None:
    low, high = -4.0, 4.0
    told = flags(lines, low, high)
    assert sorted(flag.name for flag in told) == sorted(lines)
    for row, flag in enumerate(told):
        wide = CHARACTER * (len(flag.name) + SUM) * (high - low)
        start = lines[flag.name] - (0 if flag.to_the_right else wide)
        assert start >= low and start + wide <= high
        higher = [lines[other.name] for other in told[row + 1 :]]
        assert not any(start < x < start + wide for x in higher if x != lines[flag.name])
