"""From an accepted decision to rows: changes, audit rows, event rows and the notice, in one transaction."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from strawberry.utils.str_converters import to_camel_case
from tortoise import Model, fields

from schema.decision import Accepted, Change, Create, Problem, Refused, Remove, Update
from schema.decision import Event as Written
from schema.events import EVENT_CHANNEL, EVENT_VERSION
from schema.history.homes import PROVINCE_BY
from schema.problems import ProblemCode
from schema.rows import TEXT_LENGTH, AuditEntry, Event
from services.graphql.mutations.given import where_given
from services.graphql.mutations.news import anything_new, as_json, lines_that_stay, news_of, row_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.graphql.mutations.write import Write


_SECRET: Final = re.compile("hash|secret|sealed|password$")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who caused a change and by which command; every audit and event row carries it."""

    action: str
    request_id: str
    trace: str | None = None


def too_long(decision: Accepted, given: object) -> Refused | None:
    """Refuse texts that do not fit their columns, at the place where they were given, before PostgreSQL does."""
    problems: list[Problem] = []
    for change in decision.changes:
        if isinstance(change, Remove):
            continue
        columns = row_of(change.entity)._meta.fields_map
        for name, value in change.values.items():
            limit = _limit(columns[name])
            if limit is not None and isinstance(value, str) and len(value) > limit:
                problems.append(
                    Problem(ProblemCode.TOO_LONG, where_given(given, name, value), {"limit": limit})
                )
    return Refused(tuple(problems)) if problems else None


def _limit(field: Any) -> int | None:
    if isinstance(field, fields.TextField):
        return TEXT_LENGTH
    if isinstance(field, fields.CharField) and getattr(field, "enum_type", None) is None:
        return int(field.max_length)
    return None


async def apply(write: Write, decision: Accepted, origin: Origin) -> None:
    """Write everything an accepted decision says; what would leave every row as it is leaves no trace (I17)."""
    changes = await lines_that_stay(write, decision)
    if decision.changes and not await anything_new(write, changes):
        return
    province_id = await _province(write, decision)
    untouched: set[tuple[UUID, str]] = set()
    for change in changes:
        written = await news_of(write, change)
        if isinstance(change, Update):
            left = change.values.keys() - (written.values.keys() if isinstance(written, Update) else ())
            untouched |= {(change.id, name) for name in left}
        if written is not None:
            await _change(write, written, origin, province_id)
    for event in decision.events:
        await Event.create(
            using_db=write.transaction.rows,
            type=event.type.value,
            version=EVENT_VERSION,
            cluster_id=write.cluster_id,
            province_id=province_id,
            project_id=event.project_id,
            phase_code=event.phase_code,
            subject_type=event.subject[0],
            subject_id=event.subject[1],
            actor=write.viewer.actor,
            correlation_id=origin.request_id,
            payload=as_json(_without(event, untouched)),
            trace=origin.trace,
        )
    if decision.events:
        await write.transaction.connection.execute(
            "select pg_notify($1, $2)", EVENT_CHANNEL, origin.request_id
        )


def _without(event: Written, untouched: set[tuple[UUID, str]]) -> Mapping[str, object]:
    """Let an event name as changed what was changed, by the contract's names, not what was given as it was."""
    named = event.payload.get("changed")
    if not isinstance(named, list):
        return event.payload
    columns = [name for name in named if (event.subject[1], name) not in untouched]
    told = [to_camel_case(column.removesuffix("_id")) for column in columns]
    return {**event.payload, "changed": told}


async def _province(write: Write, decision: Accepted) -> UUID | None:
    """Return the province the command belongs to; a cluster that is being made brings its own."""
    for change in decision.changes:
        if isinstance(change, Create) and change.entity == "Cluster":
            write.cluster_id = change.id
            return UUID(str(change.values["province_id"]))
    if write.cluster_id is None:
        return await _province_of_rows(write, decision)
    found: UUID | None = await write.transaction.connection.fetchval(
        "select province_id from cluster where id = $1", write.cluster_id
    )
    return found


async def _province_of_rows(write: Write, decision: Accepted) -> UUID | None:
    """Return the province of what belongs to no cluster: committees, what lies below a province, institutions."""
    connection = write.transaction.connection
    for change in decision.changes:
        column = PROVINCE_BY.get(change.entity)
        if column is None:
            continue
        if isinstance(change, Create):
            home = change.values.get(column)
        else:
            table = row_of(change.entity)._meta.db_table
            home = await connection.fetchval(f"select {column} from {table} where id = $1", change.id)
        if column == "county_id":
            home = await connection.fetchval("select province_id from county where id = $1", home)
        return home if isinstance(home, UUID) else None
    return None


async def _change(write: Write, change: Change, origin: Origin, province_id: UUID | None) -> None:
    row, using = row_of(change.entity), write.transaction.rows
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None
    match change:
        case Create():
            await row.create(using_db=using, id=change.id, **change.values)
            after = change.values
        case Update():
            wanted = dict(change.values)
            before = (await row.filter(id=change.id).using_db(using).values(*wanted))[0]
            await _update(write, row, change.id, wanted)
            after = wanted
        case Remove():
            now = datetime.datetime.now(datetime.UTC)
            before = (await row.filter(id=change.id).using_db(using).values())[0]
            await _update(write, row, change.id, {"deleted_at": now})
            after = None
    await AuditEntry.create(
        using_db=using,
        actor=write.viewer.actor,
        user_id=write.viewer.user_id,
        action=origin.action,
        entity=change.entity,
        entity_id=change.id,
        cluster_id=write.cluster_id,
        province_id=province_id,
        request_id=origin.request_id,
        before=_on_record(before),
        after=_on_record(after),
    )


def _on_record(values: Mapping[str, object] | None) -> Any:
    """Return what the trail keeps of a row's values: everything but what a secret could be made of."""
    if values is None:
        return None
    return {name: "…" if _SECRET.search(name) else as_json(value) for name, value in values.items()}


async def _update(write: Write, row: type[Model], row_id: UUID, values: dict[str, Any]) -> None:
    """Set values and raise the revision; Tortoise translates the values, PostgreSQL counts."""
    using = write.transaction.rows
    if "revision" in row._meta.fields_map:
        current = (await row.filter(id=row_id).using_db(using).values("revision"))[0]["revision"]
        values = {**values, "revision": current + 1}
    await row.filter(id=row_id).using_db(using).update(**values)
