"""The pages of support institutions."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Column, Page
from web.parameters import Filter, Order
from web.routes.asking import REMOVE, REMOVED, asks, removes, restores

ONE: Final = "/support/{supportInstitution.id}"
IATI: Final = ("iatiOrganisationType", "iatiReference")
PLACE: Final = {"provinceId": "provinces", "parentId": "support"}
PROMISED: Final = ("amount", "currency", "unit", "committedOn", "descriptionFa", "descriptionEn")

PAGES: Final = (
    Page(
        "/support",
        "support/list",
        mark("Support institutions"),
        section="support",
        filters=(
            Filter(
                "search",
                mark("Search"),
                ("nameFa.contains", "nameEn.contains"),
                hint=mark("Name of an institution"),
            ),
            Filter("province", mark("Province"), ("province.isoCode.eq",), options="provinces.isoCode"),
            Filter("kind", mark("Kind"), ("kind.eq",)),
            Filter("sector", mark("Sector"), ("sector.eq",)),
        ),
        orders=(Order("name", mark("Name"), "nameFa"),),
        name_column=Column(
            "name", mark("Name"), order="name", kind="name", value="self", link="/support/{id}"
        ),
        columns=(
            Column("kind", mark("Kind"), kind="term", enumeration="InstitutionKind"),
            Column("sector", mark("Sector"), kind="term", enumeration="InstitutionSector"),
            Column("province", mark("Province"), kind="name"),
            Column("commitments", mark("Commitments"), kind="number", value="supportCommitments.totalCount"),
        ),
    ),
    asks(
        "/support/new",
        "support/create",
        mark("New institution"),
        to=ONE,
        back="/support",
        submit=mark("Enter"),
        toast=mark("The institution was entered."),
        section="support",
        fields=("nameFa", "nameEn", "kind", "sector", "provinceId", "parentId", *IATI),
        references=PLACE,
    ),
    Page("/support/{id}", "support/detail", mark("Support institution"), section="support"),
    asks(
        "/support/{id}/edit",
        "support/edit",
        mark("Edit the institution"),
        to=ONE,
        section="support",
        fields=("kind", "sector", "parentId", *IATI),
        references={"parentId": "support"},
        initial="supportInstitution",
    ),
    asks(
        "/support/{id}/rename",
        "support/rename",
        mark("Rename the institution"),
        to=ONE,
        submit=mark("Rename"),
        toast=mark("The new name is on record; the former one is kept with its last day."),
        section="support",
        fields=("nameFa", "nameEn", "on"),
        initial="supportInstitution",
    ),
    asks(
        "/support/{id}/remove",
        "support/remove",
        mark("Remove the institution"),
        to="",
        back="/support",
        submit=REMOVE,
        toast=REMOVED,
        section="support",
        initial="supportInstitution",
        consequence=mark(
            "The institution disappears from every list; one that has promised something cannot."
        ),
        grave=True,
        undo="/support/{id}/restore",
    ),
    restores(
        "/support/{id}/restore",
        "support/restore",
        mark("Bring the institution back"),
        to=ONE,
        section="support",
    ),
    asks(
        "/clusters/{slug}/commitments/new",
        "commitments/create",
        mark("Record a promise"),
        to="/clusters/{supportCommitment.cluster.slug}/support",
        back="/clusters/{clusterBySlug.slug}/support",
        toast=mark("The promise is on record."),
        fields=("institutionId", "subProjectId", "kind", *PROMISED),
        long=("descriptionFa", "descriptionEn"),
        references={"institutionId": "support"},
        nodes={"subProjectId": "clusterBySlug.subProjects.nodes"},
    ),
    removes(
        "/commitments/{id}/remove",
        "commitments/remove",
        mark("Take the promise back"),
        back="/clusters/{supportCommitment.cluster.slug}/support",
        consequence=mark("The promise no longer counts for the sub-project."),
        undo="/commitments/{id}/restore",
    ),
    restores(
        "/commitments/{id}/restore",
        "commitments/restore",
        mark("Bring the promise back"),
        to="/clusters/{supportCommitment.cluster.slug}/support",
    ),
)
