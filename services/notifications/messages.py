"""Writes what people read: the texts of texts.py filled with the facts of an event, in either language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

import orjson

from schema.events import EventType
from schema.notifications.texts import ANYTHING, TEXTS
from schema.text import persian_digits
from schema.vocabulary import PhaseCode
from schema.wordings.blanks import fill

if TYPE_CHECKING:
    from services.notifications.wordings import Wording

BLANKS: Final = frozenset({"cluster", "phase", "due", "days"})


class TextsIncomplete(Exception):
    """An event type has no usable text; the message names the type and what is wrong."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an event when its message is written."""

    cluster: str | None = None
    province: str | None = None
    phase_code: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    wordings: Mapping[tuple[str, str], Wording] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is read."""

    title: str
    body: str


def require_texts(texts: Mapping[EventType, tuple[str, str]] = TEXTS) -> None:
    """Refuse to start when a type of event has no text in one of the languages, or a text a blank we cannot fill."""
    for kind in EventType:
        found = texts.get(kind)
        if found is None or not all(found):
            raise TextsIncomplete(f"{kind.value} has no text in both languages: add it to texts.py.")
        for text in found:
            blanks = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            if not blanks <= BLANKS:
                raise TextsIncomplete(
                    f"{kind.value}: nothing fills {', '.join(sorted(blanks - BLANKS))} of its text."
                )


def write_message(event_type: str, language: str, facts: Facts) -> Message:
    """Write the message of an event; what is not known is left as a dash, so that no message ever fails."""
    english = language == "EN"
    known = event_type in set(EventType)
    kind = EventType(event_type) if known else None
    text = (TEXTS[kind] if kind else ANYTHING)[int(english)]
    title = (kind.label_en if english else kind.label_fa) if kind else event_type
    phase = facts.phase_code
    if phase in set(PhaseCode):
        phase = PhaseCode(phase).label_en if english else PhaseCode(phase).label_fa
    due = facts.payload.get("due")
    day = due.get("date" if english else "jalali") if isinstance(due, Mapping) else None
    left = facts.payload.get("daysLeft")
    worded = facts.wordings.get((event_type, language))
    if worded is not None:
        title, text = worded.title, worded.text
    blanks = {
        "cluster": facts.cluster or facts.province,
        "phase": phase,
        "due": day,
        "days": None if left is None else str(left) if english else persian_digits(str(left)),
    }
    return Message(title, fill(text, blanks))


def facts_of(event: Mapping[str, Any], language: str) -> Facts:
    """Read the facts of an event from its row with the names of its cluster and province."""
    tail = language.lower()
    return Facts(
        cluster=event[f"cluster_{tail}"],
        province=event[f"province_{tail}"],
        phase_code=event["phase_code"],
        payload=orjson.loads(event["payload"]),
        wordings=event.get("wordings", {}),
    )


def write_together(event: Mapping[str, Any], also: Sequence[Mapping[str, Any]], language: str) -> Message:
    """Write one message of an event and of what was caused together with it, each kind of sentence once."""
    facts = facts_of(event, language)
    message = write_message(event["type"], language, facts)
    others = Counter(
        write_message(
            one["type"], language, replace(facts, phase_code=one["phase"], payload=one["payload"])
        ).body
        for one in also
    )
    del others[message.body]
    lines = (f"• {body}{_times(count, language)}" for body, count in others.items())
    return Message(message.title, "\n".join((message.body, *lines)))


def _times(count: int, language: str) -> str:
    if count == 1:
        return ""
    return f" (×{count})" if language == "EN" else f" (×{persian_digits(str(count))})"
