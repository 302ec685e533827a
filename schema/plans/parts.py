"""What may happen to the parts of a version: its strategies and their operational programmes (R23)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
)
from schema.entries import disordered, emptied
from schema.plans.rules import closed, reopened
from schema.plans.standing import PlanFacts
from schema.plans.terms import DatedProgramme, lasting
from schema.problems import ProblemCode

_TITLES: Final = ("title_fa", "title_en")
_DAYS: Final = ("planned_start", "planned_end")


@dataclass(frozen=True, slots=True)
class StrategyFacts:
    """A strategy, its version and how many programmes stand under it."""

    id: UUID
    plan: PlanFacts
    programmes: int
    last_programme: int


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """An operational programme, its version and how many sub-projects belong to it."""

    id: UUID
    plan: PlanFacts
    planned_start: date | None
    planned_end: date | None
    sub_projects: int
    strategy_removed: bool = False
    title_fa: str = ""
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class StrategyPlace:
    """A version and the number of its last strategy."""

    plan: PlanFacts
    last_strategy: int


def add_strategy(
    place: StrategyPlace, values: Mapping[str, object], *, new_id: Callable[[], UUID]
) -> Decision:
    """Write a further strategy into an open version."""
    plan = place.plan
    if problems := (*closed(plan), *emptied(values, *_TITLES)):
        return Refused(problems)
    strategy_id = new_id()
    strategy = {
        **values,
        "cluster_id": plan.cluster_id,
        "plan_id": plan.id,
        "ordinal": place.last_strategy + 1,
    }
    return Accepted(("Strategy", strategy_id), (*reopened(plan), Create("Strategy", strategy_id, strategy)))


def edit_strategy(strategy: StrategyFacts, values: Mapping[str, object]) -> Decision:
    """Change a strategy of an open version."""
    if problems := (*closed(strategy.plan), *emptied(values, *_TITLES)):
        return Refused(problems)
    return Accepted(
        ("Strategy", strategy.id),
        (*reopened(strategy.plan), Update("Strategy", strategy.id, values)),
    )


def remove_strategy(strategy: StrategyFacts) -> Decision:
    """Take a strategy without programmes out of an open version."""
    problems = (*closed(strategy.plan), *_in_use(strategy.programmes))
    if problems:
        return Refused(problems)
    return Accepted(
        ("ActionPlan", strategy.plan.id), (*reopened(strategy.plan), Remove("Strategy", strategy.id))
    )


def restore_strategy(strategy: StrategyFacts) -> Decision:
    """Bring a removed strategy back into an open version."""
    if problems := closed(strategy.plan):
        return Refused(problems)
    back = Update("Strategy", strategy.id, {"deleted_at": None})
    return Accepted(("Strategy", strategy.id), (*reopened(strategy.plan), back))


def add_programme(
    strategy: StrategyFacts, values: Mapping[str, object], *, new_id: Callable[[], UUID]
) -> Decision:
    """Write a further operational programme under a strategy."""
    plan = strategy.plan
    problems = (
        *closed(plan),
        *emptied(values, *_TITLES),
        *disordered(values, *_DAYS),
    )
    if problems:
        return Refused(problems)
    programme_id = new_id()
    programme = {
        **values,
        "cluster_id": plan.cluster_id,
        "plan_id": plan.id,
        "strategy_id": strategy.id,
        "ordinal": strategy.last_programme + 1,
    }
    return Accepted(
        ("OperationalProgramme", programme_id),
        (*reopened(plan), Create("OperationalProgramme", programme_id, programme)),
        warnings=_long(plan, values),
    )


def edit_programme(programme: ProgrammeFacts, values: Mapping[str, object]) -> Decision:
    """Change an operational programme of an open version."""
    known: dict[str, object] = {name: getattr(programme, name) for name in (*_TITLES, *_DAYS)}
    problems = (
        *closed(programme.plan),
        *emptied(values, *_TITLES),
        *disordered({**known, **values}, *_DAYS),
    )
    if problems:
        return Refused(problems)
    return Accepted(
        ("OperationalProgramme", programme.id),
        (*reopened(programme.plan), Update("OperationalProgramme", programme.id, values)),
        warnings=_long(programme.plan, {**known, **values}),
    )


def remove_programme(programme: ProgrammeFacts) -> Decision:
    """Take an operational programme without sub-projects out of an open version."""
    problems = (*closed(programme.plan), *_in_use(programme.sub_projects))
    if problems:
        return Refused(problems)
    return Accepted(
        ("ActionPlan", programme.plan.id),
        (*reopened(programme.plan), Remove("OperationalProgramme", programme.id)),
    )


def restore_programme(programme: ProgrammeFacts) -> Decision:
    """Bring a removed programme back under its strategy, if that is still there."""
    problems = [*closed(programme.plan)]
    if programme.strategy_removed:
        problems.append(Problem(ProblemCode.PART_OF_REMOVED))
    if problems:
        return Refused(tuple(problems))
    back = Update("OperationalProgramme", programme.id, {"deleted_at": None})
    return Accepted(("OperationalProgramme", programme.id), (*reopened(programme.plan), back))


def permitted_of_strategy(strategy: StrategyFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a strategy today."""
    del today
    added = add_programme(strategy, {}, new_id=lambda: strategy.id)
    return (
        permission("editStrategy", edit_strategy(strategy, {})),
        permission("removeStrategy", remove_strategy(strategy)),
        permission("addOperationalProgramme", added),
    )


def permitted_of_programme(programme: ProgrammeFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on an operational programme today."""
    del today
    return (
        permission("editOperationalProgramme", edit_programme(programme, {})),
        permission("removeOperationalProgramme", remove_programme(programme)),
    )


def _long(plan: PlanFacts, values: Mapping[str, object]) -> tuple[Problem, ...]:
    """Remark on a programme that is not short-term, where its last day can be mended."""
    start, end = (day if isinstance(day := values.get(name), date) else None for name in _DAYS)
    name_fa, name_en = (str(values.get(name) or "") for name in _TITLES)
    return lasting(DatedProgramme(name_fa, name_en, start, end), plan.short_months, "plannedEnd")


def _in_use(count: int) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.STILL_IN_USE, (), {"count": count}),) if count else ()
