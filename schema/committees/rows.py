"""The tables of provincial committees: seats, sessions, and the action plans a session helped to fund (E7)."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.committees import rules
from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Unique
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import SeatRole


class ProvincialCommittee(Record):
    """The committee of a province (E7); at most one is in office."""

    province_id = reference()
    formed_on = fields.DateField()
    dissolved_on = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "provincial_committee"


class CommitteeSeat(Record):
    """A seat of the committee or of its expert sub-committee; a title, not a person's name."""

    province_id = reference()
    committee_id = reference()
    role = term(SeatRole)
    expert = fields.BooleanField(default=False)
    title_fa = fields.CharField(max_length=NAME_LENGTH)
    title_en = fields.CharField(max_length=NAME_LENGTH)
    institution_id = reference(null=True)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "committee_seat"


class CommitteeSession(Record):
    """A session of the committee or of its expert sub-committee that was held."""

    province_id = reference()
    committee_id = reference()
    expert = fields.BooleanField(default=False)
    held_on = fields.DateField()
    agenda_fa = fields.TextField(null=True)
    agenda_en = fields.TextField(null=True)
    minutes_fa = fields.TextField(null=True)
    minutes_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "committee_session"


class CommitteeSessionPlan(Record):
    """An approved action plan whose funding a session helped with."""

    session_id = reference()
    plan_id = reference()

    class Meta:
        """The table."""

        table = "committee_session_plan"


PROVINCE_HOME: Final = Facts(
    rules.CommitteeHome,
    "Province",
    {
        "committee_id": (
            "(select k.id from provincial_committee k where k.province_id = {t}.id"
            " and k.dissolved_on is null and k.deleted_at is null)"
        )
    },
)

COMMITTEE: Final = Facts(
    rules.CommitteeFacts,
    "ProvincialCommittee",
    {
        "seats": (
            "(select coalesce(json_agg(json_build_object('id', s.id, 'role', s.role, 'expert', s.expert,"
            " 'valid_from', s.valid_from)"
            " order by s.id), '[]') from committee_seat s"
            " where s.committee_id = {t}.id and s.valid_to is null and s.deleted_at is null)"
        ),
        "plans": (
            "(select coalesce(json_agg(p.id order by p.id), '[]') from action_plan p"
            " join cluster c on c.id = p.cluster_id where c.province_id = {t}.province_id"
            " and p.status in ('APPROVED', 'SUPERSEDED') and p.deleted_at is null and c.deleted_at is null)"
        ),
    },
)

SEAT: Final = Facts(rules.SeatFacts, "CommitteeSeat")

guards: tuple[Guard, ...] = (
    *guards_of(ProvincialCommittee, CommitteeSeat, CommitteeSession, CommitteeSessionPlan),
    Unique("provincial_committee", "id, province_id"),
    Reference("provincial_committee", "province_id", "province", indexed=False),
    Index("provincial_committee", "province_id, formed_on, id"),
    Index(
        "provincial_committee",
        "province_id",
        where="dissolved_on is null and deleted_at is null",
        unique=True,
        label="one_current",
    ),
    Check("provincial_committee", "period", "dissolved_on >= formed_on"),
    Unique("committee_seat", "id, province_id"),
    Reference(
        "committee_seat", "committee_id", "provincial_committee", together_with="province_id", indexed=False
    ),
    Reference("committee_seat", "province_id", "province"),
    Reference("committee_seat", "institution_id", "support_institution"),
    Index("committee_seat", "committee_id, valid_from, id"),
    Index(
        "committee_seat",
        "committee_id, expert, role",
        where="role in ('CHAIR', 'SECRETARY') and valid_to is null and deleted_at is null",
        unique=True,
        label="one_chair_one_secretary",
    ),
    Check("committee_seat", "validity", "valid_to >= valid_from"),
    Unique("committee_session", "id, province_id"),
    Reference(
        "committee_session",
        "committee_id",
        "provincial_committee",
        together_with="province_id",
        indexed=False,
    ),
    Reference("committee_session", "province_id", "province"),
    Index("committee_session", "committee_id, held_on, id"),
    Index("committee_session", "held_on, id"),
    Reference("committee_session_plan", "session_id", "committee_session", indexed=False),
    Reference("committee_session_plan", "plan_id", "action_plan"),
    Index("committee_session_plan", "session_id, plan_id", where="deleted_at is null", unique=True),
)
