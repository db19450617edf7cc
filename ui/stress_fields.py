"""The fields of stress tests: what a reader sets, and the stresses that this makes."""

from typing import Any, Generic, NamedTuple, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model import stress
from model.failing import ProviderFails
from model.framework import LEVELS
from ui import stress_words, ways
from ui.choices import choice
from ui.format import listed
from ui.numbers import number
from ui.session import Session

SIZES = (-0.05, 0.02, 0.03, 0.05)
"""How much dearer, or cheaper, everybody is in the first stresses."""


ORDER = "stress-order"
"""The key of which fields were changed, the last one first."""


Kind = TypeVar("Kind")


class Chosen(NamedTuple):
    """The stresses to look at, and where to say what the one that was entered last comes to."""

    stresses: list[stress.Stress]
    """Those that the reader set first, the last one at the top."""
    entered: bool
    """Whether the reader set any."""
    place: DeltaGenerator


class Set(NamedTuple, Generic[Kind]):
    """What some fields make, and what they do before anybody changes them."""

    now: Kind
    first: Kind


def chosen(session: Session) -> Chosen:
    """The stresses, some of a size that the reader sets."""
    scenario = session.scenario
    with st.container(horizontal=True, vertical_alignment="bottom"):
        costs, prices, dearer, fails = _costs(session), _prices(session), _dearer(session), _fails(session)
        scored = [_scored(session)] if scenario.framework.kras else []
    place = st.container()  # always there, so that what is below keeps its place
    st.markdown(f":small[{stress_words.sizes(scenario, prices.now.points)}]")
    ways.to_tab(session, "pages/walk.py", "walk-future", "My own figures", stress_words.ONE_YEAR)
    single: list[stress.Single] = [
        *_dear(costs.now),
        dearer.now,
        *([stress.SavingsLate()] if any(p.required_saving for p in scenario.providers) else []),
        prices.now,
        *(one.now for one in scored),
        stress.CorrelationsDoubled(),
        fails.now,
    ]
    together = _together(session, single)
    fields: dict[str, Set[Any]] = {"costs": costs, "prices": prices, "dearer": dearer, "fails": fails}
    fields |= dict(zip(("kpis",), scored, strict=False)) | {"together": Set(together, None)}
    own = _own(session, fields)
    return Chosen([*own, *(one for one in single if one not in own)], bool(own), place)


def _dear(own: stress.CostsWorse) -> list[stress.CostsWorse]:
    """Dearer services by the sizes that are always there and the reader's, in order; those of some years last."""
    whole = sorted({*SIZES, *([] if own.years else [own.part])})
    return [*map(stress.CostsWorse, whole), *([own] if own.years else [])]


def _own(session: Session, fields: dict[str, Set[Any]]) -> list[stress.Stress]:
    """What the reader set otherwise than it began, the last one first."""
    seen = session.looked_at
    order = seen.get(ORDER, "").split()
    for key, one in fields.items():
        said = "" if one.now == one.first else repr(one.now)
        if seen.get(f"{ORDER}-{key}", "") != said:
            seen[f"{ORDER}-{key}"] = said
            order = [key, *(other for other in order if other != key)]
    seen[ORDER] = " ".join(order)
    own = [fields[key] for key in order if key in fields]
    return [one.now for one in own if one.now is not None and one.now != one.first]


def _costs(session: Session) -> Set[stress.CostsWorse]:
    about, labels = stress_words.ABOUT_COSTS, session.scenario.term.labels()
    part = number(session, "Costs higher (%)", -20.0, 50.0, 1.0, key="stress-cost", width=150, help=about) / 100
    years = _span(session, labels, "Higher", "stress-dear", 0, len(labels))
    return Set(stress.CostsWorse(part, _some(years, labels)), stress.CostsWorse(0.01))


def _prices(session: Session) -> Set[stress.InflationShock]:
    about, labels = stress_words.about_points(session.scenario), session.scenario.term.labels()
    points = number(session, "Inflation (points)", -10.0, 30.0, 3.0, key="stress-prices", width=150, help=about) / 100
    years = _span(session, labels, "Points", "stress", 1, 2)
    last = len(labels) - 1
    return Set(stress.InflationShock(points, *years), stress.InflationShock(0.03, min(1, last), min(2, last)))


def _dearer(session: Session) -> Set[stress.OneDearer]:
    names = [provider.name for provider in session.scenario.providers]
    name = choice(session, "Only one provider dearer", names, 0, key="stress-dearer", width=240)
    part = number(session, "Its costs higher (%)", -20.0, 50.0, 5.0, key="stress-own", width=150) / 100
    return Set(stress.OneDearer(names.index(name), part), stress.OneDearer(0, 0.05))


def _fails(session: Session) -> Set[ProviderFails]:
    labels, names = session.scenario.term.labels(), [provider.name for provider in session.scenario.providers]
    first, about = min(1, len(labels) - 1), "What others ask more for its services."
    name = choice(session, "Provider that fails or leaves", names, 0, key="stress-fails", width=240)
    year = choice(session, "From", labels, first, key="stress-year", width=120)
    more = number(session, "At more cost (%)", 0.0, 100.0, 15.0, key="stress-premium", width=150, help=about) / 100
    now = ProviderFails(names.index(name), labels.index(year), more)
    return Set(now, ProviderFails(0, first, 0.15))


def _scored(session: Session) -> Set[stress.KpisAt]:
    """Every KPI at a level, in all years or in some."""
    about, labels = stress_words.ABOUT_LEVELS, session.scenario.term.labels()
    level = choice(session, "Every KPI at", LEVELS, 0, key="stress-level", width=150, help=about)
    years = _span(session, labels, "KPIs", "stress-kpis", 0, len(labels))
    at = next(one for one in LEVELS if one == level)
    return Set(stress.KpisAt(at, _some(years, labels)), stress.KpisAt())


def _some(years: tuple[int, int], labels: tuple[str, ...]) -> tuple[int, int] | None:
    """The years of a stress; None where they are all."""
    return None if years == (0, len(labels) - 1) else years


def _span(session: Session, labels: tuple[str, ...], what: str, key: str, first: int, many: int) -> tuple[int, int]:
    """The first and the last year of a stress, counted from 0; begins at `first` and with so `many` years."""
    since = choice(session, f"{what} from", labels, min(first, len(labels) - 1), key=f"{key}-since", width=120)
    later = labels[labels.index(since) :]
    until = choice(session, f"{what} to", later, min(many, len(later)) - 1, key=f"{key}-until", width=120)
    return labels.index(since), labels.index(until)


def _together(session: Session, single: list[stress.Single]) -> stress.Together | None:
    """Those that the reader wants to see at once; nothing while fewer than two are chosen."""
    by_name = {each.name(session.scenario): each for each in single}
    hint = "Choose two or more to see them at once"
    chosen = st.multiselect("Together", list(by_name), key="stress-together", placeholder=hint)
    *without, counts = [name for name in chosen if isinstance(by_name[name], stress.CostsWorse)] or [""]
    if without:
        st.markdown(f"Costs change by one figure at a time: *{counts}* counts, {listed(without)} not.")
    at_once = [by_name[name] for name in chosen if name not in without]
    return stress.Together(tuple(at_once)) if len(at_once) > 1 else None
