"""The lists over all clusters within reach: projects, plans, sub-projects, trust-building activities."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Filter, Order

PROVINCE: Final = Filter(
    "province", mark("Province"), ("cluster.province.isoCode.eq",), options="provinces.isoCode"
)
CLUSTER: Final = Column(
    "cluster", mark("Cluster"), order="cluster", kind="name", link="/clusters/{cluster.slug}"
)
IN_PROVINCE: Final = Column("province", mark("Province"), kind="name", value="cluster.province")
BY_NAME: Final = Order("name", mark("Name"), "nameFa")
BY_CLUSTER: Final = Order("cluster", mark("Cluster"), "cluster.nameFa")
OF_CLUSTERS: Final = ("cluster.nameFa.contains", "cluster.nameEn.contains")
TRY_ANOTHER: Final = mark("It begins on the page of a cluster; here all of them are found and compared.")


def search(hint: str, *places: str) -> Filter:
    """Return the search box that looks through the names of clusters as well."""
    return Filter("search", mark("Search"), (*places, *OF_CLUSTERS), hint=hint)


PAGES: Final = (
    Page(
        "/projects",
        "projects/list",
        mark("Development projects"),
        section="projects",
        filters=(
            search(mark("Name of a project or a cluster"), "nameFa.contains", "nameEn.contains"),
            PROVINCE,
            Filter("status", mark("State"), ("status.eq",)),
            Filter(
                "phase",
                mark("Phase under way"),
                ("phases.code.eq",),
                besides=(("phases.status.eq", "IN_PROGRESS"),),
            ),
            Filter("health", mark("Health"), ("phases.health.eq",)),
            Filter("exit", mark("Exit of the agent"), ("exitStatus.eq",)),
        ),
        orders=(
            Order("start", mark("Planned start"), "plannedStart", last_first=True),
            BY_CLUSTER,
            Order("score", mark("Readiness for the exit"), "exitScore"),
        ),
        name_column=Column("name", mark("Name"), kind="name", value="self", link="/projects/{id}"),
        columns=(
            CLUSTER,
            IN_PROVINCE,
            Column("status", mark("State"), kind="term", enumeration="ProjectStatus"),
            Column(
                "phases",
                mark("Phases under way"),
                kind="terms",
                value="phases.nodes.*.code",
                enumeration="PhaseCode",
            ),
            Column("start", mark("From"), order="start", kind="date", value="actualStart|plannedStart"),
            Column("end", mark("To"), kind="date", value="actualEnd|plannedEnd"),
            Column(
                "exit", mark("Exit of the agent"), kind="term", value="exitStatus", enumeration="ExitStatus"
            ),
            Column(
                "score",
                mark("Readiness for the exit"),
                order="score",
                kind="number",
                value="exitScore",
                at_first=False,
            ),
            Column("visit", mark("Next visit due"), kind="date", value="nextVisitDueOn", at_first=False),
            Column(
                "rules", mark("Programme version"), kind="number", value="template.version", at_first=False
            ),
            Column(
                "executor",
                mark("Executing organisation"),
                kind="name",
                value="executingOrganisation",
                link="/support/{executingOrganisation.id}",
                at_first=False,
            ),
        ),
        listing=Listing(
            mark("Every development project within your reach, the latest first."),
            mark("There is no project yet"),
            TRY_ANOTHER,
        ),
    ),
    Page("/projects/{id}", "projects/detail", mark("Development project"), section="projects"),
    Page(
        "/plans",
        "plans/list",
        mark("Action plans"),
        section="plans",
        filters=(
            search(mark("Name of a cluster or number of the document"), "documentNumber.contains"),
            PROVINCE,
            Filter("status", mark("State"), ("status.eq",)),
            Filter("freshness", mark("Freshness"), ("freshness.in",)),
            Filter("owner", mark("Whose it is"), ("owner.eq",)),
        ),
        orders=(
            Order("approved", mark("Approved on"), "approvedOn", last_first=True),
            BY_CLUSTER,
            Order("due", mark("The next one is due on"), "nextDueOn"),
        ),
        name_column=Column(
            "name",
            mark("Cluster"),
            order="cluster",
            kind="name",
            value="cluster",
            link="/clusters/{cluster.slug}/plans/{id}",
        ),
        columns=(
            Column("version", mark("Version"), kind="number"),
            IN_PROVINCE,
            Column("status", mark("State"), kind="term", enumeration="ActionPlanStatus"),
            Column("freshness", mark("Freshness"), kind="term", enumeration="PlanFreshness"),
            Column("approved", mark("Approved on"), order="approved", kind="date", value="approvedOn"),
            Column("due", mark("The next one is due on"), order="due", kind="date", value="nextDueOn"),
            Column("subProjects", mark("Sub-projects"), kind="number", value="subProjects.totalCount"),
            Column("presented", mark("Presented on"), kind="date", value="presentedOn", at_first=False),
            Column("owner", mark("Whose it is"), kind="term", enumeration="PlanOwner", at_first=False),
            Column("number", mark("Document number"), value="documentNumber", at_first=False),
        ),
        listing=Listing(
            mark("Every version of every action plan within your reach, the latest approval first."),
            mark("There is no action plan yet"),
            TRY_ANOTHER,
        ),
    ),
    Page(
        "/sub-projects",
        "sub_projects/list",
        mark("Sub-projects"),
        section="sub_projects",
        filters=(
            search(mark("Name of a sub-project or a cluster"), "nameFa.contains", "nameEn.contains"),
            PROVINCE,
            Filter("type", mark("Type"), ("type.eq",)),
            Filter("status", mark("State"), ("status.eq",)),
            Filter("led_by", mark("Led by"), ("ledBy.eq",)),
            Filter("missed", mark("A step is missed"), ("hasMissedMilestone.eq",), words=("true", "false")),
        ),
        orders=(
            BY_NAME,
            BY_CLUSTER,
            Order("progress", mark("Progress"), "progress"),
            Order("left", mark("Days left"), "daysLeft"),
        ),
        name_column=Column(
            "name", mark("Name"), order="name", kind="name", value="self", link="/sub-projects/{id}"
        ),
        columns=(
            CLUSTER,
            IN_PROVINCE,
            Column("type", mark("Type"), kind="term", enumeration="SubProjectType"),
            Column("status", mark("State"), kind="term", enumeration="SubProjectStatus"),
            Column("progress", mark("Progress"), order="progress", kind="progress"),
            Column("left", mark("Days left"), order="left", kind="number", value="daysLeft"),
            Column(
                "led_by",
                mark("Led by"),
                kind="term",
                value="ledBy",
                enumeration="SubProjectActor",
                at_first=False,
            ),
            Column("networks", mark("Networks"), kind="names", value="networks.nodes", at_first=False),
            Column("start", mark("From"), kind="date", value="actualStart|plannedStart", at_first=False),
            Column("end", mark("To"), kind="date", value="actualEnd|plannedEnd", at_first=False),
        ),
        listing=Listing(
            mark("Every sub-project within your reach."), mark("There is no sub-project yet"), TRY_ANOTHER
        ),
    ),
    Page(
        "/trust-activities",
        "trust/list",
        mark("Trust-building activities"),
        section="trust_activities",
        filters=(
            search(mark("Name of an activity or a cluster"), "nameFa.contains", "nameEn.contains"),
            PROVINCE,
            Filter("type", mark("Type"), ("type.eq",)),
            Filter(
                "added",
                mark("Added type"),
                ("additionalType.id.eq",),
                options="additionalTrustActivityTypes.id",
            ),
            Filter("approach", mark("Approach"), ("approach.eq",)),
            Filter("open", mark("Carried out"), ("actualEnd.isNull",), words=("false", "true")),
        ),
        orders=(Order("start", mark("Planned start"), "plannedStart", last_first=True), BY_CLUSTER),
        name_column=Column("name", mark("Name"), kind="name", value="self", link="/trust-activities/{id}"),
        columns=(
            CLUSTER,
            IN_PROVINCE,
            Column("type", mark("Type"), kind="term", enumeration="TrustActivityType"),
            Column("added", mark("Added type"), kind="name", value="additionalType"),
            Column("approach", mark("Approach"), kind="term", enumeration="TrustApproach"),
            Column("start", mark("From"), order="start", kind="date", value="actualStart|plannedStart"),
            Column("end", mark("To"), kind="date", value="actualEnd|plannedEnd"),
            Column("done", mark("Carried out on"), kind="date", value="actualEnd", at_first=False),
            Column("participants", mark("Participants"), kind="number", value="participants.totalCount"),
        ),
        listing=Listing(
            mark("Every trust-building activity within your reach, the latest first."),
            mark("There is no trust-building activity yet"),
            TRY_ANOTHER,
        ),
    ),
)
