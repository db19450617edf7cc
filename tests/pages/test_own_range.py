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
