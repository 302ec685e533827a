"""The public types of clusters, their products and their assessments."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Final

from schema.clusters import indicators, openings, rows
from schema.documents.rows import HOMES
from schema.documents.rules import permitted_on_owner
from schema.graph import (
    Node,
    column,
    derived,
    entity,
    few,
    figures,
    many,
    name_column,
    one,
    permitted,
    text_column,
)
from schema.scopes import THE_CLUSTER, within_cluster
from schema.vocabulary import (
    ClusterStatus,
    DevelopmentLevel,
    Health,
    PlanFreshness,
    ProductKind,
    StakeholderRole,
    SubProjectStatus,
    SubProjectType,
)


@figures
class SubProjectCount:
    """How many sub-projects of a type are in a status."""

    type: SubProjectType = column("The type.")
    status: SubProjectStatus = column("The status.")
    count: int = column("How many.")


@figures
class MemberCount:
    """How many current members have a place in the value chain."""

    role: StakeholderRole = column("The place in the value chain.")
    count: int = column("How many members.")


@figures
class ClusterComposition:
    """Whether the three parts of a "triple helix" take part: business, research and the public sector."""

    business: bool = column("Whether it has members.")
    research: bool = column("Whether a university or a science park takes part.")
    public_sector: bool = column("Whether another governmental institution takes part.")


_TAKES_PART: Final = (
    "i.id in (select s.institution_id from {Stakeholder} s where s.cluster_id = {t}.id"
    " union all select c.institution_id from {SupportCommitment} c where c.cluster_id = {t}.id"
    " union all select q.institution_id from {CouncilSeat} q"
    " where q.cluster_id = {t}.id and q.valid_to is null)"
)
_RESEARCH: Final = "i.kind in ('UNIVERSITY', 'SCIENCE_PARK')"
COMPOSITION: Final = (
    "select exists (select 1 from {Membership} m where m.cluster_id = {t}.id and m.valid_to is null) as business,"
    f" exists (select 1 from {{SupportInstitution}} i where {_RESEARCH} and {_TAKES_PART}) as research,"
    f" exists (select 1 from {{SupportInstitution}} i where i.sector = 'GOVERNMENTAL' and not {_RESEARCH}"
    f" and {_TAKES_PART}) as public_sector"
)


@entity(rows.Cluster, scope=THE_CLUSTER, plural="clusters", order=("name_fa",))
class Cluster(Node):
    """A business cluster: workshops of one place and one line of products (R1)."""

    slug: str = column("The name in addresses: lower-case Latin letters, digits and hyphens.")
    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    status: ClusterStatus = column("Where the cluster stands in its development process.")
    development_level: DevelopmentLevel | None = column("The last assessed level of development (R34).")
    development_level_on: datetime.date | None = column("The day that level was decided.")
    development_level_by: str | None = column("Who decided that level: a body or an office.", orderable=False)
    development_level_evidence: str | None = text_column(
        "What that level rests on.", "development_level_evidence"
    )
    status_reason: str | None = text_column("Why it is in this state, where told.", "status_reason")
    identified_on: datetime.date | None = column("When the cluster was identified.")
    established_on: datetime.date | None = column("Since when the cluster has existed, if known.")
    workshops_count: int | None = column("Number of workshops.")
    workers_count: int | None = column("Number of weavers and workers.")
    counted_on: datetime.date | None = column("The day the two numbers were counted.")
    counted_by: str | None = column("The source of the two numbers.", orderable=False)
    sector_code: str | None = column("OECD DAC sector code, five digits.")
    centre_fa: str | None = column("The Persian name of the town at its centre.", orderable=False)
    centre_en: str | None = column("The English name of the town at its centre.", orderable=False)
    latitude: float | None = column(
        "Latitude of the centre, degrees north.", filterable=False, orderable=False
    )
    longitude: float | None = column(
        "Longitude of the centre, degrees east.", filterable=False, orderable=False
    )
    website: str | None = column("The cluster's website.", filterable=False, orderable=False)
    summary_fa: str | None = text_column("A summary in Persian.", "summary_fa")
    summary_en: str | None = text_column("A summary in English.", "summary_en")
    management_fte: float | None = column(
        "The size of the team that manages it, full-time equivalents.", orderable=False
    )
    strategy_fa: str | None = text_column("A summary of its strategy, in Persian.", "strategy_fa")
    strategy_en: str | None = text_column("A summary of its strategy, in English.", "strategy_en")
    province = one("provinces.Province", "The province it lies in.", near="province_id")
    counties = many(
        "provinces.County",
        "The counties it has workshops in.",
        through="cluster_county",
        through_near="cluster_id",
        through_far="county_id",
    )
    products = many("clusters.Product", "Its product lines.", far="cluster_id")
    development_assessments = many(
        "clusters.DevelopmentAssessment",
        "Every decided level of development, with what was rated.",
        far="cluster_id",
    )
    members_by_role = derived(
        "clusters.MemberCount",
        "Its current members counted by their place in the value chain.",
        sql=(
            "select k.role, count(*) as count from {Membership} m join {Stakeholder} k on k.id = m.stakeholder_id"
            " where m.cluster_id = {t}.id and m.valid_to is null group by k.role order by k.role"
        ),
    )
    composition = derived(
        "clusters.ClusterComposition",
        "Who takes part of business, research and the public sector.",
        sql=COMPOSITION,
        single=True,
    )
    feasibility_studies = many(
        "feasibility.FeasibilityStudy",
        "Its feasibility studies, made before a project (E1).",
        far="cluster_id",
    )
    projects = many(
        "projects.ClusterProject", "Its development projects, past and present.", far="cluster_id"
    )
    phases = many("phases.Phase", "The phases of all its projects.", far="cluster_id")
    current_phases = few(
        "phases.Phase",
        "The phases in progress; several at once, since trust building overlaps the others (R22).",
        far="cluster_id",
        where="{t}.status = 'IN_PROGRESS'",
    )
    action_plans = many("plans.ActionPlan", "The versions of its action plan.", far="cluster_id")
    sub_projects = many("sub_projects.SubProject", "Its sub-projects.", far="cluster_id")
    risks = many("risks.Risk", "What may go wrong with its sub-projects, or has.", far="cluster_id")
    stakeholders = many("stakeholders.Stakeholder", "Everyone with a stake in it.", far="cluster_id")
    memberships = many("stakeholders.Membership", "Who is a member, and since when.", far="cluster_id")
    trust_activities = many("trust.TrustActivity", "Its trust-building activities.", far="cluster_id")
    plan_freshness: PlanFreshness = column(
        "How the action plan in force stands against the due date of the next one (R25, R32).",
        sql=indicators.PLAN_FRESHNESS,
    )
    next_plan_due_on: datetime.date | None = column(
        "When the next version of the action plan is due.", sql=indicators.NEXT_PLAN_DUE
    )
    health: Health = column(
        "The worst health of its phases in progress (R12, R15, R25, R50).", sql=indicators.WORST_HEALTH
    )
    defining_share: float | None = column(
        "Self-reliance in defining of its last project, 0 to 1 (R48).", sql=indicators.DEFINING
    )
    steering_share: float | None = column(
        "Self-reliance in steering of its last project, 0 to 1 (R48).", sql=indicators.STEERING
    )
    resources_share: float | None = column(
        "Self-reliance in resources of its last project, 0 to 1 (E13).", sql=indicators.RESOURCES
    )
    social_capital_index: float | None = column(
        "The social-capital index of the last survey of its last project, 0 to 100.",
        sql=indicators.SOCIAL_CAPITAL,
    )
    exit_score: float | None = column(
        "The exit readiness of its last project, 0 to 100; advisory.", sql=indicators.EXIT_SCORE
    )
    indicator_values = many(
        "indicators.IndicatorValue", "The values kept of it: entered ones and taken ones.", far="cluster_id"
    )
    indicator_targets = many(
        "indicators.IndicatorTarget", "Where it is to come in which indicator.", far="cluster_id"
    )
    trust_surveys = many("trust.TrustSurvey", "Its rounds of measuring trust.", far="cluster_id")
    networks = many("networks.Network", "Its networks.", far="cluster_id")
    support_commitments = many(
        "support.SupportCommitment", "What institutions have promised to it.", far="cluster_id"
    )
    support_institutions = many(
        "support.SupportInstitution",
        "The institutions that have promised support.",
        through="support_commitment",
        through_near="cluster_id",
        through_far="institution_id",
    )
    sub_project_counts = derived(
        "clusters.SubProjectCount",
        "Sub-projects counted by type and status.",
        sql=(
            "select s.type, s.status, count(*) as count from {SubProject} s where s.cluster_id = {t}.id "
            "group by s.type, s.status order by s.type, s.status"
        ),
    )
    documents = many(
        "documents.Document", "What is attached to it and to everything in it.", far="cluster_id"
    )
    document_actions = permitted(HOMES["Cluster"], permitted_on_owner)
    permitted_actions = permitted(rows.OPENINGS, openings.permitted)


@entity(rows.Product, scope=within_cluster(), plural="products", order=("ordinal",))
class Product(Node):
    """A product line of a cluster: gelim, jajim, mashteh."""

    ordinal: int = column("Its place in the cluster's list.")
    kind: ProductKind | None = column("The line of business it belongs to.", orderable=False)
    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    materials_fa: str | None = text_column("What it is made of, in Persian.", "materials_fa")
    materials_en: str | None = text_column("What it is made of, in English.", "materials_en")
    motifs_fa: str | None = text_column("Its motifs, in Persian.", "motifs_fa")
    motifs_en: str | None = text_column("Its motifs, in English.", "motifs_en")
    cluster = one("clusters.Cluster", "The cluster that makes it.", near="cluster_id")


@entity(
    rows.DevelopmentAssessment,
    scope=within_cluster(),
    plural="developmentAssessments",
    order=("cluster_id", "assessed_on"),
)
class DevelopmentAssessment(Node):
    """A decided level of development; a later threshold does not rewrite it (R34, R47, R55)."""

    assessed_on: datetime.date = column("The day it was decided.")
    level: DevelopmentLevel = column("The level that was decided.")
    required_level: DevelopmentLevel = column("The level the exit asked for that day.", orderable=False)
    score: Decimal | None = column(
        "The mean of the ratings, 0 to 100; advisory, and empty where nothing was rated.", orderable=False
    )
    decided_by: str = column("Who decided it: a body or an office.", orderable=False)
    evidence: str = text_column("What it rests on.", "evidence")
    items = few("clusters.DevelopmentAssessmentItem", "What was rated.", far="assessment_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")


@entity(
    rows.DevelopmentAssessmentItem,
    scope=within_cluster(),
    plural="developmentAssessmentItems",
    order=("ordinal",),
    root=False,
)
class DevelopmentAssessmentItem(Node):
    """Something an assessment looked at, and how it was rated."""

    ordinal: int = column("Its place in the list.")
    name_fa: str = column("What was looked at, in Persian.", orderable=False)
    name_en: str = column("What was looked at, in English.", orderable=False)
    rating: int = column("The rating, 1 to 5.", orderable=False)
    assessment = one("clusters.DevelopmentAssessment", "The assessment.", near="assessment_id")
