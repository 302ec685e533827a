"""The public type of networks."""

from __future__ import annotations

import datetime

from schema.access import within_cluster
from schema.graph import Node, column, entity, many, name_column, one
from schema.networks import rows
from schema.vocabulary import LegalForm, NetworkKind, RegistrationStatus


@entity(rows.Network, scope=within_cluster(), plural="networks", order=("cluster_id", "name_fa"))
class Network(Node):
    """A business network, registered or not, within which sub-projects are carried out (R45, R46)."""

    kind: NetworkKind = column("What ties its members together.")
    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    registration_status: RegistrationStatus = column("Whether it is registered (R46).")
    legal_form: LegalForm | None = column("The legal form once registered (E10).")
    registration_number: str | None = column("The number in the register.", orderable=False)
    formed_on: datetime.date | None = column("When it formed.")
    registered_on: datetime.date | None = column("When it was registered.")
    dissolved_on: datetime.date | None = column("When it was dissolved.")
    designated_on: datetime.date | None = column("When it became the cluster's comprehensive network (R31).")
    last_assembly_on: datetime.date | None = column("Its last general assembly.")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    members = many(
        "stakeholders.Stakeholder",
        "The stakeholders in it.",
        through="network_member",
        through_near="network_id",
        through_far="stakeholder_id",
    )
    sub_projects = many(
        "sub_projects.SubProject",
        "The sub-projects it carries out.",
        through="sub_project_network",
        through_near="network_id",
        through_far="sub_project_id",
    )
