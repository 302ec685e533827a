"""The table of letters about accounts and endpoints; address and link are sealed until they are sent."""

from __future__ import annotations

from tortoise import fields

from schema.guards import Check, Guard, Index, Reference
from schema.rows import Row, guards_of, reference, term
from schema.vocabulary import LetterKind


class Letter(Row):
    """A letter on its way: whoever has something to tell writes it, the notification service sends it once.

    `sealed` is JSON (`address`, `name`, `language`, and the `secret` of the link or the name of the
    `provider` to sign in at), sealed with the keys of the installation and emptied as soon as the letter is
    gone. `user_id` says whom a letter is for that leaves no permission behind, so that letters can be counted.
    """

    kind = term(LetterKind)
    user_id = reference(null=True)
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
    Reference("letter", "user_id", "app_user", on_delete="cascade"),
    Index("letter", "due_at", where="sent_at is null and given_up_at is null", label="waiting"),
    Check("letter", "emptied", "(sealed = '') = (sent_at is not null or given_up_at is not null)"),
    Check("letter", "ended_once", "num_nonnulls(sent_at, given_up_at) <= 1"),
)
