"""The four workloads: a GraphQL document, the statement a person would write for it, and its variables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson

from schema.identity import global_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

FOLDER: Final = Path(__file__).parent / "workloads"
NAMES: Final = ("Q1", "Q2", "Q3", "Q4")
MEANINGS: Final = {
    "Q1": "one cluster by id: 8 scalars and its province",
    "Q2": "50 clusters by name with province, phases and the total count",
    "Q3": "20 clusters, each with phases, sub-projects with network, stakeholders, institutions",
    "Q4": "1,000 stakeholders: 6 scalars and the cluster",
}


@dataclass(frozen=True, slots=True)
class Workload:
    """One question, in the words of each system that answers it."""

    name: str
    document: str
    statement: str
    peer_document: str

    def variables(self, cluster: UUID) -> Mapping[str, str]:
        """Return the variables of the document; only Q1 has one."""
        return {"id": global_id("Cluster", cluster)} if self.name == "Q1" else {}

    def body(self, cluster: UUID) -> bytes:
        """Return the request body for a GraphQL service of ours."""
        return orjson.dumps({"query": self.document, "variables": self.variables(cluster)})

    def peer_body(self, cluster: UUID) -> bytes:
        """Return the request body for the peer, which knows rows by their own ids."""
        variables = {"id": str(cluster)} if self.name == "Q1" else {}
        return orjson.dumps({"query": self.peer_document, "variables": variables})


def workloads() -> tuple[Workload, ...]:
    """Read the workloads from their files."""
    return tuple(
        Workload(name, _read(name, "graphql"), _read(name, "sql"), _read(name, "postgraphile.graphql"))
        for name in NAMES
    )


def _read(name: str, ending: str) -> str:
    return (FOLDER / f"{name}.{ending}").read_text(encoding="utf-8")
