"""Signing in and out, changing and resetting passwords: what pages ask of the access layer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from schema.agencies.passwords import (
    LETTERS_AT_ONCE,
    LONGEST,
    RESET_LASTS,
    SHORTEST,
    Attempt,
    is_usable,
    lasts,
)
from schema.identity import new_id
from schema.vocabulary import LetterKind
from services.graphql.identities.attempts import count_attempt, forget_attempts
from services.graphql.identities.credentials import LONGEST_SECRET, hash_of
from services.graphql.identities.keeping import keep_password
from services.graphql.identities.letters import OutgoingLetters, make_ready
from services.graphql.identities.passwords import Passwords
from services.graphql.identities.sessions import Session, end_session, open_session

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    import asyncpg

    from services.graphql.identities.letters import Courier
    from services.sealing import Sealer

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Why there is no session: wrong for either reason, or too often and then for how long."""

    retry_after: int = 0


class PasswordUnusable(Exception):
    """The new password cannot be used; `shortest` and `longest` say what would do."""

    shortest = SHORTEST
    longest = LONGEST


class Accounts:
    """The accounts of people; one per process. Without a sealer with keys no letters are written."""

    def __init__(
        self,
        pool: asyncpg.Pool[asyncpg.Record],
        sealer: Sealer | None = None,
        *,
        courier: Courier | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._pool = pool
        self._sealer = sealer
        self._courier = courier or OutgoingLetters()
        self._now = now or (lambda: datetime.now(UTC))
        self._passwords = Passwords()
        self._letters: set[asyncio.Task[None]] = set()

    async def sign_in(
        self, email: str, password: str, *, client: str = "", previous: str = ""
    ) -> Session | NotSignedIn:
        """Open a session for the right password; every other case is answered alike and takes as long."""
        address, now = email.strip().lower(), self._now()
        wait = await count_attempt(self._pool, address, now)
        if wait is not None:
            return NotSignedIn(retry_after=max(1, round(wait.total_seconds())))
        row = await self._pool.fetchrow(
            "select u.id, p.hash, u.disabled_at from app_user u left join user_password p on p.user_id = u.id"
            " where u.email = $1",
            _storable(address),
        )
        right = await self._passwords.matches(row and row["hash"], password[: LONGEST + 1])
        if row is None or not right or row["disabled_at"] is not None:
            return NotSignedIn()
        await forget_attempts(self._pool, address)
        return await open_session(self._pool, row["id"], now, client=client, previous=previous)

    async def sign_out(self, secret: str) -> bool:
        """End the session at once; tell whether an OpenID provider had opened it and may still know the person."""
        return await end_session(self._pool, secret, self._now())

    async def change_password(
        self, user_id: UUID, old: str, new: str, *, client: str = ""
    ) -> Session | NotSignedIn:
        """Set a new password; every session and token of the user ends and a new session begins.

        Raises:
            PasswordUnusable: the new one is too short or too long.
        """
        require_usable(new)
        attempt = await attempt_change(self._pool, self._passwords, user_id, old, new, now=self._now())
        if not attempt.right:
            return NotSignedIn(retry_after=attempt.wait_seconds)
        async with self._pool.acquire() as connection, connection.transaction():
            await keep_password(connection, user_id, attempt.hash, self._now(), "changePassword")
        return await open_session(self._pool, user_id, self._now(), client=client)

    async def set_password(self, user_id: UUID, new: str, action: str = "setPassword") -> None:
        """Keep a new password; PostgreSQL ends what the old one had opened.

        Raises:
            PasswordUnusable: it is too short or too long.
        """
        require_usable(new)
        hashed = await self._passwords.hash(new)
        async with self._pool.acquire() as connection, connection.transaction():
            await keep_password(connection, user_id, hashed, self._now(), action)

    async def request_reset(self, email: str) -> None:
        """Send a reset letter if there is such a user; nobody can tell from the answer or its time."""
        task = asyncio.create_task(self._send_letter(email.strip().lower()))
        self._letters.add(task)
        task.add_done_callback(self._letters.discard)

    async def letter_is_good(self, secret: str) -> bool:
        """Whether a letter's link still opens; looking at it uses nothing up."""
        return await self._owner(secret) is not None

    async def reset_password(self, secret: str, new: str) -> bool:
        """Set a new password by a letter's secret, once; all other letters of the person are void then.

        Raises:
            PasswordUnusable: the new one is too short or too long; the letter stays good.
        """
        require_usable(new)
        if await self._owner(secret) is None:
            return False
        hashed, now = await self._passwords.hash(new), self._now()
        async with self._pool.acquire() as connection, connection.transaction():
            user_id = await connection.fetchval(
                "update password_reset r set used_at = $2, revision = r.revision + 1 from app_user u"
                " where r.hash = $1 and r.used_at is null and r.expires_at > $2 and u.id = r.user_id"
                " and u.disabled_at is null returning r.user_id",
                hash_of(secret), now,
            )  # fmt: skip
            if user_id is None:
                return False
            await connection.execute(
                "update password_reset set used_at = $2, revision = revision + 1"
                " where user_id = $1 and used_at is null",
                user_id, now,
            )  # fmt: skip
            await keep_password(connection, user_id, hashed, now, "resetPassword")
        return True

    async def close(self) -> None:
        """Let the letters on their way arrive."""
        if self._letters:
            await asyncio.wait(self._letters)

    async def _owner(self, secret: str) -> UUID | None:
        if not secret or len(secret) > LONGEST_SECRET:
            return None
        found: UUID | None = await self._pool.fetchval(
            "select r.user_id from password_reset r join app_user u on u.id = r.user_id"
            " where r.hash = $1 and r.used_at is null and r.expires_at > $2 and u.disabled_at is null",
            hash_of(secret), self._now(),
        )  # fmt: skip
        return found

    async def _send_letter(self, address: str) -> None:
        """Write the letter and its permission together; whatever fails, whoever asked learns nothing."""
        try:
            async with self._pool.acquire() as connection, connection.transaction():
                row = await connection.fetchrow(
                    "select id, email, name, language from app_user where email = $1 and disabled_at is null"
                    " for no key update",
                    _storable(address),
                )
                if row is None:
                    return
                now, kind = self._now(), LetterKind.PASSWORD_RESET
                sealer = self._sealer
                letter = make_ready(sealer, row["email"], row["name"], row["language"]) if sealer else None
                if letter is None:
                    log.warning("no letter can be written: this installation has no ENCRYPTION_KEYS")
                    return
                made = await connection.fetchval(
                    "insert into password_reset (id, revision, created_at, user_id, hash, expires_at)"
                    " select $1::uuid, 1, $2::timestamptz, $3::uuid, $4, $5::timestamptz"
                    " where (select count(*) from password_reset where user_id = $3 and created_at > $6) < $7"
                    " returning id",
                    new_id(), now, row["id"], letter.hash, now + lasts(kind), now - RESET_LASTS,
                    LETTERS_AT_ONCE,
                )  # fmt: skip
                if made is not None:
                    await self._courier.take(connection, kind, letter.sealed, now, now + lasts(kind))
        except Exception:
            log.exception("a reset letter could not be written")


async def attempt_change(
    pool: asyncpg.Pool[asyncpg.Record],
    passwords: Passwords,
    user_id: UUID,
    old: str,
    new: str,
    *,
    now: datetime,
) -> Attempt:
    """Check the present password, slowly and counted like signing in, and hash the new one if it is right."""
    row = await pool.fetchrow(
        "select u.email, p.hash from app_user u left join user_password p on p.user_id = u.id where u.id = $1",
        user_id,
    )
    if row is None:
        return Attempt(right=False)
    wait = await count_attempt(pool, row["email"], now)
    if wait is not None:
        return Attempt(right=False, wait_seconds=max(1, round(wait.total_seconds())))
    if not await passwords.matches(row["hash"], old[: LONGEST + 1]):
        return Attempt(right=False)
    await forget_attempts(pool, row["email"])
    return Attempt(right=True, hash=await passwords.hash(new) if is_usable(new) else "")


def require_usable(password: str) -> None:
    """Refuse what is too short to be safe or too long to be meant.

    Raises:
        PasswordUnusable: it is.
    """
    if not is_usable(password):
        raise PasswordUnusable


def _storable(address: str) -> str:
    """Return the address as PostgreSQL can compare it; nobody's address has a NUL or half a character."""
    return address.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
