"""What the public types are called on pages about everything: roles and history."""

from __future__ import annotations

from typing import Final

from web.localisation import mark

TYPES: Final = {
    "ActionPlan": mark("Action plans"),
    "AdditionalSubProjectType": mark("Further types of sub-projects"),
    "AdditionalTrustActivityType": mark("Further types of trust activities"),
    "AgentAssignment": mark("Assignments of agents"),
    "ApiToken": mark("Tokens"),
    "BudgetLine": mark("Budget lines"),
    "Cluster": mark("Clusters"),
    "ClusterProject": mark("Development projects"),
    "CouncilDecision": mark("Decisions of councils"),
    "CouncilMeeting": mark("Meetings of councils"),
    "CouncilSeat": mark("Seats of councils"),
    "SteeringCouncil": mark("Steering councils"),
    "DiagnosticStudy": mark("Diagnostic studies"),
    "FeasibilityStudy": mark("Feasibility studies"),
    "ExitProcess": mark("Exits of agents"),
    "HandoverStep": mark("Hand-over steps"),
    "SubProjectOutput": mark("Outputs of sub-projects"),
    "DevelopmentAssessment": mark("Assessments of development"),
    "ProvincialCommittee": mark("Provincial committees"),
    "CommitteeSeat": mark("Seats of committees"),
    "CommitteeSession": mark("Sessions of committees"),
    "County": mark("Counties"),
    "Place": mark("Cities and villages"),
    "SelfRelianceAssessment": mark("Assessments of self-reliance"),
    "InboxEntry": mark("Messages"),
    "Membership": mark("Memberships of clusters"),
    "Milestone": mark("Steps of sub-projects"),
    "Network": mark("Networks"),
    "NetworkMember": mark("Members of networks"),
    "NotificationDelivery": mark("Deliveries"),
    "OperationalProgramme": mark("Operational programmes"),
    "PartnerAgency": mark("Partner agencies"),
    "Phase": mark("Phases"),
    "PhaseGate": mark("Gates of phases"),
    "ProgrammeTemplate": mark("Programme versions"),
    "ProgressReport": mark("Progress reports"),
    "Stakeholder": mark("Stakeholders"),
    "Strategy": mark("Strategies"),
    "SubProject": mark("Sub-projects"),
    "SupervisionVisit": mark("Supervision visits"),
    "SupportCommitment": mark("Commitments"),
    "SupportInstitution": mark("Support institutions"),
    "NotificationText": mark("What people are told"),
    "TrustActivity": mark("Trust-building activities"),
    "TrustParticipant": mark("Participants of trust-building activities"),
    "TrustSurvey": mark("Trust surveys"),
    "User": mark("Users"),
    "UserSession": mark("Sessions"),
    "WebhookEndpoint": mark("Webhooks"),
    "Document": mark("Documents"),
    "Indicator": mark("Indicators"),
    "IndicatorValue": mark("Values of indicators"),
    "Risk": mark("Risks"),
    "Job": mark("Jobs"),
    "SavedView": mark("Saved views"),
}


def type_label(name: str) -> str:
    """Return the untranslated label of a public type."""
    return TYPES.get(name, mark("Other things"))
