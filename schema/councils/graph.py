"""The public types of steering councils: seats, meetings, decisions and votes."""

from __future__ import annotations

import datetime

from schema.councils import meetings, rows, rules
from schema.documents.rows import HOMES
from schema.documents.rules import permitted_on_owner
from schema.graph import Node, column, entity, few, many, one, permitted, text_column
from schema.scopes import MINUTES, within_cluster
from schema.vocabulary import DecisionSubject, MeetingStatus, ReviewDecision, SeatRole, Vote


@entity(
    rows.SteeringCouncil, scope=within_cluster(), plural="steeringCouncils", order=("cluster_id", "formed_on")
)
class SteeringCouncil(Node):
    """The steering council of a cluster; it approves the action plan and oversees the project (R29, E5)."""

    formed_on: datetime.date = column("When it was formed.")
    dissolved_on: datetime.date | None = column("When it was dissolved; empty while it is in office.")
    is_current: bool = column(
        "Whether it is the cluster's council now; there is at most one.",
        sql="({t}.dissolved_on is null)",
        orderable=False,
    )
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    seats = many("councils.CouncilSeat", "Its seats over time.", far="council_id")
    current_seats = few(
        "councils.CouncilSeat", "The seats held now.", far="council_id", where="{t}.valid_to is null"
    )
    meetings = many("councils.CouncilMeeting", "Its meetings.", far="council_id")
    permitted_actions = permitted(rows.COUNCIL, rules.permitted_of_council)


@entity(rows.CouncilSeat, scope=within_cluster(), plural="councilSeats", order=("council_id", "valid_from"))
class CouncilSeat(Node):
    """A seat of the council and the time it was held; a title, not a person's name (E4)."""

    role: SeatRole = column("Chair, secretary or member.")
    title_fa: str = column("The title shown, in Persian.", orderable=False)
    title_en: str = column("The title shown, in English.", orderable=False)
    valid_from: datetime.date = column("The first day.")
    valid_to: datetime.date | None = column("The last day; empty while it lasts.")
    council = one("councils.SteeringCouncil", "The council.", near="council_id")
    institution = one(
        "support.SupportInstitution", "The institution it represents.", near="institution_id", required=False
    )
    stakeholder = one(
        "stakeholders.Stakeholder", "The cluster actor who holds it.", near="stakeholder_id", required=False
    )
    permitted_actions = permitted(rows.SEAT, rules.permitted_of_seat)


@entity(
    rows.CouncilMeeting,
    scope=within_cluster(),
    plural="councilMeetings",
    order=("cluster_id", "scheduled_on"),
)
class CouncilMeeting(Node):
    """A meeting of the council: who was invited, who came, what was decided."""

    status: MeetingStatus = column("Scheduled, held or cancelled.", orderable=False)
    scheduled_on: datetime.date = column("The day it was called for.")
    held_on: datetime.date | None = column("The day it was held.")
    place_fa: str | None = column("Where, in Persian.", orderable=False)
    place_en: str | None = column("Where, in English.", orderable=False)
    agenda_fa: str | None = text_column("The agenda, in Persian.", "agenda_fa")
    agenda_en: str | None = text_column("The agenda, in English.", "agenda_en")
    minutes_fa: str | None = column("The minutes, in Persian.", restricted=MINUTES, orderable=False)
    minutes_en: str | None = column("The minutes, in English.", restricted=MINUTES, orderable=False)
    status_reason: str | None = text_column("Why it was cancelled.", "status_reason")
    seats_count: int = column(
        "How many seats the council had on the day.",
        sql=(
            "(select count(*) from council_seat s"
            " where s.council_id = {t}.council_id and s.deleted_at is null"
            " and s.valid_from <= coalesce({t}.held_on, {t}.scheduled_on)"
            " and (s.valid_to is null or s.valid_to >= coalesce({t}.held_on, {t}.scheduled_on)))"
        ),
    )
    present_count: int = column(
        "How many of them were present.",
        sql="(select count(*) from meeting_attendance a where a.meeting_id = {t}.id and a.present)",
    )
    council = one("councils.SteeringCouncil", "The council.", near="council_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    attendance = few("councils.MeetingAttendance", "Who was invited and who came.", far="meeting_id")
    decisions = many("councils.CouncilDecision", "What it decided.", far="meeting_id")
    documents = many("documents.Document", "What is attached to it.", far="meeting_id")
    document_actions = permitted(HOMES["CouncilMeeting"], permitted_on_owner)
    permitted_actions = permitted(rows.MEETING, meetings.permitted)


@entity(
    rows.MeetingAttendance,
    scope=within_cluster(),
    plural="meetingAttendances",
    order=("meeting_id",),
    root=False,
)
class MeetingAttendance(Node):
    """Whether a seat was invited to a meeting and whether it came."""

    invited: bool = column("Whether it was invited.", orderable=False)
    present: bool = column("Whether it came.", orderable=False)
    meeting = one("councils.CouncilMeeting", "The meeting.", near="meeting_id")
    seat = one("councils.CouncilSeat", "The seat.", near="seat_id")


@entity(
    rows.CouncilDecision,
    scope=within_cluster(),
    plural="councilDecisions",
    order=("cluster_id", "decided_on"),
)
class CouncilDecision(Node):
    """What the council decided, with quorum and by majority, on a plan, a study or an exit (R28, I8)."""

    subject: DecisionSubject = column("What it is about.", orderable=False)
    decision: ReviewDecision = column("Approve, return or reject.", orderable=False)
    decided_on: datetime.date = column("The day of the meeting.")
    note_fa: str | None = column("A note, in Persian.", restricted=MINUTES, orderable=False)
    note_en: str | None = column("A note, in English.", restricted=MINUTES, orderable=False)
    votes_for: int = column(
        "Votes for it.",
        sql=("(select count(*) from decision_vote v where v.decision_id = {t}.id and v.vote = 'FOR')"),
    )
    votes_against: int = column(
        "Votes against it.",
        sql=("(select count(*) from decision_vote v where v.decision_id = {t}.id and v.vote = 'AGAINST')"),
    )
    votes_abstained: int = column(
        "Abstentions.",
        sql=("(select count(*) from decision_vote v where v.decision_id = {t}.id and v.vote = 'ABSTAIN')"),
    )
    meeting = one("councils.CouncilMeeting", "The meeting.", near="meeting_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    plan = one(
        "plans.ActionPlan", "The version it is about, if it is about one.", near="plan_id", required=False
    )
    project = one(
        "projects.ClusterProject",
        "The project whose study or exit it is about.",
        near="project_id",
        required=False,
    )
    votes = few(
        "councils.DecisionVote", "How each seat voted, for those who read minutes.", far="decision_id"
    )


@entity(
    rows.DecisionVote,
    scope=within_cluster(roles=MINUTES.roles),
    plural="decisionVotes",
    order=("decision_id",),
    root=False,
)
class DecisionVote(Node):
    """How a seat voted."""

    vote: Vote = column("For, against or abstained.", orderable=False)
    decision = one("councils.CouncilDecision", "The decision.", near="decision_id")
    seat = one("councils.CouncilSeat", "The seat.", near="seat_id")
