"""The commands on jobs: start an export or a bulk action, stop it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry
from strawberry.scalars import JSON

from schema.decision import Decision, refuse
from schema.identity import global_id
from schema.jobs import rows, rules
from schema.problems import ProblemCode
from schema.vocabulary import ExportFormat, InterfaceLanguage, JobKind
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from services.graphql.mutations.write import Write


@strawberry.input(description="A list to export.")
class StartExportInput(Command):
    """Which list, as which kind of file."""

    address: str = strawberry.field(
        description="The address of the list's page with filters, order and columns, as `/clusters?status=…`."
    )
    format: ExportFormat = strawberry.field(description="The kind of file.")


@strawberry.input(description="An action on everything in a list.")
class StartBulkActionInput(Command):
    """Which list, which action, with which values."""

    address: str = strawberry.field(
        description="The address of the list's page with its filters, as `/deliveries?status=EXHAUSTED`."
    )
    action: str = strawberry.field(description="The form of the admin whose command is sent for each thing.")
    values: JSON = strawberry.field(
        default_factory=dict, description="The values of that form, the same for every thing."
    )


@strawberry.input(description="A job to stop.")
class StopJobInput(Command):
    """Which job."""

    id: strawberry.ID = strawberry.field(description="The job.")


async def _start(write: Write, kind: JobKind, values: Mapping[str, object]) -> Decision:
    viewer = write.viewer
    if viewer.user_id is None:
        return refuse(ProblemCode.NOT_ALLOWED)
    owner = await write.facts(rows.OWNER, global_id("User", viewer.user_id), "address")
    language = InterfaceLanguage.EN if viewer.language == "en" else InterfaceLanguage.FA
    return rules.start(owner, kind, {**values, "language": language}, job_id=write.new_id())


@mutation("Job")
async def start_export(write: Write, input: StartExportInput) -> Decision:  # noqa: A002 - the name in the API
    """Export a list of the admin as it is shown; the file is for whoever asked, and kept for a week."""
    return await _start(write, JobKind.EXPORT, input.given("address", "format"))


@mutation("Job")
async def start_bulk_action(write: Write, input: StartBulkActionInput) -> Decision:  # noqa: A002 - as above
    """Send a command for everything in a list, one by one; every refusal is kept with its reason."""
    wanted = {**input.given("address", "action"), "given": input.values}
    return await _start(write, JobKind.BULK_ACTION, wanted)


@mutation("Job")
async def stop_job(write: Write, input: StopJobInput) -> Decision:  # noqa: A002 - as above
    """Stop a job of one's own; what it has done remains."""
    return rules.stop(await write.facts(rows.JOB, input.id), now=datetime.datetime.now(datetime.UTC))
