"""The mutations of the parts of an action plan: strategies and operational programmes."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import strawberry

from schema.plans import parts, rows
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_TEXTS: Final = ("title_fa", "title_en", "description_fa", "description_en")
_DATED: Final = (*_TEXTS, "planned_start", "planned_end")


@strawberry.input(description="What is needed to add a strategy.")
class AddStrategyInput(Command):
    """A new strategy."""

    plan_id: strawberry.ID = strawberry.field(description="The version it is written into.")
    title_fa: str = strawberry.field(description="The Persian title.")
    title_en: str = strawberry.field(description="The English title.")
    description_fa: str | None = strawberry.field(default=None, description="What it means, in Persian.")
    description_en: str | None = strawberry.field(default=None, description="What it means, in English.")


@mutation("Strategy")
async def add_strategy(write: Write, input: AddStrategyInput) -> Decision:  # noqa: A002 - the API's word
    """Write a further strategy into a draft of the action plan (R23)."""
    place = await write.facts(rows.STRATEGY_PLACE, input.plan_id, path="planId")
    return parts.add_strategy(place, input.given(*_TEXTS), new_id=write.new_id)


@strawberry.input(description="What can be changed in a strategy.")
class EditStrategyInput(Command):
    """The text of a strategy."""

    id: strawberry.ID = strawberry.field(description="The strategy.")
    title_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian title.")
    title_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English title.")
    description_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it means, in Persian."
    )
    description_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it means, in English."
    )


@mutation("Strategy")
async def edit_strategy(write: Write, input: EditStrategyInput) -> Decision:  # noqa: A002 - the API's word
    """Change a strategy of a draft."""
    strategy = await write.facts(rows.STRATEGY, input.id)
    return parts.edit_strategy(strategy, input.given(*_TEXTS))


@strawberry.input(description="Which strategy is taken out.")
class RemoveStrategyInput(Command):
    """A strategy without programmes."""

    id: strawberry.ID = strawberry.field(description="The strategy.")


@mutation("ActionPlan")
async def remove_strategy(write: Write, input: RemoveStrategyInput) -> Decision:  # noqa: A002 - the API's word
    """Take a strategy that has no programmes out of a draft."""
    return parts.remove_strategy(await write.facts(rows.STRATEGY, input.id))


@strawberry.input(description="What is needed to add an operational programme.")
class AddOperationalProgrammeInput(Command):
    """A new operational programme."""

    strategy_id: strawberry.ID = strawberry.field(description="The strategy it serves.")
    title_fa: str = strawberry.field(description="The Persian title.")
    title_en: str = strawberry.field(description="The English title.")
    description_fa: str | None = strawberry.field(default=None, description="What is to be done, in Persian.")
    description_en: str | None = strawberry.field(default=None, description="What is to be done, in English.")
    planned_start: datetime.date | None = strawberry.field(default=None, description="When it is to start.")
    planned_end: datetime.date | None = strawberry.field(default=None, description="When it is to end.")


@mutation("OperationalProgramme")
async def add_operational_programme(write: Write, input: AddOperationalProgrammeInput) -> Decision:  # noqa: A002 - the API's word
    """Write a further short-term operational programme under a strategy of a draft (R23)."""
    strategy = await write.facts(rows.STRATEGY, input.strategy_id, path="strategyId")
    return parts.add_programme(strategy, input.given(*_DATED), new_id=write.new_id)


@strawberry.input(description="What can be changed in an operational programme.")
class EditOperationalProgrammeInput(Command):
    """The text and dates of a programme."""

    id: strawberry.ID = strawberry.field(description="The programme.")
    title_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian title.")
    title_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English title.")
    description_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What is to be done, in Persian."
    )
    description_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What is to be done, in English."
    )
    planned_start: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it is to start."
    )
    planned_end: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it is to end."
    )


@mutation("OperationalProgramme")
async def edit_operational_programme(write: Write, input: EditOperationalProgrammeInput) -> Decision:  # noqa: A002 - the API's word
    """Change an operational programme of a draft."""
    programme = await write.facts(rows.PROGRAMME, input.id)
    return parts.edit_programme(programme, input.given(*_DATED))


@strawberry.input(description="Which operational programme is taken out.")
class RemoveOperationalProgrammeInput(Command):
    """A programme without sub-projects."""

    id: strawberry.ID = strawberry.field(description="The programme.")


@mutation("ActionPlan")
async def remove_operational_programme(write: Write, input: RemoveOperationalProgrammeInput) -> Decision:  # noqa: A002 - the API's word
    """Take an operational programme that has no sub-projects out of a draft."""
    return parts.remove_programme(await write.facts(rows.PROGRAMME, input.id))


@strawberry.input(description="Which strategy is brought back.")
class RestoreStrategyInput(Command):
    """A strategy that was removed."""

    id: strawberry.ID = strawberry.field(description="The strategy.")


@mutation("Strategy")
async def restore_strategy(write: Write, input: RestoreStrategyInput) -> Decision:  # noqa: A002 - the API's word
    """Bring a removed strategy back into its draft."""
    return parts.restore_strategy(await write.facts(rows.STRATEGY, input.id, removed=True))


@strawberry.input(description="Which operational programme is brought back.")
class RestoreOperationalProgrammeInput(Command):
    """A programme that was removed."""

    id: strawberry.ID = strawberry.field(description="The programme.")


@mutation("OperationalProgramme")
async def restore_operational_programme(write: Write, input: RestoreOperationalProgrammeInput) -> Decision:  # noqa: A002 - the API's word
    """Bring a removed operational programme back into its draft."""
    return parts.restore_programme(await write.facts(rows.PROGRAMME, input.id, removed=True))
