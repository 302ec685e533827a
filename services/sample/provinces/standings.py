"""How far the projects of the sample have come, so that autumn 1405 shows every state a project can be in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schema.vocabulary import ClusterStatus, DevelopmentLevel, PhaseCode, PhaseStatus, ProjectStatus
from services.sample.cluster_story import Course
from services.sample.reference import day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

_COMPLETED, _RUNNING = PhaseStatus.COMPLETED, PhaseStatus.IN_PROGRESS


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a cluster has come: its state, its project, its plans' approvals and its exit."""

    cluster: ClusterStatus
    level: DevelopmentLevel
    project: ProjectStatus | None = None
    began: dt.date | None = None
    ends: dt.date | None = None
    phases: Mapping[PhaseCode, Course] | None = None
    plans: tuple[str, ...] = ()
    announced: dt.date | None = None
    ended: dt.date | None = None


def _in_study(began: str) -> Standing:
    """Return a project whose study still runs."""
    first = day(began)
    return Standing(
        ClusterStatus.UNDER_DEVELOPMENT,
        DevelopmentLevel.NASCENT,
        ProjectStatus.ACTIVE,
        first,
        _three_years(began),
        {
            PhaseCode.DIAGNOSTIC_STUDY: Course(_RUNNING, first, first),
            PhaseCode.TRUST_BUILDING: Course(_RUNNING, first, first),
        },
    )


def _implementing(began: str, studied: str, plans: tuple[str, ...], *, left: str = "") -> Standing:
    """Return a project whose plan is carried out; `left` is the day its exit was announced."""
    first, known = day(began), day(studied)
    phases = {
        PhaseCode.DIAGNOSTIC_STUDY: Course(_COMPLETED, first, first, known),
        PhaseCode.TRUST_BUILDING: Course(_RUNNING, first, first),
        PhaseCode.ACTION_PLAN: Course(_RUNNING, known, known),
        PhaseCode.IMPLEMENTATION: Course(_RUNNING, day(plans[0]), day(plans[0])),
    }
    if left:
        phases[PhaseCode.AGENT_EXIT] = Course(_RUNNING, day(left), day(left))
    return Standing(
        ClusterStatus.UNDER_DEVELOPMENT,
        DevelopmentLevel.MATURING if left else DevelopmentLevel.GROWING,
        ProjectStatus.EXITING if left else ProjectStatus.ACTIVE,
        first,
        _three_years(began),
        phases,
        plans,
        day(left) if left else None,
    )


def _exited(began: str, studied: str, plans: tuple[str, ...], left: str, ended: str) -> Standing:
    """Return a project that is over: the agent has left, the network goes on."""
    first, known, last = day(began), day(studied), day(ended)
    phases = {
        PhaseCode.DIAGNOSTIC_STUDY: Course(_COMPLETED, first, first, known),
        PhaseCode.TRUST_BUILDING: Course(_COMPLETED, first, first, last),
        PhaseCode.ACTION_PLAN: Course(_COMPLETED, known, known, last),
        PhaseCode.IMPLEMENTATION: Course(_COMPLETED, day(plans[0]), day(plans[0]), last),
        PhaseCode.AGENT_EXIT: Course(_COMPLETED, day(left), day(left), last),
    }
    return Standing(
        ClusterStatus.DEVELOPED,
        DevelopmentLevel.DEVELOPED,
        ProjectStatus.COMPLETED,
        first,
        _three_years(began),
        phases,
        plans,
        day(left),
        last,
    )


def _three_years(began: str) -> dt.date:
    year, rest = began.split("-", 1)
    return day(f"{int(year) + 3}-{rest}")


# On 2 Azar 1405 (2026-11-23) these are, in this order: a study on track, at risk and overdue; a plan
# that is fresh, one due soon, one overdue; an exit in time, one at risk, one overdue; a project over
# in time, one planned, and clusters before any project.
STANDINGS: Final = (
    _in_study("1405-07-01"),
    _in_study("1405-05-20"),
    _in_study("1405-03-10"),
    _implementing("1403-06-01", "1403-09-20", ("1404-05-15", "1405-05-10")),
    _implementing("1404-04-05", "1404-07-25", ("1404-09-25",)),
    _implementing("1402-02-10", "1402-06-01", ("1402-07-10", "1403-07-01", "1404-04-20")),
    _implementing(
        "1402-03-01",
        "1402-06-20",
        ("1402-07-25", "1403-07-20", "1404-07-15", "1405-06-15"),
        left="1405-06-20",
    ),
    _implementing(
        "1402-01-20",
        "1402-05-10",
        ("1402-06-15", "1403-06-10", "1404-06-05", "1405-06-01"),
        left="1405-04-10",
    ),
    _implementing(
        "1401-10-05",
        "1402-01-25",
        ("1402-03-01", "1403-02-25", "1404-02-20", "1405-02-15"),
        left="1405-02-01",
    ),
    _exited(
        "1401-02-01",
        "1401-05-20",
        ("1401-06-25", "1402-06-20", "1403-06-15", "1404-06-05"),
        "1404-06-10",
        "1404-11-20",
    ),
    Standing(
        ClusterStatus.FEASIBILITY,
        DevelopmentLevel.NASCENT,
        ProjectStatus.PLANNED,
        day("1405-10-01"),
        day("1408-10-01"),
        {PhaseCode.DIAGNOSTIC_STUDY: Course(PhaseStatus.NOT_STARTED, day("1405-10-01"))},
    ),
    Standing(ClusterStatus.PRIORITISED, DevelopmentLevel.NASCENT),
)
