"""Papers, made and read."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from data import presets
from model.appetite import InWords
from model.bands import Band
from model.base import Source
from model.distributions import Fixed
from model.scenario import Scenario
from model.tables import partner_names
from ui import (
    paper_alliance,
    paper_board,
    paper_joining,
    paper_log,
    paper_schedule,
)
from ui.paper import Bullets, Heading, Paper, Table, Text
from ui.paper_ends import Before
from ui.session import Session

DAY = date(2026, 1, 2)
KINDS = ("alliance", "board", "joining", "schedule", "log")
LIVING_WELL = "lambeth-living-well"


def session(scenario: Scenario) -> Session:
    found = Session("papers-of-a-test", scenario, None)
    found.draws = 1_024
    return found


def made(kind: str, scenario: Scenario, name: str = "", before: Before | None = None) -> Paper:
    """A paper, of the first partner unless another is named."""
    name = name or partner_names(scenario)[0]
    if kind == "board":
        return paper_board.paper(session(scenario), name, DAY, before)
    if kind == "joining":
        return paper_joining.paper(session(scenario), name, DAY, before)
    module = {"alliance": paper_alliance, "schedule": paper_schedule, "log": paper_log}[kind]
    return module.paper(session(scenario), DAY, before)


def texts(paper: Paper) -> Iterator[str]:
    """Everything that it says, in order."""
    yield from (paper.kind, paper.title, *paper.about)
    for block in paper.blocks:
        if isinstance(block, Heading | Text):
            yield block.text
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Table):
            yield from (text for row in block.rows for text in row)
    yield paper.foot


@cache
def changed() -> Scenario:
    """Lambeth, with all of an overspend for the providers to bear."""
    scenario = presets.preset(LIVING_WELL)
    return scenario.edited(risk_share=scenario.risk_share.edited(pain_bands=(Band(share=1.0),)))


def in_the_room(saved: Scenario) -> Scenario:
    """A term, two appetites and an estimate, each with its reason: what a room enters and reveals."""
    said, cost = (Source(field=field, note="Stated in the room") for field in ("appetite", "cost_deviation"))
    first, second, third, *others = saved.providers
    return saved.edited(
        providers=(
            first.edited(appetite=InWords(word="averse"), sources=(*first.sources, said)),
            second.edited(appetite=InWords(word="cautious"), sources=(*second.sources, said)),
            third.edited(cost_deviation=Fixed(value=0.05), sources=(*third.sources, cost)),
            *others,
        ),
        risk_share=saved.risk_share.edited(haircut=0.1),
    )
