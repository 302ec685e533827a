"""The page of what was removed and can be brought back."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Page
from web.parameters import Filter

PAGES: Final = (
    Page(
        "/removed",
        "removed/list",
        mark("Removed things"),
        section="removed",
        filters=(
            Filter(
                "search",
                mark("Search"),
                ("cluster.nameFa.contains", "cluster.nameEn.contains", "user.name.contains"),
                hint=mark("Name of a cluster or of who removed it"),
            ),
            Filter(
                "province", mark("Province"), ("cluster.province.isoCode.eq",), options="provinces.isoCode"
            ),
        ),
    ),
)
