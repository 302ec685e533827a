"""PostgreSQL counts Jalali months exactly as Python does."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from schema.calendar import add_months

if TYPE_CHECKING:
    import asyncpg


@pytest.mark.requirement("R12", "R25", "R50")
@pytest.mark.parametrize("months", [0, 1, 2, 3, 4, 6, 12, 36])
async def test_the_sql_function_agrees_with_the_calendar_on_every_day_of_a_century(
    pool: asyncpg.Pool[asyncpg.Record], months: int
) -> None:
    first = datetime.date(1990, 1, 1)
    rows = await pool.fetch(
        "select day::date as day, khoosheh_add_months(day::date, $2) as later"
        " from generate_series($1::date, $1::date + 36524, interval '1 day') as day",
        first,
        months,
    )
    assert len(rows) == 36525
    assert all(row["later"] == add_months(row["day"], months) for row in rows)
