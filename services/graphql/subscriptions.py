"""Live events: a stream of what happens within a viewer's scope, to be resumed from any of its cursors."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING, Any, Final

import orjson
from graphql import GraphQLError, OperationType

from schema.vocabulary import TokenScope, UserRole
from services.graphql.answers import answer
from services.graphql.compiled import Compiled, compiled_of
from services.graphql.compiler.context import PlanningContext
from services.graphql.compiler.ordering import key_of, order_of, signature_of
from services.graphql.compiler.render import number
from services.graphql.compiler.selection import Document
from services.graphql.compiler.slots import Arguments, ArgumentSlot, ContextSlot, InputRefused
from services.graphql.compiler.sql import Value, text
from services.graphql.exchange import GraphQLResponse
from services.graphql.failures import Refused
from services.graphql.happenings import Happenings
from services.graphql.limits import require_scope
from services.graphql.live import NoLongerWelcome
from services.listening import ear_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from graphql.execution.values import VariableValues

    from schema.viewers import Viewer
    from services.graphql.engine import Engine
    from services.graphql.exchange import GraphQLRequest

SUBSCRIBING_COST: Final = 10
_BATCH: Final = 100
_LOOKED_UP_FOR: Final = 1.0


class LiveEngine:
    """The engine with subscriptions: answers like it, and streams events."""

    def __init__(
        self, engine: Engine, again: Callable[[Viewer], Awaitable[Viewer | None]] | None = None
    ) -> None:
        self._engine = engine
        self._again = again
        self._happenings = Happenings(ear_of(engine.settings, lambda: engine.pool))
        context = PlanningContext(engine.catalog, UserRole.PARTNER_AGENCY, 1)
        self._signature = signature_of("Event", order_of(context, engine.catalog.type("Event"), "t1", None))

    async def close(self) -> None:
        """Stop listening."""
        await self._happenings.close()

    async def execute(
        self, request: GraphQLRequest, viewer: Viewer, *, allow_mutation: bool = True
    ) -> GraphQLResponse:
        """Execute a query or a mutation."""
        return await self._engine.execute(request, viewer, allow_mutation=allow_mutation)

    async def subscribe(
        self, request: GraphQLRequest, viewer: Viewer, *, allow_mutation: bool = True
    ) -> AsyncIterator[bytes] | GraphQLResponse:
        """Open a stream of events, or answer at once what is no subscription or cannot be one."""
        engine = self._engine
        try:
            query = await engine.trusted_documents.text_of(request, viewer)
            prepared = engine.documents.prepare(query, engine.limits.document)
            operation = prepared.operation(request.operation_name)
            if operation.operation is not OperationType.SUBSCRIPTION:
                return await engine.execute(request, viewer, allow_mutation=allow_mutation)
            variables = prepared.variables(operation, request.variables)
            require_scope(viewer, TokenScope.READ)
            engine.spending.charge(viewer, SUBSCRIBING_COST)
            (selected,) = Document(prepared.fragments, variables).fields(
                [operation.selection_set], "Subscription"
            )
            field = engine.schema.subscription_type.fields[selected.name]  # type: ignore[union-attr]  # validated
            arguments = Arguments(field, selected.node).read(variables)
            after = (request.extensions or {}).get("after") or arguments.get("after")
            position = key_of(after, self._signature) if after else await self._head()
            compiled = compiled_of(engine.planner(prepared, variables, viewer).entity(selected, "Event"))
        except Refused as refused:
            return _refusal(refused)
        except (GraphQLError, InputRefused) as error:
            code = error.code if isinstance(error, InputRefused) else "BAD_USER_INPUT"
            return _refusal(Refused(str(error), code))
        return self._stream(viewer, compiled, variables, position, arguments.get("types"))

    async def _head(self) -> str:
        """Return the place from which on everything is new."""
        found: str = await self._engine.pool.fetchval(
            "select coalesce(max(position), '') from event"
            " where transaction < pg_snapshot_xmin(pg_current_snapshot())"
        )
        return found

    async def _stream(
        self,
        viewer: Viewer,
        compiled: Compiled,
        variables: VariableValues,
        position: str,
        types: list[str] | None,
    ) -> AsyncIterator[bytes]:
        while True:
            upcoming = await self._upcoming(viewer, position, types)
            if upcoming and self._again is not None:
                # Reach may have shrunk since the stream was opened.
                current = await self._again(viewer)
                if current is None or current.role is not viewer.role:
                    raise NoLongerWelcome
                if current != viewer:
                    viewer = current
                    upcoming = await self._upcoming(viewer, position, types)
            looked_up = time.monotonic()
            for row in upcoming:
                if time.monotonic() - looked_up > _LOOKED_UP_FOR:
                    # A slow reader is asked who it is again before it gets the rest.
                    break
                yield await self._result(viewer, compiled, variables, row)
                position = row["position"]
            else:
                if len(upcoming) < _BATCH:
                    await self._happenings.next()

    async def _upcoming(
        self, viewer: Viewer, position: str, types: list[str] | None
    ) -> list[Mapping[str, Any]]:
        """Return the next events within scope, in the order of the feed."""
        context = PlanningContext(self._engine.catalog, viewer.role, 1)
        type_ = self._engine.catalog.type("Event")
        statement = number(
            text(
                "select t1.id, t1.position from event t1 where t1.position > ",
                Value(ContextSlot("position"), "text"),
                " and (",
                Value(ContextSlot("types"), "text[]"),
                " is null or t1.type = any(",
                Value(ContextSlot("types"), "text[]"),
                ")) and ",
                context.visible(type_, "t1"),
                f" order by t1.position limit {_BATCH}",
            )
        )
        values = {**self._engine.context(viewer), "position": position, "types": types}
        parameters = [values[slot.name] for slot in statement.slots if isinstance(slot, ContextSlot)]
        found: list[Mapping[str, Any]] = await self._engine.pool.fetch(statement.sql, *parameters)
        return found

    async def _result(
        self, viewer: Viewer, compiled: Compiled, variables: VariableValues, row: Mapping[str, Any]
    ) -> bytes:
        read = {arguments: arguments.read(variables) for arguments in compiled.arguments}
        context = {**self._engine.context(viewer), "result": row["id"]}
        parameters = [
            slot.value(read[slot.arguments]) if isinstance(slot, ArgumentSlot) else context[slot.name]
            for slot in compiled.statement.slots
        ]
        found = await self._engine.pool.fetchval(compiled.statement.sql, *parameters)
        data = answer(found, compiled.plan.questions, viewer, self._engine.today())
        extensions = orjson.dumps({"cursor": self._cursor(row)})
        return b'{"data":' + data + b',"extensions":' + extensions + b"}"

    def _cursor(self, row: Mapping[str, Any]) -> str:
        """Write the cursor that `changes` and `events` give out for the same event."""
        parts = [self._signature, row["position"], str(row["id"])]
        return base64.b64encode(orjson.dumps(parts)).decode()


def _refusal(refused: Refused) -> GraphQLResponse:
    return GraphQLResponse(refused.body(), data_present=False, status=refused.status, headers=refused.headers)
