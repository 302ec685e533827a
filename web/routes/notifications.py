"""The pages of what is told to others: deliveries with their attempts, what was set aside, events."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Bulk, Column, Listing, Page
from web.parameters import Filter, Order
from web.routes.asking import asks

DELIVERY: Final = "/deliveries/{notificationDelivery.id}"

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
            Column("to", mark("Receiver"), value="webhookEndpoint.name|user.name"),
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

SET_ASIDE: Final = (
    Page(
        "/set-aside-events",
        "set_aside/list",
        mark("Events set aside"),
        section="set_aside",
        orders=(Order("created", mark("Set aside"), "createdAt", last_first=True),),
        name_column=Column(
            "event",
            mark("Event"),
            kind="term",
            value="event.type",
            enumeration="EventType",
            link="/set-aside-events/{id}/tell",
        ),
        columns=(
            Column("cluster", mark("Cluster"), kind="name", value="event.cluster"),
            Column("problem", mark("What went wrong")),
            Column("created", mark("Set aside"), order="created", kind="moment", value="createdAt"),
            Column("asked", mark("Tried again"), kind="moment", value="askedAt"),
        ),
        listing=Listing(
            mark(
                "Events nobody could be told of after several tries; they are kept, out of the way of others."
            ),
            mark("Nothing is set aside"),
            mark("Everybody concerned was told of every event."),
        ),
    ),
    asks(
        "/set-aside-events/{id}/tell",
        "set_aside/tell",
        mark("Try once more to tell of the event"),
        to="/set-aside-events",
        section="set_aside",
        submit=mark("Try again"),
        toast=mark("It is tried once more."),
        initial="setAsideEvent",
    ),
)

WORDING: Final = "/notification-texts/{notificationText.id}"
TEXTS: Final = (
    Page(
        "/notification-texts",
        "notification_texts/list",
        mark("What people are told"),
        section="notification_texts",
        filters=(
            Filter("type", mark("Event"), ("type.eq",), enumeration="EventType"),
            Filter(
                "search",
                mark("Search"),
                ("cluster.nameFa.contains", "cluster.nameEn.contains"),
                hint=mark("Name of a cluster"),
            ),
        ),
    ),
    asks(
        "/notification-texts/new",
        "notification_texts/write",
        mark("Word what people are told"),
        to=WORDING,
        back="/notification-texts",
        section="notification_texts",
        toast=mark("From now on it is told so."),
        fields=("eventType", "language", "title", "text"),
        terms={"eventType": "EventType"},
        long=("text",),
    ),
    Page(
        "/notification-texts/{id}",
        "notification_texts/detail",
        mark("Wording of the office"),
        section="notification_texts",
    ),
    asks(
        "/notification-texts/{id}/edit",
        "notification_texts/edit",
        mark("Change what people are told"),
        to=WORDING,
        section="notification_texts",
        toast=mark("From now on it is told so."),
        fields=("title", "text"),
        long=("text",),
        initial="notificationText",
    ),
    asks(
        "/notification-texts/{id}/ship",
        "notification_texts/ship",
        mark("Back to the shipped text"),
        to="/notification-texts?type={notificationText.eventType}",
        section="notification_texts",
        submit=mark("Use the shipped text"),
        toast=mark("From now on the shipped text is told."),
        initial="notificationText",
        consequence=mark(
            "People are told the shipped text again; what the office wrote stays in the history."
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

PAGES: Final = (*DELIVERIES, *SET_ASIDE, *TEXTS, *EVENTS)
