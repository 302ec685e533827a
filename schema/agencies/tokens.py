"""What may happen to a token or a session: issued, succeeded by another, revoked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from schema.agencies.checks import Checks
from schema.agencies.rules import AgencyFacts
from schema.calendar import tehran_date
from schema.decision import Accepted, Create, Decision, Refused, Update, refuse
from schema.problems import ProblemCode
from schema.problems.occasions import Occasion
from schema.vocabulary import TokenScope

LONGEST_OVERLAP: Final = 7 * 24


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What the rules need to know of a token."""

    id: UUID
    agency_id: UUID | None
    user_id: UUID | None
    name: str
    created_at: datetime
    scopes: tuple[TokenScope, ...] = ()
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What the rules need to know of a session."""

    id: UUID
    user_id: UUID
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """A token just made: what is kept of it."""

    prefix: str
    hash: str


def issue_token(
    agency: AgencyFacts, values: Mapping[str, object], issued: Issued, *, token_id: UUID, now: datetime
) -> Decision:
    """Issue a token to an agency that has access."""
    checks = Checks()
    expires = values.get("expires_at")
    checks.require(agency.disabled_at is None, ProblemCode.AGENCY_DISABLED, "partnerAgencyId")
    checks.require(bool(values.get("name")), ProblemCode.REQUIRED, "name")
    checks.require(bool(values.get("scopes")), ProblemCode.REQUIRED, "scopes")
    if isinstance(expires, datetime):
        days = {"start": tehran_date(now), "end": tehran_date(expires), "event": Occasion.TODAY}
        checks.require(expires > now, ProblemCode.DATES_OUT_OF_ORDER, "expiresAt", **days)
    if checks.problems:
        return Refused(tuple(checks.problems))
    kept = {"agency_id": agency.id, "prefix": issued.prefix, "hash": issued.hash}
    return Accepted(("ApiToken", token_id), (Create("ApiToken", token_id, {**values, **kept}),))


def rotate_token(
    token: TokenFacts, issued: Issued, *, token_id: UUID, now: datetime, overlap_hours: int
) -> Decision:
    """Issue the successor of a token; the old one works on for the overlap and not a moment longer."""
    checks = Checks()
    if (over := _over(token, now)) is not None:
        checks.refuse(ProblemCode.TOKEN_OVER, "id", on=tehran_date(over))
    checks.require(
        0 <= overlap_hours <= LONGEST_OVERLAP,
        ProblemCode.OUT_OF_RANGE,
        "overlapHours",
        least=0,
        most=LONGEST_OVERLAP,
    )
    if checks.problems:
        return Refused(tuple(checks.problems))
    ends = now + timedelta(hours=overlap_hours)
    if token.expires_at is not None:
        ends = min(ends, token.expires_at.astimezone(UTC))
    successor = Create(
        "ApiToken",
        token_id,
        {
            "agency_id": token.agency_id,
            "user_id": token.user_id,
            "name": token.name,
            "expires_at": token.expires_at and now + (token.expires_at - token.created_at),
            "scopes": [scope.value for scope in token.scopes],
            "prefix": issued.prefix,
            "hash": issued.hash,
        },
    )
    old = Update("ApiToken", token.id, {"expires_at": ends, "successor_id": token_id})
    return Accepted(("ApiToken", token_id), (successor, old))


def revoke_token(token: TokenFacts, *, now: datetime) -> Decision:
    """Revoke a token at once, unless it is revoked already."""
    if token.revoked_at is not None:
        return refuse(ProblemCode.ALREADY_DONE, "id", on=tehran_date(token.revoked_at))
    return Accepted(("ApiToken", token.id), (Update("ApiToken", token.id, {"revoked_at": now}),))


def revoke_session(session: SessionFacts, *, now: datetime) -> Decision:
    """End a session at once, unless it is over already."""
    if session.ended_at is not None:
        return refuse(ProblemCode.ALREADY_DONE, "id", on=tehran_date(session.ended_at))
    return Accepted(("UserSession", session.id), (Update("UserSession", session.id, {"ended_at": now}),))


def _over(token: TokenFacts, now: datetime) -> datetime | None:
    """Return since when a token does not work any more; nothing for one that does."""
    if token.revoked_at is not None:
        return token.revoked_at
    return token.expires_at if token.expires_at is not None and token.expires_at <= now else None
