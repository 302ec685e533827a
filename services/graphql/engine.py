"""The one door: executes a GraphQL request for a viewer and returns the bytes of the answer."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import asyncpg
import orjson
import structlog
from graphql import GraphQLError, OperationType

from schema.calendar import tehran_date
from schema.vocabulary import TokenScope
from services.graphql.absence import blur
from services.graphql.answers import answer
from services.graphql.compiled import Compiled, compiled_of
from services.graphql.compiler.planner import Planner
from services.graphql.compiler.selection import Document
from services.graphql.compiler.slots import ArgumentSlot, ContextSlot
from services.graphql.contract import contract_of_the_code
from services.graphql.documents import DocumentLimits, Documents, Prepared, Recent
from services.graphql.exchange import GraphQLResponse, request_id
from services.graphql.failures import Refused
from services.graphql.identities.passwords import Passwords
from services.graphql.introspection import introspected
from services.graphql.limits import Spending, require_scope
from services.graphql.shapes import shape_of
from services.graphql.steps import step_of
from services.graphql.trusted import TrustedDocuments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphql.execution.values import VariableValues
    from graphql.language import OperationDefinitionNode

    from schema.viewers import Viewer
    from services.graphql.exchange import GraphQLRequest
    from services.lending import Pool
    from services.settings import Settings

log = structlog.get_logger(__name__)

_STATEMENTS: Final = 4_000
_UNAVAILABLE: Final = (OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may ask; trusted documents of our own have no limits."""

    document: DocumentLimits
    cost: int


