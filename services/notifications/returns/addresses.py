"""The address a letter comes back to: it names the letter, and only we can make one."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self
from uuid import UUID

from services.settings import SettingsInvalid

if TYPE_CHECKING:
    from services.sealing import Sealer
    from services.settings import Settings

_BEGINS: Final = "bounce+"
_ID, _FINGERPRINT, _MARK = 16, 4, 10
LONGEST: Final = 64
"""No local part may be longer (RFC 5321, 4.5.3.1.1); ours has 56 characters, whose case does not matter."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What an address of ours says: the delivery (or the user) a letter was for, and where it went."""

    id: UUID
    fingerprint: bytes

    def went_to(self, address: str) -> bool:
        """Whether the letter went to this address, and not to a former one."""
        return hmac.compare_digest(self.fingerprint, _fingerprint(address))


@dataclass(frozen=True, slots=True)
class ReturnAddresses:
    """Makes and reads these addresses; without a domain of its own for them there are none."""

    domain: str | None
    sealer: Sealer

    @classmethod
    def of_installation(cls, settings: Settings, sealer: Sealer) -> Self:
        """Read the settings.

        Raises:
            SettingsInvalid: there is a domain and no key to mark addresses with.
        """
        domain = (settings.bounce_domain or "").strip().rstrip(".").lower() or None
        if domain and not sealer.ready:
            raise SettingsInvalid("BOUNCE_DOMAIN needs ENCRYPTION_KEYS, which mark its addresses as our own.")
        return cls(domain, sealer)

    def make(self, thing: UUID, address: str) -> str | None:
        """Return the address to which a letter about a thing, sent to an address, is to come back."""
        if self.domain is None:
            return None
        named = thing.bytes + _fingerprint(address)
        mark = self.sealer.marks(named)[0][:_MARK]
        return f"{_BEGINS}{_text(named)}.{_text(mark)}@{self.domain}"

    def read(self, address: str) -> Returned | None:
        """Return what an address says; None for any that this installation did not make."""
        local, _, domain = address.rpartition("@")
        if len(local) > LONGEST or not local.lower().startswith(_BEGINS) or domain.lower() != self.domain:
            return None
        named, _, mark = (_bytes(part) for part in local[len(_BEGINS) :].partition("."))
        if len(named) != _ID + _FINGERPRINT:
            return None
        ours = [hmac.compare_digest(mark, one[:_MARK]) for one in self.sealer.marks(named)]
        return Returned(UUID(bytes=named[:_ID]), named[_ID:]) if any(ours) else None


def _fingerprint(address: str) -> bytes:
    return hashlib.sha256(address.strip().lower().encode()).digest()[:_FINGERPRINT]


def _text(value: bytes) -> str:
    return base64.b32encode(value).decode().rstrip("=").lower()


def _bytes(text: str) -> bytes:
    try:
        return base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except ValueError:
        return b""
