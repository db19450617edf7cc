"""The command line: what it prints, and that every refusal is one plain sentence."""

import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from data import presets
from model.__main__ import main
from model.cautions import cautions
from model.clauses import clauses
from model.distributions import Normal
from model.documents import LARGEST_FILE, from_document, to_document, to_json
from model.ledger import LINES
from model.scenario import Scenario
from model.version import VERSION
from tests.model.build import commissioner, framework, kpi, providers, scenario
from tests.model.test_documents import is_plain
from tests.model.test_search import LOSS, one_provider

PROJECT = Path(__file__).parents[2]
PRESETS = [presets.FOLDER / f"{name}.json" for name in presets.names()]
FILE = str(presets.FOLDER / "project-alliance.json")
STATISTICS = {"mean", "sd", "p5", "p50", "p95", "chance_of_gain", "chance_of_pain", "var95", "cvar95"}
OF_PARTNER = {"role", *STATISTICS, "standard_error", "largest_possible_loss", "largest_loss_in_one_year"}


class Answer(NamedTuple):
    code: int
    out: str
    err: str


def command(*arguments: str | Path) -> Answer:
    """What a command prints and returns; any exception but leaving fails the test."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as leaving:
            assert isinstance(leaving.code, int)
            code = leaving.code
    return Answer(code, out.getvalue(), err.getvalue())


def strict_json(text: str) -> Any:
    """Parsed, refusing NaN and Infinity."""

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    return json.loads(text, parse_constant=refuse)


def found(*arguments: str | Path) -> Any:
    answer = command(*arguments, "--json")
    assert (answer.code, answer.err) == (0, "")
    return strict_json(answer.out)


def alliance() -> Scenario:
    return scenario(
        years=2,
        providers=providers(0.6, 0.4),
        commissioners=(commissioner("City council", 0.7), commissioner("Health board", 0.3)),
        framework=framework(kpi("Recovered", weight=0.5), kpi("Waiting", weight=0.5)),
    )


def outturn(**changes: Any) -> dict[str, Any]:
    return {"years": [{"year": 1, "costs": {"A": 97e6, "B": 101e6}, "kpis": {"Recovered": 30}} | changes]}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A scenario and its outturn."""
    case, actual = tmp_path / "scenario.json", tmp_path / "outturn.json"
    case.write_text(to_json(alliance()), encoding="utf-8")
    actual.write_text(json.dumps(outturn()), encoding="utf-8")
    return case, actual


@pytest.mark.parametrize("file", PRESETS, ids=lambda file: file.stem)
def test_every_preset_runs_and_its_json_is_complete(file: Path) -> None:
    case = presets.preset(file.stem)
    answer = found("run", file, "--draws", "160")
    assert answer.keys() >= {"partners", "alliance", "years", "draws", "seed", "scenario_id", "version"}
    assert (answer["draws"], answer["seed"], answer["version"]) == (160, 2018, VERSION)
    assert answer["scenario_id"] == case.id
    names = [*(p.name for p in case.providers), *(c.name for c in case.commissioners)]
    assert list(answer["partners"]) == names
    assert answer["alliance"].keys() == {"providers", "commissioners", "mean_ops"}
    assert [year["year"] for year in answer["years"]] == list(case.term.labels())
    sides = {side: answer["alliance"][side] for side in ("providers", "commissioners")}
    for row in [*answer["partners"].values(), *sides.values()]:
        assert row.keys() >= OF_PARTNER
        assert all(isinstance(row[key], float) for key in (*STATISTICS, "standard_error"))
        assert row["largest_possible_loss"] == "uncapped" or row["largest_possible_loss"] >= 0
        assert row["p5"] <= row["p50"] <= row["p95"]
        assert row["chance_of_gain"] + row["chance_of_pain"] <= 1
        assert row["cvar95"] >= row["var95"] == -row["p5"]
    roles = [row["role"] for row in answer["partners"].values()]
    assert roles == ["provider"] * len(case.providers) + ["commissioner"] * len(case.commissioners)
    for year in answer["years"]:
        assert year["providers"].keys() >= STATISTICS
    means = [row["mean"] for row in answer["partners"].values() if row["role"] == "provider"]
    assert sum(means) == pytest.approx(sides["providers"]["mean"], abs=0.01)


