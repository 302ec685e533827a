"""The periods of reports, in the Jalali calendar: a year, a season, a month or a day (7.3)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from schema.jalali import MONTHS_IN_YEAR, Jalali, NoSuchDate, month_length
from schema.text import UnusableText, code
from schema.unusable import Unusable

MONTHS_IN_SEASON: Final = 3
EXAMPLES: Final = "1404, 1404-S2, 1404-06, 1404-06-31"
_FORM: Final = re.compile(r"([0-9]{4})(?:-(?:S([1-4])|([0-9]{2})(?:-([0-9]{2}))?))?", re.IGNORECASE)


class UnusablePeriod(Unusable):
    """A text that is not a period; the message says what one looks like."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its canonical name, with its first and last day."""

    name: str
    start: date
    end: date


def read_period(text: str) -> Period:
    """Read a period as people type it, in digits of any kind: 1404, 1404-S2, ۱۴۰۴-۰۶ or 1404-06-31.

    Raises:
        UnusablePeriod: it is not one.
    """
    try:
        parts = _FORM.fullmatch(code(text))
    except UnusableText:
        parts = None
    if parts is None:
        raise UnusablePeriod(
            f"دوره را به یکی از این صورت‌ها بنویسید: {EXAMPLES}",
            f"Write the period in one of these forms: {EXAMPLES}",
        )
    year, season, month, day = (int(part) if part else None for part in parts.groups())
    try:
        return _period(year or 0, season, month, day)
    except NoSuchDate as error:
        raise UnusablePeriod(error.reason_fa, error.reason_en) from error


def day_period(day: date) -> Period:
    """Return the period of a single day, as values have that are taken on it."""
    return Period(str(Jalali.of(day)), day, day)


def _period(year: int, season: int | None, month: int | None, day: int | None) -> Period:
    if day is not None and month is not None:
        found = Jalali(year, month, day).gregorian()
        return Period(f"{year}-{month:02}-{day:02}", found, found)
    if month is not None:
        return _months(f"{year}-{month:02}", year, month, month)
    if season is not None:
        last = season * MONTHS_IN_SEASON
        return _months(f"{year}-S{season}", year, last - MONTHS_IN_SEASON + 1, last)
    return _months(str(year), year, 1, MONTHS_IN_YEAR)


def _months(name: str, year: int, first: int, last: int) -> Period:
    start, end = Jalali(year, first, 1), Jalali(year, last, month_length(year, last))
    return Period(name, start.gregorian(), end.gregorian())
