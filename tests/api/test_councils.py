"""Steering councils through the API: one for a cluster, its seats, meetings, minutes and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.council_room import CouncilRoom


@pytest.mark.requirement("R29")
async def test_a_cluster_has_one_steering_council_at_a_time(council_room: CouncilRoom) -> None:
    api, cluster = council_room.api, council_room.home.cluster
    assert await api.refused("formSteeringCouncil", {"clusterId": cluster}) == [
        ("COUNCIL_EXISTS", ["clusterId"])
    ]
    shown = "isCurrent dissolvedOn currentSeats { role } seats { totalCount }"
    dissolved = await api.accepted("dissolveSteeringCouncil", {"id": council_room.council}, shown)
    assert dissolved == {
        "isCurrent": False,
        "dissolvedOn": "2026-11-23",
        "currentSeats": [],
        "seats": {"totalCount": 3},
    }
    payload = await api.run("formSteeringCouncil", {"clusterId": cluster})
    assert [warning["message"] for warning in payload["warnings"]] == [
        "The council seats 0 cluster actors and the programme expects 3: seat stakeholders."
    ]


async def test_chair_and_secretary_are_one_each(council_room: CouncilRoom) -> None:
    titles = {"councilId": council_room.council, "titleFa": "رئیس", "titleEn": "Chair"}
    assert await council_room.api.refused("appointCouncilSeat", {**titles, "role": "CHAIR"}) == [
        ("SEAT_TAKEN", ["role"])
    ]
    await council_room.api.accepted("endCouncilSeat", {"id": council_room.seats[0], "on": "2026-11-01"})
    assert await council_room.api.refused("endCouncilSeat", {"id": council_room.seats[0]}) == [
        ("SEAT_ENDED", [])
    ]
    await council_room.api.accepted("appointCouncilSeat", {**titles, "role": "CHAIR"})


async def test_a_seat_is_held_by_a_stakeholder_of_the_same_cluster(council_room: CouncilRoom) -> None:
    api, home = council_room.api, council_room.home
    other = await api.accepted(
        "createCluster", {"provinceId": home.province, "nameFa": "خوشه سنگ", "nameEn": "Stone cluster"}
    )
    weaver = {"kind": "PERSON", "role": "WEAVER", "nameFa": "بافنده", "nameEn": "Weaver"}
    own = await api.accepted("enterStakeholder", {"clusterId": home.cluster, **weaver})
    foreign = await api.accepted("enterStakeholder", {"clusterId": other["id"], **weaver})
    titles = {"councilId": council_room.council, "role": "MEMBER", "titleFa": "ن", "titleEn": "Weavers"}
    held = {**titles, "stakeholderId": own["id"]}
    payload = await api.run("appointCouncilSeat", held, "id stakeholder { nameEn }")
    seat = payload["councilSeat"]
    assert seat["stakeholder"] == {"nameEn": "Weaver"}
    assert "seats 1 cluster actors" in payload["warnings"][0]["message"]
    ended = await api.run("endCouncilSeat", {"id": seat["id"]})
    assert "seats 0 cluster actors" in ended["warnings"][0]["message"]
    refused = await api.refused("appointCouncilSeat", {**titles, "stakeholderId": foreign["id"]})
    assert [code for code, _ in refused] == ["OF_ANOTHER_CLUSTER"]


async def test_a_meeting_is_called_held_minuted_and_counted(council_room: CouncilRoom) -> None:
    api = council_room.api
    called = await api.accepted(
        "scheduleCouncilMeeting",
        {"councilId": council_room.council, "on": "2026-11-10", "agendaFa": "برنامه عمل"},
        "id status attendance { invited present }",
    )
    assert called["status"] == "SCHEDULED"
    assert called["attendance"] == [{"invited": True, "present": False}] * 3
    early = {"id": called["id"], "on": "2026-12-01", "present": council_room.seats}
    assert await api.refused("holdCouncilMeeting", early) == [("IN_FUTURE", ["on"])]
    held = await api.accepted(
        "holdCouncilMeeting",
        {"id": called["id"], "on": "2026-11-11", "present": council_room.seats[:2]},
        "status heldOn presentCount seatsCount",
    )
    assert held == {"status": "HELD", "heldOn": "2026-11-11", "presentCount": 2, "seatsCount": 3}
    await api.accepted("recordCouncilMinutes", {"id": called["id"], "minutesFa": "صورت‌جلسه"})
    assert await api.refused("cancelCouncilMeeting", {"id": called["id"], "reason": "برف"}) == [
        ("WRONG_STATUS", [])
    ]
    assert (await api.events())[-1] == "council.meeting_scheduled"


async def test_minutes_notes_and_votes_are_read_by_those_who_need_them(council_room: CouncilRoom) -> None:
    plan = await council_room.submitted()
    meeting = await council_room.meeting()
    await council_room.api.accepted("recordCouncilMinutes", {"id": meeting, "minutesFa": "صورت‌جلسه"})
    decided = {"id": plan, "meetingId": meeting, "votes": council_room.votes(), "noteFa": "با شرط"}
    await council_room.api.accepted("approveActionPlan", {**decided, "documentNumber": "1"})
    query = """query ($id: ID!) { councilMeeting(id: $id) { minutesFa
        decisions { nodes { noteFa votesFor votes { vote } } } } }"""
    read = (await council_room.api.data(query, {"id": meeting}))["councilMeeting"]
    assert read["minutesFa"] == "صورت‌جلسه"
    assert read["decisions"]["nodes"] == [{"noteFa": "با شرط", "votesFor": 3, "votes": [{"vote": "FOR"}] * 3}]
    partner = council_room.api.as_(
        UserRole.PARTNER_AGENCY, provinces=(council_room.home.province_row,), scopes=frozenset({"READ"})
    )
    shown = (await partner.data(query, {"id": meeting}))["councilMeeting"]
    assert shown["minutesFa"] is None
    assert shown["decisions"]["nodes"] == [{"noteFa": None, "votesFor": 3, "votes": []}]


async def test_who_came_is_corrected_as_long_as_nothing_was_decided(council_room: CouncilRoom) -> None:
    meeting = await council_room.meeting(present=1)
    corrected = {"id": meeting, "present": council_room.seats[1:3]}
    shown = await council_room.api.accepted("correctCouncilAttendance", corrected, "presentCount")
    assert shown == {"presentCount": 2}
    twice = {"id": meeting, "present": [council_room.seats[0]] * 2}
    assert await council_room.api.refused("correctCouncilAttendance", twice) == [
        ("NAMED_TWICE", ["present", "1"])
    ]
    votes = [{"seatId": seat, "vote": "FOR"} for seat in council_room.seats[1:3]]
    plan = {"id": await council_room.submitted(), "meetingId": meeting, "votes": votes}
    await council_room.api.accepted("approveActionPlan", {**plan, "documentNumber": "1"})
    assert await council_room.api.refused("correctCouncilAttendance", corrected) == [("DECISION_STANDS", [])]


@pytest.mark.requirement("R28", "I8")
@pytest.mark.parametrize(
    ("present", "in_favour", "problems"),
    [
        (1, 1, [("QUORUM_MISSING", ["meetingId"])]),
        (2, 0, [("MAJORITY_MISSING", ["votes"])]),
        (3, 1, [("MAJORITY_MISSING", ["votes"])]),
        (2, 3, [("SEAT_NOT_PRESENT", ["votes", "2", "seatId"])]),
    ],
)
async def test_a_decision_needs_quorum_majority_and_present_voters(
    council_room: CouncilRoom, present: int, in_favour: int, problems: list[tuple[str, list[str]]]
) -> None:
    decided = {
        "meetingId": await council_room.meeting(present=present),
        "projectId": council_room.project,
        "subject": "EXIT",
        "decision": "APPROVE",
        "votes": council_room.votes(in_favour),
    }
    assert await council_room.api.refused("recordCouncilDecision", decided) == problems


@pytest.mark.requirement("R28")
async def test_a_decision_on_an_exit_is_recorded_by_the_council_and_not_by_the_agent(
    council_room: CouncilRoom,
) -> None:
    decided = {
        "meetingId": await council_room.meeting(),
        "projectId": council_room.project,
        "subject": "EXIT",
        "decision": "APPROVE",
        "votes": council_room.votes(),
    }
    cluster = council_room.home.cluster.partition("_")[2]
    agent = council_room.api.as_(UserRole.DEVELOPMENT_AGENT, clusters=(cluster,))
    assert await agent.refused("recordCouncilDecision", decided) == [("NOT_ALLOWED", [])]
    member = council_room.api.as_(UserRole.COUNCIL_MEMBER, clusters=(cluster,))
    shown = await member.accepted("recordCouncilDecision", decided, "subject decision decidedOn votesFor")
    assert shown == {"subject": "EXIT", "decision": "APPROVE", "decidedOn": "2026-10-22", "votesFor": 3}
    on_a_plan = {**decided, "subject": "ACTION_PLAN"}
    assert await member.refused("recordCouncilDecision", on_a_plan) == [("DECIDED_ELSEWHERE", ["subject"])]
