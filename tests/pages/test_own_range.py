"""How sure a partner is of its costs: typed on its own screen, kept there, and counted beside others once revealed."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from data import room
from tests.pages.sharing import WHO, session, shared
from ui import noting
from ui.alliances import FIRST
from ui.format import money
from ui.range_words import unformatted
from ui.rooms import reveal

SPREAD = "Scale (%)"
PATH = ("providers", 3, "cost_deviation")


def screens() -> tuple[AppTest, AppTest]:
    """The facilitator's screen and that of a partner, both in the room."""
    host, follow = shared()
    return host, follow("room", WHO)


def spread(app: AppTest, text: str) -> None:
    next(i for i in app.text_input if i.label == SPREAD).set_value(text).run()
    assert not app.exception


@pytest.mark.parametrize("three", [False, True])
def test_what_a_partner_is_typing_stays_when_its_estimate_is_revealed_and_when_that_is_taken_back(
    three: bool,
) -> None:
    host, guest = screens()
    if three:
        guest.button(key="three-cost_deviation").click().run()
    changed = "1 in 10 is above (%)" if three else SPREAD
    next(i for i in guest.text_input if i.label == changed).set_value("14").run()

    def fields() -> list[tuple[str, ...]]:
        return [(str(i.key), i.label, str(i.value)) for i in guest.text_input]

    before = fields()
    reveal(session(host))
    guest.run()
    assert not guest.exception and not guest.error
    assert session(guest).document["providers"][3]["cost_deviation"]["kind"] == "pool"
    assert fields() == before
    session(host).step(back=True)
    guest.run()
    assert fields() == before
    session(host).step(back=False)
    guest.run()
    next(i for i in guest.text_input if i.label == changed).set_value("15").run()
    told = session(guest).document["providers"][3]["cost_deviation"]
    assert [view["name"] for view in told["views"]] == ["So far", f"{WHO}, in the room"]
    assert 0.15 in told["views"][1]["view"].values()
    assert session(host).document["providers"][3]["cost_deviation"] != told
    reveal(session(host))
    assert session(host).document["providers"][3]["cost_deviation"] == told


def test_a_field_starts_again_where_the_facilitator_changes_what_stands_in_it() -> None:
    host, guest = screens()
    spread(guest, "9")
    reveal(session(host))
    guest.run()
    before = {i.label: (i.key, i.value) for i in guest.text_input}
    host.run()
    session(host).write((*PATH, "views", 1, "view", "scale"), 0.08)
    guest.run()
    after = {i.label: (i.key, i.value) for i in guest.text_input}
    assert after[SPREAD][0] != before[SPREAD][0] and after[SPREAD][1] == "8"
    assert after["Value (£)"] == before["Value (£)"]


def test_what_is_wrong_with_three_figures_is_said_in_their_words_once_they_are_revealed() -> None:
    host, guest = screens()
    guest.button(key="three-cost_deviation").click().run()
    reveal(session(host))
    guest.run()
    next(i for i in guest.text_input if i.label == "1 in 10 is below (%)").set_value("99").run()
    told = [one.value for one in guest.error]
    assert told and all("Your cost of a year against plan: '1 in 10 is below'" in one for one in told)


def test_a_series_that_is_revealed_takes_the_place_of_what_stood_there() -> None:
    host, guest = screens()
    values = [-0.03, -0.01, 0.0, 0.02, 0.05]
    session(guest).write(PATH, {"kind": "data", "values": values})
    reveal(session(host))
    assert not session(host).problems
    assert session(host).document["providers"][3]["cost_deviation"] == {"kind": "data", "values": values}


def said(app: AppTest) -> str:
    return " ".join(one.value for one in [*app.markdown, *app.info])


def test_both_screens_say_how_a_view_counts_once_it_is_revealed_and_what_that_changes() -> None:
    host, guest = screens()
    guest.button(key="three-cost_deviation").click().run()
    next(i for i in guest.text_input if i.label == "1 in 10 is above (%)").set_value("14").run()
    yours = "your view of your cost of a year against plan"
    ahead = f"So far this screen counts with {yours} alone. Once revealed it counts half, beside what stood there"
    assert ahead in said(guest)
    host.switch_page("pages/room.py").run()
    next(b for b in host.button if b.label.startswith("Reveal what")).click().run()
    news = session(host).news
    assert f"{WHO}'s view of its cost of a year against plan counts half, beside what stood there: now 9 in 10" in news
    assert ", before 9 in 10 between" in news and "Weights stand on Uncertainty" in news
    listed = next(one.value for one in host.markdown if one.value.startswith(f"**{WHO}**"))
    assert "revealed; its view of its cost of a year against plan counts half, beside what stood there" in listed
    guest.run()
    assert "Your view of your cost of a year against plan counts half, beside what stood there." in session(guest).news
    assert ahead not in said(guest)
    assert "counts half, beside what stood there (9 in 10 between" in said(guest)
    assert "Together: 9 in 10 between" in said(guest)
    assert [i.value for i in guest.text_input if i.label == "1 in 10 is above (%)"] == ["14"]
    assert "counted half, beside what stood there: 9 in 10" in session(host).act


