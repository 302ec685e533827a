"""The tables of the national policy council: its seats and sessions (E8)."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference
from schema.national_councils import rules
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import SeatRole


class NationalCouncil(Record):
    """The policy council of the country under the institution that chairs it (E8); at most one is in office."""

    institution_id = reference()
    formed_on = fields.DateField()
    dissolved_on = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "national_council"


class NationalCouncilSeat(Record):
    """A seat of the national council; a title, not a person's name."""

    council_id = reference()
    role = term(SeatRole)
    title_fa = fields.CharField(max_length=NAME_LENGTH)
    title_en = fields.CharField(max_length=NAME_LENGTH)
    institution_id = reference(null=True)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "national_council_seat"


class NationalCouncilSession(Record):
    """A session of the national council that was held."""

    council_id = reference()
    held_on = fields.DateField()
    agenda_fa = fields.TextField(null=True)
    agenda_en = fields.TextField(null=True)
    minutes_fa = fields.TextField(null=True)
    minutes_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "national_council_session"


CHAIR: Final = Facts(
    rules.ChairingInstitution,
    "SupportInstitution",
    {
        "current_council_id": (
            "(select k.id from national_council k where k.dissolved_on is null and k.deleted_at is null)"
        )
    },
)

COUNCIL: Final = Facts(
    rules.CouncilFacts,
    "NationalCouncil",
    {
        "seats": (
            "(select coalesce(json_agg(json_build_object('id', s.id, 'role', s.role, 'valid_from', s.valid_from)"
            " order by s.id), '[]') from national_council_seat s"
            " where s.council_id = {t}.id and s.valid_to is null and s.deleted_at is null)"
        ),
    },
)

SEAT: Final = Facts(rules.SeatFacts, "NationalCouncilSeat")

guards: tuple[Guard, ...] = (
    *guards_of(NationalCouncil, NationalCouncilSeat, NationalCouncilSession),
    Reference("national_council", "institution_id", "support_institution"),
    Index("national_council", "formed_on, id"),
    Index(
        "national_council",
        "(dissolved_on is null)",
        where="dissolved_on is null and deleted_at is null",
        unique=True,
        label="one_current",
    ),
    Check("national_council", "period", "dissolved_on >= formed_on"),
    Reference("national_council_seat", "council_id", "national_council", indexed=False),
    Reference("national_council_seat", "institution_id", "support_institution"),
    Index("national_council_seat", "council_id, valid_from, id"),
    Index("national_council_seat", "valid_from, id"),
    Index(
        "national_council_seat",
        "council_id, role",
        where="role in ('CHAIR', 'SECRETARY') and valid_to is null and deleted_at is null",
        unique=True,
        label="one_chair_one_secretary",
    ),
    Check("national_council_seat", "validity", "valid_to >= valid_from"),
    Reference("national_council_session", "council_id", "national_council", indexed=False),
    Index("national_council_session", "council_id, held_on, id"),
    Index("national_council_session", "held_on, id"),
)
