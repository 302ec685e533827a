"""The public type of networks."""

from __future__ import annotations

import datetime

from schema.documents.rows import HOMES
from schema.documents.rules import permitted_on_owner
from schema.graph import Node, code_column, column, entity, many, name_column, one, permitted, text_column
from schema.networks import members as membership
from schema.networks import rows, rules
from schema.scopes import within_cluster
from schema.vocabulary import LegalForm, NetworkKind, RegistrationStatus


@entity(rows.Network, scope=within_cluster(), plural="networks", order=("cluster_id", "name_fa"))
class Network(Node):
    """A business network, registered or not, within which sub-projects are carried out (R45, R46)."""

    kind: NetworkKind = column("What ties its members together.")
    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    registration_status: RegistrationStatus = column("Whether it is registered (R46).")
    legal_form: LegalForm | None = column("The legal form once registered (E10).")
    registration_number: str | None = code_column("The number in the register.", "registration_number")
    formed_on: datetime.date | None = column("When it formed.")
    registered_on: datetime.date | None = column("When it was registered.")
    dissolved_on: datetime.date | None = column("When it was dissolved.")
    designated_on: datetime.date | None = column("When it became the cluster's comprehensive network (R31).")
    last_assembly_on: datetime.date | None = column("Its last general assembly.")
    status_reason: str | None = text_column("Why it was dissolved.", "status_reason")
    is_comprehensive: bool = column(
        "Whether it is the cluster's comprehensive network now; there is at most one (R31).",
        sql="({t}.designated_on is not null and {t}.dissolved_on is null)",
        orderable=False,
    )
    members_count: int = column(
        "How many stakeholders are in it now.",
        sql=(
            "(select count(*) from network_member m where m.network_id = {t}.id and m.valid_to is null"
            " and m.deleted_at is null)"
        ),
    )
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    memberships = many(
        "networks.NetworkMember", "Who takes part in it, and from when to when.", far="network_id"
    )
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
    documents = many("documents.Document", "What is attached to it.", far="network_id")
    document_actions = permitted(HOMES["Network"], permitted_on_owner)
    permitted_actions = permitted(rows.NETWORK, rules.permitted)


@entity(
    rows.NetworkMember, scope=within_cluster(), plural="networkMembers", order=("network_id", "valid_from")
)
class NetworkMember(Node):
    """The time during which a stakeholder takes part in a network."""

    valid_from: datetime.date | None = column("The first day, if known.")
    valid_to: datetime.date | None = column("The last day; empty while it lasts.", orderable=False)
    network = one("networks.Network", "The network.", near="network_id")
    stakeholder = one("stakeholders.Stakeholder", "Who takes part.", near="stakeholder_id")
    permitted_actions = permitted(rows.NETWORK_MEMBER, membership.permitted_of_member)
