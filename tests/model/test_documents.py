"""Scenario files: nothing is lost on the way, and whatever is wrong is said in one plain sentence."""

import copy
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.documents import Refused, from_document, from_json, to_document, to_json
from model.scenario import Scenario
from tests.model.build import commissioner, framework, kpi, providers, scenario, share, uncertain
from tests.model.strategies import anyhow, scenarios

HEALTHY: dict[str, Any] = to_document(
    scenario(
        providers=providers(0.6, 0.4),
        commissioners=(commissioner("City council", 0.7), commissioner("Health board", 0.3)),
        framework=framework(kpi("Recovered", weight=0.5), kpi("Waiting", weight=0.5)),
        risk_share=share(),
        uncertainty=uncertain(),
    )
)
HEALTHY["uncertainty"]["risks"] = [
    {"name": "Strike", "probability": 0.1, "impact": {"kind": "fixed", "value": 1.0}, "hits": ["A"], "included": True}
]
JARGON = re.compile(
    r"input should|value_error|type=|pydantic|validat|\bdict\b|\blist\[|\btuple\b|\bstr\b|\bfloat\b|\bint\b|NoneType"
    r"|(?-i:\bNone\b)|traceback|json_invalid|Invalid JSON|recursion|greater_than|literal|\bctx\b|https?:",
    re.IGNORECASE,
)
GONE = object()


def is_plain(sentence: str) -> bool:
    """One short sentence: a full stop last, and nothing that only a programmer understands."""
    whole = sentence.endswith(".") and not sentence.endswith("..") and "\n" not in sentence
    return whole and len(sentence) < 500 and not JARGON.search(sentence)


def refusal(text: str | bytes) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        from_json(text)
    sentences = tuple(problem.sentence for problem in caught.value.problems)
    assert str(caught.value) == sentences[0]
    return sentences


