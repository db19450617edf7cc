"""The page on partners' gain and pain: every partner in figures, and what they were."""

import re

from streamlit.testing.v1 import AppTest

from model.paths import yearly
from model.simulate import simulate
from model.tables import anyone, partners, together
from tests.model.build import scenario
from tests.pages.test_pages import opened
from ui import bodies, panels
from ui.format import chance, money, signed
from ui.results import outcomes, results, scores
from ui.session import STATE


def figures(app: AppTest) -> str:
    return " ".join(app.run().table[0].value.to_numpy().ravel())


def test_a_figure_that_changed_has_what_it_was_beside_it_and_one_that_did_not_has_none() -> None:
    app = opened("partners.py")
    assert "was" not in figures(app)
    session = app.session_state[STATE]
    session.write(("providers", 0, "reserves"), 2 * session.scenario.providers[0].reserves)
    table = app.run().table[0].value
    beside = table["… % of reserves"].str.contains("was")
    assert list(beside[beside].index) == ["Mental health trust", "Providers together"]
    assert "was" not in " ".join(table["Mean"])
    session.write(("risk_share", "pain_bands", 0, "share"), 0.2)
    cell = app.run().table[0].value.loc["Recovery charity", "Worst 1 in 20, average loss"]
    assert ":small[was\u00a0£317k]" in cell


def test_the_alliance_in_all_has_what_both_sides_have_and_that_is_targets_less_costs() -> None:
    app = opened("partners.py")
    session = app.session_state[STATE]
    app.run()
    table = app.table[0].value
    assert table.index[-1] == "The alliance in all"
    found, drawn = partners(results(session)), outcomes(session)
    sides = found.loc[["Providers together", "Commissioners together"], "mean"].sum()
    assert table.loc["The alliance in all", "Mean"].replace("\u2060", "").split(" ±")[0] == signed(sides)
    saved = session.scenario.target_cost().sum() - drawn.costs.sum(axis=(0, 1)).mean()
    assert abs(sides - saved) < 1
    session.write(("risk_share", "pain_bands", 0, "share"), 0.2)
    assert "was" not in app.run().table[0].value.loc["The alliance in all", "Mean"]


def test_a_loss_is_set_against_contract_income_too() -> None:
    found = partners(simulate(scenario(), 160))
    one = scenario()
    first = one.providers[0].name
    income = float((one.target_cost() + one.fee())[:, 0].sum())
    assert found.loc[first, "contract"] == income
    assert found.loc[first, "of contract"] == found.loc[first, "cvar95"] / income
    assert found.loc["Commissioners together", "contract"] == found.loc["Providers together", "contract"]


def test_who_is_not_in_the_saved_design_was_nothing() -> None:
    now = partners(simulate(scenario(), 160))
    other = now.assign(mean=now["mean"] + 1e6)
    first = now.index[0]
    shown = panels.partner_figures(now, other.drop(index=first))["Mean"]
    assert "was" not in shown[first]
    assert shown.drop(index=first).str.contains("was").all()


def test_partners_that_are_one_body_are_added_up_where_two_are_chosen() -> None:
    app = opened("partners.py")
    box = next(one for one in app.multiselect if one.label == "Add up partners that are one body")
    lead = "Council and Mental health trust together have"
    assert not any(text.value.startswith(lead) for text in app.markdown)
    box.set_value(["Council", "Mental health trust"])
    said = next(text.value for text in app.run().markdown if text.value.startswith(lead))
    assert "being worse off than at target cost" in said


