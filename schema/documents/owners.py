"""What a document can be attached to, who may do so, and when the thing has been approved for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

OwnerType = Literal[
    "Cluster",
    "FeasibilityStudy",
    "DiagnosticStudy",
    "ActionPlan",
    "CouncilMeeting",
    "HandoverStep",
    "PhaseGate",
    "SubProject",
    "TrustActivity",
    "SupervisionVisit",
    "Network",
]
"""The public types that documents are attached to."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A type of things that have documents.

    `column` of the document names the thing; `action` is the mutation whose roles may attach to it;
    `settled` says in SQL over its row `{t}` that it was approved, done or held, so that what lies
    with it stays on record.
    """

    entity: OwnerType
    table: str
    column: str | None
    action: str
    settled: str


_PLAN_WAS_APPROVED: Final = "{t}.status in ('APPROVED', 'SUPERSEDED')"

OWNERS: Final[Mapping[str, Owner]] = {
    owner.entity: owner
    for owner in (
        Owner("Cluster", "cluster", None, "editCluster", "false"),
        Owner(
            "FeasibilityStudy",
            "feasibility_study",
            "feasibility_id",
            "editFeasibilityStudy",
            "{t}.completed_on is not null",
        ),
        Owner(
            "DiagnosticStudy",
            "diagnostic_study",
            "study_id",
            "editStudy",
            "{t}.status in ('ACCEPTED', 'PRESENTED')",
        ),
        Owner("ActionPlan", "action_plan", "plan_id", "editActionPlan", _PLAN_WAS_APPROVED),
        Owner(
            "CouncilMeeting", "council_meeting", "meeting_id", "recordCouncilMinutes", "{t}.status = 'HELD'"
        ),
        Owner("HandoverStep", "handover_step", "step_id", "completeHandoverStep", "{t}.done_on is not null"),
        Owner("PhaseGate", "phase_gate", "gate_id", "meetGate", "{t}.met_on is not null"),
        Owner("SubProject", "sub_project", "sub_project_id", "reportProgress", "{t}.status <> 'PROPOSED'"),
        Owner(
            "TrustActivity",
            "trust_activity",
            "activity_id",
            "recordTrustActivity",
            "{t}.actual_end is not null",
        ),
        Owner("SupervisionVisit", "supervision_visit", "visit_id", "recordSupervisionVisit", "false"),
        Owner("Network", "network", "network_id", "editNetwork", "{t}.registration_status = 'REGISTERED'"),
    )
}
"""By the public type; a document without any of the columns belongs to the cluster as a whole."""
