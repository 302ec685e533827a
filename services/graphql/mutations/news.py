"""What of a decision is new: an edit that says what is so already changes nothing (I17)."""

from __future__ import annotations

import datetime
import enum
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tortoise import Model

from schema.decision import Change, Update
from schema.graph import ENTITIES
from services.database import row_modules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.graphql.mutations.write import Write


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
