"""The pages of a reader: the inbox, how one is written to, what is followed or muted, the calendar."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page
from web.parameters import Filter, Order

READING: Final = "/profile/notifications"
_FIELDS: Final = (
    "name",
    "kind",
    "eventTypes",
    "phases",
    "provinceIds",
    "clusterIds",
    "mostDaysLeft",
    "leastPercent",
)

PAGES: Final = (
    Page(
        "/inbox",
        "inbox/list",
        mark("Messages"),
        section="inbox",
        filters=(
            Filter("open", mark("Only what is not acknowledged"), ("acknowledgedAt.isNull",)),
            Filter("search", mark("Search"), ("body.contains",), hint=mark("Words of a message")),
        ),
        orders=(Order("created", mark("When"), "createdAt", last_first=True),),
    ),
    Page(
        "/inbox/acknowledge",
        "inbox/acknowledge_all",
        mark("Acknowledge messages"),
        section="inbox",
        form=Form(
            submit=mark("Acknowledge"),
            toast=mark("The messages were acknowledged."),
            done="/inbox",
            back="/inbox",
            fields=("ids",),
            nodes={"ids": "inboxEntries.nodes"},
        ),
    ),
    Page(
        "/inbox/{id}/acknowledge",
        "inbox/acknowledge",
        mark("Acknowledge the message"),
        section="inbox",
        form=Form(
            submit=mark("Acknowledge"),
            toast=mark("The message was acknowledged."),
            done="/inbox",
            back="/inbox",
            initial="inboxEntry",
        ),
    ),
    Page(READING, "readers/detail", mark("How I am written to"), section="profile"),
    Page(
        f"{READING}/edit",
        "readers/edit",
        mark("Change how I am written to"),
        section="profile",
        form=Form(
            submit=mark("Save"),
            toast=mark("The changes were saved."),
            done=READING,
            back=READING,
            initial="notificationPreferences.nodes.0",
        ),
    ),
    Page(
        f"{READING}/follow",
        "readers/subscribe",
        mark("Follow or mute"),
        section="profile",
        form=Form(
            submit=mark("Save"),
            toast=mark("From now on you are told accordingly."),
            done=READING,
            back=READING,
            fields=_FIELDS,
            nodes={"provinceIds": "provinces.nodes"},
            references={"clusterIds": "clusters"},
            terms={"eventTypes": "EventType"},
        ),
    ),
    Page(
        f"{READING}/{{id}}/edit",
        "readers/change",
        mark("Change what I follow or mute"),
        section="profile",
        form=Form(
            submit=mark("Save"),
            toast=mark("From now on you are told accordingly."),
            done=READING,
            back=READING,
            fields=_FIELDS,
            initial="notificationSubscription",
            nodes={"provinceIds": "provinces.nodes"},
            references={"clusterIds": "clusters"},
            terms={"eventTypes": "EventType"},
        ),
    ),
    Page(
        f"{READING}/{{id}}/end",
        "readers/end",
        mark("End following or muting"),
        section="profile",
        form=Form(
            submit=mark("End it"),
            toast=mark("From now on only the usual messages come."),
            done=READING,
            back=READING,
            initial="notificationSubscription",
            consequence=mark("From now on only the usual messages come."),
        ),
    ),
    Page(
        f"{READING}/calendar",
        "readers/open_calendar",
        mark("A calendar of what comes due"),
        section="profile",
        form=Form(
            submit=mark("Make the address"),
            toast=mark("The calendar has an address."),
            done=READING,
            back=READING,
            reveal="notificationPreference.calendarAddress",
            revealed=READING,
            consequence=mark("A former address leads nowhere from then on."),
        ),
    ),
    Page(
        f"{READING}/calendar/close",
        "readers/close_calendar",
        mark("Take the calendar's address back"),
        section="profile",
        form=Form(
            submit=mark("Take it back"),
            toast=mark("The address leads nowhere now."),
            done=READING,
            back=READING,
            consequence=mark("Programs that show the calendar get nothing more."),
            grave=True,
        ),
    ),
)
