"""Every event type is told by the change that causes it, or comes due by itself; payloads are as documented."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from schema.event_payloads import KEYS, PAYLOADS
from schema.events import EVENT_VERSION, EventType
from schema.indicators.seed import id_of
from schema.vocabulary import UserRole
from services.notifications.deadlines import COURSES
from tests.council_room import peopled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.council_room import CouncilRoom
    from tests.home import Home

# A cancelled sub-project tells the version only where another version continues it.
NOT_IN_THIS_LIFE: Final = {"version"}
OF_THE_MACHINE: Final = {EventType.WEBHOOK_PAUSED}
BY_THE_DAY: Final = {notice.type for course in COURSES.values() for notice in course}
# What a payload may hold: wire names, global ids, days in both calendars, numbers, codes; never what a person wrote.
PLAIN: Final = re.compile(
    r"[A-Z][A-Z0-9_]*|[A-Z][A-Za-z]+_[0-9a-f-]{36}|[0-9]{4}(-[0-9S]{1,2}){0,2}|-?[0-9.]+|[RIAE][0-9]+|[a-z]{2,}([A-Z][a-z]+)*"
    r"|[۰-۹]{1,2} [آ-ی]+ [۰-۹]{4}"
)

PLAIN_KEY: Final = re.compile(r"[a-z]+([A-Z][a-z]+)*")


async def test_every_type_is_told_by_its_change_or_comes_due_by_itself(home: Home) -> None:
    await whole_life(home)
    rows = await home.api.pool.fetch(
        "select type, version, payload, cluster_id, province_id, subject_type from event"
    )
    told: dict[str, list[Any]] = {}
    for row in rows:
        told.setdefault(row["type"], []).append(row)
    missing = {kind.value for kind in set(EventType) - BY_THE_DAY - OF_THE_MACHINE} - set(told)
    assert missing == set(), "caused by a change and never told"
    assert set(told) <= {kind.value for kind in EventType}
    for kind, found in told.items():
        described = PAYLOADS[EventType(kind)]
        for row in found:
            payload = json.loads(row["payload"])
            assert row["version"] == EVENT_VERSION
            assert row["subject_type"] in described.subjects, kind
            assert set(payload) <= set(described.keys), (kind, payload)
            assert all(PLAIN_KEY.fullmatch(key) for key in payload), (kind, payload)
            assert row["cluster_id"] is not None, kind
            assert row["province_id"] is not None, kind
            for text in texts(payload):
                assert PLAIN.fullmatch(text), f"{kind} tells {text!r}"
        keys = set().union(*(json.loads(row["payload"]) for row in found))
        assert keys >= set(described.keys) - NOT_IN_THIS_LIFE, (kind, keys)


def test_every_type_is_documented_with_its_subject_its_cause_and_its_payload() -> None:
    assert set(PAYLOADS) == set(EventType)
    for kind, described in PAYLOADS.items():
        assert described.by_the_day == (kind in BY_THE_DAY), kind
        assert set(described.keys) <= set(KEYS), kind
        assert described.subjects, kind


def texts(value: object) -> Iterator[str]:
    """Yield every text of a payload, in depth."""
    if isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value


async def whole_life(home: Home) -> None:
    """Let everything happen that can happen to a cluster."""
    api = home.api
    await api.accepted("editCluster", {"id": home.cluster, "workshopsCount": 122})
    await api.accepted("prioritiseCluster", {"id": home.cluster, "reason": "x"})
    room = await peopled(home)
    await another_life(home)
    await trust(room)
    await execution(room)
    await networks(room)
    await indicators(home)
    await api.accepted(
        "recordSupervisionVisit", {"projectId": room.project, "findingsFa": "x", "visitedOn": "2026-11-01"}
    )
    await api.accepted("suspendProject", {"id": room.project, "reason": "x"})
    await api.accepted("resumeProject", {"id": room.project})
    await leaving(room)


async def another_life(home: Home) -> None:
    """Let a second cluster end its study early, after it was returned once, and its project be cancelled."""
    api = home.api
    named = {"nameFa": "خوشه دوم", "nameEn": "Second", "provinceId": home.province}
    second = replace(home, cluster=(await api.accepted("createCluster", named))["id"])
    project = await second.active("2026-08-01")
    study = await second.written(project)
    await api.accepted("submitStudy", {"id": study, "on": "2026-09-01"})
    await api.accepted("returnStudy", {"id": study, "on": "2026-09-02", "note": "x"})
    await api.accepted("reviseStudy", {"id": study})
    await api.accepted("submitStudy", {"id": study, "on": "2026-09-03"})
    await api.accepted("acceptStudy", {"id": study, "on": "2026-09-03"})
    await api.accepted("presentStudy", {"id": study, "on": "2026-09-03", "documentNumber": "1"})
    phase = (await second.phases(project))["DIAGNOSTIC_STUDY"]["id"]
    await api.accepted("completePhase", {"id": phase, "on": "2026-09-03", "reason": "x"})
    await api.accepted("cancelProject", {"id": project, "reason": "x"})


async def trust(room: CouncilRoom) -> None:
    """Let an activity take place and the index fall between two rounds."""
    api = room.api
    bank = {"nameFa": "بانک", "nameEn": "Bank", "kind": "BANK", "sector": "GOVERNMENTAL"}
    institution = (await api.accepted("enterSupportInstitution", bank))["id"]
    visit = {
        "projectId": room.project, "type": "JOINT_VISIT", "approach": "PRACTICAL", "nameFa": "بازدید",
        "nameEn": "Visit", "plannedStart": "2026-10-01", "plannedEnd": "2026-10-02",
    }  # fmt: skip
    activity = (await api.accepted("planTrustActivity", visit))["id"]
    await api.accepted("addTrustParticipant", {"id": activity, "institutionId": institution})
    took = {"id": activity, "actualStart": "2026-10-01", "actualEnd": "2026-10-02"}
    await api.accepted("recordTrustActivity", took)
    shown = await room.one("cluster", room.home.cluster, "stakeholders { nodes { id } }")
    people = [node["id"] for node in shown["stakeholders"]["nodes"]]
    for score in (5, 1):
        survey = (await api.accepted("openTrustSurvey", {"projectId": room.project}))["id"]
        for place, rater in enumerate(people):
            ratee = people[place - 1]
            await api.accepted(
                "recordTrustRating", {"id": survey, "raterId": rater, "rateeId": ratee, "score": score}
            )
            about = {"id": survey, "raterId": rater, "institutionId": institution, "score": score}
            await api.accepted("recordTrustRating", about)
            await api.accepted(
                "recordTie", {"id": survey, "raterId": rater, "rateeId": ratee, "kind": "BUSINESS"}
            )
        await api.accepted("closeTrustSurvey", {"id": survey})


async def execution(room: CouncilRoom) -> None:
    """Let versions be returned, rejected and superseded, and sub-projects take every way there is."""
    api = room.api
    await judged(room, "returnActionPlan", await room.submitted("2026-11-01"))
    shown = await room.one("cluster", room.home.cluster, "actionPlans(last: 1) { nodes { id } }")
    plan = shown["actionPlans"]["nodes"][0]["id"]
    parts = [await room.proposed(plan, nameFa=f"ریزپروژه {n}", nameEn=f"Part {n}") for n in range(3)]
    line = {
        "subProjectId": parts[0],
        "source": "ISIPO",
        "currency": "IRR",
        "unit": "OLD_RIAL",
        "planned": "100",
    }
    budget = (await api.accepted("addBudgetLine", line))["id"]
    await api.accepted("submitActionPlan", {"id": plan, "presentedOn": "2026-11-01"})
    await room.approved(plan, on="2026-11-05")
    await judged(room, "rejectActionPlan", await room.submitted("2026-11-06"), on="2026-11-07")
    bank = (await api.data("{ supportInstitutions { nodes { id } } }"))["supportInstitutions"]["nodes"][0][
        "id"
    ]
    promise = {"institutionId": bank, "subProjectId": parts[0], "kind": "SERVICE", "descriptionFa": "x"}
    await api.accepted("makeSupportCommitment", promise)
    moved = {"id": budget, "committed": "100", "disbursed": "100", "spent": "90"}
    await api.accepted("recordBudget", moved)
    await api.accepted("startSubProject", {"id": parts[0], "on": "2026-11-10"})
    await api.accepted("reportProgress", {"subProjectId": parts[0], "done": []})
    await api.accepted("suspendSubProject", {"id": parts[0], "reason": "x"})
    await api.accepted("resumeSubProject", {"id": parts[0]})
    await api.accepted("completeSubProject", {"id": parts[0]})
    await api.accepted("cancelSubProject", {"id": parts[1], "reason": "x"})
    await api.accepted("transferSubProject", {"id": parts[2], "to": "SUPPORT_INSTITUTION"})


async def judged(room: CouncilRoom, mutation: str, plan: str, on: str = "2026-11-02") -> None:
    """Let the council return or reject a version."""
    meeting = await room.meeting(on)
    await room.api.accepted(
        mutation, {"id": plan, "meetingId": meeting, "votes": room.votes(), "noteFa": "x"}
    )


async def networks(room: CouncilRoom) -> None:
    """Register the network and designate it."""
    shown = await room.one("cluster", room.home.cluster, "networks { nodes { id } }")
    network = shown["networks"]["nodes"][0]["id"]
    registered = {"id": network, "legalForm": "COOPERATIVE", "registrationNumber": "1", "on": "2026-10-01"}
    await room.api.accepted("registerNetwork", registered)
    await room.api.accepted("designateComprehensiveNetwork", {"id": network})


async def indicators(home: Home) -> None:
    """Let a value be returned and approved by a colleague."""
    given = {
        "clusterId": home.cluster,
        "indicatorId": f"Indicator_{id_of('JOBS')}",
        "period": "1404",
        "value": "7",
    }
    value = {"id": (await home.api.accepted("enterIndicatorValue", {**given, "evidence": "x"}))["id"]}
    colleague = home.api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(home.province_row,))
    await home.api.accepted("submitIndicatorValue", value)
    await colleague.accepted("returnIndicatorValue", {**value, "reason": "x"})
    await home.api.accepted("editIndicatorValue", {**value, "value": "8", "evidence": "x"})
    await home.api.accepted("submitIndicatorValue", value)
    await colleague.accepted("approveIndicatorValue", value)


async def leaving(room: CouncilRoom) -> None:
    """Announce the exit, take it back, announce it again and complete it with an override."""
    api, project = room.api, {"projectId": room.project}
    grounds = {"decidedBy": "x", "evidence": "x"}
    await api.accepted("recordDevelopmentLevel", {"id": room.home.cluster, "level": "MATURING", **grounds})
    await api.accepted("assessSelfReliance", {**project, "defining": 0.9, "steering": 0.9, **grounds})
    exit_ = ""
    for again in (False, True):
        decided = {"decision": "APPROVE", "subject": "EXIT", "votes": room.votes()}
        meeting = await room.meeting("2026-11-20")
        await api.accepted("recordCouncilDecision", {**project, **decided, "meetingId": meeting})
        exit_ = (await api.accepted("announceExit", {**project, "announcedOn": "2026-11-21"}))["id"]
        if not again:
            await api.accepted("revokeExit", {"id": exit_, "reason": "x"})
    shown = await room.one("cluster", room.home.cluster, "networks { nodes { id } }")
    network = shown["networks"]["nodes"][0]["id"]
    for place in range(2):
        step = {"id": exit_, "whatFa": f"گام {place}", "whatEn": f"Step {place}", "networkId": network}
        made = await api.accepted("addHandoverStep", {**step, "dueOn": "2026-11-22"})
        await api.accepted(
            "completeHandoverStep", {"id": made["id"], "doneOn": "2026-11-22", "evidence": "x"}
        )
    led = await room.one(
        "cluster",
        room.home.cluster,
        "subProjects(filter: { status: { eq: APPROVED } }) { nodes { id ledBy } }",
    )
    for part in led["subProjects"]["nodes"]:
        if part["ledBy"] == "AGENT":
            await api.accepted("transferSubProject", {"id": part["id"], "to": "SUPPORT_INSTITUTION"})
    await api.accepted("completeExit", {"id": exit_, "completedOn": "2026-11-23", "overrideReason": "x"})
