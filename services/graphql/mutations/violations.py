"""What a constraint of PostgreSQL refused, which a race may reach behind the rules, as a problem at its field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import asyncpg
from strawberry.types.base import StrawberryContainer
from strawberry.utils.str_converters import to_camel_case

from schema.decision import Refused, refuse
from schema.problems import ProblemCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tortoise.exceptions import IntegrityError

_KEY: Final = re.compile(r"Key \((.*?)\)=\(")
# The column itself, or the one inside an expression such as khoosheh_squash(name_fa::text).
_COLUMN: Final = re.compile(r"(?:\w+\()?\(*([a-z_0-9]+)")
_SHADOW: Final = re.compile(r"_(norm|order)$")


def violation(error: IntegrityError, command: type) -> Refused:
    """Turn a violated constraint into a problem at the field of the command that it is about."""
    cause = error.args[0] if error.args else None
    key = _KEY.search(str(getattr(cause, "detail", "") or ""))
    columns = [_SHADOW.sub("", found) for found in _columns(key.group(1))] if key else []
    where = field_of(columns, command)
    if isinstance(cause, asyncpg.UniqueViolationError | asyncpg.ExclusionViolationError):
        return refuse(ProblemCode.NOT_UNIQUE, *where)
    if isinstance(cause, asyncpg.ForeignKeyViolationError):
        # A second column proves that both rows belong to the same cluster, or to the same whole within it.
        together = len(columns) > 1 and "cluster_id" in columns
        return refuse(ProblemCode.OF_ANOTHER_CLUSTER if together else ProblemCode.NOT_FOUND, *where)
    name = str(getattr(cause, "constraint_name", "") or "").removesuffix("_check")
    return refuse(ProblemCode.INVALID, *where, reason=name.replace("_", " "))


def field_of(columns: Sequence[str], command: type) -> tuple[str, ...]:
    """Return the path of the field of a command that a column was given by; none where there is no such field."""
    fields: list[Any] = list(command.__strawberry_definition__.fields)  # type: ignore[attr-defined]  # an input
    within = [column for column in reversed(columns) if column != "cluster_id"]
    own = [*within, *(["cluster_id"] if "cluster_id" in columns else [])]
    for column in own:
        for field in fields:
            if field.python_name in {column, f"{column}s"}:
                return (to_camel_case(field.python_name),)
        for field in fields:
            if column in _inside(field.type):
                return (to_camel_case(field.python_name),)
    return ()


def _inside(kind: Any) -> set[str]:
    """Return the names of the fields of an input inside an input."""
    while isinstance(kind, StrawberryContainer):
        kind = kind.of_type
    definition = getattr(kind, "__strawberry_definition__", None)
    return {field.python_name for field in definition.fields} if definition else set()


def _columns(key: str) -> list[str]:
    return [found.group(1) for part in key.split(",") if (found := _COLUMN.search(part))]
