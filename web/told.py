"""What people are told of each type of event: the sentence with its blanks in words, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from schema.events import EventType
from schema.notifications.texts import TEXTS
from schema.wordings.blanks import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BLANK: Final = re.compile(r"\{(\w+)\}")
BLANKS: Final = {
    "cluster": ("نام خوشه", "name of the cluster"),
    "phase": ("نام فاز", "name of the phase"),
    "due": ("روز سررسید", "day it is due"),
    "days": ("شمار روزها", "number of days"),
}


def sentence(kind: str, language: str, worded: str = "") -> list[tuple[str, bool]]:
    """Return the parts of the sentence of a type, each with whether it is a blank; of an unknown type, none.

    `worded` is what the office has instead of the shipped sentence.
    """
    if kind not in {known.value for known in EventType}:
        return []
    place = int(language == "en")
    parts = _BLANK.split(worded or TEXTS[EventType(kind)][place])
    return [
        (BLANKS[part][place], True) if number % 2 else (part, False)
        for number, part in enumerate(parts)
        if part
    ]


def kinds() -> list[str]:
    """Return every type of event, in the order of the guide."""
    return [kind.value for kind in EventType]


def shipped_text(kind: str, language: str) -> str:
    """Return the sentence we ship, with its blanks as they are typed; of an unknown type, nothing."""
    return shipped(kind, language) or ""


def shipped_title(kind: str, language: str) -> str:
    """Return the title we ship: the name of the type; of an unknown type, nothing."""
    if kind not in {known.value for known in EventType}:
        return ""
    return EventType(kind).label_en if language == "EN" else EventType(kind).label_fa


def by_kind(wordings: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Return the wordings of the office by type of event and language (`fa`, `en`)."""
    return {(one["eventType"], one["language"].lower()): one for one in wordings}
