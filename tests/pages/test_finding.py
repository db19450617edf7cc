"""The page that finds a design: its designs can be adopted, kept and undone; refusals are sentences."""

import time
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.acceptance import alliance
from model.appetite import Unasked
from model.bands import Band
from model.corridors import DeductibleCorridor, NoCorridor
from model.documents import to_document
from model.looks import levers
from model.moves import distance
from model.outcome import Found, Outcome
from model.scenario import Scenario
from tests.model.cluster import Cluster
from tests.model.test_search import LOSS, OVERSPENDS, compared_with_staying_out, one_provider
from tests.pages.test_compare import press, said, session_of
from tests.pages.test_pages import opened
from ui import finding_words, margin_words, minds, signing
from ui.decisions import asks, cost_margin, positions
from ui.format import money
from ui.range_words import unformatted
from ui.session import Session
from ui.verdicts import slack


def page(scenario: Scenario) -> AppTest:
    app = opened("finding.py")
    session = session_of(app)
    session.draws = 1_024
    session.begin(scenario)
    app.run()
    assert not app.exception
    return app


def agreeable() -> Scenario:
    return one_provider(0.6 * LOSS, 0.7 * LOSS)


def splitting(app: AppTest) -> Any:
    return next(pills for pills in app.pills if pills.label == "Providers may agree anew")


def searched(scenario: Scenario) -> AppTest:
    app = page(scenario)
    splitting(app).set_value([]).run()
    return press(app, "Search")


def test_nothing_is_claimed_before_a_search() -> None:
    app = page(agreeable())
    assert app.title[0].value == finding_words.ASKED
    assert "press *Search*" in said(app)


def test_what_is_found_is_what_everyone_would_sign_and_can_be_adopted_and_undone() -> None:
    app = searched(agreeable())
    session = session_of(app)
    before = to_document(session.scenario)
    assert "Everyone would sign" in app.title[0].value
    assert session.found is not None
    for one in session.found[1].frontier:
        assert alliance(positions(session, one.design)) != "refuses"
    press(app, "Adopt")
    assert to_document(session.scenario) == to_document(session.found[1].frontier[0].design)
    assert "The design changed since this search" in app.info[1].value
    assert "the design on the screen now" in said(app)
    told = signing.told(session)[0]
    assert "Adopted from Find a design (" in told and "more edits" not in told
    press(app, "Undo")
    assert to_document(session.scenario) == before


def test_each_found_design_says_how_wrong_costs_may_be() -> None:
    app = searched(agreeable())
    found = session_of(app).found
    assert found is not None
    app.session_state["between"] = True
    app.run()
    for one in found[1].frontier:
        assert finding_words.margin(cost_margin(session_of(app), one.design)) in said(app).replace("\u00a0", " ")


def test_found_designs_stand_in_the_order_that_is_chosen_and_the_first_sentence_says_which_is_which() -> None:
    app = searched(agreeable())
    session = session_of(app)
    assert session.found is not None
    problem, outcome = session.found
    found = outcome.frontier
    assert len(found) > 2
    terms = levers(problem.scenario, problem.draws, problem.seed)
    wanted = {
        "Most incentive": [one.incentive for one in found],
        "Nearest of these": [-distance(terms, problem.scenario, one.design) for one in found],
        "Most to spare": [one.slack for one in found],
        "Widest margin": [cost_margin(session, one.design).margin or 0.0 for one in found],
    }
    for order, figures in wanted.items():
        best = finding_words.LETTERS[figures.index(max(figures))]
        full = f"{order} to today's" if order == "Nearest of these" else order
        assert f"{full}: **{best}**" in app.main.markdown[1].value.replace("\u00a0", " ")
        next(one for one in app.segmented_control if one.label == "Order").set_value(order).run()
        assert not app.exception
        names = [
            one.value.strip("*") for one in app.main.markdown if one.value.startswith(("**A", "**B", "**C", "**D"))
        ]
        assert names[0].startswith(f"{best}: ")
        assert full.lower() in names[0].lower()


