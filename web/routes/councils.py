"""The pages of steering councils: forming, seats and meetings."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page

PAGES: Final = (
    Page(
        "/clusters/{slug}/council/new",
        "councils/create",
        mark("Form the council"),
        section="clusters",
        form=Form(
            submit=mark("Form the council"),
            toast=mark("The council was formed: now appoint its members."),
            done="/clusters/{steeringCouncil.cluster.slug}/plans",
            back="/clusters/{clusterBySlug.slug}/plans",
            hidden={"clusterId": "clusterBySlug.id"},
        ),
    ),
    Page(
        "/councils/{id}/seats/new",
        "councils/appoint",
        mark("Appoint to the council"),
        section="clusters",
        form=Form(
            submit=mark("Appoint"),
            toast=mark("The seat was taken."),
            done="/clusters/{councilSeat.council.cluster.slug}/plans",
            back="/clusters/{steeringCouncil.cluster.slug}/plans",
            fields=("role", "titleFa", "titleEn", "validFrom"),
            hidden={"councilId": "steeringCouncil.id"},
        ),
    ),
    Page(
        "/councils/{id}/meetings/new",
        "councils/schedule",
        mark("Invite to a meeting"),
        section="clusters",
        form=Form(
            submit=mark("Invite"),
            toast=mark("The council is invited."),
            done="/clusters/{councilMeeting.cluster.slug}/plans",
            back="/clusters/{steeringCouncil.cluster.slug}/plans",
            fields=("on", "placeFa", "placeEn", "agendaFa", "agendaEn"),
            long=("agendaFa", "agendaEn"),
            hidden={"councilId": "steeringCouncil.id"},
        ),
    ),
    Page(
        "/meetings/{id}/hold",
        "councils/hold",
        mark("Record the meeting"),
        section="clusters",
        form=Form(
            submit=mark("Save"),
            toast=mark("The meeting is on record."),
            done="/clusters/{councilMeeting.cluster.slug}/plans",
            back="/clusters/{councilMeeting.cluster.slug}/plans",
            fields=("on", "present", "minutesFa", "minutesEn"),
            long=("minutesFa", "minutesEn"),
            nodes={"present": "councilMeeting.council.currentSeats"},
            initial="councilMeeting",
        ),
    ),
)
