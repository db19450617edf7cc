"""Pounds, percentages and chances are written as people write them, and read back."""

import math

import pytest

from ui import format as written


@pytest.mark.parametrize(
    ("pounds", "text"),
    [
        (0, "£0"),
        (0.4, "£0"),
        (-0.4, "£0"),
        (950, "£950"),
        (999.6, "£1k"),
        (2_540, "£2.5k"),
        (38_400, "£38k"),
        (340_000, "£340k"),
        (999_600, "£1m"),
        (1_250_000, "£1.25m"),
        (102_500, "£103k"),
        (-902_500, "−£903k"),
        (2.5, "£3"),
        (-2_100_000, "−£2.1m"),
        (57_100_000, "£57.1m"),
        (1_500_000_000, "£1.5bn"),
        (1e12, "£1,000bn"),
        (math.inf, "uncapped"),
        (math.nan, "–"),
    ],
)
def test_money_is_rounded_for_reading(pounds: float, text: str) -> None:
    assert written.money(pounds) == text


@pytest.mark.parametrize(("score", "text"), [(21.5, "+22"), (22.5, "+23"), (-22.5, "−23"), (0.4, "0"), (-0.4, "0")])
def test_half_a_point_is_rounded_up(score: float, text: str) -> None:
    assert written.points(score) == text


def test_gain_and_pain_carry_their_sign() -> None:
    assert written.signed(38_000) == "+£38k"
    assert written.signed(-38_000) == "−£38k"
    assert written.signed(0) == "£0"


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0, "0%"),
        (0.37, "37%"),
        (0.045, "4.5%"),
        (0.1, "10%"),
        (-0.12, "−12%"),
        (1.5, "150%"),
        (-3e-18, "0%"),
        (0.032, "3.2%"),
        (18_181_818.18, "1,818,181,818%"),
        (math.inf, "uncapped"),
        (math.nan, "–"),
    ],
)
def test_percentages_keep_two_figures(fraction: float, text: str) -> None:
    assert written.percent(fraction) == text


def test_small_and_large_chances_are_not_called_never_and_always() -> None:
    assert [written.chance(p) for p in (0, 0.001, 0.37, 0.999, 1)] == ["0%", "under 1%", "37%", "over 99%", "100%"]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (0.0, "a 0% chance"),
        (0.001, "less than a 1% chance"),
        (0.01, "a 1% chance"),
        (0.08, "an 8% chance"),
        (0.11, "an 11% chance"),
        (0.17, "a 17% chance"),
        (0.18, "an 18% chance"),
        (0.83, "an 83% chance"),
        (0.999, "more than a 99% chance"),
        (1.0, "a 100% chance"),
    ],
)
def test_a_chance_has_its_article(part: float, said: str) -> None:
    assert written.a_chance(part) == said


def test_a_scale_of_small_sums_has_pence() -> None:
    assert written.scale_of([-0.1 - 0.1, 0.0, 0.1 + 0.2]) == ["−£0.20", "£0", "£0.30"]
    assert written.scale_of([0.0, 5.0]) == ["£0", "£5"]
    assert written.scale_of([-20_000.0, 0.0, 20_000.0]) == ["−£20k", "£0", "£20k"]


def test_what_is_many_times_a_whole_is_no_percentage() -> None:
    assert written.part_of(1.75, "its reserves") == "175% of its reserves"
    assert written.part_of(295.43, "its reserves") == "295 times its reserves"


def test_an_average_loss_below_nothing_is_called_a_gain() -> None:
    assert [written.loss(pounds) for pounds in (147_000, 0.2, -147_000)] == ["£147k", "£0", "+£147k (a gain)"]
    assert [written.part_lost(part) for part in (0.32, 0.0, -0.017)] == ["32%", "0%", "+1.7% (a gain)"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("£38,250,000", 38_250_000.0),
        ("38.25m", 38_250_000.0),
        ("£250k", 250_000.0),
        ("(45)", -45.0),
        ("−7", -7.0),
        ("5%", 5.0),
        (" 1 250 ", 1250.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("£1.2bn", 1.2e9),
        ("-3.5", -3.5),
    ],
)
def test_typed_amounts_are_read(text: str, value: float) -> None:
    assert written.read_number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "(45", "45)", "1e999", "--3", "£", "12 apples", "nan", "inf"])
def test_what_is_no_amount_stays_as_it_was_typed(text: str) -> None:
    assert written.read_number(text) == text


