"""Which days people work: the weekend and the holidays of an installation, and the fixed ones of the country."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Self

from schema.calendar import UnreadableDate, parse_date
from schema.jalali import Jalali, NoSuchDate
from schema.vocabulary import Weekday
from services.settings import SettingsInvalid

if TYPE_CHECKING:
    from services.settings import Settings

FIXED_HOLIDAYS: Final = frozenset(
    {(1, 1), (1, 2), (1, 3), (1, 4), (1, 12), (1, 13), (3, 14), (3, 15), (11, 22), (12, 29)}
)
"""Month and day of the official holidays that the Jalali calendar fixes; lunar ones move and are configured."""

_WEEK: Final = tuple(Weekday)
# Python counts the days of a week from Monday, the programme from Saturday.
_FROM_MONDAY: Final = 2


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The weekend and the movable holidays."""

    weekend: frozenset[Weekday] = frozenset({Weekday.THURSDAY, Weekday.FRIDAY})
    holidays: frozenset[date] = field(default_factory=frozenset)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Read what an installation decided.

        Raises:
            SettingsInvalid: a day cannot be read, or no day of the week is left to work on.
        """
        names = [name.strip().upper() for name in settings.weekend.split(",") if name.strip()]
        unknown = [name for name in names if name not in set(Weekday)]
        if unknown or len(set(names)) >= len(Weekday):
            raise SettingsInvalid("WEEKEND: give days as in THURSDAY,FRIDAY; at least one has to be left.")
        holidays = set()
        for text in filter(None, map(str.strip, settings.holidays.split(","))):
            try:
                holidays.add(parse_date(text))
            except (UnreadableDate, NoSuchDate) as unusable:
                raise SettingsInvalid(f"HOLIDAYS: {text[:30]}: {unusable}") from None
        return cls(frozenset(Weekday(name) for name in names), frozenset(holidays))

    def includes(self, day: date) -> bool:
        """Whether a day is worked on."""
        jalali = Jalali.of(day)
        return (
            weekday_of(day) not in self.weekend
            and day not in self.holidays
            and (jalali.month, jalali.day) not in FIXED_HOLIDAYS
        )

    def from_(self, day: date) -> date:
        """Return the day itself, or the first one after it that is worked on."""
        while not self.includes(day):
            day += timedelta(days=1)
        return day


def weekday_of(day: date) -> Weekday:
    """Return the day of the week."""
    return _WEEK[(day.weekday() + _FROM_MONDAY) % len(_WEEK)]
