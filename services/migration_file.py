"""The text of the first migration, written from the rows and their guards."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.schema_generator.state import State
from tortoise.migrations.schema_generator.state_apps import StateApps
from tortoise.migrations.writer import MigrationWriter

from schema.text import sql_functions
from services.database import SCHEMA, row_modules, row_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tortoise.apps import Apps

    from schema.guards import Guard

FIRST: Final = "0001_initial"
PATH: Final = SCHEMA / "migrations" / f"{FIRST}.py"
HEADING: Final = (
    '"""Every table with its guards; written from the rows by `make migrations`, not by hand."""\n\n'
)


class _FirstMigration(MigrationAutodetector):
    """Sees all rows as new, whatever is written already."""

    async def _project_state(self) -> State:
        return State(models={}, apps=StateApps())


async def first_migration() -> str:
    """Render the migration that creates every table and then its guards."""
    async with TortoiseContext() as context:
        settings = row_settings()
        await context.init(config=settings, init_connections=False)
        writers = await _FirstMigration(_apps(context), settings["apps"]).changes()
    tables = MigrationWriter(FIRST, "schema", writers[0].operations, initial=True).as_string()
    head, _, body = tables.partition("    operations = [\n")
    body = body.rpartition("    ]")[0]
    return "".join(
        [
            HEADING,
            "from schema.creation import CreateTables\n",
            head,
            "    operations = [\n",
            # Functions come before the tables and go after them, because generated columns use them.
            _run_sql(sql_functions()),
            "        CreateTables([\n",
            body,
            "        ]),\n",
            *_phases(collect_guards()),
            "    ]\n",
        ]
    )


def _apps(context: TortoiseContext) -> Apps:
    if context.apps is None:
        raise RuntimeError("Tortoise was not given the rows")
    return context.apps


def collect_guards() -> list[Guard]:
    """Return the guards of all rows in the order they can be created in."""
    guards: list[Guard] = []
    for name in row_modules():
        guards.extend(getattr(importlib.import_module(name), "guards", ()))
    return sorted(guards, key=lambda guard: guard.order)


def _phases(guards: list[Guard]) -> Iterable[str]:
    """Write one operation per phase; one per guard would make Tortoise copy its state for each."""
    for phase in sorted({guard.order for guard in guards}):
        yield _run_sql([(guard.forward(), guard.backward()) for guard in guards if guard.order == phase])


def _run_sql(statements: Iterable[tuple[str, str]]) -> str:
    """Write one operation that runs the statements, and undoes them in the opposite order."""
    pairs = list(statements)
    lines = ["        ops.RunSQL("]
    for name, sqls in (
        ("sql", [forward for forward, _ in pairs]),
        ("reverse_sql", [backward for _, backward in reversed(pairs)]),
    ):
        lines += [f"            {name}=[", *(f"                {sql!r}," for sql in sqls), "            ],"]
    return "\n".join([*lines, "        ),", ""])
