"""Write days in the reader's calendar; reading them and all arithmetic is the domain's own calendar."""

from __future__ import annotations

from datetime import date
from typing import Final

from schema.jalali import MONTHS_EN, MONTHS_FA, MONTHS_IN_YEAR, Jalali, NoSuchDate

_GREGORIAN_FA: Final = (
    *("ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن"),
    *("ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"),
)
_GREGORIAN_EN: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NAMES: Final = {
    ("jalali", "fa"): MONTHS_FA,
    ("jalali", "en"): MONTHS_EN,
    ("gregorian", "fa"): _GREGORIAN_FA,
    ("gregorian", "en"): _GREGORIAN_EN,
}


def year_and_month(day: date, calendar: str) -> tuple[int, int]:
    """Return year and month of a day in the calendar asked for."""
    if calendar != "jalali":
        return day.year, day.month
    moment = Jalali.of(day)
    return moment.year, moment.month


def start_of_month(day: date, calendar: str) -> date:
    """Return the first day of the month the day lies in."""
    return _first_of(*year_and_month(day, calendar), calendar)


def next_month(day: date, calendar: str) -> date:
    """Return the first day of the month after the day's."""
    year, month = year_and_month(day, calendar)
    following = (year + 1, 1) if month == MONTHS_IN_YEAR else (year, month + 1)
    return _first_of(*following, calendar)


def _first_of(year: int, month: int, calendar: str) -> date:
    return Jalali(year, month, 1).gregorian() if calendar == "jalali" else date(year, month, 1)


def day_text(day: date, calendar: str) -> str:
    """Write a day as year/month/day (Jalali) or as an ISO date (Gregorian), in Latin digits."""
    if calendar != "jalali":
        return day.isoformat()
    try:
        return str(Jalali.of(day)).replace("-", "/")
    except NoSuchDate:
        return day.isoformat()


def month_name(month: int, calendar: str, language: str) -> str:
    """Return the name of a month of a calendar in a language."""
    return _MONTH_NAMES[calendar, language][month - 1]


def month_text(day: date, calendar: str, language: str) -> str:
    """Write month and year in words."""
    year, month = year_and_month(day, calendar)
    return f"{month_name(month, calendar, language)} {year}"
