"""Every page of the admin: its address, its document, how it is narrowed and what its form does."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Column, Page
from web.parameters import Filter, Order

NAME: Final = Order("name", mark("Name"), "nameFa")

HOME: Final = Page("/", "home/overview", mark("Today"), section="home")

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
        NAME,
        Order("province", mark("Province"), "province.nameFa"),
        Order("workshops", mark("Workshops"), "workshopsCount"),
        Order("workers", mark("Workers"), "workersCount"),
        Order("identified", mark("Identified on"), "identifiedOn"),
    ),
    name_column=Column("name", mark("Name"), order="name"),
    columns=(
        Column("province", mark("Province"), order="province"),
        Column("status", mark("State")),
        Column("phases", mark("Phases under way")),
        Column("level", mark("Level of development")),
        Column("workshops", mark("Workshops"), order="workshops", kind="number"),
        Column("workers", mark("Workers"), order="workers", kind="number"),
        Column("identified", mark("Identified on"), order="identified", at_first=False),
    ),
)

PROVINCES: Final = Page(
    "/provinces",
    "provinces/list",
    mark("Provinces"),
    section="provinces",
    filters=(
        Filter(
            "search",
            mark("Search"),
            ("nameFa.contains", "nameEn.contains", "isoCode.contains"),
            hint=mark("Name or ISO code of a province"),
        ),
    ),
    orders=(NAME,),
    name_column=Column("name", mark("Name"), order="name"),
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

CLUSTER_PAGES: Final = (
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

PROJECT_PAGES: Final = (
    Page(
        "/clusters/{slug}/projects/new",
        "projects/create",
        mark("New project"),
        section="clusters",
        form=Form(
            submit=mark("Create the project"),
            toast=mark("The project was created with its five phases."),
            done="/clusters/{project.cluster.slug}",
            back="/clusters/{clusterBySlug.slug}",
            hidden={"clusterId": "clusterBySlug.id"},
        ),
    ),
    Page(
        "/projects/{id}/edit",
        "projects/edit",
        mark("Edit the project"),
        section="clusters",
        form=Form(
            submit=mark("Save"),
            toast=mark("The changes were saved."),
            done="/clusters/{project.cluster.slug}",
            back="/clusters/{project.cluster.slug}",
            initial="project",
        ),
    ),
    Page(
        "/projects/{id}/team/new",
        "projects/assign",
        mark("Assign an agent"),
        section="clusters",
        form=Form(
            submit=mark("Assign"),
            toast=mark("The agent was assigned."),
            done="/clusters/{agentAssignment.cluster.slug}",
            back="/clusters/{project.cluster.slug}",
            fields=("role", "titleFa", "titleEn", "contractNumber", "validFrom"),
            hidden={"projectId": "project.id"},
        ),
    ),
    Page(
        "/projects/{id}/activate",
        "projects/activate",
        mark("Activate the project"),
        section="clusters",
        form=Form(
            submit=mark("Activate"),
            toast=mark("The project is active."),
            done="/clusters/{project.cluster.slug}",
            back="/clusters/{project.cluster.slug}",
            initial="project",
        ),
    ),
)

PHASE_PAGES: Final = (
    Page(
        "/phases/{id}/plan",
        "phases/plan",
        mark("Plan the phase"),
        section="clusters",
        form=Form(
            submit=mark("Save"),
            toast=mark("The changes were saved."),
            done="/clusters/{phase.cluster.slug}",
            back="/clusters/{phase.cluster.slug}",
            initial="phase",
        ),
    ),
    Page(
        "/phases/{id}/start",
        "phases/start",
        mark("Start the phase"),
        section="clusters",
        form=Form(
            submit=mark("Start"),
            toast=mark("The phase has started."),
            done="/clusters/{phase.cluster.slug}",
            back="/clusters/{phase.cluster.slug}",
            initial="phase",
        ),
    ),
    Page(
        "/phases/{id}/complete",
        "phases/complete",
        mark("Complete the phase"),
        section="clusters",
        form=Form(
            submit=mark("Complete"),
            toast=mark("The phase is completed."),
            done="/clusters/{phase.cluster.slug}",
            back="/clusters/{phase.cluster.slug}",
            long=("reason",),
            initial="phase",
        ),
    ),
)

PAGES: Final = (HOME, *CLUSTER_PAGES, *PROJECT_PAGES, *PHASE_PAGES, PROVINCES)
