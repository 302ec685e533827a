"""The pages of networks."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page

PAGES: Final = (
    Page(
        "/clusters/{slug}/networks/new",
        "networks/create",
        mark("New network"),
        section="clusters",
        form=Form(
            submit=mark("Add"),
            toast=mark("The network is on record."),
            done="/clusters/{network.cluster.slug}/networks",
            back="/clusters/{clusterBySlug.slug}/networks",
            fields=("nameFa", "nameEn", "kind", "formedOn"),
            hidden={"clusterId": "clusterBySlug.id"},
        ),
    ),
)
