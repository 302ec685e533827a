"""When people are written to: at once, in digests, never at night, reminders on working days."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from schema.calendar import TEHRAN
from schema.jalali import Jalali
from schema.vocabulary import Channel, NotificationRhythm, Weekday
from services.notifications.rhythm import Reading, sending_time
from services.notifications.working_days import WorkingDays, weekday_of
from services.settings import SettingsInvalid, read_settings

DAYS = WorkingDays()
# Monday 2 Azar 1405.
MONDAY = datetime.date(2026, 11, 23)


def at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=TEHRAN)


def on(days: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=days)


def written(
    rhythm: NotificationRhythm, moment: datetime.datetime, *, reminder: bool = False, **more: Any
) -> datetime.datetime | None:
    reading = Reading({Channel.EMAIL: rhythm}, **more)
    return sending_time(reading, Channel.EMAIL, moment, DAYS, reminder=reminder)


def test_whoever_wants_it_at_once_is_written_to_at_once_and_whoever_wants_nothing_never() -> None:
    now = at(MONDAY, 3, 30)
    assert written(NotificationRhythm.IMMEDIATE, now) == now
    assert written(NotificationRhythm.OFF, now) is None
    assert sending_time(Reading({}), Channel.SMS, now, DAYS, reminder=False) is None


@pytest.mark.parametrize(
    ("begin", "end", "moment", "expected"),
    [
        (22, 7, at(MONDAY, 21, 59), at(MONDAY, 21, 59)),
        (22, 7, at(MONDAY, 22), at(on(1), 7)),
        (22, 7, at(on(1), 3), at(on(1), 7)),
        (22, 7, at(on(1), 7), at(on(1), 7)),
        (13, 16, at(MONDAY, 14), at(MONDAY, 16)),
        (13, 16, at(MONDAY, 12, 59), at(MONDAY, 12, 59)),
        (0, 6, at(MONDAY, 5, 59), at(MONDAY, 6)),
    ],
)
def test_in_quiet_hours_nothing_is_sent_and_afterwards_everything(
    begin: int, end: int, moment: datetime.datetime, expected: datetime.datetime
) -> None:
    assert written(NotificationRhythm.IMMEDIATE, moment, quiet_from=begin, quiet_until=end) == expected


def test_digests_come_at_the_hour_and_on_the_day_their_reader_chose() -> None:
    daily, weekly = NotificationRhythm.DAILY, NotificationRhythm.WEEKLY
    assert written(daily, at(MONDAY, 7, 59)) == at(MONDAY, 8)
    assert written(daily, at(MONDAY, 8)) == at(on(1), 8)
    assert written(daily, at(MONDAY, 9), digest_hour=17) == at(MONDAY, 17)
    assert written(weekly, at(MONDAY, 9)) == at(on(5), 8)
    assert written(weekly, at(MONDAY, 9), digest_weekday=Weekday.TUESDAY) == at(on(1), 8)
    assert written(weekly, at(MONDAY, 9), digest_weekday=Weekday.MONDAY) == at(on(7), 8)


def test_a_digest_of_a_day_off_comes_on_the_next_working_day() -> None:
    wednesday_noon = at(on(2), 12)
    assert written(NotificationRhythm.DAILY, wednesday_noon) == at(on(5), 8)
    assert written(NotificationRhythm.DAILY, wednesday_noon, working_days_only=False) == at(on(3), 8)
    friday: dict[str, Any] = {"digest_weekday": Weekday.FRIDAY}
    assert written(NotificationRhythm.WEEKLY, wednesday_noon, **friday) == at(on(5), 8)


def test_reminders_wait_for_a_working_day_and_what_people_do_does_not() -> None:
    thursday = at(on(3), 10)
    assert written(NotificationRhythm.IMMEDIATE, thursday, reminder=True) == at(on(5), 8)
    assert written(NotificationRhythm.IMMEDIATE, thursday) == thursday
    free = written(NotificationRhythm.IMMEDIATE, thursday, reminder=True, working_days_only=False)
    assert free == thursday
    quiet = {"quiet_from": 22, "quiet_until": 9}
    assert written(NotificationRhythm.IMMEDIATE, thursday, reminder=True, **quiet) == at(on(5), 9)


def test_nowruz_and_configured_holidays_are_no_working_days() -> None:
    new_year = Jalali(1406, 1, 1).gregorian()
    assert DAYS.from_(new_year) == Jalali(1406, 1, 7).gregorian(), (
        "five days of holidays, then a Thursday and a Friday"
    )
    days = WorkingDays.of(read_settings(weekend="Friday", holidays="1405-09-03, 2026-11-25"))
    assert [days.includes(on(day)) for day in range(5)] == [True, False, False, True, False]
    assert weekday_of(MONDAY) is Weekday.MONDAY


@pytest.mark.parametrize(
    "given",
    [
        {"weekend": "SUNDAYS"},
        {"weekend": ",".join(Weekday)},
        {"holidays": "1405-13-01"},
        {"holidays": "tomorrow"},
    ],
)
def test_days_that_cannot_be_read_are_refused_by_the_name_of_their_setting(given: dict[str, str]) -> None:
    with pytest.raises(SettingsInvalid, match=next(iter(given)).upper()):
        WorkingDays.of(read_settings(**given))
