"""The pages of the types of sub-projects that the national office adds to those of the source."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Filter, Order
from web.routes.asking import ADD, asks

ONE: Final = "/sub-project-types/{additionalSubProjectType.id}"
NAMES: Final = ("nameFa", "nameEn")

PAGES: Final = (
    Page(
        "/sub-project-types",
        "sub_project_types/list",
        mark("Types of sub-projects"),
        section="sub_project_types",
        filters=(
            Filter(
                "search", mark("Search"), ("nameFa.contains", "nameEn.contains"), hint=mark("Name of a type")
            ),
            Filter("retired", mark("Offered"), ("retiredOn.isNull",), words=("true", "false")),
        ),
        orders=(Order("name", mark("Name"), "nameFa"), Order("created", mark("Entered"), "createdAt")),
        name_column=Column(
            "name", mark("Name"), order="name", kind="name", value="self", link="/sub-project-types/{id}"
        ),
        columns=(
            Column("subProjects", mark("Sub-projects"), kind="number", value="subProjects.totalCount"),
            Column("retired", mark("Not offered since"), kind="date", value="retiredOn"),
            Column("created", mark("Entered"), order="created", kind="date", value="createdAt"),
        ),
        listing=Listing(
            mark("What the national office has added to the types of sub-projects of the programme."),
            mark("No type was added yet"),
            mark("The types of the programme are always offered; add one where none of them fits."),
            add=mark("New type"),
            add_path="/sub-project-types/new",
            add_action="addSubProjectType",
        ),
    ),
    asks(
        "/sub-project-types/new",
        "sub_project_types/create",
        mark("New type of sub-projects"),
        to=ONE,
        back="/sub-project-types",
        submit=ADD,
        section="sub_project_types",
        fields=NAMES,
    ),
    Page(
        "/sub-project-types/{id}",
        "sub_project_types/detail",
        mark("Type of sub-projects"),
        section="sub_project_types",
    ),
    asks(
        "/sub-project-types/{id}/edit",
        "sub_project_types/edit",
        mark("Edit the type"),
        to=ONE,
        section="sub_project_types",
        fields=NAMES,
        initial="additionalSubProjectType",
    ),
    asks(
        "/sub-project-types/{id}/retire",
        "sub_project_types/retire",
        mark("Offer the type no longer"),
        to=ONE,
        submit=mark("Retire"),
        section="sub_project_types",
        initial="additionalSubProjectType",
        consequence=mark("It is no longer offered; sub-projects that have it keep it."),
        grave=True,
    ),
)
