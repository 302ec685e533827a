"""Versions of the programme through the API: drafted, previewed, published, and never rewriting the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema.projects.thresholds import DEFAULTS
from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.home import Home


async def first_version(home: Home) -> str:
    found = await home.api.data("{ programmeTemplates(orderBy: [{version: ASC}]) { nodes { id } } }")
    return str(found["programmeTemplates"]["nodes"][0]["id"])


async def next_version(home: Home, **changed: object) -> str:
    wanted = {
        "basedOn": await first_version(home),
        "nameFa": "نسخهٔ دوم",
        "nameEn": "Second version",
        **changed,
    }
    return str((await home.api.accepted("createTemplateVersion", wanted))["id"])


@pytest.mark.requirement("R55")
async def test_a_version_tells_every_threshold_with_its_meaning(home: Home) -> None:
    version = await next_version(home, thresholds=[{"key": "exit_score", "value": 75}])
    found = await home.api.data(
        """query ($id: ID!) { programmeTemplate(id: $id) { version publishedOn
        thresholds { key value standard labelFa labelEn }
        phases { code minMonths maxMonths startsAt gates { key } } } }""",
        {"id": version},
    )
    template = found["programmeTemplate"]
    assert (template["version"], template["publishedOn"]) == (2, None)
    values = {each["key"]: each for each in template["thresholds"]}
    assert list(values) == list(DEFAULTS)
    assert (values["exit_score"]["value"], values["exit_score"]["standard"]) == (75, 70)
    assert all(each["labelFa"] and each["labelEn"] for each in values.values())
    assert [len(phase["gates"]) for phase in template["phases"]] == [5, 0, 0, 0, 2]


@pytest.mark.requirement("R55")
async def test_running_projects_keep_their_version_and_new_ones_get_the_published(home: Home) -> None:
    old = await home.active()
    version = await next_version(home, windows=[{"code": "DIAGNOSTIC_STUDY", "minMonths": 1, "maxMonths": 2}])
    preview = """query ($id: ID!) { programmeTemplate(id: $id) { latePhases {
      projectId code windowEnd windowEndThen daysLateThen } } }"""
    found = await home.api.data(preview, {"id": version})
    assert found["programmeTemplate"]["latePhases"] == [
        {
            "projectId": old,
            "code": "DIAGNOSTIC_STUDY",
            "windowEnd": "2026-12-22",
            "windowEndThen": "2026-10-23",
            "daysLateThen": 31,
        }
    ]
    planned = await home.planned()
    query = "query ($id: ID!) { project(id: $id) { template { version } } }"
    assert (await home.api.data(query, {"id": planned}))["project"]["template"]["version"] == 1
    await home.api.accepted("publishTemplate", {"id": version})
    later = await home.planned()
    assert (await home.api.data(query, {"id": later}))["project"]["template"]["version"] == 2
    study = (await home.phases(old))["DIAGNOSTIC_STUDY"]
    assert study["windowEnd"] == "2026-12-22"
    assert study["health"] == "AT_RISK"
    assert await home.api.refused("publishTemplate", {"id": version}) == [("PUBLISHED", [])]


@pytest.mark.requirement("R55")
async def test_impossible_versions_are_refused(home: Home) -> None:
    refused = await home.api.refused(
        "createTemplateVersion",
        {
            "basedOn": await first_version(home),
            "nameFa": "",
            "nameEn": "Second",
            "windows": [{"code": "AGENT_EXIT", "minMonths": 6, "maxMonths": 4}],
            "thresholds": [{"key": "luck", "value": 1}, {"key": "trust_floor", "value": 2}],
        },
    )
    assert refused == [
        ("REQUIRED", ["nameFa"]),
        ("OUT_OF_RANGE", ["windows", "0", "maxMonths"]),
        ("UNKNOWN_THRESHOLD", ["thresholds", "0", "key"]),
        ("OUT_OF_RANGE", ["thresholds", "1", "value"]),
    ]


async def test_only_the_national_office_makes_versions(home: Home) -> None:
    province = home.api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(home.province_row,))
    refused = await province.refused("publishTemplate", {"id": await first_version(home)})
    assert refused == [("NOT_ALLOWED", [])]
