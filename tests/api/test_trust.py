"""Trust through the API: activities, rounds, figures; ratings stay where they are."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

import pytest

from schema.stakeholders.rows import Membership, Stakeholder
from schema.trust.rows import TrustActivity, TrustSurvey
from schema.vocabulary import UserRole
from tests.world import CLUSTER, INSTITUTION, PROJECT, STAKEHOLDER, number

if TYPE_CHECKING:
    from tests.world import Api

PROJECT_ID = f"ClusterProject_{number(PROJECT, 1)}"
BANK = f"SupportInstitution_{number(INSTITUTION, 1)}"
VISIT = {
    "projectId": PROJECT_ID,
    "type": "JOINT_VISIT",
    "approach": "PRACTICAL",
    "nameFa": "بازدید مشترک",
    "nameEn": "Joint visit",
    "plannedStart": "2026-08-01",
    "plannedEnd": "2026-08-03",
}

pytestmark = pytest.mark.usefixtures("world")


def stakeholder(index: int) -> str:
    return f"Stakeholder_{number(STAKEHOLDER, index)}"


async def members(*indexes: int) -> None:
    """Make stakeholders members of their cluster."""
    for index in indexes:
        if index % 10 > 3:
            await Stakeholder.create(
                id=number(STAKEHOLDER, index), cluster_id=number(CLUSTER, index // 10), kind="WORKSHOP",
                role="WEAVER", name_fa=f"کارگاه {index}", name_en=f"Workshop {index}",
            )  # fmt: skip
        await Membership.create(
            cluster_id=number(CLUSTER, index // 10),
            stakeholder_id=number(STAKEHOLDER, index),
            valid_from=datetime.date(2026, 1, 1),
        )


@pytest.mark.requirement("R15", "R19")
async def test_an_activity_is_planned_joined_recorded_and_moves_the_health_of_trust(api: Api) -> None:
    health = """{ clusterBySlug(slug: "cluster-1") {
      phases(filter: {code: {eq: TRUST_BUILDING}}) { nodes { health } } } }"""

    async def of_trust() -> str:
        nodes = (await api.data(health))["clusterBySlug"]["phases"]["nodes"]
        return str(nodes[0]["health"])

    before = await of_trust()
    assert before != "ON_TRACK"
    activity = await api.accepted("planTrustActivity", VISIT)
    assert await api.refused(
        "recordTrustActivity", {"id": activity["id"], "actualStart": "2026-08-01", "actualEnd": "2026-08-01"}
    ) == [("PARTICIPANTS_REQUIRED", ["id"])]
    await api.accepted("addTrustParticipant", {"id": activity["id"], "institutionId": BANK})
    await api.accepted("addTrustParticipant", {"id": activity["id"], "stakeholderId": stakeholder(11)})
    done = await api.accepted(
        "recordTrustActivity",
        {"id": activity["id"], "actualStart": "2026-11-01", "actualEnd": "2026-11-02", "outcomeFa": "۳۶ نفر"},
        "outcomeFa institutions { nodes { nameEn } } stakeholders { totalCount }",
    )
    assert done == {
        "outcomeFa": "۳۶ نفر",
        "institutions": {"nodes": [{"nameEn": "Bank"}]},
        "stakeholders": {"totalCount": 1},
    }
    assert await api.events() == ["trust.activity_recorded"]
    assert await of_trust() == "ON_TRACK"


@pytest.mark.requirement("R15")
async def test_what_was_only_planned_is_removed_and_comes_back_while_the_project_runs(api: Api) -> None:
    activity = await api.accepted("planTrustActivity", VISIT)
    assert (await api.run("removeTrustActivity", activity))["problems"] == []
    assert await api.refused("removeTrustActivity", activity) == [("NOT_FOUND", ["id"])]
    assert await api.accepted("restoreTrustActivity", activity, "nameEn") == {"nameEn": "Joint visit"}
    await api.accepted("addTrustParticipant", {**activity, "institutionId": BANK})
    done = {"actualStart": "2026-11-01", "actualEnd": "2026-11-02"}
    await api.accepted("recordTrustActivity", {**activity, **done})
    assert await api.refused("removeTrustActivity", activity) == [("ALREADY_RECORDED", ["id"])]
    removed = await api.accepted("planTrustActivity", VISIT)
    await api.run("removeTrustActivity", removed)
    await api.accepted("cancelProject", {"id": PROJECT_ID, "reason": "بودجه"})
    assert await api.refused("restoreTrustActivity", removed) == [("PROJECT_NOT_ACTIVE", [])]


async def test_an_activity_of_a_foreign_or_absent_project_is_refused_alike(api: Api) -> None:
    absent = {**VISIT, "projectId": f"ClusterProject_{number(PROJECT, 99)}"}
    assert await api.refused("planTrustActivity", absent) == [("NOT_FOUND", ["projectId"])]
    wrong = {**VISIT, "projectId": stakeholder(11)}
    assert await api.refused("planTrustActivity", wrong) == [("NOT_FOUND", ["projectId"])]


async def test_a_name_of_ten_thousand_letters_is_refused_at_its_field(api: Api) -> None:
    assert await api.refused("planTrustActivity", {**VISIT, "nameFa": "گ" * 10_000}) == [
        ("TOO_LONG", ["nameFa"])
    ]
    assert await api.refused("planTrustActivity", {**VISIT, "nameFa": "a\x00b"}) == [("INVALID", ["nameFa"])]


_FIGURES = "density reciprocity decentralisation transitivity connectedness institutionTies structure"


@pytest.mark.requirement("R13", "I18")
async def test_a_round_is_answered_closed_and_shows_figures_but_no_rating(api: Api) -> None:
    people = (11, 12, 13, 14, 15)
    await members(*people)
    survey = await api.accepted("openTrustSurvey", {"projectId": PROJECT_ID, "on": "2026-10-01"})
    assert await api.refused("openTrustSurvey", {"projectId": PROJECT_ID}) == [("SURVEY_ALREADY_OPEN", [])]
    for place, rater in enumerate(people):
        about = {"id": survey["id"], "raterId": stakeholder(rater)}
        ratings = [{"aboutId": stakeholder(people[place - 1]), "score": 4}]
        if place < 4:
            ratings.append({"aboutId": BANK, "score": 2})
        await api.accepted("recordTrustSheet", {**about, "ratings": ratings})
    again = {"id": survey["id"], "raterId": stakeholder(11), "institutionId": BANK, "score": 3}
    await api.accepted("recordTrustRating", again)
    tie = {"id": survey["id"], "raterId": stakeholder(11), "institutionId": BANK, "kind": "INFO"}
    await api.accepted("recordTie", tie)
    closed = await api.accepted(
        "closeTrustSurvey",
        {"id": survey["id"]},
        "round status coverage memberTrust institutionTrust memberRatingsCount institutionRatingsCount"
        f" socialCapitalIndex informantsCount {_FIGURES}",
    )
    assert closed == {
        "round": 1,
        "status": "CLOSED",
        "coverage": 100.0,
        "memberTrust": 75.0,
        "institutionTrust": None,
        "memberRatingsCount": 5,
        "institutionRatingsCount": 4,
        "socialCapitalIndex": None,
        "informantsCount": 1,
        **dict.fromkeys(_FIGURES.split()),
    }
    trail = 'auditEntries(filter: {entity: {eq: "TrustSurvey"}}) { nodes { changes { field before after } } }'
    told = json.dumps(await api.data(f"{{ {trail} }}"))
    assert "closedOn" in told
    assert not [name for name in _FIGURES.split() if f'"{name}"' in told]
    assert "trust.survey_closed" in await api.events()
    names = await api.data("{ __schema { types { name } } }")
    public = {found["name"] for found in names["__schema"]["types"]}
    assert not {name for name in public if "Rating" in name and not name.endswith(("Input", "Payload"))}


@pytest.mark.requirement("R13")
async def test_the_sheet_of_a_member_is_entered_at_once_and_again(api: Api) -> None:
    await members(11, 12)
    survey = await api.accepted("openTrustSurvey", {"projectId": PROJECT_ID})
    sheet = {
        "id": survey["id"],
        "raterId": stakeholder(11),
        "ratings": [{"aboutId": stakeholder(12), "score": 4}, {"aboutId": BANK, "score": 2}],
        "ties": [{"aboutId": BANK, "kind": "INFO"}],
    }
    assert (await api.accepted("recordTrustSheet", sheet, "ratersSoFar"))["ratersSoFar"] == 1
    assert (await api.accepted("recordTrustSheet", sheet, "ratersSoFar"))["ratersSoFar"] == 1
    closed = await api.accepted(
        "closeTrustSurvey", {"id": survey["id"]}, "memberRatingsCount institutionRatingsCount"
    )
    assert closed == {"memberRatingsCount": 1, "institutionRatingsCount": 1}


@pytest.mark.requirement("R13")
async def test_a_sheet_with_one_impossible_line_leaves_nothing_behind(api: Api) -> None:
    await members(11, 12)
    survey = await api.accepted("openTrustSurvey", {"projectId": PROJECT_ID})
    sheet = {"id": survey["id"], "raterId": stakeholder(11)}
    lines = [{"aboutId": stakeholder(12), "score": 4}, {"aboutId": stakeholder(13), "score": 4}]
    assert await api.refused("recordTrustSheet", {**sheet, "ratings": lines}) == [
        ("MEMBERS_ONLY", ["ratings", "1", "aboutId"])
    ]
    assert await api.refused(
        "recordTrustSheet", {**sheet, "ratings": [{"aboutId": "Loom_1", "score": 1}]}
    ) == [("NOT_FOUND", ["ratings"])]
    assert await api.refused("closeTrustSurvey", {"id": survey["id"]}) == [("SURVEY_EMPTY", [])]


@pytest.mark.requirement("R13", "I17")
async def test_a_wrong_answer_is_taken_back_on_record_and_a_closed_round_keeps_its_answers(api: Api) -> None:
    await members(11, 12)
    survey = await api.accepted("openTrustSurvey", {"projectId": PROJECT_ID})
    about = {"id": survey["id"], "raterId": stakeholder(11), "rateeId": stakeholder(12)}
    tie = {**about, "kind": "INFO"}
    await api.accepted("recordTrustRating", {**about, "score": 5})
    await api.accepted("recordTie", tie)
    await api.accepted("removeTrustRating", about)
    assert await api.refused("removeTrustRating", about) == [("NOT_ANSWERED", ["rateeId"])]
    assert (await api.accepted("removeTie", tie, "ratersSoFar")) == {"ratersSoFar": 0}
    trail = "{ auditEntries(last: 2) { nodes { action entity changes { field before after } } } }"
    rating, tied = (await api.data(trail))["auditEntries"]["nodes"]
    assert (rating["action"], rating["entity"]) == ("removeTrustRating", "TrustRating")
    # That it was removed is on record, how it was rated is not (I18).
    assert {"field": "score", "before": None, "after": None} in rating["changes"]
    assert (tied["action"], tied["entity"]) == ("removeTie", "Tie")
    await api.accepted("recordTie", tie)
    await api.accepted("recordTrustRating", {**about, "score": 2})
    closed = await api.accepted("closeTrustSurvey", {"id": survey["id"]}, "memberRatingsCount")
    assert closed == {"memberRatingsCount": 1}
    assert await api.refused("removeTrustRating", about) == [("WRONG_STATUS", [])]
    assert await api.refused("removeTie", tie) == [("WRONG_STATUS", [])]
    assert await api.refused("cancelTrustSurvey", {"id": survey["id"], "reason": "دیر"}) == [
        ("WRONG_STATUS", [])
    ]


@pytest.mark.requirement("R15")
async def test_a_cancelled_round_yields_nothing_and_makes_way_for_the_next(api: Api) -> None:
    survey = await api.accepted("openTrustSurvey", {"projectId": PROJECT_ID})
    assert await api.refused("cancelTrustSurvey", {"id": survey["id"], "reason": " "}) == [
        ("REASON_REQUIRED", ["reason"])
    ]
    cancelled = {"id": survey["id"], "reason": "پرسش‌نامه نادرست بود"}
    shown = "status statusReason closedOn socialCapitalIndex"
    assert await api.accepted("cancelTrustSurvey", cancelled, shown) == {
        "status": "CANCELLED",
        "statusReason": "پرسش‌نامه نادرست بود",
        "closedOn": None,
        "socialCapitalIndex": None,
    }
    following = await api.accepted("openTrustSurvey", {"projectId": PROJECT_ID}, "round status")
    assert following == {"round": 2, "status": "OPEN"}
    assert await api.events() == []


@pytest.mark.requirement("R15")
async def test_a_fall_of_trust_is_seen_across_a_round_that_was_cancelled(api: Api) -> None:
    home: dict[str, Any] = {"cluster_id": number(CLUSTER, 1), "project_id": number(PROJECT, 1)}
    day = datetime.date(2026, 11, 1)
    await TrustActivity.create(
        **home, type="MEETING", approach="BOTH", name_fa="نشست", name_en="Meeting", planned_start=day,
        planned_end=day, actual_start=day, actual_end=day,
    )  # fmt: skip
    health = """{ clusterBySlug(slug: "cluster-1") {
      phases(filter: {code: {eq: TRUST_BUILDING}}) { nodes { health } } } }"""
    told: dict[str, Any] = {
        "members_count": 9,
        "raters_count": 9,
        "informants_count": 9,
        "formula_version": 2,
    }
    for place, index in ((1, 80.0), (3, 60.0)):
        await TrustSurvey.create(
            **home, **told, round=place, status="CLOSED", opened_on=day, closed_on=day,
            social_capital_index=index,
        )  # fmt: skip
        await TrustSurvey.get_or_create(
            {"status": "CANCELLED", "opened_on": day, "status_reason": "نادرست"}, **home, round=2
        )
        found = (await api.data(health))["clusterBySlug"]["phases"]["nodes"]
        assert found == [{"health": "ON_TRACK" if place == 1 else "AT_RISK"}]


async def test_only_members_of_the_cluster_answer(api: Api) -> None:
    await members(11, 41)
    survey = await api.accepted("openTrustSurvey", {"projectId": PROJECT_ID})
    about = {"id": survey["id"], "institutionId": BANK, "score": 3}
    for outsider in (12, 41):
        refused = await api.refused("recordTrustRating", {**about, "raterId": stakeholder(outsider)})
        assert refused == [("MEMBERS_ONLY", ["raterId"])]


async def test_what_is_open_on_a_survey_is_told_beforehand(api: Api) -> None:
    document = "id permittedActions { action allowed reasons { code } }"
    survey = await api.accepted("openTrustSurvey", {"projectId": PROJECT_ID}, document)
    told = {entry["action"]: entry for entry in survey["permittedActions"]}
    assert told["recordTrustRating"]["allowed"] is True
    assert told["closeTrustSurvey"] == {
        "action": "closeTrustSurvey",
        "allowed": False,
        "reasons": [{"code": "SURVEY_EMPTY"}],
    }


@pytest.mark.requirement("R18")
async def test_the_list_of_types_of_activities_is_open_to_the_national_administrator(api: Api) -> None:
    office = api.as_(UserRole.NATIONAL_ADMINISTRATOR)
    names = {"nameFa": "شب فرهنگی", "nameEn": "Evening of culture"}
    added = (await office.accepted("addTrustActivityType", names))["id"]
    # The same name typed on an Arabic keyboard is the same name.
    again = {"nameFa": "شب فرهنگي", "nameEn": "Another"}
    assert await office.refused("addTrustActivityType", again) == [("NOT_UNIQUE", ["nameFa"])]
    province = api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(1,))
    assert await province.refused("addTrustActivityType", again) == [("NOT_ALLOWED", [])]

    evening = {**VISIT, "type": "OTHER", "additionalTypeId": added}
    shown = "id type additionalType { nameEn }"
    planned = await api.accepted("planTrustActivity", evening, shown)
    assert planned["additionalType"] == {"nameEn": "Evening of culture"}
    assert await api.refused("planTrustActivity", {**evening, "type": "MEETING"}) == [
        ("NOT_OF_THE_OPEN_LIST", ["additionalTypeId"])
    ]
    found = "query ($of: ID!) { trustActivities(filter: {additionalType: {id: {eq: $of}}}) { totalCount } }"
    assert (await api.data(found, {"of": added}))["trustActivities"] == {"totalCount": 1}

    await office.accepted("editTrustActivityType", {"id": added, "nameEn": "Evening of songs"})
    await office.accepted("retireTrustActivityType", {"id": added})
    assert await api.refused("planTrustActivity", evening) == [("TYPE_RETIRED", ["additionalTypeId"])]
    kept = {"id": planned["id"], "nameEn": "Evening by the fire", "type": "OTHER", "additionalTypeId": added}
    edited = await api.accepted("editTrustActivity", kept, shown)
    assert edited["additionalType"] == {"nameEn": "Evening of songs"}
    visit = await api.accepted("editTrustActivity", {"id": planned["id"], "type": "JOINT_VISIT"}, shown)
    assert (visit["type"], visit["additionalType"]) == ("JOINT_VISIT", None)
