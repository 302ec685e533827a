"""Whether the computed indicators of a project can be taken today, and what is kept when they are (R55)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from schema.decision import Accepted, Create, Decision, Permission, Problem, Refused, permission
from schema.indicators.periods import Period, day_period
from schema.problems import ProblemCode
from schema.vocabulary import IndicatorStatus, ProjectStatus

TAKERS: Final = frozenset({ProjectStatus.ACTIVE, ProjectStatus.SUSPENDED, ProjectStatus.EXITING})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a computed indicator says of a project today, by which formula and under which thresholds."""

    indicator_id: UUID
    formula_version: int
    value: Decimal | None
    state: str | None
    thresholds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SnapshotDay:
    """What decides whether the computed indicators of a project can be taken today."""

    id: UUID
    cluster_id: UUID
    status: ProjectStatus
    taken_today: bool


@dataclass(frozen=True, slots=True)
class SnapshotHome(SnapshotDay):
    """The project whose computed indicators are taken, and what they say."""

    readings: tuple[Reading, ...] = ()


def take(home: SnapshotHome, *, by: str, today: date, new_id: Callable[[], UUID]) -> Decision:
    """Keep what every computed indicator says today, with its formula's version and its thresholds (R55)."""
    if problems := _untakable(home):
        return Refused(problems)
    period = day_period(today)
    rows = tuple(
        Create("IndicatorValue", new_id(), _taken(home, reading, period, by, today))
        for reading in home.readings
    )
    return Accepted(("ClusterProject", home.id), rows)


def permitted_of_project(home: SnapshotDay, *, today: date) -> tuple[Permission, ...]:
    """Say whether the values of a project can be taken today."""
    del today
    problems = _untakable(home)
    found: Decision = Refused(problems) if problems else Accepted(("ClusterProject", home.id), ())
    return (permission("takeIndicatorValues", found),)


def _untakable(home: SnapshotDay) -> tuple[Problem, ...]:
    problems = []
    if home.status not in TAKERS:
        problems.append(Problem(ProblemCode.PROJECT_NOT_ACTIVE, (), {"status": home.status}))
    if home.taken_today:
        problems.append(Problem(ProblemCode.TAKEN_TODAY))
    return tuple(problems)


def _taken(home: SnapshotHome, reading: Reading, period: Period, by: str, today: date) -> dict[str, object]:
    return {
        "cluster_id": home.cluster_id,
        "project_id": home.id,
        "indicator_id": reading.indicator_id,
        "status": IndicatorStatus.APPROVED,
        "period": period.name,
        "period_start": period.start,
        "period_end": period.end,
        "value": reading.value,
        "state": reading.state,
        "formula_version": reading.formula_version,
        "thresholds": dict(reading.thresholds),
        "submitted_on": today,
        "submitted_by": by,
        "reviewed_on": today,
        "reviewed_by": by,
    }
