"""Which years of the term count in part or not at all for one partner: what sums over the term are sums of."""

from model.base import as_percent
from model.partners import Provider
from model.scenario import Scenario
from model.terms import terms
from ui.format import listed

HALF = 0.5


def sums(scenario: Scenario, partner: int) -> str:
    """'Sums are over the 5 years of the term; nothing is gained or borne for 2022-23, a shadow year.'"""
    many = scenario.term.horizon
    years = f"the {many} years" if many > 1 else "the year"
    return f"Sums are over {years} of the term{but(scenario, partner)}."


def alone(scenario: Scenario, partner: int) -> str:
    """'Nothing is gained or borne for 2022-23, a shadow year.', where the years were named before; nothing where all
    count in full."""
    said = but(scenario, partner).removeprefix("; ")
    return f"{said[0].upper()}{said[1:]}." if said else ""


def but(scenario: Scenario, partner: int) -> str:
    """'; nothing is gained or borne for 2022-23, a shadow year' after the years of the term; nothing where all count
    in full."""
    said: dict[tuple[float, float], list[str]] = {}
    for label, gain, pain in _parts(scenario):
        if (gain, pain) != (1.0, 1.0):
            said.setdefault((gain, pain), []).append(label)
    phrases = [_phrase(scenario, partner, *parts, years) for parts, years in said.items()]
    if not phrases:
        return ""
    *first, last = phrases
    return f"; {', '.join(first)}, and {last}" if first else f"; {last}"


def without_loss(scenario: Scenario, partner: int) -> tuple[str, ...]:
    """The shadow years for which a partner can lose nothing at all."""
    if partner >= len(scenario.providers) or _besides(scenario.providers[partner]):
        return ()
    return tuple(label for label, gain, pain in _parts(scenario) if not gain and not pain)


def _parts(scenario: Scenario) -> list[tuple[str, float, float]]:
    """Every year, and which parts of gain and of pain count for it."""
    agreed = terms(scenario)
    gain = [float(part) for part in agreed.phase_in]
    pain = [0.0 if spared else part for part, spared in zip(gain, agreed.one_sided, strict=True)]
    return list(zip(scenario.term.labels(), gain, pain, strict=True))


def _phrase(scenario: Scenario, partner: int, gain: float, pain: float, years: list[str]) -> str:
    """What counts for these years."""
    when = listed(years)
    whose = "providers' " if partner >= len(scenario.providers) else ""
    if gain:
        part = "" if gain == 1 else f"{'half' if gain == HALF else as_percent(gain)} of "
        return f"{part}{whose}gain {'and pain counts' if pain else 'and no pain counts'} for {when}"
    shadow = f"{when}, {'a shadow year' if len(years) == 1 else 'shadow years'}"
    if whose:
        pool = " in the pool" if any(one.pooled < 1 for one in scenario.providers) else ""
        return f"for {shadow}, commissioners have all that is saved or overspent{pool}"
    if besides := _besides(scenario.providers[partner]):
        return f"nothing is shared for {shadow}, in which it has only {besides}"
    return f"nothing is gained or borne for {shadow}"


def _besides(one: Provider) -> str:
    """What a provider gains or bears beside gainshare and painshare, whatever the year."""
    found = ["what it saves or overspends outside the pool"] if one.pooled < 1 else []
    found += ["a fee that grows with its cost"] if one.fee_on == "actual cost" and one.fee_rate else []
    return " and ".join(found)