def test_where_nobody_asks_anything_there_is_nothing_to_spare_to_order_by() -> None:
    free = agreeable()
    nobody = free.edited(
        providers=tuple(one.edited(appetite=Unasked()) for one in free.providers),
        commissioners=tuple(one.edited(appetite=Unasked()) for one in free.commissioners),
    )
    app = searched(nobody)
    assert session_of(app).found is not None
    assert not any("Most to spare" in one.options for one in app.segmented_control if one.label == "Order")


def a_silent_charity(worst_of_council: float) -> Scenario:
    """A charity that has not said what it would accept, and a council that has."""
    asking = one_provider(LOSS, worst_of_council)
    return asking.edited(providers=(asking.providers[0].edited(appetite=Unasked()),))


def test_no_card_calls_a_design_signed_or_safe_for_one_that_has_not_said() -> None:
    app = searched(a_silent_charity(0.7 * LOSS))
    assert app.title[0].value.startswith("Nobody who has said would refuse a design that was found, with up to £")
    text = said(app).replace("\u00a0", " ")
    assert "**Community charity** has not said what it would accept: no design may leave it worse off than now" in text
    assert "Community charity has not said, and would be no worse off than now." in text
    assert "veryone would sign" not in text
    assert "Safest for" not in text
    assert "Most even by size, of those who have said" in text or "most even by size, of those who have said" in text
    found = session_of(app).found
    assert found is not None
    assert all(one.unheard and not one.worse_off for one in found[1].frontier)


def test_designs_that_load_one_that_has_not_said_are_looked_for_only_when_asked_and_say_so() -> None:
    app = searched(a_silent_charity(0.3 * LOSS))
    assert app.title[0].value == "No design was found that all who have said would sign"
    text = said(app)
    assert "There may be designs if Community charity may be worse off than now." in text
    app.toggle(key="vary-spared").set_value(False).run()
    assert "has not said what it would accept: designs may load it as they like." in said(app)
    app = press(app, "Search")
    assert app.title[0].value.startswith("Nobody who has said would refuse")
    assert "has not said, and would be **worse off than now**" in said(app)
    assert "its worst 1 in 20 costs £" in said(app)


def test_where_all_have_said_nobody_is_spared_by_a_switch() -> None:
    assert "vary-spared" not in [one.key for one in page(agreeable()).toggle]


def test_a_single_change_that_would_do_is_said_before_the_designs() -> None:
    app = searched(one_provider(0.4 * LOSS, 0.9 * LOSS))
    session = session_of(app)
    (refusing,) = (i for i, one in enumerate(positions(session)) if not one.accepts)
    priced = [ask for ask in asks(session, refusing) if ask.price and not ask.price.refusing()]
    assert priced
    hint = app.info[0].value.replace("\u00a0", " ")
    assert hint.startswith("One change for Community charity would do alone")
    assert all(minds.named("Community charity", ask.lever.name)[1:] in hint for ask in priced)
    every = list(app.main)
    chart = next(i for i, one in enumerate(every) if getattr(one, "value", "") == "Incentive against room to spare")
    assert [one.type for one in every].index("info") < chart


def test_a_found_design_can_be_kept_to_compare() -> None:
    app = press(searched(agreeable()), "Keep to compare")
    (kept,) = session_of(app).designs.values()
    found = session_of(app).found
    assert found is not None
    assert kept == found[1].frontier[0].design


def test_where_there_is_none_it_says_who_stands_in_the_way_and_what_would_open_the_door() -> None:
    app = searched(one_provider(0.2 * LOSS, 0.2 * LOSS))
    assert app.title[0].value == "No design was found that everyone would sign"
    text = said(app)
    assert "The nearest design falls short" in text
    assert "City council" in text
    assert "If Community charity accepted" in text.replace("\u00a0", " ")


def places(app: AppTest, text: str) -> list[tuple[int, ...]]:
    """Where on the page a text stands, as the way to it from block to block."""

    def under(block: Any, way: tuple[int, ...]) -> list[tuple[int, ...]]:
        if not hasattr(block, "children"):
            return [way] if text in str(getattr(block, "value", "")) else []
        return [place for i, child in block.children.items() for place in under(child, (*way, i))]

    return under(app.main, ())


