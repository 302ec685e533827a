"""What the API calls the columns that the trail keeps, and to which things their values refer: data, and its SQL.

The rows of the trail stay as they were written, hashes and all; whoever reads them gets the words of the contract.
"""

from __future__ import annotations

import json
from typing import Final

# By column where it is the same in every table, else by `Type.column`.
REFERS: Final = {
    "activity_id": "TrustActivity",
    "advisor_id": "AgentAssignment",
    "agency_id": "PartnerAgency",
    "assessment_id": "DevelopmentAssessment",
    "carried_from_id": "SubProject",
    "cluster_id": "Cluster",
    "clusters": "Cluster",
    "committee_id": "ProvincialCommittee",
    "corrects_id": "IndicatorValue",
    "council_id": "SteeringCouncil",
    "county_id": "County",
    "decision_id": "CouncilDecision",
    "deliveries": "NotificationDelivery",
    "delivery_id": "NotificationDelivery",
    "development_assessment_id": "DevelopmentAssessment",
    "endpoint_id": "WebhookEndpoint",
    "event_id": "Event",
    "executing_organisation_id": "SupportInstitution",
    "exit_id": "ExitProcess",
    "feasibility_id": "FeasibilityStudy",
    "gate_id": "PhaseGate",
    "identity_id": "UserIdentity",
    "indicator_id": "Indicator",
    "institution_id": "SupportInstitution",
    "job_id": "Job",
    "leader_id": "Stakeholder",
    "meeting_id": "CouncilMeeting",
    "NationalCouncilSeat.council_id": "NationalCouncil",
    "NationalCouncilSession.council_id": "NationalCouncil",
    "network_id": "Network",
    "parent_id": "SupportInstitution",
    "phase_id": "Phase",
    "phase_template_id": "PhaseTemplate",
    "place_id": "Place",
    "plan_id": "ActionPlan",
    "problem_id": "StudyProblem",
    "programme_id": "OperationalProgramme",
    "project_id": "ClusterProject",
    "province_id": "Province",
    "provinces": "Province",
    "ratee_id": "Stakeholder",
    "rater_id": "Stakeholder",
    "seat_id": "CouncilSeat",
    "self_reliance_assessment_id": "SelfRelianceAssessment",
    "session_id": "CommitteeSession",
    "source_id": "Stakeholder",
    "stakeholder_id": "Stakeholder",
    "step_id": "HandoverStep",
    "strategy_id": "Strategy",
    "study_id": "DiagnosticStudy",
    "sub_project_id": "SubProject",
    "SubProject.additional_type_id": "AdditionalSubProjectType",
    "successor_id": "ApiToken",
    "survey_id": "TrustSurvey",
    "target_id": "Stakeholder",
    "template_id": "ProgrammeTemplate",
    "TrustActivity.additional_type_id": "AdditionalTrustActivityType",
    "upload_id": "Upload",
    "user_id": "User",
    "value_id": "IndicatorValue",
    "visit_id": "SupervisionVisit",
}
"""The public type of what a column refers to; a list of ids refers to each."""

CALLED: Final = {
    "AgentAssignment.user_id": "person",
    "ApiToken.agency_id": "partnerAgency",
    "DeliveryReplay.endpoint_id": "webhookEndpoint",
    "IndicatorValuePart.value_id": "whole",
    "NotificationDelivery.endpoint_id": "webhookEndpoint",
    "NotificationPreference.calendar_hash": "calendarAddress",
    "NotificationPreference.messenger_secret": "messengerAddress",
    "NotificationPreference.phone_secret": "phoneNumber",
    "NotificationSubscription.clusters": "clusterIds",
    "NotificationSubscription.provinces": "provinceIds",
    "TrustedDocument.agency_id": "partnerAgency",
    "WebhookEndpoint.agency_id": "partnerAgency",
    "WebhookEndpoint.clusters": "clusterIds",
    "WebhookEndpoint.former_sealed_secret": "formerSecret",
    "WebhookEndpoint.provinces": "provinceIds",
    "WebhookEndpoint.sealed_secret": "secret",
}
"""The fields that are not called as their column; a relation goes without the `_id` of its column anyway."""


def _constant(words: dict[str, str]) -> str:
    """Write a dictionary as a constant of a declared select, in which single braces are blanks."""
    return "'" + json.dumps(words, separators=(",", ":")).replace("{", "{{").replace("}", "}}") + "'::jsonb"


def refers(entity: str, column: str) -> str:
    """Return the SQL of the public type that a column refers to; null where it holds no ids."""
    said = f"coalesce(words ->> ({entity} || '.' || {column}), words ->> {column})"
    return f"(select {said} from (select {_constant(REFERS)}) constant(words))"  # noqa: S608 - names of ours


def called(entity: str, column: str, target: str) -> str:
    """Return the SQL of what the API calls a column that refers to a target: the type's field, in camel case."""
    bare = f"case when {target} is null then {column} else regexp_replace({column}, '_id$', '') end"
    camel = f"replace(initcap(replace({bare}, '_', ' ')), ' ', '')"
    named = f"{_constant(CALLED)} ->> ({entity} || '.' || {column})"
    return f"coalesce({named}, lower(left({column}, 1)) || substr({camel}, 2))"


_ID: Final = "[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}"


def shown(target: str, value: str) -> str:
    """Return the SQL of a value as the API gives it out: with the global ids of what it refers to."""
    return (
        f"case when {target} is null then {value}"
        f" else regexp_replace({value}, '{_ID}', {target} || '_\\&', 'g') end"
    )
