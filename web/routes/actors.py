"""The lists of those who act in all clusters within one's reach: networks, councils, stakeholders."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Filter, Order
from web.routes.country import BY_CLUSTER, BY_NAME, CLUSTER, IN_PROVINCE, PROVINCE, TRY_ANOTHER, search

PAGES: Final = (
    Page(
        "/networks",
        "networks/list",
        mark("Networks"),
        section="networks",
        filters=(
            search(mark("Name of a network or a cluster"), "nameFa.contains", "nameEn.contains"),
            PROVINCE,
            Filter("kind", mark("Kind"), ("kind.eq",)),
            Filter("registration", mark("Registration"), ("registrationStatus.eq",)),
            Filter("form", mark("Legal form"), ("legalForm.eq",)),
            Filter("comprehensive", mark("Comprehensive"), ("isComprehensive.eq",), words=("true", "false")),
        ),
        orders=(BY_NAME, BY_CLUSTER, Order("members", mark("Members"), "membersCount")),
        name_column=Column(
            "name", mark("Name"), order="name", kind="name", value="self", link="/networks/{id}"
        ),
        columns=(
            CLUSTER,
            IN_PROVINCE,
            Column("kind", mark("Kind"), kind="term", enumeration="NetworkKind"),
            Column(
                "registration",
                mark("Registration"),
                kind="term",
                value="registrationStatus",
                enumeration="RegistrationStatus",
            ),
            Column("members", mark("Members"), order="members", kind="number", value="membersCount"),
            Column("comprehensive", mark("Comprehensive"), kind="switch", value="isComprehensive"),
            Column(
                "form",
                mark("Legal form"),
                kind="term",
                value="legalForm",
                enumeration="LegalForm",
                at_first=False,
            ),
            Column("formed", mark("Formed on"), kind="date", value="formedOn", at_first=False),
            Column(
                "assembly", mark("Last general assembly"), kind="date", value="lastAssemblyOn", at_first=False
            ),
        ),
        listing=Listing(
            mark("Every network within your reach."), mark("There is no network yet"), TRY_ANOTHER
        ),
    ),
    Page(
        "/councils",
        "councils/list",
        mark("Steering councils"),
        section="councils",
        filters=(
            search(mark("Name of a cluster")),
            PROVINCE,
            Filter("current", mark("In office"), ("isCurrent.eq",), words=("true", "false")),
        ),
        orders=(BY_CLUSTER, Order("formed", mark("Formed on"), "formedOn")),
        name_column=Column(
            "name", mark("Cluster"), order="cluster", kind="name", value="cluster", link="/councils/{id}"
        ),
        columns=(
            IN_PROVINCE,
            Column("current", mark("In office"), kind="switch", value="isCurrent"),
            Column("formed", mark("Formed on"), order="formed", kind="date", value="formedOn"),
            Column("held", mark("Meetings held"), kind="number", value="held.totalCount"),
            Column("latest", mark("Latest meeting"), kind="date", value="meetings.nodes.0.scheduledOn"),
            Column("dissolved", mark("Dissolved on"), kind="date", value="dissolvedOn", at_first=False),
        ),
        listing=Listing(
            mark("Every steering council within your reach, with the meetings it held."),
            mark("There is no council yet"),
            TRY_ANOTHER,
        ),
    ),
    Page("/councils/{id}", "councils/detail", mark("Steering council"), section="councils"),
    Page(
        "/stakeholders",
        "stakeholders/list",
        mark("Stakeholders"),
        section="stakeholders",
        filters=(
            search(mark("Name of a stakeholder or a cluster"), "nameFa.contains", "nameEn.contains"),
            PROVINCE,
            Filter("role", mark("Role in the value chain"), ("role.eq",)),
            Filter("kind", mark("Kind"), ("kind.eq",)),
            Filter("size", mark("Size"), ("sizeClass.eq",)),
        ),
        orders=(BY_NAME, BY_CLUSTER, Order("workers", mark("Workers"), "workersCount")),
        name_column=Column(
            "name", mark("Name"), order="name", kind="name", value="self", link="/stakeholders/{id}"
        ),
        columns=(
            CLUSTER,
            IN_PROVINCE,
            Column("role", mark("Role in the value chain"), kind="term", enumeration="StakeholderRole"),
            Column("kind", mark("Kind"), kind="term", enumeration="StakeholderKind"),
            Column("size", mark("Size"), kind="term", value="sizeClass", enumeration="SizeClass"),
            Column("workers", mark("Workers"), order="workers", kind="number", value="workersCount"),
            Column("county", mark("County"), kind="name", at_first=False),
        ),
        listing=Listing(
            mark("Everybody who is entered in the clusters within your reach."),
            mark("Nobody is entered yet"),
            TRY_ANOTHER,
        ),
    ),
)