def test_what_was_adopted_is_named_and_every_design_keeps_its_place_on_the_page() -> None:
    app = searched(one_provider(0.4 * LOSS, 0.9 * LOSS))
    assert any("would do alone" in one.value for one in app.info)
    before = places(app, "**A: ")
    press(app, "Adopt")
    assert any(one.value.startswith("Adopted A") for one in app.info)
    assert not any("would do alone" in one.value for one in app.info)
    assert places(app, "**A: ") == before != []


def test_a_design_that_is_signed_only_just_says_so_when_offered_when_adopted_and_on_the_overview() -> None:
    app = searched(one_provider(0.32 * LOSS, 0.7 * LOSS))
    session = session_of(app)
    assert session.found is not None
    just = margin_words.only_just(cost_margin(session, session.found[1].frontier[0].design))
    assert just.startswith("only just: costs 0.3")
    assert just.endswith("% higher and City council refuses")
    assert f"Signed, but {just}" in said(app)
    press(app, "Adopt")
    assert any(f"everyone would sign, but {just}." in one.value.replace("\\", "") for one in app.info)
    overview = opened("overview.py")
    session_of(overview).draws = session.draws
    session_of(overview).begin(session.scenario)
    overview.run()
    assert any(just in one.value for one in overview.warning)


def test_a_design_whose_signing_the_draws_do_not_tell_is_offered_and_adopted_as_too_close_to_call() -> None:
    app = searched(one_provider(0.302 * LOSS, 0.7 * LOSS))
    assert "Too close to call: costs 0.2" in said(app)
    assert "Signed, but" not in said(app)
    press(app, "Adopt")
    assert any("Adopted A: too close to call: costs 0.2" in one.value.replace("\\", "") for one in app.info)


def test_where_there_is_room_nothing_is_only_just() -> None:
    app = searched(agreeable())
    assert "only just" not in said(app)


def test_the_nearest_design_names_who_is_further_from_signing_than_today() -> None:
    app = searched(one_provider(0.3 * LOSS, 0.5 * LOSS))
    session = session_of(app)
    assert session.found is not None
    nearest = session.found[1].compromise
    assert nearest is not None
    now = {one.partner: finding_words.to_spare(one) for one in positions(session)}
    then = {one.partner: finding_words.to_spare(one) for one in positions(session, nearest.design)}
    written = {one.partner: slack(one.tightest) for one in positions(session, nearest.design) if one.tightest}
    worse = [name for name in now if then[name] < min(0, now[name] - 500)]
    assert worse
    (warning,) = (one.value.replace("\u00a0", " ") for one in app.warning if "Further from signing" in one.value)
    assert [name for name in now if name in warning] == worse
    for name in worse:
        assert f"{name} (short by {written[name]}, today " in warning


def test_a_design_that_fewer_refuse_is_told_beside_the_nearest() -> None:
    app = searched(one_provider(0.3 * LOSS, 0.55 * LOSS))
    found = session_of(app).found
    assert found is not None and found[1].compromise is not None and found[1].fewest is not None
    assert len(found[1].compromise.blockers) == 2 and len(found[1].fewest.blockers) == 1
    assert "**Refused by the fewest" in said(app)


def test_nothing_that_may_vary_is_refused_with_a_sentence() -> None:
    app = page(agreeable())
    splitting(app).set_value([]).run()
    app.pills[0].set_value([]).run()
    press(app, "Search")
    assert [error.value for error in app.error] == ["Nothing may vary: choose at least one term."]


def test_other_settings_than_those_of_the_search_are_said() -> None:
    app = searched(agreeable())
    assert not app.info
    app.slider(key="wanted").set_value(20).run()
    assert "The settings changed since this search" in app.info[0].value


def test_an_incentive_out_of_reach_is_said() -> None:
    app = page(agreeable())
    splitting(app).set_value([]).run()
    app.pills[0].set_value([OVERSPENDS]).run()
    app.slider(key="wanted").set_value(60).run()
    text = said(press(app, "Search"))
    assert "60p of the next pound is wanted; what may vary gives" in text


@pytest.mark.parametrize("preset", presets.names())
def test_every_preset_offers_terms_that_may_vary(preset: str) -> None:
    app = page(presets.preset(preset))
    assert len(app.pills[0].options) >= 4
    assert app.pills[0].value


