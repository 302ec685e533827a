"""What happened in the Lorestan cluster since 1394, as event rows and audit rows dated when it happened."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from schema.calendar import TEHRAN
from schema.events import EventType
from schema.rows import AuditEntry, Event
from schema.vocabulary import PhaseCode
from services.sample.lorestan.facts import CLUSTER, PROVINCE, read
from services.sample.reference import day, province_id

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory

ACTOR: Final = "sample"
OFFICE_OPENS: Final = dt.time(9, 0)
ACTIONS: Final = {
    EventType.CLUSTER_IDENTIFIED: "createCluster",
    EventType.PROJECT_ACTIVATED: "activateProject",
    EventType.PHASE_STARTED: "startPhase",
    EventType.PHASE_COMPLETED: "completePhase",
    EventType.ACTION_PLAN_SUBMITTED: "submitActionPlan",
    EventType.ACTION_PLAN_APPROVED: "approveActionPlan",
    EventType.SUB_PROJECT_STARTED: "startSubProject",
    EventType.SUB_PROJECT_COMPLETED: "completeSubProject",
    EventType.NETWORK_FORMED: "formNetwork",
    EventType.NETWORK_REGISTERED: "registerNetwork",
}
Happening = tuple[str, EventType, str, "UUID", str | None, dict[str, Any]]


def add_history(story: ClusterStory, project_id: UUID, networks: dict[str, UUID]) -> None:
    """Add one event and one audit entry for everything that happened, in the order of time."""
    happenings = [
        (
            "1394-02-05",
            EventType.CLUSTER_IDENTIFIED,
            "Cluster",
            story.cluster_id,
            None,
            {"status": "IDENTIFIED"},
        ),
        *_phases(story, project_id),
        *_plans(story),
        *_sub_projects(story),
        *_networks(networks),
    ]
    for number, happening in enumerate(sorted(happenings, key=lambda happening: happening[0]), 1):
        _add(story, project_id, number, happening)


def _phases(story: ClusterStory, project_id: UUID) -> list[Happening]:
    facts = CLUSTER["project"]
    began, studied, implementing = (
        facts["started_on"],
        facts["study_completed_on"],
        facts["implementation_started_on"],
    )
    started = [
        (began, PhaseCode.DIAGNOSTIC_STUDY),
        (began, PhaseCode.TRUST_BUILDING),
        (studied, PhaseCode.ACTION_PLAN),
        (implementing, PhaseCode.IMPLEMENTATION),
    ]
    study = story.identity("Phase", PhaseCode.DIAGNOSTIC_STUDY)
    return [
        (began, EventType.PROJECT_ACTIVATED, "ClusterProject", project_id, None, {"status": "ACTIVE"}),
        *(
            (
                on,
                EventType.PHASE_STARTED,
                "Phase",
                story.identity("Phase", code),
                code.value,
                {"status": "IN_PROGRESS"},
            )
            for on, code in started
        ),
        (
            studied,
            EventType.PHASE_COMPLETED,
            "Phase",
            study,
            PhaseCode.DIAGNOSTIC_STUDY.value,
            {"status": "COMPLETED"},
        ),
    ]


def _plans(story: ClusterStory) -> list[Happening]:
    happenings: list[Happening] = []
    for facts in read("plans"):
        plan, version = story.identity("ActionPlan", facts["version"]), {"version": facts["version"]}
        happenings += [
            (
                facts["presented_on"],
                EventType.ACTION_PLAN_SUBMITTED,
                "ActionPlan",
                plan,
                None,
                {**version, "status": "SUBMITTED"},
            ),
            (
                facts["approved_on"],
                EventType.ACTION_PLAN_APPROVED,
                "ActionPlan",
                plan,
                None,
                {**version, "status": "APPROVED"},
            ),
        ]
    return happenings


def _sub_projects(story: ClusterStory) -> list[Happening]:
    happenings: list[Happening] = []
    for number, facts in enumerate(read("sub_projects"), 1):
        sub_project = story.identity("SubProject", number)
        if facts["status"] != "APPROVED":
            happenings.append(
                (
                    facts["start"],
                    EventType.SUB_PROJECT_STARTED,
                    "SubProject",
                    sub_project,
                    None,
                    {"status": "IN_PROGRESS"},
                )
            )
        if facts["status"] == "COMPLETED":
            happenings.append(
                (
                    facts["end"],
                    EventType.SUB_PROJECT_COMPLETED,
                    "SubProject",
                    sub_project,
                    None,
                    {"status": "COMPLETED"},
                )
            )
    return happenings


def _networks(networks: dict[str, UUID]) -> list[Happening]:
    happenings: list[Happening] = []
    for facts in read("networks"):
        network = networks[facts["key"]]
        happenings.append((facts["formed_on"], EventType.NETWORK_FORMED, "Network", network, None, {}))
        if "registered_on" in facts:
            happenings.append(
                (
                    facts["registered_on"],
                    EventType.NETWORK_REGISTERED,
                    "Network",
                    network,
                    None,
                    {"status": "REGISTERED"},
                )
            )
    return happenings


def _add(story: ClusterStory, project_id: UUID, number: int, happening: Happening) -> None:
    on, kind, entity, subject_id, phase_code, payload = happening
    # Minutes apart, so that what happened on one day keeps its order.
    at = dt.datetime.combine(day(on), OFFICE_OPENS, TEHRAN) + dt.timedelta(minutes=number)
    story.sheets.add(
        Event,
        story.identity("Event", number),
        type=kind,
        at=at,
        cluster_id=story.cluster_id,
        province_id=province_id(PROVINCE),
        project_id=None if kind is EventType.CLUSTER_IDENTIFIED else project_id,
        phase_code=phase_code,
        subject_type=entity,
        subject_id=subject_id,
        actor=ACTOR,
        correlation_id=f"sample-{number:03}",
        payload=payload,
    )
    story.sheets.add(
        AuditEntry,
        story.identity("AuditEntry", number),
        at=at,
        actor=ACTOR,
        action=ACTIONS[kind],
        entity=entity,
        entity_id=subject_id,
        cluster_id=story.cluster_id,
        province_id=province_id(PROVINCE),
        request_id=f"sample-{number:03}",
        after=payload,
    )
