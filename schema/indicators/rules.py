"""What may happen to an entered value of an indicator, from its draft to its approval (4.2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Change,
    Create,
    Decision,
    Event,
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
)
from schema.events import EventType, dated
from schema.indicators.entries import Entry, checked, read
from schema.indicators.periods import Period
from schema.problems import ProblemCode
from schema.vocabulary import Currency, IndicatorOrigin, IndicatorStatus, IndicatorUnit

EDITABLE: Final = frozenset({IndicatorStatus.DRAFT, IndicatorStatus.RETURNED})


@dataclass(frozen=True, slots=True)
class Defined:
    """What the rules need to know of the indicator a value is of."""

    id: UUID
    origin: IndicatorOrigin
    unit: IndicatorUnit
    formula_version: int
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class KeptValue:
    """A value that stands, as no later one corrects it."""

    id: UUID
    indicator_id: UUID
    period: str
    currency: Currency | None
    status: IndicatorStatus


@dataclass(frozen=True, slots=True)
class KeptTarget:
    """The target of the cluster in an indicator."""

    id: UUID
    indicator_id: UUID


@dataclass(frozen=True, slots=True)
class ValueHome:
    """The cluster a value is entered for: its running project, what it has already."""

    id: UUID
    project_id: UUID | None
    kept: tuple[KeptValue, ...] = ()
    targets: tuple[KeptTarget, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueFacts:
    """What the rules need to know of an entered or taken value."""

    id: UUID
    cluster_id: UUID
    project_id: UUID | None
    corrects_id: UUID | None
    status: IndicatorStatus
    period: str
    period_end: date
    value: Decimal | None
    currency: Currency | None
    evidence: str | None
    submitted_on: date | None
    submitted_by: str | None
    corrected: bool
    indicator: Defined
    parts: tuple[UUID, ...] = ()
    others: tuple[KeptValue, ...] = ()


def enter(  # noqa: PLR0913 - a value names its parts
    home: ValueHome,
    indicator: Defined,
    entry: Entry,
    *,
    period: str,
    corrects: ValueFacts | None,
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Enter a value for a period that is over; a correction names the approved value it replaces."""
    found, problems = read(period, today)
    problems += [*_enterable(indicator, "indicatorId"), *checked(entry, indicator.unit)]
    if found is not None:
        problems += _unique(home, indicator, found, entry, corrects)
    if problems or found is None:
        return Refused(tuple(problems))
    made = new_id()
    row = {
        "cluster_id": home.id,
        "project_id": home.project_id,
        "indicator_id": indicator.id,
        "corrects_id": corrects.id if corrects else None,
        "status": IndicatorStatus.DRAFT,
        "period": found.name,
        "period_start": found.start,
        "period_end": found.end,
        "formula_version": indicator.formula_version,
        **entry.columns(),
    }
    parts = entry.rows(made, home.id, new_id)
    return Accepted(("IndicatorValue", made), (Create("IndicatorValue", made, row), *parts))


def edit(value: ValueFacts, entry: Entry, *, new_id: Callable[[], UUID]) -> Decision:
    """Change a value nobody approved; one that was returned becomes a draft again."""
    problems = [
        *_status(value, *EDITABLE),
        *_enterable(value.indicator, "id"),
        *checked(entry, value.indicator.unit),
    ]
    if value.corrects_id is not None and entry.currency is not value.currency:
        problems.append(Problem(ProblemCode.ONLY_APPROVED_CORRECTED, ("currency",)))
    elif entry.currency is not value.currency and any(
        other.period == value.period and other.currency is entry.currency for other in value.others
    ):
        problems.append(Problem(ProblemCode.VALUE_OF_PERIOD_EXISTS, ("currency",)))
    if problems:
        return Refused(tuple(problems))
    anew = {"status": IndicatorStatus.DRAFT, "formula_version": value.indicator.formula_version}
    parts: tuple[Change, ...] = (
        *(Remove("IndicatorValuePart", part) for part in value.parts),
        *entry.rows(value.id, value.cluster_id, new_id),
    )
    changes = (
        Update("IndicatorValue", value.id, anew, follows=True),
        Update("IndicatorValue", value.id, entry.columns()),
        *parts,
    )
    return Accepted(("IndicatorValue", value.id), changes)


def submit(value: ValueFacts, *, by: str, today: date) -> Decision:
    """Hand a draft in for review; it says what it rests on."""
    problems = [*_status(value, IndicatorStatus.DRAFT)]
    if not value.evidence:
        problems.append(Problem(ProblemCode.EVIDENCE_MISSING, ("evidence",)))
    if problems:
        return Refused(tuple(problems))
    submitted = {"submitted_on": today, "submitted_by": by, "return_reason": None}
    return _moved(value, IndicatorStatus.SUBMITTED, EventType.INDICATOR_SUBMITTED, submitted)


def return_(value: ValueFacts, *, reason: str | None, by: str, today: date) -> Decision:
    """Send a submitted value back with what is to be corrected."""
    problems = [*_status(value, IndicatorStatus.SUBMITTED), *_own_work(value, by)]
    if not reason:
        problems.append(Problem(ProblemCode.REASON_REQUIRED, ("reason",)))
    if problems:
        return Refused(tuple(problems))
    reviewed = {"reviewed_on": today, "reviewed_by": by, "return_reason": reason}
    return _moved(value, IndicatorStatus.RETURNED, EventType.INDICATOR_RETURNED, reviewed)


