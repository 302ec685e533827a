"""From a craft and a standing to the rows of a province's cluster."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schema.clusters.rows import Cluster, Product
from schema.provinces.reference import PROVINCES, ProvinceEntry
from schema.stakeholders.rows import Membership, Stakeholder
from schema.text import persian_digits
from schema.vocabulary import AgentRole, ProjectStatus, SizeClass, StakeholderKind, StakeholderRole
from services.sample.cluster_story import ClusterStory
from services.sample.institution_rows import add_institution
from services.sample.provinces.exits import add_exit
from services.sample.provinces.feasibility import add_feasibility
from services.sample.provinces.plans import add_networks, add_plans
from services.sample.provinces.standings import STANDINGS, Standing
from services.sample.reference import day, province_id

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.sheets import Sheets

CRAFTS: Final = json.loads((Path(__file__).parent / "crafts.json").read_text(encoding="utf-8"))
# No two neighbours have as many workshops, and every workshop is of the smallest size.
FEWEST_WORKSHOPS: Final = 8
SPREAD: Final = 17
ROLES: Final = (
    StakeholderRole.PRODUCER_WORKSHOP,
    StakeholderRole.DESIGNER,
    StakeholderRole.RAW_MATERIAL_SUPPLIER,
    StakeholderRole.PRODUCER_WORKSHOP,
    StakeholderRole.EXPORTER,
    StakeholderRole.PRODUCER_WORKSHOP,
    StakeholderRole.TRADER,
)
HANDICRAFT_SECTOR: Final = "32140"
TEAM: Final = (
    (AgentRole.CLUSTER_DEVELOPMENT_AGENT, "عامل توسعه خوشه", "Cluster development agent"),
    (AgentRole.ASSISTANT_AGENT, "دستیار عامل توسعه", "Assistant of the development agent"),
    (AgentRole.TECHNICAL_ADVISOR, "مشاور–ناظر فنی", "Technical advisor–supervisor"),
)
# key | what stands before the name of the province, in both languages | kind | IATI organisation type
OFFICES: Final = (
    ("parks", "شرکت شهرک‌های صنعتی استان", "Industrial Parks Company of", "INDUSTRIAL_PARKS_COMPANY", "15"),
    (
        "heritage",
        "اداره‌کل میراث فرهنگی، گردشگری و صنایع دستی",
        "Cultural Heritage, Tourism and Handicrafts Directorate of",
        "CULTURAL_HERITAGE",
        "11",
    ),
    ("governorate", "استانداری", "Governorate of", "GOVERNORATE", "11"),
    (
        "trade",
        "سازمان صنعت، معدن و تجارت",
        "Industry, Mine and Trade Organisation of",
        "INDUSTRY_MINE_TRADE",
        "11",
    ),
)


def add_provinces(sheets: Sheets) -> None:
    """Add one cluster for each province but Lorestan."""
    entries = {province.name_en: province for province in PROVINCES}
    for number, craft in enumerate(CRAFTS):
        _add_cluster(sheets, craft, entries[craft["province"]], STANDINGS[number % len(STANDINGS)], number)


def _add_cluster(
    sheets: Sheets, craft: dict[str, Any], province: ProvinceEntry, standing: Standing, number: int
) -> None:
    story = ClusterStory(sheets, craft["slug"])
    workshops, workers = FEWEST_WORKSHOPS + number * 7 % SPREAD, 3 + number % 5
    offices = _add_offices(sheets, province)
    sheets.add(
        Cluster,
        story.cluster_id,
        slug=craft["slug"],
        name_fa=f"خوشه کسب‌وکار {craft['craft_fa']}",
        name_en=f"Business cluster: {craft['craft_en']}",
        province_id=province_id(province.name_en),
        status=standing.cluster,
        development_level=standing.level,
        identified_on=_identified(standing, number),
        workshops_count=workshops,
        workers_count=workshops * workers,
        counted_on=day("1405-01-31"),
        counted_by="داده نمونه",
        sector_code=HANDICRAFT_SECTOR,
        centre_fa=province.capital_fa,
        centre_en=province.capital_en,
        latitude=province.latitude,
        longitude=province.longitude,
        is_sample=True,
    )
    for ordinal, product in enumerate(craft["products"], 1):
        materials = {name: craft[name] for name in ("materials_fa", "materials_en")}
        story.add(Product, ordinal, ordinal=ordinal, **product, **materials)
    add_feasibility(story, standing, _identified(standing, number), offices["parks"])
    _add_workshops(story, standing, workshops, workers)
    networks = add_networks(story, standing, craft)
    if standing.project:
        project_id = _add_project(story, craft, standing, offices["parks"])
        add_plans(story, project_id, standing, offices, networks)
        add_exit(story, project_id, standing, offices, networks)


def _identified(standing: Standing, number: int) -> dt.date:
    began = standing.began or day("1405-03-01")
    return began - dt.timedelta(days=120 + number * 3)


def _add_offices(sheets: Sheets, province: ProvinceEntry) -> dict[str, UUID]:
    return {
        key: add_institution(
            sheets,
            {
                "key": key,
                "name_fa": f"{name_fa} {province.name_fa}",
                "name_en": f"{name_en} {province.name_en}",
                "kind": kind,
                "sector": "GOVERNMENTAL",
                "iati": iati,
            },
            province.name_en,
            None,
        )
        for key, name_fa, name_en, kind, iati in OFFICES
    }


def _add_workshops(story: ClusterStory, standing: Standing, workshops: int, workers: int) -> None:
    for number in range(1, workshops + 1):
        stakeholder_id = story.add(
            Stakeholder,
            number,
            kind=StakeholderKind.WORKSHOP,
            role=ROLES[number % len(ROLES)],
            name_fa=f"کارگاه {persian_digits(f'{number:03}')}",
            name_en=f"Workshop {number:03}",
            size_class=SizeClass.MICRO,
            workers_count=workers,
        )
        if standing.began and standing.project is not ProjectStatus.PLANNED and number % 4:
            story.add(Membership, number, stakeholder_id=stakeholder_id, valid_from=standing.began)


def _add_project(story: ClusterStory, craft: dict[str, Any], standing: Standing, executor: UUID) -> UUID:
    planned = standing.project is ProjectStatus.PLANNED
    project_id = story.add_project(
        status=standing.project or ProjectStatus.PLANNED,
        name_fa=f"پروژه توسعه خوشه {craft['craft_fa']}",
        name_en=f"Development project: {craft['craft_en']}",
        planned_start=standing.began,
        planned_end=standing.ends,
        actual_start=None if planned else standing.began,
        actual_end=standing.ended,
        executing_organisation_id=executor,
    )
    story.add_phases(project_id, standing.phases or {})
    if standing.began and not planned:
        story.add_team(project_id, TEAM, standing.began, standing.ended)
    return project_id
