"""Finds the field that a path through a scenario document leads to. Forms and messages both read it."""

from collections.abc import Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from model.base import OWNERS_UNIT, Value
from model.scenario import Scenario

Path = tuple[str | int, ...]


def bare(annotation: Any) -> Any:
    """The annotation without Annotated and without '| None'."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    members = choices(annotation)
    if len(members) == 1 and members[0] is not annotation:
        return bare(members[0])
    return annotation


def choices(annotation: Any) -> tuple[Any, ...]:
    """The members of a union, without None; the annotation itself where it is none."""
    if get_origin(annotation) is Annotated:
        return choices(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(m for m in get_args(annotation) if m is not NoneType)
    return (annotation,)


def kind_of(member: Any) -> str | None:
    """The name by which files call one member of a tagged union; None for anything else."""
    field = member.model_fields.get("kind") if isinstance(member, type) and issubclass(member, Value) else None
    if field is None or get_origin(field.annotation) is not Literal or len(get_args(field.annotation)) != 1:
        return None
    return str(get_args(field.annotation)[0])


def value_class(annotation: Any, node: Any) -> type[Value] | None:
    """The class that a node of the document belongs to, or None where it has none."""
    members = [m for m in choices(annotation) if isinstance(m, type) and issubclass(m, Value)]
    if len(members) == 1:
        return members[0]
    kind = node.get("kind") if isinstance(node, dict) else None
    return next((m for m in members if kind_of(m) == kind), None)


def element(annotation: Any) -> Any:
    """What a list holds."""
    arguments = get_args(bare(annotation))
    return arguments[0] if arguments else Any


def walk(
    document: Any, path: Sequence[str | int], root: type[Value] = Scenario
) -> list[tuple[str | int, FieldInfo | None, Any]]:
    """Each step of a path as (key, its field or None for a list's element, the node there).

    Steps that only name a union's kind are left out. Stops where the path leaves the scenario.
    """
    steps: list[tuple[str | int, FieldInfo | None, Any]] = []
    annotation: Any = root
    node = document
    for key in path:
        if isinstance(key, int):
            annotation = element(annotation)
            node = node[key] if isinstance(node, list) and key < len(node) else None
            steps.append((key, None, node))
            continue
        owner = value_class(annotation, node)
        field = owner.model_fields.get(key) if owner else None
        if field is None:
            if isinstance(node, dict) and node.get("kind") == key:
                continue
            steps.append((key, None, node.get(key) if isinstance(node, dict) else None))
            break
        annotation = field.annotation
        node = node.get(key) if isinstance(node, dict) else None
        steps.append((key, field, node))
    return steps


def at(document: Any, path: Sequence[str | int]) -> Any:
    """What a document holds at a path, which must be there."""
    for key in path:
        document = document[key]
    return document


def field_at(document: Any, path: Sequence[str | int]) -> FieldInfo:
    """The field that a path ends in. Raises KeyError where it leads nowhere."""
    steps = walk(document, path)
    if not steps or steps[-1][1] is None:
        raise KeyError(f"no field at {path}")
    return steps[-1][1]


def unit_of(field: FieldInfo | None) -> str:
    """'£', '%' or ''."""
    extra = field.json_schema_extra if field else None
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


def empty_of(field: FieldInfo | None) -> str:
    """What an entry is where nothing is entered, in words."""
    extra = field.json_schema_extra if field else None
    return str(extra.get("empty", "none")) if isinstance(extra, dict) else "none"


def unit_along(steps: list[tuple[str | int, FieldInfo | None, Any]]) -> str:
    """The unit of the entry that steps lead to; where its owner decides, the owner's or what is said beside that."""
    fields = [i for i, (_, field, _) in enumerate(steps) if field is not None][::-1]
    if not fields or unit_of(steps[fields[0]][1]) != OWNERS_UNIT:
        return unit_of(steps[fields[0]][1]) if fields else ""
    for i in fields:
        name, field, _ = steps[i]
        owner = steps[i - 1][2] if i else None
        if isinstance(owner, dict) and (said := owner.get(f"{name}_in")):
            return "£" if said == "pounds" else "%"
        if unit_of(field) not in ("", OWNERS_UNIT):
            return unit_of(field)
    return ""


def titled(owner: type[Value], name: str) -> str:
    """The title of an entry, as forms and messages write it."""
    return owner.model_fields[name].title or name
