"""The public types of provincial committees: seats and sessions (E7)."""

from __future__ import annotations

import datetime

from schema.committees import rows, rules
from schema.graph import Node, column, entity, few, many, one, permitted, text_column
from schema.scopes import MINUTES, within_province
from schema.vocabulary import SeatRole


@entity(
    rows.ProvincialCommittee,
    scope=within_province(),
    plural="provincialCommittees",
    order=("province_id", "formed_on"),
)
class ProvincialCommittee(Node):
    """The committee of a province above the councils of its clusters; it helps to fund their action plans (E7)."""

    formed_on: datetime.date = column("When it was formed.")
    dissolved_on: datetime.date | None = column("When it was dissolved; empty while it is in office.")
    province = one("provinces.Province", "The province.", near="province_id")
    seats = many("committees.CommitteeSeat", "Its seats over time.", far="committee_id")
    current_seats = few(
        "committees.CommitteeSeat", "The seats held now.", far="committee_id", where="{t}.valid_to is null"
    )
    sessions = many("committees.CommitteeSession", "Its sessions.", far="committee_id")
    permitted_actions = permitted(rows.COMMITTEE, rules.permitted)


@entity(
    rows.CommitteeSeat,
    scope=within_province(),
    plural="committeeSeats",
    order=("committee_id", "valid_from"),
)
class CommitteeSeat(Node):
    """A seat of the committee or of its expert sub-committee; a title, not a person's name."""

    role: SeatRole = column("Chair, secretary or member.", orderable=False)
    expert: bool = column("Whether it belongs to the expert sub-committee.", orderable=False)
    title_fa: str = column("The title shown, in Persian.", orderable=False)
    title_en: str = column("The title shown, in English.", orderable=False)
    valid_from: datetime.date = column("The first day.")
    valid_to: datetime.date | None = column("The last day; empty while it lasts.")
    committee = one("committees.ProvincialCommittee", "The committee.", near="committee_id")
    institution = one(
        "support.SupportInstitution", "The institution it stands for.", near="institution_id", required=False
    )
    permitted_actions = permitted(rows.SEAT, rules.permitted_of_seat)


@entity(
    rows.CommitteeSession,
    scope=within_province(),
    plural="committeeSessions",
    order=("committee_id", "held_on"),
)
class CommitteeSession(Node):
    """A session of the committee or of its expert sub-committee, with the plans it helped to fund."""

    expert: bool = column("Whether it was of the expert sub-committee.", orderable=False)
    held_on: datetime.date = column("The day it was held.")
    agenda_fa: str | None = text_column("The agenda, in Persian.", "agenda_fa")
    agenda_en: str | None = text_column("The agenda, in English.", "agenda_en")
    minutes_fa: str | None = column("The minutes, in Persian.", restricted=MINUTES, orderable=False)
    minutes_en: str | None = column("The minutes, in English.", restricted=MINUTES, orderable=False)
    committee = one("committees.ProvincialCommittee", "The committee.", near="committee_id")
    action_plans = many(
        "plans.ActionPlan",
        "The approved action plans it helped to fund.",
        through="committee_session_plan",
        through_near="session_id",
        through_far="plan_id",
    )
