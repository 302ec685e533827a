"""The money of a sub-project: planned, committed, disbursed and spent, never mixed (E6, E13, I16)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
)
from schema.entries import disordered, emptied
from schema.events import EventType
from schema.problems import ProblemCode
from schema.sub_projects.handover import unchangeable
from schema.sub_projects.progress import of_removed
from schema.sub_projects.rules import SubProjectFacts, told
from schema.vocabulary import ActionPlanStatus, Currency, CurrencyUnit, FundingSource, SubProjectStatus

SPENT: Final = 100
"""Spending that reaches what was planned is reported, and before it the warning of the programme, per cent."""

LIMIT: Final = Decimal(10) ** 18
CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Amounts:
    """What of a line is committed, disbursed and spent."""

    committed: Decimal
    disbursed: Decimal
    spent: Decimal


@dataclass(frozen=True, slots=True)
class BudgetLineFacts:
    """A budget line and its sub-project."""

    id: UUID
    source: FundingSource
    currency: Currency
    unit: CurrencyUnit
    planned: Decimal
    committed: Decimal
    disbursed: Decimal
    spent: Decimal
    period_start: date | None
    period_end: date | None
    sub_project: SubProjectFacts
    part_of_removed: bool = False

    @property
    def amounts(self) -> Amounts:
        """The money that moved so far."""
        return Amounts(self.committed, self.disbursed, self.spent)


def add_line(
    sub_project: SubProjectFacts,
    values: Mapping[str, object],
    *,
    currency: Currency,
    unit: CurrencyUnit,
    new_id: Callable[[], UUID],
) -> Decision:
    """Plan money of one source in one currency and unit."""
    problems = [
        *unplannable(sub_project),
        *mismatched(currency, unit),
        *emptied(values, "source", "planned"),
        *_planned(values),
        *disordered(values, "period_start", "period_end"),
    ]
    if problems:
        return Refused(tuple(problems))
    line_id = new_id()
    line = {
        **values,
        "cluster_id": sub_project.cluster_id,
        "sub_project_id": sub_project.id,
        "currency": currency,
        "unit": unit,
    }
    return Accepted(("BudgetLine", line_id), (Create("BudgetLine", line_id, line),))


def edit_line(line: BudgetLineFacts, values: Mapping[str, object]) -> Decision:
    """Change what is planned while the version is open; its currency stays what it is."""
    dates = {"period_start": line.period_start, "period_end": line.period_end}
    problems = (
        *unplannable(line.sub_project),
        *emptied(values, "source", "planned"),
        *_planned(values),
        *disordered({**dates, **values}, "period_start", "period_end"),
    )
    if problems:
        return Refused(problems)
    return Accepted(("BudgetLine", line.id), (Update("BudgetLine", line.id, values),))


def remove_line(line: BudgetLineFacts) -> Decision:
    """Take a line out while the version is open."""
    if problems := unplannable(line.sub_project):
        return Refused(problems)
    return Accepted(("SubProject", line.sub_project.id), (Remove("BudgetLine", line.id),))


def restore_line(line: BudgetLineFacts) -> Decision:
    """Bring a removed line back while the version is open."""
    problems = [*unplannable(line.sub_project), *of_removed(removed=line.part_of_removed)]
    if problems:
        return Refused(tuple(problems))
    back = Update("BudgetLine", line.id, {"deleted_at": None})
    return Accepted(("BudgetLine", line.id), (back,))


def record(line: BudgetLineFacts, amounts: Amounts) -> Decision:
    """Record what is committed, disbursed and spent of a line of an approved plan (E6, I16)."""
    problems = [*_unfunded(line.sub_project), *_moved(amounts)]
    if problems:
        return Refused(tuple(problems))
    changed = {"committed": amounts.committed, "disbursed": amounts.disbursed, "spent": amounts.spent}
    return Accepted(
        ("BudgetLine", line.id),
        (Update("BudgetLine", line.id, changed),),
        tuple(
            told(
                EventType.SUB_PROJECT_BUDGET_THRESHOLD,
                line.sub_project,
                {"source": line.source, "currency": line.currency, "unit": line.unit, "percent": percent},
            )
            for percent in sorted({line.sub_project.budget_warning_percent, SPENT})
            if line.spent * 100 < line.planned * percent <= amounts.spent * 100
        ),
    )


def permitted_of_line(line: BudgetLineFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a budget line today."""
    del today
    return (
        permission("editBudgetLine", edit_line(line, {})),
        permission("removeBudgetLine", remove_line(line)),
        permission("recordBudget", record(line, line.amounts)),
    )


def mismatched(currency: Currency, unit: CurrencyUnit) -> tuple[Problem, ...]:
    """Say why amounts of a currency are not counted in a unit: two rials circulate, nothing else has two."""
    if unit.belongs_to(currency):
        return ()
    return (Problem(ProblemCode.UNIT_OF_ANOTHER_CURRENCY, ("unit",), {"unit": unit, "currency": currency}),)


def unusable(amount: Decimal, path: str) -> tuple[Problem, ...]:
    """Say why an amount cannot be kept."""
    if not amount.is_finite() or abs(amount) >= LIMIT or amount != amount.quantize(CENT):
        return (Problem(ProblemCode.AMOUNT_TOO_PRECISE, (path,)),)
    return (Problem(ProblemCode.AMOUNT_NEGATIVE, (path,)),) if amount < 0 else ()


def unplannable(sub_project: SubProjectFacts) -> tuple[Problem, ...]:
    """Say why nothing more is planned for a sub-project: its version is approved, or it is over."""
    if sub_project.plan_status in {ActionPlanStatus.APPROVED, ActionPlanStatus.SUPERSEDED}:
        return (Problem(ProblemCode.PLAN_IS_APPROVED),)
    return unchangeable(sub_project)


def _unfunded(sub_project: SubProjectFacts) -> tuple[Problem, ...]:
    if sub_project.plan_status not in {ActionPlanStatus.APPROVED, ActionPlanStatus.SUPERSEDED}:
        return (Problem(ProblemCode.PLAN_NOT_APPROVED, (), {"status": sub_project.plan_status}),)
    if sub_project.status is SubProjectStatus.CANCELLED:
        return (Problem(ProblemCode.WRONG_STATUS, (), {"status": sub_project.status}),)
    return ()


def _planned(values: Mapping[str, object]) -> tuple[Problem, ...]:
    planned = values.get("planned")
    return unusable(planned, "planned") if isinstance(planned, Decimal) else ()


def _moved(amounts: Amounts) -> list[Problem]:
    named = (("committed", amounts.committed), ("disbursed", amounts.disbursed), ("spent", amounts.spent))
    problems = [problem for path, amount in named for problem in unusable(amount, path)]
    if problems:
        return problems
    if amounts.disbursed > amounts.committed:
        values = {"disbursed": amounts.disbursed, "committed": amounts.committed}
        problems.append(Problem(ProblemCode.DISBURSED_ABOVE_COMMITTED, ("disbursed",), values))
    if amounts.spent > amounts.disbursed:
        values = {"spent": amounts.spent, "disbursed": amounts.disbursed}
        problems.append(Problem(ProblemCode.SPENT_ABOVE_DISBURSED, ("spent",), values))
    return problems
