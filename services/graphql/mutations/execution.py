"""Runs the mutations of a document one after the other: load, decide, apply, read the payload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from strawberry.types.arguments import convert_argument
from tortoise.exceptions import IntegrityError

from schema.access import may, scope_of
from schema.decision import Accepted, Decision, Problem, refuse
from schema.decision import Refused as RefusedDecision
from schema.identity import new_id
from schema.problems import ProblemCode
from services.database import transaction
from services.graphql.answers import answer, shown_problem
from services.graphql.compiled import compiled_of
from services.graphql.compiler.selection import Document, Selected
from services.graphql.compiler.slots import Arguments, ContextSlot
from services.graphql.contract import payload_field, payload_name
from services.graphql.exchange import request_id
from services.graphql.limits import require_scope
from services.graphql.mutations.apply import Origin, apply, too_long
from services.graphql.mutations.registry import MUTATIONS, Mutation
from services.graphql.mutations.repetition import KeyUnusable, Repetition
from services.graphql.mutations.usable import usable, with_terms
from services.graphql.mutations.violations import violation
from services.graphql.mutations.write import Stopped, Write
from services.tracing import span, traceparent, wanted

if TYPE_CHECKING:
    from uuid import UUID

    from graphql.execution.values import VariableValues
    from graphql.language import OperationDefinitionNode

    from schema.viewers import Viewer
    from services.database import Transaction
    from services.graphql.documents import Prepared
    from services.graphql.engine import Engine


@dataclass(slots=True)
class _Undone(Exception):
    """Leaves the transaction so that nothing of the command remains."""

    payload: bytes


async def mutate(
    engine: Engine,
    prepared: Prepared,
    operation: OperationDefinitionNode,
    variables: VariableValues,
    viewer: Viewer,
) -> bytes:
    """Execute every mutation of the operation in order and return the JSON of `data`."""
    document = Document(prepared.fragments, variables)
    parts: list[bytes] = []
    for selected in document.fields([operation.selection_set], "Mutation"):
        key = orjson.dumps(selected.key)
        if selected.name == "__typename":
            parts.append(key + b':"Mutation"')
            continue
        run = _Run(engine, prepared, document, variables, viewer, selected, MUTATIONS[selected.name])
        if not wanted(None):
            parts.append(key + b":" + await run.payload())
            continue
        with span(f"mutation {selected.name}"):
            parts.append(key + b":" + await run.payload())
    return b"{" + b",".join(parts) + b"}"


@dataclass(slots=True)
class _Run:
    """One mutation of a document."""

    engine: Engine
    prepared: Prepared
    document: Document
    variables: VariableValues
    viewer: Viewer
    selected: Selected
    mutation: Mutation

    async def payload(self) -> bytes:
        """Run it and return the JSON of its payload."""
        given, problems = self._input()
        if not may(self.viewer.role, self.mutation.name):
            return self._shown(None, refuse(ProblemCode.NOT_ALLOWED, role=self.viewer.role))
        require_scope(self.viewer, scope_of(self.mutation.name))
        if problems:
            return self._shown(None, RefusedDecision(tuple(problems)))
        try:
            return await self._once(given)
        except _Undone as undone:
            return undone.payload
        except KeyUnusable as unusable:
            return self._shown(None, unusable.refused)
        except IntegrityError as error:
            return self._shown(None, violation(error, self.mutation.input))

    async def _once(self, given: Any) -> bytes:
        """Decide and apply in one transaction; a repetition under its key is answered as before."""
        repetition = Repetition.of(self.viewer, self.selected, given)
        if self.mutation.beforehand is not None:
            # What takes long, or counts, is not done again for a command that is known.
            if repetition and (known := await repetition.earlier(self.engine.pool)):
                return known
            prepared = await self.mutation.beforehand(self.engine, self.viewer, given)
        else:
            prepared = None
        async with transaction() as opened:
            if repetition and (earlier := await repetition.earlier(opened.connection)):
                return earlier
            write = self._write(opened, given, prepared)
            payload, accepted = await self._decide(write, given)
            if accepted is None:
                raise _Undone(payload)
            if repetition:
                kept = await self._without_secret(write, accepted) if write.shows_secret else payload
                await repetition.keep(opened.connection, kept)
        return payload

    async def _without_secret(self, write: Write, accepted: Accepted) -> bytes:
        """Return the payload as everybody reads it who comes later, the same command sent again among them."""
        await write.forget_secret()
        return self._shown(await self._entity(write.transaction, accepted.result[1]), accepted)

    def _input(self) -> tuple[Any, list[Problem]]:
        """Coerce and clean the input; texts that cannot be kept become problems at their path."""
        field = self.engine.schema.mutation_type.fields[self.selected.name]  # type: ignore[union-attr]  # validated
        coerced = Arguments(field, self.selected.node).read(self.variables)["input"]
        problems: list[Problem] = []
        cleaned = usable(coerced, (), problems)
        if problems:
            return None, problems
        schema = self.engine.strawberry_schema
        converted = convert_argument(
            cleaned,
            self.mutation.input,
            scalar_registry=schema.schema_converter.scalar_registry,
            config=schema.config,
        )
        return with_terms(converted), problems

    def _write(self, opened: Transaction, given: Any, prepared: object) -> Write:
        return Write(
            opened,
            self.engine.catalog,
            self.viewer,
            self.engine.today(),
            given,
            self.engine.context(self.viewer),
            self.engine.examine,
            prepared=prepared,
        )

    async def _decide(self, write: Write, given: Any) -> tuple[bytes, Accepted | None]:
        """Decide and apply; without an accepted decision nothing of it is to stay."""
        opened = write.transaction
        try:
            decision: Decision = await self.mutation.decide(write, given)
        except Stopped as stopped:
            shown = await self._entity(opened, stopped.shown[1]) if stopped.shown else None
            return self._shown(shown, stopped.refused), None
        if isinstance(decision, Accepted):
            decision = too_long(decision, given) or decision
        if isinstance(decision, RefusedDecision):
            return self._shown(None, decision), None
        await apply(
            write, decision, Origin(self.mutation.name, request_id.get() or str(new_id()), traceparent())
        )
        return self._shown(await self._entity(opened, decision.result[1]), decision), decision

    async def _entity(self, opened: Transaction, row_id: UUID) -> dict[str, bytes]:
        """Read what the document asks of the entity, in the same transaction, by key."""
        found: dict[str, bytes] = {}
        name = payload_field(self.mutation.target)
        for part in self.document.fields(self.selected.selection_sets, payload_name(self.mutation)):
            if part.name == name:
                found[part.key] = await self._read(opened, part, row_id)
        return found

    async def _read(self, opened: Transaction, part: Selected, row_id: UUID) -> bytes:
        planner = self.engine.planner(self.prepared, self.variables, self.viewer)
        compiled = compiled_of(planner.entity(part, self.mutation.target))
        read = {arguments: arguments.read(self.variables) for arguments in compiled.arguments}
        context = {**self.engine.context(self.viewer), "result": row_id}
        parameters = [
            context[slot.name] if isinstance(slot, ContextSlot) else slot.value(read[slot.arguments])
            for slot in compiled.statement.slots
        ]
        found = await opened.connection.fetchval(compiled.statement.sql, *parameters)
        whole = answer(found, compiled.plan.questions, self.viewer, self.engine.today())
        prefix = b"{" + orjson.dumps(part.key) + b":"
        return whole[len(prefix) : -1]

    def _shown(self, entity: dict[str, bytes] | None, decision: Decision) -> bytes:
        problems = decision.problems if isinstance(decision, RefusedDecision) else ()
        warnings = decision.warnings if isinstance(decision, Accepted) else ()
        pairs: list[bytes] = []
        for part in self.document.fields(self.selected.selection_sets, payload_name(self.mutation)):
            match part.name:
                case "__typename":
                    value = orjson.dumps(payload_name(self.mutation))
                case "problems":
                    value = self._problems(problems, part)
                case "warnings":
                    value = self._problems(warnings, part)
                case _:
                    value = (entity or {}).get(part.key, b"null")
            pairs.append(orjson.dumps(part.key) + b":" + value)
        return b"{" + b",".join(pairs) + b"}"

    def _problems(self, problems: tuple[Problem, ...], part: Selected) -> bytes:
        selection = tuple(
            (wanted.key, wanted.name) for wanted in self.document.fields(part.selection_sets, "Problem")
        )
        return orjson.dumps([shown_problem(problem, selection, self.viewer.language) for problem in problems])
