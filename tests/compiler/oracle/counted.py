"""Figures counted over the rows within reach, in plain Python: per type and status, per place in the value chain."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.compiler.oracle.resolver import Row

    # What finds every row of a type within reach.
    Seen = Callable[[str], list[Row]]


def _sub_projects(seen: Seen, cluster: Row) -> list[dict[str, Any]]:
    found = Counter(
        (one["type"], one["status"]) for one in seen("SubProject") if one["cluster_id"] == cluster["id"]
    )
    return [
        {"type": kind, "status": status, "count": number} for (kind, status), number in sorted(found.items())
    ]


def _members(seen: Seen, cluster: Row) -> list[dict[str, Any]]:
    roles = {one["id"]: one["role"] for one in seen("Stakeholder")}
    found = Counter(
        roles[one["stakeholder_id"]]
        for one in seen("Membership")
        if one["cluster_id"] == cluster["id"] and one["valid_to"] is None and one["stakeholder_id"] in roles
    )
    return [{"role": role, "count": number} for role, number in sorted(found.items())]


COUNTED: Final = {("Cluster", "subProjectCounts"): _sub_projects, ("Cluster", "membersByRole"): _members}
"""The counts of a row, by the type and the field of the API."""

COUNTED_FIELDS: Final = {"subProjectCounts": ("type", "status", "count"), "membersByRole": ("role", "count")}
"""What is asked of each of them."""
