"""Seals secrets that have to be read again (webhook keys), so that the database alone opens none of them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from services.settings import SettingsInvalid

if TYPE_CHECKING:
    from services.settings import Settings

SHORTEST_KEY: Final = 32


class SealBroken(Exception):
    """What was sealed cannot be opened with the keys of this installation."""


class Sealer:
    """Seals with the newest key and opens with any, so that keys can be rotated."""

    def __init__(self, settings: Settings) -> None:
        given = settings.encryption_keys.get_secret_value() if settings.encryption_keys else ""
        keys = [key.strip() for key in given.split(",") if key.strip()]
        if any(len(key) < SHORTEST_KEY for key in keys):
            raise SettingsInvalid(f"ENCRYPTION_KEYS: every key needs at least {SHORTEST_KEY} characters.")
        self._fernet = MultiFernet([Fernet(_fernet_key(key)) for key in keys]) if keys else None
        self._newest = Fernet(_fernet_key(keys[0])) if keys else None
        # Keys of their own, so that a mark says nothing about what seals.
        self._marking = tuple(hashlib.sha256(f"mark {key}".encode()).digest() for key in keys)

    @property
    def ready(self) -> bool:
        """Whether there is a key at all."""
        return self._fernet is not None

    def seal(self, secret: str) -> str:
        """Seal a secret."""
        if self._fernet is None:
            raise SettingsInvalid("ENCRYPTION_KEYS is not set; give a random text of 32 characters or more.")
        return self._fernet.encrypt(secret.encode()).decode()

    def reseal(self, sealed: str) -> str | None:
        """Seal with the newest key what an older one sealed; None if the newest sealed it.

        Raises:
            SealBroken: no key of this installation opens it.
        """
        if self._newest is not None:
            try:
                self._newest.decrypt(sealed)
            except InvalidToken:
                return self.seal(self.open(sealed))
            return None
        raise SealBroken("ENCRYPTION_KEYS is not set.")

    def marks(self, text: bytes) -> tuple[bytes, ...]:
        """Return the marks (HMAC-SHA-256) by which a text is known as our own: the newest key's first."""
        return tuple(hmac.digest(key, text, "sha256") for key in self._marking)

    def open(self, sealed: str) -> str:
        """Open what was sealed.

        Raises:
            SealBroken: no key of this installation opens it.
        """
        if self._fernet is None:
            raise SealBroken("ENCRYPTION_KEYS is not set.")
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise SealBroken("None of the ENCRYPTION_KEYS opens this secret.") from None


def _fernet_key(text: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
