"""The page for one partner's decision: every partner of every preset, and partners about whom little is stated."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.amounts import OfFee
from model.appetite import InPounds, Unasked
from model.distributions import Fixed, Normal
from model.leaving import largest_if_one_fails
from model.omissions import omissions
from model.scenario import Scenario
from tests.pages.test_drivers import all_certain, one_provider, one_year, without_kpis
from tests.pages.test_pages import opened
from ui import deal, joining
from ui.format import money
from ui.range_words import unformatted
from ui.session import STATE

DRAWS = 1_024
LIVING_WELL, CHARITIES = "lambeth-living-well", "small-charities"


def shown(scenario: Scenario, who: str | None = None) -> AppTest:
    app = opened("joining.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(scenario)
    app.run()
    if who:
        next(box for box in app.selectbox if box.label == "Who decides").set_value(who).run()
    assert not app.exception
    assert not app.error
    assert len(app.title[0].value.split()) > 5
    return app


def said(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown).replace("\u2060", "")


def first_is(scenario: Scenario, **changes: object) -> Scenario:
    first, *others = scenario.providers
    return scenario.edited(providers=(first.edited(**changes), *others))


@pytest.mark.parametrize("preset", presets.names())
def test_every_partner_of_every_preset_has_an_answer(preset: str) -> None:
    scenario = presets.preset(preset)
    app = shown(scenario)
    box = next(box for box in app.selectbox if box.label == "Who decides")
    assert len(box.options) == len(scenario.providers) + len(scenario.commissioners)
    for name in box.options:
        next(box for box in app.selectbox if box.label == "Who decides").set_value(name).run()
        assert not app.exception
        assert name in app.title[0].value or app.title[0].value.startswith("Yes")
        assert "nan" not in said(app) + str([table.value for table in app.table])


def test_whoever_accepts_reads_who_blocks() -> None:
    app = shown(presets.preset(LIVING_WELL))
    next(box for box in app.selectbox if box.label == "Who decides").set_value("Community charity").run()
    assert "An alliance needs everybody. By the limits entered, it is blocked by **Recovery charity**" in said(app)


def test_who_refuses_is_asked_first_and_otherwise_a_charity() -> None:
    scenario = presets.preset(LIVING_WELL)
    refuses = next(i for i, one in enumerate(scenario.providers) if one.name == "Recovery charity")
    content = scenario.providers[refuses].edited(reserves=50e6)
    others = tuple(content if i == refuses else one for i, one in enumerate(scenario.providers))
    for design, first in ((scenario, "Recovery charity"), (scenario.edited(providers=others), "Community charity")):
        app = shown(design)
        assert next(box for box in app.selectbox if box.label == "Who decides").value == first


@pytest.mark.parametrize("odd", [without_kpis, one_provider, all_certain, one_year])
def test_odd_alliances_have_an_answer(odd: object) -> None:
    assert callable(odd)
    shown(odd(presets.preset(LIVING_WELL)))


def test_without_reserves_and_income_the_page_says_so() -> None:
    scenario = first_is(presets.preset(LIVING_WELL), reserves=None, income=0.0)
    app = shown(scenario, scenario.providers[0].name)
    assert "No reserves are stated" in said(app)
    assert "No reserves and no income are stated" in said(app)
    assert not any("of reserves" in str(column) for table in app.table for column in table.value)


def test_bad_years_that_still_bring_something_are_no_loss() -> None:
    sure = all_certain(presets.preset(LIVING_WELL))
    gaining = first_is(sure, required_saving=0.0, cost_deviation=Fixed(value=-0.1))
    app = shown(gaining, gaining.providers[0].name)
    assert "Even its worst three years in a row add £" in said(app)
    assert " reserves is left" not in said(app)


def test_what_leaving_after_a_year_would_bring_is_a_way_off_and_only_for_providers() -> None:
    scenario = presets.preset(LIVING_WELL)
    app = shown(scenario, "Community charity")
    assert any("When low, against average" in table.value for table in app.table)
    (way,) = (b for b in app.button if b.key == "to-leaving")
    assert way.label.startswith(f"If we left at the start of {scenario.term.labels()[1]}")
    way.click().run()
    assert not app.exception
    said_of = app.table[0].value["What happens"]["Community charity fails"]
    assert said_of.startswith(f"Community charity leaves at the start of {scenario.term.labels()[1]}")
    assert next(box for box in app.selectbox if box.label == "Whose result").value == "Community charity"
    assert not any(b.key == "to-leaving" for b in shown(scenario, "Council").button)
    assert not any(b.key == "to-leaving" for b in shown(one_year(scenario), "Community charity").button)


def test_one_year_has_no_years_in_a_row() -> None:
    app = shown(one_year(presets.preset(LIVING_WELL)))
    assert "fter its worst year" in said(app)
    assert "one year" not in said(app)


def test_what_is_the_same_in_every_future_is_not_called_better_in_none() -> None:
    app = shown(one_year(presets.preset(LIVING_WELL)))  # its first year is not settled
    better = app.metric[0]
    assert (better.label, better.value, better.delta) == ("Better to join", "–", "it is the same")


def test_a_loss_without_end_is_said_in_short_words() -> None:
    assert shown(presets.preset(LIVING_WELL), "Council").metric[-1].value == "no cap"


def test_the_largest_loss_is_said_while_all_stay_and_if_another_fails() -> None:
    scenario = presets.preset(CHARITIES)
    app = shown(scenario, "Peer support charity")
    largest = next(one for one in app.metric if one.label == "Largest loss")
    whose, most = largest_if_one_fails(scenario)["Peer support charity"]
    assert (largest.value.replace("\u2060", ""), largest.delta) == ("−£97k", "while all stay")
    assert "however bad it gets" not in largest.help
    assert (
        "The largest loss over the term is £97k (175% of reserves) while all partners stay, at most £25k (45% of "
        f"reserves) in one year, nothing for 2022-23; if {whose} fails and the others take its share, it can be "
        f"**{money(most)}** (221% of reserves)."
    ) in said(app)
    assert "we can lose at most £23k in 2023-24 while all partners stay, and £25k in the year in which" in said(app)


def test_the_largest_loss_in_one_year_is_said_where_no_failure_makes_more_of_it() -> None:
    scenario, who = presets.preset(CHARITIES), "Peer support charity"
    capped = tuple(one.edited(pain_cap=OfFee(part=0.1)) for one in scenario.providers)
    scenario = scenario.edited(providers=capped)
    assert who not in largest_if_one_fails(scenario)
    told = said(shown(scenario, who))
    assert re.search(
        r"The largest loss over the term is £12k \(.*?\) by its own cap, whoever stays, at most £3.* in one year, "
        r"nothing for 2022-23\.",
        told,
    )
    assert "in 2023-24 while all partners stay" not in told


def test_who_asks_nothing_has_nothing_to_ask_for() -> None:
    scenario = first_is(presets.preset(LIVING_WELL), appetite=Unasked())
    app = shown(scenario, scenario.providers[0].name)
    assert "has not said what loss it would accept, so there is no answer yet" in app.title[0].value
    assert "It has set no limits, so it is not known which term" in said(app)
    assert any(button.label == "Enter its limits" for button in app.button)


def test_who_refuses_is_told_why_and_what_to_ask_for() -> None:
    """A loss of £1 accepted with no chance at all: some term must move, or none can help."""
    scenario = first_is(presets.preset(LIVING_WELL), appetite=InPounds(loss=400_000.0, loss_chance=0.05))
    app = shown(scenario, scenario.providers[0].name)
    assert "would refuse: losing more than £400k has a" in app.title[0].value.replace("\u2060", "")
    assert "it would just accept" in said(app)
    assert "Enough by itself" in said(app) or "No single term" in said(app)


def test_whoever_refuses_is_led_to_where_terms_can_be_tried() -> None:
    app = shown(charity(reserve_minimum=40_000.0, reserve_chance=0.0), "Peer support charity")
    next(b for b in app.button if b.label == "Try one: Acceptance › Who accepts").click().run()
    assert not app.exception
    assert next(box for box in app.selectbox if box.label == "Whose mind").value == "Peer support charity"
    assert any(b.label.startswith("Try *") for b in app.button)


def test_nothing_is_led_to_be_tried_where_nothing_would_be_enough_or_nothing_is_lacking() -> None:
    for limits in ({"year_loss": 30_000.0}, {"loss": 0.0, "loss_chance": 0.0, "tolerance": 1.0}):
        app = shown(charity(**limits), "Peer support charity")
        enough = "Enough by itself" in said(app)
        assert any(b.label.startswith("Try one") for b in app.button) == enough


@pytest.mark.parametrize(("who", "tab"), [("Peer support charity", "Split and own caps"), ("Council", "Overspends")])
def test_whoever_accepts_is_led_to_where_better_terms_can_be_tried(who: str, tab: str) -> None:
    accepting = InPounds(loss=90e6, loss_chance=0.5)
    scenario = charity(loss=90e6, loss_chance=0.5)
    scenario = scenario.edited(commissioners=tuple(one.edited(appetite=accepting) for one in scenario.commissioners))
    app = shown(scenario, who if who != "Council" else scenario.commissioners[0].name)
    assert not any(b.label.startswith("Try one") for b in app.button)
    next(b for b in app.button if b.label.startswith(joining.BETTER)).click().run()
    assert not app.exception
    assert app.session_state["share-tabs"] == tab
    refusing = shown(charity(reserve_minimum=40_000.0, reserve_chance=0.0), "Peer support charity")
    assert not any(b.label.startswith(joining.BETTER) for b in refusing.button)


def charity(**limits: Any) -> Scenario:
    """The small charities, of which one has limits of its own, put in pounds."""
    scenario = presets.preset(CHARITIES)
    return scenario.edited(
        providers=tuple(
            one.edited(appetite=InPounds(**limits)) if one.name == "Peer support charity" else one
            for one in scenario.providers
        )
    )


def test_who_is_inside_few_limits_is_told_how_many_and_which_were_not_entered() -> None:
    app = shown(charity(year_loss=30_000.0), "Peer support charity")
    title = app.title[0].value
    assert title.startswith("Yes, inside the one limit entered, of five: for Peer support charity joining beats")
    assert "can bear the risk" not in title
    assert (
        "No limit was entered for a large loss, the worst 1 in 20, low reserves and the worth of joining, so these "
        "are not tested."
    ) in said(app)


def test_a_limit_that_the_caps_never_let_it_reach_is_named() -> None:
    never = "Its limit on a loss in one year cannot be reached while all partners stay: the contract's caps end"
    assert f"{never} its loss at £25k in any one year." in said(
        shown(charity(year_loss=30_000.0), "Peer support charity")
    )
    assert "cannot be reached" not in said(shown(charity(year_loss=20_000.0), "Peer support charity"))


def test_a_chance_of_at_least_one_bad_year_stands_beside_that_of_the_likeliest_year() -> None:
    text = said(shown(charity(year_loss=12_000.0), "Peer support charity"))
    assert "5% chance of losing more than £12k in at least one year of the term" in text
    told = r"Losing more than £12k in at least one year: \*\*(\d+)%.*\*\*, in its likeliest year (\d+)%"
    found = re.search(told, text)
    assert found is not None and int(found[1]) > int(found[2]) > 0


def test_a_limit_broken_today_is_said_to_be() -> None:
    app = shown(charity(reserve_minimum=180_000.0), "Peer support charity")
    assert "Its reserves, £55k, are **already below £180k today**, whatever is signed." in said(app)


def test_a_better_outside_option_is_the_answer() -> None:
    scenario = first_is(presets.preset(LIVING_WELL), appetite=Unasked(), outside=Fixed(value=5e6))
    app = shown(scenario, scenario.providers[0].name)
    assert "would do better to stay out" in app.title[0].value


def test_who_does_better_to_stay_out_is_told_by_how_much_and_where_to_enter_limits() -> None:
    scenario = first_is(presets.preset(LIVING_WELL), appetite=Unasked(), outside=Fixed(value=5e6))
    app = shown(scenario, scenario.providers[0].name)
    assert app.title[0].value.endswith("more on average, and it has set no limits")
    assert "less than staying out. If every future were so much better" in said(app)
    assert "nothing that it must ask for" not in said(app)
    next(b for b in app.button if b.label == "Enter its limits").click().run()
    assert not app.exception
    assert next(box for box in app.selectbox if box.label == "Whose appetite").value == scenario.providers[0].name


def test_limits_that_are_kept_do_not_make_staying_out_the_worse_choice() -> None:
    generous = InPounds(loss=90_000_000.0, loss_chance=0.5)
    scenario = first_is(presets.preset(LIVING_WELL), appetite=generous, outside=Fixed(value=5e6))
    app = shown(scenario, scenario.providers[0].name)
    assert "would do better to stay out" in app.title[0].value
    assert "Beyond that nothing: it passes its only test" in said(app)
    assert not any(b.label == "Enter its limits" for b in app.button)


def test_an_uncertain_outside_option_is_worth_knowing() -> None:
    scenario = first_is(presets.preset(LIVING_WELL), outside=Normal(mean=0.0, sd=2e7))
    app = shown(scenario, scenario.providers[0].name)
    assert "Worth most to know by itself: what staying out would bring" in said(app)


def test_what_it_rests_on_is_on_the_page() -> None:
    app = shown(presets.preset(CHARITIES))
    for words in ("Illustrative figures", "seed", "futures drawn", "version", "A bad year is the average of the worst"):
        assert words in said(app)
    assert any("@media print" in str(element.proto) for element in app.get("html"))


def test_the_period_looked_at_elsewhere_changes_nothing_here() -> None:
    app = shown(presets.preset(LIVING_WELL))
    before = said(app)
    session = app.session_state[STATE]
    session.period = session.scenario.term.labels()[-1]
    app.run()
    assert said(app) == before


def test_whether_we_can_be_made_to_pay_for_another_is_said() -> None:
    app = shown(presets.preset(LIVING_WELL), "Recovery charity")
    assert "Could we be made to pay for another's overspend? **Yes**: if Mental health trust alone costs" in said(app)
    assert "Pain in a year, on average of the 6 years in which it can gain or lose: **" in said(app)
    apart = shown(presets.preset("separate-contracts"))
    assert "**Not by this one**" in said(apart)


def test_a_lone_provider_has_no_other_to_pay_for() -> None:
    assert "**No**: there is no other provider" in said(shown(one_provider(presets.preset(LIVING_WELL))))


def test_the_way_to_what_a_failure_would_change_leads_to_its_box_of_the_same_partner() -> None:
    app = shown(presets.preset(CHARITIES), "Peer support charity")
    way = next(b for b in app.button if b.label.startswith("If Housing charity fails, prices rise"))
    way.click().run()
    assert not app.exception
    assert app.title[0].value.startswith("Peer support charity would be")
    assert any("If Housing charity fails" in box.label for box in app.expander)


def test_the_way_to_limits_opens_the_tab_they_are_entered_on() -> None:
    app = shown(presets.preset(LIVING_WELL))
    next(b for b in app.button if b.label.startswith("Change these limits")).click().run()
    assert not app.exception
    assert any(box.label == "Whose appetite" for box in app.selectbox)


def test_the_way_to_limits_takes_along_who_is_looked_at_though_nobody_chose() -> None:
    app = shown(presets.preset(LIVING_WELL))
    who = next(box for box in app.selectbox if box.label == "Who decides").value
    assert who != presets.preset(LIVING_WELL).providers[0].name
    next(b for b in app.button if b.label.startswith("Change these limits")).click().run()
    assert next(box for box in app.selectbox if box.label == "Whose appetite").value == who


@pytest.mark.parametrize(
    ("growth", "follows", "warned"), [(0.035, False, True), (0.035, True, False), (0.0, False, False)]
)
def test_prices_that_outgrow_a_target_that_does_not_follow_them_are_named(
    growth: float, follows: bool, warned: bool
) -> None:
    scenario = presets.preset(LIVING_WELL)
    scenario = scenario.edited(
        baseline=scenario.baseline.edited(reindexed=follows),
        uncertainty=scenario.uncertainty.edited(prices=Fixed(value=growth)),
    )
    app = shown(scenario, scenario.providers[0].name)
    assert ("prices are expected to grow 3.5% a year faster than the target does" in said(app)) == warned


def test_the_mean_difference_says_against_what_whether_it_is_more_or_less() -> None:
    scenario = first_is(presets.preset(presets.FIRST), outside=Fixed(value=50e6))
    app = shown(scenario)
    next(box for box in app.selectbox if box.label == "Who decides").set_value(scenario.providers[0].name).run()
    mean = next(one for one in app.metric if one.label == "On average")
    assert mean.value.startswith("−") and mean.delta == "vs staying out"


def test_what_is_in_none_of_the_figures_is_said_as_on_its_paper() -> None:
    scenario = presets.preset(LIVING_WELL)
    told = unformatted(said(shown(scenario)))
    assert "Not in these figures. " in told
    assert all(sentence in told for sentence in omissions(scenario))


def test_pages_of_terms_that_were_only_tried_say_first_that_these_are_not_those_offered() -> None:
    app = shown(charity(loss=40_000.0), "Peer support charity")
    session = app.session_state[STATE]
    assert "not the terms of" not in said(app)
    provider = [one.name for one in session.scenario.providers].index("Peer support charity")
    session.write(("providers", provider, "pain_cap", "part"), 0.32)
    for page in ("joining.py", "appetite.py"):
        app = opened(page)
        app.session_state[STATE] = session
        app.run()
        told = unformatted(app.main.markdown[0].value).split("\n\n")[0].replace("\u2060", "")
        cap = "Peer support charity's cap on pain is 32% of fee, not 100%"
        assert told == f"These are not the terms of the starting design: {cap}."


@pytest.mark.parametrize("who", ["Recovery charity", "Council"])
def test_the_deal_in_one_example_is_folded_on_the_page_for_whoever_decides(who: str) -> None:
    app = shown(presets.preset(LIVING_WELL), who)
    assert "If 2020-21 cost 5% more" not in said(app)
    app.session_state["deal"] = True
    app.run()
    session = app.session_state[STATE]
    assert "\n".join(f"- {line}" for line in deal.sentences(session, who)).replace("\u2060", "") in said(app)
    assert f"{who} would" in said(app)
    assert "Every term: Risk share" in [button.label for button in app.button]