@pytest.mark.parametrize("file", PRESETS, ids=lambda file: file.stem)
def test_every_preset_runs_as_a_table_and_is_valid(file: Path) -> None:
    case = presets.preset(file.stem)
    table = command("run", file, "--draws", "160")
    assert (table.code, table.err) == (0, "")
    in_words = [f"{about}: {text}" for about, text in clauses(case)]
    in_words += [f"Worth a second look: {sentence}" for sentence in cautions(case)]
    rows = table.out.splitlines()
    partners = 3 + len(case.providers) + len(case.commissioners) + 2
    assert rows[partners:] == ["The contract in words", *in_words]
    assert len({len(row) for row in rows[2:partners]}) == 1
    valid = command("validate", file)
    assert (valid.code, valid.err) == (0, "")
    first, *rest = valid.out.splitlines()
    assert first == f"'{case.name}' can be used: scenario {case.id}."
    assert rest == ["The contract in words", *in_words]


def test_the_same_seed_prints_the_same_bytes_and_another_seed_does_not() -> None:
    first, again, other = (command("run", FILE, "--draws", "200", "--json", "--seed", s) for s in ("7", "7", "8"))
    assert first == again
    assert strict_json(first.out)["partners"] != strict_json(other.out)["partners"]


@pytest.mark.parametrize("draws", [160, 161, 1000, 2049])
def test_any_number_of_draws_will_do(draws: int) -> None:
    answer = found("run", FILE, "--draws", str(draws))
    assert answer["draws"] == draws
    assert all(row["standard_error"] > 0 for row in answer["partners"].values())


STEP = re.compile(r"([\d,]+) futures: ± £([\d,]+)")


def unsure() -> Scenario:
    """Costs of £200m a year that lie 5% off: about £150,000 of error at the first step."""
    return alliance().edited(providers=providers(0.6, 0.4, cost_deviation=Normal(mean=0.0, sd=0.05)))


def test_a_run_goes_on_until_the_worst_1_in_20_is_known_well_enough(tmp_path: Path) -> None:
    file = tmp_path / "scenario.json"
    file.write_text(to_json(unsure()), encoding="utf-8")
    answer = command("run", file, "--until", "£1,500", "--json")
    told = [[int(figure.replace(",", "")) for figure in step] for step in STEP.findall(answer.err)]
    assert len(told) == len(answer.err.splitlines()) > 1
    assert [futures for futures, _ in told] == [16_384 * 2**i for i in range(len(told))]
    assert all(error > 1_500 for _, error in told[:-1])
    found = strict_json(answer.out)
    assert found["draws"] == told[-1][0]
    assert found["until"] == {"pounds": 1500.0, "standard_error": found["until"]["standard_error"], "reached": True}
    errors = [row["standard_errors"]["cvar95"] for row in found["partners"].values()]
    errors += [found["alliance"][side]["standard_errors"]["cvar95"] for side in ("providers", "commissioners")]
    assert max(errors) == pytest.approx(found["until"]["standard_error"]) and max(errors) <= 1_500
    plain = command("run", file, "--draws", str(found["draws"]), "--json")
    assert strict_json(plain.out)["partners"] == found["partners"]
    assert "until" not in strict_json(plain.out)


def test_a_run_in_words_says_the_precision_that_was_reached(tmp_path: Path) -> None:
    file = tmp_path / "scenario.json"
    file.write_text(to_json(unsure()), encoding="utf-8")
    reached = command("run", file, "--until", "1e6")
    assert reached.code == 0
    assert reached.out.splitlines()[2].startswith("The largest standard error of a worst 1-in-20 is £")
    assert reached.out.splitlines()[2].endswith("; at most £1,000,000 was asked")


def test_a_certain_alliance_is_known_at_once(files: tuple[Path, Path]) -> None:
    answer = command("run", files[0], "--until", "0.01", "--json")
    assert answer.err == "16,384 futures: ± £0\n"
    assert strict_json(answer.out)["until"] == {"pounds": 0.01, "standard_error": 0, "reached": True}


def test_settle_says_the_prices_of_a_year_that_are_not_as_planned(tmp_path: Path) -> None:
    case, actual = tmp_path / "scenario.json", tmp_path / "outturn.json"
    follows = alliance().edited(baseline=alliance().baseline.edited(reindexed=True))
    case.write_text(to_json(follows), encoding="utf-8")
    for prices, said in ((1.03, ", price index 1.03"), (1.0, "")):
        actual.write_text(json.dumps(outturn(prices=prices)), encoding="utf-8")
        assert command("settle", case, actual).out.splitlines()[0] == (
            f"Test alliance, 2018-19: performance score 25.00{said}"
        )
        (year,) = found("settle", case, actual)["years"]
        assert (year["prices"], year["target_cost"]) == (prices, pytest.approx(prices * 200e6))
    case.write_text(to_json(alliance()), encoding="utf-8")
    actual.write_text(json.dumps(outturn(prices=1.03)), encoding="utf-8")
    refused = command("settle", case, actual)
    assert is_refused(refused)
    assert "the target does not follow prices" in refused.err


