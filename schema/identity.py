"""Identities: new ones that sort by time, and the opaque form in which the API gives them out."""

import re
import secrets
import time
from threading import Lock
from typing import Final
from uuid import UUID

from schema.unusable import Unusable

_GLOBAL_ID: Final = re.compile(r"([A-Z][A-Za-z0-9]{0,62})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_TAIL_BITS: Final = 74
_RANDOM_TAIL_BITS: Final = 62
_LEAP_BITS: Final = 32


class UnusableId(Unusable):
    """A text that is not a global id; the message says what one looks like."""


class _Sequence:
    """The time and tail of the latest id of this process, so that the next one is greater."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._milliseconds = 0
        self._tail = 0

    def following(self) -> tuple[int, int]:
        """Take the clock and a random tail, or step past the latest id when the clock has not moved on."""
        with self._lock:
            now = time.time_ns() // 1_000_000
            if now > self._milliseconds:
                # The first bit of the tail stays free, so that many steps fit within one millisecond.
                self._milliseconds, self._tail = now, secrets.randbits(_TAIL_BITS - 1)
            else:
                self._tail += 1 + secrets.randbits(_LEAP_BITS)
                if self._tail >> _TAIL_BITS:
                    self._milliseconds += 1
                    self._tail = secrets.randbits(_TAIL_BITS - 1)
            return self._milliseconds, self._tail


_SEQUENCE: Final = _Sequence()


def new_id() -> UUID:
    """Make an identity of version 7: later ones are greater, also within a millisecond of this process."""
    milliseconds, tail = _SEQUENCE.following()
    above, below = divmod(tail, 1 << _RANDOM_TAIL_BITS)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | above << 64 | 0b10 << 62 | below)


def global_id(type_name: str, identity: UUID) -> str:
    """Write the identity of a thing as the API gives it out, as in `Cluster_0199…`."""
    return f"{type_name}_{identity}"


def read_global_id(text: str) -> tuple[str, UUID]:
    """Take a global id apart into the name of the type and the identity."""
    parts = _GLOBAL_ID.fullmatch(text)
    if parts is None:
        shown = f"{text[:40]}…" if len(text) > 40 else text  # noqa: PLR2004 — enough to recognise it
        raise UnusableId(
            f"{shown!a} شناسهٔ این سامانه نیست؛ شناسه را همان‌گونه که در پاسخ آمده است به کار ببرید.",
            f"{shown!a} is not an id of this API: use the `id` of an earlier answer as it is.",
        )
    return parts[1], UUID(parts[2])
