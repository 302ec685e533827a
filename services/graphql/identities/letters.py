"""Letters about accounts: a secret for the link, everything else sealed until the notification service sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import orjson

from schema.agencies.passwords import Sealed
from schema.identity import new_id
from services.graphql.identities.credentials import hash_of, new_secret
from services.sealing import Sealer
from services.settings import read_settings

if TYPE_CHECKING:
    from datetime import datetime

    import asyncpg

    from schema.vocabulary import LetterKind


class Courier(Protocol):
    """Takes a letter that was made ready."""

    async def take(
        self,
        connection: asyncpg.Connection[asyncpg.Record],
        kind: LetterKind,
        sealed: str,
        now: datetime,
        ends: datetime,
    ) -> None:
        """Take the letter within the transaction that writes its permission."""


class OutgoingLetters:
    """Puts letters where the notification service finds them."""

    async def take(
        self,
        connection: asyncpg.Connection[asyncpg.Record],
        kind: LetterKind,
        sealed: str,
        now: datetime,
        ends: datetime,
    ) -> None:
        """Write the row."""
        await connection.execute(
            "insert into letter (id, revision, created_at, kind, sealed, due_at, expires_at, attempts)"
            " values ($1, 1, $2, $3, $4, $2, $5, 0)",
            new_id(), now, kind.value, sealed, ends,
        )  # fmt: skip


def make_ready(sealer: Sealer, address: str, name: str, language: str, provider: str = "") -> Sealed | None:
    """Make a secret and seal it with whom it is for; nothing without keys, as nobody could send it.

    With the name of an OpenID provider no secret is made: what proves who somebody is, is the address there.
    """
    if not sealer.ready:
        return None
    whom = {"address": address, "name": name, "language": language}
    if provider:
        return Sealed(None, sealer.seal(orjson.dumps({**whom, "provider": provider}).decode()))
    secret = new_secret()
    return Sealed(hash_of(secret), sealer.seal(orjson.dumps({**whom, "secret": secret}).decode()))


def invitation(address: str, name: str, language: str) -> Sealed | None:
    """Make a letter ready that opens an account in the way people sign in to this installation."""
    settings = read_settings()
    provider = "" if settings.password_sign_in else settings.oidc_name
    return make_ready(Sealer(settings), address, name, language, provider)
