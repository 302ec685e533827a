"""The same command sent again: under one idempotency key a mutation happens once and answers alike."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from graphql import print_ast

from schema.decision import Problem, Refused
from schema.identity import new_id
from schema.problems import ProblemCode
from services.graphql.mutations.command import SECRETS

if TYPE_CHECKING:
    import asyncpg

    from schema.viewers import Viewer
    from services.graphql.compiler.selection import Selected

    Asked: TypeAlias = asyncpg.Connection[asyncpg.Record] | asyncpg.Pool[asyncpg.Record]

LONGEST_KEY: Final = 80
KEPT: Final = "24 hours"


class KeyUnusable(Exception):
    """The key is too long, or was used for another command."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.problems[0].code)
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Repetition:
    """A command with a key: whose it is, and what exactly was asked."""

    owner: str
    key: str
    fingerprint: str

    @classmethod
    def of(cls, viewer: Viewer, selected: Selected, given: Any) -> Self | None:
        """Return the command's key, if it carries one; a longer key than promised is refused.

        Raises:
            KeyUnusable: it is too long.
        """
        key: str | None = given.idempotency_key
        if not key:
            return None
        if len(key) > LONGEST_KEY:
            problem = Problem(ProblemCode.TOO_LONG, ("idempotencyKey",), {"limit": LONGEST_KEY})
            raise KeyUnusable(Refused((problem,)))
        # What is asked back, and the input as it was understood; a quick digest of a password could be guessed at.
        shown = (print_ast(node.selection_set) for node in selected.nodes if node.selection_set)
        command = replace(given, **{name: "" for name in SECRETS if hasattr(given, name)})
        asked = "\n".join((selected.name, *shown, repr(command)))
        return cls(viewer.account, key, hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest())

    async def earlier(self, connection: Asked) -> bytes | None:
        """Return the answer given before, waiting for one that is being worked out right now.

        Raises:
            KeyUnusable: the key was used for another command.
        """
        await connection.execute(
            "select pg_advisory_xact_lock(hashtextextended($1, 4))", f"{self.owner} {self.key}"
        )
        row = await connection.fetchrow(
            "select fingerprint, answer from idempotency_key where owner = $1 and key = $2",
            self.owner,
            self.key,
        )
        if row is None:
            return None
        if row["fingerprint"] != self.fingerprint:
            raise KeyUnusable(Refused((Problem(ProblemCode.KEY_REUSED, ("idempotencyKey",)),)))
        return str(row["answer"]).encode()

    async def keep(self, connection: asyncpg.Connection[asyncpg.Record], answer: bytes) -> None:
        """Keep the answer in the transaction of the change, and forget those of the day before."""
        await connection.execute(
            "insert into idempotency_key (id, owner, key, fingerprint, answer, at)"
            " values ($1, $2, $3, $4, $5, now())",
            new_id(), self.owner, self.key, self.fingerprint, answer.decode(),
        )  # fmt: skip
        await connection.execute(
            "delete from idempotency_key where id in (select id from idempotency_key"
            " where at < now() - $1::text::interval order by at limit 100 for update skip locked)",
            KEPT,
        )
