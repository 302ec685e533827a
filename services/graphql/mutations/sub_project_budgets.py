"""The mutations of a sub-project's money: planned lines, and what is committed, disbursed and spent."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import strawberry

from schema.sub_projects import budgets, rows
from schema.vocabulary import Currency, CurrencyUnit, FundingSource
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_VALUES: Final = ("source", "planned", "period_start", "period_end")


@strawberry.input(description="What is needed to plan money for a sub-project.")
class AddBudgetLineInput(Command):
    """A new budget line."""

    sub_project_id: strawberry.ID = strawberry.field(description="The sub-project.")
    source: FundingSource = strawberry.field(description="Where the money is to come from.")
    currency: Currency = strawberry.field(description="The currency.")
    unit: CurrencyUnit = strawberry.field(description="What the amounts count; rials are old or new.")
    planned: Decimal = strawberry.field(description="How much.")
    period_start: datetime.date | None = strawberry.field(default=None, description="From this day.")
    period_end: datetime.date | None = strawberry.field(default=None, description="To this day.")


@mutation("BudgetLine")
async def add_budget_line(write: Write, input: AddBudgetLineInput) -> Decision:  # noqa: A002 - the API's word
    """Plan money of one source, in one currency and unit, for a sub-project of a draft (E13, I16)."""
    sub_project = await write.facts(rows.SUB_PROJECT, input.sub_project_id, path="subProjectId")
    return budgets.add_line(
        sub_project,
        input.given(*_VALUES),
        currency=input.currency,
        unit=input.unit,
        new_id=write.new_id,
    )


@strawberry.input(description="What can be changed in a budget line.")
class EditBudgetLineInput(Command):
    """A planned line."""

    id: strawberry.ID = strawberry.field(description="The line.")
    source: FundingSource | None = strawberry.field(
        default=strawberry.UNSET, description="Where the money is to come from."
    )
    planned: Decimal | None = strawberry.field(default=strawberry.UNSET, description="How much.")
    period_start: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="From this day."
    )
    period_end: datetime.date | None = strawberry.field(default=strawberry.UNSET, description="To this day.")


@mutation("BudgetLine")
async def edit_budget_line(write: Write, input: EditBudgetLineInput) -> Decision:  # noqa: A002 - the API's word
    """Change what is planned while the plan version is open."""
    return budgets.edit_line(await write.facts(rows.BUDGET_LINE, input.id), input.given(*_VALUES))


@strawberry.input(description="Which budget line is taken out.")
class RemoveBudgetLineInput(Command):
    """A planned line."""

    id: strawberry.ID = strawberry.field(description="The line.")


@mutation("SubProject")
async def remove_budget_line(write: Write, input: RemoveBudgetLineInput) -> Decision:  # noqa: A002 - the API's word
    """Take a budget line out while the plan version is open."""
    return budgets.remove_line(await write.facts(rows.BUDGET_LINE, input.id))


@strawberry.input(description="What has moved of a budget line so far, in its currency and unit.")
class RecordBudgetInput(Command):
    """The money that moved."""

    id: strawberry.ID = strawberry.field(description="The line.")
    committed: Decimal | None = strawberry.field(
        default=None, description="Promised so far; unchanged if empty."
    )
    disbursed: Decimal | None = strawberry.field(
        default=None, description="Paid out so far; unchanged if empty."
    )
    spent: Decimal | None = strawberry.field(default=None, description="Spent so far; unchanged if empty.")


@mutation("BudgetLine")
async def record_budget(write: Write, input: RecordBudgetInput) -> Decision:  # noqa: A002 - the API's word
    """Record what is committed, disbursed and spent of a line, under an approved plan only (E6, I16)."""
    line = await write.facts(rows.BUDGET_LINE, input.id)
    amounts = budgets.Amounts(
        line.committed if input.committed is None else input.committed,
        line.disbursed if input.disbursed is None else input.disbursed,
        line.spent if input.spent is None else input.spent,
    )
    return budgets.record(line, amounts)


@strawberry.input(description="Which budget line is brought back.")
class RestoreBudgetLineInput(Command):
    """A line that was removed."""

    id: strawberry.ID = strawberry.field(description="The line.")


@mutation("BudgetLine")
async def restore_budget_line(write: Write, input: RestoreBudgetLineInput) -> Decision:  # noqa: A002 - the API's word
    """Bring a removed budget line back into its draft."""
    return budgets.restore_line(await write.facts(rows.BUDGET_LINE, input.id, removed=True))
