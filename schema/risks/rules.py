"""What may happen to a risk or an issue of a sub-project: raised, weighed anew, mitigated, closed (4.1)."""

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
from schema.entries import emptied
from schema.problems import ProblemCode
from schema.problems.occasions import Occasion
from schema.vocabulary import RiskKind, RiskStatus, SubProjectStatus

LEAST, MOST = 1, 5
OVER: Final = frozenset({SubProjectStatus.COMPLETED, SubProjectStatus.CANCELLED})
_NEVER_EMPTY: Final = ("title_fa", "title_en", "likelihood", "impact", "kind")
_SCALES: Final = ("likelihood", "impact")


@dataclass(frozen=True, slots=True)
class RiskHome:
    """The sub-project something may go wrong with."""

    id: UUID
    cluster_id: UUID
    status: SubProjectStatus
    removed: bool = False


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """What the rules need to know of a risk or an issue."""

    id: UUID
    status: RiskStatus
    kind: RiskKind
    raised_on: date
    response_fa: str | None
    home: RiskHome


def raise_(
    home: RiskHome,
    values: Mapping[str, object],
    *,
    on: date,
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Put on record what may go wrong, or has, with a sub-project that is not over."""
    problems = [*_over(home), *emptied(values, *_NEVER_EMPTY), *_scaled(values), *_days(on, today)]
    if problems:
        return Refused(tuple(problems))
    made = new_id()
    row = {
        **values,
        "cluster_id": home.cluster_id,
        "sub_project_id": home.id,
        "status": RiskStatus.OPEN,
        "raised_on": on,
    }
    return Accepted(("Risk", made), (Create("Risk", made, row),))


def edit(risk: RiskFacts, values: Mapping[str, object]) -> Decision:
    """Weigh it anew or say what is done about it; one that is closed stays as it is."""
    problems = [*_closed(risk), *emptied(values, *_NEVER_EMPTY), *_scaled(values)]
    if problems:
        return Refused(tuple(problems))
    return Accepted(("Risk", risk.id), (Update("Risk", risk.id, values),))


def mitigate(risk: RiskFacts, *, response: str | None) -> Decision:
    """Say that the response holds it down; it can still be weighed anew."""
    problems = [*_closed(risk)]
    if risk.status is RiskStatus.MITIGATED:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": risk.status}))
    if not (response or risk.response_fa):
        problems.append(Problem(ProblemCode.REQUIRED, ("responseFa",)))
    if problems:
        return Refused(tuple(problems))
    changed: dict[str, object] = {"status": RiskStatus.MITIGATED}
    if response:
        changed["response_fa"] = response
    return Accepted(("Risk", risk.id), (Update("Risk", risk.id, changed),))


def close(risk: RiskFacts, *, on: date, reason: str | None, today: date) -> Decision:
    """Close it for good, with the reason: it passed, it was solved, it was accepted."""
    problems = [*_closed(risk), *_days(on, today)]
    if on < risk.raised_on:
        order = {"start": risk.raised_on, "end": on, "event": Occasion.RISK_RAISED}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), order))
    if not reason:
        problems.append(Problem(ProblemCode.REASON_REQUIRED, ("reason",)))
    if problems:
        return Refused(tuple(problems))
    changed = {"status": RiskStatus.CLOSED, "closed_on": on, "status_reason": reason}
    return Accepted(("Risk", risk.id), (Update("Risk", risk.id, changed),))


def reopen(risk: RiskFacts) -> Decision:
    """Open what was closed or held down, because it is back."""
    problems = list(_over(risk.home))
    if risk.status is RiskStatus.OPEN:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": risk.status}))
    if problems:
        return Refused(tuple(problems))
    changed = {"status": RiskStatus.OPEN, "closed_on": None, "status_reason": None}
    return Accepted(("Risk", risk.id), (Update("Risk", risk.id, changed),))


def remove(risk: RiskFacts) -> Decision:
    """Take back what was raised by mistake, while it is open."""
    if risk.status is not RiskStatus.OPEN:
        return Refused((Problem(ProblemCode.WRONG_STATUS, (), {"status": risk.status}),))
    return Accepted(("SubProject", risk.home.id), (Remove("Risk", risk.id),))


def restore(risk: RiskFacts) -> Decision:
    """Bring back what was taken back, with a sub-project that is still there."""
    if risk.home.removed:
        return Refused((Problem(ProblemCode.PART_OF_REMOVED),))
    return Accepted(("Risk", risk.id), (Update("Risk", risk.id, {"deleted_at": None}),))


def permitted(risk: RiskFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on it today; what needs a text is asked as if one were given."""
    return (
        permission("editRisk", edit(risk, {})),
        permission("mitigateRisk", mitigate(risk, response="-")),
        permission("closeRisk", close(risk, on=max(today, risk.raised_on), reason="-", today=today)),
        permission("reopenRisk", reopen(risk)),
        permission("removeRisk", remove(risk)),
    )


def _over(home: RiskHome) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.WRONG_STATUS, (), {"status": home.status}),) if home.status in OVER else ()


def _closed(risk: RiskFacts) -> tuple[Problem, ...]:
    if risk.status is RiskStatus.CLOSED:
        return (Problem(ProblemCode.WRONG_STATUS, (), {"status": risk.status}),)
    return ()


def _scaled(values: Mapping[str, object]) -> list[Problem]:
    bounds = {"least": LEAST, "most": MOST}
    return [
        Problem(ProblemCode.OUT_OF_RANGE, (name,), bounds)
        for name in _SCALES
        if isinstance(number := values.get(name), int) and not LEAST <= number <= MOST
    ]


def _days(on: date, today: date) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}),) if on > today else ()
