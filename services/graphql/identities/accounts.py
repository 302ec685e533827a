"""Signing in and out, changing and resetting passwords: what pages ask of the access layer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

import structlog

from schema.identity import new_id
from services.graphql.identities.attempts import count_attempt, forget_attempts
from services.graphql.identities.credentials import LONGEST_SECRET, hash_of, new_secret
from services.graphql.identities.passwords import LONGEST, SHORTEST, Passwords
from services.graphql.identities.sessions import Session, end_session, open_session

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    import asyncpg

log = structlog.get_logger(__name__)

RESET_LASTS: Final = timedelta(hours=1)
_RESETS_AT_ONCE: Final = 3


@dataclass(frozen=True, slots=True)
class ResetLetter:
    """What a person who forgot the password is sent: the one-time secret, to be put into a link."""

    email: str
    language: str
    secret: str
    expires_at: datetime


class Courier(Protocol):
    """Brings a reset letter to its reader."""

    async def deliver(self, letter: ResetLetter) -> None:
        """Send the letter."""


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Why there is no session: wrong for either reason, or too often and then for how long."""

    retry_after: int = 0


class PasswordUnusable(Exception):
    """The new password cannot be used; `shortest` and `longest` say what would do."""

    shortest = SHORTEST
    longest = LONGEST


class Accounts:
    """The accounts of people; one per process."""

    def __init__(
        self,
        pool: asyncpg.Pool[asyncpg.Record],
        courier: Courier | None = None,
        *,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._pool = pool
        self._courier = courier
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

    async def sign_out(self, secret: str) -> None:
        """End the session at once."""
        await end_session(self._pool, secret, self._now())

    async def change_password(self, user_id: UUID, old: str, new: str, *, client: str = "") -> Session | None:
        """Set a new password; every session and token of the user ends and a new session begins.

        Raises:
            PasswordUnusable: the new one is too short or too long.
        """
        require_usable(new)
        kept = await self._pool.fetchval("select hash from user_password where user_id = $1", user_id)
        if not await self._passwords.matches(kept, old[: LONGEST + 1]):
            return None
        await self.set_password(user_id, new)
        return await open_session(self._pool, user_id, self._now(), client=client)

    async def set_password(self, user_id: UUID, new: str) -> None:
        """Keep a new password; PostgreSQL ends what the old one had opened.

        Raises:
            PasswordUnusable: it is too short or too long.
        """
        require_usable(new)
        await self._pool.execute(
            "insert into user_password (user_id, hash, changed_at) values ($1, $2, $3)"
            " on conflict (user_id) do update set hash = excluded.hash, changed_at = excluded.changed_at",
            user_id, await self._passwords.hash(new), self._now(),
        )  # fmt: skip

    async def request_reset(self, email: str) -> None:
        """Send a reset letter if there is such a user; nobody can tell from the answer or its time."""
        task = asyncio.create_task(self._send_letter(email.strip().lower()))
        self._letters.add(task)
        task.add_done_callback(self._letters.discard)

    async def reset_password(self, secret: str, new: str) -> bool:
        """Set a new password by a letter's secret, once.

        Raises:
            PasswordUnusable: the new one is too short or too long; the letter stays good.
        """
        require_usable(new)
        if not secret or len(secret) > LONGEST_SECRET:
            return False
        user_id = await self._pool.fetchval(
            "update password_reset r set used_at = $2 from app_user u where r.hash = $1 and r.used_at is null"
            " and r.expires_at > $2 and u.id = r.user_id and u.disabled_at is null returning r.user_id",
            hash_of(secret), self._now(),
        )  # fmt: skip
        if user_id is None:
            return False
        await self.set_password(user_id, new)
        return True

    async def close(self) -> None:
        """Let the letters on their way arrive."""
        if self._letters:
            await asyncio.wait(self._letters)

    async def _send_letter(self, address: str) -> None:
        row = await self._pool.fetchrow(
            "select id, email, language from app_user where email = $1 and disabled_at is null",
            _storable(address),
        )
        if row is None or self._courier is None:
            return
        now, secret = self._now(), new_secret()
        made = await self._pool.fetchval(
            "insert into password_reset (id, revision, created_at, user_id, hash, expires_at)"
            " select $1::uuid, 1, $2::timestamptz, $3::uuid, $4, $5::timestamptz"
            " where (select count(*) from password_reset where user_id = $3 and created_at > $6) < $7"
            " returning id",
            new_id(), now, row["id"], hash_of(secret), now + RESET_LASTS,
            now - RESET_LASTS, _RESETS_AT_ONCE,
        )  # fmt: skip
        if made is None:
            return
        try:
            await self._courier.deliver(ResetLetter(row["email"], row["language"], secret, now + RESET_LASTS))
        except Exception:
            log.exception("a reset letter could not be sent")


def require_usable(password: str) -> None:
    """Refuse what is too short to be safe or too long to be meant.

    Raises:
        PasswordUnusable: it is.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordUnusable


def _storable(address: str) -> str:
    """Return the address as PostgreSQL can compare it; nobody's address has a NUL or half a character."""
    return address.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
