"""Passwords: hashed and checked with argon2id, few at a time and never on the event loop."""

from __future__ import annotations

import asyncio
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Each hash takes 64 MiB and a core for a moment; more at a time would only make all of them slower.
_AT_A_TIME: Final = 2
_HASHER: Final = PasswordHasher()


class Passwords:
    """Hashes and checks within a limit, so that a flood of sign-ins exhausts neither memory nor threads."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(_AT_A_TIME)

    async def hash(self, password: str) -> str:
        """Return the hash to keep."""
        async with self._turns:
            return await asyncio.to_thread(_HASHER.hash, _bytes(password))

    async def matches(self, kept: str | None, given: str) -> bool:
        """Tell whether a password is the right one; without a hash it takes as long and is wrong."""
        async with self._turns:
            return await asyncio.to_thread(_matches, kept, given)


def _matches(kept: str | None, given: str) -> bool:
    # Made at the first check of all, whoever it is for, so that its making tells nothing either.
    nobodys = _nobodys()
    try:
        _HASHER.verify(kept or nobodys, _bytes(given))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def _bytes(password: str) -> bytes:
    """Make two ways of typing the same letters one; half a character is bytes like any other."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


@cache
def _nobodys() -> str:
    """Make a hash that belongs to nobody, to be checked when there is no user."""
    return _HASHER.hash("nobody has this password")
