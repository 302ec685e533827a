"""The tables of jobs: where each stands, the parts of its file, the things of a bulk action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tortoise import Model, fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference
from schema.identity import new_id
from schema.jobs import rules
from schema.rows import NAME_LENGTH, Row, guards_of, reference, term
from schema.vocabulary import ExportFormat, InterfaceLanguage, JobItemStatus, JobKind, JobStatus

if TYPE_CHECKING:
    from uuid import UUID

ADDRESS_LENGTH = 4000
SUBJECT_LENGTH = 120


class Job(Row):
    """Work on a list as its address shows it, for one person; any process goes on with it.

    Whoever works on it holds the `lease`; when that has run out, the work goes on elsewhere from `cursor`.
    """

    user_id = reference()
    kind = term(JobKind)
    address = fields.CharField(max_length=ADDRESS_LENGTH)
    language = term(InterfaceLanguage, default=InterfaceLanguage.FA)
    format = term(ExportFormat, null=True)
    action = fields.CharField(max_length=SUBJECT_LENGTH, null=True)
    given: Any = fields.JSONField(default=dict)
    status = term(JobStatus, default=JobStatus.WAITING)
    total = fields.IntField(null=True)
    done = fields.IntField(default=0)
    refused = fields.IntField(default=0)
    gathered = fields.BooleanField(default=False)
    cursor = fields.TextField(null=True)
    lease = fields.UUIDField(null=True)
    leased_until = fields.DatetimeField(null=True)
    advanced_at = fields.DatetimeField(auto_now_add=True)
    finished_at = fields.DatetimeField(null=True)
    problem = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "job"


class JobPart(Model):
    """A piece of what an export has gathered so far, in order; all pieces together are its file."""

    id: UUID = fields.UUIDField(primary_key=True, default=new_id)
    job_id = reference()
    ordinal = fields.IntField()
    content = fields.BinaryField()

    class Meta:
        """The table."""

        table = "job_part"


class JobItem(Row):
    """One thing of a bulk action: done, or refused with the reason."""

    job_id = reference()
    user_id = reference()
    ordinal = fields.IntField()
    subject = fields.CharField(max_length=SUBJECT_LENGTH)
    name = fields.CharField(max_length=NAME_LENGTH)
    status = term(JobItemStatus, default=JobItemStatus.WAITING)
    problem = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "job_item"


guards: tuple[Guard, ...] = (
    *guards_of(Job, JobItem),
    Reference("job", "user_id", "app_user", indexed=False, on_delete="cascade"),
    Index("job", "user_id, created_at, id"),
    Index("job", "advanced_at", where="status in ('WAITING', 'RUNNING')", label="open"),
    Check("job", "format_kind", "(kind = 'EXPORT') = (format is not null)"),
    Check("job", "action_kind", "(kind = 'BULK_ACTION') = (action is not null)"),
    Check("job", "finished", "(finished_at is null) = (status in ('WAITING', 'RUNNING'))"),
    Reference("job_part", "job_id", "job", indexed=False, on_delete="cascade"),
    Index("job_part", "job_id, ordinal", unique=True),
    Reference("job_item", "job_id", "job", indexed=False, on_delete="cascade"),
    Reference("job_item", "user_id", "app_user", on_delete="cascade"),
    Index("job_item", "job_id, ordinal, id", unique=True),
    Index("job_item", "job_id, status, ordinal"),
)

OWNER = Facts(
    rules.OwnerFacts,
    "User",
    {
        "open_jobs": "(select count(*) from job j where j.user_id = {t}.id"
        " and j.status in ('WAITING', 'RUNNING'))::int"
    },
)
JOB = Facts(rules.JobFacts, "Job")
