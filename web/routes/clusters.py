"""The pages of clusters: the list, one cluster, entering and editing."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Bulk, Column, Page
from web.parameters import Filter, Order
from web.routes.asking import REMOVE, REMOVED, asks, restores

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
        Filter(
            "phase",
            mark("Phase under way"),
            ("phases.code.eq",),
            besides=(("phases.status.eq", "IN_PROGRESS"),),
        ),
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
    bulk=(Bulk("clusters/prioritise", "prioritiseCluster", mark("Prioritise all of them")),),
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
    bulk=(
        Bulk("sub_projects/suspend", "suspendSubProject", mark("Suspend all of them")),
        Bulk("sub_projects/resume", "resumeSubProject", mark("Resume all of them")),
    ),
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
    name_column=Column(
        "name", mark("Name"), order="name", kind="name", value="self", link="/stakeholders/{id}"
    ),
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
    "countyIds",
    "latitude",
    "longitude",
    "sectorCode",
    "website",
    "summaryFa",
    "summaryEn",
    "strategyFa",
    "strategyEn",
    "managementFte",
    "products",
)
FIRST_FIELDS: Final = (
    "nameFa",
    "nameEn",
    "provinceId",
    "identifiedOn",
    "centreFa",
    "centreEn",
    "countyIds",
    "workshopsCount",
    "workersCount",
    "products",
    "summaryFa",
)
"""What somebody knows who enters a newly identified cluster; all else can wait."""
LATER_FIELDS: Final = tuple(name for name in CLUSTER_FIELDS if name not in FIRST_FIELDS)
SUMMARIES: Final = ("summaryFa", "summaryEn", "strategyFa", "strategyEn")

# The states of a cluster one after the other: address, title, button and what follows from it.
STEPS: Final = (
    ("prioritise", mark("Prioritise the cluster"), mark("Prioritise"), ""),
    ("develop", mark("Begin the development"), mark("Begin"), ""),
    ("conclude", mark("Conclude the development"), mark("Conclude"), ""),
    ("developed", mark("Declare the cluster developed"), mark("Declare"), ""),
    (
        "dormant",
        mark("Make the cluster dormant"),
        mark("Make dormant"),
        mark("Nothing is expected of a dormant cluster until its development begins again."),
    ),
)

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
            fields=(*FIRST_FIELDS, *LATER_FIELDS),
            later=LATER_FIELDS,
            long=SUMMARIES,
            references={"provinceId": "provinces", "countyIds": "counties"},
        ),
    ),
    Page("/clusters/{slug}", "clusters/detail", mark("Cluster"), section="clusters"),
    Page("/clusters/{slug}/plans", "clusters/plans", mark("Action plan"), section="clusters"),
    SUB_PROJECTS,
    STAKEHOLDERS,
    Page("/clusters/{slug}/networks", "clusters/networks", mark("Networks"), section="clusters"),
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
            references={"countyIds": "counties"},
            initial="clusterBySlug",
        ),
    ),
    *(
        asks(
            f"/clusters/{{slug}}/{name}",
            f"clusters/{name}",
            title,
            to="/clusters/{cluster.slug}",
            back="/clusters/{clusterBySlug.slug}",
            submit=submit,
            fields=("reason", "on") if name == "dormant" else ("on", "reason"),
            long=("reason",),
            initial="clusterBySlug",
            consequence=consequence,
        )
        for name, title, submit, consequence in STEPS
    ),
    asks(
        "/clusters/{slug}/level",
        "clusters/level",
        mark("Record the level of development"),
        to="/clusters/{cluster.slug}",
        back="/clusters/{clusterBySlug.slug}",
        toast=mark("The level of development is on record."),
        fields=("level", "decidedBy", "on", "evidence", "items"),
        long=("evidence",),
        initial="clusterBySlug",
    ),
    asks(
        "/clusters/{slug}/remove",
        "clusters/remove",
        mark("Remove the cluster"),
        to="",
        back="/clusters",
        submit=REMOVE,
        toast=REMOVED,
        initial="clusterBySlug",
        consequence=mark("The cluster disappears from every list; one with a history cannot be removed."),
        grave=True,
        undo="/removed-clusters/{id}/restore",
    ),
    restores(
        "/removed-clusters/{id}/restore",
        "clusters/restore",
        mark("Bring the cluster back"),
        to="/clusters/{cluster.slug}",
    ),
)