def test_settle_prints_every_line_and_balances_to_a_penny(files: tuple[Path, Path]) -> None:
    answer = found("settle", *files)
    (year,) = answer["years"]
    lines = {line["line"]: line for line in year["lines"]}
    assert [(line["step"], line["line"]) for line in year["lines"]] == [(line.step, line.name) for line in LINES]
    assert {line["step"] for line in year["lines"]} == set(range(1, 14))
    gained = sum(lines["gain"]["amounts"].values()) + sum(lines["commissioners"]["amounts"].values())
    assert gained == pytest.approx(year["target_cost"] - year["actual_cost"], abs=0.01)
    assert lines["commissioners"]["amounts"].keys() == {"City council", "Health board"}
    text = command("settle", *files).out
    for line in LINES:
        assert line.title in text
    lines_of_the_year = text.split("The contract in words")[0].splitlines()
    assert len(lines_of_the_year) == 1 + sum(len(line.get("amounts", [0])) for line in year["lines"])


def test_validate_lists_every_problem(tmp_path: Path) -> None:
    document = to_document(alliance())
    document["providers"][0]["fee_rate"] = 1.3
    document["providers"][1]["baseline_cost"] = "lots"
    document["mood"] = "good"
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    answer = command("validate", file)
    sentences = [*answer.err.splitlines(), *answer.out.splitlines()]
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1
    assert len(sentences) == 3
    for words in ("A › Fee is 130%", 'B › Baseline cost is "lots"', "'mood' is an unknown entry"):
        assert any(words in sentence for sentence in sentences)


def test_the_schema_is_the_one_in_the_documentation_and_accepts_the_presets() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    answer = command("schema")
    schema = json.loads(answer.out)
    assert answer.code == 0
    assert schema == json.loads((PROJECT / "docs" / "scenario.schema.json").read_text(encoding="utf-8"))
    for file in PRESETS:
        jsonschema.validate(json.loads(file.read_text(encoding="utf-8")), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"name": "Nothing else"}, schema)


WRONG = {
    "no command": (),
    "unknown command": ("frobnicate",),
    "no file": ("run",),
    "no outturn": ("settle", FILE),
    "one file too many": ("run", FILE, FILE),
    "missing file": ("run", "no/such/file.json"),
    "folder for a file": ("validate", str(PROJECT)),
    "few draws": ("run", FILE, "--draws", "5"),
    "too many draws": ("run", FILE, "--draws", "9" * 30),
    "half draws": ("run", FILE, "--draws", "200.5"),
    "raised draws": ("run", FILE, "--draws", "²"),
    "no draws": ("run", FILE, "--draws"),
    "until nothing": ("run", FILE, "--until", "0"),
    "until less than nothing": ("run", FILE, "--until", "-5"),
    "until words": ("run", FILE, "--until", "precise"),
    "until no number": ("run", FILE, "--until", "nan"),
    "until without end": ("run", FILE, "--until", "inf"),
    "until more than there is": ("run", FILE, "--until", "1e99"),
    "until an empty sum": ("run", FILE, "--until", ""),
    "until without a sum": ("run", FILE, "--until"),
    "until and draws": ("run", FILE, "--until", "5000", "--draws", "200"),
    "until a settlement": ("settle", FILE, FILE, "--until", "5000"),
    "seed in words": ("run", FILE, "--seed", "x"),
    "negative seed": ("run", FILE, "--seed", "-1"),
    "unknown option": ("run", FILE, "--quick"),
    "nothing may vary": ("search", FILE),
    "no such term": ("search", FILE, "--vary", "Tea"),
    "ends in words": ("search", FILE, "--vary", "Corridor for savings=none..all"),
    "ends the wrong way round": ("search", FILE, "--vary", "Corridor for savings=0.1..0.05"),
    "more than a pound wanted": ("search", FILE, "--wanted", "101"),
    "another split": ("search", FILE, "--split", "tea"),
    "endless file name": ("run", "x" * 5000),
    "missing outturn": ("settle", FILE, "no/such/file.json"),
}
CONTENTS: dict[str, bytes] = {
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "10 MB": b" " * 10_000_000,
    "just too large": b"1" * (LARGEST_FILE + 1),
    "not JSON": b"{'name': 1}",
    "cut short": to_json(alliance()).encode()[:-40],
    "a list": b"[1, 2]",
    "nothing": b"null",
    "another object": b'{"years": 3}',
    "not a number": b'{"name": NaN}',
    "nested": b"[" * 100_000,
    "half a character": b'{"name": "\\ud800"}',
}


