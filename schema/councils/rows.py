"""The tables of steering councils: seats, meetings with attendance, decisions with votes."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.councils import ballots, meetings, rules
from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Unique
from schema.projects.thresholds import of_cluster
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import DecisionSubject, MeetingStatus, ReviewDecision, SeatRole, Vote


class SteeringCouncil(Record):
    """The steering council of a cluster (R29); at most one is current."""

    cluster_id = reference()
    formed_on = fields.DateField()
    dissolved_on = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "steering_council"


class CouncilSeat(Record):
    """A seat, held for a time by an institution, a stakeholder or a user (E4); a title, not a name."""

    cluster_id = reference()
    council_id = reference()
    role = term(SeatRole)
    title_fa = fields.CharField(max_length=NAME_LENGTH)
    title_en = fields.CharField(max_length=NAME_LENGTH)
    institution_id = reference(null=True)
    stakeholder_id = reference(null=True)
    user_id = fields.UUIDField(null=True)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "council_seat"


class CouncilMeeting(Record):
    """A meeting of the council: announced, then held or cancelled."""

    cluster_id = reference()
    council_id = reference()
    status = term(MeetingStatus, default=MeetingStatus.SCHEDULED)
    scheduled_on = fields.DateField()
    held_on = fields.DateField(null=True)
    place_fa = fields.CharField(max_length=NAME_LENGTH, null=True)
    place_en = fields.CharField(max_length=NAME_LENGTH, null=True)
    agenda_fa = fields.TextField(null=True)
    agenda_en = fields.TextField(null=True)
    minutes_fa = fields.TextField(null=True)
    minutes_en = fields.TextField(null=True)
    status_reason = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "council_meeting"


class MeetingAttendance(Record):
    """Whether a seat was invited to a meeting and whether it came."""

    cluster_id = reference()
    meeting_id = reference()
    seat_id = reference()
    invited = fields.BooleanField(default=True)
    present = fields.BooleanField(default=False)

    class Meta:
        """The table."""

        table = "meeting_attendance"


class CouncilDecision(Record):
    """What the council decided in a meeting on a plan, a study or an exit (I8)."""

    cluster_id = reference()
    meeting_id = reference()
    subject = term(DecisionSubject)
    plan_id = reference(null=True)
    project_id = reference(null=True)
    decision = term(ReviewDecision)
    decided_on = fields.DateField()
    note_fa = fields.TextField(null=True)
    note_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "council_decision"


class DecisionVote(Record):
    """How a seat voted on a decision."""

    cluster_id = reference()
    decision_id = reference()
    seat_id = reference()
    vote = term(Vote)

    class Meta:
        """The table."""

        table = "decision_vote"


_LEAST_ACTORS: Final = f"({of_cluster('council_actors')})::int"

COUNCIL_HOME: Final = Facts(
    rules.CouncilHome,
    "Cluster",
    {
        "council_id": (
            "(select c.id from steering_council c where c.cluster_id = {t}.id"
            " and c.dissolved_on is null and c.deleted_at is null)"
        ),
        "least_actors": f"({of_cluster('council_actors', '{t}.id')})::int",
    },
)

COUNCIL: Final = Facts(
    rules.CouncilFacts,
    "SteeringCouncil",
    {
        "seats": (
            "(select coalesce(json_agg(json_build_object('id', s.id, 'role', s.role,"
            " 'valid_from', s.valid_from, 'stakeholder_id', s.stakeholder_id) order by s.id), '[]')"
            " from council_seat s"
            " where s.council_id = {t}.id and s.valid_to is null and s.deleted_at is null)"
        ),
        "least_actors": _LEAST_ACTORS,
    },
)

SEAT: Final = Facts(
    rules.SeatFacts,
    "CouncilSeat",
    {
        "actors_beside": (
            "(select count(*) from council_seat beside where beside.council_id = {t}.council_id"
            " and beside.id <> {t}.id and beside.stakeholder_id is not null"
            " and beside.valid_to is null and beside.deleted_at is null)"
        ),
        "least_actors": _LEAST_ACTORS,
    },
)

MEETING: Final = Facts(
    meetings.MeetingFacts,
    "CouncilMeeting",
    {
        "seats": """(
            select coalesce(json_agg(json_build_object(
              'id', s.id, 'valid_from', s.valid_from, 'valid_to', s.valid_to,
              'attendance_id', a.id, 'present', coalesce(a.present, false)) order by s.id), '[]')
            from council_seat s
            left join meeting_attendance a on a.seat_id = s.id and a.meeting_id = {t}.id
            where s.council_id = {t}.council_id and s.deleted_at is null)""",
        "quorum_share": f"({of_cluster('quorum_share')})::float",
        "majority_share": f"({of_cluster('majority_share')})::float",
        "decisions": (
            "(select count(*) from council_decision d where d.meeting_id = {t}.id and d.deleted_at is null)::int"
        ),
    },
)

DECIDED_PROJECT: Final = Facts(ballots.DecidedProject, "ClusterProject")

guards: tuple[Guard, ...] = (
    *guards_of(
        SteeringCouncil, CouncilSeat, CouncilMeeting, MeetingAttendance, CouncilDecision, DecisionVote
    ),
    Unique("steering_council", "id, cluster_id"),
    Reference("steering_council", "cluster_id", "cluster", indexed=False),
    Index("steering_council", "cluster_id, formed_on, id"),
    Index(
        "steering_council",
        "cluster_id",
        where="dissolved_on is null and deleted_at is null",
        unique=True,
        label="one_current",
    ),
    Check("steering_council", "period", "dissolved_on >= formed_on"),
    Unique("council_seat", "id, cluster_id"),
    Reference("council_seat", "council_id", "steering_council", together_with="cluster_id", indexed=False),
    Reference("council_seat", "cluster_id", "cluster"),
    Reference("council_seat", "institution_id", "support_institution"),
    Reference("council_seat", "stakeholder_id", "stakeholder", together_with="cluster_id"),
    Index("council_seat", "council_id, valid_from, id"),
    Reference("council_seat", "user_id", "app_user"),
    Index(
        "council_seat",
        "council_id, role",
        where="role in ('CHAIR', 'SECRETARY') and valid_to is null and deleted_at is null",
        unique=True,
        label="one_chair_one_secretary",
    ),
    Check("council_seat", "validity", "valid_to >= valid_from"),
    Unique("council_meeting", "id, cluster_id"),
    Reference("council_meeting", "council_id", "steering_council", together_with="cluster_id", indexed=False),
    Reference("council_meeting", "cluster_id", "cluster", indexed=False),
    Index("council_meeting", "council_id, scheduled_on, id"),
    Index("council_meeting", "cluster_id, scheduled_on, id"),
    Index("council_meeting", "scheduled_on, id"),
    Check("council_meeting", "held", "(status = 'HELD') = (held_on is not null)"),
    Check("council_meeting", "cancelled", "status <> 'CANCELLED' or status_reason is not null"),
    Reference(
        "meeting_attendance", "meeting_id", "council_meeting", together_with="cluster_id", indexed=False
    ),
    Reference("meeting_attendance", "seat_id", "council_seat", together_with="cluster_id"),
    Reference("meeting_attendance", "cluster_id", "cluster"),
    Unique("meeting_attendance", "meeting_id, seat_id"),
    Unique("council_decision", "id, cluster_id"),
    Reference("council_decision", "meeting_id", "council_meeting", together_with="cluster_id"),
    Reference("council_decision", "plan_id", "action_plan", together_with="cluster_id"),
    Reference("council_decision", "project_id", "cluster_project", together_with="cluster_id"),
    Reference("council_decision", "cluster_id", "cluster", indexed=False),
    Index("council_decision", "cluster_id, decided_on, id"),
    Index("council_decision", "decided_on, id"),
    Index(
        "council_decision",
        "plan_id",
        where="decision <> 'RETURN' and deleted_at is null",
        unique=True,
        label="one_final",
    ),
    Check(
        "council_decision",
        "subject_named",
        "(subject = 'ACTION_PLAN') = (plan_id is not null) and "
        "(subject <> 'ACTION_PLAN') = (project_id is not null)",
    ),
    Reference("decision_vote", "decision_id", "council_decision", together_with="cluster_id", indexed=False),
    Reference("decision_vote", "seat_id", "council_seat", together_with="cluster_id"),
    Reference("decision_vote", "cluster_id", "cluster"),
    Unique("decision_vote", "decision_id, seat_id"),
)
