"""The pages of what is told to others: webhook endpoints, deliveries with their attempts, events."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Bulk, Column, Listing, Page
from web.parameters import Filter, Order

ENDPOINT: Final = "/webhooks/{webhookEndpoint.id}"
DELIVERY: Final = "/deliveries/{notificationDelivery.id}"

WEBHOOKS: Final = (
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
            fields=("name", "url", "eventTypes", "provinceIds"),
            nodes={"provinceIds": "provinces.nodes"},
            hidden={"partnerAgencyId": "partnerAgency.id"},
            terms={"eventTypes": "EventType"},
            reveal="webhookEndpoint.secret",
            revealed=ENDPOINT,
        ),
    ),
    Page("/webhooks/{id}", "webhooks/detail", mark("Webhook"), section="webhooks"),
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

DELIVERIES: Final = (
    Page(
        "/deliveries",
        "deliveries/list",
        mark("Deliveries"),
        section="deliveries",
        filters=(
            Filter("status", mark("State"), ("status.eq",)),
            Filter("channel", mark("Way"), ("channel.eq",)),
            Filter("type", mark("Event"), ("event.type.eq",), enumeration="EventType"),
            Filter(
                "search", mark("Search"), ("webhookEndpoint.name.contains",), hint=mark("Name of an endpoint")
            ),
        ),
        orders=(Order("created", mark("Made"), "createdAt", last_first=True),),
        name_column=Column(
            "event",
            mark("Event"),
            kind="term",
            value="event.type",
            enumeration="EventType",
            link="/deliveries/{id}",
        ),
        columns=(
            Column("channel", mark("Way"), kind="term", enumeration="Channel"),
            Column("to", mark("To"), value="webhookEndpoint.name"),
            Column("person", mark("Person"), value="user.name", at_first=False),
            Column("status", mark("State"), kind="term", enumeration="DeliveryStatus"),
            Column("attempts", mark("Attempts"), kind="number", value="attemptsMade"),
            Column("created", mark("Made"), order="created", kind="moment", value="createdAt"),
            Column("next", mark("Next attempt"), kind="moment", value="nextAttemptAt", at_first=False),
            Column("finished", mark("Finished"), kind="moment", value="finishedAt"),
        ),
        bulk=(Bulk("deliveries/replay", "replayDelivery", mark("Post all of them again")),),
        listing=Listing(
            mark("What was told to whom, by which way, with every attempt."),
            mark("Nothing was told yet"),
            mark("As soon as something happens, whoever is to know of it appears here."),
        ),
    ),
    Page("/deliveries/{id}", "deliveries/detail", mark("Delivery"), section="deliveries"),
    Page(
        "/deliveries/{id}/replay",
        "deliveries/replay",
        mark("Post again"),
        section="deliveries",
        form=Form(
            submit=mark("Post again"),
            toast=mark("It is posted again under the same id."),
            done=DELIVERY,
            back=DELIVERY,
            initial="notificationDelivery",
            consequence=mark("The receiver gets it once more under the same id."),
        ),
    ),
)

EVENTS: Final = (
    Page(
        "/events",
        "events/list",
        mark("Events"),
        section="events",
        filters=(
            Filter("type", mark("Event"), ("type.eq",), enumeration="EventType"),
            Filter("province", mark("Province"), ("province.isoCode.eq",), options="provinces.isoCode"),
            Filter("phase", mark("Phase"), ("phaseCode.eq",), enumeration="PhaseCode"),
            Filter(
                "search",
                mark("Search"),
                ("cluster.nameFa.contains", "cluster.nameEn.contains"),
                hint=mark("Name of a cluster"),
            ),
        ),
        orders=(Order("at", mark("When"), "position", last_first=True),),
        name_column=Column("type", mark("Event"), kind="term", enumeration="EventType", link="/events/{id}"),
        columns=(
            Column("cluster", mark("Cluster"), kind="name", link="/clusters/{cluster.slug}"),
            Column("province", mark("Province"), kind="name", at_first=False),
            Column("phase", mark("Phase"), kind="term", value="phaseCode", enumeration="PhaseCode"),
            Column("at", mark("When"), order="at", kind="moment"),
            Column("actor", mark("Caused by"), kind="code", at_first=False),
            Column("request", mark("Request"), kind="code", value="correlationId", at_first=False),
        ),
        listing=Listing(
            mark("Everything that happened within your reach, the newest first."),
            mark("Nothing has happened yet"),
            mark("Every start, approval and change appears here as soon as it is saved."),
        ),
    ),
    Page("/events/{id}", "events/detail", mark("Event"), section="events"),
)

PAGES: Final = (*WEBHOOKS, *DELIVERIES, *EVENTS)
