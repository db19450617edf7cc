"""Alliances, designs and versions."""

import sqlalchemy as sa
from alembic import op

from data.migrations.keeping import never_emptied, only_added_to, refusing

revision = "1"
down_revision = None


def upgrade() -> None:
    """Makes the first tables."""
    op.create_table(
        "alliances",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("archived", sa.Boolean, nullable=False),
    )
    op.create_table(
        "designs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("alliance", sa.Text, sa.ForeignKey("alliances.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("archived", sa.Boolean, nullable=False),
        sa.UniqueConstraint("alliance", "name"),
    )
    op.create_table(
        "versions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("design", sa.Text, sa.ForeignKey("designs.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("parent", sa.Text, sa.ForeignKey("versions.id")),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("inputs", sa.Text, nullable=False),
        sa.Column("model_version", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
        sa.Column("changed", sa.JSON, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.UniqueConstraint("design", "number"),
    )
    op.create_table(
        "acts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("done_at", sa.Text, nullable=False),
    )
    refusing()
    for table in ("alliances", "designs"):
        never_emptied(table)
    for table in ("versions", "acts"):
        only_added_to(table)
