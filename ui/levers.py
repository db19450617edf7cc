"""The few terms that matter most in a workshop, as sliders: their names, and whether each does anything at present."""

from collections.abc import Iterator

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.bands import Bands
from model.base import as_percent
from model.corridors import Corridor
from model.cost_clauses import Side
from model.documents import Refused, from_document, where
from model.fields import Path, walk
from model.scenario import Scenario
from ui import acts, caps, edits, inputs, share_words, weight_levers
from ui.entries import as_shown
from ui.format import percent
from ui.results import idle
from ui.session import Session

LEVERS: tuple[tuple[Path, str, tuple[float, float, float]], ...] = (
    (("risk_share", "gain_bands", 0, "share"), "Providers' share of savings{layer} (%)", (0.0, 100.0, 5.0)),
    (("risk_share", "pain_bands", 0, "share"), "Providers' share of overspends{layer} (%)", (0.0, 100.0, 5.0)),
    (("risk_share", "gain_corridor", "width"), "Corridor for savings (%)", (0.0, 10.0, 0.5)),
    (("risk_share", "pain_corridor", "width"), "Corridor for overspends (%)", (0.0, 10.0, 0.5)),
    (("risk_share", "total_pain_cap", "part"), "Cap on total pain ({kind})", (0.0, 200.0, 5.0)),
    (("risk_share", "performance", "pool", "part"), "Performance pool ({kind})", (0.0, 20.0, 0.5)),
    (("risk_share", "total_gain_cap", "part"), "Cap on total gain ({kind})", (0.0, 200.0, 5.0)),
)
OF_TARGET = (0.0, 10.0, 0.1), (0.0, 100.0, 1.0)
"""How far the cap reaches as a part of target cost, of which a fee is a few percent; further where it is more."""
BANDS = ("gain_bands", "pain_bands")


def _layer(session: Session, path: Path) -> str:
    """Which layer a share is of, where there are several: ', first 5%'."""
    bands = session.value(path[:2])
    end = bands[0].get("up_to") if isinstance(bands, list) and len(bands) > 1 else None
    return f", first {percent(end)}" if isinstance(end, float) else ""


def _beyond(session: Session, path: Path) -> None:
    """What applies beyond the layer that a lever is of: the lever does not move it. A room reads it at a glance."""
    bands, side, corridor = _sided(session, path)
    if bands and not bands[0].is_open:
        said = share_words.beyond_in_short if session.presenting else share_words.beyond
        with st.container(key=f"beyond-{side}"):
            st.markdown(f":small[{said(bands, side, corridor)}]")


def levers(session: Session) -> dict[Path, DeltaGenerator]:
    """The few terms that matter most in a workshop; those that the scenario does not use are left out.

    Gives the place at the foot of each for what `still` says of it.
    """
    places = {}
    with st.container(key="levers"):
        for path, label, reach in LEVERS:
            with st.container():
                if isinstance(session.value(path), int | float):
                    places[path] = _lever(session, path, label, _reach(session, path, reach))
                elif path[:-1] in caps.CAPS:
                    caps.lifted(session, path[:-1])
        weight_levers.weights(session)
    return places


def _lever(session: Session, path: Path, label: str, reach: tuple[float, float, float]) -> DeltaGenerator:
    """One of them, or how it stands for whoever cannot move it; gives the place at its foot."""
    name = _named(session, path, label)
    if session.may(path):
        inputs.field(session, path, label=name, slider=reach, about=_about(session, path))
    else:
        st.markdown(f"{name}: **{as_shown(session.value(path), '%'):g}%**")
    if path[1] in BANDS:
        _beyond(session, path)
    foot = st.container(key="-".join(["foot", *map(str, path)]))
    inputs.problems(session, path)
    return foot


def _about(session: Session, path: Path) -> str:
    """Of what it is a part, with this design's own figures, where the name of the entry does not say so."""
    if path[:-1] in caps.CAPS:
        return caps.about(session.scenario, path[:-1])
    sided = _sided(session, path) if path[1] in BANDS else None
    return share_words.first_band(*sided) if sided and sided[0] else ""


def _sided(session: Session, path: Path) -> tuple[Bands, Side, Corridor]:
    """The bands that a share is of, of which side they are, and its corridor."""
    side: Side = "gain" if path[1] == BANDS[0] else "pain"
    terms = session.scenario.risk_share
    return getattr(terms, f"{side}_bands"), side, getattr(terms, f"{side}_corridor")


def _reach(session: Session, path: Path, reach: tuple[float, float, float]) -> tuple[float, float, float]:
    """Between which ends a lever moves, and in which steps."""
    if path[:-1] not in caps.CAPS or session.value((*path[:-1], "kind")) != "of_target":
        return reach
    near, far = OF_TARGET
    agreed = getattr(session.saved.risk_share, str(path[1]))  # not as it moves alone, so that the lever's ends stay
    highest = max(session.value(path), agreed.part if agreed.kind == "of_target" else 0.0)
    return near if 100 * highest <= near[1] else far


def _named(session: Session, path: Path, label: str) -> str:
    """A lever's name, with its unit and the layer that it is of; a room reads the unit off the lever."""
    kind = str(session.value((*path[:-1], "kind"))).replace("of_", "% of ")
    label = label.removesuffix(" (%)") if session.presenting else label
    return label.format(kind=kind, layer=_layer(session, path))


def as_levers(session: Session, changes: list[str]) -> list[str]:
    """Changes by the names of the levers that make them, where there are such, or of what was changed at once."""
    changes = acts.named(session, changes)
    names = {
        f"{where(walk(session.document, path))}: ": f"{_named(session, path, label).rsplit(' (', 1)[0]}"
        f"{_further(session, path)}: "
        for path, label, _ in LEVERS
        if isinstance(session.value(path), int | float)
    }
    for place, name in names.items():
        changes = [name + change.removeprefix(place) if change.startswith(place) else change for change in changes]
    return changes


def _further(session: Session, path: Path) -> str:
    """What the layers beyond that of a lever have, which it does not move: ' (40% beyond)'."""
    bands = getattr(session.scenario.risk_share, str(path[1])) if path[1] in BANDS else ()
    shares = [as_percent(round(band.share, 3)) for band in bands[1:]]
    return f" ({', then '.join(shares)} beyond)" if shares else ""


def still(session: Session, places: dict[Path, DeltaGenerator]) -> None:
    """Says at the foot of a lever that it does nothing at present. Comes last, for it settles a few futures again."""
    if session.problems:
        return
    reaches = {path: _reach(session, path, reach) for path, _, reach in LEVERS if path in places}
    steps = {str(path): _moved(session, path, reach) for path, reach in reaches.items()}
    found = idle(session, steps)
    for path, place in places.items():
        if str(path) in found:
            place.markdown(":small[:material/do_not_disturb_on: Does nothing now]")


def _moved(session: Session, path: Path, reach: tuple[float, float, float]) -> Iterator[Scenario]:
    """The scenario with a lever one step down and one step up, as far as it reaches; each made when it is asked for."""
    low, high, step = (part / 100 for part in reach)
    now = float(session.value(path))
    for value in (now - step, now + step):
        if low <= value <= high:
            try:
                yield from_document(edits.replaced(session.document, path, value))
            except Refused:
                continue
