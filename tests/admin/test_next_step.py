"""A newcomer reads on every page of a cluster what comes next, from its entry to its first sub-project."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from schema.access import ACTIONS
from web import next_step as steps
from web.next_step import Step, next_step

NOTHING: dict[str, Any] = {
    "following": {"slug": "weavers", "projects": {"nodes": []}, "plans": {"nodes": []}, "counts": []},
    "councils": {"nodes": []},
}
# What happens on the way, one thing after the other, and where the next step leads afterwards.
WAY: list[tuple[str, dict[str, Any], str]] = [
    ("the project is created", {"project": "PLANNED"}, "/projects/P/team/new"),
    ("an agent is assigned", {"agents": {"nodes": [{"id": "A"}]}}, "/projects/P/activate"),
    ("it is activated", {"project": "ACTIVE", "DIAGNOSTIC_STUDY": "IN_PROGRESS"}, "/projects/P/study/new"),
    ("the study is begun", {"study": "DRAFT"}, "/clusters/weavers/study"),
    ("it is handed in", {"study": "SUBMITTED"}, "/clusters/weavers/study"),
    ("it is returned", {"study": "RETURNED"}, "/clusters/weavers/study"),
    ("it is accepted", {"study": "ACCEPTED"}, "/clusters/weavers/study"),
    ("it is presented", {"study": "PRESENTED"}, "/phases/DIAGNOSTIC_STUDY/complete"),
    ("its phase is completed", {"DIAGNOSTIC_STUDY": "COMPLETED"}, "/clusters/weavers/council"),
    ("the council is formed", {"seats": []}, "/clusters/weavers/council"),
    ("its members are appointed", {"seats": [{"id": "S"}]}, "/clusters/weavers/plans"),
    ("the plan is drafted", {"plan": "DRAFT"}, "/clusters/weavers/plans/V"),
    ("it is presented to the council", {"plan": "SUBMITTED"}, "/clusters/weavers/plans/V"),
    ("it is returned to be amended", {"plan": "RETURNED"}, "/clusters/weavers/plans/V"),
    ("it is approved", {"plan": "APPROVED", "counts": ["APPROVED"]}, "/phases/IMPLEMENTATION/start"),
    ("the implementation begins", {"IMPLEMENTATION": "IN_PROGRESS"}, "/clusters/weavers/sub-projects"),
    ("a sub-project begins", {"counts": ["APPROVED", "IN_PROGRESS"]}, ""),
]


def after(count: int) -> dict[str, Any]:
    """Return what a page knows of the cluster once so many things have happened."""
    known: dict[str, Any] = {"agents": {"nodes": []}, "DIAGNOSTIC_STUDY": "NOT_STARTED"}
    known["IMPLEMENTATION"] = "NOT_STARTED"
    for _, change, _ in WAY[:count]:
        known |= change
    answer = deepcopy(NOTHING)
    cluster = answer["following"]
    if "project" in known:
        phases = [
            {"id": code, "code": code, "status": known[code]}
            for code in ("DIAGNOSTIC_STUDY", "IMPLEMENTATION")
        ]
        studies = [{"id": "T", "status": known["study"]}] if "study" in known else []
        project = {"id": "P", "status": known["project"], "agents": known["agents"], "studies": studies}
        cluster["projects"]["nodes"] = [{**project, "phases": {"nodes": phases}}]
    if "plan" in known:
        cluster["plans"]["nodes"] = [{"id": "V", "status": known["plan"]}]
    if "seats" in known:
        answer["councils"]["nodes"] = [{"id": "C", "currentSeats": known["seats"]}]
    cluster["counts"] = [{"status": status} for status in known.get("counts", ())]
    return answer


def test_a_cluster_without_a_project_is_given_one_first() -> None:
    step = next_step(NOTHING)
    assert step is not None
    assert (step.action, step.path) == ("createProject", "/clusters/weavers/projects/new")


@pytest.mark.parametrize("count", range(1, len(WAY) + 1), ids=[happened for happened, _, _ in WAY])
def test_once_something_has_happened_the_next_step_leads_on(count: int) -> None:
    step = next_step(after(count))
    assert (step.path if step else "") == WAY[count - 1][2]


@pytest.mark.parametrize("status", ["SUSPENDED", "EXITING", "COMPLETED", "CANCELLED"])
def test_a_project_that_stands_still_or_has_ended_has_no_next_step(status: str) -> None:
    answer = after(3)
    answer["following"]["projects"]["nodes"][0]["status"] = status
    assert next_step(answer) is None


def test_every_step_ends_in_a_mutation_that_somebody_may_ask_for() -> None:
    known = [one for one in vars(steps).values() if hasattr(one, "at") and hasattr(one, "action")]
    listed = [*known, *steps.STUDIES.values(), *steps.PLANS.values()]
    named = {one.action for one in listed if isinstance(getattr(one, "action", None), str)}
    assert len(named) > 10
    assert named <= set(ACTIONS)
    assert all(isinstance(one.at("/"), Step) for one in listed if not isinstance(one, type))
