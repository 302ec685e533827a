"""Jobs of one's own: started about a list, not too many at once, stopped while they last."""

from __future__ import annotations

import datetime
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Refused, Update
from schema.jobs.rules import JobFacts, OwnerFacts, permitted, start, stop
from schema.problems import ProblemCode
from schema.vocabulary import JobKind, JobStatus

OWNER, JOB = UUID(int=1), UUID(int=2)
NOW = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)


def test_a_job_belongs_to_whoever_starts_it() -> None:
    decision = start(OwnerFacts(OWNER), JobKind.EXPORT, {"address": "/clusters"}, job_id=JOB)
    assert decision == Accepted(
        ("Job", JOB),
        (Create("Job", JOB, {"address": "/clusters", "kind": JobKind.EXPORT, "user_id": OWNER}),),
    )


def test_every_reason_against_a_job_is_told_at_once() -> None:
    decision = start(
        OwnerFacts(OWNER, open_jobs=5),
        JobKind.BULK_ACTION,
        {"address": "clusters", "action": "nope", "given": ["no", "names"]},
        job_id=JOB,
    )
    assert isinstance(decision, Refused)
    assert [(problem.code, problem.path) for problem in decision.problems] == [
        (ProblemCode.INVALID, ("address",)),
        (ProblemCode.INVALID, ("action",)),
        (ProblemCode.INVALID, ("values",)),
        (ProblemCode.TOO_MANY, ()),
    ]


@pytest.mark.parametrize("status", JobStatus)
def test_only_a_job_that_lasts_is_stopped_and_its_page_knows_beforehand(status: JobStatus) -> None:
    facts = JobFacts(JOB, status)
    decision = stop(facts, now=NOW)
    lasts = status in {JobStatus.WAITING, JobStatus.RUNNING}
    assert isinstance(decision, Accepted) is lasts
    assert permitted(facts, today=None)[0].allowed is lasts
    if isinstance(decision, Accepted):
        change = decision.changes[0]
        assert isinstance(change, Update)
        assert change.values == {"status": JobStatus.STOPPED, "finished_at": NOW}
