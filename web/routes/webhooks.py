"""The pages of webhook endpoints: registered, edited, tested, paused, given new secrets, removed."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Filter, Order
from web.routes.asking import asks, restores

ENDPOINT: Final = "/webhooks/{webhookEndpoint.id}"
DELIVERY: Final = "/deliveries/{notificationDelivery.id}"
WANTED: Final = (
    "name",
    "url",
    "eventTypes",
    "provinceIds",
    "clusterIds",
    "phases",
    "mostDaysLeft",
    "leastPercent",
    "document",
)

PAGES: Final = (
    Page(
        "/webhooks",
        "webhooks/list",
        mark("Webhooks"),
        section="webhooks",
        filters=(Filter("search", mark("Search"), ("name.contains",), hint=mark("Name of an endpoint")),),
        orders=(Order("name", mark("Name"), "name"), Order("created", mark("Entered"), "createdAt")),
        name_column=Column("name", mark("Name"), order="name", link="/webhooks/{id}"),
        columns=(
            Column(
                "agency",
                mark("Partner agency"),
                kind="name",
                value="partnerAgency",
                link="/agencies/{partnerAgency.id}",
            ),
            Column("url", mark("Address"), kind="code"),
            Column("health", mark("State"), kind="term", enumeration="EndpointHealth"),
            Column("waiting", mark("Waiting"), kind="number", value="waiting.totalCount"),
            Column("exhausted", mark("Given up"), kind="number", value="exhausted.totalCount"),
            Column("paused", mark("Paused since"), kind="moment", value="pausedAt"),
            Column(
                "created", mark("Entered"), order="created", kind="moment", value="createdAt", at_first=False
            ),
        ),
        listing=Listing(
            mark("Where events are posted to, and what waits there."),
            mark("There is no endpoint yet"),
            mark("Register one on the page of its partner agency; agencies do it themselves by the API."),
            add=mark("To the partner agencies"),
            add_path="/agencies",
        ),
    ),
    Page(
        "/agencies/{id}/webhooks/new",
        "webhooks/create",
        mark("Register an endpoint"),
        section="webhooks",
        form=Form(
            submit=mark("Register"),
            toast=mark("The endpoint was registered."),
            done=ENDPOINT,
            back="/agencies/{partnerAgency.id}",
            fields=WANTED,
            long=("document",),
            nodes={"provinceIds": "provinces.nodes"},
            references={"clusterIds": "clusters"},
            hidden={"partnerAgencyId": "partnerAgency.id"},
            terms={"eventTypes": "EventType"},
            reveal="webhookEndpoint.secret",
            revealed=ENDPOINT,
        ),
    ),
    Page("/webhooks/{id}", "webhooks/detail", mark("Webhook"), section="webhooks"),
    asks(
        "/webhooks/{id}/edit",
        "webhooks/edit",
        mark("Edit the endpoint"),
        to=ENDPOINT,
        section="webhooks",
        fields=WANTED,
        long=("document",),
        nodes={"provinceIds": "provinces.nodes"},
        references={"clusterIds": "clusters"},
        terms={"eventTypes": "EventType"},
        initial="webhookEndpoint",
    ),
    asks(
        "/webhooks/{id}/secret",
        "webhooks/rotate",
        mark("New signing secret"),
        to=ENDPOINT,
        section="webhooks",
        submit=mark("Make a new secret"),
        fields=("overlapHours",),
        initial="webhookEndpoint",
        reveal="webhookEndpoint.secret",
        revealed=ENDPOINT,
    ),
    asks(
        "/webhooks/{id}/ping",
        "webhooks/ping",
        mark("Test the endpoint"),
        to=DELIVERY,
        back=ENDPOINT,
        section="webhooks",
        submit=mark("Post a test"),
        toast=mark("A test is on its way: here is what becomes of it."),
        initial="webhookEndpoint",
    ),
    asks(
        "/webhooks/{id}/replays/new",
        "webhooks/replay",
        mark("Post many once more"),
        to="/webhooks/{deliveryReplay.webhookEndpoint.id}",
        back=ENDPOINT,
        section="webhooks",
        submit=mark("Post again"),
        toast=mark("They are posted again, each under its own id."),
        fields=("since", "until", "onlyGivenUp", "eventTypes"),
        terms={"eventTypes": "EventType"},
        hidden={"webhookEndpointId": "webhookEndpoint.id"},
        consequence=mark("The receiver gets every one of them once more under the same id."),
    ),
    asks(
        "/webhooks/{id}/remove",
        "webhooks/remove",
        mark("Remove the endpoint"),
        to="/webhooks",
        section="webhooks",
        submit=mark("Remove"),
        toast=mark("It was removed."),
        initial="webhookEndpoint",
        consequence=mark("Nothing is posted to it; what waits is kept until it is brought back."),
        grave=True,
        undo="/webhooks/{id}/restore",
    ),
    restores(
        "/webhooks/{id}/restore",
        "webhooks/restore",
        mark("Bring the endpoint back"),
        to=ENDPOINT,
        section="webhooks",
    ),
    Page(
        "/webhooks/{id}/pause",
        "webhooks/pause",
        mark("Pause the endpoint"),
        section="webhooks",
        form=Form(
            submit=mark("Pause"),
            toast=mark("Nothing is posted to it now; what is meant for it waits."),
            done=ENDPOINT,
            back=ENDPOINT,
            initial="webhookEndpoint",
        ),
    ),
    Page(
        "/webhooks/{id}/resume",
        "webhooks/resume",
        mark("Resume the endpoint"),
        section="webhooks",
        form=Form(
            submit=mark("Resume"),
            toast=mark("Posting goes on with what has waited longest."),
            done=ENDPOINT,
            back=ENDPOINT,
            initial="webhookEndpoint",
        ),
    ),
)
