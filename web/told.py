"""What people are told of each type of event: the sentence with its blanks in words, in both languages."""

from __future__ import annotations

import re
from typing import Final

from schema.events import EventType
from schema.notifications.texts import TEXTS

_BLANK: Final = re.compile(r"\{(\w+)\}")
BLANKS: Final = {
    "cluster": ("نام خوشه", "name of the cluster"),
    "phase": ("نام فاز", "name of the phase"),
    "due": ("روز سررسید", "day it is due"),
    "days": ("شمار روزها", "number of days"),
}


def sentence(kind: str, language: str) -> list[tuple[str, bool]]:
    """Return the parts of the sentence of a type, each with whether it is a blank; of an unknown type, none."""
    if kind not in {known.value for known in EventType}:
        return []
    place = int(language == "en")
    parts = _BLANK.split(TEXTS[EventType(kind)][place])
    return [
        (BLANKS[part][place], True) if number % 2 else (part, False)
        for number, part in enumerate(parts)
        if part
    ]


def kinds() -> list[str]:
    """Return every type of event, in the order of the guide."""
    return [kind.value for kind in EventType]
