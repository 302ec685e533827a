"""What every row has in common, and the two tables every noun writes to: events and the audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tortoise import Model, fields

from schema.guards import Check, Guard, Index, Reference, Statement
from schema.identity import new_id
from schema.vocabulary import Term, longest_wire_name

if TYPE_CHECKING:
    from uuid import UUID

NAME_LENGTH: Final = 300
TEXT_LENGTH: Final = 20_000


class Row(Model):
    """A row with a version 7 uuid, a revision for optimistic locking and the time it was made."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    revision = fields.IntField(default=1)
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        """Not a table of its own."""

        abstract = True


class Record(Row):
    """A row people enter: it can be removed and restored, and says whether it is invented for the sample."""

    is_sample = fields.BooleanField(default=False)
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        """Not a table of its own."""

        abstract = True


def reference(*, null: bool = False) -> fields.UUIDField[Any]:
    """Return a column that holds another row's id; its `Reference` guard makes it a foreign key."""
    return fields.UUIDField(null=null)


def term(kind: type[Term], *, null: bool = False, default: Term | None = None) -> Any:  # noqa: ANN401 - Tortoise's own
    """Return a column that holds a term; `guards_of` adds the check on its values."""
    return fields.CharEnumField(kind, max_length=longest_wire_name(kind), null=null, default=default)


def guards_of(*models: type[Model]) -> tuple[Guard, ...]:
    """Return the checks that follow from the columns: terms take only their values, texts stay sane."""
    guards: list[Guard] = []
    for model in models:
        table = model._meta.db_table  # noqa: SLF001 - Tortoise's documented place for it
        for name, field in model._meta.fields_map.items():  # noqa: SLF001 - as above
            kind = getattr(field, "enum_type", None)
            if isinstance(kind, type) and issubclass(kind, Term):
                values = ", ".join(f"'{member.value}'" for member in kind)
                guards.append(Check(table, name, f"{name} in ({values})"))
            elif isinstance(field, fields.TextField):
                guards.append(Check(table, f"{name}_length", f"char_length({name}) <= {TEXT_LENGTH}"))
        if issubclass(model, Row):
            guards.append(Check(table, "revision", "revision >= 1"))
    return tuple(guards)


class Event(Model):
    """Something that happened, written in the transaction of the change it reports (domain 4.4).

    `transaction` lets readers stop before changes that are not yet committed, so that a cursor over
    `sequence` never steps over one.
    """

    id: UUID = fields.UUIDField(primary_key=True, default=new_id)  # type: ignore[assignment]  # Tortoise's descriptor
    sequence = fields.BigIntField(generated=True, null=False)
    type = fields.CharField(max_length=60)
    version = fields.SmallIntField(default=1)
    at = fields.DatetimeField(auto_now_add=True)
    cluster_id = fields.UUIDField(null=True)
    province_id = fields.UUIDField(null=True)
    project_id = fields.UUIDField(null=True)
    phase_code = fields.CharField(max_length=30, null=True)
    subject_type = fields.CharField(max_length=60)
    subject_id = fields.UUIDField()
    actor = fields.CharField(max_length=120)
    correlation_id = fields.CharField(max_length=80)
    occasion = fields.CharField(max_length=200, null=True)
    payload: Any = fields.JSONField(default=dict)
    trace = fields.CharField(max_length=80, null=True)

    class Meta:
        """The outbox."""

        table = "event"


class AuditEntry(Model):
    """Who changed what, when, from which value to which: one per changed row and command (I17)."""

    id: UUID = fields.UUIDField(primary_key=True, default=new_id)  # type: ignore[assignment]  # Tortoise's descriptor
    at = fields.DatetimeField(auto_now_add=True)
    actor = fields.CharField(max_length=120)
    user_id = fields.UUIDField(null=True)
    action = fields.CharField(max_length=80)
    entity = fields.CharField(max_length=60)
    entity_id = fields.UUIDField()
    cluster_id = fields.UUIDField(null=True)
    province_id = fields.UUIDField(null=True)
    request_id = fields.CharField(max_length=80)
    before: Any = fields.JSONField(null=True)
    after: Any = fields.JSONField(null=True)

    class Meta:
        """The trail."""

        table = "audit_entry"


guards: tuple[Guard, ...] = (
    Statement(
        "event.sequence",
        "create sequence event_sequence owned by event.sequence; "
        "alter table event alter column sequence set default nextval('event_sequence'), "
        "alter column sequence set not null; "
        "alter table event add column transaction xid8 not null default pg_current_xact_id()",
        "alter table event drop column transaction, alter column sequence drop default; "
        "drop sequence event_sequence",
        order=0,
    ),
    Index("event", "sequence", unique=True),
    Index("event", "occasion", where="occasion is not null", unique=True),
    Index("event", "subject_id, sequence"),
    Index("event", "type, sequence"),
    Index("event", "cluster_id, sequence"),
    Index("event", "province_id, sequence"),
    Index("audit_entry", "entity_id, id"),
    Index("audit_entry", "cluster_id, id"),
    Reference("event", "cluster_id", "cluster", indexed=False),
    Reference("audit_entry", "cluster_id", "cluster", indexed=False),
)
