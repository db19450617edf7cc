"""The tables of the library as they are now. How they came to be is in data/migrations/."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

alliances = Table(
    "alliances",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("archived", Boolean, nullable=False),
)

designs = Table(
    "designs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("alliance", Text, ForeignKey("alliances.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("archived", Boolean, nullable=False),
    UniqueConstraint("alliance", "name"),
)

versions = Table(
    "versions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("design", Text, ForeignKey("designs.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("parent", Text, ForeignKey("versions.id")),
    Column("document", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("model_version", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("changed", JSON, nullable=False),
    Column("digest", Text, nullable=False),
    UniqueConstraint("design", "number"),
)

acts = Table(
    "acts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("done_at", Text, nullable=False),
)

positions = Table(
    "positions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Text, ForeignKey("versions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("partner", Text, nullable=False),
    Column("stand", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("said_at", Text, nullable=False),
    UniqueConstraint("version", "number"),
)

seals = Table(
    "seals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Text, ForeignKey("versions.id"), nullable=False, unique=True),
    Column("who", Text, nullable=False),
    Column("sealed_at", Text, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("id", Text, primary_key=True),
    Column("alliance", Text, ForeignKey("alliances.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("email", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("partner", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("since", Text, nullable=False),
    UniqueConstraint("alliance", "number"),
)