def test_the_year_that_is_worst_for_partners_that_are_one_body_is_named_with_its_figure() -> None:
    app = opened("partners.py")
    app.session_state[STATE].draws = 1_024
    some = ("Council", "Adult social care")
    box = next(one for one in app.run().multiselect if one.label == "Add up partners that are one body")
    box.set_value([*some]).run()
    session = app.session_state[STATE]
    labels = session.scenario.term.labels()
    costs = {one: together(results(session, label=one), some, one).iloc[0]["cvar95"] for one in labels}
    worst = max(labels, key=costs.__getitem__)
    said = next(text.value for text in app.markdown if text.value.startswith("The worst year for Council and"))
    lead = f"The worst year for Council and Adult social care together is **{worst}**: the worst 1 in 20 costs them "
    assert said.startswith(f"{lead}{money(costs[worst])} on average")
    alone = {one: partners(results(session, label=one), one).loc["Council", "cvar95"] for one in labels}
    assert max(labels, key=alone.__getitem__) != worst
    app.session_state["table-one-body-years"] = True
    every = next(one.value for one in app.run().dataframe if "Worst 1 in 20, average loss (£)" in one.value)
    assert every["Worst 1 in 20, average loss (£)"].tolist() == [round(cost) for cost in costs.values()]


def test_the_chance_of_more_than_a_typed_sum_is_told_of_each_partner_that_is_shown() -> None:
    app = opened("partners.py")

    def typed(text: str) -> AppTest:
        return next(one for one in app.text_input if one.label == "More than (£)").set_value(text).run()

    table = typed("0").table[-1].value
    pain = app.table[0].value["Chance of pain"]
    assert table["Loses more than £0 over the whole term"].tolist() == pain.loc[table.index].tolist()
    more = typed("£40k").table[-1].value.loc["Recovery charity", "Loses more than £40k over the whole term"]
    assert 0 < int(more.strip("%")) < int(pain["Recovery charity"].strip("%"))
    typed("a lot")
    assert any("Type a sum in pounds" in text.value for text in app.markdown)


def test_a_loss_in_at_least_one_year_is_told_beside_that_over_the_term() -> None:
    """A good year makes up for a bad one over the term, and not for whoever asks of one year."""
    app = opened("partners.py")
    next(one for one in app.text_input if one.label == "More than (£)").set_value("20k").run()
    told = app.table[-1].value["Loses more than £20k in at least one year"]
    drawn = outcomes(app.session_state[STATE])
    years = yearly(app.session_state[STATE].scenario, drawn, scores(app.session_state[STATE]), 1)
    assert told.iloc[1].split(" ±")[0] == chance(float((years < -20_000).any(axis=0).mean()))
    session = app.session_state[STATE]
    session.period = session.scenario.term.labels()[2]
    session.refresh()
    assert list(app.run().table[-1].value) == [
        f"{verb} more than £20k in {session.period}" for verb in ("Loses", "Gains")
    ]


def test_the_chance_that_any_provider_has_pain_stands_beside_that_of_all_together() -> None:
    """The question of a room is whether anyone loses; together, the gain of one makes up for the pain of another."""
    app = opened("partners.py")
    session = app.session_state[STATE]
    session.write(("risk_share", "pain_allocation"), {"kind": "equal"})
    for period in (session.period, session.scenario.term.labels()[2]):
        session.period = period
        session.refresh()
        found = anyone(results(session), period)["chance_of_pain"]
        said = " ".join(text.value for text in app.run().markdown)
        assert f"At least one provider has pain in {chance(found['At least one provider'])} of futures." in said
        assert "Providers together have" in said
        cells = app.table[0].value.loc[found.index, "Chance of pain"]
        assert [one.split(" ")[0].replace("\u2060", "") for one in cells] == [chance(one) for one in found]
        alone = partners(results(session), period)["chance_of_pain"]
        assert found["At least one provider"] >= alone.iloc[:4].max()


def test_one_provider_alone_has_no_others() -> None:
    session = opened("partners.py").session_state[STATE]
    session.begin(scenario())
    assert bodies.any_provider(session, session.period) == ""


def test_dots_are_of_the_same_kinds_on_every_scale() -> None:
    app = opened("partners.py")
    app.session_state["who-partners"] = "Everybody"

    def kinds(scale: str) -> list[str]:
        app.session_state["scale-partners"] = scale
        dots = next(one.proto.body for one in app.run().get("html") if "dots-field" in one.proto.body)
        return re.findall(r'<i class="(pain|gain|neither)" title', dots)

    assert len(kinds("£")) >= 50 and kinds("£") == kinds("% of reserves")
