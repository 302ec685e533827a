"""Signing in at an OpenID provider: visits that can be finished once, and the users its people are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import orjson
import structlog

from schema.identity import global_id, new_id
from schema.rows import NAME_LENGTH
from schema.text import clean
from schema.unusable import Unusable
from schema.vocabulary import UserRole
from services.graphql.exchange import request_id
from services.graphql.identities.credentials import LONGEST_SECRET, hash_of, new_secret
from services.graphql.identities.provider import ProviderRefused
from services.graphql.identities.provider_metadata import ProviderAway
from services.graphql.identities.sessions import Session, open_session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    import asyncpg

    from services.graphql.identities.provider import Claims, OpenIdProvider

log = structlog.get_logger(__name__)

VISIT_LASTS: Final = timedelta(minutes=10)
_LONGEST_TARGET: Final = 2000


@dataclass(frozen=True, slots=True)
class Visit:
    """The way to the provider: its address, and the secret that binds the visit to this browser."""

    address: str
    secret: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody came back and is known here: the session, and where they wanted to go."""

    session: Session
    target: str


@dataclass(frozen=True, slots=True)
class NotArrived:
    """Why nobody is signed in: `cancelled` there, `unknown` here, `failed`, or the provider is `away`."""

    reason: str


class ProviderSignIn:
    """Sends people to the provider and knows them when they come back."""

    def __init__(
        self,
        pool: asyncpg.Pool[asyncpg.Record],
        provider: OpenIdProvider,
        *,
        domains: frozenset[str] = frozenset(),
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._pool = pool
        self._provider = provider
        self._domains = domains
        self._now = now or (lambda: datetime.now(UTC))

    @property
    def name(self) -> str:
        """What people call the provider."""
        return self._provider.name

    async def begin(self, target: str) -> Visit | NotArrived:
        """Write down a visit and return the way to the provider."""
        state, browser, nonce, verifier = (new_secret() for _ in range(4))
        try:
            address = await self._provider.address(state=state, nonce=nonce, verifier=verifier)
        except ProviderAway as away:
            log.warning("the OpenID provider does not answer", reason=str(away))
            return NotArrived("away")
        now = self._now()
        await self._pool.execute("delete from provider_visit where expires_at < $1", now)
        await self._pool.execute(
            "insert into provider_visit (id, state_hash, browser_hash, nonce, verifier, target, expires_at)"
            " values ($1, $2, $3, $4, $5, $6, $7)",
            new_id(), hash_of(state), hash_of(browser), nonce, verifier, target[:_LONGEST_TARGET], now + VISIT_LASTS,
        )  # fmt: skip
        return Visit(address, browser)

    async def finish(
        self, answer: Mapping[str, str], browser: str, *, client: str = "", previous: str = ""
    ) -> Arrived | NotArrived:
        """Take up what the provider sent the browser back with; a visit is finished once, whatever comes of it."""
        state = answer.get("state", "")
        if not state or not browser or max(len(state), len(browser)) > LONGEST_SECRET:
            return NotArrived("failed")
        visit = await self._pool.fetchrow(
            "delete from provider_visit where state_hash = $1 and browser_hash = $2 and expires_at > $3"
            " returning nonce, verifier, target",
            hash_of(state), hash_of(browser), self._now(),
        )  # fmt: skip
        if visit is None:
            return NotArrived("failed")
        if answer.get("error") or not answer.get("code"):
            return NotArrived("cancelled" if answer.get("error") == "access_denied" else "failed")
        claims = await self._vouched(answer, visit["nonce"], visit["verifier"])
        if isinstance(claims, NotArrived):
            return claims
        identity = await self._known(claims)
        if identity is None:
            return NotArrived("unknown")
        identity_id, user_id = identity
        session = await open_session(
            self._pool, user_id, self._now(), client=client, previous=previous, identity_id=identity_id
        )
        return Arrived(session, visit["target"])

    async def _vouched(self, answer: Mapping[str, str], nonce: str, verifier: str) -> Claims | NotArrived:
        try:
            return await self._provider.redeem(
                answer["code"], answer.get("iss"), nonce=nonce, verifier=verifier
            )
        except ProviderAway as away:
            log.warning("the OpenID provider does not answer", reason=str(away))
            return NotArrived("away")
        except ProviderRefused as refused:
            log.warning("a sign-in by the OpenID provider is refused", reason=str(refused))
            return NotArrived("failed")

    async def farewell(self) -> str | None:
        """Return where to sign out at the provider too; nothing when it offers no such place or is away."""
        try:
            return await self._provider.farewell()
        except ProviderAway:
            return None

    async def close(self) -> None:
        """Close the connections to the provider."""
        await self._provider.close()

    async def _known(self, claims: Claims) -> tuple[UUID, UUID] | None:
        """Return identity and user: by subject, else by a proved address nobody else of the provider has."""
        async with self._pool.acquire() as connection, connection.transaction():
            found = await connection.fetchrow(
                "select i.id, i.user_id, u.disabled_at from user_identity i join app_user u on u.id = i.user_id"
                " where i.issuer = $1 and i.subject = $2",
                claims.issuer, claims.subject,
            )  # fmt: skip
            if found is not None:
                return None if found["disabled_at"] is not None else (found["id"], found["user_id"])
            if claims.email is None or "\x00" in claims.email + claims.subject:
                return None
            user = await connection.fetchrow(
                "select u.id, u.disabled_at, exists (select 1 from user_identity i where i.user_id = u.id"
                " and i.issuer = $2) as taken from app_user u where u.email = $1 for no key update",
                claims.email, claims.issuer,
            )  # fmt: skip
            if user is None:
                made = await self._let_in(connection, claims)
                return None if made is None else (await self._link(connection, made, claims), made)
            # Another subject with the address of a linked user may be somebody who inherited the address.
            if user["disabled_at"] is not None or user["taken"]:
                return None
            return await self._link(connection, user["id"], claims), user["id"]

    async def _let_in(self, connection: asyncpg.Connection[asyncpg.Record], claims: Claims) -> UUID | None:
        """Make a user of a trusted domain who reaches nothing yet; an administrator gives the rest."""
        email = claims.email or ""
        if email.count("@") != 1 or email.rpartition("@")[2] not in self._domains:
            return None
        made: UUID | None = await connection.fetchval(
            "insert into app_user (id, revision, created_at, email, name, role, language, calendar, digits,"
            " is_sample) values ($1, 1, $2, $3, $4, $5, 'FA', 'JALALI', 'PERSIAN', false)"
            " on conflict (email) do nothing returning id",
            new_id(), self._now(), email, _name(claims), UserRole.PROVINCE_VIEWER.value,
        )  # fmt: skip
        if made is not None:
            await self._record(connection, made, "letInByProvider", {"email": email, "issuer": claims.issuer})
        return made

    async def _link(
        self, connection: asyncpg.Connection[asyncpg.Record], user_id: UUID, claims: Claims
    ) -> UUID:
        identity = new_id()
        await connection.execute(
            "insert into user_identity (id, revision, created_at, user_id, issuer, subject)"
            " values ($1, 1, $2, $3, $4, $5)",
            identity, self._now(), user_id, claims.issuer, claims.subject,
        )  # fmt: skip
        await self._record(connection, user_id, "linkIdentity", {"issuer": claims.issuer})
        return identity

    async def _record(
        self,
        connection: asyncpg.Connection[asyncpg.Record],
        user_id: UUID,
        action: str,
        after: Mapping[str, str],
    ) -> None:
        await connection.execute(
            "insert into audit_entry (id, at, actor, user_id, action, entity, entity_id, request_id, after)"
            " values ($1, $2, $3, $4, $5, 'User', $4, $6, $7::jsonb)",
            new_id(), self._now(), global_id("User", user_id), user_id, action, request_id.get(),
            orjson.dumps(after).decode(),
        )  # fmt: skip


def _name(claims: Claims) -> str:
    """Return the name the provider gives, as it can be kept, or else the address."""
    try:
        return clean(claims.name)[:NAME_LENGTH] or claims.email or claims.subject
    except Unusable:
        return claims.email or claims.subject
