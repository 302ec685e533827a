"""The blanks of the sentences people are told: found, compared with the shipped ones, filled, and nothing else.

A sentence is no program: `{cluster}` is replaced by a name, and whatever else stands in braces is refused before it
is kept. There are no attributes, formats, conditions or loops to misuse.
"""

import re
from collections.abc import Mapping
from typing import Final

from schema.events import EventType
from schema.notifications.texts import TEXTS
from schema.vocabulary import InterfaceLanguage

UNKNOWN: Final = "—"
_BLANK: Final = re.compile(r"\{([a-z]+)\}")


def blanks_of(text: str) -> frozenset[str]:
    """Return the names of the blanks of a sentence."""
    return frozenset(_BLANK.findall(text))


def stray_brace(text: str) -> bool:
    """Whether a brace stands in a sentence that is no part of a blank."""
    rest = _BLANK.sub("", text)
    return "{" in rest or "}" in rest


def fill(text: str, values: Mapping[str, str | None]) -> str:
    """Fill the blanks of a sentence; what is not known is a dash, so that this never fails."""
    return _BLANK.sub(lambda blank: values.get(blank[1]) or UNKNOWN, text)


def shipped(event_type: str, language: str) -> str | None:
    """Return the sentence we ship for a type of event, if this release has it."""
    if event_type not in set(EventType):
        return None
    return TEXTS[EventType(event_type)][int(language == InterfaceLanguage.EN)]


def needed(event_type: str, language: str) -> frozenset[str] | None:
    """Return the blanks a sentence for a type of event must have, which are also all that it can have."""
    text = shipped(event_type, language)
    return None if text is None else blanks_of(text)


def listed(blanks: frozenset[str]) -> str:
    """Write blanks as people type them, in a fixed order."""
    return " ".join(f"{{{blank}}}" for blank in sorted(blanks))


def fits(event_type: str, language: str, text: str) -> bool:
    """Whether a sentence can be told in this release: the type is known and the blanks are those that are filled."""
    return blanks_of(text) == needed(event_type, language) and not stray_brace(text)
