"""Money of a sub-project: planned in a draft, promised under a plan in force, paid, spent, warned about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from schema.decision import Accepted, Decision
from schema.problems import ProblemCode
from schema.sub_projects import budgets
from schema.sub_projects.budgets import Amounts
from schema.vocabulary import (
    ActionPlanStatus,
    Currency,
    CurrencyUnit,
)
from tests.rules.sub_project_facts import (
    APPROVED,
    LINE,
    PROPOSED,
    accepted,
    codes,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID


@pytest.mark.requirement("I16")
def test_no_line_pays_out_more_than_was_promised_or_spends_more_than_was_paid() -> None:
    above = budgets.record(LINE, Amounts(Decimal(100), Decimal(101), Decimal(0)))
    assert codes(above) == [ProblemCode.DISBURSED_ABOVE_COMMITTED]
    overspent = budgets.record(LINE, Amounts(Decimal(100), Decimal(50), Decimal(51)))
    assert codes(overspent) == [ProblemCode.SPENT_ABOVE_DISBURSED]
    negative = budgets.record(LINE, Amounts(Decimal(-1), Decimal(0), Decimal(0)))
    assert codes(negative) == [ProblemCode.AMOUNT_NEGATIVE]


@pytest.mark.requirement("R38", "I6")
@pytest.mark.parametrize(
    "status", [ActionPlanStatus.DRAFT, ActionPlanStatus.SUBMITTED, ActionPlanStatus.REJECTED]
)
def test_money_is_not_promised_under_a_plan_that_is_not_approved(status: ActionPlanStatus) -> None:
    line = replace(LINE, sub_project=replace(PROPOSED, plan_status=status))
    assert codes(budgets.record(line, LINE.amounts)) == [ProblemCode.PLAN_NOT_APPROVED]


@pytest.mark.parametrize(
    ("spent", "percents"), [(799, []), (800, [80]), (999, [80]), (1000, [80, 100]), (100, [])]
)
def test_spending_that_passes_a_threshold_of_the_plan_is_reported_once(
    spent: int, percents: list[int]
) -> None:
    recorded = accepted(budgets.record(LINE, Amounts(Decimal(2000), Decimal(1500), Decimal(spent))))
    assert [event.payload["percent"] for event in recorded.events] == percents
    again = budgets.record(
        replace(LINE, spent=Decimal(spent)), Amounts(Decimal(2000), Decimal(1500), Decimal(spent))
    )
    assert accepted(again).events == ()


@pytest.mark.requirement("R55")
def test_the_programme_sets_the_share_at_which_a_budget_warns() -> None:
    line = replace(LINE, sub_project=replace(LINE.sub_project, budget_warning_percent=60))
    recorded = accepted(budgets.record(line, Amounts(Decimal(2000), Decimal(1500), Decimal(600))))
    assert [event.payload["percent"] for event in recorded.events] == [60]


@pytest.mark.requirement("I16")
def test_rials_are_old_or_new_and_other_currencies_have_one_unit(new_id: Callable[[], UUID]) -> None:
    def add(currency: Currency, unit: CurrencyUnit, planned: Decimal = Decimal(5)) -> Decision:
        return budgets.add_line(PROPOSED, {"planned": planned}, currency=currency, unit=unit, new_id=new_id)

    assert isinstance(add(Currency.IRR, CurrencyUnit.NEW_RIAL), Accepted)
    assert isinstance(add(Currency.SEK, CurrencyUnit.MAIN), Accepted)
    for currency, unit in ((Currency.IRR, CurrencyUnit.MAIN), (Currency.SEK, CurrencyUnit.OLD_RIAL)):
        assert codes(add(currency, unit)) == [ProblemCode.UNIT_OF_ANOTHER_CURRENCY]
    for amount in ("1e30", "0.001", "NaN", "Infinity"):
        refused = add(Currency.EUR, CurrencyUnit.MAIN, Decimal(amount))
        assert codes(refused) == [ProblemCode.AMOUNT_TOO_PRECISE]
    assert codes(add(Currency.EUR, CurrencyUnit.MAIN, Decimal(-5))) == [ProblemCode.AMOUNT_NEGATIVE]


def test_what_is_planned_stays_once_it_is_approved(new_id: Callable[[], UUID]) -> None:
    added = budgets.add_line(APPROVED, {}, currency=Currency.EUR, unit=CurrencyUnit.MAIN, new_id=new_id)
    edited, removed = budgets.edit_line(LINE, {"planned": Decimal(1)}), budgets.remove_line(LINE)
    assert codes(added) == codes(edited) == codes(removed) == [ProblemCode.PLAN_IS_APPROVED]
    draft_line = replace(LINE, sub_project=PROPOSED)
    assert isinstance(budgets.edit_line(draft_line, {"planned": Decimal(1)}), Accepted)
    assert isinstance(budgets.remove_line(draft_line), Accepted)
    backwards = {"period_start": date(2026, 2, 1), "period_end": date(2026, 1, 1)}
    assert codes(budgets.edit_line(draft_line, backwards)) == [ProblemCode.DATES_OUT_OF_ORDER]