def test_a_third_view_counts_a_third_and_weights_count() -> None:
    host, guest = screens()
    first = {"name": "So far", "weight": 1.0, "view": {"kind": "normal", "mean": 0.0, "sd": 0.03}}
    views = [first, {**first, "name": "Dr Osei"}]
    session(host).write(PATH, {"kind": "pool", "views": views})
    guest.run()
    session(guest).write(PATH, {"kind": "normal", "mean": 0.02, "sd": 0.05})
    guest.run()
    assert "Once revealed it counts a third, beside 2 other views" in said(guest)
    reveal(session(host))
    host.run()
    session(host).write((*PATH, "views", 2, "weight"), 2.0)
    guest.run()
    assert "counts half, beside 2 other views. Together" in said(guest)


def test_nothing_is_said_of_weights_where_a_partner_entered_no_view_of_its_costs() -> None:
    host, guest = screens()
    assert "counts" not in said(guest)
    session(guest).write(("providers", 3, "appetite"), {"kind": "words", "word": "minimal"})
    reveal(session(host))
    assert "counts" not in session(host).news
    guest.run()
    assert "counts" not in said(guest)


MIDDLE, LOW, HIGH = "Middle: half below (%)", "1 in 10 is below (%)", "1 in 10 is above (%)"


def test_three_figures_may_be_pounds_of_the_planned_cost_and_the_range_is_said_in_both() -> None:
    _, guest = screens()
    planned = float(session(guest).scenario.planned_cost()[0, 3])
    guest.button(key="three-cost_deviation").click().run()
    assert f"in % or in pounds of the £{planned:,.0f} planned for 2018-19" in said(guest)
    for label, text in ((HIGH, f"£{planned * 1.125:,.0f}"), (LOW, f"{planned * 0.95 / 1e6:.10g}m"), (MIDDLE, "0")):
        next(i for i in guest.text_input if i.label == label).set_value(text).run()
    told = session(guest).value(PATH)
    assert (told["p10"], told["p50"], told["p90"]) == pytest.approx((-0.05, 0.0, 0.125), abs=1e-6)
    assert [i.value for i in guest.text_input if i.label == HIGH] == ["12.5"]
    found = session(guest).scenario.providers[3].cost_deviation
    low, high = (money(planned * (1 + float(at))) for at in found.ppf(np.array([0.05, 0.95])))
    assert f"In 2018-19 {low} to {high}, of {money(planned)} planned" in said(guest)
    assert any('class="range"' in one.proto.body for one in guest.get("html"))


def test_pounds_are_not_taken_for_how_wide_a_range_is_nor_where_nothing_is_planned() -> None:
    _, guest = screens()
    spread(guest, "£20k")
    assert any("must be a percentage, not pounds" in one.value for one in guest.error)


def test_uncertainty_offers_a_providers_cost_in_three_figures_and_in_pounds() -> None:
    host, _ = screens()
    host.switch_page("pages/uncertainty.py").run()
    before = session(host).scenario.providers[3].cost_deviation
    buttons = [b for b in host.button if b.label == "Say it in three figures"]
    assert len(buttons) == len(session(host).scenario.providers)
    buttons[3].click().run()
    assert not host.exception
    now = session(host).scenario.providers[3].cost_deviation
    assert now.kind == "three_points"
    assert now.p90 == pytest.approx(before.ppf(np.array([0.9]))[0], abs=1e-4)
    assert "P50 is the middle: half lie below it" in said(host)
    planned = float(session(host).scenario.planned_cost()[0, 3])
    next(i for i in host.text_input if i.label == "P90 (%)").set_value(f"£{planned * 1.1:,.0f}").run()
    assert session(host).value((*PATH, "p90")) == pytest.approx(0.1, abs=1e-6)
    session(host).step(back=True)
    session(host).step(back=True)
    assert session(host).scenario.providers[3].cost_deviation == before


def test_while_a_view_is_to_be_mended_nothing_is_said_of_what_it_comes_to() -> None:
    host, guest = screens()
    guest.button(key="three-cost_deviation").click().run()
    next(i for i in guest.text_input if i.label == HIGH).set_value("-50").run()
    assert guest.error and "counts" not in said(guest)
    reveal(session(host))
    assert "is not revealed" in session(host).news and "counts" not in session(host).news


