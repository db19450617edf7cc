"""The command line: python -m model run | settle | search | validate | schema."""

import argparse
import json
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

# Before numpy is loaded, which reads it once: `draw` and `workers` share work out over threads of their own, and those
# of matrix products would be in their way. Whoever has set another number keeps it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from model import report, search_report
from model.arguments import pence, pounds, whole_number
from model.base import as_pounds
from model.documents import LARGEST_FILE, Refused, from_json, parse
from model.looks import Problem
from model.looks import levers as levers_of
from model.outcome import Outcome
from model.outturn import actuals
from model.scenario import Scenario
from model.search import search
from model.simulate import DRAWS, FEWEST_DRAWS, MOST_DRAWS, SEED, simulate, until
from model.space import DesignSpace, Vary
from model.splits import splits
from model.version import VERSION
from model.workers import workers


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. 0: done; 2: refused, with one sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # a terminal that says it has no £ must not end in a traceback
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
    return 0


DRAWN: dict[str, Any] = {"type": whole_number(FEWEST_DRAWS, MOST_DRAWS), "default": DRAWS, "metavar": "N"}
SEEDED: dict[str, Any] = {"type": whole_number(0, 2**32 - 1), "default": SEED, "metavar": "S"}


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m model", description="Gainshare and painshare of an alliance contract.")
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    run = commands.add_parser("run", help="draw thousands of futures of a scenario and say what each partner gains")
    run.add_argument("file", help="a scenario, JSON")
    how_many = run.add_mutually_exclusive_group()
    how_many.add_argument(
        "--draws",
        **DRAWN,
        help=f"futures drawn ({DRAWS:,})",
    )
    how_many.add_argument(
        "--until",
        type=pounds,
        metavar="POUNDS",
        help="draw until the standard error of every worst 1-in-20 is at most this",
    )
    run.add_argument(
        "--seed",
        **SEEDED,
        help="same seed, same numbers (%(default)s)",
    )
    run.add_argument("--json", action="store_true", help="print JSON")
    run.set_defaults(command=_run)

    settle = commands.add_parser("settle", help="settle the actual figures of one or more years")
    settle.add_argument("file", help="a scenario, JSON")
    settle.add_argument("outturn", help="actual costs and KPI values, JSON")
    settle.add_argument("--json", action="store_true", help="print JSON")
    settle.set_defaults(command=_settle)

    _add_search(commands)

    validate = commands.add_parser("validate", help="say whether a scenario can be used, and if not, why")
    validate.add_argument("file", help="a scenario, JSON")
    validate.set_defaults(command=_validate)

    schema = commands.add_parser("schema", help="print the JSON Schema of a scenario")
    schema.set_defaults(command=_schema)
    return parser


def _add_search(commands: Any) -> None:
    found = commands.add_parser("search", help="look for designs that every partner accepts")
    found.add_argument("file", help="a scenario, JSON")
    found.add_argument(
        "--vary",
        action="append",
        default=[],
        metavar="TERM[=LOW..HIGH]",
        help="a term that may vary, in fractions or pounds; more than once for several; a wrong one lists them all",
    )
    found.add_argument("--split", choices=("gain", "pain"), action="append", default=[], help="may be any split")
    found.add_argument("--rules", action="store_true", help="try the ready ways to split")
    found.add_argument(
        "--wanted", type=pence, default=0.0, metavar="PENCE", help="of the next pound saved, for the providers"
    )
    found.add_argument(
        "--worsen", action="store_true", help="those that have not said what they accept may be worse off than now"
    )
    found.add_argument(
        "--draws",
        **DRAWN,
        help=f"futures drawn ({DRAWS:,})",
    )
    found.add_argument("--seed", **SEEDED, help="(%(default)s)")
    found.add_argument("--scheduler", default="", metavar="ADDRESS", help="of a Dask cluster, such as tcp://name:8786")
    found.add_argument("--json", action="store_true", help="print JSON")
    found.set_defaults(command=_search)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[0].upper()}{message[1:]}; see '{self.prog} --help'.\n")


