"""Lay out the timeline of a project: a lane per phase, months across, both bounds of its window, today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from web.charts.axis import Axis
from web.charts.scale import months_between, names_on, ticks
from web.dates import next_month, start_of_month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from web.charts.scale import Names, Tick

WIDTH: Final = 900.0
LABELS: Final = 212.0
EDGE: Final = 26.0
HEADER: Final = 52.0
LANE: Final = 46.0
FOOT: Final = 26.0
_NEAR: Final = timedelta(days=60)


@dataclass(frozen=True)
class Bar:
    """A stretch of time on a lane."""

    x: float
    width: float
    starts: date
    ends: date
    open: bool = False


@dataclass(frozen=True)
class Lane:
    """One phase on the timeline."""

    y: float
    odd: bool
    phase: Mapping[str, object]
    actual: Bar | None
    planned: Bar | None
    window: Bar | None
    tone: str


@dataclass(frozen=True)
class Version:
    """One version of the action plan: in force from its approval until the next one's, or until that is due."""

    number: int
    bar: Bar
    in_force: bool


@dataclass(frozen=True)
class Timeline:
    """Everything a macro needs to draw."""

    width: float
    height: float
    label_x: float
    header: float
    ticks: Sequence[Tick]
    names: Names
    lanes: Sequence[Lane]
    today_x: float | None
    lane_height: float
    versions: Sequence[Version]
    versions_y: float


TONES: Final[Mapping[str, str]] = {
    "ON_TRACK": "good",
    "COMPLETED_ON_TIME": "good",
    "AT_RISK": "careful",
    "COMPLETED_LATE": "careful",
    "OVERDUE": "late",
    "NOT_APPLICABLE": "calm",
}


def timeline(
    phases: Sequence[Mapping[str, object]],
    today: date,
    calendar: str = "jalali",
    direction: str = "rtl",
    ends: date | None = None,
    plans: Sequence[Mapping[str, object]] = (),
) -> Timeline | None:
    """Lay out phases and approved plans over the months of the reader's calendar; None without any date."""
    days = [day for phase in phases for day in map(_day, phase.values()) if day]
    spans = _in_force(plans, today)
    days += [day for _, starts, until, _ in spans for day in (starts, until)]
    if ends:
        days.append(ends)
    if not days:
        return None
    goes_on = any(phase.get("actualStart") and not phase.get("actualEnd") for phase in phases)
    near = [today] if goes_on or min(days) - _NEAR <= today <= max(days) + _NEAR else []
    first = start_of_month(min([*days, *near]) - timedelta(days=5), calendar)
    last = next_month(max([*days, *near]) + timedelta(days=5), calendar)
    axis = Axis(
        first.toordinal(), last.toordinal(), WIDTH - LABELS - EDGE, LABELS, WIDTH, mirrored=direction == "rtl"
    )
    lanes = [_lane(phase, number, axis, today) for number, phase in enumerate(phases)]
    months = months_between(first, last, calendar)
    return Timeline(
        width=WIDTH,
        height=HEADER + LANE * (len(lanes) + bool(spans)) + FOOT,
        label_x=WIDTH - 6 if direction == "rtl" else 6,
        header=HEADER,
        ticks=ticks(months, axis, calendar),
        names=names_on(len(months)),
        lanes=lanes,
        today_x=axis.at(today.toordinal()) if first <= today <= last else None,
        lane_height=LANE,
        versions=[
            Version(number, bar, in_force)
            for number, starts, until, in_force in spans
            if (bar := _bar(axis, starts, until))
        ],
        versions_y=HEADER + LANE * len(lanes),
    )


def _in_force(plans: Sequence[Mapping[str, object]], today: date) -> list[tuple[int, date, date, bool]]:
    """Return each approved version with the days it was in force; the last one until its successor is due."""
    approved = sorted(
        (day, int(str(plan["version"])), _day(plan.get("nextDueOn")))
        for plan in plans
        if (day := _day(plan.get("approvedOn")))
    )
    spans = []
    for place, (starts, number, due) in enumerate(approved):
        following = approved[place + 1][0] if place + 1 < len(approved) else None
        spans.append((number, starts, following or max(due or today, starts), following is None))
    return spans


def _lane(phase: Mapping[str, object], number: int, axis: Axis, today: date) -> Lane:
    started, ended = _day(phase.get("actualStart")), _day(phase.get("actualEnd"))
    return Lane(
        y=HEADER + LANE * number,
        odd=number % 2 == 1,
        phase=phase,
        actual=_bar(axis, started, ended or max(today, started), is_open=ended is None) if started else None,
        planned=_bar(axis, _day(phase.get("plannedStart")), _day(phase.get("plannedEnd"))),
        window=_bar(axis, _day(phase.get("windowStart")), _day(phase.get("windowEnd"))),
        tone=TONES.get(str(phase.get("health")), "calm"),
    )


def _bar(axis: Axis, starts: date | None, ends: date | None, *, is_open: bool = False) -> Bar | None:
    if starts is None or ends is None:
        return None
    x, width = axis.span(starts.toordinal(), ends.toordinal())
    return Bar(x, max(width, 3.0), starts, ends, is_open)


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
