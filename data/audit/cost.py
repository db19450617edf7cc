"""Steps 2 to 5 of a settlement as formulas: from the saving to the cost component and its relief."""

from typing import Any

from data.audit.book import Cells
from data.audit.rules import ANY, MULTIPLIERS, band_end, held, past
from data.audit.work import Case, Work
from model.bands import Bands


def payable(work: Work, case: Case) -> tuple[Cells, Cells]:
    """Writes the steps; where the cost component and its relief are."""
    share, at = work.future.scenario.risk_share, work.inputs.at
    counted, shared = [], []
    for side, sign in (("gain", ""), ("pain", "-")):
        corridor = getattr(share, f"{side}_corridor")
        said = "Saving past its corridor" if side == "gain" else "Overspend past its corridor"
        formula = _past(corridor, ("risk_share", f"{side}_corridor"), at, case, sign)
        counted.append(case.helper(work, said, formula))
    case.written(work, "past_corridor", lambda c: f"{counted[0](c)}-{counted[1](c)}")
    for side, size in zip(("gain", "pain"), counted, strict=True):
        shared.append(_shared(work, case, side, getattr(share, f"{side}_bands"), size))
    gain, pain = shared
    case.written(work, "providers_part", lambda c: f"{gain(c)}-{pain(c)}")
    modified = _modified(work, case, gain, pain)
    component = _component(work, case, modified)
    relief = case.written(work, "relief", lambda c: f"MIN(MAX(-{component(c)},0),{case.relief(c)})")
    return component, relief


def _past(corridor: Any, path: tuple[str, str], at: Any, case: Case, sign: str) -> Any:
    return lambda c: past(corridor, path, at, f"MAX({sign}{case.saving(c)},0)", case.target(c))


def _shared(work: Work, case: Case, side: str, bands: Bands, size: Cells) -> Cells:
    """The providers' part of what counts, band by band."""
    parts, start = [], None
    for i in range(len(bands)):
        path = ("risk_share", f"{side}_bands", i)
        end = _end(work, case, path, f"End of {side} band {i + 1}")
        title = f"Providers' part in {side} band {i + 1}"
        parts.append(case.helper(work, title, _layer(work.inputs.at[*path, "share"](ANY), size, start, end)))
        start = end
    title = f"Providers' {side}: all bands"
    return case.helper(work, title, lambda c: "+".join(part(c) for part in parts) or "0")


def _end(work: Work, case: Case, path: Any, title: str) -> Cells | None:
    at = work.inputs.at
    if band_end(path, at, "", "") is None:
        return None
    return case.helper(work, title, lambda c: str(band_end(path, at, case.target(c), case.prices(c))))


def _layer(share: str, size: Cells, start: Cells | None, end: Cells | None) -> Any:
    """Share × layer of what counts."""

    def formula(c: str) -> str:
        upto = f"MIN({size(c)},{end(c)})" if end else size(c)
        return f"{share}*MAX({upto}-{start(c)},0)" if start else f"{share}*{upto}"

    return formula


def _modified(work: Work, case: Case, gain: Cells, pain: Cells) -> Cells:
    """Gain and pain, each by the multiplier at the score; a gate that lowers the score lowers no pain."""
    of_gain = _multiplier(work, case, "gain", case.ops, "Multiplier on gain")
    as_scored = _multiplier(work, case, "pain", case.ops, "Multiplier on pain")
    as_measured = None
    if case.measured is not case.ops:
        as_measured = _multiplier(work, case, "pain", case.measured, "Multiplier on pain at the score as measured")

    def formula(c: str) -> str:
        up, down = gain(c), pain(c)
        if of_gain:
            up = f"{up}*{of_gain(c)}"
            if case.unmodified:
                up = f'IF({case.unmodified(c)}="yes",{gain(c)},{up})'
        if as_scored:
            times = f"MAX({as_scored(c)},{as_measured(c)})" if as_measured else as_scored(c)
            down = f"{down}*{times}"
        return f"{up}-{down}"

    return case.written(work, "modified", formula)


def _multiplier(work: Work, case: Case, side: str, score: Cells, title: str) -> Cells | None:
    """The multiplier of a side at a score; None where it has no modifier."""
    kind = getattr(work.future.scenario.risk_share, f"{side}_modifier").kind
    if kind == "none":
        return None
    path, at = ("risk_share", f"{side}_modifier"), work.inputs.at
    return case.helper(work, title, lambda c: MULTIPLIERS[kind](path, at, score(c)), "")


def _component(work: Work, case: Case, modified: Cells) -> Cells:
    """Less the haircut, held within the caps on cost gain and pain, in the agreed order."""
    rate = work.inputs.at["risk_share", "haircut"](ANY)

    def capped(c: str, amount: str) -> str:
        return held(amount, case.limit("cost_pain", c), case.limit("cost_gain", c))

    if work.future.scenario.risk_share.haircut_order == "after the cap":
        within = case.helper(work, "Held within the caps on cost", lambda c: capped(c, modified(c)))
        haircut = case.written(work, "haircut", lambda c: f"-{rate}*MAX({within(c)},0)")
        return case.written(work, "cost_component", lambda c: f"{within(c)}+{haircut(c)}")
    haircut = case.written(work, "haircut", lambda c: f"-{rate}*MAX({modified(c)},0)")
    return case.written(work, "cost_component", lambda c: capped(c, f"{modified(c)}+{haircut(c)}"))
