"""What is open on users, agencies, tokens, sessions and documents, asked beforehand of the rules that will decide."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from schema.agencies.documents import Examined, Registrar, TrustedDocumentFacts, register
from schema.agencies.documents import remove as remove_document
from schema.agencies.passwords import Sealed, request_reset
from schema.agencies.rules import (
    AgencyFacts,
    Giver,
    UserFacts,
    Wanted,
    change_agency,
    change_user,
    disable_user,
)
from schema.agencies.tokens import (
    Issued,
    SessionFacts,
    TokenFacts,
    issue_token,
    revoke_session,
    revoke_token,
    rotate_token,
)
from schema.decision import Permission, permission
from schema.notifications.endpoints import AgencyFacts as EndpointsFacts
from schema.notifications.endpoints import create as create_endpoint
from schema.vocabulary import TokenScope

_SOME_ID: Final = UUID(int=0)
_SOME_TIME: Final = datetime.min.replace(tzinfo=UTC)
_ISSUED: Final = Issued("-", "-")
_LETTER: Final = Sealed(None, "-")


@dataclass(frozen=True, slots=True)
class UserOpening:
    """A user, who asks, and how many letters went out to the user of late."""

    user: UserFacts
    giver: Giver
    sent_lately: int


@dataclass(frozen=True, slots=True)
class AgencyOpening:
    """An agency as the rules of access, of endpoints and of documents see it."""

    agency: AgencyFacts
    endpoints: EndpointsFacts
    registrar: Registrar


@dataclass(frozen=True, slots=True)
class TokenOpening:
    """A token and the present moment, since tokens end by themselves."""

    token: TokenFacts
    now: datetime


def permitted_on_user(opening: UserOpening, *, today: date) -> tuple[Permission, ...]:
    """Say what whoever asks may do with a user."""
    del today
    user, giver = opening.user, opening.giver
    reset = request_reset(
        giver, user, _LETTER, sent_lately=opening.sent_lately, now=_SOME_TIME, new_id=_some_id
    )
    return (
        permission("editUser", change_user(giver, user, {}, Wanted(), new_id=_some_id)),
        permission("disableUser", disable_user(giver, user, now=_SOME_TIME, disabled=True)),
        permission("enableUser", disable_user(giver, user, now=_SOME_TIME, disabled=False)),
        permission("requestPasswordReset", reset),
    )


def permitted_on_agency(opening: AgencyOpening, *, today: date) -> tuple[Permission, ...]:
    """Say what may be done with an agency and given to it."""
    del today
    token = {"name": "-", "scopes": [TokenScope.READ.value]}
    issued = issue_token(opening.agency, token, _ISSUED, token_id=_SOME_ID, now=_SOME_TIME)
    endpoint = create_endpoint(opening.endpoints, {}, endpoint_id=_SOME_ID, inside_allowed=True)
    document = register(
        opening.registrar, Examined("-", "-"), registered=None, document_id=_SOME_ID, name=None
    )
    return (
        permission("editAgency", change_agency(opening.agency, {}, Wanted(), new_id=_some_id)),
        permission("issueToken", issued),
        permission("createWebhookEndpoint", endpoint),
        permission("registerTrustedDocument", document),
    )


def permitted_on_token(opening: TokenOpening, *, today: date) -> tuple[Permission, ...]:
    """Say what may be done with a token now."""
    del today
    token, now = opening.token, opening.now
    rotated = rotate_token(token, _ISSUED, token_id=_SOME_ID, now=now, overlap_hours=0)
    return (permission("rotateToken", rotated), permission("revokeToken", revoke_token(token, now=now)))


def permitted_on_session(session: SessionFacts, *, today: date) -> tuple[Permission, ...]:
    """Say whether a session can be ended."""
    del today
    return (permission("revokeSession", revoke_session(session, now=_SOME_TIME)),)


def permitted_on_document(document: TrustedDocumentFacts, *, today: date) -> tuple[Permission, ...]:
    """Say whether a registered document can be taken away."""
    del today
    return (permission("removeTrustedDocument", remove_document(document)),)


def _some_id() -> UUID:
    return _SOME_ID
