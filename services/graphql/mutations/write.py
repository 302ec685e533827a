"""The unit of work of one command: locks the cluster, loads facts within scope, knows the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import orjson

from schema.decision import Problem, Refused
from schema.graph import ENTITIES
from schema.identity import UnusableId, new_id, read_global_id
from schema.problems import ProblemCode
from services.graphql.answers import facts_of
from services.graphql.compiler.context import PlanningContext
from services.graphql.compiler.render import number
from services.graphql.compiler.slots import ContextSlot
from services.graphql.compiler.sql import Sql, Value, join, text

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping

    from graphql.language import OperationDefinitionNode

    from schema.facts import Facts
    from schema.viewers import Viewer
    from services.database import Transaction
    from services.graphql.compiler.catalog import Catalog
    from services.graphql.exchange import GraphQLRequest
    from services.graphql.mutations.command import Command

Shape = TypeVar("Shape")


class Stopped(Exception):
    """The command cannot be decided: something is absent or was changed by somebody else."""

    def __init__(self, refused: Refused, shown: tuple[str, UUID] | None = None) -> None:
        super().__init__(refused.problems[0].code)
        self.refused = refused
        self.shown = shown


@dataclass(slots=True)
class Write:
    """What a mutation works with; lives as long as its transaction."""

    transaction: Transaction
    catalog: Catalog
    viewer: Viewer
    today: datetime.date
    command: Command
    context: Mapping[str, object]
    examine: Callable[[GraphQLRequest, Viewer], OperationDefinitionNode]
    cluster_id: UUID | None = None
    prepared: object = None
    shows_secret: bool = False
    _locked: set[UUID] = field(default_factory=set)

    def new_id(self) -> UUID:
        """Make the id of a new row."""
        return new_id()

    async def show_once(self, row_id: UUID, secret: str) -> None:
        """Let the answer to this command, and nothing after it, show the secret of a row."""
        await self._say_secret(str(row_id), secret)
        self.shows_secret = True

    async def forget_secret(self) -> None:
        """Let what is read from now on show no secret any more."""
        await self._say_secret("", "")
        self.shows_secret = False

    async def _say_secret(self, row_id: str, secret: str) -> None:
        await self.transaction.connection.execute(
            "select set_config('khoosheh.issued', $1, true), set_config('khoosheh.secret', $2, true)",
            row_id, secret,
        )  # fmt: skip

    async def facts(
        self, facts: Facts[Shape], given: str, path: str = "id", *, removed: bool = False
    ) -> Shape:
        """Load the facts of a row within the viewer's scope, after locking its cluster.

        With `removed` it is looked for among the rows that were removed and may be restored.

        Raises:
            Stopped: it is absent (or foreign, which looks the same), or its revision is not the expected one.
        """
        row_id = self._row_id(facts.entity, given, path)
        await self._lock_home(facts.entity, row_id, path, removed=removed)
        found = await self._one(facts, row_id, path, removed=removed)
        expected = self.command.expected_revision
        if path == "id" and expected is not None and found["_revision"] != expected:
            stale = Refused(
                (Problem(ProblemCode.STALE, ("expectedRevision",), {"current": found["_revision"]}),)
            )
            raise Stopped(stale, (facts.entity, row_id))
        del found["_revision"]
        shaped: Shape = facts_of(facts.shape, found)
        return shaped

    async def identify(self, entity: str, given: str, path: str, *, anywhere: bool = False) -> UUID:
        """Return the row id behind a global id, if the viewer sees that row and it is of the command's cluster.

        With `anywhere` it may be of any cluster: a rule has more to say about it.

        Raises:
            Stopped: it is absent or foreign, or belongs to another cluster than the one that is locked.
        """
        row_id = self._row_id(entity, given, path)
        if anywhere or self.cluster_id is None or "cluster_id" not in ENTITIES[entity].row._meta.fields_map:
            if await self._fetch(entity, row_id, ("1",)) is None:
                raise absent(path)
            return row_id
        home = await self._fetch(entity, row_id, ("coalesce({t}.cluster_id::text, '')",))
        if home is None:
            raise absent(path)
        if home not in {"", str(self.cluster_id)}:
            raise Stopped(Refused((Problem(ProblemCode.OF_ANOTHER_CLUSTER, (path,)),)))
        return row_id

    async def lock(self, cluster_id: UUID) -> None:
        """Make this the only command on the cluster until it is done."""
        if cluster_id not in self._locked:
            await self.transaction.connection.execute(
                "select 1 from cluster where id = $1 for no key update", cluster_id
            )
            self._locked.add(cluster_id)
        self.cluster_id = self.cluster_id or cluster_id

    def _row_id(self, entity: str, given: str, path: str) -> UUID:
        try:
            type_name, row_id = read_global_id(str(given))
        except UnusableId:
            raise absent(path) from None
        if type_name != entity:
            raise absent(path)
        return row_id

    async def _lock_home(self, entity: str, row_id: UUID, path: str, *, removed: bool) -> None:
        """Lock the cluster a row belongs to, or the row itself where there is no cluster."""
        row = ENTITIES[entity].row
        if entity == "Cluster":
            await self.lock(row_id)
            return
        if "cluster_id" in row._meta.fields_map:
            home = await self._fetch(entity, row_id, ("{t}.cluster_id",), removed=removed)
            if home is None:
                raise absent(path)
            if isinstance(home, UUID):
                await self.lock(home)
                return
        table = row._meta.db_table
        await self.transaction.connection.execute(
            f"select 1 from {table} where id = $1 for no key update", row_id
        )

    async def _one(self, facts: Facts[Any], row_id: UUID, path: str, *, removed: bool) -> dict[str, Any]:
        revision = "revision" in ENTITIES[facts.entity].row._meta.fields_map
        wanted = (*facts.expressions(), ("_revision", "{t}.revision" if revision else "0"))
        pairs = join(
            " || ',' || ",
            [
                text(
                    f"'\"{name}\":' || coalesce(to_json(",
                    self._expression(facts.entity, sql),
                    ")::text, 'null')",
                )
                for name, sql in wanted
            ],
        )
        found = await self._select(facts.entity, row_id, text("'{' || ", pairs, " || '}'"), removed=removed)
        if found is None:
            raise absent(path)
        document: dict[str, Any] = orjson.loads(str(found))
        return document

    async def _fetch(self, entity: str, row_id: UUID, wanted: tuple[str], *, removed: bool = False) -> object:
        return await self._select(entity, row_id, self._expression(entity, wanted[0]), removed=removed)

    def _expression(self, entity: str, sql: str) -> Sql:
        del entity
        return self._planning().expression(sql, "t1")

    def _planning(self) -> PlanningContext:
        return PlanningContext(self.catalog, self.viewer.role, 1)

    async def _select(self, entity: str, row_id: UUID, wanted: Sql, *, removed: bool = False) -> object:
        """Run a select over one visible row; the scope is the compiler's."""
        type_ = self.catalog.type(entity)
        statement = number(
            text(
                "select ",
                wanted,
                f" from {type_.table} t1 where t1.id = ",
                Value(ContextSlot("result"), "uuid"),
                " and ",
                self._planning().visible(type_, "t1", removed=removed),
            )
        )
        values = {**self.context, "result": row_id}
        parameters = [values[slot.name] for slot in statement.slots if isinstance(slot, ContextSlot)]
        return await self.transaction.connection.fetchval(statement.sql, *parameters)


def absent(path: str) -> Stopped:
    """Say that something is not there, or not for this viewer, which looks the same."""
    return Stopped(Refused((Problem(ProblemCode.NOT_FOUND, (path,)),)))
