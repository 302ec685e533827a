"""Where a cluster stood in an indicator at first and where it is to come: set, changed, removed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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
from schema.indicators.entries import LIMIT, PRECISION
from schema.indicators.rules import Defined, ValueHome
from schema.problems import ProblemCode
from schema.problems.occasions import Occasion
from schema.vocabulary import IndicatorUnit


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A target that is on record."""

    id: UUID
    cluster_id: UUID


def set_target(  # noqa: PLR0913 - a target names its parts
    home: ValueHome,
    indicator: Defined,
    *,
    baseline: Decimal,
    target: Decimal,
    due_on: date,
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Set or change the target of a cluster in an indicator; the trail keeps what it was before."""
    problems = [
        Problem(ProblemCode.NUMBER_TOO_PRECISE, (path,))
        for path, number in (("baseline", baseline), ("target", target))
        if not number.is_finite() or abs(number) >= LIMIT or number != number.quantize(PRECISION)
    ]
    if baseline == target:
        problems.append(Problem(ProblemCode.TARGET_IS_BASELINE, ("target",)))
    if due_on < today:
        days = {"start": today, "end": due_on, "event": Occasion.TODAY}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("dueOn",), days))
    if indicator.retired_on is not None:
        problems.append(
            Problem(ProblemCode.INDICATOR_RETIRED, ("indicatorId",), {"on": indicator.retired_on})
        )
    if indicator.unit is IndicatorUnit.STATE:
        problems.append(Problem(ProblemCode.STATE_HAS_NO_TARGET, ("indicatorId",)))
    if problems:
        return Refused(tuple(problems))
    numbers = {"baseline": baseline, "target": target, "due_on": due_on}
    former = next((goal.id for goal in home.targets if goal.indicator_id == indicator.id), None)
    if former is not None:
        return Accepted(("IndicatorTarget", former), (Update("IndicatorTarget", former, numbers),))
    made = new_id()
    row = {**numbers, "cluster_id": home.id, "indicator_id": indicator.id}
    return Accepted(("IndicatorTarget", made), (Create("IndicatorTarget", made, row),))


def remove_target(target: TargetFacts) -> Decision:
    """Take a target off; the trail keeps it."""
    return Accepted(("IndicatorTarget", target.id), (Remove("IndicatorTarget", target.id),))


def permitted(target: TargetFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a target today."""
    del today
    return (
        Permission("setIndicatorTarget", allowed=True),
        permission("removeIndicatorTarget", remove_target(target)),
    )
