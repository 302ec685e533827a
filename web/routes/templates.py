"""The pages of the programme: its versions with phases, windows, gates and thresholds."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Order
from web.routes.asking import asks

ONE: Final = "/templates/{programmeTemplate.id}"

PAGES: Final = (
    Page(
        "/templates",
        "templates/list",
        mark("Programme versions"),
        section="templates",
        orders=(Order("version", mark("Version"), "version", last_first=True),),
        name_column=Column("name", mark("Name"), kind="name", value="self", link="/templates/{id}"),
        columns=(
            Column("version", mark("Version"), order="version", kind="number"),
            Column("published", mark("In force since"), kind="date", value="publishedOn"),
            Column("projects", mark("Projects held to it"), kind="number", value="projects.totalCount"),
        ),
        listing=Listing(
            mark(
                "What projects are held to: phases, windows, gates and thresholds. A version in force never changes."
            ),
            mark("There is no version yet"),
            mark("The published programme is loaded with the reference data."),
        ),
    ),
    asks(
        "/templates/{id}/versions/new",
        "templates/create",
        mark("Draft the next version"),
        to=ONE,
        section="templates",
        submit=mark("Draft it"),
        toast=mark("The version is drafted: see what it would make late, then put it in force."),
        fields=("nameFa", "nameEn", "renewalAnchor", "windows", "thresholds", "gates"),
        hidden={"basedOn": "programmeTemplate.id"},
        rows={
            "windows": "programmeTemplate.phases",
            "thresholds": "programmeTemplate.thresholds",
            "gates": "programmeTemplate.phases.gates",
        },
        initial="programmeTemplate",
    ),
    Page("/templates/{id}", "templates/detail", mark("Programme version"), section="templates"),
    Page(
        "/templates/{id}/publish",
        "templates/publish",
        mark("Put the version in force"),
        section="templates",
        form=Form(
            submit=mark("Put in force"),
            toast=mark("New projects are held to this version."),
            done=ONE,
            back=ONE,
            initial="programmeTemplate",
            consequence=mark(
                "New projects keep it, running ones keep theirs, and it can never be changed again."
            ),
            grave=True,
        ),
    ),
)
