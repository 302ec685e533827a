"""The pages of the national policy council: formed, seated, in session, dissolved."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Page
from web.routes.asking import asks

HOME: Final = "/national-council"
SECTION: Final = "national_council"
SAID: Final = ("agendaFa", "agendaEn", "minutesFa", "minutesEn")

PAGES: Final = (
    Page(HOME, "national_councils/overview", mark("National policy council"), section=SECTION),
    asks(
        "/national-council/new",
        "national_councils/form",
        mark("Form the national council"),
        to=HOME,
        submit=mark("Form"),
        toast=mark("The council is formed: now appoint its offices."),
        section=SECTION,
        fields=("institutionId", "formedOn"),
        references={"institutionId": "support"},
    ),
    asks(
        "/national-councils/{id}/dissolve",
        "national_councils/dissolve",
        mark("Dissolve the national council"),
        to=HOME,
        submit=mark("Dissolve"),
        toast=mark("The council was dissolved."),
        section=SECTION,
        initial="nationalCouncil",
        consequence=mark("Every seat of the council ends; its sessions stay on record."),
        grave=True,
    ),
    asks(
        "/national-councils/{id}/seats/new",
        "national_councils/appoint",
        mark("Appoint an office"),
        to=HOME,
        submit=mark("Appoint"),
        section=SECTION,
        fields=("role", "titleFa", "titleEn", "institutionId", "validFrom"),
        references={"institutionId": "support"},
        hidden={"councilId": "nationalCouncil.id"},
    ),
    asks(
        "/national-seats/{id}/end",
        "national_councils/end",
        mark("End the seat"),
        to=HOME,
        submit=mark("End the seat"),
        toast=mark("The seat has ended."),
        section=SECTION,
        initial="nationalCouncilSeat",
    ),
    asks(
        "/national-councils/{id}/sessions/new",
        "national_councils/session",
        mark("Record a session"),
        to=HOME,
        submit=mark("Record"),
        toast=mark("The session is on record."),
        section=SECTION,
        fields=("heldOn", *SAID),
        long=SAID,
        hidden={"councilId": "nationalCouncil.id"},
    ),
)