def test_a_cluster_lost_in_the_middle_is_said_and_what_was_found_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = Cluster(tmp_path)
    monkeypatch.setenv("DASK_SCHEDULER", cluster.address)
    app = page(agreeable())
    splitting(app).set_value([]).run()
    Thread(target=kill_once_something_is_found, args=(session_of(app), cluster), daemon=True).start()
    press(app, "Search")
    assert "stopped working in the middle of the search; what was found is kept" in app.error[0].value
    found = session_of(app).found
    assert found is not None
    assert found[1].looked > 0
    assert found[1].done < 1
    app.run()
    assert not app.exception
    assert not app.error


def kill_once_something_is_found(session: Session, cluster: Cluster) -> None:
    while session.found is None or not session.found[1].looked:
        time.sleep(0.01)
    cluster.stop()


def test_the_page_leads_to_the_smallest_changes_that_change_a_mind() -> None:
    app = AppTest.from_file("../../app.py", default_timeout=120).switch_page("pages/finding.py").run()
    next(b for b in app.button if b.label == finding_words.ONE_MAY).click().run()
    assert not app.exception
    assert any(one.value == "What would change their mind" for one in app.subheader)


def test_where_staying_out_stands_in_the_way_of_every_design_that_is_the_answer_and_leads_to_it() -> None:
    app = searched(compared_with_staying_out())
    assert app.title[0].value == "No design can leave everybody as well off as staying out"
    assert "Sharing only moves gains between partners" in said(app)
    found = session_of(app).found
    assert found is not None
    whole = found[1].whole
    assert whole is not None
    assert f"the targets must be at least {money(whole.lacks)} higher" in said(app).replace("\u00a0", " ")
    for nonsense in ("The nearest", "No single limit and no single other term"):
        assert nonsense not in said(app)
    assert not any(b.label == "Adopt" for b in app.button)
    assert any(b.label.startswith("What the target asks for") for b in app.button)
    assert not any(b.label == finding_words.ONE_MAY for b in app.button)
    next(b for b in app.button if b.label.startswith("If it stayed out")).click().run()
    assert not app.exception
    assert session_of(app).whose in {one.partner for one in positions(session_of(app))}


@pytest.mark.parametrize(("done", "seconds"), [(0.15, 4.0), (0.35, 50.0), (0.9, 80.0)])
def test_the_time_left_of_a_search_is_never_less_than_its_pace_says(done: float, seconds: float) -> None:
    said = finding_words.progress(Outcome(done, 1_000), seconds)
    told = int(said.split("at this pace about ")[1].split()[0])
    assert seconds * (1 - done) / done <= told <= seconds * (1 - done) / done + 5
    assert f"{seconds:.0f} seconds so far" in said


def test_a_search_says_nothing_of_the_time_left_before_it_has_a_pace() -> None:
    assert finding_words.progress(Outcome(0.04, 200), 3.0) == "200 designs looked at."


def test_what_changed_since_the_search_is_said_under_the_title() -> None:
    app = searched(agreeable())
    app.slider(key="wanted").set_value(20).run()
    elements = [one.type for one in app.main if one.type in ("title", "info", "subheader")]
    assert elements[:2] == ["title", "info"]


def test_what_may_vary_stays_chosen_while_another_page_is_open() -> None:
    app = AppTest.from_file("../../app.py", default_timeout=120).switch_page("pages/finding.py").run()
    chosen = app.pills[0].options[3:5]
    app.pills[0].set_value(chosen).run()
    app.slider(key="wanted").set_value(20).run()
    app.switch_page("pages/overview.py").run()
    app.switch_page("pages/finding.py").run()
    assert app.pills[0].value == chosen
    assert app.slider(key="wanted").value == 20


def test_the_way_to_single_terms_is_there_only_while_one_might_do() -> None:
    labels = {finding_words.ONE_MAY, finding_words.ONE_DOES}

    def ways(app: AppTest) -> list[str]:
        return [b.label for b in app.button if b.label in labels]

    assert ways(page(one_provider(0.4 * LOSS, 0.9 * LOSS))) == [finding_words.ONE_MAY]
    assert ways(searched(one_provider(0.4 * LOSS, 0.9 * LOSS))) == [finding_words.ONE_DOES]
    assert ways(searched(one_provider(0.2 * LOSS, 0.2 * LOSS))) == []
    assert ways(page(one_provider(0.9 * LOSS, 0.9 * LOSS))) == []


