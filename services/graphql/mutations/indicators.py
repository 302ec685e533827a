"""The commands on the catalogue of entered indicators and on the targets of clusters."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import strawberry

from schema.indicators import catalogue, rows, targets
from schema.vocabulary import IndicatorDimension, IndicatorLevel, IndicatorUnit
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_PARTICULARS: Final = (
    "name_fa", "name_en", "definition_fa", "definition_en", "unit", "dimension", "level", "basis",
)  # fmt: skip


@strawberry.input(description="What is needed to add an indicator whose values people enter.")
class AddIndicatorInput(Command):
    """A new indicator."""

    code: str = strawberry.field(description="Its name for programs: capitals, digits and underscores.")
    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    definition_fa: str = strawberry.field(description="What it says and how it is found, in Persian.")
    definition_en: str = strawberry.field(description="What it says and how it is found, in English.")
    unit: IndicatorUnit = strawberry.field(description="What its values count.")
    dimension: IndicatorDimension = strawberry.field(
        description="The side of cluster development it looks at."
    )
    level: IndicatorLevel | None = strawberry.field(
        default=None, description="Its place in the causal chain of monitoring."
    )
    basis: str = strawberry.field(default="", description="Where it comes from.")


@mutation("Indicator")
async def add_indicator(write: Write, input: AddIndicatorInput) -> Decision:  # noqa: A002 - the API's word
    """Add an indicator to the catalogue (4.5)."""
    return catalogue.add(input.given(*_PARTICULARS), code=input.code, new_id=write.new_id)


@strawberry.input(description="What can be changed in an entered indicator.")
class EditIndicatorInput(Command):
    """An indicator."""

    id: strawberry.ID = strawberry.field(description="The indicator.")
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    definition_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it says, in Persian; a new version of the indicator."
    )
    definition_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it says, in English; a new version of the indicator."
    )
    unit: IndicatorUnit | None = strawberry.field(
        default=strawberry.UNSET, description="What its values count; only before the first value."
    )
    dimension: IndicatorDimension | None = strawberry.field(
        default=strawberry.UNSET, description="The side of cluster development it looks at."
    )
    level: IndicatorLevel | None = strawberry.field(
        default=strawberry.UNSET, description="Its place in the causal chain of monitoring."
    )
    basis: str | None = strawberry.field(default=strawberry.UNSET, description="Where it comes from.")


@mutation("Indicator")
async def edit_indicator(write: Write, input: EditIndicatorInput) -> Decision:  # noqa: A002 - as above
    """Sharpen an indicator: a new meaning raises its version, and values on record keep theirs (R55)."""
    return catalogue.edit(await write.facts(rows.INDICATOR, input.id), input.given(*_PARTICULARS))


@strawberry.input(description="Which indicator no more values are asked for.")
class RetireIndicatorInput(Command):
    """An indicator."""

    id: strawberry.ID = strawberry.field(description="The indicator.")


@mutation("Indicator")
async def retire_indicator(write: Write, input: RetireIndicatorInput) -> Decision:  # noqa: A002 - as above
    """Ask for no more values of an indicator; those on record stay."""
    return catalogue.retire(await write.facts(rows.INDICATOR, input.id), on=write.today)


@strawberry.input(description="What is needed to set a cluster's target in an indicator.")
class SetIndicatorTargetInput(Command):
    """A target; setting it again changes it."""

    cluster_id: strawberry.ID = strawberry.field(description="The cluster.")
    indicator_id: strawberry.ID = strawberry.field(description="The indicator.")
    baseline: Decimal = strawberry.field(description="Where the cluster stood at first.")
    target: Decimal = strawberry.field(description="Where it is to come.")
    due_on: datetime.date = strawberry.field(description="The day by which it is to be reached.")


@mutation("IndicatorTarget")
async def set_indicator_target(write: Write, input: SetIndicatorTargetInput) -> Decision:  # noqa: A002 - as above
    """Set or change where a cluster is to come in an indicator; the trail keeps what it was before."""
    home = await write.facts(rows.HOME, input.cluster_id, path="clusterId")
    indicator = await write.facts(rows.DEFINED, input.indicator_id, path="indicatorId")
    return targets.set_target(
        home,
        indicator,
        baseline=input.baseline,
        target=input.target,
        due_on=input.due_on,
        today=write.today,
        new_id=write.new_id,
    )


@strawberry.input(description="Which target to take off.")
class RemoveIndicatorTargetInput(Command):
    """A target."""

    id: strawberry.ID = strawberry.field(description="The target.")


@mutation("IndicatorTarget")
async def remove_indicator_target(write: Write, input: RemoveIndicatorTargetInput) -> Decision:  # noqa: A002 - as above
    """Take a target off; the trail keeps it."""
    return targets.remove_target(await write.facts(rows.TARGET, input.id))
