"""The form for what a partner accepts: a word, or pounds and chances, beside its own yardstick."""

from functools import partial

import pandas as pd
import streamlit as st

from model import stood
from model.acceptance import Position
from model.appetite import in_pounds
from model.fields import Path, field_at
from model.partners import Commissioner, Provider
from ui import edits, inputs, left_over, panels, paste, regardless_words, registers, stood_words, ways
from ui.entries import read_months
from ui.format import brief, exact, money, part_of, percent, unbroken
from ui.session import Session, no_edit, typed

KINDS = {"words": "In one word", "pounds": "In pounds and chances", "none": "Nothing asked"}
PAIRS = (
    ("loss", "loss_chance"),
    ("year_loss", "year_chance"),
    ("reserve_minimum", "reserve_chance"),
    ("worst", "tolerance"),
)
OVER = {
    "loss": "Loss that must stay unlikely, {over} (£)",
    "worst": "Worst 1 in 20, average at most, {over} (£)",
    "reserve_minimum": "Reserves not below, at any year's end (£)",
}
"""Labels that say of what time a sum is."""
TAKEN_OVER = (
    "Pounds are over the whole term, but for what may be lost in one year. What a word came to stands here until you "
    "change it: empty what your board has not said, and that test is not asked."
)
BY_WORD = (
    f"*{KINDS['pounds']}* takes over what the word comes to, to be changed, and has room for what may be lost in "
    "one year: no word stands for that."
)
UNWEIGHED = (
    ":material/info: No risk tolerance: whether joining is worth more than staying out is not asked. It may accept "
    "although staying out would bring it more; *Should we join?* says so."
)
PLANNED = "its planned surplus over the term"


def form(session: Session, found: tuple[Position, ...]) -> None:
    """One partner's appetite, what it comes to, and what staying out would bring."""
    owners: list[Path] = [
        (side, i) for side in ("providers", "commissioners") for i in range(len(session.value((side,)) or []))
    ]
    names = [str(session.value((*owner, "name"))) for owner in owners]
    i = names.index(panels.whose(session, "Whose appetite", names, "appetite-of"))
    of(session, owners[i], i, found if len(found) == len(owners) else ())
    paste.table(session, registers.limits(session))


def of(session: Session, owner: Path, i: int, found: tuple[Position, ...]) -> None:
    """The appetite of one partner, the i-th; what it comes to where the scenario with it is valid."""
    whole = session.scenario
    partners: list[Provider | Commissioner] = [*whole.providers, *whole.commissioners]
    partner, position = (partners[i], found[i]) if len(partners) == len(found) else (None, None)
    if partner and position:
        st.markdown(_measured_by(partner, position))
        _to_yardstick(session, partner, position)
    _appetite(session, (*owner, "appetite"), partner, position)
    with st.container():  # always there, so that inputs below keep their places
        for said in regardless_words.broken(position) if position else []:
            st.markdown(f":small[:material/info: {unbroken(said)}]")
    inputs.entry(session, (*owner, "outside"))


def _appetite(session: Session, path: Path, partner: Provider | Commissioner | None, position: Position | None) -> None:
    """How it is stated, the entries of that kind, and what they come to."""
    _kind(session, path, position)
    kind = session.value((*path, "kind"))
    if kind == "words":
        inputs.group(session, path, ["word"], columns=3)
    for pair in PAIRS if kind == "pounds" else ():
        _pair(session, path, pair, partner)
    if kind == "pounds":
        without = "" if session.value((*path, "tolerance")) is not None else f"\n\n{UNWEIGHED}"
        st.markdown(f":small[{TAKEN_OVER}]{without}")
        left_over.part(session, path, partner, position)
    inputs.problems(session, path)
    if partner and position and position.cells:
        st.table(limits(partner, position), hide_index=True)


def _pair(session: Session, path: Path, pair: tuple[str, str], partner: Provider | Commissioner | None) -> None:
    """A sum and its chance side by side; the label of a sum says over how many years."""
    years = len(session.scenario.term.labels())
    over = f"over the {years} years" if years > 1 else "over the year"
    month = partner.income / 12 if isinstance(partner, Provider) and "reserve_minimum" in pair else 0.0
    for place, name in zip(st.columns(3, vertical_alignment="bottom"), pair, strict=False):
        said = OVER.get(name, "").format(over=over)
        read = partial(read_months, month=month) if month and name == "reserve_minimum" else None
        with place:
            inputs.entry(session, (*path, name), label=said, read=read)
    if month:
        said = f"A month of running costs is {exact(round(month))}"
        st.markdown(f":small[{said}. *3 months* may be typed for so many, or *90 days*.]")
    for name in pair:
        inputs.problems(session, (*path, name), inside=True)