def put(document: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """A copy of the document with this value there, or with nothing there."""
    changed = copy.deepcopy(document)
    node: Any = changed
    for key in path[:-1]:
        node = node[key]
    if value is GONE:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return changed


MALFORMED: dict[str, tuple[str, Any, str]] = {
    "text for money": ("providers.0.baseline_cost", "lots", 'A › Baseline cost is "lots"; it must be a number.'),
    "pounds for a part": ("providers.0.fee_rate", "£4m", 'A › Fee is "£4m"; it must be a percentage, not pounds.'),
    "a part for pounds": (
        "providers.0.baseline_cost",
        "5%",
        'A › Baseline cost is "5%"; it must be in pounds, not a percentage.',
    ),
    "number for text": ("name", 3, "Name is 3; it must be a text."),
    "nothing for money": ("providers.0.baseline_cost", None, "A › Baseline cost is empty; it must be a number."),
    "true for money": ("providers.0.baseline_cost", True, "A › Baseline cost is true; it must be a number."),
    "list for group": ("term", [], "Term is []; it must be a group of entries."),
    "group for list": ("providers", {}, "Providers is {}; it must be a list."),
    "text for switch": ("uncertainty.risks.0.included", "yes", 'Strike › Included is "yes"; it must be true or false.'),
    "half years": ("term.years", 2.5, "Term › Years is 2.5; it must be a whole number."),
    "huge money": ("providers.0.baseline_cost", 1e308, "it must be at most £1,000,000,000,000."),
    "huge whole number": ("term.years", 10**400, "Term › Years"),
    "huge file version": ("schema_version", 10**400, "schema_version"),
    "huge percentage": ("providers.0.fee_rate", 10**400, "A › Fee"),
    "huge sum": ("providers.0.baseline_cost", 10**400, "A › Baseline cost"),
    "negative money": ("providers.0.baseline_cost", -5, "A › Baseline cost is -£5; it must be at least £0."),
    "fee of 130%": ("providers.0.fee_rate", 1.3, "A › Fee is 130%; it must be at most 50%."),
    "share of 130%": ("providers.0.gain_share", 1.3, "A › Share of gain is 130%; it must be at most 100%."),
    "shares of 110%": ("providers.0.gain_share", 0.7, "Providers' shares of gain add up to 110%, not 100%."),
    "contributions of 90%": (
        "commissioners.0.contribution",
        0.6,
        "Commissioners' contributions add up to 90%, not 100%.",
    ),
    "weights of 95%": (
        "framework.kras.0.kpis.0.weight",
        0.45,
        "KPI weights in 'Recover and stay well' add up to 95%, not 100%.",
    ),
    "levels out of order": (
        "framework.kras.0.kpis.0.levels.poor",
        -1,
        "from failure to gamebreaking, but poor (-1) does not follow failure (0).",
    ),
    "unknown entry": ("providers.0.mood", "good", "A › 'mood' is an unknown entry; check its spelling or remove it."),
    "unknown entry at the top": ("gainshare", 1, "'gainshare' is an unknown entry; check its spelling or remove it."),
    "endless unknown entry": ("x" * 5000, 1, "is an unknown entry"),
    "unknown entry over two lines": ("a\nb", 1, "is an unknown entry"),
    "missing entry": ("providers.0.fee_rate", GONE, "A › Fee is missing."),
    "no name": ("providers.0.name", GONE, "Providers, entry 1 › Name is missing."),
    "empty name": ("providers.0.name", " ", "is empty; it needs a text."),
    "endless name": ("name", "x" * 121, "Name is longer than 120 characters."),
    "duplicate partner": ("providers.1.name", "a", "The partner 'a' appears twice; each needs a name of its own."),
    "duplicate KPI": ("framework.kras.0.kpis.1.name", "Recovered", "The KPI 'Recovered' appears twice"),
    "no providers": ("providers", [], "Providers has 0 entries; it must have at least 1."),
    "no KPIs": ("framework.kras.0.kpis", [], "has 0 entries; it must have at least 1."),
    "too many commissioners": (
        "commissioners",
        HEALTHY["commissioners"] * 4,
        "Commissioners has 8 entries; it must have at most 6.",
    ),
    "unknown distribution": (
        "providers.0.cost_deviation",
        {"kind": "cauchy"},
        'A › Cost uncertainty is "cauchy"; it must be one of',
    ),
    "distribution without kind": (
        "providers.0.cost_deviation",
        {"value": 1},
        "A › Cost uncertainty needs a 'kind' that says which sort it is.",
    ),
    "distribution that is a number": ("providers.0.cost_deviation", 0.05, "A › Cost uncertainty"),
    "kind that is nothing": ("providers.0.cost_deviation", {"kind": None}, "A › Cost uncertainty"),
    "kind that is a list": ("providers.0.cost_deviation", {"kind": []}, "A › Cost uncertainty"),
    "distribution upside down": (
        "providers.0.cost_deviation",
        {"kind": "uniform", "low": 3, "high": 2},
        "A › Cost uncertainty: the lowest value (300%) must be below the highest (200%)",
    ),
    "a sum with points between thousands": (
        "providers.0.baseline_cost",
        "40.000",
        "it must be a number, with commas and not points between thousands.",
    ),
    "risk upside down, in pounds": (
        "uncertainty.risks.0",
        {
            "name": "Strike",
            "probability": 0.1,
            "impact_in": "pounds",
            "impact": {"kind": "pert", "low": 10_000, "likely": 5_000, "high": 200_000},
        },
        "the most likely value (£5,000) must lie between the lowest (£10,000) and the highest (£200,000)",
    ),
    "view upside down": (
        "providers.0.cost_deviation",
        {
            "kind": "pool",
            "views": [{"name": "V", "weight": 1, "view": {"kind": "uniform", "low": -0.05, "high": -0.12}}],
        },
        "the lowest value (-5%) must be below the highest (-12%)",
    ),
    "negative spread of costs": (
        "providers.0.cost_deviation",
        {"kind": "normal", "mean": 0, "sd": -0.05},
        "Standard deviation is -5%; it must be at least 0%.",
    ),
    "negative spread": (
        "framework.kras.0.kpis.0.deviation",
        {"kind": "normal", "mean": 0, "sd": -1},
        "Recovered › Uncertainty › Standard deviation is -1; it must be at least 0.",
    ),
    "few degrees of freedom": (
        "framework.kras.0.kpis.0.deviation",
        {"kind": "student_t", "centre": 0, "scale": 1, "df": 2},
        "it must be more than 2.",
    ),
    "unknown partner kind": ("providers.0.kind", "alien", "A › Kind is \"alien\"; it must be one of 'NHS trust'"),
    "risk that hits nobody": (
        "uncertainty.risks.0.hits",
        ["B", "Z"],
        "Risk 'Strike' hits 'Z', who is not a provider here.",
    ),
    "bands that overlap": (
        "risk_share.gain_bands",
        [{"up_to": 0.1, "share": 0.5}, {"up_to": 0.1, "share": 0.5}],
        "Gain band 2 ends at 10% of target cost, but it starts at 10%",
    ),
    "note about nothing": (
        "providers.0.sources",
        [{"field": "cost", "note": "?"}],
        "A: a source note is about 'cost', which is not an entry here.",
    ),
    "impossible correlations": (
        "uncertainty.correlations.cost_and_kpis",
        1,
        "These correlations cannot all hold at once",
    ),
    "wrong start": ("term.start", "July", 'Term › Starts is "July"; it must be a year and month such as 2018-07.'),
    "another file version": ("schema_version", 2, "The file's schema_version is 2; this program reads version 1."),
    "file version in words": (
        "schema_version",
        "1",
        'The file\'s schema_version is "1"; this program reads version 1.',
    ),
    "file version true": ("schema_version", True, "The file's schema_version is true; this program reads version 1."),
    "lone surrogate": ("name", "\ud800", ""),
    "lone surrogate in a key": ("\udfff", 1, ""),
    "nested too deeply": ("story", json.loads("[" * 300 + "]" * 300), ""),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_wrong_is_said_in_one_plain_sentence(name: str) -> None:
    path, value, sentence = MALFORMED[name]
    keys = tuple(int(key) if key.isdigit() else key for key in path.split("."))
    said = refusal(json.dumps(put(HEALTHY, keys, value)))
    assert all(is_plain(each) for each in said), said
    assert sentence in said[0]


FILES: dict[str, tuple[str | bytes, str]] = {
    "nothing": ("", "The file is empty."),
    "spaces": (" \n", "The file is empty."),
    "another program's": ('{"name": "app", "version": 3, "dependencies": {}}', "This is not a scenario: nothing in"),
    "an empty object": ("{}", "This is not a scenario: nothing in"),
    "not JSON": ("{name: Alliance}", "The file is not JSON: line 1, column 2"),
    "a cut file": (json.dumps(HEALTHY)[:-5], "The file is not JSON"),
    "a list": ("[]", "This is not a scenario: the file must hold one JSON object."),
    "a number": ("3", "This is not a scenario: the file must hold one JSON object."),
    "null": ("null", "This is not a scenario: the file must hold one JSON object."),
    "NaN": ('{"name": NaN}', "The file holds NaN; numbers must be finite."),
    "Infinity": ('{"name": [Infinity]}', "The file holds Infinity; numbers must be finite."),
    "-Infinity": ('{"name": -Infinity}', "The file holds -Infinity; numbers must be finite."),
    "1e999": (json.dumps(HEALTHY).replace("100000000.0", "1e999"), "finite"),
    "duplicate entry": ('{"name": "A", "name": "B"}', "The file gives 'name' twice in one place; which one is meant?"),
    "10 MB": ('{"name": "' + "x" * 10_000_000 + '"}', "1,000,000 bytes are read."),
    "deep lists": ("[" * 400_000, "The file is nested too deeply"),
    "deep objects": ('{"a":' * 100_000 + "1" + "}" * 100_000, "The file is nested too deeply"),
    "endless number": ('{"name": ' + "9" * 5000 + "}", "The file holds a number that cannot be read"),
    "not UTF-8": ('{"name": "Café"}'.encode("latin-1"), "The file is not text in UTF-8"),
    "UTF-16": (json.dumps(HEALTHY).encode("utf-16"), "The file is not text in UTF-8"),
    "an Excel file": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff\xfe", "The file is not text in UTF-8"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_scenario_is_refused_plainly(name: str) -> None:
    text, sentence = FILES[name]
    said = refusal(text)
    assert all(is_plain(each) for each in said), said
    assert sentence in said[0]
    assert len(said) == 1 or name == "1e999"  # of which each figure is named


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_document_with_a_number_that_is_none_is_refused_plainly(value: float) -> None:
    with pytest.raises(Refused) as caught:
        from_document(put(HEALTHY, ("providers", 0, "baseline_cost"), value))
    assert all(is_plain(problem.sentence) for problem in caught.value.problems)


def test_every_problem_is_reported_with_its_path() -> None:
    poor = ("framework", "kras", 0, "kpis", 1, "levels", "poor")
    document = put(put(HEALTHY, ("providers", 0, "fee_rate"), 1.3), poor, GONE)
    with pytest.raises(Refused) as caught:
        from_document(document)
    assert {problem.path: problem.sentence for problem in caught.value.problems} == {
        ("providers", 0, "fee_rate"): "A › Fee is 130%; it must be at most 50%.",
        poor: "Performance framework › Recover and stay well › Waiting › Levels › Poor is missing.",
    }  # fmt: skip


@settings(anyhow, max_examples=40)
@given(scenarios())
def test_nothing_is_lost_on_the_way_through_a_file(scenario: Scenario) -> None:
    text = to_json(scenario)
    assert from_json(text) == scenario
    assert from_json(text.encode()) == scenario
    assert from_json(text.encode("utf-8-sig")) == scenario
    assert to_json(from_json(text)) == text
    assert from_json(text).id == scenario.id


def test_a_file_says_nothing_about_empty_notes() -> None:
    assert "sources" not in to_json(scenario())


words = st.text(max_size=8).filter(lambda text: not JARGON.search(text))  # a refusal quotes what was typed
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words | st.sampled_from([10**400, "\ud800"]),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(st.sampled_from(["kind", "name", "value", "amount"]) | words, children, max_size=3)
    ),
    max_leaves=8,
)


def paths(node: Any, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a document."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [here, *(path for key, value in inside for path in paths(value, (*here, key)))]


PLACES = paths(HEALTHY)[1:]


@settings(anyhow, max_examples=400)
@given(st.sampled_from(PLACES), junk)
def test_junk_anywhere_is_refused_plainly_or_harmless(place: tuple[str | int, ...], value: Any) -> None:
    try:
        from_document(put(HEALTHY, place, value))
    except Refused as refused:
        assert all(is_plain(problem.sentence) for problem in refused.problems), refused.problems


@settings(anyhow, max_examples=200)
@given(st.text() | st.binary() | junk.map(json.dumps))
def test_junk_is_never_a_scenario(text: str | bytes) -> None:
    assert all(is_plain(each) for each in refusal(text))
