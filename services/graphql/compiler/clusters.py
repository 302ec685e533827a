"""Which relations stay inside a cluster, as the composite references of the tables guarantee.

A row reached by such a relation from a row within the viewer's reach is within reach as well, so the
statement need not prove it again for every row.
"""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import TYPE_CHECKING

from schema import graph as words
from schema.guards import Reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.graphql.compiler import catalog as kinds


def keep_clusters(types: Mapping[str, kinds.ObjectType]) -> dict[str, kinds.ObjectType]:
    """Return the types with every relation marked that stays inside the cluster."""
    together = _references()
    return {
        name: replace(
            type_,
            fields={key: _marked(type_, field, types, together) for key, field in type_.fields.items()},
        )
        for name, type_ in types.items()
    }


def _references() -> frozenset[tuple[str, str]]:
    """Return table and column of every reference that also proves the same cluster."""
    modules = {f"schema.{entity.graph.__module__.split('.')[1]}.rows" for entity in words.ENTITIES.values()}
    return frozenset(
        (guard.table, guard.column)
        for name in modules
        for guard in getattr(_module(name), "guards", ())
        if isinstance(guard, Reference) and guard.together_with == "cluster_id"
    )


def _module(name: str) -> object:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


def _marked(
    type_: kinds.ObjectType,
    field: kinds.Field,
    types: Mapping[str, kinds.ObjectType],
    together: frozenset[tuple[str, str]],
) -> kinds.Field:
    from services.graphql.compiler import catalog  # noqa: PLC0415 - the catalog imports this module

    if not isinstance(field, catalog.ToOne | catalog.ToMany) or field.target not in types:
        return field
    target = types[field.target]
    home = type_.scope.home if type_.scope else None
    away = target.scope.home if target.scope else None
    if home is None or away is None or type_.table is None or target.table is None:
        return field
    if isinstance(field, catalog.ToOne):
        same = (field.near, field.far) == (home, away) or (type_.table, field.near) in together
        return replace(field, same_cluster=same)
    many = field.declaration
    if many.through is None:
        same = (many.near, many.far) == (home, away) or (target.table, many.far) in together
    else:
        near = many.through_near == "cluster_id" or (many.through, many.through_near) in together
        far = many.through_far == "cluster_id" or (many.through, many.through_far) in together
        same = near and far
    return replace(field, same_cluster=same)
