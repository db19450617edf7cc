"""A settled year on a page: its waterfall, what each partner gets and why, and every line of the ledger."""

import pandas as pd
import streamlit as st

from model import score_words, walk
from model.base import PENNY
from model.clauses import clauses, order
from model.futures import Future
from model.pennies import whole
from ui import accounts, charts, frame, own_services, pictures, show, year_words
from ui.format import MINUS, measured, percent, unbroken
from ui.range_words import literal
from ui.session import Session


def year(session: Session, future: Future, label: str, key: str, saved: Future | None = None) -> None:
    """Everything about one settled year, from cost to payment; `saved`: the same by the starting design."""
    steps = walk.waterfall(future)
    if steps.abs().max() >= PENNY:
        figure = pictures.walk(steps, frame.ink(), walk.waterfall(saved) if saved else None)
        why = year_words.waterfall(future, steps)
        show.chart(figure, why, show.rounded(steps.to_frame("pounds"), 2), f"{key}-walk", "£")
    else:
        st.markdown(year_words.waterfall(future, steps))
    shares = walk.shares(future)
    if carried := accounts.balance(future, label):
        st.markdown(carried)
    st.subheader("What each partner pays or receives, and why")
    said, picture = frame.beside(430)
    with said:
        st.markdown(unbroken("\n".join(f"- {line}" for line in _partners(future, shares))))
        own_services.ways(session)
    with picture:
        figure = charts.amounts(shares["gain"], frame.ink())
        show.chart(figure, accounts.by_partner(shares["gain"]), show.rounded(shares, 2), f"{key}-shares", "£")
    cash = walk.cash(future)
    st.markdown(accounts.payers(cash))
    shown = cash.map(lambda value: pounds(value) if abs(value) >= PENNY else "–").rename(columns=CASH)
    show.table(shown.rename_axis("Partner"))
    st.subheader("Line by line")
    lines = walk.lines(future)
    alone = lines["partner"] == ""
    st.table(_written(lines[alone], ["step", "line", "how", "pounds"]), hide_index=True)
    st.markdown("From step 10 on, each partner has its own lines, in whole pennies that add up as they stand:")
    show.table(_across(lines[~alone]), hide_index=True)
    about = "How each partner's lines come about"
    with st.expander(about, icon=":material/groups:", key=f"{key}-lines", on_change="rerun") as place:
        if place.open:
            st.table(_written(lines[~alone], ["step", "line", "partner", "how", "pounds"]), hide_index=True)
    show.figures(lines.round(2), f"{key}-ledger", "The whole ledger, to download")
    with st.expander("The contract in words", icon=":material/description:"):
        st.markdown(accounts.contract(clauses(future.scenario), ()))
        st.markdown(order(future.scenario))
    kpis = walk.kpis(future)
    if not kpis.empty:
        st.subheader("How the performance score came about")
        st.markdown(f"{accounts.score(future)} {accounts.failed(future)}")
        st.markdown(literal(" ".join(score_words.rules([*future.scenario.framework.kpis()]))))
        st.table(_scored(kpis), hide_index=True)


def _partners(future: Future, shares: pd.DataFrame) -> list[str]:
    """What each partner pays or receives; of a council, that its own services are beside it."""
    said = zip(shares.index, accounts.partners(shares, walk.made(future)), strict=True)
    return [f"{line} {own_services.in_a_year(future.scenario, str(n), shares['gain'])}".strip() for n, line in said]


CASH = {
    "costs": "Direct costs (£)",
    "fee": "Fee (£)",
    "limb3": "Gainshare or painshare (£)",
    "own": "Outside the pool (£)",
    "paid": "Is paid, or pays (£)",
}
TITLES = {"step": "Step", "line": "Line", "partner": "Partner", "how": "How it comes about", "pounds": "£"}


def _written(lines: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    shown = lines[names].copy()
    shown["pounds"] = [pounds(value) for value in shown["pounds"]]
    if "partner" in shown:
        shown["partner"] = shown["partner"].map(literal)
    return shown.rename(columns=TITLES)


def _across(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines down, partners across."""
    wide = lines.pivot_table(index=["step", "line"], columns="partner", values="pounds", sort=False)
    wide = wide[list(dict.fromkeys(lines["partner"]))].map(lambda value: "–" if pd.isna(value) else pounds(value))
    return wide.reset_index().rename(columns=TITLES)


def pounds(value: float) -> str:
    """To the penny, without a sign for pounds: for columns of money."""
    return f"{whole(value) / 100:,.2f}".replace("-", MINUS)


def _points(score: float, decimals: int) -> str:
    """With its sign, and none before what rounds to nothing."""
    return f"{round(score, decimals) + 0.0:+.{decimals}f}".replace("-", MINUS)


def _scored(kpis: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "KPI": kpis.index.map(literal),
            "Value": [
                "no data" if pd.isna(value) else measured(float(f"{value:.4g}"), unit)
                for value, unit in zip(kpis["value"], kpis["unit"], strict=True)
            ],
            TITLES["how"]: kpis["how"].map(literal),
            "Score": ["–" if pd.isna(score) else _points(score, 1) for score in kpis["score"]],
            "Weight": [percent(weight) for weight in kpis["weight"]],
            "Adds to the score": [_points(points, 2) for points in kpis["points"]],
            "Gate": [state or "–" for state in kpis["gate"]],
        }
    )
