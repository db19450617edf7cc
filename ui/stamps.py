"""By what figures were made: which design, which draws, when."""

from datetime import date

from model.version import VERSION
from ui.session import Session


def line(session: Session, day: date) -> str:
    """Everything that is needed to have the same figures again."""
    return (
        f"{dated(day)} · {session.scenario.name} · design {session.scenario.id} · version {VERSION} · "
        f"{session.draws:,} draws · seed {session.seed}"
    )


def dated(day: date) -> str:
    """'2 January 2026'."""
    return f"{day.day} {day:%B %Y}"
