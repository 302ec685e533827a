"""Ids of loaded rows: shaped like every id, but the same on every machine, so links to them stay valid."""

from __future__ import annotations

import hashlib
from typing import Final
from uuid import UUID

# 2026-09-23, the first day of autumn 1405: every loaded row says that it was made then.
MADE_AT_MILLISECONDS: Final = 1_790_121_600_000
_VERSION: Final = 0x7 << 76
_VARIANT: Final = 0b10 << 62
_HIGH: Final = (1 << 12) - 1
_LOW: Final = (1 << 62) - 1


def identity(*names: object) -> UUID:
    """Return the id of the row that these names identify, e.g. a cluster's slug and a word."""
    digest = hashlib.sha256("/".join(map(str, names)).encode()).digest()
    tail = int.from_bytes(digest[:10], "big")
    return _shaped(MADE_AT_MILLISECONDS, tail >> 62, tail)


def numbered(series: int, number: int) -> UUID:
    """Return the id of the row with this number in a series; later numbers are greater."""
    # Neighbours in time are neighbours in the index, as with rows that people enter one by one.
    mixed = (number * 0x9E3779B97F4A7C15 + series * 0xBF58476D1CE4E5B9) & ((1 << 64) - 1)
    return _shaped(MADE_AT_MILLISECONDS + number, series, mixed)


def _shaped(milliseconds: int, above: int, below: int) -> UUID:
    return UUID(int=milliseconds << 80 | _VERSION | (above & _HIGH) << 64 | _VARIANT | below & _LOW)
