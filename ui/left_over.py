"""Limits in pounds that are still what a word came to, beside others that were entered."""

from collections.abc import Collection
from dataclasses import replace

import streamlit as st

from model.acceptance import Position, Test, Verdict
from model.appetite import CHANCES, InPounds, Limits, left_from
from model.fields import Path
from model.partners import Commissioner, Provider
from model.scenario import Scenario
from ui import edits, inputs, stood_words
from ui.format import either, money, percent
from ui.session import Session

KEEP = "Keep only what was entered"
ABOUT_KEEP = "Empties those that are named here, so that they are not asked. One step for undo."
CHANCE_OF = {pounds: name for name, pounds in CHANCES.items()}
LIMIT: dict[Test, str] = {
    "loss": "loss",
    "year": "year_loss",
    "worst": "worst",
    "reserves": "reserve_minimum",
    "worth": "tolerance",
}
"""The limit that a test is of."""
OTHERWISE: dict[Verdict, str] = {
    "accepts": " Held only to {}, it would accept.",
    "refuses": " Held only to {}, it would refuse as well.",
    "too close to call": " Held only to {}, it would be too close to call.",
}


def part(session: Session, path: Path, partner: Provider | Commissioner | None, position: Position | None) -> None:
    """Names the limits of the appetite at a path that nobody changed since a word was taken over, and empties them."""
    with st.container():  # always there, so that inputs below keep their places
        if partner is None or position is None or not isinstance(partner.appetite, InPounds):
            return
        words, left = left_from(partner.appetite, position.yardstick, partner.reserves)
        stood = stood_words.of(partner.appetite, position)
        if left or stood:
            st.markdown(f":material/info: {sentence(partner.appetite, words, left, stood)}")
        if left:
            _keep(session, path, partner, left)


def offered(session: Session, position: Position) -> None:
    """The same button beside a verdict, for whoever may press it."""
    scenario = session.scenario
    with st.container():  # always there, so that inputs below keep their places
        path, partner = _of(scenario, position)
        _, left = found(scenario, position)
        if left and session.may(path):
            _keep(session, path, partner, left)


def found(scenario: Scenario, position: Position) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of which limits of a partner are left, and those limits; nothing where none are."""
    _, partner = _of(scenario, position)
    if not isinstance(partner.appetite, InPounds):
        return (), ()
    return left_from(partner.appetite, position.yardstick, partner.reserves)


def _of(scenario: Scenario, position: Position) -> tuple[Path, Provider | Commissioner]:
    """Where a partner's appetite stands in the document, and the partner."""
    every: list[tuple[Path, Provider | Commissioner]] = [
        *((("providers", i, "appetite"), one) for i, one in enumerate(scenario.providers)),
        *((("commissioners", i, "appetite"), one) for i, one in enumerate(scenario.commissioners)),
    ]
    return next((path, one) for path, one in every if one.name == position.partner)


def told_apart(scenario: Scenario, position: Position) -> str:
    """What was entered and what is left from a word, and whether that decides; nothing where none is left."""
    words, left = found(scenario, position)
    appetite = _of(scenario, position)[1].appetite
    if not left or not isinstance(appetite, InPounds):
        return ""
    stood = stood_words.of(appetite, position)
    entered = [name for name in LIMIT.values() if name not in left and getattr(appetite, name) is not None]
    said = (
        f"Entered: {_listed(appetite, entered, stood)}; left from {_named(words)}, unless its board has said the same: "
    )
    told = f"{said}{'; '.join([_listed(appetite, left), *stood_words.named(appetite, stood)])}."
    return f"{told}{_decides(position, words, left, stood)} {stood_words.decides(position, stood)}".strip()


def not_entered(scenario: Scenario, position: Position) -> str:
    """The same; or where no limit is left, which chances of limits were not entered."""
    return told_apart(scenario, position) or stood_words.told(_of(scenario, position)[1].appetite, position)


def _decides(position: Position, words: tuple[str, ...], left: Collection[str], stood: Collection[str]) -> str:
    """That a refusal, or a doubt, rests on a limit that is left, and how it would stand without those."""
    deciding = position.deciding
    if position.verdict == "accepts" or deciding is None or LIMIT[deciding.test] not in left:
        return ""
    own = replace(position, cells=tuple(cell for cell in position.cells if LIMIT[cell.test] not in left))
    rest = "the others, chances as they stood" if stood else "what was entered"
    limit = _phrases(position.limits)[LIMIT[deciding.test]]
    said = f"**What decides was not entered but is left from {_named(words)}**: {limit}."
    return f" {said}{OTHERWISE.get(own.verdict, '').format(rest)}"


def sentence(appetite: InPounds, words: tuple[str, ...], left: tuple[str, ...], stood: tuple[str, ...] = ()) -> str:
    """What is left over, in pounds, and which chances; a board may have set the very same itself."""
    source = f"Left from {_named(words)}" if left else "Not entered, but as it stood"
    listed = "; ".join([*([_listed(appetite, left)] if left else []), *stood_words.named(appetite, stood)])
    said = f"**{source}, unless your board has said the same**: {listed}."
    return f"{said} {stood_words.stays(appetite, stood)}".strip()


def _named(words: tuple[str, ...]) -> str:
    return either([f"'{one}'" for one in words])


def _listed(appetite: InPounds, names: Collection[str], stood: Collection[str] = ()) -> str:
    said = _phrases(appetite, stood)
    return "; ".join(said[name] for name in names)


def _phrases(limits: InPounds | Limits, stood: Collection[str] = ()) -> dict[str, str]:
    """Each limit in words, by its name; `stood`: chances that were not entered."""
    loss, year, low = (
        f"in at most {percent(getattr(limits, name))} of futures{stood_words.aside(name, stood)}"
        for name in ("loss_chance", "year_chance", "reserve_chance")
    )
    return {
        "loss": f"a loss of more than {money(limits.loss or 0.0)} {loss}",
        "year_loss": f"a loss of more than {money(limits.year_loss or 0.0)} in at least one year {year}",
        "worst": f"worst 1 in 20 on average at most {money(limits.worst or 0.0)}",
        "reserve_minimum": f"reserves below {money(limits.reserve_minimum or 0.0)} {low}",
        "tolerance": f"risk tolerance {money(limits.tolerance or 0.0)}",
    }


def _keep(session: Session, path: Path, partner: Provider | Commissioner, left: tuple[str, ...]) -> None:
    drawn = partner.appetite
    assert isinstance(drawn, InPounds)

    def edit() -> dict[str, object]:
        session.whose = partner.name  # a page that asks about whoever refuses stays with who now may accept
        session.keep()
        return _without(session, path, drawn, left)

    inputs.button(session, (*path, "left over"), KEEP, "playlist_remove", edit, ABOUT_KEEP)


def _without(session: Session, path: Path, drawn: InPounds, left: tuple[str, ...]) -> dict[str, object]:
    """The document with those limits empty; but for one that was typed in the same breath as the button was pressed."""
    node = session.value(path) or {}

    def untouched(name: str | None) -> bool:
        return name is None or node.get(name, getattr(drawn, name)) == getattr(drawn, name)

    emptied = {name: None for name in left if untouched(name) and untouched(CHANCE_OF.get(name))}
    return dict(edits.replaced(session.document, path, {**node, **emptied}))
