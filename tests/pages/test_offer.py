"""Which offer a screen that follows shows, and what of it changed since its partner looked or entered its figures."""

import re

from streamlit.testing.v1 import AppTest

from data import library, presets
from data.people import Person
from data.records import Version
from tests.pages.sharing import WHO, session, shared
from ui.range_words import unformatted
from ui.rooms import reveal

SHARE = ("risk_share", "pain_bands", 0, "share")
PATH = ("providers", 3, "cost_deviation", "scale")
WHEN = r"\d+ \w+ 20\d\d at \d\d:\d\d UTC"


def offer(app: AppTest) -> str:
    """The line, without when."""
    app.run()
    assert not app.exception
    found = [unformatted(one.value) for one in app.markdown if one.value.startswith("**The offer:**")]
    return re.sub(WHEN, "then", " ".join(found).replace("\u2060", ""))


def save(host: AppTest) -> None:
    """Saves what is on the facilitator's screen as the next version."""
    by, now = Person("Anna"), session(host)
    if now.version:
        design = library.version(now.version, by).design
        made = library.save(design, now.scenario, now.version, by, "Council asked")
    else:
        made = library.begin("Alliance of the offer", "Draft", now.scenario, by, "First")
    assert isinstance(made, Version)
    now.begin(now.scenario, now.preset, made.id)


def test_a_partner_reads_what_of_the_offer_changed_since_it_entered_its_figures_saved_or_not() -> None:
    host, follow = shared()
    guest = follow("joining", WHO)
    nothing = "Nothing of it was changed since you first saw it on then."
    assert offer(guest) == f"The offer: as the facilitator's screen has it now, not saved as a version yet. {nothing}"
    session(guest).write(PATH, 0.09)
    assert offer(guest).endswith("Nothing of it was changed since you entered yours on then.")
    host.run()
    save(host)
    session(host).write(SHARE, 0.1)
    named = "Changed since you entered yours on then: Providers' share of overspends, first 5% (40% beyond): 50% → 10%."
    version = "The offer: version 1 of 'Draft', saved on then"
    assert offer(guest) == f"{version}; changed since, and not saved yet. {named}"
    save(host)
    assert offer(guest) == f"{version.replace('1', '2')}. {named}"
    for again in (follow("joining", WHO), follow("overview", WHO)):  # such as after a restart
        assert offer(again) == f"{version.replace('1', '2')}. {named}"
    reveal(session(host))
    assert offer(guest).endswith(named), "a reveal is no change of the offer"


def test_whoever_only_follows_reads_which_version_it_is_and_the_facilitator_none_of_it() -> None:
    host, follow = shared()
    assert offer(follow("joining")) == "The offer: as the facilitator's screen has it now, not saved as a version yet."
    host.switch_page("pages/joining.py")
    assert offer(host) == ""


def test_what_others_accept_and_think_is_no_part_of_the_offer() -> None:
    _, follow = shared()
    guest, other = follow("joining", WHO), follow("room", "Community charity")
    session(other).write(("providers", 2, "appetite"), {"kind": "words", "word": "minimal"})
    assert "Nothing of it was changed" in offer(guest)
    assert "minimal" not in offer(guest)


def test_many_changes_are_listed_under_the_sentence() -> None:
    host, follow = shared()
    guest = follow("joining", WHO)
    for i in range(4):
        session(host).write(("providers", i, "fee_rate"), 0.123)
    assert offer(guest).endswith("not saved as a version yet.")
    (place,) = (one for one in guest.expander if one.label.startswith("Changed since you first saw it on"))
    assert place.label.endswith("(4)")
    assert place.markdown[0].value.count("→ 12.3%") == 4


def test_another_alliance_is_no_change_of_terms() -> None:
    host, follow = shared()
    guest = follow("overview", "Community charity")
    session(host).begin(presets.preset("small-charities"))
    assert "Nothing of it was changed since you first saw it on" in offer(guest)


def test_a_partner_is_told_at_once_of_a_change_of_the_offer_and_whoever_only_follows_is_not() -> None:
    host, follow = shared()
    guest, wall = follow("joining", WHO), follow("joining")
    session(host).write(SHARE, 0.1)
    said = "The facilitator has changed the offer: Risk share › Overspends, band 1 › Providers' share: 50% → 10%."
    for app, told in ((guest, [said]), (wall, [])):
        app.run()
        assert [unformatted(one.value) for one in app.info if "offer" in one.value] == told
    session(host).step(back=True)
    guest.run()
    assert session(guest).news.endswith("of the offer is undone: it is as you knew it.")
    session(guest).write(PATH, 0.09)
    reveal(session(host))
    guest.run()
    assert "is revealed" in session(guest).news and "offer" not in session(guest).news
