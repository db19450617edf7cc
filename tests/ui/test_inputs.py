"""Forms lose nothing: every field of a scenario can be reached on a page, and edits are undone as a whole."""

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data import presets
from model import names
from model.appetite import InPounds
from model.base import Value
from model.dependence import cost_of, kpi_of
from model.documents import from_document, to_document
from model.evidence import Distribution
from model.fields import Path, choices, element, kind_of
from model.scenario import Scenario
from ui import edits, entries, inputs, new_lines, units
from ui.session import STATE, Session

PAGES = ("overview", "baseline", "framework", "risk_share", "uncertainty", "acceptance")
NOT_TYPED = {"schema_version", "sources", "kind", "illustrative", "story", "expected_answer"}
"""Not typed on a page: what files and presets say of themselves; `kind` is chosen by its own selectbox."""


def test_a_new_kind_of_distribution_keeps_mean_and_spread() -> None:
    from model.distributions import Normal

    annotation = Distribution
    start = Normal(mean=0.02, sd=0.05).model_dump(mode="json")
    for kind in ("uniform", "triangular", "pert", "student_t", "lognormal", "beta", "three_points", "data", "pool"):
        member = next(m for m in choices(annotation) if kind_of(m) == kind)
        changed = member.model_validate(edits.as_kind(start, annotation, kind))
        assert changed.mean == pytest.approx(0.02, abs=1e-5)
        assert changed.sd == pytest.approx(0.05, abs=1e-5)


def test_a_renamed_provider_keeps_its_risks_and_a_removed_one_leaves_none_behind() -> None:
    document = {
        "providers": [{"name": "A"}, {"name": "B"}],
        "uncertainty": {"risks": [{"name": "R", "hits": ["A", "B"]}, {"name": "Only A", "hits": ["A"]}]},
    }
    assert edits.without(document, ("providers", 0))["uncertainty"]["risks"] == [{"name": "R", "hits": ["B"]}]
    assert names.renamed(document, ("providers", 0, "name"), "C")["uncertainty"]["risks"][0]["hits"] == ["C", "B"]


PAIR = {"one": "Cost: A", "other": "KPI: K", "correlation": 0.1}
NAMED = {
    "providers": [{"name": "A"}, {"name": "B"}],
    "framework": {"kras": [{"name": "Area", "kpis": [{"name": "K", "weight": 1.0}]}]},
    "uncertainty": {
        "risks": [{"name": "R", "hits": ["A"], "kpi_effects": [{"kpi": "K", "change": 1.0}]}],
        "correlations": {"pairs": [PAIR, {"one": "Late savings: A", "other": "Cost: B", "correlation": 0.2}]},
    },
}
KPI = ("framework", "kras", 0, "kpis", 0, "name")


def ends(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(pair["one"], pair["other"]) for pair in document["uncertainty"]["correlations"]["pairs"]]


def test_a_new_name_follows_into_pairs_and_effects() -> None:
    edited = names.renamed(names.renamed(NAMED, ("providers", 0, "name"), "C"), KPI, "L")
    assert ends(edited) == [("Cost: C", "KPI: L"), ("Late savings: C", "Cost: B")]
    assert edited["uncertainty"]["risks"][0]["kpi_effects"][0]["kpi"] == "L"


def test_a_name_typed_twice_by_mistake_loses_nothing() -> None:
    edited = names.renamed(names.renamed(NAMED, ("providers", 0, "name"), "B"), ("providers", 0, "name"), "C")
    assert ends(edited) == [("Cost: C", "KPI: K"), ("Late savings: C", "Cost: B")]
    assert edited["uncertainty"]["risks"][0]["hits"] == ["C"]


@pytest.mark.parametrize("path", [KPI[:-1], ("framework", "kras", 0)])
def test_a_removed_kpi_leaves_no_effect_and_no_pair_behind(path: Path) -> None:
    edited = edits.without(NAMED, path)
    assert ends(edited) == [("Late savings: A", "Cost: B")]
    assert not edited["uncertainty"]["risks"][0]["kpi_effects"]


def test_a_removed_provider_leaves_no_pair_behind() -> None:
    assert not ends(edits.without(NAMED, ("providers", 0)))


def test_a_distribution_becomes_the_first_of_several_views_and_a_further_one_is_low_likely_high() -> None:
    start = {"kind": "normal", "mean": 0.02, "sd": 0.05}
    pooled = edits.as_kind(start, Distribution, "pool")
    assert [view["view"] for view in pooled["views"]] == [start]
    assert new_lines.new_view(pooled["views"])["view"]["kind"] == "pert"


