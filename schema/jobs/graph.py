"""The public types of jobs: one's own exports and bulk actions, with what became of every thing."""

from __future__ import annotations

import datetime

from schema.graph import Node, column, entity, many, permitted
from schema.jobs import rows, rules
from schema.scopes import STRICTLY_ONES_OWN
from schema.vocabulary import ExportFormat, JobItemStatus, JobKind, JobStatus


@entity(rows.Job, scope=STRICTLY_ONES_OWN, plural="jobs", order=("created_at",))
class Job(Node):
    """Work that goes on behind the pages of the admin; one's own only."""

    kind: JobKind = column("What it does.", orderable=False)
    address: str = column(
        "The list it is about, as the page that shows it.", filterable=False, orderable=False
    )
    format: ExportFormat | None = column("The kind of file; empty for a bulk action.", orderable=False)
    action: str | None = column("The form whose command is sent for each thing.", orderable=False)
    status: JobStatus = column("How it stands.", orderable=False)
    total: int | None = column("How many things it is about, once counted.", orderable=False)
    done: int = column("How many of them are done.", orderable=False)
    refused: int = column("How many of them were refused.", orderable=False)
    finished_at: datetime.datetime | None = column(
        "When it was over; empty while it goes on.", orderable=False
    )
    problem: str | None = column("Why it could not go on.", filterable=False, orderable=False)
    job_items = many("jobs.JobItem", "The things of a bulk action.", far="job_id")
    permitted_actions = permitted(rows.JOB, rules.permitted)


@entity(rows.JobItem, scope=STRICTLY_ONES_OWN, plural="jobItems", order=("ordinal",), root=False)
class JobItem(Node):
    """One thing of a bulk action."""

    ordinal: int = column("Its place in the list.")
    subject: str = column("The global id of the thing.", orderable=False)
    name: str = column("What it was called.", filterable=False, orderable=False)
    status: JobItemStatus = column("How it stands.", orderable=False)
    problem: str | None = column("Why it was refused.", filterable=False, orderable=False)
