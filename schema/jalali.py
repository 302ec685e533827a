"""The Jalali calendar: its days, its leap years, and whole months counted from an anchor."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from schema.text import persian_digits
from schema.unusable import Unusable

FIRST_YEAR: Final = 1200
LAST_YEAR: Final = 1599
MONTHS_FA: Final = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
MONTHS_EN: Final = (
    *("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar"),
    *("Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"),
)
MONTHS_IN_YEAR: Final = 12
_LONG_MONTHS: Final = 6
_LONG_MONTH: Final = 31
_MONTH: Final = 30
_ESFAND: Final = 29
# The day before 1 Farvardin of year 1, counted as Python counts days.
_EPOCH: Final = 226894
# The rule of 33 years agrees with the equinox at Tehran from 1200 to 1599, except that the leap day
# it puts at the end of 1502 falls a year later: the new year of 1503 comes one day earlier.
_EARLIER_NEW_YEAR: Final = 1503


class UnusableDate(Unusable):
    """A date that cannot be used; the message says why."""


class NoSuchDate(UnusableDate):
    """A date that does not exist, or lies outside the years this calendar is right for."""


@dataclass(frozen=True, order=True, slots=True)
class Jalali:
    """One day of the Jalali calendar; it cannot be made of numbers that are no day."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        """Refuse what is no day."""
        if not 1 <= self.day <= month_length(self.year, self.month):
            raise NoSuchDate(
                persian_digits(f"{MONTHS_FA[self.month - 1]} {self.year} روز {self.day} ندارد."),
                f"The Jalali month {self.year}-{self.month:02} has no day {self.day}.",
            )

    @classmethod
    def of(cls, day: date) -> Self:
        """Convert from the Gregorian calendar."""
        year = day.year - 621
        if not FIRST_YEAR <= year <= LAST_YEAR + 1:
            raise NoSuchDate(
                persian_digits(f"{day.isoformat()} بیرون از سال‌های {FIRST_YEAR} تا {LAST_YEAR} شمسی است."),
                f"{day.isoformat()} lies outside the Jalali years {FIRST_YEAR} to {LAST_YEAR}.",
            )
        if day.toordinal() < _new_year(year):
            year -= 1
        rest = day.toordinal() - _new_year(year)
        month = rest // _LONG_MONTH + 1
        if month <= _LONG_MONTHS:
            return cls(year, month, rest % _LONG_MONTH + 1)
        rest -= _LONG_MONTHS * _LONG_MONTH
        return cls(year, _LONG_MONTHS + rest // _MONTH + 1, rest % _MONTH + 1)

    def gregorian(self) -> date:
        """Convert to the Gregorian calendar, in which dates are stored."""
        months = self.month - 1
        days_before = months * _MONTH + min(months, _LONG_MONTHS)
        return date.fromordinal(_new_year(self.year) + days_before + self.day - 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}-{self.day:02}"

    @property
    def text_fa(self) -> str:
        """The day in Persian words, as «۳۱ شهریور ۱۴۰۴»."""
        return persian_digits(f"{self.day} {MONTHS_FA[self.month - 1]} {self.year}")

    @property
    def text_en(self) -> str:
        """The day in English words, as "31 Shahrivar 1404"."""
        return f"{self.day} {MONTHS_EN[self.month - 1]} {self.year}"


def is_leap(year: int) -> bool:
    """Whether Esfand of the year has thirty days."""
    return _new_year(year + 1) - _new_year(year) == 366  # noqa: PLR2004 — the days of a leap year


def month_length(year: int, month: int) -> int:
    """How many days the month has."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchDate(
            persian_digits(f"سال {year} بیرون از {FIRST_YEAR} تا {LAST_YEAR} شمسی است."),
            f"The Jalali year {year} lies outside {FIRST_YEAR} to {LAST_YEAR}.",
        )
    if not 1 <= month <= MONTHS_IN_YEAR:
        raise NoSuchDate(
            persian_digits(f"سال دوازده ماه دارد؛ ماه {month} نداریم."),
            f"A Jalali year has twelve months; there is no month {month}.",
        )
    if month <= _LONG_MONTHS:
        return _LONG_MONTH
    if month < MONTHS_IN_YEAR:
        return _MONTH
    return _ESFAND + is_leap(year)


def add_months(anchor: date, months: int) -> date:
    """Count whole Jalali months from the anchor; a day the target month lacks becomes its last one.

    Count always from the anchor: adding one month twice is not adding two, and subtracting does not
    undo adding.
    """
    start = Jalali.of(anchor)
    years, month = divmod(start.month - 1 + months, MONTHS_IN_YEAR)
    year, month = start.year + years, month + 1
    return Jalali(year, month, min(start.day, month_length(year, month))).gregorian()


def _new_year(year: int) -> int:
    """Count 1 Farvardin as Python counts days."""
    return _EPOCH + 365 * (year - 1) + (8 * year + 21) // 33 + 1 - (year == _EARLIER_NEW_YEAR)
