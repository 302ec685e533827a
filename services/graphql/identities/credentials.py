"""Secrets given to people and programs: random, shown once, kept as SHA-256 only."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

TOKEN_MARK: Final = "khoosheh"  # noqa: S105 - no secret, the visible beginning of tokens
_SECRET_BYTES: Final = 32
_PREFIX_BYTES: Final = 5
# A longer text is none of ours, and hashing it would only cost time.
LONGEST_SECRET: Final = 200


@dataclass(frozen=True, slots=True)
class TokenMade:
    """A new token: the whole to show once, the visible prefix and the hash to keep."""

    token: str
    prefix: str
    hash: str


def new_secret() -> str:
    """Make 256 random bits as text, for cookies and reset links."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def new_token() -> TokenMade:
    """Make an API token; its mark lets scanners of public code recognise it."""
    prefix = f"{TOKEN_MARK}_{secrets.token_hex(_PREFIX_BYTES)}"
    token = f"{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    return TokenMade(token, prefix, hash_of(token))


def hash_of(secret: str) -> str:
    """Return what is kept of a secret; plain SHA-256 is enough for 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
