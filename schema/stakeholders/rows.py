"""The tables of stakeholders and of those among them who are members."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Generated, Guard, Index, Reference, Unique, searchable
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.stakeholders import entries, rules
from schema.vocabulary import Gender, SizeClass, StakeholderKind, StakeholderRole


class Stakeholder(Record):
    """Anyone with a stake in a cluster: a person, a workshop, an organisation (R54, A19)."""

    cluster_id = reference()
    kind = term(StakeholderKind)
    role = term(StakeholderRole)
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    county_id = reference(null=True)
    place_id = reference(null=True)
    institution_id = reference(null=True)
    size_class = term(SizeClass, null=True)
    workers_count = fields.IntField(null=True)
    lead_gender = term(Gender, null=True)
    contact_name = fields.CharField(max_length=NAME_LENGTH, null=True)
    phone = fields.CharField(max_length=40, null=True)
    email = fields.CharField(max_length=254, null=True)

    class Meta:
        """The table."""

        table = "stakeholder"


class Membership(Record):
    """The time during which a stakeholder is a member of the cluster (members ⊂ stakeholders)."""

    cluster_id = reference()
    stakeholder_id = reference()
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "membership"


HOME: Final = Facts(
    entries.StakeholderHome,
    "Cluster",
    {
        "counties": (
            "(select coalesce(json_agg(y.id order by y.id), '[]') from county y"
            " where y.province_id = {t}.province_id)"
        ),
        "entered": """(
            select coalesce(json_agg(json_build_object(
              'id', k.id, 'name', k.name_fa_norm, 'role', k.role, 'county_id', k.county_id)), '[]')
            from stakeholder k where k.cluster_id = {t}.id and k.deleted_at is null)""",
    },
)

STAKEHOLDER: Final = Facts(
    rules.StakeholderFacts,
    "Stakeholder",
    {
        "membership": (
            "(select json_build_object('id', m.id, 'valid_from', m.valid_from) from membership m"
            " where m.stakeholder_id = {t}.id and m.valid_to is null and m.deleted_at is null)"
        ),
        "last_ended": (
            "(select max(m.valid_to) from membership m"
            " where m.stakeholder_id = {t}.id and m.deleted_at is null)"
        ),
        "ties": (
            "(select count(*) from network_member w where w.stakeholder_id = {t}.id"
            " and w.valid_to is null and w.deleted_at is null)"
            " + (select count(*) from council_seat s where s.stakeholder_id = {t}.id"
            " and s.valid_to is null and s.deleted_at is null)"
            " + (select count(*) from sub_project p where p.leader_id = {t}.id"
            " and p.status not in ('COMPLETED', 'CANCELLED') and p.deleted_at is null)"
        ),
        "place_county_id": "(select w.county_id from place w where w.id = {t}.place_id)",
        "home": f"(select {HOME.nested('home')} from cluster home where home.id = {{t}}.cluster_id)",
    },
)

MEMBERSHIP: Final = Facts(rules.MembershipFacts, "Membership")

guards: tuple[Guard, ...] = (
    *guards_of(Stakeholder, Membership),
    *searchable("stakeholder", "name_fa", "name_en"),
    Generated("stakeholder", "phone_norm", "text", "khoosheh_squash(phone)"),
    Generated("stakeholder", "email_norm", "text", "khoosheh_squash(email)"),
    Unique("stakeholder", "id, cluster_id"),
    Reference("stakeholder", "cluster_id", "cluster", indexed=False),
    Reference("stakeholder", "county_id", "county"),
    Reference("stakeholder", "place_id", "place", together_with="county_id"),
    Check("stakeholder", "place_in_county", "place_id is null or county_id is not null"),
    Reference("stakeholder", "institution_id", "support_institution"),
    Index("stakeholder", "cluster_id, name_fa_order, id"),
    Index(
        "stakeholder",
        "cluster_id, coalesce(county_id, '00000000-0000-0000-0000-000000000000'::uuid), role, name_fa_norm",
        where="deleted_at is null",
        unique=True,
        label="namesake",
    ),
    Index("stakeholder", "cluster_id, role"),
    Index("stakeholder", "role, id"),
    Index("stakeholder", "created_at, id"),
    Check("stakeholder", "workers", "workers_count >= 0"),
    Unique("membership", "id, cluster_id"),
    Reference("membership", "stakeholder_id", "stakeholder", together_with="cluster_id"),
    Reference("membership", "cluster_id", "cluster"),
    Index(
        "membership",
        "stakeholder_id",
        where="valid_to is null and deleted_at is null",
        unique=True,
        label="one_current",
    ),
    Index("membership", "valid_from, id"),
    Check("membership", "validity", "valid_to >= valid_from"),
)
