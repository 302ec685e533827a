"""The Lorestan cluster from its identification in 1394: every row of it, in the words of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.clusters.rows import Cluster, ClusterCounty, Product
from schema.provinces.reference import LORESTAN_COUNTIES
from schema.vocabulary import (
    ClusterStatus,
    DevelopmentLevel,
    DocumentKind,
    PhaseCode,
    PhaseStatus,
    ProjectStatus,
)
from services.sample.cluster_story import ClusterStory, Course
from services.sample.institution_rows import add_institution, institution_id
from services.sample.lorestan.committee import add_committee
from services.sample.lorestan.facts import CLUSTER, PROVINCE, SLUG, read
from services.sample.lorestan.feasibility import add_feasibility
from services.sample.lorestan.history import add_history
from services.sample.lorestan.measures import add_measures
from services.sample.lorestan.national_council import add_national_council
from services.sample.lorestan.plans import add_plans
from services.sample.lorestan.risks import add_risks
from services.sample.lorestan.study import add_study
from services.sample.lorestan.supervision import add_supervision
from services.sample.lorestan.trust import add_trust
from services.sample.lorestan.undertakings import add_undertakings
from services.sample.lorestan.workshops import add_institution_stakeholders, add_networks, add_workshops
from services.sample.papers import Paper, add_paper
from services.sample.reference import county_id, day, province_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from services.sample.sheets import Sheets


def add_lorestan(sheets: Sheets) -> None:
    """Add the cluster of the source text."""
    story = ClusterStory(sheets, SLUG)
    institutions = _add_institutions(sheets)
    _add_cluster(story)
    add_feasibility(story, institutions)
    project_id = _add_project(story, institutions)
    add_workshops(story)
    add_institution_stakeholders(story, institutions)
    networks = add_networks(story)
    add_plans(story, project_id, institutions, networks)
    add_undertakings(story, institutions)
    add_committee(story, institutions)
    add_national_council(story, institutions)
    study = add_study(story, project_id)
    add_trust(story, project_id, institutions)
    add_supervision(story, project_id)
    _add_papers(story, study)
    add_measures(story, project_id)
    add_risks(story)
    add_history(story, project_id, networks)


def _add_papers(story: ClusterStory, study: UUID) -> None:
    """Attach an invented paper to the study, to the plan in force, to the meeting on it, and to the cluster."""
    plan, meeting = story.identity("ActionPlan", 3), story.identity("CouncilMeeting", 3)
    for number, paper in enumerate(
        (
            Paper(
                DocumentKind.DIAGNOSTIC_STUDY, "گزارش مطالعه شناختی", "Diagnostic study", ("study_id", study)
            ),
            Paper(DocumentKind.ACTION_PLAN, "سند برنامه عمل ۱۳۹۶", "Action plan of 1396", ("plan_id", plan)),
            Paper(DocumentKind.COUNCIL_MINUTES, "صورت‌جلسه شورا", "Minutes", ("meeting_id", meeting)),
            Paper(DocumentKind.RESULTS, "گزارش سه‌ساله خوشه", "Three-year report of the cluster", None),
        ),
        1,
    ):
        add_paper(story, number, paper)


def _add_institutions(sheets: Sheets) -> dict[str, UUID]:
    listed = read("institutions")
    known = {facts["key"]: institution_id(facts, PROVINCE) for facts in listed}
    # A parent comes before those below it.
    for facts in sorted(listed, key=lambda facts: "parent" in facts):
        add_institution(sheets, facts, PROVINCE, known.get(facts.get("parent")))
    return known


def _add_cluster(story: ClusterStory) -> None:
    same = ("name_fa", "name_en", "centre_fa", "centre_en", "latitude", "longitude", "sector_code")
    counted = ("workshops_count", "workers_count", "counted_by", "summary_fa", "summary_en")
    planned = ("strategy_fa", "strategy_en")
    story.sheets.add(
        Cluster,
        story.cluster_id,
        slug=story.slug,
        province_id=province_id(PROVINCE),
        status=ClusterStatus.UNDER_DEVELOPMENT,
        development_level=DevelopmentLevel.GROWING,
        identified_on=day(CLUSTER["identified_on"]),
        counted_on=day(CLUSTER["counted_on"]),
        **{name: CLUSTER[name] for name in (*same, *counted, *planned)},
    )
    for ordinal, product in enumerate(CLUSTER["products"], 1):
        story.add(Product, ordinal, ordinal=ordinal, is_sample=False, **product)
    for county in LORESTAN_COUNTIES:
        story.add(ClusterCounty, county.name_en, county_id=county_id(county.name_en), is_sample=False)


def _add_project(story: ClusterStory, institutions: Mapping[str, UUID]) -> UUID:
    """Add the project: the agent has not announced an exit, because no network is designated yet (R53)."""
    facts = CLUSTER["project"]
    began, studied = day(facts["started_on"]), day(facts["study_completed_on"])
    project_id = story.add_project(
        status=ProjectStatus.ACTIVE,
        name_fa=facts["name_fa"],
        name_en=facts["name_en"],
        planned_start=began,
        planned_end=day(facts["planned_end"]),
        actual_start=began,
        executing_organisation_id=institutions[facts["executing_organisation"]],
    )
    running = PhaseStatus.IN_PROGRESS
    story.add_phases(
        project_id,
        {
            PhaseCode.DIAGNOSTIC_STUDY: Course(PhaseStatus.COMPLETED, began, began, studied),
            PhaseCode.TRUST_BUILDING: Course(running, began, began),
            PhaseCode.ACTION_PLAN: Course(running, studied, studied),
            PhaseCode.IMPLEMENTATION: Course(
                running, day(facts["implementation_started_on"]), day(facts["implementation_started_on"])
            ),
        },
    )
    story.add_team(project_id, CLUSTER["team"], began)
    return project_id
