"""The facts that `permittedActions` of users, agencies and tokens need beside those of their mutations."""

from __future__ import annotations

from schema.agencies import openings
from schema.agencies.passwords import RESET_LASTS
from schema.agencies.rows import AGENCY, REGISTRAR, TOKEN, USER
from schema.facts import Facts
from schema.notifications.rows import AGENCY as ENDPOINTS_OF_AGENCY

_LATELY = f"> now() - interval '{int(RESET_LASTS.total_seconds())} seconds'"
USER_OPENING = Facts(
    openings.UserOpening,
    "User",
    {
        "user": USER.nested("{t}"),
        "giver": "json_build_object('user_id', {user}, 'role', {role}, 'provinces', to_json({provinces}))",
        "sent_lately": (
            f"((select count(*) from password_reset p where p.user_id = {{t}}.id and p.created_at {_LATELY})"  # noqa: S608
            f" + (select count(*) from letter l where l.user_id = {{t}}.id and l.created_at {_LATELY}))::int"
        ),
    },
)
AGENCY_OPENING = Facts(
    openings.AgencyOpening,
    "PartnerAgency",
    {
        "agency": AGENCY.nested("{t}"),
        "endpoints": ENDPOINTS_OF_AGENCY.nested("{t}"),
        "registrar": REGISTRAR.nested("{t}"),
    },
)
TOKEN_OPENING = Facts(openings.TokenOpening, "ApiToken", {"token": TOKEN.nested("{t}"), "now": "now()"})
