"""The clusters of the national data set with their products, projects, phases and institutions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schema.calendar import months_window
from schema.clusters.rows import Cluster, Product
from schema.phases.rows import Phase
from schema.projects.rows import AgentAssignment, ClusterProject
from schema.provinces.reference import PROVINCES
from schema.support.rows import SupportInstitution
from schema.vocabulary import (
    AgentRole,
    ClusterStatus,
    DevelopmentLevel,
    PhaseCode,
    PhaseStatus,
    ProjectStatus,
)
from services.sample.identities import numbered
from services.sample.national import size
from services.sample.national.words import CRAFTS, INSTITUTIONS, NAMES, named
from services.sample.reference import PHASES, day, province_id, template_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self
    from uuid import UUID

    from services.sample.sheets import Sheets

# Ids of a kind lie together: the series is part of every id of the kind.
(CLUSTER, PRODUCT, PROJECT, PHASE, ASSIGNMENT, INSTITUTION) = range(1, 7)
LAST_START: Final = day("1405-08-20")
YEARS_OF_STARTS: Final = 4
DAYS: Final = 365
STUDY_DAYS: Final = (95, 110, 121, 133)
LEVELS: Final = tuple(DevelopmentLevel)
TEAM: Final = (
    (AgentRole.CLUSTER_DEVELOPMENT_AGENT, "عامل توسعه خوشه", "Cluster development agent"),
    (AgentRole.ASSISTANT_AGENT, "دستیار عامل توسعه", "Assistant of the development agent"),
)


@dataclass(frozen=True, slots=True)
class National:
    """One cluster of the national data set: its number decides everything about it, its id too."""

    number: int
    id: UUID

    @classmethod
    def numbered(cls, number: int) -> Self:
        """Return the cluster with this number."""
        return cls(number, numbered(CLUSTER, number))

    @property
    def project_id(self) -> UUID:
        """The id of its project."""
        return numbered(PROJECT, self.number)

    @property
    def province(self) -> str:
        """The English name of its province; neighbours in number are in different provinces."""
        return PROVINCES[self.number % len(PROVINCES)].name_en

    @property
    def began(self) -> dt.date:
        """The day its project began: any within the last years."""
        return LAST_START - dt.timedelta(days=self.number * 37 % (YEARS_OF_STARTS * DAYS))

    @property
    def studied(self) -> dt.date | None:
        """The day its study was completed, if that is over."""
        completed = self.began + dt.timedelta(days=STUDY_DAYS[self.number % len(STUDY_DAYS)])
        return completed if completed <= LAST_START else None


def add_clusters(sheets: Sheets, clusters: list[National]) -> None:
    """Add the clusters, their products and projects, and the institutions of their provinces."""
    for one in clusters:
        _add_cluster(sheets, one)
        _add_project(sheets, one)
    for number in range(1, len(clusters) * size.INSTITUTIONS + 1):
        _add_institution(sheets, number)


def institution_id(number: int) -> UUID:
    """Return the id of the institution with this number."""
    return numbered(INSTITUTION, number)


def _add_cluster(sheets: Sheets, one: National) -> None:
    number = one.number
    province = PROVINCES[number % len(PROVINCES)]
    craft_fa, craft_en = CRAFTS[number * 7 % len(CRAFTS)]
    sheets.add(
        Cluster,
        one.id,
        is_sample=True,
        slug=f"national-{number}",
        name_fa=named(f"خوشه {craft_fa} {province.capital_fa}", number),
        name_en=f"Cluster of {craft_en} of {province.capital_en} {number}",
        province_id=province_id(one.province),
        status=ClusterStatus.UNDER_DEVELOPMENT,
        development_level=LEVELS[number % len(LEVELS)],
        identified_on=one.began - dt.timedelta(days=200),
        workshops_count=size.STAKEHOLDERS,
        workers_count=size.STAKEHOLDERS * 6,
        counted_on=one.began,
        counted_by="داده آزمایشی",
        sector_code="32140",
        centre_fa=province.capital_fa,
        centre_en=province.capital_en,
        latitude=province.latitude,
        longitude=province.longitude,
        summary_fa=f"خوشه {craft_fa} در استان {province.name_fa}.",
        summary_en=f"A cluster of {craft_en} in the province of {province.name_en}.",
    )
    for ordinal in range(1, size.PRODUCTS + 1):
        sheets.add(
            Product,
            numbered(PRODUCT, number * size.PRODUCTS + ordinal),
            is_sample=True,
            cluster_id=one.id,
            ordinal=ordinal,
            name_fa=f"{craft_fa} {NAMES[(number + ordinal) % len(NAMES)]}",
            name_en=f"{craft_en} {ordinal}",
        )


def _add_project(sheets: Sheets, one: National) -> None:
    own = {"is_sample": True, "cluster_id": one.id}
    sheets.add(
        ClusterProject,
        one.project_id,
        **own,
        template_id=template_id(),
        status=ProjectStatus.ACTIVE,
        name_fa=named("پروژه توسعه خوشه", one.number),
        name_en=f"Cluster development project {one.number}",
        planned_start=one.began,
        planned_end=one.began + dt.timedelta(days=3 * DAYS),
        actual_start=one.began,
    )
    for ordinal, (code, kind, least, most, _, _) in enumerate(PHASES, 1):
        status, began, ended = _COURSES[code](one)
        window = months_window(began, least, most) if began and least and most else None
        sheets.add(
            Phase,
            numbered(PHASE, one.number * len(PHASES) + ordinal),
            **own,
            project_id=one.project_id,
            code=code,
            ordinal=ordinal,
            kind=kind,
            status=status,
            planned_start=began,
            window_start=window.earliest if window else None,
            window_end=window.latest if window else None,
            actual_start=began,
            actual_end=ended,
        )
    for place, (role, title_fa, title_en) in enumerate(TEAM):
        sheets.add(
            AgentAssignment,
            numbered(ASSIGNMENT, one.number * len(TEAM) + place),
            **own,
            project_id=one.project_id,
            role=role,
            title_fa=title_fa,
            title_en=title_en,
            valid_from=one.began,
        )


_Standing = tuple[PhaseStatus, dt.date | None, dt.date | None]
_NOT_BEGUN: Final[_Standing] = (PhaseStatus.NOT_STARTED, None, None)


def _study(one: National) -> _Standing:
    if one.studied:
        return PhaseStatus.COMPLETED, one.began, one.studied
    return PhaseStatus.IN_PROGRESS, one.began, None


def _after_study(one: National) -> _Standing:
    return (PhaseStatus.IN_PROGRESS, one.studied, None) if one.studied else _NOT_BEGUN


def _implementation(one: National) -> _Standing:
    """Begin the day after the study was completed (R35)."""
    if one.studied is None or one.studied >= LAST_START:
        return _NOT_BEGUN
    return PhaseStatus.IN_PROGRESS, one.studied + dt.timedelta(days=1), None


_COURSES: Final[dict[PhaseCode, Callable[[National], _Standing]]] = {
    PhaseCode.DIAGNOSTIC_STUDY: _study,
    PhaseCode.TRUST_BUILDING: lambda one: (PhaseStatus.IN_PROGRESS, one.began, None),
    PhaseCode.ACTION_PLAN: _after_study,
    PhaseCode.IMPLEMENTATION: _implementation,
    PhaseCode.AGENT_EXIT: lambda _one: _NOT_BEGUN,
}


def _add_institution(sheets: Sheets, number: int) -> None:
    name_fa, name_en, kind, sector, iati = INSTITUTIONS[number % len(INSTITUTIONS)]
    province = PROVINCES[number % len(PROVINCES)]
    sheets.add(
        SupportInstitution,
        institution_id(number),
        is_sample=True,
        name_fa=named(f"{name_fa} {province.name_fa}", number),
        name_en=f"{name_en} of {province.name_en} {number}",
        kind=kind,
        sector=sector,
        province_id=province_id(province.name_en),
        iati_organisation_type=iati,
    )
