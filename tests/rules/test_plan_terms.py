"""Operational programmes are short-term: a longer one is remarked on, where it is written and where it is presented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.decision import Problem
from schema.plans import parts, rules
from schema.plans.parts import ProgrammeFacts, StrategyFacts
from schema.plans.terms import DatedProgramme
from schema.problems import ProblemCode
from schema.vocabulary import PlanOwner
from tests.rules.plan_facts import DRAFT, TODAY, accepted

if TYPE_CHECKING:
    from collections.abc import Callable

START = date(2026, 3, 21)
A_YEAR, HALF_A_YEAR = date(2027, 3, 21), date(2026, 9, 23)


@pytest.mark.requirement("R23", "R55")
@pytest.mark.parametrize(
    ("months", "end", "latest"),
    [
        (12, A_YEAR, None),
        (12, date(2027, 3, 22), A_YEAR),
        (6, HALF_A_YEAR, None),
        (6, date(2026, 9, 24), HALF_A_YEAR),
    ],
)
def test_a_programme_that_is_not_short_term_is_remarked_on_and_accepted(
    new_id: Callable[[], UUID], months: int, end: date, latest: date | None
) -> None:
    """Months are Jalali: from 1 Farvardin 1405 to 1 Farvardin 1406, or to 1 Mehr."""
    plan = replace(DRAFT, short_months=months)
    given: dict[str, object] = {
        "title_fa": "بازار", "title_en": "Market", "planned_start": START, "planned_end": end,
    }  # fmt: skip
    under = StrategyFacts(UUID(int=30), plan, programmes=0, last_programme=0)
    added = parts.add_programme(under, given, new_id=new_id)
    known = ProgrammeFacts(UUID(int=31), plan, START, None, 0, title_fa="بازار", title_en="Market")
    edited = parts.edit_programme(known, {"planned_end": end})
    blanks = {"name_fa": "بازار", "name_en": "Market", "months": months, "latest": latest}
    remark = Problem(ProblemCode.PROGRAMME_NOT_SHORT_TERM, ("plannedEnd",), blanks)
    for decision in (added, edited):
        assert accepted(decision).warnings == ((remark,) if latest else ())
    programmes = (
        DatedProgramme("گذشته", "Without days", None, None),
        DatedProgramme("بازار", "Market", START, end),
    )
    presented = replace(plan, dated_programmes=programmes)
    submitted = accepted(rules.submit(presented, by=PlanOwner.AGENT, on=TODAY, today=TODAY))
    assert [remark.path for remark in submitted.warnings] == ([("programmes", "1")] if latest else [])
