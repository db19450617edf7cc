"""How sure a partner is of its costs: typed on its own screen, kept there, and counted beside others once revealed."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.sharing import WHO, session, shared
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
