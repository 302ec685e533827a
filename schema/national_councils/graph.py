"""The public types of the national policy council: seats and sessions (E8)."""

from __future__ import annotations

import datetime

from schema.graph import Node, column, entity, few, many, one, permitted, text_column
from schema.national_councils import rows, rules
from schema.scopes import MINUTES, PUBLIC
from schema.vocabulary import SeatRole


@entity(rows.NationalCouncil, scope=PUBLIC, plural="nationalCouncils", order=("formed_on",))
class NationalCouncil(Node):
    """The national policy council of cluster development, above the committees of the provinces (E8)."""

    formed_on: datetime.date = column("When it was formed.")
    dissolved_on: datetime.date | None = column("When it was dissolved; empty while it is in office.")
    institution = one(
        "support.SupportInstitution", "The national institution that chairs it: ISIPO.", near="institution_id"
    )
    seats = many("national_councils.NationalCouncilSeat", "Its seats over time.", far="council_id")
    current_seats = few(
        "national_councils.NationalCouncilSeat",
        "The seats held now.",
        far="council_id",
        where="{t}.valid_to is null",
    )
    sessions = many("national_councils.NationalCouncilSession", "Its sessions.", far="council_id")
    permitted_actions = permitted(rows.COUNCIL, rules.permitted)


@entity(
    rows.NationalCouncilSeat,
    scope=PUBLIC,
    plural="nationalCouncilSeats",
    order=("council_id", "valid_from"),
)
class NationalCouncilSeat(Node):
    """A seat of the national council; a title, not a person's name."""

    role: SeatRole = column("Chair, secretary or member.", orderable=False)
    title_fa: str = column("The title shown, in Persian.", orderable=False)
    title_en: str = column("The title shown, in English.", orderable=False)
    valid_from: datetime.date = column("The first day.")
    valid_to: datetime.date | None = column("The last day; empty while it lasts.")
    council = one("national_councils.NationalCouncil", "The council.", near="council_id")
    institution = one(
        "support.SupportInstitution", "The institution it stands for.", near="institution_id", required=False
    )
    permitted_actions = permitted(rows.SEAT, rules.permitted_of_seat)


@entity(
    rows.NationalCouncilSession,
    scope=PUBLIC,
    plural="nationalCouncilSessions",
    order=("council_id", "held_on"),
)
class NationalCouncilSession(Node):
    """A session of the national council."""

    held_on: datetime.date = column("The day it was held.")
    agenda_fa: str | None = text_column("The agenda, in Persian.", "agenda_fa")
    agenda_en: str | None = text_column("The agenda, in English.", "agenda_en")
    minutes_fa: str | None = column("The minutes, in Persian.", restricted=MINUTES, orderable=False)
    minutes_en: str | None = column("The minutes, in English.", restricted=MINUTES, orderable=False)
    council = one("national_councils.NationalCouncil", "The council.", near="council_id")
