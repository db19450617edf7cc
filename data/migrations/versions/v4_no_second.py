"""Lines that stay, also where a command replaces instead of changing or taking away."""

from alembic import op

from data.migrations.keeping import no_second, stays

revision = "4"
down_revision = "3"

ALONE = {
    "alliances": ("name",),
    "designs": ("alliance", "name"),
    "versions": ("design", "number"),
    "acts": ("id",),
    "positions": ("version", "number"),
    "seals": ("version",),
    "members": ("alliance", "number"),
}
"""What only one line of a table has."""


def upgrade() -> None:
    """Refuses lines in the place of others, and a design that would move to another alliance."""
    if op.get_bind().dialect.name == "sqlite":  # PostgreSQL has no command that replaces a line
        for table, columns in ALONE.items():
            no_second(table, columns)
    stays("alliances", ("id",))
    stays("designs", ("id", "alliance"))
