"""The commands on risks and issues of sub-projects."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import strawberry

from schema.risks import rows, rules
from schema.vocabulary import RiskKind
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_VALUES: Final = ("kind", "title_fa", "title_en", "likelihood", "impact", "response_fa", "response_en")


@strawberry.input(description="What is needed to raise a risk or an issue.")
class RaiseRiskInput(Command):
    """A risk or an issue."""

    sub_project_id: strawberry.ID = strawberry.field(description="The sub-project.")
    kind: RiskKind = strawberry.field(description="Whether it may go wrong or already has.")
    title_fa: str = strawberry.field(description="What it is, in Persian.")
    title_en: str = strawberry.field(description="What it is, in English.")
    likelihood: int = strawberry.field(description="How likely it is, 1 to 5.")
    impact: int = strawberry.field(description="How much it would matter, 1 to 5.")
    response_fa: str | None = strawberry.field(default=None, description="What is done about it, in Persian.")
    response_en: str | None = strawberry.field(default=None, description="What is done about it, in English.")
    on: datetime.date | None = strawberry.field(default=None, description="The day; today unless given.")


@mutation("Risk")
async def raise_risk(write: Write, input: RaiseRiskInput) -> Decision:  # noqa: A002 - the API's word
    """Put on record what may go wrong, or has, with a sub-project (4.1)."""
    home = await write.facts(rows.HOME, input.sub_project_id, path="subProjectId")
    given = input.given(*_VALUES)
    return rules.raise_(home, given, on=input.on or write.today, today=write.today, new_id=write.new_id)


@strawberry.input(description="What can be changed in a risk or an issue.")
class EditRiskInput(Command):
    """A risk or an issue."""

    id: strawberry.ID = strawberry.field(description="The risk or issue.")
    kind: RiskKind | None = strawberry.field(default=strawberry.UNSET, description="Risk or issue.")
    title_fa: str | None = strawberry.field(default=strawberry.UNSET, description="What it is, in Persian.")
    title_en: str | None = strawberry.field(default=strawberry.UNSET, description="What it is, in English.")
    likelihood: int | None = strawberry.field(
        default=strawberry.UNSET, description="How likely it is, 1 to 5."
    )
    impact: int | None = strawberry.field(
        default=strawberry.UNSET, description="How much it would matter, 1 to 5."
    )
    response_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What is done about it, in Persian."
    )
    response_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What is done about it, in English."
    )


@mutation("Risk")
async def edit_risk(write: Write, input: EditRiskInput) -> Decision:  # noqa: A002 - as above
    """Weigh a risk anew, or say what is done about it."""
    return rules.edit(await write.facts(rows.RISK, input.id), input.given(*_VALUES))


@strawberry.input(description="Which risk is held down, and by what.")
class MitigateRiskInput(Command):
    """A risk or an issue."""

    id: strawberry.ID = strawberry.field(description="The risk or issue.")
    response_fa: str | None = strawberry.field(
        default=None, description="What is done about it, in Persian; needed unless it is on record."
    )


@mutation("Risk")
async def mitigate_risk(write: Write, input: MitigateRiskInput) -> Decision:  # noqa: A002 - as above
    """Say that the response holds a risk down."""
    return rules.mitigate(await write.facts(rows.RISK, input.id), response=input.response_fa)


@strawberry.input(description="Which risk to close, and why.")
class CloseRiskInput(Command):
    """A risk or an issue."""

    id: strawberry.ID = strawberry.field(description="The risk or issue.")
    reason: str | None = strawberry.field(
        default=None, description="Why: it passed, was solved or is accepted."
    )
    on: datetime.date | None = strawberry.field(default=None, description="The day; today unless given.")


@mutation("Risk")
async def close_risk(write: Write, input: CloseRiskInput) -> Decision:  # noqa: A002 - as above
    """Close a risk or an issue, with the reason."""
    risk = await write.facts(rows.RISK, input.id)
    return rules.close(risk, on=input.on or write.today, reason=input.reason, today=write.today)


@strawberry.input(description="Which risk is back.")
class ReopenRiskInput(Command):
    """A risk or an issue."""

    id: strawberry.ID = strawberry.field(description="The risk or issue.")


@mutation("Risk")
async def reopen_risk(write: Write, input: ReopenRiskInput) -> Decision:  # noqa: A002 - as above
    """Open again what was closed or held down."""
    return rules.reopen(await write.facts(rows.RISK, input.id))


@strawberry.input(description="Which risk was raised by mistake.")
class RemoveRiskInput(Command):
    """A risk or an issue."""

    id: strawberry.ID = strawberry.field(description="The risk or issue.")


@mutation("SubProject")
async def remove_risk(write: Write, input: RemoveRiskInput) -> Decision:  # noqa: A002 - as above
    """Take back what was raised by mistake."""
    return rules.remove(await write.facts(rows.RISK, input.id))


@strawberry.input(description="Which risk to bring back.")
class RestoreRiskInput(Command):
    """A risk or an issue that was removed."""

    id: strawberry.ID = strawberry.field(description="The risk or issue.")


@mutation("Risk")
async def restore_risk(write: Write, input: RestoreRiskInput) -> Decision:  # noqa: A002 - as above
    """Bring back what was taken back."""
    return rules.restore(await write.facts(rows.RISK, input.id, removed=True))