def test_each_found_design_says_its_shares_and_why_the_next_pound_brings_less() -> None:
    app = searched(agreeable())
    found = session_of(app).found
    assert found is not None
    app.session_state["between"] = True
    app.run()
    for one in found[1].frontier:
        assert finding_words.shares(one.design) in said(app)
        assert finding_words.left_of_shares(one) in said(app)


def test_shares_are_said_as_a_contract_states_them_with_what_takes_from_them() -> None:
    lambeth = presets.preset(presets.FIRST)
    found = Found((), lambeth, 0.321, ())
    assert finding_words.shares(lambeth) == (
        "**Providers' shares**, of savings: 50% up to 5% beyond the corridor (5.5% under target cost), "
        "then 40% up to 10% beyond the corridor (10.5% under target cost), then nothing; "
        "of overspends: 50% up to 5% beyond the corridor (5.5% over target cost), "
        "then 40% up to 12% beyond the corridor (12.5% over target cost), then nothing."
    )
    assert finding_words.left_of_shares(found) == (
        "On average over all futures the next pound brings 32p and not 50p: in some of them corridors, the score, "
        "bands that end and caps leave less of it or nothing."
    )
    assert finding_words.left_of_shares(replace(found, incentive=0.5)) == ""


def test_shares_that_follow_in_proportion_are_said_to_a_tenth_of_a_percent() -> None:
    bands = (Band(up_to=0.05, share=1.0), Band(share=0.727273))
    assert finding_words.in_layers(bands, "gain", NoCorridor()) == "100% up to 5% of target cost, then 72.7%"
    assert finding_words.in_layers(bands, "gain", DeductibleCorridor(width=0.01)) == (
        "100% up to 5% beyond the corridor (6% under target cost), then 72.7%"
    )


def test_each_card_says_who_is_worse_off_by_it_and_a_kept_one_leads_to_compare() -> None:
    app = searched(presets.preset(presets.FIRST))
    cards = [one.value for one in app.markdown if one.value.startswith("**Worse off by it**")]
    assert cards
    assert all(card.startswith(f"{finding_words.WORSE_OFF}, on average over the term: ") for card in cards)
    next(b for b in app.button if b.label == "Keep to compare").click().run()
    assert not app.exception
    kept = [one.proto.label for one in app.get("page_link") if one.proto.label.startswith("Kept as 'Found")]
    assert len(kept) == 1 and kept[0].endswith(": Compare designs")


def test_who_is_worse_off_is_named_with_the_largest_loss_first() -> None:
    roles = ["provider", "provider", "commissioner", "side"]
    names = ["Trust", "Charity", "Council", "Together"]
    before = pd.DataFrame({"role": roles, "mean": [0.0, 0.0, 0.0, 0.0]}, index=names)
    after = before.assign(mean=[-2_000.0, -400.0, -30_000.0, -32_400.0])
    said = finding_words.worse_off(before, after)
    assert said.endswith("over the term: Council by £30k and Trust by £2k.")
    assert finding_words.worse_off(before, before).endswith("nobody.")


def test_the_smallest_provider_is_not_taken_for_the_smallest_sum() -> None:
    lambeth = presets.preset(presets.FIRST)
    session = Session("smallest", lambeth, None)
    session.draws = 1_024
    small = finding_words.smallest(lambeth)
    given = {one.partner: one for one in positions(session, lambeth)}
    stand = [replace(one, cells=tuple(replace(cell, slack=9e5) for cell in one.cells)) for one in given.values()]
    tight = next(i for i, one in enumerate(stand) if one.partner != small and one.cells)
    stand[tight] = replace(stand[tight], cells=tuple(replace(cell, slack=2e5) for cell in stand[tight].cells))
    told = unformatted(finding_words.stands(Found((), lambeth, 0.3, tuple(stand)), lambeth))
    assert (
        f"with £200k to spare for {stand[tight].partner}; {small}, the smallest provider, has £900k to spare." in told
    )
