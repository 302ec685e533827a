"""A province with the published programme and one cluster: where the tests of projects begin."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest

from schema.decision import Create
from schema.identity import new_id
from schema.projects import reference
from schema.projects.templates import first
from schema.provinces.rows import County, Province
from services.graphql.mutations.news import row_of

if TYPE_CHECKING:
    from uuid import UUID

    from tests.world import Api

START = "2026-08-23"
STUDY: Final[dict[str, Any]] = {
    "situationFa": "کارگاه‌های خانگی",
    "nationalEnvironmentFa": "بازار داخلی",
    "globalEnvironmentFa": "بازار جهانی",
    "baselineLevel": "EMERGING",
    "targetLevel": "MATURING",
    "sources": [
        {"kind": "DESK", "titleFa": "آمار استان"},
        {"kind": "FIELD", "titleFa": "گفت‌وگو با بافندگان"},
    ],
    "findings": [{"quadrant": "STRENGTH", "textFa": "نقش‌های بومی"}],
    "problems": [
        {
            "textFa": "تأمین مواد اولیه",
            "solutions": [{"target": "PROBLEM_REMOVAL", "textFa": "خرید مشترک پشم"}],
        }
    ],
}


@dataclass(slots=True)
class Home:
    """A cluster and what is usually done with it."""

    api: Api
    cluster: str
    province_row: UUID
    province: str
    counties: dict[str, str]

    async def planned(self, **given: object) -> str:
        """Plan a project over three years and return its id."""
        wanted = {
            "clusterId": self.cluster,
            "plannedStart": "2026-06-06",
            "plannedEnd": "2029-06-05",
            **given,
        }
        return str((await self.api.accepted("createProject", wanted))["id"])

    async def active(self, on: str = START) -> str:
        """Plan a project, assign its lead agent and activate it."""
        project = await self.planned()
        await self.api.accepted("assignAgent", {"projectId": project})
        await self.api.accepted("activateProject", {"id": project, "on": on})
        return project

    async def phases(self, project: str) -> dict[str, dict[str, Any]]:
        """Return the phases of a project by their code."""
        shown = await self.api.data(
            """query ($id: ID!) { project(id: $id) { phases { nodes {
            id code status plannedStart plannedEnd windowStart windowEnd actualStart actualEnd dueOn reason
            health daysLeft gates { id key mandatory metOn } } } } }""",
            {"id": project},
        )
        return {phase["code"]: phase for phase in shown["project"]["phases"]["nodes"]}

    async def written(self, project: str) -> str:
        """Draft a complete study and return its id."""
        study = await self.api.accepted("draftStudy", {"projectId": project})
        await self.api.accepted("editStudy", {"id": study["id"], **STUDY})
        return str(study["id"])

    async def present(self, project: str, *, on: str) -> str:
        """Bring a complete study from its draft to its presentation, all on one day."""
        study = await self.written(project)
        for mutation in ("submitStudy", "acceptStudy"):
            await self.api.accepted(mutation, {"id": study, "on": on})
        await self.api.accepted("presentStudy", {"id": study, "on": on, "documentNumber": "1405/12"})
        return study

    async def studied(self, project: str, *, completed_on: str) -> None:
        """Present the study and complete its phase the same day."""
        await self.present(project, on=completed_on)
        phase = (await self.phases(project))["DIAGNOSTIC_STUDY"]["id"]
        await self.api.accepted("completePhase", {"id": phase, "on": completed_on, "reason": "done"})

    async def team(self, project: str) -> list[dict[str, Any]]:
        """Return the assignments of a project in order."""
        shown = await self.api.data(
            "query ($id: ID!) { project(id: $id) { assignments { nodes { id role validFrom validTo } } } }",
            {"id": project},
        )
        found: list[dict[str, Any]] = shown["project"]["assignments"]["nodes"]
        return found

    async def permitted(self, field: str, entity: str) -> dict[str, tuple[bool, list[str]]]:
        """Return what is open on an entity, and the reasons against or about it."""
        shown = await self.api.data(
            f"query ($id: ID!) {{ {field}(id: $id) {{ permittedActions {{"
            " action allowed reasons { code } } } }",
            {"id": entity},
        )
        return {
            each["action"]: (each["allowed"], [reason["code"] for reason in each["reasons"]])
            for each in shown[field]["permittedActions"]
        }


@pytest.fixture
async def home(api: Api) -> Home:
    """Give Lorestan with two counties, the first version of the programme and the gelim cluster."""
    province = await Province.create(
        iso_code="IR-15", legacy_iso_code="IR-20", name_fa="لرستان", name_en="Lorestan", capital_fa="خرم‌آباد",
        capital_en="Khorramabad", latitude=33.49, longitude=48.36, tile_column=1, tile_row=1,
    )  # fmt: skip
    counties = {}
    for name_fa, name_en in (("کوهدشت", "Kuhdasht"), ("دلفان", "Delfan")):
        county = await County.create(province_id=province.id, name_fa=name_fa, name_en=name_en)
        counties[name_en] = f"County_{county.id}"
    for change in first(
        version=reference.FIRST_VERSION,
        name_fa=reference.NAME_FA,
        name_en=reference.NAME_EN,
        published_on=datetime.date(2015, 3, 21),
        phases=reference.PHASES,
        new_id=new_id,
    ):
        assert isinstance(change, Create)
        values: dict[str, Any] = dict(change.values)
        await row_of(change.entity).create(id=change.id, **values)
    shown = f"Province_{province.id}"
    cluster = await api.accepted(
        "createCluster",
        {"provinceId": shown, "nameFa": "خوشه گلیم لرستان", "nameEn": "Lorestan Kilim Cluster"},
    )
    return Home(api, cluster["id"], province.id, shown, counties)
