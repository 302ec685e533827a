"""The public types of stakeholders and memberships."""

from __future__ import annotations

import datetime

from schema.graph import Node, column, entity, many, name_column, one, permitted
from schema.scopes import CONTACT, within_cluster
from schema.stakeholders import rows, rules
from schema.stakeholders.membership_in_sql import IS_MEMBER
from schema.vocabulary import Gender, SizeClass, StakeholderKind, StakeholderRole


@entity(rows.Stakeholder, scope=within_cluster(), plural="stakeholders", order=("cluster_id", "name_fa"))
class Stakeholder(Node):
    """Anyone with a stake in a cluster; members are some of them (R54)."""

    kind: StakeholderKind = column("Person, household, workshop or organisation (A19).")
    role: StakeholderRole = column("The place in the value chain.")
    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    size_class: SizeClass | None = column("The size by number of workers (E12).")
    workers_count: int | None = column("Number of workers.")
    lead_gender: Gender | None = column("Gender of who leads it, if given.")
    contact_name: str | None = column("Whom to contact.", restricted=CONTACT)
    phone: str | None = column("The telephone number.", restricted=CONTACT, search="phone_norm")
    email: str | None = column("The e-mail address.", restricted=CONTACT, search="email_norm")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    county = one("provinces.County", "Where it is, at county precision.", near="county_id", required=False)
    place = one(
        "provinces.Place",
        "The city or village; partner agencies see cities only.",
        near="place_id",
        required=False,
    )
    institution = one(
        "support.SupportInstitution",
        "The institution it stands for, if it is one.",
        near="institution_id",
        required=False,
    )
    is_member: bool = column(
        "Whether it is a member of the cluster now (R54).",
        sql=IS_MEMBER,
        orderable=False,
    )
    memberships = many("stakeholders.Membership", "When it was a member.", far="stakeholder_id")
    networks = many(
        "networks.Network",
        "The networks it takes part in.",
        through="network_member",
        through_near="stakeholder_id",
        through_far="network_id",
    )
    permitted_actions = permitted(rows.STAKEHOLDER, rules.permitted)


@entity(rows.Membership, scope=within_cluster(), plural="memberships", order=("valid_from",))
class Membership(Node):
    """The time during which a stakeholder is a member of the cluster."""

    valid_from: datetime.date = column("The first day.")
    valid_to: datetime.date | None = column("The last day; empty while it lasts.")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    stakeholder = one("stakeholders.Stakeholder", "The member.", near="stakeholder_id")
    permitted_actions = permitted(rows.MEMBERSHIP, rules.permitted_of_membership)
