"""The public type of events: what happened, to what, when, where and by whom."""

from __future__ import annotations

import datetime

from strawberry.scalars import JSON

from schema import rows
from schema.graph import Node, column, derived, entity, figures, one
from schema.history.names import called, refers, shown
from schema.history.subjects import DOER, REFERRED, about
from schema.notifications.preview import sentence
from schema.scopes import OF_THE_TRAIL, OF_WHAT_HAPPENED


@figures
class Subject:
    """What an event or a change is about, in words; empty for what is gone or has no name."""

    name_fa: str | None = column("Its name in Persian.")
    name_en: str | None = column("Its name in English.")
    part_of: str | None = column("The global id of the sub-project it is part of.")
    whole_fa: str | None = column("The name of that sub-project in Persian.")
    whole_en: str | None = column("The name of that sub-project in English.")


@figures
class Doer:
    """Who did something, where you may see that person."""

    name: str | None = column("The name of the person.")


@entity(rows.Event, scope=OF_WHAT_HAPPENED, plural="events", order=("position",))
class Event(Node):
    """Something that happened; the order of the feed is such that a cursor never steps over one."""

    type: str = column("The type, as `phase.started`.")
    version: int = column("The version of the payload's shape.")
    position: str = column("Its place in the feed.", sql="{t}.position", filterable=False)
    at: datetime.datetime = column("When it was recorded.")
    phase_code: str | None = column("The phase it belongs to.", orderable=False)
    subject: str = column(
        "The global id of what it happened to; read it with `node(id:)`.",
        sql="{t}.subject_type || '_' || {t}.subject_id",
        orderable=False,
    )
    actor: str = column("Who caused it: a global id, or a process of ours.", orderable=False)
    correlation_id: str = column("The request that caused it.", orderable=False)
    message_fa: str = column(
        "What people are told of it in Persian: the preview of every message about it.",
        sql=sentence("fa"),
        filterable=False,
        orderable=False,
    )
    message_en: str = column(
        "What people are told of it in English.", sql=sentence("en"), filterable=False, orderable=False
    )
    about = derived(
        "history.Subject",
        "What it happened to, in words.",
        sql=about("subject_type", "subject_id"),
        single=True,
    )
    doer = derived("history.Doer", "Who caused it, in words.", sql=DOER, single=True)
    payload: JSON = column("Dates, statuses and ids; never personal data.", filterable=False, orderable=False)
    cluster = one("clusters.Cluster", "The cluster it happened in.", near="cluster_id", required=False)
    province = one("provinces.Province", "The province it happened in.", near="province_id", required=False)
    project = one("projects.ClusterProject", "The project it belongs to.", near="project_id", required=False)


@figures
class FieldChange:
    """A field before and after a change; contact data, minutes and votes are named, never shown."""

    field: str = column("The field, as the type of what was changed calls it; `leadAgent`, not a column.")
    before: str | None = column(
        "The value before: a term's name, an ISO date, the global id of what it refers to; empty when it was new."
    )
    after: str | None = column("The value after, written alike; empty when the thing was removed.")
    about_before = derived(
        "history.Subject",
        "What the field referred to before, in words, where you may see that.",
        sql=about("refers", "before_id", REFERRED),
        single=True,
    )
    about_after = derived(
        "history.Subject",
        "What it refers to after, in words, where you may see that.",
        sql=about("refers", "after_id", REFERRED),
        single=True,
    )


# What only some roles read is never shown to the others by way of its history; a test knows them all.
HIDDEN = ("phone", "email", "contact_name", "minutes_fa", "minutes_en", "note_fa", "note_en", "vote", "score")
_HIDDEN = f"({', '.join(repr(name) for name in HIDDEN)})"
# A paper may be one that not everybody sees, and nobody reads a single answer of a survey: named, never said.
_SHOWN = f"key not in {_HIDDEN} and {{t}}.entity not in ('Document', 'TrustRating', 'Tie')"
_VALUES = f"""
select key, {refers("{t}.entity", "key")} as refers,
  case when {_SHOWN} then before end as before, case when {_SHOWN} then after end as after
from (
  select coalesce(former.key, later.key) as key, former.value as before, later.value as after
  from jsonb_each_text(coalesce({{t}}.before, '{{{{}}}}')) former
  full join jsonb_each_text(coalesce({{t}}.after, '{{{{}}}}')) later on later.key = former.key
) each_field where before is distinct from after"""
_CHANGES = f"""
select field, refers, {shown("refers", "before")} as before, {shown("refers", "after")} as after,
  case when one_id then before end::uuid as before_id, case when one_id then after end::uuid as after_id
from (
  select *, {called("{t}.entity", "key", "refers")} as field, refers is not null and right(key, 3) = '_id' as one_id
  from ({_VALUES}) each_value
) each_name order by field"""


_FIELDS = (
    f"(select coalesce(string_agg(name, ',' order by name), '') from"
    f" (select {called('{t}.entity', 'key', refers('{t}.entity', 'key'))} as name from"
    " jsonb_object_keys(coalesce({t}.before, '{{}}') || coalesce({t}.after, '{{}}')) key) each_name)"
)


# What went with something else has another action than its own, and comes back with that.
_REMOVED = """
(coalesce({t}.after, '{{}}') = '{{}}'
 and {t}.action in ('remove' || {t}.entity, 'withdraw' || {t}.entity, 'delete' || {t}.entity)
 and not exists (
   select from audit_entry later where later.entity_id = {t}.entity_id and later.id > {t}.id
 ))"""


@entity(rows.AuditEntry, scope=OF_THE_TRAIL, plural="auditEntries")
class AuditEntry(Node):
    """Who changed what, when, from which value to which (I17); for staff, never for partners."""

    at: datetime.datetime = column("When.")
    actor: str = column("Who: a global id, or a process of ours.", orderable=False)
    action: str = column("The mutation that did it.", orderable=False)
    entity: str = column("The type of what was changed.", orderable=False)
    subject: str = column(
        "The global id of what was changed.",
        sql="({t}.entity || '_' || {t}.entity_id::text)",
        orderable=False,
    )
    request_id: str = column("The request that did it.", orderable=False)
    fields: str = column(
        "The fields that changed, as in `changes`, by commas; filter with `contains` for one of them.",
        sql=_FIELDS,
        orderable=False,
    )
    hash: str = column(
        "The SHA-256 of what it says and of the hash of the entry before it on the same subject, in hexadecimal:"
        " whoever keeps it can tell later whether the trail was tampered with.",
        sql="encode({t}.hash, 'hex')",
        filterable=False,
        orderable=False,
    )
    removed: bool = column(
        "Whether this took its subject away, and nothing has been done with that since: it can be restored.",
        sql=_REMOVED,
        orderable=False,
    )
    about = derived(
        "history.Subject",
        "What was changed, in words.",
        sql=about("entity", "entity_id", REFERRED),
        single=True,
    )
    changes = derived("history.FieldChange", "The fields that changed.", sql=_CHANGES)
    cluster = one("clusters.Cluster", "The cluster it belongs to.", near="cluster_id", required=False)
    province = one(
        "provinces.Province",
        "The province it belongs to; empty for what concerns the whole country.",
        near="province_id",
        required=False,
    )
    user = one("agencies.User", "Who did it, where that is visible.", near="user_id", required=False)
