"""Mark the months, quarters and years of a calendar along an axis of time, as finely as there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from web.dates import next_month, year_and_month

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from web.charts.axis import Axis

Names = Literal["months", "numbers", "quarters", "years"]

_NAMED_AT_MOST: Final = 13
_NUMBERED_AT_MOST: Final = 26
_QUARTERS_NAMED_AT_MOST: Final = 42
_QUARTER_LINES_AT_MOST: Final = 84
_MONTH_MARKS_AT_MOST: Final = 240
_QUARTER: Final = 3
_WORDS_OF_A_YEAR: Final = 36.0


@dataclass(frozen=True)
class Tick:
    """A boundary between months on the scale; `month` and `year` are numbers of the reader's calendar.

    `crosses` tells a line through all lanes from a mark at their head; a year is only written where it has room
    before the next one.
    """

    x: float
    middle: float
    month: int
    year: int
    opens_year: bool
    opens_quarter: bool
    crosses: bool
    writes_year: bool


def names_on(months: int) -> Names:
    """Choose the finest names that have room: of months, their numbers, of the first of each quarter, or years."""
    if months <= _NAMED_AT_MOST:
        return "months"
    if months <= _NUMBERED_AT_MOST:
        return "numbers"
    return "quarters" if months <= _QUARTERS_NAMED_AT_MOST else "years"


def months_between(first: date, last: date, calendar: str) -> list[tuple[date, date]]:
    """Return the first day of each month and of the one after it, from one day to another."""
    months = []
    start = first
    while start < last:
        following = next_month(start, calendar)
        months.append((start, following))
        start = following
    return months


def ticks(months: Sequence[tuple[date, date]], axis: Axis, calendar: str) -> list[Tick]:
    """Return a tick for every month, only for every quarter where months would run into one another."""
    count = len(months)
    found = []
    for place, (start, end) in enumerate(months):
        year, month = year_and_month(start, calendar)
        opens_year, opens_quarter = month == 1 or not place, month % _QUARTER == 1
        if not (opens_year or opens_quarter or count <= _MONTH_MARKS_AT_MOST):
            continue
        x = axis.at(start.toordinal())
        turn = next((at for at, _ in months[place + 1 :] if year_and_month(at, calendar)[1] == 1), None)
        room = _WORDS_OF_A_YEAR if turn is None else abs(axis.at(turn.toordinal()) - x)
        found.append(
            Tick(
                x=x,
                middle=round((x + axis.at(end.toordinal())) / 2, 1),
                month=month,
                year=year,
                opens_year=opens_year,
                opens_quarter=opens_quarter,
                crosses=opens_year
                or count <= _NUMBERED_AT_MOST
                or (opens_quarter and count <= _QUARTER_LINES_AT_MOST),
                writes_year=opens_year and room >= _WORDS_OF_A_YEAR,
            )
        )
    return found
