"""The pages of support institutions."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Column, Page
from web.parameters import Filter, Order

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
        name_column=Column("name", mark("Name"), order="name", kind="name", value="self"),
        columns=(
            Column("kind", mark("Kind"), kind="term", enumeration="InstitutionKind"),
            Column("sector", mark("Sector"), kind="term", enumeration="InstitutionSector"),
            Column("province", mark("Province"), kind="name"),
            Column("commitments", mark("Commitments"), kind="number", value="supportCommitments.totalCount"),
        ),
    ),
)
