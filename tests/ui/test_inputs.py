"""Forms lose nothing: every field of a scenario can be reached on a page, and edits are undone as a whole."""

import pytest
from streamlit.testing.v1 import AppTest

from model.base import Value
from model.fields import choices, element, kind_of
from model.scenario import Scenario
from ui import edits

PAGES = ("overview", "baseline", "framework", "risk_share", "uncertainty")
NOT_TYPED = {"schema_version", "sources", "kind", "illustrative", "story", "expected_answer"}
"""Not typed on a page: what files and presets say of themselves; `kind` is chosen by its own selectbox."""


def test_a_new_kind_of_distribution_keeps_mean_and_spread() -> None:
    from model.distributions import Normal
    from model.evidence import Distribution

    annotation = Distribution
    start = Normal(mean=0.02, sd=0.05).model_dump(mode="json")
    for kind in ("uniform", "triangular", "pert", "student_t", "lognormal", "normal"):
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
    assert edits.renamed(document, 0, "C")["uncertainty"]["risks"][0]["hits"] == ["C", "B"]


def test_a_new_band_goes_before_the_open_end_and_a_new_name_is_free() -> None:
    bands = {"bands": [{"up_to": 0.05, "share": 0.5}, {"up_to": None, "share": 0.2}]}
    ends = [band["up_to"] for band in edits.with_new(bands, ("bands",), edits.NEW_BAND)["bands"]]
    assert ends == [0.05, 0.07, None]
    names = {"risks": [{"name": "New risk"}]}
    assert edits.with_new(names, ("risks",), edits.NEW_RISK)["risks"][1]["name"] == "New risk 2"


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


def test_every_field_of_a_scenario_has_a_title_a_help_text_and_a_place_on_a_page() -> None:
    """Opens every tab of every page, collects the labels on it, and looks for each field's title."""
    seen: set[str] = set()
    for page in PAGES:
        app = AppTest.from_file("../../app.py", default_timeout=60).switch_page(f"pages/{page}.py").run()
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
    unused_kinds |= {"CarryForward", "OneMinusModifier", "LowerOf"}
    assert not [f for f in missing if f.split(".")[0] not in unused_kinds]


def _tabs(app: AppTest) -> list[tuple[str, str]]:
    keys = {
        "Costs and fees": "baseline-tabs",
        "One KPI": "framework-tabs",
        "Savings": "share-tabs",
        "Costs and savings": "uncertainty-tabs",
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


def test_a_removed_line_whose_part_was_no_number_changes_no_other() -> None:
    kpis = {"kpis": [{"name": "A", "weight": "half"}, {"name": "B", "weight": 0.5}]}
    assert edits.without(kpis, ("kpis", 0))["kpis"] == [{"name": "B", "weight": 0.5}]
