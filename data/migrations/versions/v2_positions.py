"""Positions of partners, and seals."""

import sqlalchemy as sa
from alembic import op

from data.migrations.keeping import only_added_to

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Adds what partners say of a version."""
    op.create_table(
        "positions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, sa.ForeignKey("versions.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("partner", sa.Text, nullable=False),
        sa.Column("stand", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("said_at", sa.Text, nullable=False),
        sa.UniqueConstraint("version", "number"),
    )
    op.create_table(
        "seals",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, sa.ForeignKey("versions.id"), nullable=False, unique=True),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("sealed_at", sa.Text, nullable=False),
    )
    for table in ("positions", "seals"):
        only_added_to(table)