class Engine:
    """Plans, runs and answers; holds the caches and the pool, one per process."""

    def __init__(self, settings: Settings, *, now: Callable[[], datetime.datetime] | None = None) -> None:
        self.settings = settings
        offered = contract_of_the_code()
        self.catalog, self.roots = offered.catalog, offered.roots
        self.strawberry_schema, self.schema = offered.strawberry_schema, offered.schema
        self.documents = Documents(self.schema)
        self.trusted_documents = TrustedDocuments(lambda: self.pool)
        self.limits = Limits(DocumentLimits(), settings.cost_limit)
        self.spending = Spending(settings.rate_cost_per_minute)
        self._compiled: Recent[Any, Compiled] = Recent(_STATEMENTS)
        self._pool: Pool | None = None
        self.passwords = Passwords()
        self.now = now or (lambda: datetime.datetime.now(datetime.UTC))

    async def open(self, pool: Pool) -> None:
        """Use this pool; whoever opened it, and the rows on it, closes both."""
        self._pool = pool
        self.passwords = Passwords()

    @property
    def pool(self) -> Pool:
        """The pool of connections."""
        if self._pool is None:
            raise RuntimeError("The engine is not open: call `open` first.")
        return self._pool

    def today(self) -> datetime.date:
        """Today's date in Tehran."""
        return tehran_date(self.now())

    async def execute(
        self, request: GraphQLRequest, viewer: Viewer, *, allow_mutation: bool = True, trusted: bool = False
    ) -> GraphQLResponse:
        """Execute a request for a viewer; every failure becomes an answer."""
        try:
            return await self._execute(request, viewer, allow_mutation=allow_mutation, trusted=trusted)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - every failure is an answer; what it was is logged here
            refused = _refusal(error)
        return GraphQLResponse(
            refused.body(), data_present=False, status=refused.status, headers=refused.headers
        )

    async def _execute(
        self, request: GraphQLRequest, viewer: Viewer, *, allow_mutation: bool, trusted: bool
    ) -> GraphQLResponse:
        query = request.query
        if not trusted and (viewer.trusted_only or request.document_id is not None or request.extensions):
            query = await self.trusted_documents.text_of(request, viewer)
        prepared = self.documents.prepare(query, None if trusted else self.limits.document)
        operation = prepared.operation(request.operation_name)
        variables = prepared.variables(operation, request.variables)
        if operation.operation is OperationType.QUERY:
            compiled = self._compile(prepared, operation, variables, viewer)
            parameters, cost = self._bind(compiled, variables, viewer, trusted=trusted)
            require_scope(viewer, TokenScope.READ)
            told = {} if trusted else self.spending.charge(viewer, cost)
            began = time.perf_counter()
            try:
                with step_of(operation):
                    data = await self._read(compiled, parameters, viewer)
            finally:
                seconds = time.perf_counter() - began
                if seconds >= self.settings.slow_statement_seconds:
                    _tell_slow(prepared.text, operation, seconds)
            await blur(data, compiled.absences)
            return self._answered(data, cost, told)
        if operation.operation is OperationType.MUTATION:
            if not allow_mutation:
                raise Refused("A mutation needs POST.", "METHOD_NOT_ALLOWED")
            from services.graphql.mutations.execution import mutate  # noqa: PLC0415 - it needs this module first

            cost = len(operation.selection_set.selections) * 10
            told = {} if trusted else self.spending.charge(viewer, cost)
            data = await mutate(self, prepared, operation, variables, viewer)
            return self._answered(data, cost, told)
        raise Refused("Subscriptions need a WebSocket or an event stream.", "SUBSCRIPTION_NEEDS_STREAM")

    def examine(self, request: GraphQLRequest, viewer: Viewer) -> OperationDefinitionNode:
        """Do what executing a request does before it asks the database, and return the operation.

        Raises:
            Refused: it would be refused; nothing is charged for finding that out.
        """
        prepared = self.documents.prepare(request.query, self.limits.document)
        operation = prepared.operation(request.operation_name)
        variables = prepared.variables(operation, request.variables)
        if operation.operation is OperationType.QUERY:
            compiled = self._compile(prepared, operation, variables, viewer)
            self._bind(compiled, variables, viewer, trusted=False)
            require_scope(viewer, TokenScope.READ)
        return operation

    def _answered(self, data: bytes, cost: int, told: Mapping[str, str]) -> GraphQLResponse:
        extensions = b',"extensions":{"cost":{"requested":%d,"limit":%d}}}' % (cost, self.limits.cost)
        return GraphQLResponse(b'{"data":' + data + extensions, headers={"x-cost": str(cost), **told})

    def _compile(
        self,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        viewer: Viewer,
    ) -> Compiled:
        # By the document itself and not by what the operation says: nodes of graphql-core compare and hash
        # their whole content at every look, and equal operations may mean different fragments.
        name = operation.name.value if operation.name else None
        key = (prepared, name, shape_of(variables.coerced), viewer.role)
        found = self._compiled.get(key)
        if found is None:
            planner = self.planner(prepared, variables, viewer)
            plan = planner.operation(operation.selection_set)
            found = self._compiled.keep(key, compiled_of(plan))
        return found

    def planner(self, prepared: Prepared, variables: VariableValues, viewer: Viewer) -> Planner:
        """Return a planner for one document, its variables and a viewer's role."""
        document = Document(prepared.fragments, variables)
        return Planner(
            self.catalog,
            self.schema,
            self.roots,
            document,
            viewer.role,
            self.settings.page_limit,
            lambda selected: introspected(self.schema, prepared, variables, selected),
        )

    def _bind(
        self, compiled: Compiled, variables: VariableValues, viewer: Viewer, *, trusted: bool
    ) -> tuple[list[object], int]:
        read = {arguments: arguments.read(variables) for arguments in compiled.arguments}
        values: dict[ArgumentSlot, object] = {}

        def value_of(slot: ArgumentSlot) -> object:
            if slot not in values:
                values[slot] = slot.value(read[slot.arguments])
            return values[slot]

        cost = 1
        for charge in compiled.plan.charges:
            size = charge.weight
            for slot in charge.sizes:
                size *= int(value_of(slot))  # type: ignore[arg-type, call-overload]  # a page size is a number
            cost += size
        if cost > self.limits.cost and not trusted:
            raise Refused(
                f"This costs {cost} and the limit is {self.limits.cost}: ask for smaller pages.",
                "TOO_EXPENSIVE",
            )
        context = self.context(viewer) if compiled.asks_who else {}
        parameters = [
            context[slot.name] if isinstance(slot, ContextSlot) else value_of(slot)
            for slot in compiled.statement.slots
        ]
        return parameters, cost

    def context(self, viewer: Viewer) -> dict[str, object]:
        """Return the values that belong to the request: today and the viewer's reach."""
        return {
            "today": self.today(),
            "provinces": viewer.provinces,
            "clusters": viewer.clusters,
            "institutions": viewer.institutions,
            "user": viewer.user_id,
            "agency": viewer.agency_id,
        }

    async def _read(self, compiled: Compiled, parameters: list[object], viewer: Viewer) -> bytes:
        if not compiled.statement.slots and "from" not in compiled.statement.sql:
            return await self._constant(compiled)
        found: bytes = await self.pool.read(compiled.statement.sql, *parameters)
        if not compiled.plan.questions:
            return found
        return answer(found, compiled.plan.questions, viewer, self.today())

    async def _constant(self, compiled: Compiled) -> bytes:
        """Answer what needs no table: introspection and `__typename`."""
        pairs = (
            f"{orjson.dumps(member.key).decode()}:{member.json}"
            for member in compiled.plan.members
            if hasattr(member, "json")
        )
        return ("{" + ",".join(pairs) + "}").encode()


def _tell_slow(text: str, operation: OperationDefinitionNode, seconds: float) -> None:
    """Name a slow read by the digest under which partners register documents; what was asked for stays unsaid."""
    log.warning(
        "slow_statement",
        document=hashlib.sha256(text.encode()).hexdigest(),
        operation=operation.name.value if operation.name else None,
        ms=round(seconds * 1000, 1),
        request_id=request_id.get(),
    )


def _refusal(error: Exception) -> Refused:
    """Say a failure in a way that helps the client and shows nothing of ours."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, GraphQLError):
        return Refused.of([error], "BAD_USER_INPUT")
    if isinstance(error, asyncpg.QueryCanceledError):
        return Refused("The answer took too long: ask for less at once.", "TIMED_OUT")
    if isinstance(error, _UNAVAILABLE):
        log.warning("database_unavailable", error=type(error).__name__)
        return Refused("The database is not available: try again in a moment.", "UNAVAILABLE")
    log.error("request_failed", exc_info=error)
    return Refused(f"Something went wrong on our side (request {request_id.get()}).", "INTERNAL")
