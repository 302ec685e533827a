"""What the page of roles tells: where the reach of a role comes from, which actions are open to it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from schema.access import ACTIONS
from schema.viewers import REACH, ReachSource
from schema.vocabulary import UserRole
from web.localisation import mark
from web.type_labels import type_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SOURCES: Final[Mapping[ReachSource, str]] = {
    ReachSource.PROVINCES: mark("the provinces given to it"),
    ReachSource.CLUSTERS: mark("the clusters given to it"),
    ReachSource.INSTITUTIONS: mark("the clusters its institutions support"),
    ReachSource.ASSIGNMENTS: mark("the clusters it is assigned to"),
    ReachSource.SEATS: mark("the clusters in whose council it sits"),
}


def reach_of(role: str) -> list[str]:
    """Return in words where the reach of a role comes from; nothing for the whole country."""
    return [words for source, words in _SOURCES.items() if source in REACH[UserRole(role)]]


@cache
def actions_of(role: str) -> frozenset[str]:
    """Return the mutations a role may ask for."""
    return frozenset(name for name, roles in ACTIONS.items() if UserRole(role) in roles)


def actions_by_thing(mutations: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[str]]]:
    """Group the mutations of the schema by the thing their payload shows."""
    found: dict[str, list[str]] = {}
    for mutation in mutations:
        fields = mutation["type"]["ofType"]["fields"]
        shown = next(field for field in fields if field["name"] not in {"problems", "warnings"})
        found.setdefault(type_label(shown["type"]["name"]), []).append(mutation["name"])
    return list(found.items())
