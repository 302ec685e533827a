"""The table of the wordings of the office."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.facts import Facts
from schema.guards import Guard, Index
from schema.rows import Record, guards_of, term
from schema.vocabulary import InterfaceLanguage
from schema.wordings import rules


class NotificationText(Record):
    """What the office tells people of a type of event in one language, instead of what we ship."""

    event_type = fields.CharField(max_length=60)
    language = term(InterfaceLanguage)
    title = fields.CharField(max_length=rules.TITLE_LENGTH)
    text = fields.CharField(max_length=rules.TEXT_LENGTH)

    class Meta:
        """The table."""

        table = "notification_text"


guards: tuple[Guard, ...] = (
    *guards_of(NotificationText),
    Index(
        "notification_text",
        "event_type, language",
        where="deleted_at is null",
        unique=True,
        label="event_type",
    ),
)

WORDING: Final = Facts(rules.WordingFacts, "NotificationText")
