"""Who has which part in an alliance."""

import sqlalchemy as sa
from alembic import op

from data.migrations.keeping import only_added_to

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Adds the parts of accounts."""
    op.create_table(
        "members",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("alliance", sa.Text, sa.ForeignKey("alliances.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("partner", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.UniqueConstraint("alliance", "number"),
    )
    only_added_to("members")
