"""What each event tells: its subject, its cause and the keys of its payload (domain section 4.4), version 1.

Cluster, province, project, phase, actor, time and correlation stand beside the payload in every event.
"""

from dataclasses import dataclass
from typing import Final

from schema.events import EventType

KEYS: Final = {
    "after": "the status, state, leader or figure after the change",
    "approvedOn": "the day of the approval",
    "before": "the status, state, leader or figure before the change",
    "by": "the role that acted on behalf of whose duty it is",
    "byVersion": "the version that takes its place",
    "changed": "the fields that changed",
    "currency": "the currency",
    "daysLeft": "days until the day it is due, negative when it has passed",
    "decidedOn": "the day of the decision",
    "decision": "what was decided",
    "doneOn": "the day it was done",
    "due": "the day it is due",
    "dueOn": "the day it is due",
    "earliest": "the first day the rule would have allowed",
    "end": "the last day",
    "failingSince": "since when no delivery has arrived, ISO 8601",
    "failures": "how many attempts in a row have failed",
    "indicator": "the global id of the indicator",
    "institution": "the global id of the institution",
    "invited": "how many seats were invited",
    "kind": "the kind",
    "late": "whether it ended after its window",
    "milestonesDone": "how many milestones were reported done",
    "notice": "how many days before or after the due day this notice is given",
    "on": "the day it happened",
    "onBehalf": "whether an administrator acted for whose duty it is",
    "owner": "whose duty the plan is",
    "participants": "how many took part",
    "percent": "the share of the budget that spending has reached, per cent",
    "period": "the Jalali period of the value",
    "periodEnd": "the last day of the period",
    "plannedEnd": "the planned last day",
    "plannedStart": "the planned first day",
    "presentedOn": "the day it was presented",
    "problem": "why the last attempt failed, by its code",
    "role": "the role in the team",
    "round": "the round of the survey",
    "rule": "the rule that was overridden",
    "scheduledOn": "the day of the meeting",
    "source": "the source of the money",
    "start": "the first day",
    "subject": "what was decided on",
    "unit": "what the amounts count",
    "version": "the version of the action plan",
    "windowEnd": "the last day in time",
    "windowStart": "the first day of the window",
}
"""Every key a payload may have; days are `{date, jalali}`, ISO and in Persian words."""


@dataclass(frozen=True, slots=True)
class Told:
    """The public types an event happens to, the keys of its payload, and whether it comes due by itself."""

    subjects: tuple[str, ...]
    keys: tuple[str, ...]
    by_the_day: bool = False


def _change(subject: str, *keys: str) -> Told:
    return Told((subject,), keys)


def _due(*subjects: str) -> Told:
    return Told(subjects, ("due", "daysLeft", "notice"), by_the_day=True)


_MOVED: Final = ("before", "after", "on")
_REVIEWED: Final = ("before", "after", "period", "periodEnd", "indicator")

