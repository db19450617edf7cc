"""What forms and papers call the kinds that a choice offers."""

KIND_NAMES = {
    "none": "None",
    "of_fee": "% of the fee",
    "of_target": "% of target cost",
    "pounds": "Pounds",
    "student_t": "Student t (heavy tails)",
    "pert": "PERT (low, likely, high)",
    "three_points": "P10, P50, P90",
    "beta": "Beta (between two ends)",
    "data": "From data (resampled)",
    "pool": "From several people",
    "gaussian": "Only as far as the correlations say",
    "t": "More: in some futures everything is extreme",
    "lower_of": "The lower of two",
    "quality": "Share × quality",
    "one_minus": "1 − share × quality",
    "ramp": "Table, in proportion between",
    "step": "Table, in steps",
    "gate": "Gate: past it, from the first pound",
    "deductible": "Deductible: only beyond it",
    "yearly": "Each year by itself",
    "cumulative": "Cumulative, true-up at the end",
    "carry_forward": "Pain carried forward",
    "by_fee": "By fee",
    "by_target": "By target cost",
    "by_reserves": "By reserves",
}


def kind_name(kind: str) -> str:
    """What forms call one kind of a choice."""
    return KIND_NAMES.get(kind, kind.replace("_", " ").capitalize() if kind.islower() else kind)
