"""The reference work: 10 years × 6 partners × 12 KPIs × 15 risks, with every usual term of a contract in force."""

from model.documents import from_document
from model.scenario import Scenario

YEARS, PARTNERS, AREAS, KPIS_PER_AREA, RISKS = 10, 6, 3, 4, 15
NORMALS = YEARS * (PARTNERS + AREAS * KPIS_PER_AREA)
UNIFORMS = YEARS * RISKS

BANDS = [(0.02, 0.3), (0.05, 0.5), (0.1, 0.4), (0.15, 0.3), (None, 0.1)]
LEVELS = {"failure": 10, "poor": 20, "minimum": 30, "stretch": 40, "gamebreaking": 50}


def reference_work() -> Scenario:
    bands = [{"up_to": up_to, "share": share} for up_to, share in BANDS]
    document = {
        "name": "Reference work",
        "term": {"start": "2018-07", "years": YEARS},
        "commissioners": [
            {"name": "Council", "kind": "council", "contribution": 0.4},
            {"name": "ICB", "kind": "NHS board", "contribution": 0.6},
        ],
        "providers": [_provider(i) for i in range(PARTNERS)],
        "baseline": {"price_growth": 0.02, "contingency": 0.02},
        "framework": {"kras": [_area(i) for i in range(AREAS)]},
        "risk_share": {
            "gain_bands": bands,
            "pain_bands": bands,
            "gain_corridor": {"kind": "deductible", "width": 0.01},
            "gain_modifier": {
                "kind": "ramp",
                "points": [{"ops": -50, "multiplier": 0}, {"ops": 50, "multiplier": 1}],
            },
            "performance": {"pool": {"kind": "of_target", "part": 0.02}},
            "cost_pain_cap": {"kind": "of_fee", "part": 1.0},
        },
        "uncertainty": {"risks": [_risk(i) for i in range(RISKS)]},
    }
    return from_document(document)


def _pert(low: float, likely: float, high: float) -> dict[str, str | float]:
    return {"kind": "pert", "low": low, "likely": likely, "high": high}


def _provider(i: int) -> dict[str, object]:
    return {
        "name": f"Provider {i}",
        "kind": "charity",
        "baseline_cost": 1e7,
        "fee_rate": 0.05,
        "cost_deviation": _pert(-0.1, 0, 0.2),
        "gain_share": 1 / PARTNERS,
        "pain_share": 1 / PARTNERS,
        "pain_cap": {"kind": "of_fee", "part": 1.0},
    }


def _area(i: int) -> dict[str, object]:
    kpis = [
        {
            "name": f"KPI {i}.{k}",
            "weight": 1 / KPIS_PER_AREA,
            "levels": LEVELS,
            "today": 25,
            "expected": 35,
            "deviation": _pert(-10, 0, 10),
        }
        for k in range(KPIS_PER_AREA)
    ]
    return {"name": f"Area {i}", "weight": 1 / AREAS, "kpis": kpis}


def _risk(i: int) -> dict[str, object]:
    return {"name": f"Risk {i}", "probability": 0.1, "impact": _pert(1e5, 2e5, 1e6)}
