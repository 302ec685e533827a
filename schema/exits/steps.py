"""What may happen to a hand-over step: planned, changed, done, dropped (R51)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.decision import (
    Accepted,
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
from schema.entries import emptied
from schema.events import EventType, dated
from schema.exits.rules import ExitFacts
from schema.problems import ProblemCode
from schema.sub_projects.handover import ExecutingNetwork, unfit
from schema.vocabulary import ExitStatus, HandoverRecipient, PhaseCode


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What the rules need to know of a step and its exit."""

    id: UUID
    exit_id: UUID
    cluster_id: UUID
    project_id: UUID
    exit_status: ExitStatus
    announced_on: date
    due_on: date
    done_on: date | None
    window_end: date | None = None
    network_dissolved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who takes over: a network or an institution."""

    network: ExecutingNetwork | None = None
    institution_id: UUID | None = None

    @property
    def kind(self) -> HandoverRecipient:
        """Which of the two."""
        return HandoverRecipient.NETWORK if self.network else HandoverRecipient.SUPPORT_INSTITUTION


def add(
    exit_: ExitFacts,
    values: Mapping[str, object],
    *,
    recipient: Recipient,
    due_on: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Plan what the agent hands over, to whom and until when."""
    problems = [
        *_not_announced(exit_.status),
        *emptied(values, "what_fa", "what_en"),
        *_due(due_on, exit_.announced_on),
    ]
    problems += unfit(recipient.network, exit_.cluster_id)
    if (recipient.network is None) == (recipient.institution_id is None):
        problems.append(Problem(ProblemCode.ONE_RECIPIENT, ("networkId",)))
    if problems:
        return Refused(tuple(problems))
    step_id = new_id()
    row = {
        **values,
        "cluster_id": exit_.cluster_id,
        "exit_id": exit_.id,
        "recipient": recipient.kind,
        "network_id": recipient.network.id if recipient.network else None,
        "institution_id": recipient.institution_id,
        "due_on": due_on,
    }
    made = (Create("HandoverStep", step_id, row),)
    return Accepted(("HandoverStep", step_id), made, warnings=_late(due_on, exit_.window_end))


def edit(step: StepFacts, values: Mapping[str, object]) -> Decision:
    """Change a step that is not done."""
    due_on = values.get("due_on", step.due_on)
    problems = [
        *_not_announced(step.exit_status),
        *_done(step),
        *emptied(values, "what_fa", "what_en", "due_on"),
        *(_due(due_on, step.announced_on) if isinstance(due_on, date) else ()),
    ]
    if problems:
        return Refused(tuple(problems))
    late = _late(due_on, step.window_end) if isinstance(due_on, date) else ()
    return Accepted(("HandoverStep", step.id), (Update("HandoverStep", step.id, values),), warnings=late)


def finish(step: StepFacts, *, on: date, evidence: str | None, today: date) -> Decision:
    """Mark a step as done, with what shows it."""
    problems = [*_not_announced(step.exit_status), *_done(step)]
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("doneOn",), {"date": on}))
    if on < step.announced_on:
        dates = {"start": step.announced_on, "end": on, "event": EventType.EXIT_ANNOUNCED}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("doneOn",), dates))
    dissolved_on = step.network_dissolved_on
    if dissolved_on is not None and dissolved_on <= on:
        problems.append(Problem(ProblemCode.NETWORK_DISSOLVED, (), {"on": dissolved_on}))
    if not evidence:
        problems.append(Problem(ProblemCode.REQUIRED, ("evidence",)))
    if problems:
        return Refused(tuple(problems))
    told = Event(
        EventType.EXIT_STEP_DONE,
        ("HandoverStep", step.id),
        project_id=step.project_id,
        phase_code=PhaseCode.AGENT_EXIT,
        payload={"dueOn": dated(step.due_on), "doneOn": dated(on)},
    )
    changed = {"done_on": on, "evidence": evidence}
    return Accepted(("HandoverStep", step.id), (Update("HandoverStep", step.id, changed),), (told,))


def drop(step: StepFacts) -> Decision:
    """Drop a step that is not done."""
    problems = [*_not_announced(step.exit_status), *_done(step)]
    if problems:
        return Refused(tuple(problems))
    return Accepted(("HandoverStep", step.id), (Remove("HandoverStep", step.id),))


def restore(step: StepFacts) -> Decision:
    """Bring a dropped step back while the exit is on its way."""
    if problems := _not_announced(step.exit_status):
        return Refused(problems)
    back = Update("HandoverStep", step.id, {"deleted_at": None})
    return Accepted(("HandoverStep", step.id), (back,))


def permitted(step: StepFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a step today."""
    day = max(today, step.announced_on)
    return (
        permission("editHandoverStep", edit(step, {})),
        permission("completeHandoverStep", finish(step, on=day, evidence="-", today=today)),
        permission("removeHandoverStep", drop(step)),
    )


def _not_announced(status: ExitStatus) -> tuple[Problem, ...]:
    return (
        () if status is ExitStatus.ANNOUNCED else (Problem(ProblemCode.WRONG_STATUS, (), {"status": status}),)
    )


def _done(step: StepFacts) -> tuple[Problem, ...]:
    if step.done_on is None:
        return ()
    return (Problem(ProblemCode.ALREADY_RECORDED, (), {"on": step.done_on}),)


def _due(due_on: date, announced_on: date) -> tuple[Problem, ...]:
    if due_on >= announced_on:
        return ()
    days = {"start": announced_on, "end": due_on, "event": EventType.EXIT_ANNOUNCED}
    return (Problem(ProblemCode.DATES_OUT_OF_ORDER, ("dueOn",), days),)


def _late(due_on: date, window_end: date | None) -> tuple[Problem, ...]:
    """Remark on a step that is due when the agent should have left already (R50, R51)."""
    if window_end is None or due_on <= window_end:
        return ()
    return (Problem(ProblemCode.STEP_AFTER_WINDOW, ("dueOn",), {"due": due_on, "latest": window_end}),)