def approve(value: ValueFacts, *, by: str, today: date) -> Decision:
    """Approve a submitted value; from then on it stays as it is, and the one it corrects is marked."""
    problems = [*_status(value, IndicatorStatus.SUBMITTED), *_own_work(value, by)]
    if problems:
        return Refused(tuple(problems))
    reviewed = {"reviewed_on": today, "reviewed_by": by}
    former: tuple[Change, ...] = ()
    if value.corrects_id is not None:
        former = (Update("IndicatorValue", value.corrects_id, {"corrected": True}),)
    return _moved(value, IndicatorStatus.APPROVED, EventType.INDICATOR_APPROVED, reviewed, former)


def remove(value: ValueFacts) -> Decision:
    """Take back a value nobody approved or is reviewing."""
    if problems := _status(value, *EDITABLE):
        return Refused(problems)
    return Accepted(("IndicatorValue", value.id), (Remove("IndicatorValue", value.id),))


def restore(value: ValueFacts) -> Decision:
    """Bring a removed value back, unless another one was entered for its period meanwhile."""
    if any(
        (other.period, other.currency) == (value.period, value.currency) and other.id != value.corrects_id
        for other in value.others
    ):
        return Refused((Problem(ProblemCode.VALUE_OF_PERIOD_EXISTS),))
    return Accepted(("IndicatorValue", value.id), (Update("IndicatorValue", value.id, {"deleted_at": None}),))


def permitted(value: ValueFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a value today to somebody entitled; whoever submitted it does not review it."""
    somebody_else = ""
    unchanged: Decision = Accepted(("IndicatorValue", value.id), ())
    if problems := (*_status(value, *EDITABLE), *_enterable(value.indicator, "id")):
        unchanged = Refused(problems)
    correctable: Decision = Accepted(("IndicatorValue", value.id), ())
    if value.status is not IndicatorStatus.APPROVED or value.corrected or value.indicator.retired_on:
        correctable = Refused((Problem(ProblemCode.ONLY_APPROVED_CORRECTED),))
    return (
        permission("editIndicatorValue", unchanged),
        permission("submitIndicatorValue", submit(value, by=somebody_else, today=today)),
        permission("returnIndicatorValue", _without_reason(value)),
        permission("approveIndicatorValue", approve(value, by=somebody_else, today=today)),
        permission("removeIndicatorValue", remove(value)),
        permission("enterIndicatorValue", correctable),
    )


def _without_reason(value: ValueFacts) -> Decision:
    problems = _status(value, IndicatorStatus.SUBMITTED)
    return Refused(problems) if problems else Accepted(("IndicatorValue", value.id), ())


def _enterable(indicator: Defined, at: str) -> tuple[Problem, ...]:
    if indicator.origin is IndicatorOrigin.COMPUTED:
        return (Problem(ProblemCode.INDICATOR_COMPUTED, (at,)),)
    if indicator.retired_on is not None:
        return (Problem(ProblemCode.INDICATOR_RETIRED, (at,), {"on": indicator.retired_on}),)
    return ()


def _unique(
    home: ValueHome, indicator: Defined, period: Period, entry: Entry, corrects: ValueFacts | None
) -> tuple[Problem, ...]:
    """Say that a period has one value of an indicator (in each currency), and only approved ones a correction."""
    same = [
        kept
        for kept in home.kept
        if (kept.indicator_id, kept.period, kept.currency) == (indicator.id, period.name, entry.currency)
    ]
    if corrects is None:
        return (Problem(ProblemCode.VALUE_OF_PERIOD_EXISTS, ("period",)),) if same else ()
    standing = {kept.id: kept.status for kept in same}
    if standing.get(corrects.id) is not IndicatorStatus.APPROVED:
        return (Problem(ProblemCode.ONLY_APPROVED_CORRECTED, ("correctsId",)),)
    if len(standing) > 1:
        return (Problem(ProblemCode.VALUE_OF_PERIOD_EXISTS, ("period",)),)
    return ()


def _status(value: ValueFacts, *open_in: IndicatorStatus) -> tuple[Problem, ...]:
    if value.status in open_in:
        return ()
    return (Problem(ProblemCode.WRONG_STATUS, (), {"status": value.status}),)


def _own_work(value: ValueFacts, by: str) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.REVIEWS_OWN_WORK),) if value.submitted_by == by else ()


def _moved(
    value: ValueFacts,
    to: IndicatorStatus,
    kind: EventType,
    changed: Mapping[str, object],
    also: tuple[Change, ...] = (),
) -> Accepted:
    event = Event(
        kind,
        ("IndicatorValue", value.id),
        project_id=value.project_id,
        payload={
            "before": value.status,
            "after": to,
            "period": value.period,
            "periodEnd": dated(value.period_end),
            "indicator": f"Indicator_{value.indicator.id}",
        },
    )
    update = Update("IndicatorValue", value.id, {**changed, "status": to})
    return Accepted(("IndicatorValue", value.id), (update, *also), (event,))