def test_a_number_that_can_be_no_percentage_is_pounds_near_the_plan_and_refused_elsewhere() -> None:
    _, guest = screens()
    guest.button(key="three-cost_deviation").click().run()

    def enter(text: str) -> float | str:
        next(i for i in guest.text_input if i.label == "1 in 10 is above (%)").set_value(text).run()
        found: float | str = session(guest).value((*PATH, "p90"))
        return found

    planned = session(guest).scenario.planned_cost()[0, 3]
    assert enter(f"{1.15 * planned:,.0f}") == pytest.approx(0.15, abs=1e-5)
    assert next(i for i in guest.text_input if i.label == "1 in 10 is above (%)").value == "15"
    assert enter("45") == 0.45 and enter("£2,300,000") == pytest.approx(2.3e6 / planned - 1, abs=1e-5)
    assert enter("90,000,000") == "90,000,000"
    assert any("it must be a percentage; for pounds write £90,000,000." in one.value for one in guest.error)


def sources(app: AppTest) -> list[str]:
    """What is said of where the ranges of a partner come from."""
    found = [unformatted(one.value) for one in app.markdown]
    return [one.removeprefix(":small[").rstrip("]") for one in found if one.startswith(":small[Source")]


def test_what_stood_there_keeps_its_source_and_is_not_said_to_be_the_partners() -> None:
    host, guest = screens()
    stood = next(n.note for n in session(host).scenario.providers[3].sources if n.field == "cost_deviation")
    assert sources(guest) == [f"Source: {stood}"]
    guest.button(key="three-cost_deviation").click().run()
    next(i for i in guest.text_input if i.label == "1 in 10 is above (%)").set_value("14").run()
    assert sources(guest) == [f"Source of what stood there: {stood}"]
    reveal(session(host))
    guest.run()
    assert sources(guest) == [f"Source of what stood there: {stood}"]
    assert f"Stated by {WHO} itself, in the room. Beside it: {stood}" in str(session(host).document)


def test_a_reason_of_the_partners_own_stands_beside_that_of_what_stood_there() -> None:
    host, guest = screens()
    stood = next(n.note for n in session(host).scenario.providers[3].sources if n.field == "cost_deviation")
    spread(guest, "9")
    reason = "Our treasurer, in May"
    session(guest).replace(noting.noted(session(guest).document, PATH, reason))
    told = [f"Source of what you entered: {reason}", f"Source of what stood there: {stood}"]
    guest.run()
    assert sources(guest) == told
    reveal(session(host))
    guest.run()
    assert sources(guest) == told
    note = next(n.note for n in session(host).scenario.providers[3].sources if n.field == "cost_deviation")
    assert note == f"{reason} Beside it: {stood}"


def in_three(guest: AppTest, **figures: str) -> None:
    """Types figures as a partner does, by their labels."""
    if not any(i.label == HIGH for i in guest.text_input):
        guest.button(key="three-cost_deviation").click().run()
    for name, text in figures.items():
        label = {"low": LOW, "middle": MIDDLE, "high": HIGH}[name]
        next(i for i in guest.text_input if i.label == label).set_value(text).run()
    assert not guest.exception


def what_was_said(app: AppTest) -> list[str]:
    return [unformatted(one.value) for one in app.markdown if one.value.startswith("You said")]


def test_a_partner_reads_what_it_said_in_the_unit_it_typed_before_and_after_the_reveal_and_a_restart() -> None:
    host, follow = shared()
    guest = follow("room", WHO)
    planned = float(session(guest).scenario.planned_cost()[0, 3])
    high, middle = f"£{planned * 1.2:,.0f}", f"£{planned * 1.05:,.0f}"
    in_three(guest)
    assert what_was_said(guest) == []
    in_three(guest, high=high, middle=middle.removeprefix("£"), low="-2.5")
    told = [f"You said: 1 in 10 below −2.5%, half below {middle}, 1 in 10 above {high}."]
    assert what_was_said(guest) == told == what_was_said(follow("room", WHO))
    in_three(guest, high="25")
    assert what_was_said(guest) == [told[0].replace(high, "25%")]
    session(guest).step(back=True)
    assert what_was_said(guest.run())[0].endswith("1 in 10 above 20%.")
    in_three(guest, high=high)
    reveal(session(host))
    assert what_was_said(guest.run()) == told == what_was_said(follow("room", WHO))
    host.run()
    session(host).write((*PATH, "views", 1, "view", "p90"), 0.3)
    assert what_was_said(guest.run()) == [f"{told[0]} What stands here was changed since."]


def test_what_a_partner_said_is_on_no_other_screen_and_goes_when_sharing_ends() -> None:
    host, follow = shared()
    guest = follow("room", WHO)
    in_three(guest, high="£2,345,678")
    others = (host.run(), follow("room"), follow("room", "Community charity"))
    assert not any("2,345,678" in one.value for app in others for one in app.markdown)
    assert "2,345,678" in str(room.remembered(session(host).draft, FIRST, WHO))
    room.end(session(host).draft)
    assert room.remembered(session(host).draft, FIRST, WHO) == {}
