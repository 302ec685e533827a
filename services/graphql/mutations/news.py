"""What of a decision is new: an edit that says what is so already changes nothing (I17)."""

from __future__ import annotations

import datetime
import enum
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from tortoise import Model

from schema.decision import Accepted, Change, Create, Remove, Update
from schema.graph import ENTITIES
from services.database import row_modules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.graphql.mutations.write import Write


_KEPT_OF_A_ROW: Final = frozenset({"id", "revision", "created_at", "deleted_at", "is_sample"})


@cache
def row_of(entity: str) -> type[Model]:
    """Return the table of a public type, or of a row class that has no public type."""
    if entity in ENTITIES:
        return ENTITIES[entity].row
    for module in row_modules():
        found = getattr(import_module(module), entity, None)
        if isinstance(found, type) and issubclass(found, Model):
            return found
    raise LookupError(f"There is no row class {entity}.")


async def lines_that_stay(write: Write, decision: Accepted) -> tuple[Change, ...]:
    """Return the changes of a decision without the lines of lists that it removes and makes again as they were.

    What else is made for such a line, as a solution is for its problem, is made for the one that stays.
    """
    gone: dict[str, list[UUID]] = {}
    for change in decision.changes:
        if isinstance(change, Remove):
            gone.setdefault(change.entity, []).append(change.id)
    made = {change.entity for change in decision.changes if isinstance(change, Create)}
    recorded = {entity: await _rows(write, entity, gone[entity]) for entity in sorted(made & gone.keys())}
    if not any(recorded.values()):
        return decision.changes
    stays: dict[UUID, UUID] = {}
    left: list[Change] = []
    for change in decision.changes:
        if not isinstance(change, Create):
            left.append(change)
            continue
        values = {name: _known(value, stays) for name, value in change.values.items()}
        lines = recorded.get(change.entity, [])
        line = next((each for each in lines if _is_line(each, change.entity, values)), None)
        if line is None or change.id == decision.result[1]:
            left.append(replace(change, values=values))
        else:
            lines.remove(line)
            stays[change.id] = line["id"]
    kept = set(stays.values())
    return tuple(change for change in left if not (isinstance(change, Remove) and change.id in kept))


async def _rows(write: Write, entity: str, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    found = await row_of(entity).filter(id__in=ids).using_db(write.transaction.rows).values()
    return [dict(row) for row in found]


def _known(value: object, stays: Mapping[UUID, UUID]) -> object:
    return stays.get(value, value) if isinstance(value, UUID) else value


def _is_line(row: Mapping[str, object], entity: str, values: Mapping[str, object]) -> bool:
    """Tell whether a recorded row is what would be made; what is not given of it would be what columns begin with."""
    fields = row_of(entity)._meta.fields_map
    return all(
        _same(recorded, values.get(name, fields[name].default))
        for name, recorded in row.items()
        if name not in _KEPT_OF_A_ROW
    )


async def anything_new(write: Write, changes: Sequence[Change]) -> bool:
    """Tell whether a decision would change any row; what only follows from another change does not count."""
    for change in changes:
        if isinstance(change, Update) and change.follows:
            continue
        if await news_of(write, change) is not None:
            return True
    return False


async def news_of(write: Write, change: Change) -> Change | None:
    """Return the change with the values that differ from the recorded ones, or nothing when none does."""
    if not isinstance(change, Update):
        return change
    if not change.values:
        return None
    using = write.transaction.rows
    rows = await row_of(change.entity).filter(id=change.id).using_db(using).values(*change.values)
    news = {name: value for name, value in change.values.items() if not _same(rows[0][name], value)}
    return replace(change, values=news) if news else None


def _same(recorded: object, given: object) -> bool:
    if isinstance(recorded, Decimal) and isinstance(given, Decimal | int | float):
        return recorded == Decimal(str(given))
    if isinstance(recorded, datetime.datetime) and isinstance(given, datetime.datetime):
        return recorded == given
    return bool(as_json(recorded) == as_json(given))


def as_json(value: Any) -> Any:
    """Turn row values into what JSON can hold: ISO dates, wire names, texts for numbers with fractions."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dict):
        return {str(key): as_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(part) for part in value]
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value