def test_figures_change_with_their_unit_whatever_their_kind() -> None:
    view = {"name": "A", "view": {"kind": "pert", "low": 0, "likely": 1000.0, "high": "abc", "shape": 4.0}}
    risk = {"hits": ["B"], "impact": {"kind": "pool", "views": [view]}}
    document = {"providers": [{"name": "A"}, {"name": "B"}], "uncertainty": {"risks": [risk]}}
    edited = units.changed(document, ("uncertainty", "risks", 0, "impact_in"), "% of planned cost", [1.0, 50_000.0])
    changed = edited["uncertainty"]["risks"][0]["impact"]["views"][0]["view"]
    assert changed == {"kind": "pert", "low": 0.0, "likely": 0.02, "high": "abc", "shape": 4.0}


@pytest.mark.parametrize("unit", ["", "%", "£"])
def test_a_list_of_numbers_is_read_back_as_it_is_shown(unit: str) -> None:
    values = [0.05, -1.5, 0.0, "41,2"]
    assert entries.read_list(entries.shown_list(values, unit), unit) == values


def test_a_new_band_goes_before_the_open_end_and_a_new_name_is_free() -> None:
    bands = {"bands": [{"up_to": 0.05, "share": 0.5}, {"up_to": None, "share": 0.2}]}
    ends = [band["up_to"] for band in new_lines.with_new(bands, ("bands",), new_lines.NEW_BAND)["bands"]]
    assert ends == [0.05, 0.07, None]
    names = {"risks": [{"name": "New risk"}]}
    assert new_lines.with_new(names, ("risks",), new_lines.NEW_RISK)["risks"][1]["name"] == "New risk 2"


def _fields(owner: type[Value], path: str = "") -> set[str]:
    """Every field of a scenario as 'owner.field', following lists and unions."""
    found: set[str] = set()
    for name, field in owner.model_fields.items():
        inner = [m for m in (*choices(field.annotation), *choices(element(field.annotation))) if isinstance(m, type)]
        values = [m for m in inner if issubclass(m, Value)]
        if name in NOT_TYPED:
            continue
        if values:
            for member in values:
                found |= _fields(member)
        else:
            found.add(f"{owner.__name__}.{name}")
    return found


def with_everything() -> Scenario:
    """The first preset with one of each thing that presets leave out."""
    document = to_document(presets.preset(presets.FIRST))
    one, other, third, fourth = document["providers"]
    one["cost_deviation"] = {"kind": "three_points", "p10": -0.05, "p50": 0.0, "p90": 0.06}
    other["cost_deviation"] = {"kind": "beta", "a": 2.0, "b": 3.0, "low": -0.1, "high": 0.2}
    third["cost_deviation"] = {"kind": "data", "values": [-0.02, -0.01, 0.0, 0.01, 0.03]}
    views = [{"name": who, "weight": 1.0, "view": {"kind": "normal", "mean": 0.0, "sd": 0.05}} for who in "AB"]
    fourth["cost_deviation"] = {"kind": "pool", "views": views}
    one["appetite"] = InPounds(loss=1e6).model_dump(mode="json")
    kpi = document["framework"]["kras"][0]["kpis"][0]
    unknown = document["uncertainty"]
    unknown["correlations"]["copula"] = {"kind": "t", "df": 5.0}
    pair = {"one": cost_of(one["name"]), "other": kpi_of(kpi["name"]), "correlation": 0.1}
    unknown["correlations"]["pairs"] = [pair]
    unknown["risks"][0]["kpi_effects"] = [{"kpi": kpi["name"], "change": -2.0}]
    unknown["risks"][0]["mitigation"] = new_lines.new_mitigation(unknown["risks"][0])
    return from_document(document)