def is_refused(answer: Answer) -> bool:
    """Leaves with 2, nothing on standard output, one plain sentence on standard error."""
    sentence = answer.err.removesuffix("\n")
    return answer.code == 2 and answer.out == "" and answer.err == f"{sentence}\n" and sentence.endswith(".")


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_command_is_refused_in_one_sentence(arguments: tuple[str, ...]) -> None:
    answer = command(*arguments)
    assert is_refused(answer), answer
    assert "\n" not in answer.err[:-1]


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS.keys())
def test_a_wrong_file_is_refused_in_one_sentence(content: bytes, tmp_path: Path, files: tuple[Path, Path]) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_bytes(content)
    for arguments in (("run", wrong), ("settle", wrong, files[1]), ("settle", files[0], wrong)):
        answer = command(*arguments)
        assert is_refused(answer), answer
        assert is_plain(answer.err.removesuffix("\n")), answer.err


@pytest.mark.parametrize("size", [LARGEST_FILE + 1, 10_000_000])
def test_a_scenario_too_large_to_read_is_not_read_in_part(size: int, tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    file.write_text(to_json(alliance()).ljust(size), encoding="utf-8")
    answer = command("validate", file)
    assert is_refused(answer)
    assert f"at most {LARGEST_FILE:,}" in answer.err
    assert size == LARGEST_FILE + 1 or f"{LARGEST_FILE + 1:,}" not in answer.err  # not the size of this file


@pytest.mark.parametrize(("given", "counts"), [(None, "1"), ("2", "2")])
def test_matrix_products_leave_threads_to_the_model_unless_told_otherwise(given: str | None, counts: str) -> None:
    others = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    told = {} if given is None else {"OPENBLAS_NUM_THREADS": given}
    said = subprocess.check_output([sys.executable, "-c", THREADS], cwd=PROJECT, env=others | told, text=True)
    assert said.split()[0] == counts


THREADS = """
import os, sys
sys.addaudithook(lambda event, what: print(os.environ.get("OPENBLAS_NUM_THREADS")) if what[:1] == ("numpy",) else None)
import model.__main__
"""
"""Says how many threads matrix products are told to use when numpy is loaded."""


def run_python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "model", *arguments],
        cwd=PROJECT,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


def test_the_program_prints_what_the_function_prints() -> None:
    done = run_python("run", FILE, "--draws", "160", "--json", PYTHONIOENCODING="utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == command("run", FILE, "--draws", "160", "--json").out
    refused = run_python("run", "no/such/file.json")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.count(b"\n") == 1


def test_a_terminal_without_pound_signs_gets_figures_and_no_traceback() -> None:
    done = run_python("run", FILE, "--draws", "160", PYTHONIOENCODING="ascii")
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["Providers together", "commissioners  together"])
def test_no_partner_may_be_named_like_a_side_of_the_alliance(name: str, tmp_path: Path) -> None:
    document = to_document(alliance())
    document["commissioners"][0]["name"] = name
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    answer = command("run", file, "--draws", "160", "--json")
    assert is_refused(answer)
    assert name in answer.err


def test_the_scenario_from_scratch_in_the_documentation_settles_as_it_says(tmp_path: Path) -> None:
    page = (PROJECT / "docs" / "command-line.md").read_text(encoding="utf-8").split("## A scenario from scratch")[1]
    scratch, outturn = re.findall(r"```json\n(.*?)```", page, re.DOTALL)[:2]
    files = tmp_path / "scenario.json", tmp_path / "outturn.json"
    for file, text in zip(files, (scratch, outturn), strict=True):
        file.write_text(text, encoding="utf-8")
    printed = command("settle", *files).out
    shown = page.split("scenario.json outturn.json\n")[1].split("```")[0]
    for line in shown.splitlines():
        assert line in printed or line == "…"


def test_a_search_prints_designs_that_can_be_used_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(to_json(one_provider(0.6 * LOSS, 0.7 * LOSS)), "utf-8")
    arguments = ("search", file, "--vary", "Providers' share of overspends=0.1..0.9", "--draws", "512")
    printed = strict_json(command(*arguments, "--json").out)
    assert printed["frontier"]
    for design in printed["frontier"]:
        share = from_document(design["scenario"]).risk_share.pain_bands[0].share
        assert 0.1 <= share <= 0.9
        assert design["acceptable"]
        slacks = [test["slack"] for one in design["partners"].values() for test in one["tests"].values()]
        assert design["slack"] == min(slacks)
    in_words = command(*arguments).out
    assert in_words.count("Everyone would sign: ") == len(printed["frontier"])


def test_a_search_without_an_acceptable_design_says_what_would_open_the_door(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(to_json(one_provider(0.2 * LOSS, 0.2 * LOSS)), "utf-8")
    lines = command("search", file, "--vary", "Providers' share of overspends", "--draws", "512").out.splitlines()
    assert "No design was found that everyone would sign." in lines
    assert any(line.startswith("Would open the door: Community charity, worst, by £") for line in lines)