def _read(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Refused.because(f"'{name}' cannot be read: {(error.strerror or 'unknown reason').lower()}") from None


def _run(options: argparse.Namespace) -> None:
    scenario = from_json(_read(options.file))
    if options.until is None:
        found = report.of_run(simulate(scenario, options.draws, options.seed), options.seed)
    else:
        found = _run_until(scenario, options.until, options.seed)
    if options.json:
        print(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False))
        return
    print(f"{scenario.name}: {found['draws']:,} futures, seed {found['seed']}, scenario {found['scenario_id']}")
    print("Gain (+) or pain (-) over the whole term, £; worst 1-in-20 is the average loss of the worst 5%")
    if "until" in found:
        print(report.precision_in_words(found["until"]))
    heading = ("partner", "mean", "s.e.", "P5", "P50", "P95", "pain", "worst 1-in-20")
    print(f"{heading[0]:<28}" + "".join(f"{word:>15}" for word in heading[1:]))
    both = {name: found["alliance"][name] for name in ("providers", "commissioners")}
    for name, row in {**found["partners"], **{f"All {name}": row for name, row in both.items()}}.items():
        money = (row["mean"], row["standard_error"], row["p5"], row["p50"], row["p95"])
        figures = [*(f"{value:,.0f}" for value in money), f"{row['chance_of_pain']:.1%}", f"{row['cvar95']:,.0f}"]
        print(f"{name[:27]:<28}" + "".join(f"{figure:>15}" for figure in figures))
    _print_contract(found)


def _run_until(scenario: Scenario, pounds: float, seed: int) -> dict[str, Any]:
    """The report once the worst 1-in-20 is known well enough; each step is told on standard error."""
    for draws, error in until(scenario, pounds, seed):
        print(f"{draws:,} futures: ± {as_pounds(round(error))}", file=sys.stderr, flush=True)
    return report.of_run(simulate(scenario, draws, seed), seed) | {"until": report.precision(pounds, error)}


def _search(options: argparse.Namespace) -> None:
    scenario = from_json(_read(options.file))
    levers = {lever.name: (lever.low, lever.high) for lever in levers_of(scenario, options.draws, options.seed)}
    terms = tuple(_vary(text, levers) for text in options.vary)
    rules = tuple(splits(scenario)) if options.rules else ()
    space = DesignSpace(terms, rules, tuple(dict.fromkeys(options.split)))
    problem = Problem(scenario, space, options.draws, options.seed, options.wanted, not options.worsen)
    outcome, lost = _followed(problem, options.scheduler)
    found = search_report.of_search(problem, outcome)
    if options.json:
        print(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print(*search_report.in_lines(found), sep="\n", flush=True)
    if lost is not None:
        raise lost


def _followed(problem: Problem, scheduler: str) -> tuple[Outcome, Refused | None]:
    """What a search has found, each step told on standard error; and why it ended early, if it did."""
    outcome = None
    try:
        with workers(scheduler) as executor:
            for outcome in search(problem, executor):
                print(f"{outcome.done:.0%}, {outcome.looked:,} designs", file=sys.stderr, flush=True)
    except Refused as refusal:
        if outcome is None:
            raise
        return outcome, refusal
    assert outcome is not None, "a search has at least one step"
    return outcome, None


def _vary(text: str, levers: dict[str, tuple[float, float]]) -> Vary:
    """A term and its ends; from end to end where none are named."""
    name, _, ends = text.partition("=")
    low, high = levers.get(name, (0.0, 1.0))
    if ends:
        try:
            low, high = (float(end) for end in ends.split(".."))
        except ValueError:
            raise Refused.because(f"'{text}' must end in two numbers, such as '{name}=0.2..0.5'") from None
    return Vary(name, low, high)


def _settle(options: argparse.Namespace) -> None:
    scenario = from_json(_read(options.file))
    found = report.of_settlement(scenario, actuals(scenario, parse(_read(options.outturn))))
    if options.json:
        print(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False))
        return
    for year in found["years"]:
        prices = "" if year["prices"] == 1 else f", price index {year['prices']:.10g}"
        print(f"{scenario.name}, {year['year']}: performance score {year['ops']:.2f}{prices}")
        for line in year["lines"]:
            amounts = line.get("amounts", {"": line.get("amount")})
            how = line["how"] if line.get("amounts") else {"": line["how"]}
            for owner, amount in amounts.items():
                title = f"{line['title']}: {owner}" if owner else line["title"]
                print(f"{line['step']:>3}  {title:<62}{round(amount, 2) + 0.0:>20,.2f}   {how[owner]}")
    _print_contract(found)


def _validate(options: argparse.Namespace) -> None:
    try:
        scenario = from_json(_read(options.file))
    except Refused as refusal:
        for problem in refusal.problems[1:]:
            print(problem.sentence)
        raise
    print(f"'{scenario.name}' can be used: scenario {scenario.id}.")
    _print_contract(report.contract_in_words(scenario))


def _print_contract(found: dict[str, Any]) -> None:
    """The contract in words, as every report ends with it."""
    print("The contract in words")
    for about, text in found["contract"].items():
        print(f"{about}: {text}")
    for sentence in found["cautions"]:
        print(f"Worth a second look: {sentence}")


def _schema(options: argparse.Namespace) -> None:
    print(json.dumps(Scenario.model_json_schema(), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