PAYLOADS: Final[dict[EventType, Told]] = {
    EventType.CLUSTER_IDENTIFIED: _change("Cluster", "after", "on"),
    EventType.CLUSTER_STATUS_CHANGED: _change("Cluster", *_MOVED),
    EventType.CLUSTER_EDITED: _change("Cluster", "changed", *_MOVED),
    EventType.PROJECT_CREATED: _change("ClusterProject", "plannedStart", "plannedEnd"),
    EventType.PROJECT_ACTIVATED: _change("ClusterProject", *_MOVED),
    EventType.PROJECT_SUSPENDED: _change("ClusterProject", *_MOVED),
    EventType.PROJECT_RESUMED: _change("ClusterProject", *_MOVED),
    EventType.PROJECT_CANCELLED: _change("ClusterProject", *_MOVED),
    EventType.PROJECT_COMPLETED: _change("ClusterProject", *_MOVED),
    EventType.PHASE_STARTED: _change("Phase", *_MOVED, "windowStart", "windowEnd", "due"),
    EventType.PHASE_WINDOW_OPENING: _due("Phase"),
    EventType.PHASE_EARLY_COMPLETED: _change("Phase", *_MOVED, "late"),
    EventType.PHASE_COMPLETED: _change("Phase", *_MOVED, "late"),
    EventType.PHASE_OVERDUE: _due("Phase"),
    EventType.STUDY_SUBMITTED: _change("DiagnosticStudy", *_MOVED),
    EventType.STUDY_RETURNED: _change("DiagnosticStudy", *_MOVED),
    EventType.STUDY_ACCEPTED: _change("DiagnosticStudy", *_MOVED),
    EventType.STUDY_PRESENTED: _change("DiagnosticStudy", *_MOVED),
    EventType.TRUST_ACTIVITY_RECORDED: _change("TrustActivity", "kind", "start", "end", "participants"),
    EventType.TRUST_SURVEY_CLOSED: _change("TrustSurvey", "round", *_MOVED),
    EventType.TRUST_INDEX_DROPPED: _change("TrustSurvey", "round", *_MOVED),
    EventType.TRUST_INACTIVE: _due("Phase"),
    EventType.ACTION_PLAN_SUBMITTED: _change(
        "ActionPlan", "before", "after", "version", "presentedOn", "owner", "onBehalf"
    ),
    EventType.ACTION_PLAN_RETURNED: _change("ActionPlan", "before", "after", "version", "decidedOn"),
    EventType.ACTION_PLAN_APPROVED: _change(
        "ActionPlan", "before", "after", "version", "approvedOn", "dueOn"
    ),
    EventType.ACTION_PLAN_REJECTED: _change("ActionPlan", "before", "after", "version", "decidedOn"),
    EventType.ACTION_PLAN_SUPERSEDED: _change("ActionPlan", "before", "after", "byVersion"),
    EventType.ACTION_PLAN_DUE_SOON: _due("ActionPlan", "Phase"),
    EventType.ACTION_PLAN_OVERDUE: _due("ActionPlan", "Phase"),
    EventType.ACTION_PLAN_OWNER_CHANGED: _change("ActionPlan", "before", "after"),
    EventType.ACTION_PLAN_OWNER_MISSING: Told(
        ("ActionPlan",), ("before", "after", "due", "daysLeft", "notice"), by_the_day=True
    ),
    EventType.SUB_PROJECT_APPROVED: _change("SubProject", "before", "after", "version"),
    EventType.SUB_PROJECT_STARTED: _change("SubProject", *_MOVED),
    EventType.SUB_PROJECT_PROGRESS_REPORTED: _change("SubProject", *_MOVED, "milestonesDone"),
    EventType.SUB_PROJECT_MILESTONE_MISSED: _due("Milestone"),
    EventType.SUB_PROJECT_SUSPENDED: _change("SubProject", "before", "after"),
    EventType.SUB_PROJECT_RESUMED: _change("SubProject", "before", "after"),
    EventType.SUB_PROJECT_COMPLETED: _change("SubProject", *_MOVED),
    EventType.SUB_PROJECT_CANCELLED: _change("SubProject", "before", "after", "version"),
    EventType.SUB_PROJECT_TRANSFERRED: _change("SubProject", "before", "after"),
    EventType.SUB_PROJECT_BUDGET_THRESHOLD: _change("SubProject", "source", "currency", "unit", "percent"),
    EventType.COUNCIL_MEETING_SCHEDULED: _change("CouncilMeeting", "scheduledOn", "invited"),
    EventType.COUNCIL_DECISION_RECORDED: _change("CouncilDecision", "subject", "decision", "decidedOn"),
    EventType.NETWORK_FORMED: _change("Network", "kind", "on"),
    EventType.NETWORK_REGISTERED: _change("Network", *_MOVED),
    EventType.NETWORK_DESIGNATED_COMPREHENSIVE: _change("Network", "on"),
    EventType.EXIT_ELIGIBLE: _due("ClusterProject"),
    EventType.EXIT_ANNOUNCED: _change("ExitProcess", "after", "on", "windowStart", "windowEnd"),
    EventType.EXIT_WINDOW_OPEN: _due("ExitProcess"),
    EventType.EXIT_STEP_DONE: _change("HandoverStep", "dueOn", "doneOn"),
    EventType.EXIT_OVERDUE: _due("ExitProcess"),
    EventType.EXIT_COMPLETED: _change("ExitProcess", *_MOVED, "windowEnd"),
    EventType.EXIT_REVOKED: _change("ExitProcess", *_MOVED),
    EventType.ASSIGNMENT_STARTED: _change("AgentAssignment", "role", "on"),
    EventType.ASSIGNMENT_ENDED: _change("AgentAssignment", "role", "on"),
    EventType.SUPERVISION_VISIT_RECORDED: _change("SupervisionVisit", "on"),
    EventType.SUPERVISION_VISIT_DUE: _due("ClusterProject"),
    EventType.SUPERVISION_VISIT_MISSED: _due("ClusterProject"),
    EventType.OVERDUE_ESCALATED: _due("Phase", "ActionPlan", "ExitProcess"),
    EventType.INDICATOR_SUBMITTED: _change("IndicatorValue", *_REVIEWED),
    EventType.INDICATOR_RETURNED: _change("IndicatorValue", *_REVIEWED),
    EventType.INDICATOR_APPROVED: _change("IndicatorValue", *_REVIEWED),
    EventType.INSTITUTION_COMMITMENT_MADE: _change("SupportCommitment", "institution", "kind", "on"),
    EventType.WEBHOOK_PAUSED: _change("WebhookEndpoint", "failures", "failingSince", "problem"),
    EventType.OVERRIDE_USED: Told(("DiagnosticStudy", "ExitProcess"), ("rule", "by", "on", "earliest")),
}
