"""Which rows a viewer reaches, told in plain Python: a second definition beside the scopes of the compiler."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from schema.viewers import Viewer
from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from uuid import UUID

    from hypothesis.strategies import DrawFn

    from tests.compiler.oracle.resolver import Row, Tables

EVERYWHERE: Final = {UserRole.NATIONAL_ADMINISTRATOR, UserRole.NATIONAL_VIEWER}
OF_PROVINCES: Final = {UserRole.PROVINCE_ADMINISTRATOR, UserRole.PROVINCE_VIEWER}
OF_CLUSTERS: Final = {
    *(UserRole.DEVELOPMENT_AGENT, UserRole.COUNCIL_MEMBER, UserRole.TECHNICAL_ADVISOR),
    UserRole.NETWORK_REPRESENTATIVE,
}
READING_CONTACTS: Final = {
    *(UserRole.NATIONAL_ADMINISTRATOR, UserRole.PROVINCE_ADMINISTRATOR, UserRole.DEVELOPMENT_AGENT),
}
CONTACTS: Final = {"contactName", "phone", "email"}
PUBLIC: Final = {"Province", "County"}
# Which table names the clusters of a role.
NAMED_IN: Final = {
    UserRole.DEVELOPMENT_AGENT: "agent_assignment",
    UserRole.COUNCIL_MEMBER: "council_seat",
    UserRole.NETWORK_REPRESENTATIVE: "network",
}
RICHEST: Final = "lorestan-gelim-jajim-mashteh"


@dataclass
class Reach:
    """What one viewer reaches of the tables."""

    viewer: Viewer
    tables: Tables

    @cached_property
    def clusters(self) -> frozenset[UUID]:
        """The clusters within reach; one that is removed is in nobody's."""
        return frozenset(row["id"] for row in self.tables.rows["cluster"] if self._reaches(row))

    def _reaches(self, cluster: Row) -> bool:
        viewer = self.viewer
        if viewer.role in EVERYWHERE:
            return True
        if viewer.role in OF_PROVINCES:
            return cluster["province_id"] in viewer.provinces
        if viewer.role in OF_CLUSTERS:
            return cluster["id"] in viewer.clusters
        promised = self.tables.having("support_commitment", "cluster_id", cluster["id"])
        return (
            cluster["province_id"] in viewer.provinces
            or cluster["id"] in viewer.clusters
            or any(promise["institution_id"] in viewer.institutions for promise in promised)
        )

    @cached_property
    def provinces(self) -> frozenset[UUID]:
        """The provinces of the viewer, and those of the clusters within reach."""
        homes = {row["province_id"] for row in self.tables.rows["cluster"] if row["id"] in self.clusters}
        return frozenset({*self.viewer.provinces, *homes})

    def sees(self, type_name: str, row: Row) -> bool:
        """Whether the viewer may know of a row."""
        if type_name in PUBLIC:
            return True
        if type_name == "Cluster":
            return row["id"] in self.clusters
        if type_name == "SupportInstitution":
            return (
                self.viewer.role in EVERYWHERE
                or row["province_id"] is None
                or row["province_id"] in self.provinces
                or row["id"] in self.viewer.institutions
            )
        return row["cluster_id"] in self.clusters

    def reads(self, name: str) -> bool:
        """Whether the viewer reads a field of what is seen: contact data is for those who call."""
        return name not in CONTACTS or self.viewer.role in READING_CONTACTS


# A role and numbers that choose whatever its reach is made of.
Chosen = tuple[UserRole, list[int]]


@st.composite
def viewers(draw: DrawFn) -> Chosen:
    """Choose a role and what it is to reach; the richest cluster is half of all choices."""
    role = draw(st.sampled_from(sorted(UserRole, key=lambda one: one.value)))
    return role, draw(st.lists(st.just(0) | st.integers(0, 60), min_size=3, max_size=3))


def viewer_of(chosen: Chosen, tables: Tables) -> Viewer:
    """Make the viewer that was chosen: of a province, of one project, of one seat, of an institution."""
    role, (first, second, third) = chosen
    rich = next(row for row in tables.rows["cluster"] if row["slug"] == RICHEST)
    clusters = _sorted(tables, "cluster", "id", rich["id"], "slug")
    provinces = _sorted(tables, "province", "id", rich["province_id"], "name_en")
    helpers = [row["institution_id"] for row in tables.having("support_commitment", "cluster_id", rich["id"])]
    institutions = _sorted(tables, "support_institution", "id", min(helpers), "name_fa")
    seated = {row["cluster_id"] for row in tables.rows[NAMED_IN.get(role, "cluster_project")]}
    named = [cluster for cluster in clusters if cluster in seated]
    reach: dict[str, Any] = {}
    if role in OF_PROVINCES:
        reach = {"provinces": (provinces[first % len(provinces)], provinces[second % len(provinces)])}
    elif role in OF_CLUSTERS:
        reach = {"clusters": (named[first % len(named)],)}
    elif role is UserRole.PARTNER_AGENCY:
        # One kind of reach alone, or nothing at all: together they would hide each other.
        kinds: list[dict[str, Any]] = [
            {"institutions": (institutions[second % len(institutions)],)},
            {"clusters": (clusters[second % len(clusters)],)},
            {
                "provinces": (provinces[second % len(provinces)],),
                "clusters": (clusters[third % len(clusters)],),
            },
            {},
        ]
        reach = kinds[first % len(kinds)]
    return Viewer(role, "oracle", language="en", **reach)


def _sorted(tables: Tables, table: str, column: str, first: UUID, by: str) -> list[UUID]:
    """Return the values of a column, in an order that does not change, the richest one first."""
    rows = sorted(tables.rows[table], key=lambda row: (row[column] != first, str(row[by])))
    return [row[column] for row in rows]
