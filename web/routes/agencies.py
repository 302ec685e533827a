"""The pages of partner agencies and their tokens."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Filter, Order

ONE: Final = "/agencies/{partnerAgency.id}"
ITS_AGENCY: Final = "/agencies/{apiToken.partnerAgency.id}"
REACH: Final = ("provinceIds", "clusterIds", "institutionIds")
REFERENCES: Final = {"clusterIds": "clusters", "institutionIds": "support", "institutionId": "support"}
PROVINCES: Final = {"provinceIds": "provinces.nodes"}

PAGES: Final = (
    Page(
        "/agencies",
        "agencies/list",
        mark("Partner agencies"),
        section="agencies",
        filters=(
            Filter(
                "search",
                mark("Search"),
                ("nameFa.contains", "nameEn.contains"),
                hint=mark("Name of an agency"),
            ),
            Filter("disabled", mark("Without access"), ("disabledAt.isNull",), words=("false", "true")),
        ),
        orders=(
            Order("name", mark("Name"), "nameFa"),
            Order("created", mark("Entered"), "createdAt"),
        ),
        name_column=Column(
            "name", mark("Name"), order="name", kind="name", value="self", link="/agencies/{id}"
        ),
        columns=(
            Column("institution", mark("Institution"), kind="name"),
            Column("provinces", mark("Provinces"), kind="names", value="provinces.nodes"),
            Column("tokens", mark("Tokens in force"), kind="number", value="apiTokens.totalCount"),
            Column("contact", mark("Contact"), kind="code", value="contactEmail", at_first=False),
            Column("disabled", mark("Without access since"), kind="moment", value="disabledAt"),
            Column(
                "created", mark("Entered"), order="created", kind="moment", value="createdAt", at_first=False
            ),
        ),
        listing=Listing(
            mark("Organisations whose programmes read from here, each as far as it was given."),
            mark("There is no partner agency yet"),
            mark("Let one in: its name, how far it reaches, then a token for its programme."),
            add=mark("New agency"),
            add_path="/agencies/new",
            add_action="createAgency",
        ),
    ),
    Page(
        "/agencies/new",
        "agencies/create",
        mark("New agency"),
        section="agencies",
        form=Form(
            submit=mark("Let in"),
            toast=mark("The agency was let in: now issue a token."),
            done=ONE,
            back="/agencies",
            fields=(
                "nameFa",
                "nameEn",
                "contactEmail",
                "contactLanguage",
                "institutionId",
                *REACH,
            ),
            references=REFERENCES,
            nodes=PROVINCES,
        ),
    ),
    Page("/agencies/{id}", "agencies/detail", mark("Partner agency"), section="agencies"),
    Page(
        "/agencies/{id}/edit",
        "agencies/edit",
        mark("Edit the agency"),
        section="agencies",
        form=Form(
            submit=mark("Save"),
            toast=mark("The changes were saved."),
            done=ONE,
            back=ONE,
            fields=(
                "nameFa",
                "nameEn",
                "contactEmail",
                "contactLanguage",
                *REACH,
                "trustedDocumentsOnly",
                "disabled",
            ),
            references={name: noun for name, noun in REFERENCES.items() if name in REACH},
            nodes=PROVINCES,
            initial="partnerAgency",
        ),
    ),
    Page(
        "/agencies/{id}/tokens/new",
        "tokens/issue",
        mark("Issue a token"),
        section="agencies",
        form=Form(
            submit=mark("Issue"),
            toast=mark("The token was issued."),
            done=ONE,
            back=ONE,
            fields=("name", "scopes", "expiresAt"),
            hidden={"partnerAgencyId": "partnerAgency.id"},
            reveal="apiToken.secret",
            revealed=ITS_AGENCY,
        ),
    ),
    Page(
        "/tokens/{id}/rotate",
        "tokens/rotate",
        mark("Rotate the token"),
        section="agencies",
        form=Form(
            submit=mark("Issue its successor"),
            toast=mark("The successor was issued."),
            done=ITS_AGENCY,
            back=ITS_AGENCY,
            fields=("overlapHours",),
            initial="apiToken",
            reveal="apiToken.secret",
            revealed=ITS_AGENCY,
        ),
    ),
    Page(
        "/tokens/{id}/revoke",
        "tokens/revoke",
        mark("Revoke the token"),
        section="agencies",
        form=Form(
            submit=mark("Revoke"),
            toast=mark("The token was revoked."),
            done=ITS_AGENCY,
            back=ITS_AGENCY,
            initial="apiToken",
            consequence=mark("The programme that uses it is refused from this moment on."),
            grave=True,
            returns=True,
        ),
    ),
)
