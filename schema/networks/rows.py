"""The tables of networks and their members."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Unique, searchable
from schema.networks import members, rules
from schema.plans.rows import IN_FORCE
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import LegalForm, NetworkKind, RegistrationStatus


class Network(Record):
    """A business network of a cluster, registered or not (R45, R46, E10)."""

    cluster_id = reference()
    kind = term(NetworkKind)
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    registration_status = term(RegistrationStatus, default=RegistrationStatus.UNREGISTERED)
    legal_form = term(LegalForm, null=True)
    registration_number = fields.CharField(max_length=50, null=True)
    formed_on = fields.DateField(null=True)
    registered_on = fields.DateField(null=True)
    dissolved_on = fields.DateField(null=True)
    designated_on = fields.DateField(null=True)
    last_assembly_on = fields.DateField(null=True)
    status_reason = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "network"


class NetworkMember(Record):
    """A stakeholder's membership of a network."""

    cluster_id = reference()
    network_id = reference()
    stakeholder_id = reference()
    valid_from = fields.DateField(null=True)
    valid_to = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "network_member"


_NAMED: Final = "json_build_object('id', other.id, 'name_fa', other.name_fa, 'name_en', other.name_en)"
_COMPREHENSIVE: Final = (
    "other.kind = 'COMPREHENSIVE' and other.dissolved_on is null and other.deleted_at is null"
)

NETWORK_HOME: Final = Facts(
    rules.NetworkHome,
    "Cluster",
    {
        "networks": (
            f"(select coalesce(json_agg({_NAMED} order by other.id), '[]') from network other"
            " where other.cluster_id = {t}.id and other.deleted_at is null)"
        ),
        "comprehensive": (
            f"(select {_NAMED} from network other where other.cluster_id = {{t}}.id and {_COMPREHENSIVE})"
        ),
    },
)

NETWORK: Final = Facts(
    rules.NetworkFacts,
    "Network",
    {
        "status": "{t}.registration_status",
        "comprehensive": (
            f"(select {_NAMED} from network other where other.cluster_id = {{t}}.cluster_id"
            f" and {_COMPREHENSIVE} and (other.id <> {{t}}.id or other.designated_on is not null))"
        ),
        "former_dissolved_on": (
            "(select max(other.dissolved_on) from network other where other.cluster_id = {t}.cluster_id"
            " and other.id <> {t}.id and other.designated_on is not null and other.deleted_at is null)"
        ),
        "others": (
            f"(select coalesce(json_agg({_NAMED} order by other.id), '[]') from network other"
            " where other.cluster_id = {t}.cluster_id and other.id <> {t}.id and other.deleted_at is null)"
        ),
        "plan": IN_FORCE.replace("{cluster}", "{t}.cluster_id"),
    },
)

NETWORK_OF_MEMBERS: Final = Facts(
    members.NetworkOfMembers,
    "Network",
    {
        "current": (
            "(select coalesce(json_agg(m.stakeholder_id order by m.id), '[]') from network_member m"
            " where m.network_id = {t}.id and m.valid_to is null and m.deleted_at is null)"
        )
    },
)

PARTICIPANT: Final = Facts(members.Participant, "Stakeholder")
NETWORK_MEMBER: Final = Facts(members.NetworkMemberFacts, "NetworkMember")

guards: tuple[Guard, ...] = (
    *guards_of(Network, NetworkMember),
    *searchable("network", "name_fa", "name_en"),
    *searchable("network", "registration_number", ordered=False),
    Unique("network", "id, cluster_id"),
    Reference("network", "cluster_id", "cluster", indexed=False),
    Index("network", "cluster_id, name_fa_order, id"),
    Index("network", "kind, id"),
    Index(
        "network",
        "cluster_id",
        where="kind = 'COMPREHENSIVE' and dissolved_on is null and deleted_at is null",
        unique=True,
        label="one_comprehensive",
    ),
    Check(
        "network",
        "registered",
        "registration_status <> 'REGISTERED' or (legal_form is not null and registration_number is not null)",
    ),
    Check("network", "dates", "registered_on >= formed_on and dissolved_on >= formed_on"),
    Check("network", "dissolved_last", "dissolved_on >= registered_on and dissolved_on >= designated_on"),
    Check("network", "dissolved", "(registration_status = 'DISSOLVED') = (dissolved_on is not null)"),
    Index("network", "cluster_id, name_fa_norm", where="deleted_at is null", unique=True, label="name"),
    Check("network", "designation", "(designated_on is not null) <= (kind = 'COMPREHENSIVE')"),
    Unique("network_member", "id, cluster_id"),
    Reference("network_member", "network_id", "network", together_with="cluster_id", indexed=False),
    Reference("network_member", "stakeholder_id", "stakeholder", together_with="cluster_id"),
    Reference("network_member", "cluster_id", "cluster"),
    Index(
        "network_member",
        "network_id, stakeholder_id",
        where="valid_to is null and deleted_at is null",
        unique=True,
    ),
    Index("network_member", "network_id, valid_from, id"),
    Check("network_member", "validity", "valid_to >= valid_from"),
)
