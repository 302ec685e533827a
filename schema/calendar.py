"""Dates as the programme uses them: windows of months, today in Tehran, dates written and typed."""  # noqa: A005 — nothing here runs as a script, and all imports are absolute

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from schema.jalali import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS_EN,
    MONTHS_FA,
    Jalali,
    NoSuchDate,
    UnusableDate,
    add_months,
    is_leap,
    month_length,
)
from schema.text import UnusableText, code, persian_digits, squash

__all__ = [
    "TEHRAN",
    "Jalali",
    "NoSuchDate",
    "UnreadableDate",
    "UnusableDate",
    "Window",
    "add_months",
    "both_dates",
    "is_leap",
    "month_length",
    "months_window",
    "parse_date",
    "tehran_date",
    "year_window",
]

TEHRAN: Final = ZoneInfo("Asia/Tehran")
_IN_DIGITS: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_IN_WORDS: Final = re.compile(r"([0-9]{1,2}) +([^0-9 ]+) +([0-9]{4})")
_MONTHS_BY_NAME: Final = {
    squash(name): number for names in (MONTHS_FA, MONTHS_EN) for number, name in enumerate(names, 1)
}

_REMEDY_FA: Final = "تاریخ را به‌صورت سال-ماه-روز بنویسید، مانند ۱۴۰۴-۰۶-۳۱ یا ۲۰۲۵-۰۹-۲۲."
_REMEDY_EN: Final = "Write the date as year-month-day, as in 1404-06-31 or 2025-09-22."


class UnreadableDate(UnusableDate):
    """A text that is not a date in any form we read."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days from the earliest to the latest on which something should end, both included."""

    earliest: date
    latest: date

    def __contains__(self, day: date) -> bool:
        return self.earliest <= day <= self.latest


def months_window(anchor: date, least: int, most: int) -> Window:
    """Find the window that opens `least` and closes `most` Jalali months after the anchor."""
    if least > most:
        raise ValueError(f"A window cannot open after {least} months and close after {most}.")
    return Window(add_months(anchor, least), add_months(anchor, most))


def year_window(year: int) -> Window:
    """Find the first and the last day of a Jalali year, the usual period of reports."""
    return Window(Jalali(year, 1, 1).gregorian(), Jalali(year, 12, month_length(year, 12)).gregorian())


def tehran_date(instant: datetime) -> date:
    """Tell which day it is in Tehran at that instant."""
    if instant.tzinfo is None:
        raise ValueError("An instant needs its time zone; store and pass instants in UTC.")
    return instant.astimezone(TEHRAN).date()


def both_dates(day: date) -> str:
    """Write the day in both calendars, as «۳۰ دی ۱۴۰۴ / 2026-01-20», because clamping must be seen."""
    return f"{Jalali.of(day).text_fa} / {day.isoformat()}"


def parse_date(text: str) -> date:
    """Read a date as people type it: Jalali or Gregorian, in digits of any kind, or in Jalali words.

    The calendars are told apart by the year, which has four digits and comes first: 1404-06-31,
    ۱۴۰۴/۶/۳۱ and 2025-09-22 are one day; so is «۳۱ شهریور ۱۴۰۴».
    """
    try:
        typed = code(text)
    except UnusableText as error:
        raise UnreadableDate(f"{error.reason_fa} {_REMEDY_FA}", f"{error.reason_en} {_REMEDY_EN}") from error
    if in_digits := _IN_DIGITS.fullmatch(typed):
        return _day(int(in_digits[1]), int(in_digits[3]), int(in_digits[4]))
    in_words = _IN_WORDS.fullmatch(typed)
    month = _MONTHS_BY_NAME.get(squash(in_words[2])) if in_words else None
    if in_words is None or month is None:
        raise UnreadableDate(_REMEDY_FA, _REMEDY_EN)
    return Jalali(int(in_words[3]), month, int(in_words[1])).gregorian()


def _day(year: int, month: int, day: int) -> date:
    """Find the day in the calendar which the year belongs to."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return Jalali(year, month, day).gregorian()
    try:
        gregorian = date(year, month, day)
    except ValueError as error:
        written = f"{year:04}-{month:02}-{day:02}"
        raise NoSuchDate(
            f"روز {persian_digits(written)} وجود ندارد.", f"There is no day {written}."
        ) from error
    Jalali.of(gregorian)
    return gregorian
