"""Published cases as ordinary files: a scenario and an outturn, in plain lists and dicts. Terms only, no arithmetic.

Documents go through the same checks and the same settlement as a file that somebody loads.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from model import report
from model.documents import from_document
from model.outturn import actuals

Document = dict[str, Any]
Band = tuple[float | None, float]
"""Where it ends, as a part of target cost (None: no end), and the providers' share."""

FOLDER = Path(__file__).parents[3] / "shared" / "cases"
"""Whole files of cases; tests that read them are skipped where it does not exist."""

ACO, QUALITY, STANDARD = "Care organisation", "Quality", "Standard"
SCORE_BLOCKED = {STANDARD: "the score"}
ZERO_TO_ONE = (0.0, 0.25, 0.5, 0.75, 1.0)


# Any contract ---------------------------------------------------------------------------------------------------


def alliance(
    target: float,
    risk_share: Document,
    *,
    shares: Mapping[str, float] | None = None,
    kpis: Sequence[Document] = (),
    years: int = 1,
    **provider: Any,
) -> Document:
    """One commissioner, and providers who divide target, gain and pain in these parts. No price growth, no fee."""
    kras = [{"name": "Performance", "weight": 1.0, "kpis": list(kpis)}] if kpis else []
    return {
        "name": "Published case",
        "term": {"start": "2018-01", "years": years},
        "commissioners": [{"name": "Client", "kind": "council", "contribution": 1.0}],
        "providers": [
            {
                "name": name,
                "kind": "company",
                "baseline_cost": target * part,
                "fee_rate": 0.0,
                "cost_deviation": {"kind": "fixed", "value": 0.0},
                "gain_share": part,
                "pain_share": part,
                **provider,
            }
            for name, part in (shares or {"Provider": 1.0}).items()
        ],
        "baseline": {"price_growth": 0.0},
        "framework": {"kras": kras},
        "risk_share": risk_share,
    }


def kpi(name: str, levels: Sequence[float], *, weight: float = 1.0, **more: Any) -> Document:
    """A KPI with these five levels, as it stands in a file."""
    names = ("failure", "poor", "minimum", "stretch", "gamebreaking")
    return {
        "name": name,
        "weight": weight,
        "levels": dict(zip(names, levels, strict=True)),
        "today": levels[2],
        "expected": levels[2],
        "deviation": {"kind": "fixed", "value": 0.0},
        **more,
    }


def bands(*layers: Band) -> list[Document]:
    return [{"up_to": end, "share": share} for end, share in layers]


def shared(gain: float, pain: float) -> Document:
    """Terms that share every pound saved, and every pound overspent, in these parts."""
    return {"gain_bands": bands((None, gain)), "pain_bands": bands((None, pain))}


def pounds(amount: float) -> Document:
    return {"kind": "pounds", "amount": amount}


def of_target(part: float) -> Document:
    return {"kind": "of_target", "part": part}


def outturn(*years: Document) -> Document:
    """Actual figures of year 1, 2, …"""
    return {"years": [{"year": number, **year} for number, year in enumerate(years, start=1)]}


# Settled --------------------------------------------------------------------------------------------------------


class Year(NamedTuple):
    """A settled year: the report of it, and its lines by name."""

    report: Document
    lines: Document

    def amount(self, line: str) -> float:
        """A line of the settlement; that of all providers, or of all commissioners, where each has its own."""
        amounts = self.lines[line]
        return float(sum(amounts.values()) if isinstance(amounts, dict) else amounts)


def settled(scenario: Document, outturn: Document) -> list[Year]:
    """Both documents checked and settled, as `python -m model settle` does."""
    checked = from_document(scenario)
    years = report.of_settlement(checked, actuals(checked, outturn))["years"]
    return [Year(y, {line["line"]: line.get("amounts", line.get("amount")) for line in y["lines"]}) for y in years]


# Medicare shared savings ----------------------------------------------------------------------------------------


class Settlement(NamedTuple):
    """One care organisation's year in the Medicare Shared Savings Program, as its public use file states it."""

    id: str
    target: float
    actual: float
    corridor: float
    gain_share: float
    gain_cap: float
    loss_rule: str
    """'fixed', 'oneminus', or '' for a one-sided contract."""
    loss_shares: tuple[float, float]
    loss_cap: float
    quality: float
    standard_met: bool
    haircut: float
    relief: float
    payout: float
    """As published: gain is positive, pain is negative."""

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Self:
        """A line of the file by its headings."""

        def number(name: str) -> float:
            return float(row[name] or 0.0)

        return cls(
            id=row["id"],
            target=number("target_cost"),
            actual=number("actual_cost"),
            corridor=number("corridor_rate"),
            gain_share=number("max_gain_share"),
            gain_cap=number("gain_cap_rate"),
            loss_rule=row["loss_rule"],
            loss_shares=(number("loss_share_min"), number("loss_share_max")),
            loss_cap=number("loss_cap_rate"),
            quality=number("quality_score"),
            standard_met=row["quality_gate_met"] == "1.0",
            haircut=1 - number("gain_haircut"),
            relief=-number("relief_amount"),
            payout=number("published_payout"),
        )

    @property
    def tolerance(self) -> float:
        """The file rounds scores and rates: $2, or 0.02% of what was paid."""
        return max(2.0, 0.0002 * abs(self.payout))

    def paid(self, **terms: Any) -> float:
        """The payout by these terms, settled."""
        (year,) = settled(self.scenario(**terms), self.outturn())
        return year.amount("limb3")

    def scenario(self, *, gates: Mapping[str, str] = SCORE_BLOCKED, **terms: Any) -> Document:
        """The contract. `gates`: what each standard takes away if it is missed; `terms` replace those of the file."""
        indicators = [kpi(QUALITY, ZERO_TO_ONE)]
        for name, blocks in gates.items():
            indicators.append(kpi(name, ZERO_TO_ONE, weight=0.0, gate={"level": "failure", "blocks": blocks}))
        return alliance(self.target, self.risk_share() | terms, shares={ACO: 1.0}, kpis=indicators)

    def outturn(self, **standards: float) -> Document:
        """The year's figures; a standard is 1 where it is met and 0 where it is missed."""
        met = {STANDARD: float(self.standard_met)} | standards
        return outturn({"costs": {ACO: self.actual}, "kpis": {QUALITY: self.quality} | met, "relief": self.relief})

    def risk_share(self) -> Document:
        corridor = {"kind": "gate", "width": self.corridor}
        return {
            "gain_corridor": corridor,
            "gain_bands": bands((None, self.gain_share)),
            "gain_modifier": {"kind": "quality"},
            "haircut": self.haircut,
            "haircut_order": "before the cap",
            "cost_gain_cap": of_target(self.gain_cap),
            "pain_corridor": corridor,
            **self._pain(),
        }

    def _pain(self) -> Document:
        if not self.loss_rule:
            return {"pain_bands": bands((None, self.gain_share)), "one_sided_years": 1}
        capped = {"cost_pain_cap": of_target(self.loss_cap)}
        lowest, highest = self.loss_shares
        if self.loss_rule == "fixed":
            return {"pain_bands": bands((None, lowest)), **capped}
        modifier = {"kind": "one_minus", "share": self.gain_share, "lowest": lowest, "highest": highest}
        return {"pain_bands": bands((None, 1.0)), "pain_modifier": modifier, **capped}
