"""The public types of clusters and their products."""

from __future__ import annotations

import datetime

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
    SubProjectStatus,
    SubProjectType,
)


@figures
class SubProjectCount:
    """How many sub-projects of a type are in a status."""

    type: SubProjectType = column("The type.")
    status: SubProjectStatus = column("The status.")
    count: int = column("How many.")


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
    province = one("provinces.Province", "The province it lies in.", near="province_id")
    counties = many(
        "provinces.County",
        "The counties it has workshops in.",
        through="cluster_county",
        through_near="cluster_id",
        through_far="county_id",
    )
    products = many("clusters.Product", "Its product lines.", far="cluster_id")
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
    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    materials_fa: str | None = text_column("What it is made of, in Persian.", "materials_fa")
    materials_en: str | None = text_column("What it is made of, in English.", "materials_en")
    motifs_fa: str | None = text_column("Its motifs, in Persian.", "motifs_fa")
    cluster = one("clusters.Cluster", "The cluster that makes it.", near="cluster_id")
