"""The pages of clusters: the list, one cluster, entering and editing."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Column, Page
from web.parameters import Filter, Order

CLUSTERS: Final = Page(
    "/clusters",
    "clusters/list",
    mark("Clusters"),
    section="clusters",
    filters=(
        Filter(
            "search", mark("Search"), ("nameFa.contains", "nameEn.contains"), hint=mark("Name of a cluster")
        ),
        Filter("province", mark("Province"), ("province.isoCode.eq",), options="provinces.isoCode"),
        Filter("status", mark("State"), ("status.eq",)),
        Filter("phase", mark("Phase under way"), ("phases.code.eq",)),
        Filter("health", mark("Health"), ("phases.health.eq",)),
        Filter("plan", mark("Action plan"), ("actionPlans.freshness.eq",)),
        Filter("sub_projects", mark("Sub-projects"), ("subProjects.status.eq",)),
    ),
    orders=(
        Order("name", mark("Name"), "nameFa"),
        Order("province", mark("Province"), "province.nameFa"),
        Order("workshops", mark("Workshops"), "workshopsCount"),
        Order("workers", mark("Workers"), "workersCount"),
        Order("identified", mark("Identified on"), "identifiedOn"),
    ),
    name_column=Column(
        "name", mark("Name"), order="name", kind="name", value="self", link="/clusters/{slug}"
    ),
    columns=(
        Column("province", mark("Province"), order="province", kind="name"),
        Column("status", mark("State"), kind="term", enumeration="ClusterStatus"),
        Column(
            "phases",
            mark("Phases under way"),
            kind="terms",
            value="currentPhases.*.code",
            enumeration="PhaseCode",
        ),
        Column(
            "level",
            mark("Level of development"),
            kind="term",
            value="developmentLevel",
            enumeration="DevelopmentLevel",
        ),
        Column("workshops", mark("Workshops"), order="workshops", kind="number", value="workshopsCount"),
        Column("workers", mark("Workers"), order="workers", kind="number", value="workersCount"),
        Column(
            "identified",
            mark("Identified on"),
            order="identified",
            kind="date",
            value="identifiedOn",
            at_first=False,
        ),
    ),
)

BY_NAME: Final = Order("name", mark("Name"), "nameFa")
SUB_PROJECTS: Final = Page(
    "/clusters/{slug}/sub-projects",
    "clusters/sub_projects",
    mark("Sub-projects"),
    section="clusters",
    filters=(
        Filter(
            "search",
            mark("Search"),
            ("nameFa.contains", "nameEn.contains"),
            hint=mark("Name of a sub-project"),
        ),
        Filter("type", mark("Type"), ("type.eq",)),
        Filter("status", mark("State"), ("status.eq",)),
        Filter("led_by", mark("Led by"), ("ledBy.eq",)),
    ),
    orders=(BY_NAME,),
    name_column=Column(
        "name", mark("Name"), order="name", kind="name", value="self", link="/sub-projects/{id}"
    ),
    columns=(
        Column("type", mark("Type"), kind="term", enumeration="SubProjectType"),
        Column("status", mark("State"), kind="term", enumeration="SubProjectStatus"),
        Column("progress", mark("Progress"), kind="progress"),
        Column("led_by", mark("Led by"), kind="term", value="ledBy", enumeration="SubProjectActor"),
        Column("networks", mark("Networks"), kind="names", value="networks.nodes"),
        Column("start", mark("From"), kind="date", value="actualStart|plannedStart"),
        Column("end", mark("To"), kind="date", value="actualEnd|plannedEnd"),
    ),
    connection_at="clusterBySlug.subProjects",
)
STAKEHOLDERS: Final = Page(
    "/clusters/{slug}/stakeholders",
    "clusters/stakeholders",
    mark("Stakeholders"),
    section="clusters",
    filters=(
        Filter(
            "search",
            mark("Search"),
            ("nameFa.contains", "nameEn.contains"),
            hint=mark("Name of a stakeholder"),
        ),
        Filter("role", mark("Role in the value chain"), ("role.eq",)),
        Filter("kind", mark("Kind"), ("kind.eq",)),
        Filter("size", mark("Size"), ("sizeClass.eq",)),
    ),
    orders=(BY_NAME,),
    name_column=Column("name", mark("Name"), order="name", kind="name", value="self"),
    columns=(
        Column("role", mark("Role in the value chain"), kind="term", enumeration="StakeholderRole"),
        Column("kind", mark("Kind"), kind="term", enumeration="StakeholderKind"),
        Column("size", mark("Size"), kind="term", value="sizeClass", enumeration="SizeClass"),
        Column("workers", mark("Workers"), kind="number", value="workersCount"),
        Column("county", mark("County"), kind="name"),
        Column("member", mark("Member since"), kind="date", value="memberships.nodes.0.validFrom"),
    ),
    connection_at="clusterBySlug.stakeholders",
)
CLUSTER_FIELDS: Final = (
    "nameFa",
    "nameEn",
    "slug",
    "identifiedOn",
    "centreFa",
    "centreEn",
    "workshopsCount",
    "workersCount",
    "countedOn",
    "countedBy",
    "establishedOn",
    "sectorCode",
    "website",
    "summaryFa",
    "summaryEn",
)
SUMMARIES: Final = ("summaryFa", "summaryEn")

PAGES: Final = (
    CLUSTERS,
    Page(
        "/clusters/new",
        "clusters/create",
        mark("New cluster"),
        section="clusters",
        form=Form(
            submit=mark("Create the cluster"),
            toast=mark("The cluster was created."),
            done="/clusters/{cluster.slug}",
            back="/clusters",
            fields=(*CLUSTER_FIELDS[:2], "provinceId", *CLUSTER_FIELDS[2:]),
            long=SUMMARIES,
            references={"provinceId": "provinces"},
        ),
    ),
    Page("/clusters/{slug}", "clusters/detail", mark("Cluster"), section="clusters"),
    Page("/clusters/{slug}/plans", "clusters/plans", mark("Action plan"), section="clusters"),
    SUB_PROJECTS,
    STAKEHOLDERS,
    Page("/clusters/{slug}/networks", "clusters/networks", mark("Networks"), section="clusters"),
    Page("/clusters/{slug}/trust", "clusters/trust", mark("Trust"), section="clusters"),
    Page("/clusters/{slug}/exit", "clusters/exit", mark("Exit of the agent"), section="clusters"),
    Page("/clusters/{slug}/changes", "clusters/changes", mark("What was changed"), section="clusters"),
    Page("/clusters/{slug}/history", "clusters/history", mark("History"), section="clusters"),
    Page("/clusters/{slug}/support", "clusters/support", mark("Support institutions"), section="clusters"),
    Page(
        "/clusters/{slug}/edit",
        "clusters/edit",
        mark("Edit the cluster"),
        section="clusters",
        form=Form(
            submit=mark("Save"),
            toast=mark("The changes were saved."),
            done="/clusters/{cluster.slug}",
            back="/clusters/{clusterBySlug.slug}",
            fields=CLUSTER_FIELDS,
            long=SUMMARIES,
            initial="clusterBySlug",
        ),
    ),
)
