"""Rows that wait to be copied: complete by the columns of their table, in the order the tables need."""

from __future__ import annotations

import datetime as dt
import importlib
import json
from typing import TYPE_CHECKING, Any, Final

from tortoise import fields

from schema.guards import Reference
from services.database import row_modules
from services.sample.identities import MADE_AT_MILLISECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    import asyncpg
    from tortoise import Model

    from services.sample.progress import Progress

MADE_AT: Final = dt.datetime.fromtimestamp(MADE_AT_MILLISECONDS / 1000, tz=dt.UTC)
PORTION: Final = 10_000


class Sheet:
    """The rows of one table; a row names only what differs from the table's own defaults."""

    def __init__(self, model: type[Model]) -> None:
        self.table: str = model._meta.db_table
        columns = model._meta.fields_map
        plain = {name: kind for name, kind in columns.items() if not getattr(kind, "generated", False)}
        self._texts = frozenset(name for name, kind in columns.items() if isinstance(kind, fields.JSONField))
        self._defaults = {
            name: MADE_AT if getattr(kind, "auto_now_add", False) else _default(kind)
            for name, kind in plain.items()
        }
        self.names: Final = tuple(plain)
        self.rows: list[tuple[Any, ...]] = []

    def add(self, **values: object) -> None:
        """Add a row; a name that is no column of the table is a mistake of ours and stops the load."""
        row = {**self._defaults, **values}
        if len(row) > len(self.names):
            unknown = ", ".join(sorted(values.keys() - self._defaults.keys()))
            raise KeyError(f"{self.table} has no column {unknown}")
        for name in self._texts:
            if row[name] is not None:
                row[name] = json.dumps(row[name], ensure_ascii=False, default=str)
        self.rows.append(tuple(row.values()))

    def portions(self) -> Iterator[list[tuple[Any, ...]]]:
        """Return the rows in portions small enough to show progress between them."""
        for start in range(0, len(self.rows), PORTION):
            yield self.rows[start : start + PORTION]


class Sheets:
    """The sheets of all tables that are loaded together."""

    def __init__(self) -> None:
        self._sheets: dict[type[Model], Sheet] = {}

    def add(self, model: type[Model], identity: UUID, **values: object) -> UUID:
        """Add a row with this id and return the id, which later rows refer to."""
        self.sheet(model).add(id=identity, **values)
        return identity

    def sheet(self, model: type[Model]) -> Sheet:
        """Return the sheet of a table."""
        if model not in self._sheets:
            self._sheets[model] = Sheet(model)
        return self._sheets[model]

    @property
    def total(self) -> int:
        """How many rows wait."""
        return sum(len(sheet.rows) for sheet in self._sheets.values())

    @property
    def tables(self) -> frozenset[str]:
        """The tables that rows wait for."""
        return frozenset(sheet.table for sheet in self._sheets.values())

    async def copy(self, connection: asyncpg.Connection[asyncpg.Record], progress: Progress) -> None:
        """Copy every row, those that others refer to first."""
        total, done = self.total, 0
        progress(done, total, "")
        for sheet in in_order(self._sheets.values()):
            for portion in sheet.portions():
                await connection.copy_records_to_table(sheet.table, records=portion, columns=sheet.names)
                done += len(portion)
                progress(done, total, sheet.table)


def in_order(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Sort the sheets so that a table comes after those it refers to."""
    waiting = {sheet.table: sheet for sheet in sheets}
    targets: dict[str, set[str]] = {table: set() for table in waiting}
    for guard in _references():
        if guard.table in waiting and guard.target in waiting and guard.target != guard.table:
            targets[guard.table].add(guard.target)
    ordered: list[Sheet] = []
    while waiting:
        free = [table for table in waiting if not targets[table] & waiting.keys()]
        if not free:
            raise ValueError(f"These tables refer to each other in a circle: {', '.join(sorted(waiting))}")
        ordered.extend(waiting.pop(table) for table in free)
    return ordered


def _references() -> Iterator[Reference]:
    for module in row_modules():
        for guard in importlib.import_module(module).guards:
            if isinstance(guard, Reference):
                yield guard


def _default(kind: fields.Field[Any]) -> object:
    """Return what the column holds when nobody says; a fresh one each time would not be repeatable."""
    return kind.default() if callable(kind.default) and not kind.pk else None if kind.pk else kind.default