@pytest.mark.parametrize(
    "text", ["12 5", "18 60", "1234 567", "1.5 200", "£1 £2", "50% 60%", "1£5", "(-120)", "(+120)", "2026 2027", "120-"]
)
def test_two_figures_or_two_signs_in_one_text_never_become_one_number(text: str) -> None:
    assert written.read_number(text) == text


@pytest.mark.parametrize(
    "text",
    ["£(120)", "(£120)", "£ (120)", "-£120", "£-120", "\u2011120", "—120", "( 120 )", "\u200b-120", "£\u00a0(120.00)"],
)
def test_every_way_to_write_a_loss_is_read(text: str) -> None:
    assert written.read_number(text) == -120


@pytest.mark.parametrize("text", ["41,2", "1,2,3", "4,15", "1,2345", ",5", "12,34.5", "0,035", "0,5"])
def test_a_comma_that_parts_no_thousands_is_never_dropped(text: str) -> None:
    assert written.read_number(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("4,150,000", 4_150_000), ("£1,250.50", 1250.5), ("(1,234)", -1234), ("4.15m", 4_150_000), ("1,250k", 1_250_000)],
)
def test_thousands_and_short_sums_are_read_exactly(text: str, value: float) -> None:
    assert written.read_number(text) == value


@pytest.mark.parametrize(
    ("pounds", "error", "said"),
    [
        (623_400, 2_500, "£623k ± £2.5k"),
        (623_400, 500, "£623k ± £500"),
        (623_400, 499, "£623k"),
        (1_250_000, 4_999, "£1.25m"),
        (1_250_000, 5_000, "£1.25m ± £5k"),
        (2_530, 49, "£2.5k"),
        (2_530, 50, "£2.5k ± £50"),
        (999_600, 4_999, "£1m"),
        (38_000, 0.0, "£38k"),
        (-140, 0.6, "−£140 ± £1"),
        (float("inf"), 9.0, "uncapped"),
    ],
)
def test_an_error_stands_where_it_moves_the_last_digit(pounds: float, error: float, said: str) -> None:
    assert written.with_error(pounds, error) == said


@pytest.mark.parametrize(
    ("part", "error", "said"),
    [(0.654, 0.0049, "65%"), (0.654, 0.005, "65% ± 0.5%"), (0.654, 0.013, "65% ± 1%"), (0.001, 0.001, "under 1%")],
)
def test_an_error_of_a_chance_stands_where_it_moves_a_percent(part: float, error: float, said: str) -> None:
    assert written.chance_with_error(part, error) == said


def test_a_part_under_a_tenth_shows_smaller_errors() -> None:
    assert written.chance_with_error(0.045, 0.0006, written.percent) == "4.5% ± 0.06%"
    assert written.chance_with_error(0.045, 0.0004, written.percent) == "4.5%"


@pytest.mark.parametrize(
    ("sums", "said"),
    [
        ((11.047e6, 12e6, 0.953e6), ["£11.047m", "£12m", "£953k"]),
        ((11.04e6, 0.5e6, -10.54e6), ["£11m", "£500k", "−£10.5m"]),
        ((931_400.0, 1.5e6, 568_600.0), ["£931k", "£1.5m", "£569k"]),
        ((1.25e6, 621_300.0, -628_700.0), ["£1.25m", "£621k", "−£629k"]),
        ((75_200.0, 120_000.0, 44_800.0), ["£75k", "£120k", "£45k"]),
        ((5.076e6, 9.554e6, 4.478e6), ["£5.08m", "£9.55m", "£4.47m"]),
        ((9.554e6, 5.076e6, -4.478e6), ["£9.55m", "£5.08m", "−£4.47m"]),
        ((39_000.0, 0.0, 39_000.0), ["£39k", "£0", "£39k"]),
        ((999.0, 500.0, 499.0), ["£999", "£500", "£499"]),
        ((467_600.0, 250_200.0, -217_400.0), ["£468k", "£250k", "−£218k"]),
        ((1_247_600.0, 1_030_000.0, -217_600.0), ["£1.248m", "£1.03m", "−£218k"]),
        ((12_004_600.0, 12_000_000.0, -4_600.0), ["£12.005m", "£12m", "−£5k"]),
        ((11e6, 11.0001e6, 100.0), ["£11m", "£11m", "£100"]),
    ],
)
def test_what_is_between_two_sums_is_that_of_the_sums_as_they_are_written(
    sums: tuple[float, float, float], said: list[str]
) -> None:
    assert [written.alike(*sums)(one) for one in sums] == said
