"""The page of provinces."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Column, Page
from web.parameters import Filter, Order

PAGES: Final = (
    Page(
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
        orders=(Order("name", mark("Name"), "nameFa"),),
        name_column=Column("name", mark("Name"), order="name"),
    ),
)
