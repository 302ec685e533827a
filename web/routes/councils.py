"""The pages of steering councils: forming, seats and meetings."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page
from web.routes.asking import asks

COUNCIL: Final = "/clusters/{steeringCouncil.cluster.slug}/council"
BY_SEAT: Final = "/clusters/{councilSeat.council.cluster.slug}/council"
BY_MEETING: Final = "/clusters/{councilMeeting.cluster.slug}/council"
MEETING: Final = "/meetings/{councilMeeting.id}"
REPRESENTED: Final = {"institutionId": "support", "stakeholderId": "stakeholders", "userId": "users"}

PAGES: Final = (
    Page("/clusters/{slug}/council", "clusters/council", mark("Steering council"), section="clusters"),
    Page("/meetings/{id}", "councils/meeting", mark("Meeting of the council"), section="clusters"),
    asks(
        "/councils/{id}/dissolve",
        "councils/dissolve",
        mark("Dissolve the council"),
        to=COUNCIL,
        submit=mark("Dissolve"),
        toast=mark("The council was dissolved."),
        initial="steeringCouncil",
        consequence=mark("Every seat ends; until another council is formed nothing can be approved."),
        grave=True,
    ),
    asks(
        "/seats/{id}/end",
        "councils/end",
        mark("End the seat"),
        to=BY_SEAT,
        submit=mark("End the seat"),
        toast=mark("The seat has ended."),
        initial="councilSeat",
        consequence=mark("Whoever holds this seat no longer votes."),
    ),
    asks(
        "/meetings/{id}/attendance",
        "councils/attended",
        mark("Correct who came"),
        to=MEETING,
        toast=mark("The attendance is corrected."),
        fields=("on", "present"),
        nodes={"present": "councilMeeting.council.currentSeats"},
        initial="councilMeeting",
    ),
    asks(
        "/meetings/{id}/cancel",
        "councils/cancel",
        mark("Cancel the meeting"),
        to=BY_MEETING,
        submit=mark("Cancel the meeting"),
        toast=mark("The meeting was cancelled."),
        long=("reason",),
        initial="councilMeeting",
        grave=True,
    ),
    asks(
        "/meetings/{id}/minutes",
        "councils/minutes",
        mark("Keep the minutes"),
        to=MEETING,
        long=("minutesFa", "minutesEn"),
        initial="councilMeeting",
    ),
    asks(
        "/meetings/{id}/decide",
        "councils/decide",
        mark("Record a decision"),
        to="/meetings/{councilDecision.meeting.id}",
        back=MEETING,
        toast=mark("The decision is on record."),
        fields=("subject", "decision", "votes", "noteFa", "noteEn"),
        long=("noteFa", "noteEn"),
        ballots={"votes": "councilMeeting.council.currentSeats"},
        hidden={
            "meetingId": "councilMeeting.id",
            "projectId": "councilMeeting.cluster.projects.nodes.0.id",
        },
    ),
    Page(
        "/clusters/{slug}/council/new",
        "councils/create",
        mark("Form the council"),
        section="clusters",
        form=Form(
            submit=mark("Form the council"),
            toast=mark("The council was formed: now appoint its members."),
            done=COUNCIL,
            back="/clusters/{clusterBySlug.slug}/council",
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
            done=BY_SEAT,
            back=COUNCIL,
            fields=("role", "titleFa", "titleEn", "validFrom", *REPRESENTED),
            references=REPRESENTED,
            within={"stakeholderId": "steeringCouncil.cluster.slug"},
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
            done=BY_MEETING,
            back=COUNCIL,
            fields=("on", "placeFa", "agendaFa", "placeEn", "agendaEn", "invited"),
            later=("placeEn", "agendaEn", "invited"),
            long=("agendaFa", "agendaEn"),
            nodes={"invited": "steeringCouncil.currentSeats"},
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
            done=BY_MEETING,
            back=BY_MEETING,
            fields=("on", "present", "minutesFa", "minutesEn"),
            long=("minutesFa", "minutesEn"),
            nodes={"present": "councilMeeting.council.currentSeats"},
            initial="councilMeeting",
        ),
    ),
)