def _kind(session: Session, path: Path, position: Position | None) -> None:
    """Chooses how the appetite is stated; pounds start from what the word comes to."""
    node = session.value(path) or {}
    key = inputs.key_of(session, (*path, "kind"))

    def chosen() -> None:
        now = (session.value(path) or {}).get("kind")
        if no_edit(key, inputs.key_of(session, (*path, "kind")), node.get("kind"), now):
            return
        if node.get("kind") == "words" and typed(key) == "pounds" and position:
            new = in_pounds(position.limits).model_dump(mode="json")
        else:
            new = edits.as_kind(node, field_at(session.document, path).annotation, typed(key))
        session.write(path, stood.begun(new) if typed(key) == "pounds" else new)
        session.refresh()

    st.segmented_control(
        "Stated",
        list(KINDS),
        default=node.get("kind"),
        key=key,
        format_func=lambda kind: KINDS[kind],
        required=True,
        on_change=chosen,
        disabled=not session.may(path),
    )
    if node.get("kind") == "words":
        st.markdown(f":small[{BY_WORD}]")


def _measured_by(partner: Provider | Commissioner, position: Position) -> str:
    """The yardstick of its kind, in pounds and in natural units."""
    yardstick = position.yardstick
    if not yardstick.entered:
        return (
            "It has no fee, income or reserves to measure a loss by: enter them under *Baseline and fees*, or pounds."
        )
    months = _months(partner, yardstick.pounds)
    more = f", {months}" if months else ", 1% of its income" if _name(partner, position) == PLANNED else ""
    more = more if yardstick.pounds else ", so that any loss is too much"
    return f"A loss is measured against {_name(partner, position)}: {exact(round(yardstick.pounds))}{more}."


def _to_yardstick(session: Session, partner: Provider | Commissioner, position: Position) -> None:
    """The way to where what losses are measured by is entered, for whoever may."""
    of_fee = position.yardstick.name.startswith("its fee") and position.yardstick.pounds
    tab = "Costs and fees" if of_fee else "Partners and reserves"
    if not session.live:
        label = f"Where that is entered: Baseline and fees › {tab}"
        ways.to_tab(session, "pages/baseline.py", "baseline-tabs", tab, label, "edit", partner.name)


def _name(partner: Provider | Commissioner, position: Position) -> str:
    return PLANNED if partner.kind == "NHS trust" and "income" in position.yardstick.name else position.yardstick.name


def _months(partner: Provider | Commissioner, pounds: float) -> str:
    """A charity's pounds as months of what it spends, taken to be its income."""
    if partner.kind != "charity" or not isinstance(partner, Provider) or not partner.income:
        return ""
    return f"{_time(pounds / partner.income)} of its running costs"


def _time(years: float) -> str:
    """Months, or days where it is less than one: '2.4 months', '1 month', '12 days'."""
    months, days = float(f"{12 * years:.2g}"), round(365 * years)
    if months >= 1:
        return "1 month" if months == 1 else f"{brief(months)} months"
    return "less than a day" if days < 1 else "1 day" if days == 1 else f"{days} days"


def limits(partner: Provider | Commissioner, position: Position) -> pd.DataFrame:
    """What it accepts in pounds, and measured as its kind does."""
    found, untyped = position.limits, stood_words.of(partner.appetite, position)
    loss, year, low = (
        f"in at most {percent(getattr(found, name))} of futures{stood_words.aside(name, untyped)}"
        for name in ("loss_chance", "year_chance", "reserve_chance")
    )
    rows = {
        f"Losing more than this {loss}": found.loss,
        f"Losing more than this in at least one year of the term, {year}": found.year_loss,
        "Worst 1 in 20, average at most": found.worst,
        f"Reserves below this {low}": found.reserve_minimum,
        "Risk tolerance": found.tolerance,
    }
    asked = [
        (name, money(pounds), _measured(partner, position, pounds, name.startswith("Reserves")))
        for name, pounds in rows.items()
        if pounds is not None
    ]
    return pd.DataFrame(asked, columns=["It accepts", "In pounds", "That is"])


def _measured(partner: Provider | Commissioner, position: Position, pounds: float, reserves: bool) -> str:
    """A limit in the units of the partner's kind: '20% of its free reserves, 0.48 months of its running costs'."""
    if not pounds:
        return "no reserves kept" if reserves else "no loss at all"
    whole = partner.reserves if reserves else position.yardstick.pounds
    name = "its reserves" if reserves else _name(partner, position)
    parts = [part_of(pounds / whole, name)] if whole else []
    if partner.kind == "NHS trust" and isinstance(partner, Provider) and partner.income and not reserves:
        parts.append(part_of(pounds / partner.income, "a year's turnover"))
    return ", ".join([*parts, *filter(None, [_months(partner, pounds)])])
