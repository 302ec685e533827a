"""The pages of stakeholders."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page

PAGES: Final = (
    Page(
        "/clusters/{slug}/stakeholders/new",
        "stakeholders/create",
        mark("New stakeholder"),
        section="clusters",
        form=Form(
            submit=mark("Add"),
            toast=mark("The stakeholder was entered."),
            done="/clusters/{stakeholder.cluster.slug}/stakeholders",
            back="/clusters/{clusterBySlug.slug}/stakeholders",
            fields=(
                "nameFa",
                "nameEn",
                "kind",
                "role",
                "sizeClass",
                "workersCount",
                "leadGender",
                "countyId",
            ),
            references={"countyId": "counties"},
            hidden={"clusterId": "clusterBySlug.id"},
        ),
    ),
)