def test_every_field_of_a_scenario_has_a_title_a_help_text_and_a_place_on_a_page() -> None:
    """Opens every tab of every page, collects the labels on it, and looks for each field's title."""
    seen: set[str] = set()
    for page in PAGES:
        app = AppTest.from_file("../../app.py", default_timeout=60).switch_page(f"pages/{page}.py").run()
        app.session_state[STATE].begin(with_everything())
        app.session_state["later-costs"] = True  # folded elsewhere
        app.run()
        for tab in [None, *_tabs(app)]:
            if tab is not None:
                app.session_state[tab[0]] = tab[1]
                app.run()
            assert not app.exception
            for kpi in [box.options for box in app.selectbox if box.label == "KPI"][0:1] or [[]]:
                for name in kpi:
                    next(box for box in app.selectbox if box.label == "KPI").select(name).run()
                    seen |= {str(box.label) for box in app.selectbox}
            for kind in ("text_input", "number_input", "selectbox", "toggle", "text_area", "multiselect", "slider"):
                seen |= {str(getattr(widget, "label", "")) for widget in app.get(kind)}
            seen |= {text.value.strip("*") for text in app.markdown}
    titles = {}
    for owner_field in sorted(_fields(Scenario)):
        owner, name = owner_field.split(".")
        field = _classes()[owner].model_fields[name]
        assert field.title and field.description, f"{owner_field} has no title or help"
        titles[owner_field] = field.title
    missing = [f for f, title in titles.items() if not any(label.startswith(title) for label in seen)]
    unused_kinds = {"Uniform", "Triangular", "LogNormal", "Fixed", "Pounds", "GateCorridor", "DeductibleCorridor"}
    unused_kinds |= {"CarryForward", "OneMinusModifier", "LowerOf", "InWords"}
    assert not [f for f in missing if f.split(".")[0] not in unused_kinds]


def _tabs(app: AppTest) -> list[tuple[str, str]]:
    keys = {
        "Costs and fees": "baseline-tabs",
        "One KPI": "framework-tabs",
        "Savings": "share-tabs",
        "Costs and savings": "uncertainty-tabs",
        "Who accepts": "acceptance-tabs",
    }
    labels = [str(getattr(tab, "label", "")) for tab in app.get("tab")]
    return [(keys[labels[0]], label) for label in labels[1:]] if labels else []


def _classes() -> dict[str, type[Value]]:
    found: dict[str, type[Value]] = {}
    todo = [Value]
    while todo:
        for child in todo.pop().__subclasses__():
            found[child.__name__] = child
            todo.append(child)
    return found


def test_what_is_left_takes_over_the_part_of_a_removed_line() -> None:
    kpis = {"kpis": [{"name": "A", "weight": 0.5}, {"name": "B", "weight": 0.3}, {"name": "C", "weight": 0.2}]}
    left = edits.without(kpis, ("kpis", 0))["kpis"]
    assert [line["weight"] for line in left] == [0.6, 0.4]


@pytest.mark.parametrize(
    ("before", "left"),
    [
        ((1.0, 0.7, 0.3), [0.7, 0.3]),
        ((1.0, 0.4, 0.2, 0.4), [0.4, 0.2, 0.4]),
        ((1.0, 0.7, 0.2), [0.7, 0.2]),
        ((0.1, 0.5, 0.3), [0.5, 0.3]),
        ((0.0, 0.6, 0.4), [0.6, 0.4]),
        ((1.0, 0.0, 0.0), [0.5, 0.5]),
        ((0.4, 0.4, 0.2), [0.666666667, 0.333333333]),
    ],
)
@pytest.mark.parametrize("of", [("commissioners", "contribution"), ("kpis", "weight"), ("providers", "gain_share")])
def test_what_is_left_is_scaled_only_where_it_made_100_per_cent_with_the_line_that_goes(
    before: tuple[float, ...], left: list[float], of: tuple[str, str]
) -> None:
    entries, part = of
    document = {entries: [{"name": str(i), part: value} for i, value in enumerate(before)]}
    assert [line[part] for line in edits.without(document, (entries, 0))[entries]] == left


def test_a_removed_line_whose_part_was_no_number_changes_no_other() -> None:
    kpis = {"kpis": [{"name": "A", "weight": "half"}, {"name": "B", "weight": 0.5}]}
    assert edits.without(kpis, ("kpis", 0))["kpis"] == [{"name": "B", "weight": 0.5}]


@pytest.mark.parametrize(
    ("text", "unit", "kept"),
    [
        *[("150%", "£", "150%"), ("£5", "%", "£5"), ("5%", "%", 0.05), ("£5k", "£", 5000.0), ("57%", "", 57.0)],
        *[("1/3", "%", 1 / 3), ("2 / 3", "%", 2 / 3), ("1/0", "%", "1/0"), ("1/3", "£", "1/3")],
        *[("1 in 20", "%", 0.05), ("1 IN 4", "%", 0.25), ("1 in 20", "£", "1 in 20")],
        *[
            ("40.000", "£", "40.000"),
            ("£1.250.000", "£", "£1.250.000"),
            ("40.00", "£", 40.0),
            ("1.250m", "£", 1_250_000.0),
        ],
    ],
)
def test_a_sum_in_percent_or_a_percentage_in_pounds_is_not_taken_for_a_number(
    text: str, unit: str, kept: float | str
) -> None:
    """It stays as it was typed, and is refused where it stands."""
    assert entries.read_back(text, unit) == kept


