"""The tables of clusters, their products and the counties they lie in."""

from __future__ import annotations

from tortoise import fields

from schema.clusters import openings, rules
from schema.clusters.assessment_rows import (
    DevelopmentAssessment,
    DevelopmentAssessmentItem,
    assessment_guards,
)
from schema.councils.rows import COUNCIL_HOME
from schema.facts import Facts
from schema.feasibility.standing_in_sql import FEASIBILITY_UNDER_WAY, FOUND_FEASIBLE
from schema.guards import Check, Guard, Index, Reference, Unique, searchable
from schema.plans.rows import PLAN_HOME
from schema.projects.rows import HOME as PROJECT_HOME
from schema.projects.thresholds import DEFAULTS
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import ClusterStatus, DevelopmentLevel, ProductKind

__all__ = ["Cluster", "ClusterCounty", "DevelopmentAssessment", "DevelopmentAssessmentItem", "Product"]


class Cluster(Record):
    """A business cluster: a name, a place and its product lines (R1)."""

    slug = fields.CharField(max_length=100)
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    province_id = reference()
    status = term(ClusterStatus, default=ClusterStatus.IDENTIFIED)
    status_reason = fields.TextField(null=True)
    development_level = term(DevelopmentLevel, null=True)
    development_level_on = fields.DateField(null=True)
    development_level_by = fields.CharField(max_length=NAME_LENGTH, null=True)
    development_level_evidence = fields.TextField(null=True)
    identified_on = fields.DateField(null=True)
    established_on = fields.DateField(null=True)
    workshops_count = fields.IntField(null=True)
    workers_count = fields.IntField(null=True)
    counted_on = fields.DateField(null=True)
    counted_by = fields.CharField(max_length=NAME_LENGTH, null=True)
    sector_code = fields.CharField(max_length=10, null=True)
    centre_fa = fields.CharField(max_length=NAME_LENGTH, null=True)
    centre_en = fields.CharField(max_length=NAME_LENGTH, null=True)
    latitude = fields.FloatField(null=True)
    longitude = fields.FloatField(null=True)
    website = fields.CharField(max_length=500, null=True)
    management_fte = fields.FloatField(null=True)
    strategy_fa = fields.TextField(null=True)
    strategy_en = fields.TextField(null=True)
    summary_fa = fields.TextField(null=True)
    summary_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "cluster"


class Product(Record):
    """A product line of a cluster."""

    cluster_id = reference()
    ordinal = fields.SmallIntField(default=1)
    kind = term(ProductKind, null=True)
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    materials_fa = fields.TextField(null=True)
    materials_en = fields.TextField(null=True)
    motifs_fa = fields.TextField(null=True)
    motifs_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "product"


class ClusterCounty(Record):
    """A county in which a cluster has workshops."""

    cluster_id = reference()
    county_id = reference()

    class Meta:
        """The table."""

        table = "cluster_county"


guards: tuple[Guard, ...] = (
    *guards_of(Cluster, Product, ClusterCounty),
    *assessment_guards,
    Check("cluster", "management", "management_fte between 0 and 1000"),
    *searchable("cluster", "name_fa", "name_en"),
    *searchable("product", "name_fa", "name_en"),
    Unique("cluster", "slug"),
    Check("cluster", "slug", "slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'"),
    Check("cluster", "counts", "workshops_count >= 0 and workers_count >= 0"),
    Check("cluster", "place", "latitude between -90 and 90 and longitude between -180 and 180"),
    Check("cluster", "sector_code", "sector_code ~ '^[0-9]{5}$'"),
    Index("cluster", "province_id, name_fa_norm", where="deleted_at is null", unique=True),
    Index("cluster", "province_id, name_fa_order, id"),
    Index("cluster", "status, id"),
    Index("cluster", "created_at, id"),
    Reference("cluster", "province_id", "province", indexed=False),
    Reference("product", "cluster_id", "cluster"),
    Index("product", "cluster_id, ordinal, id"),
    Index("product", "cluster_id, name_fa_norm", where="deleted_at is null", unique=True),
    Check(
        "cluster",
        "development_level_recorded",
        "(development_level_on is null and development_level_by is null"
        " and development_level_evidence is null)"
        " or (development_level is not null and development_level_on is not null"
        " and development_level_by is not null and development_level_evidence is not null)",
    ),
    Reference("cluster_county", "cluster_id", "cluster", indexed=False),
    Reference("cluster_county", "county_id", "county"),
    Index("cluster_county", "cluster_id, county_id", where="deleted_at is null", unique=True),
)

_COUNTIES = (
    "(select coalesce(json_agg(json_build_object('id', c.id, 'name_fa', c.name_fa) order by c.id), '[]')"
    " from county c where c.province_id = {province})"
)
_DEVELOPED = (
    "coalesce((select (edition.thresholds ->> 'developed_rank')::numeric from programme_template edition"
    " where edition.published_on <= {today} order by edition.version desc limit 1),"
    f" {DEFAULTS['developed_rank']})::int"
)

_EXIT = (
    "coalesce((select coalesce((edition.thresholds ->> 'exit_development_rank')::numeric,"
    f" {DEFAULTS['exit_development_rank']}) from cluster_project keeper"
    " join programme_template edition on edition.id = keeper.template_id where keeper.cluster_id = {t}.id"
    " and keeper.actual_start is not null and keeper.deleted_at is null"
    " order by keeper.actual_start desc, keeper.id desc limit 1),"
    f" {DEFAULTS['exit_development_rank']})"
)

PROVINCE = Facts(rules.ProvinceFacts, "Province", {"counties": _COUNTIES.replace("{province}", "{t}.id")})

CLUSTER = Facts(
    rules.ClusterFacts,
    "Cluster",
    {
        "developed_rank": _DEVELOPED,
        "exit_rank": f"({_EXIT})::int",
        "running_projects": (
            "(select count(*) from cluster_project p where p.cluster_id = {t}.id and p.deleted_at is null"
            " and p.status in ('ACTIVE', 'SUSPENDED', 'EXITING'))::int"
        ),
        "has_history": (
            "(exists (select 1 from cluster_project p where p.cluster_id = {t}.id"
            " and p.actual_start is not null) or exists (select 1 from action_plan a"
            " where a.cluster_id = {t}.id and a.approved_on is not null))"
        ),
        "counties": _COUNTIES.replace("{province}", "{t}.province_id"),
        "links": (
            "(select coalesce(json_agg(json_build_object('id', l.id, 'county_id', l.county_id)"
            " order by l.id), '[]') from cluster_county l where l.cluster_id = {t}.id"
            " and l.deleted_at is null)"
        ),
        "products": (
            "(select coalesce(json_agg(json_build_object('id', g.id, 'ordinal', g.ordinal,"
            " 'name_key', g.name_fa_norm) order by g.ordinal, g.id), '[]') from product g"
            " where g.cluster_id = {t}.id and g.deleted_at is null)"
        ),
        "feasibility_under_way": FEASIBILITY_UNDER_WAY.replace("{cluster}", "{t}.id"),
        "found_feasible": FOUND_FEASIBLE.replace("{cluster}", "{t}.id"),
    },
)

OPENINGS = Facts(
    openings.OpeningFacts,
    "Cluster",
    {
        "cluster": CLUSTER.nested("{t}"),
        "project": PROJECT_HOME.nested("{t}"),
        "plan": PLAN_HOME.nested("{t}"),
        "council": COUNCIL_HOME.nested("{t}"),
    },
)
