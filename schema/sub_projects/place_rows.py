"""The tables that say within which networks and in which counties a sub-project is carried out."""

from __future__ import annotations

from schema.guards import Guard, Index, Reference
from schema.rows import Record, guards_of, reference


class SubProjectNetwork(Record):
    """A network within which a sub-project is carried out (R45)."""

    cluster_id = reference()
    sub_project_id = reference()
    network_id = reference()

    class Meta:
        """The table."""

        table = "sub_project_network"


class SubProjectCounty(Record):
    """A county in which a sub-project is carried out."""

    cluster_id = reference()
    sub_project_id = reference()
    county_id = reference()

    class Meta:
        """The table."""

        table = "sub_project_county"


place_guards: tuple[Guard, ...] = (
    *guards_of(SubProjectNetwork, SubProjectCounty),
    Reference(
        "sub_project_network", "sub_project_id", "sub_project", together_with="cluster_id", indexed=False
    ),
    Reference("sub_project_network", "network_id", "network", together_with="cluster_id"),
    Reference("sub_project_network", "cluster_id", "cluster"),
    Index("sub_project_network", "sub_project_id, network_id", where="deleted_at is null", unique=True),
    Reference(
        "sub_project_county", "sub_project_id", "sub_project", together_with="cluster_id", indexed=False
    ),
    Reference("sub_project_county", "county_id", "county"),
    Reference("sub_project_county", "cluster_id", "cluster"),
    Index("sub_project_county", "sub_project_id, county_id", where="deleted_at is null", unique=True),
)
