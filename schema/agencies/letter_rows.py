"""The table of letters to people about their account; address and link are sealed until they are sent."""

from __future__ import annotations

from tortoise import fields

from schema.guards import Check, Guard, Index
from schema.rows import Row, guards_of, term
from schema.vocabulary import LetterKind


class Letter(Row):
    """A letter on its way: the GraphQL service writes it, the notification service sends it once.

    `sealed` is JSON (`address`, `name`, `language`, `secret`), sealed with the keys of the installation
    and emptied as soon as the letter is gone.
    """

    kind = term(LetterKind)
    sealed = fields.TextField(default="")
    due_at = fields.DatetimeField(auto_now_add=True)
    expires_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    sent_at = fields.DatetimeField(null=True)
    given_up_at = fields.DatetimeField(null=True)

    class Meta:
        """The table."""

        table = "letter"


letter_guards: tuple[Guard, ...] = (
    *guards_of(Letter),
    Index("letter", "due_at", where="sent_at is null and given_up_at is null", label="waiting"),
    Check("letter", "emptied", "(sealed = '') = (sent_at is not null or given_up_at is not null)"),
    Check("letter", "ended_once", "num_nonnulls(sent_at, given_up_at) <= 1"),
)
