"""The pages of stakeholders."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page
from web.routes.asking import asks, removes, restores

STAKEHOLDER: Final = "/stakeholders/{stakeholder.id}"
WORK: Final = (
    "nameFa",
    "nameEn",
    "kind",
    "role",
    "sizeClass",
    "workersCount",
    "leadGender",
    "countyId",
    "placeId",
)
CONTACT: Final = ("contactName", "phone", "email")
OF: Final = {"countyId": "counties", "placeId": "places", "institutionId": "support"}

PAGES: Final = (
    Page("/stakeholders/{id}", "stakeholders/detail", mark("Stakeholder"), section="clusters"),
    asks(
        "/clusters/{slug}/stakeholders/many",
        "stakeholders/many",
        mark("Enter a list of stakeholders"),
        to="/clusters/{cluster.slug}/stakeholders",
        back="/clusters/{clusterBySlug.slug}/stakeholders",
        toast=mark("The stakeholders were entered."),
        fields=("stakeholders",),
        parts={"stakeholders": ("nameFa", "nameEn", "kind", "role", "workersCount")},
        hidden={"clusterId": "clusterBySlug.id"},
    ),
    asks(
        "/stakeholders/{id}/edit",
        "stakeholders/edit",
        mark("Edit the stakeholder"),
        to=STAKEHOLDER,
        fields=(*WORK, "institutionId", *CONTACT),
        references=OF,
        initial="stakeholder",
    ),
    asks(
        "/stakeholders/{id}/admit",
        "stakeholders/admit",
        mark("Admit as a member"),
        to="/stakeholders/{membership.stakeholder.id}",
        back=STAKEHOLDER,
        submit=mark("Admit"),
        toast=mark("The member was admitted."),
        fields=("validFrom",),
        hidden={"stakeholderId": "stakeholder.id"},
    ),
    asks(
        "/memberships/{id}/end",
        "stakeholders/end",
        mark("End the membership"),
        to="/stakeholders/{membership.stakeholder.id}",
        submit=mark("End it"),
        initial="membership",
    ),
    removes(
        "/stakeholders/{id}/remove",
        "stakeholders/remove",
        mark("Remove the stakeholder"),
        back="/clusters/{stakeholder.cluster.slug}/stakeholders",
        consequence=mark("The stakeholder disappears from the cluster and from its lists."),
        undo="/stakeholders/{id}/restore",
    ),
    restores(
        "/stakeholders/{id}/restore",
        "stakeholders/restore",
        mark("Bring the stakeholder back"),
        to=STAKEHOLDER,
    ),
    Page(
        "/clusters/{slug}/stakeholders/new",
        "stakeholders/create",
        mark("New stakeholder"),
        section="clusters",
        form=Form(
            submit=mark("Add"),
            toast=mark("The stakeholder was entered."),
            done=STAKEHOLDER,
            back="/clusters/{clusterBySlug.slug}/stakeholders",
            fields=(*WORK, "institutionId", *CONTACT),
            references=OF,
            hidden={"clusterId": "clusterBySlug.id"},
        ),
    ),
)
