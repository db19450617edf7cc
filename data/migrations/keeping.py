"""What makes a database refuse to change or take away lines, whoever asks."""

from collections.abc import Sequence

from alembic import op

REFUSAL = "nothing in the library is ever overwritten or deleted"


def only_added_to(table: str) -> None:
    """From now on lines are added to a table, and never changed or taken away."""
    _refuse(table, "UPDATE")
    never_emptied(table)


def never_emptied(table: str) -> None:
    """From now on no line of a table is taken away."""
    _refuse(table, "DELETE")
    if _sqlite():  # 'INSERT OR REPLACE' takes a line away without asking the trigger above
        op.execute(
            f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    else:
        op.execute(f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse()")


def no_second(table: str, columns: Sequence[str]) -> None:
    """From now on SQLite refuses a line with the same place or the same columns as another: 'OR REPLACE' would take
    that one away."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    there = f"EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid OR ({same}))"
    other = f"EXISTS (SELECT 1 FROM {table} WHERE rowid != OLD.rowid AND (rowid = NEW.rowid OR ({same})))"
    for what, where in (("INSERT", there), ("UPDATE", other)):
        op.execute(
            f"CREATE TRIGGER {table}_second_{what.lower()} BEFORE {what} ON {table} "
            f"WHEN {where} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def stays(table: str, columns: Sequence[str]) -> None:
    """From now on these columns of a line never change."""
    different = "IS NOT" if _sqlite() else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{column} {different} OLD.{column}" for column in columns)
    if _sqlite():
        then = f"WHEN {changed} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    else:
        then = f"FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION refuse()"
    op.execute(f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} {then}")


def refusing() -> None:
    """What the triggers of PostgreSQL call; SQLite needs nothing."""
    if not _sqlite():
        op.execute(
            f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )


def _refuse(table: str, what: str) -> None:
    then = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END" if _sqlite() else "FOR EACH ROW EXECUTE FUNCTION refuse()"
    op.execute(f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} {then}")


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
