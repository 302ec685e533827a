"""The diagnostic study through the API: written, reviewed, presented; refused where it falls short."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.agencies.rows import AppUser
from schema.vocabulary import UserRole
from tests.home import STUDY

if TYPE_CHECKING:
    from tests.home import Home

WHOLE = """query ($id: ID!) { diagnosticStudy(id: $id) {
  status methodology baselineLevel targetLevel documentNumber presentedOn returnNote
  sources { kind titleFa } findings { quadrant textFa }
  problems { ordinal textFa solutions { target textFa } } project { id } } }"""


@pytest.mark.requirement("R5", "R6", "R7", "R8", "R9", "R10")
async def test_a_study_goes_from_its_draft_to_its_presentation(home: Home) -> None:
    project = await home.active()
    study = await home.present(project, on="2026-11-20")
    shown = (await home.api.data(WHOLE, {"id": study}))["diagnosticStudy"]
    assert shown == {
        "status": "PRESENTED",
        "methodology": "UNIDO_DERIVED",
        "baselineLevel": "EMERGING",
        "targetLevel": "MATURING",
        "documentNumber": "1405/12",
        "presentedOn": "2026-11-20",
        "returnNote": None,
        "sources": [
            {"kind": "DESK", "titleFa": "آمار استان"},
            {"kind": "FIELD", "titleFa": "گفت‌وگو با بافندگان"},
        ],
        "findings": [{"quadrant": "STRENGTH", "textFa": "نقش‌های بومی"}],
        "problems": [
            {
                "ordinal": 1,
                "textFa": "تأمین مواد اولیه",
                "solutions": [{"target": "PROBLEM_REMOVAL", "textFa": "خرید مشترک پشم"}],
            }
        ],
        "project": {"id": project},
    }
    assert (await home.api.events())[-4:] == [
        "diagnostic_study.submitted",
        "audit.override_used",
        "diagnostic_study.accepted",
        "diagnostic_study.presented",
    ]


@pytest.mark.requirement("R5", "R6", "R8", "R9")
async def test_an_empty_study_is_refused_with_everything_it_lacks(home: Home) -> None:
    project = await home.active()
    study = (await home.api.accepted("draftStudy", {"projectId": project}))["id"]
    assert await home.api.refused("submitStudy", {"id": study}) == [
        ("ANALYSIS_MISSING", ["situationFa"]),
        ("ANALYSIS_MISSING", ["nationalEnvironmentFa"]),
        ("ANALYSIS_MISSING", ["globalEnvironmentFa"]),
        ("SOURCE_MISSING", ["sources"]),
        ("SOURCE_MISSING", ["sources"]),
        ("PROBLEM_MISSING", ["problems"]),
        ("REQUIRED", ["baselineLevel"]),
        ("REQUIRED", ["targetLevel"]),
    ]
    permitted = await home.permitted("diagnosticStudy", study)
    assert permitted["submitStudy"][0] is False
    assert permitted["editStudy"] == (True, [])
    assert await home.api.refused("draftStudy", {"projectId": project}) == [("STUDY_EXISTS", ["projectId"])]


@pytest.mark.requirement("R8")
async def test_replacing_the_problems_forgets_the_solutions_of_the_former_ones(home: Home) -> None:
    project = await home.active()
    study = await home.written(project)
    await home.api.accepted("editStudy", {"id": study, "problems": [{"textFa": "بازار", "solutions": []}]})
    assert await home.api.refused("submitStudy", {"id": study}) == [
        ("SOLUTION_MISSING", ["problems", "0", "solutions"])
    ]
    shown = (await home.api.data(WHOLE, {"id": study}))["diagnosticStudy"]
    assert shown["problems"] == [{"ordinal": 1, "textFa": "بازار", "solutions": []}]
    assert len(shown["sources"]) == 2


async def test_a_returned_study_is_revised_and_submitted_again(home: Home) -> None:
    project = await home.active()
    study = await home.written(project)
    await home.api.accepted("submitStudy", {"id": study, "on": "2026-11-10"})
    assert await home.api.refused("editStudy", {"id": study, "situationFa": "x"}) == [("WRONG_STATUS", [])]
    assert await home.api.refused("returnStudy", {"id": study, "note": ""}) == [("REASON_REQUIRED", ["note"])]
    await home.api.accepted("returnStudy", {"id": study, "note": "منابع میدانی کم است", "on": "2026-11-12"})
    assert await home.api.refused("submitStudy", {"id": study}) == [("WRONG_STATUS", [])]
    await home.api.accepted("reviseStudy", {"id": study})
    shown = (await home.api.data(WHOLE, {"id": study}))["diagnosticStudy"]
    assert (shown["status"], shown["returnNote"]) == ("DRAFT", "منابع میدانی کم است")
    await home.api.accepted("submitStudy", {"id": study, "on": "2026-11-15"})
    assert await home.api.refused("acceptStudy", {"id": study, "on": "2026-11-14"}) == [
        ("DATES_OUT_OF_ORDER", ["on"])
    ]
    assert "diagnostic_study.returned" in await home.api.events()


@pytest.mark.requirement("R10")
async def test_a_study_is_not_presented_before_it_is_accepted(home: Home) -> None:
    study = await home.written(await home.active())
    refused = await home.api.refused("presentStudy", {"id": study, "documentNumber": " "})
    assert refused == [("WRONG_STATUS", []), ("REQUIRED", ["documentNumber"])]


@pytest.mark.requirement("R11")
async def test_only_the_agent_of_the_project_submits_its_study(home: Home) -> None:
    project = await home.active()
    account = await AppUser.create(email="agent@example.ir", name="عامل", role="DEVELOPMENT_AGENT")
    agent, other = account.id, UUID(int=902)
    await home.api.accepted(
        "replaceAgent", {"projectId": project, "userId": f"User_{agent}", "validFrom": "2026-11-01"}
    )
    study = await home.written(project)
    cluster = UUID(home.cluster.partition("_")[2])
    stranger = home.api.as_(UserRole.DEVELOPMENT_AGENT, user_id=other, clusters=(cluster,))
    assert await stranger.refused("submitStudy", {"id": study}) == [("NOT_THE_ASSIGNED_AGENT", [])]
    own = home.api.as_(UserRole.DEVELOPMENT_AGENT, user_id=agent, clusters=(cluster,))
    await own.accepted("submitStudy", {"id": study})
    assert (await home.api.events())[-1] == "diagnostic_study.submitted"
    assert await own.refused("acceptStudy", {"id": study}) == [("NOT_ALLOWED", [])]
    advisor = home.api.as_(UserRole.TECHNICAL_ADVISOR, clusters=(cluster,))
    await advisor.accepted("acceptStudy", {"id": study})


async def test_a_study_of_another_province_looks_as_if_it_did_not_exist(home: Home) -> None:
    study = await home.written(await home.active())
    foreign = home.api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(UUID(int=5),))
    assert await foreign.refused("submitStudy", {"id": study}) == [("NOT_FOUND", ["id"])]
    assert (await foreign.data(WHOLE, {"id": study}))["diagnosticStudy"] is None


async def test_texts_that_are_too_long_are_refused_at_their_field(home: Home) -> None:
    study = (await home.api.accepted("draftStudy", {"projectId": await home.active()}))["id"]
    refused = await home.api.refused("editStudy", {"id": study, **STUDY, "situationFa": "س" * 20_001})
    assert refused == [("TOO_LONG", ["situationFa"])]
