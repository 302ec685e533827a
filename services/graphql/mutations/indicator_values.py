"""The commands on values of indicators: entered, submitted, returned, approved, corrected, taken."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import strawberry

from schema.indicators import rows, rules, taking
from schema.indicators.entries import Entry, Part
from schema.vocabulary import Currency, CurrencyUnit
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="A part of a value under a name of its own.")
class IndicatorPartInput:
    """Such as the women among the people employed."""

    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    value: Decimal = strawberry.field(description="The number.")


@strawberry.input(description="What is needed to enter a value of an indicator.")
class EnterIndicatorValueInput(Command):
    """A value for a period that is over."""

    cluster_id: strawberry.ID = strawberry.field(description="The cluster.")
    indicator_id: strawberry.ID = strawberry.field(description="An entered indicator of the catalogue.")
    period: str = strawberry.field(
        description="The Jalali period, in digits of any kind: `1404`, `1404-S2` (a season), `1404-06`, `1404-06-31`."
    )
    value: Decimal = strawberry.field(description="The number.")
    currency: Currency | None = strawberry.field(default=None, description="The currency, if it is money.")
    currency_unit: CurrencyUnit | None = strawberry.field(default=None, description="What an amount counts.")
    evidence: str | None = strawberry.field(
        default=None, description="What it rests on; needed before it is submitted."
    )
    parts: list[IndicatorPartInput] = strawberry.field(default_factory=list, description="Its parts, if any.")
    corrects_id: strawberry.ID | None = strawberry.field(
        default=None, description="The approved value of the same period that this one corrects."
    )


@mutation("IndicatorValue")
async def enter_indicator_value(write: Write, input: EnterIndicatorValueInput) -> Decision:  # noqa: A002 - the API's word
    """Enter a value for a period that is over, as a draft; approved values are corrected by a new one."""
    home = await write.facts(rows.HOME, input.cluster_id, path="clusterId")
    indicator = await write.facts(rows.DEFINED, input.indicator_id, path="indicatorId")
    corrects = None
    if input.corrects_id is not None:
        corrects = await write.facts(rows.VALUE, input.corrects_id, path="correctsId")
    return rules.enter(
        home,
        indicator,
        _entry(input),
        period=input.period,
        corrects=corrects,
        today=write.today,
        new_id=write.new_id,
    )


@strawberry.input(description="The new content of a value that nobody approved; what is left out is emptied.")
class EditIndicatorValueInput(Command):
    """A value."""

    id: strawberry.ID = strawberry.field(description="The value.")
    value: Decimal = strawberry.field(description="The number.")
    currency: Currency | None = strawberry.field(default=None, description="The currency, if it is money.")
    currency_unit: CurrencyUnit | None = strawberry.field(default=None, description="What an amount counts.")
    evidence: str | None = strawberry.field(default=None, description="What it rests on.")
    parts: list[IndicatorPartInput] = strawberry.field(default_factory=list, description="Its parts, if any.")


@mutation("IndicatorValue")
async def edit_indicator_value(write: Write, input: EditIndicatorValueInput) -> Decision:  # noqa: A002 - as above
    """Change a value that nobody approved; one that was returned becomes a draft again."""
    value = await write.facts(rows.VALUE, input.id)
    return rules.edit(value, _entry(input), new_id=write.new_id)


@strawberry.input(description="Which draft to hand in.")
class SubmitIndicatorValueInput(Command):
    """A draft."""

    id: strawberry.ID = strawberry.field(description="The value.")


@mutation("IndicatorValue")
async def submit_indicator_value(write: Write, input: SubmitIndicatorValueInput) -> Decision:  # noqa: A002 - as above
    """Hand a draft in for review (4.2)."""
    value = await write.facts(rows.VALUE, input.id)
    return rules.submit(value, by=write.viewer.actor, today=write.today)


@strawberry.input(description="Which submitted value to send back, and why.")
class ReturnIndicatorValueInput(Command):
    """A submitted value."""

    id: strawberry.ID = strawberry.field(description="The value.")
    reason: str | None = strawberry.field(default=None, description="What is to be corrected.")


@mutation("IndicatorValue")
async def return_indicator_value(write: Write, input: ReturnIndicatorValueInput) -> Decision:  # noqa: A002 - as above
    """Send a submitted value back with what is to be corrected; not one's own."""
    value = await write.facts(rows.VALUE, input.id)
    return rules.return_(value, reason=input.reason, by=write.viewer.actor, today=write.today)


@strawberry.input(description="Which submitted value to approve.")
class ApproveIndicatorValueInput(Command):
    """A submitted value."""

    id: strawberry.ID = strawberry.field(description="The value.")


@mutation("IndicatorValue")
async def approve_indicator_value(write: Write, input: ApproveIndicatorValueInput) -> Decision:  # noqa: A002 - as above
    """Approve a submitted value, not one's own; it never changes again, and what it corrects is marked (R55)."""
    value = await write.facts(rows.VALUE, input.id)
    return rules.approve(value, by=write.viewer.actor, today=write.today)


@strawberry.input(description="Which value to take back.")
class RemoveIndicatorValueInput(Command):
    """A draft or a returned value."""

    id: strawberry.ID = strawberry.field(description="The value.")


@mutation("IndicatorValue")
async def remove_indicator_value(write: Write, input: RemoveIndicatorValueInput) -> Decision:  # noqa: A002 - as above
    """Take back a value that nobody approved or is reviewing."""
    return rules.remove(await write.facts(rows.VALUE, input.id))


@strawberry.input(description="Which value to bring back.")
class RestoreIndicatorValueInput(Command):
    """A value that was removed."""

    id: strawberry.ID = strawberry.field(description="The value.")


@mutation("IndicatorValue")
async def restore_indicator_value(write: Write, input: RestoreIndicatorValueInput) -> Decision:  # noqa: A002 - as above
    """Bring back a value that was removed, unless its period has another one by now."""
    return rules.restore(await write.facts(rows.VALUE, input.id, removed=True))


@strawberry.input(description="Whose computed indicators to keep as they are today.")
class TakeIndicatorValuesInput(Command):
    """A running project."""

    project_id: strawberry.ID = strawberry.field(description="The project.")


@mutation("ClusterProject")
async def take_indicator_values(write: Write, input: TakeIndicatorValuesInput) -> Decision:  # noqa: A002 - as above
    """Keep what every computed indicator of a project says today, with formula version and thresholds (R55)."""
    home = await write.facts(rows.SNAPSHOT, input.project_id, path="projectId")
    return taking.take(home, by=write.viewer.actor, today=write.today, new_id=write.new_id)


def _entry(given: EnterIndicatorValueInput | EditIndicatorValueInput) -> Entry:
    """Turn what was given into the words of the rules."""
    return Entry(
        given.value,
        given.currency,
        given.currency_unit,
        given.evidence,
        tuple(Part(part.name_fa, part.name_en, part.value) for part in given.parts),
    )
