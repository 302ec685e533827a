"""What the declared types call every column of every table, and which types these refer to."""

from __future__ import annotations

import re
from typing import Final

from strawberry.utils.str_converters import to_camel_case
from tortoise import Model, fields

from schema import declaration as said
from schema.graph import ENTITIES, declarations
from schema.guards import Reference
from schema.history.names import CALLED
from services.graphql.contract import contract_of_the_code
from services.migration_file import collect_guards

_PLAIN: Final = re.compile(r"\{t\}\.(\w+)")
_NO_REFERENCE: Final = {"entity_id", "lane", "lease", "subject_id"}
"""Ids whose type stands beside them, and marks of a worker."""
_UNGUARDED: Final = {
    "cluster_id": "Cluster",
    "clusters": "Cluster",
    "deliveries": "NotificationDelivery",
    "provinces": "Province",
}
"""What no foreign key says: lists of ids, and what is written before its cluster is looked up."""
NEVER_CHANGED: Final = {
    "AuditEntry", "CalendarLook", "DeliveryAttempt", "Event", "IdempotencyKey", "JobItem", "JobPart", "ProviderVisit",
    "Province", "SignInFailure", "UnroutedEvent", "UserIdentity", "UserPassword",
}  # fmt: skip
"""What no command changes, so that no history is about it: logs, queues, secrets and the provinces."""


def tables() -> dict[str, type[Model]]:
    """Return every table a change can be of, by the name that the trail has for it."""
    contract_of_the_code()
    public: dict[type, str] = {entity.row: name for name, entity in ENTITIES.items()}
    rows = {row for row in _below(Model) if row.__module__.startswith("schema.") and not row._meta.abstract}
    return {public.get(row, row.__name__): row for row in sorted(rows, key=lambda row: row.__name__)}


def _below(kind: type[Model]) -> set[type[Model]]:
    return {row for below in kind.__subclasses__() for row in (below, *_below(below))}


def declared(entity: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the public type calls its columns, and which types they refer to."""
    names: dict[str, str] = {}
    targets: dict[str, str] = {}
    if entity not in ENTITIES:
        return names, targets
    for key, (field, declaration) in declarations(ENTITIES[entity].graph).items():
        name = field.graphql_name or to_camel_case(key)
        if isinstance(declaration, said.Column):
            column = key if declaration.sql is None else _PLAIN.fullmatch(declaration.sql)
            if column:
                names[column if isinstance(column, str) else column[1]] = name
        elif isinstance(declaration, said.One):
            names.setdefault(declaration.near, name)
            targets[declaration.near] = declaration.target
    return names, targets


def expected() -> dict[tuple[str, str], tuple[str, str | None]]:
    """Return for every column of every table its name in the API and the type it refers to."""
    found: dict[tuple[str, str], tuple[str, str | None]] = {}
    public = {entity.row._meta.db_table: name for name, entity in ENTITIES.items()}
    by_table = {row._meta.db_table: name for name, row in tables().items()} | public
    guarded = {
        (guard.table, guard.column): by_table[guard.target]
        for guard in collect_guards()
        if isinstance(guard, Reference)
    }
    for entity, row in tables().items():
        names, targets = declared(entity)
        for column, kind in row._meta.fields_map.items():
            target = (
                targets.get(column) or guarded.get((row._meta.db_table, column)) or _UNGUARDED.get(column)
            )
            if isinstance(kind, fields.UUIDField) and column != "id" and not target:
                assert column in _NO_REFERENCE, f"{entity}.{column} refers to nothing"
            bare = column.removesuffix("_id") if target else column
            name = names.get(column) or CALLED.get(f"{entity}.{column}") or to_camel_case(bare)
            found[entity, column] = (name, target)
    return found
