"""What may be done with users, agencies, tokens and sessions is told beforehand, with the reason why not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.agencies import openings
from schema.agencies.documents import MOST_DOCUMENTS, Registrar, TrustedDocumentFacts
from schema.agencies.openings import AgencyOpening, TokenOpening, UserOpening
from schema.agencies.passwords import LETTERS_AT_ONCE
from schema.agencies.rules import AgencyFacts, Giver, Reaching, UserFacts
from schema.agencies.tokens import SessionFacts, TokenFacts
from schema.notifications.endpoints import MOST_ENDPOINTS
from schema.notifications.endpoints import AgencyFacts as EndpointsFacts
from schema.problems import ProblemCode
from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from schema.decision import Permission

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HERE, THERE, SOMEBODY, OTHER = (UUID(int=number) for number in range(1, 5))
OFFICE = Giver(OTHER, UserRole.NATIONAL_ADMINISTRATOR, frozenset())
PROVINCE = Giver(OTHER, UserRole.PROVINCE_ADMINISTRATOR, frozenset({HERE}))


def told(permissions: tuple[Permission, ...]) -> dict[str, ProblemCode | None]:
    """Return what is open as nothing, and what is not as its first reason."""
    return {
        permission.action: None if permission.allowed else permission.reasons[0].code
        for permission in permissions
    }


def on_user(user: UserFacts, giver: Giver, *, sent_lately: int = 0) -> dict[str, ProblemCode | None]:
    """Ask what may be done with a user."""
    return told(openings.permitted_on_user(UserOpening(user, giver, sent_lately), today=TODAY))


AGENT = UserFacts(SOMEBODY, UserRole.DEVELOPMENT_AGENT, provinces=(Reaching(SOMEBODY, HERE),))


def test_whoever_stands_above_a_user_may_keep_the_user_out() -> None:
    open_ = {
        "editUser": None,
        "disableUser": None,
        "enableUser": ProblemCode.HAS_ACCESS,
        "requestPasswordReset": None,
    }
    assert on_user(AGENT, OFFICE) == open_
    assert on_user(AGENT, PROVINCE) == open_


def test_somebody_kept_out_is_let_in_and_gets_no_letter() -> None:
    out = UserFacts(SOMEBODY, UserRole.DEVELOPMENT_AGENT, disabled_at=NOW)
    assert on_user(out, OFFICE) == {
        "editUser": None,
        "disableUser": ProblemCode.ALREADY_DONE,
        "enableUser": None,
        "requestPasswordReset": ProblemCode.USER_DISABLED,
    }


def test_nobody_keeps_oneself_out_and_everybody_says_how_one_reads() -> None:
    own = UserFacts(OTHER, UserRole.NATIONAL_ADMINISTRATOR)
    assert on_user(own, OFFICE) == {
        "editUser": None,
        "disableUser": ProblemCode.NOT_ONESELF,
        "enableUser": ProblemCode.NOT_ONESELF,
        "requestPasswordReset": None,
    }
    assert on_user(own, OFFICE, sent_lately=LETTERS_AT_ONCE)["requestPasswordReset"] is ProblemCode.TOO_OFTEN


@pytest.mark.parametrize(
    "user",
    [
        UserFacts(SOMEBODY, UserRole.NATIONAL_VIEWER),
        UserFacts(SOMEBODY, UserRole.PROVINCE_ADMINISTRATOR, provinces=(Reaching(SOMEBODY, HERE),)),
        UserFacts(SOMEBODY, UserRole.DEVELOPMENT_AGENT, provinces=(Reaching(SOMEBODY, THERE),)),
    ],
)
def test_a_province_does_nothing_with_those_it_does_not_stand_above(user: UserFacts) -> None:
    assert set(on_user(user, PROVINCE).values()) == {ProblemCode.NOT_ALLOWED}
    asked = openings.permitted_on_user(UserOpening(user, PROVINCE, 0), today=TODAY)
    assert asked[0].reasons[0].values["role"] is PROVINCE.role, (
        "so that the reason sends to the national office"
    )


def on_agency(
    disabled_at: datetime | None = None, endpoints: int = 0, documents: int = 0
) -> dict[str, ProblemCode | None]:
    """Ask what may be done with an agency."""
    opening = AgencyOpening(
        AgencyFacts(HERE, disabled_at),
        EndpointsFacts(HERE, disabled_at, endpoints),
        Registrar(HERE, documents),
    )
    return told(openings.permitted_on_agency(opening, today=TODAY))


def test_an_agency_is_given_tokens_and_endpoints_while_it_has_access_and_room() -> None:
    everything = dict.fromkeys(
        ("editAgency", "issueToken", "createWebhookEndpoint", "registerTrustedDocument")
    )
    assert on_agency() == everything
    assert on_agency(disabled_at=NOW) == everything | {
        "issueToken": ProblemCode.AGENCY_DISABLED,
        "createWebhookEndpoint": ProblemCode.AGENCY_DISABLED,
    }
    assert on_agency(endpoints=MOST_ENDPOINTS)["createWebhookEndpoint"] is ProblemCode.TOO_MANY
    assert on_agency(documents=MOST_DOCUMENTS)["registerTrustedDocument"] is ProblemCode.DOCUMENTS_FULL


@pytest.mark.parametrize(
    ("expires_at", "revoked_at", "rotate", "revoke"),
    [
        (None, None, None, None),
        (NOW + timedelta(days=1), None, None, None),
        (NOW, None, ProblemCode.TOKEN_OVER, None),
        (None, NOW, ProblemCode.TOKEN_OVER, ProblemCode.ALREADY_DONE),
    ],
)
def test_a_token_that_does_not_work_gets_no_successor(
    expires_at: datetime | None,
    revoked_at: datetime | None,
    rotate: ProblemCode | None,
    revoke: ProblemCode | None,
) -> None:
    token = TokenFacts(SOMEBODY, HERE, None, "sync", NOW, expires_at=expires_at, revoked_at=revoked_at)
    asked = openings.permitted_on_token(TokenOpening(token, NOW), today=TODAY)
    assert told(asked) == {"rotateToken": rotate, "revokeToken": revoke}


def test_a_session_ends_once_and_a_document_is_taken_away() -> None:
    lasting, over = SessionFacts(HERE, SOMEBODY), SessionFacts(HERE, SOMEBODY, ended_at=NOW)
    assert told(openings.permitted_on_session(lasting, today=TODAY)) == {"revokeSession": None}
    assert told(openings.permitted_on_session(over, today=TODAY)) == {
        "revokeSession": ProblemCode.ALREADY_DONE
    }
    document = TrustedDocumentFacts(HERE)
    assert told(openings.permitted_on_document(document, today=TODAY)) == {"removeTrustedDocument": None}
