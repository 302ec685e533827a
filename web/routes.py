"""Every page of the admin: its address, its document, how it is narrowed and what its form does."""

from __future__ import annotations

from typing import Final

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
        Column("identified", mark("Identified on"), order="identified"),
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

PAGES: Final = (
    HOME,
    CLUSTERS,
    Page("/clusters/{slug}", "clusters/detail", mark("Cluster"), section="clusters"),
    PROVINCES,
)
