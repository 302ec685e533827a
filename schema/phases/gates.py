"""What may happen to a gate of a phase: it is met with evidence, or opened again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.decision import Accepted, Decision, Permission, Problem, Refused, Update, permission
from schema.problems import ProblemCode
from schema.vocabulary import PhaseStatus

_CLOSED = frozenset({PhaseStatus.COMPLETED, PhaseStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What the rules need to know of a gate and of its phase."""

    id: UUID
    cluster_id: UUID
    met_on: date | None
    phase_status: PhaseStatus
    phase_start: date | None


def meet(gate: GateFacts, *, on: date, decided_by: str, evidence: str, today: date) -> Decision:
    """Record that a gate is met: when, by whose decision, on what evidence."""
    problems = _of_phase(gate)
    if gate.met_on is not None:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": gate.met_on.isoformat()}))
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    for path, text in (("decidedBy", decided_by), ("evidence", evidence)):
        if not text:
            problems.append(Problem(ProblemCode.REQUIRED, (path,)))
    if problems:
        return Refused(tuple(problems))
    values = {"met_on": on, "decided_by": decided_by, "evidence": evidence}
    return Accepted(("PhaseGate", gate.id), (Update("PhaseGate", gate.id, values),))


def reopen(gate: GateFacts) -> Decision:
    """Open a gate again whose evidence did not hold; the audit trail keeps what was recorded."""
    problems = _of_phase(gate)
    if gate.met_on is None:
        problems.append(Problem(ProblemCode.REQUIRED, ("id",)))
    if problems:
        return Refused(tuple(problems))
    values = {"met_on": None, "decided_by": None, "evidence": None}
    return Accepted(("PhaseGate", gate.id), (Update("PhaseGate", gate.id, values),))


def permitted(gate: GateFacts, *, today: date) -> tuple[Permission, ...]:
    """Answer beforehand what the rules would say today."""
    return (
        permission("meetGate", meet(gate, on=today, decided_by="-", evidence="-", today=today)),
        permission("reopenGate", reopen(gate)),
    )


def _of_phase(gate: GateFacts) -> list[Problem]:
    if gate.phase_status in _CLOSED:
        return [Problem(ProblemCode.WRONG_STATUS, (), {"status": gate.phase_status})]
    return []
