"""When a job may be started and stopped: of one's own, not too many at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Update,
    permission,
    refuse,
)
from schema.problems import ProblemCode
from schema.unusable import Unusable
from schema.vocabulary import JobKind, JobStatus

MOST_OPEN: Final = 5
BULK_ACTIONS: Final = frozenset(
    {
        *("clusters/prioritise", "sub_projects/suspend", "sub_projects/resume", "deliveries/replay"),
        *("users/disable", "users/enable"),
    }
)
"""The forms of the admin that are sent for everything in a list."""
OPEN: Final = frozenset({JobStatus.WAITING, JobStatus.RUNNING})


@dataclass(frozen=True, slots=True)
class OwnerFacts:
    """What the rules need to know of whoever starts a job."""

    id: UUID
    open_jobs: int = 0


@dataclass(frozen=True, slots=True)
class JobFacts:
    """What the rules need to know of a job."""

    id: UUID
    status: JobStatus


def start(owner: OwnerFacts, kind: JobKind, values: Mapping[str, object], *, job_id: UUID) -> Decision:
    """Put a job in the queue: about a list of ours, at most five of one person at a time."""
    problems: list[Problem] = []
    if not str(values["address"]).startswith("/"):
        problems.append(Problem(ProblemCode.INVALID, ("address",), {"reason": _NO_LIST}))
    if kind is JobKind.BULK_ACTION and values.get("action") not in BULK_ACTIONS:
        problems.append(Problem(ProblemCode.INVALID, ("action",), {"reason": _NO_ACTION}))
    if not isinstance(values.get("given", {}), dict):
        problems.append(Problem(ProblemCode.INVALID, ("values",), {"reason": _NO_OBJECT}))
    if owner.open_jobs >= MOST_OPEN:
        problems.append(Problem(ProblemCode.TOO_MANY, (), {"limit": MOST_OPEN, "kept": True}))
    if problems:
        return Refused(tuple(problems))
    made = Create("Job", job_id, {**values, "kind": kind, "user_id": owner.id})
    return Accepted(("Job", job_id), (made,))


def stop(job: JobFacts, *, now: datetime) -> Decision:
    """Stop a job before its next step; what it has done remains."""
    if job.status not in OPEN:
        return refuse(ProblemCode.INVALID, "id", reason=_OVER)
    change = Update("Job", job.id, {"status": JobStatus.STOPPED, "finished_at": now})
    return Accepted(("Job", job.id), (change,))


def permitted(job: JobFacts, *, today: object) -> tuple[Permission, ...]:
    """Ask the rule of a job beforehand."""
    del today
    return (permission("stopJob", stop(job, now=datetime.min.replace(tzinfo=UTC))),)


_NO_LIST: Final = Unusable(
    "نشانی فهرست با «/» آغاز می‌شود؛ همان نشانی صفحهٔ فهرست را بفرستید.",
    "the address of a list begins with “/”: send that of the list's page.",
)
_KNOWN: Final = ", ".join(sorted(BULK_ACTIONS))
_NO_ACTION: Final = Unusable(
    f"چنین کاری برای فهرست‌ها نیست؛ یکی از این‌ها را بفرستید: {_KNOWN}.",
    f"no list has such an action: send one of {_KNOWN}.",
)
_NO_OBJECT: Final = Unusable(
    "مقدارها با نام می‌آیند؛ یک شیء JSON بفرستید.", "the values come by name: send a JSON object."
)
_OVER: Final = Unusable(
    "این کار به پایان رسیده است و چیزی برای متوقف کردن نمانده است.",
    "this job is over: there is nothing left to stop.",
)
