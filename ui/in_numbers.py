"""Statistics as numbers for a spreadsheet: plain headings, of what time, and a file that is named after both."""

import re
from functools import partial

import pandas as pd
import streamlit as st

from data.audit.figures import LIMIT, STATISTICS
from data.draws import as_text
from model.choices import kind_name
from model.piles import Place
from model.statistics import PERCENTILES
from model.tables import TERM
from ui import show, unrevealed
from ui.format import slug
from ui.session import Session

ERROR, CHANGE = " s.e.", " change"
PART = "(0 to 1)"
"""What chances and parts are between, as a spreadsheet has them: 0.25 is 25%."""
WORST = STATISTICS["cvar95"][0].removesuffix(" (£)")
TITLES = {
    **{name: title if unit == "£" else f"{title} {PART}" for name, (title, unit) in STATISTICS.items()},
    "sd": "Standard deviation (£)",
    "p10": "1 in 10 is this or worse (P10, £)",
    "p90": "1 in 10 is this or better (P90, £)",
    "p25": "1 in 4 is this or worse (P25, £)",
    "p75": "1 in 4 is this or better (P75, £)",
    "chance_of_gain": f"Chance of gain {PART}",
    "var95": "Loss that 1 in 20 reach or exceed (VaR95, £)",
    "role": "Role",
    "kind": "Kind",
    "fee": "Fee (£)",
    "income": "Income (£)",
    "contract": "Contract: target cost and fee, or what is paid of them (£)",
    "reserves": "General reserves (£)",
    "loss_limit": LIMIT,
    "year_limit": "Largest loss in one year (£)",
    "limited_by": "What limits the loss",
    "of fee": f"{WORST}, part of fee {PART}",
    "of reserves": f"{WORST}, part of general reserves {PART}",
    "of contract": f"{WORST}, part of contract {PART}",
    "target_cost": "Target cost (£)",
    "mean_ops": "Mean performance score",
    "worst": "Mean of the worst 1 in 20 (£; a loss is negative)",
    "pain": f"Chance of pain {PART}",
    "verdict": "Would it sign?",
    "slack": "Slack of the tightest test (£)",
}
"""Headings by what the model calls the figures: those of the sheet 'Results' of a settled year's workbook, and more."""
PLACES = {f"{name} {part}" for name in PERCENTILES for part in Place._fields}
"""What only sentences need."""
OVER_TIME = ("fee", "income", "contract", "loss_limit")
"""Figures that are added up over the years looked at."""
COPY = "Or copy the numbers with their headings, at the right of this box, and paste them into a spreadsheet:"


def lasting(session: Session) -> str:
    """'whole term, 4 years' or '2018-19', by the period looked at."""
    years = len(session.scenario.term.labels())
    return f"{TERM.lower()}, {years} year{'s' * (years > 1)}" if session.period == TERM else session.period


def titled(table: pd.DataFrame, time: str = "") -> pd.DataFrame:
    """A table of statistics under plain headings; figures that add up over `time` say so.

    A loss without limit, and a kind, are words; who has stated no income has none.
    """
    found = (
        table[_order([name for name in table if name not in PLACES])]
        .round(4)
        .rename_axis(index=lambda name: _axis(str(name or ""), time))
    )
    for name in {"loss_limit", "year_limit"} & {*found}:
        found[name] = found[name].astype(object).where(found[name] != float("inf"), "no limit")
    if "kind" in found:
        found["kind"] = [kind_name(kind) if isinstance(kind, str) and kind else "" for kind in found["kind"]]
    if "income" in found:
        found["income"] = found["income"].where(found["income"] != 0)
    return found.rename(columns=lambda name: _title(str(name), time))


def _order(names: list[str]) -> list[str]:
    """The main statistics first, in the order of the workbook's sheet, then the others, then standard errors."""
    if not {*STATISTICS} <= {*names}:
        return names
    return sorted([*STATISTICS, *(name for name in names if name not in STATISTICS)], key=lambda n: n.endswith(ERROR))


def _axis(name: str, time: str) -> str:
    """'Partner: gain (+) or pain (-), whole term, 4 years', as figures are copied without the name of their table."""
    said = name.capitalize()
    return f"{said}: gain (+) or pain (-), {time}" if time and name == "partner" else said


def _title(name: str, time: str) -> str:
    """'± standard error of Mean (£)' for 'mean s.e.'; 'Providers: Mean (£)' for 'providers mean'."""
    if name.endswith(ERROR):
        return f"± standard error of {_title(name.removesuffix(ERROR), time)}"
    if name.endswith(CHANGE):
        return f"{_title(name.removesuffix(CHANGE), time)}, change from the first design"
    side, _, statistic = name.partition(" ")
    if side in ("providers", "commissioners") and statistic in TITLES:
        return f"{side.capitalize()}: {TITLES[statistic]}"
    title = TITLES.get(name, name)
    return re.sub(r" \(", f", {time} (", title, count=1) if time and name in OVER_TIME else title


def percentiles(table: pd.DataFrame) -> pd.DataFrame:
    """A table with a column for each percentile, such as '5' or 'p5', under plain headings without a unit."""
    return table.rename(columns=lambda name: TITLES[f"p{str(name).removeprefix('p')}"].replace(", £)", ")"))


def by_saving(curve: pd.DataFrame) -> pd.DataFrame:
    """The figures of a share curve under headings that say their units; off `curves.readable`."""
    numbers = show.rounded(curve).set_axis((100 * curve.index).round(4)).rename(columns=lambda name: f"{name} (£)")
    return numbers.rename_axis("Saving (+) or overspend (-), % of target cost")


def called(session: Session, label: str, time: str) -> str:
    """What a file of such a table is called, but for '.csv'."""
    mark = unrevealed.MARK if session.apart else ""
    return "-".join(slug(part) for part in (session.scenario.name, label, time, mark) if part)


def to_read(session: Session, shown: pd.DataFrame, table: pd.DataFrame, key: str, label: str) -> None:
    """A folded table of statistics of the period looked at, written for reading; its file holds the numbers."""
    time = lasting(session)
    name = called(session, "every partner in figures", time)
    show.figures(shown, key, label, name=name, file=partial(titled, table, time))


def figures(session: Session, table: pd.DataFrame, key: str, label: str, time: str = "") -> None:
    """A folded table of statistics, of the time that it covers, as a file and as a text to copy."""
    made, name = partial(titled, table, time), called(session, label, time)
    place = show.figures(made, key, f"{label}: {time}" if time else label, name=name)
    if place.open:
        with place:
            st.markdown(f":small[{COPY}]")
            st.code(as_text(made()).to_csv(sep="\t"), language=None, height=90)