@pytest.mark.parametrize(
    ("entry", "value", "said"),
    [
        ("probability", 0.0005, "A chance of 0.05% is 1 in 2,000: did you mean 5%?"),
        ("loss_chance", 0.005, "A chance of 0.5% is 1 in 200: did you mean 50%?"),
        *[("reserve_chance", 0.01, ""), ("probability", 0.0, ""), ("probability", "x", "")],
        ("year_chance", 0.0005, "A chance of 0.05% is 1 in 2,000: did you mean 5%?"),
        ("fee_rate", 0.0005, "A fee of 0.05%: did you mean 5%?"),
        ("baseline_cost", 3.4, "A cost of £3.4 a year: did you mean £3.4m or £3.4k?"),
        *[("fee_rate", 0.005, ""), ("fee_rate", 0.0, ""), ("baseline_cost", 1_000.0, ""), ("baseline_cost", 0.0, "")],
    ],
)
def test_what_is_hardly_meant_so_small_is_asked_about(entry: str, value: float | str, said: str) -> None:
    assert entries.doubt(entry, value) == said


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("3 months", 3),
        ("Three months", 3),
        ("three months of running costs", 3),
        ("a month", 1),
        ("twelve months", 12),
        ("half a month", None),
        ("90 days", 12 * 90 / 365),
        ("six weeks", 12 * 6 / 52),
        ("1 year", 12),
        ("thirteen months", None),
    ],
)
def test_running_costs_of_so_long_are_read_as_people_write_them(text: str, months: float | None) -> None:
    kept = text if months is None else pytest.approx(months * 10_000.0, abs=0.01)
    assert entries.read_months(text, 10_000.0) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("April 2027", "2027-04"),
        ("apr 2027", "2027-04"),
        (" Sept. 2027 ", "2027-09"),
        ("04/2027", "2027-04"),
        ("2027/4", "2027-04"),
        ("2027-04", "2027-04"),
        ("spring 2027", "spring 2027"),
        ("2027", "2027"),
    ],
)
def test_a_month_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert entries.read_month(typed) == kept


@pytest.mark.parametrize(("text", "fee"), [("7", 0.08), ("9", 0.09)])
def test_an_input_whose_place_another_has_taken_is_edited_only_by_typing(
    text: str, fee: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another tab made 8% of 7%. What was on the screen before is heard of again: as it was made, or typed into."""
    session = Session("draft", presets.preset("lambeth-living-well"), None)
    path: Path = ("providers", 3, "fee_rate")
    made: dict[str, Any] = {}

    def make(label: str, value: Any, key: str, **more: Any) -> Any:
        made.update(more, key=key)
        return value

    monkeypatch.setattr(st, "text_input", make)
    inputs.field(session, path)
    session.document = edits.replaced(session.document, path, 0.08)
    session.renewed[path] = 1
    for module in ("ui.inputs", "ui.session"):
        monkeypatch.setattr(f"{module}.typed", lambda key: text if key == made["key"] else None)
    made["on_change"]()
    assert session.value(path) == fee


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.36871508, "36.87"),
        (1 / 3, "33.33"),
        (0.123456, "12.3456"),
        (0.5, "50"),
        (0.00012345678, "0.01235"),
        (None, ""),
    ],
)
def test_a_percentage_that_was_worked_out_is_short_in_its_field(value: float | None, text: str) -> None:
    assert entries.in_its_field(value, "%") == text


def test_an_edit_that_goes_on_from_one_that_changed_nothing_is_a_step_of_its_own() -> None:
    session = Session("goes-on", presets.preset("lambeth-living-well"), None)
    path: Path = ("providers", 3, "fee_rate")
    before = session.value(path)
    session.write(path, before)
    session.replace(edits.replaced(session.document, path, 0.08), on=True)
    assert (session.value(path), len(session.done)) == (0.08, 1)
    session.step(back=True)
    assert session.value(path) == before
