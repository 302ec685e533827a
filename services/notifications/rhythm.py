"""When somebody is written to: pure, from how they want it and a moment to the moment of sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from schema.calendar import TEHRAN
from schema.vocabulary import Channel, NotificationRhythm, Weekday
from services.notifications.working_days import weekday_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from services.notifications.working_days import WorkingDays

_HOURS_OF_DAY = 24


@dataclass(frozen=True, slots=True)
class Reading:
    """How somebody wants to be written to; hours are those of Tehran."""

    rhythms: Mapping[Channel, NotificationRhythm]
    digest_hour: int = 8
    digest_weekday: Weekday = Weekday.SATURDAY
    quiet_from: int | None = None
    quiet_until: int | None = None
    working_days_only: bool = True


def sending_time(
    reading: Reading, channel: Channel, now: datetime, days: WorkingDays, *, reminder: bool
) -> datetime | None:
    """Return when a message of this moment is sent by a channel; None for never.

    Digests wait for their hour and day. What is sent at once waits for the end of the quiet hours,
    and a reminder of the calendar also for a working day, when its reader wants that (7.3).
    """
    rhythm = reading.rhythms.get(channel, NotificationRhythm.OFF)
    if rhythm is NotificationRhythm.OFF:
        return None
    if rhythm is not NotificationRhythm.IMMEDIATE:
        return _digest(reading, rhythm, now, days)
    moment = _after_quiet(reading, now)
    day = moment.astimezone(TEHRAN).date()
    if reminder and reading.working_days_only and not days.includes(day):
        moment = _after_quiet(reading, _at(days.from_(day), reading.digest_hour))
    return moment


def _digest(reading: Reading, rhythm: NotificationRhythm, now: datetime, days: WorkingDays) -> datetime:
    """Return the next hour of the digest after now; a day off hands it on to the next working day."""
    day = now.astimezone(TEHRAN).date()
    while True:
        wanted = rhythm is NotificationRhythm.DAILY or weekday_of(day) is reading.digest_weekday
        if wanted:
            chosen = days.from_(day) if reading.working_days_only else day
            if (moment := _at(chosen, reading.digest_hour)) > now:
                return moment
        day += timedelta(days=1)


def _after_quiet(reading: Reading, moment: datetime) -> datetime:
    """Return the moment, or the end of the quiet hours it falls into."""
    begin, end = reading.quiet_from, reading.quiet_until
    if begin is None or end is None:
        return moment
    local = moment.astimezone(TEHRAN)
    if (local.hour - begin) % _HOURS_OF_DAY >= (end - begin) % _HOURS_OF_DAY:
        return moment
    day = local.date() if local.hour < end else local.date() + timedelta(days=1)
    return _at(day, end)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), TEHRAN).astimezone(UTC)
