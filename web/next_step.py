"""What comes next in a cluster, from its entry to its first sub-project, for whoever is there the first time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from web.localisation import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class Step:
    """A step: why it is next, what it is called, the mutation it ends in and where it is taken."""

    why: str
    words: str
    action: str
    path: str


@dataclass(frozen=True)
class _Words:
    """The words of a step, before it is known of which cluster."""

    why: str
    words: str
    action: str

    def at(self, path: str) -> Step:
        """Return the step at its place."""
        return Step(self.why, self.words, self.action, path)


NEW_PROJECT: Final = _Words(
    mark("A development project brings the five phases, an agent and a plan to this cluster."),
    mark("New project"),
    "createProject",
)
ASSIGN: Final = _Words(
    mark("A project becomes active once it has its development agent."),
    mark("Assign an agent"),
    "assignAgent",
)
ACTIVATE: Final = _Words(
    mark("With the activation the diagnostic study and the building of trust begin."),
    mark("Activate"),
    "activateProject",
)
BEGIN_STUDY: Final = _Words(
    mark("The diagnostic study tells where the cluster stands; the action plan rests on it."),
    mark("Begin the study"),
    "draftStudy",
)
STUDIES: Final = {
    "DRAFT": _Words(
        mark("Write the study from the desk and the field, with problems and solutions, then hand it in."),
        mark("Go to the study"),
        "editStudy",
    ),
    "SUBMITTED": _Words(
        mark("The study is handed in and waits to be accepted or returned."),
        mark("Go to the study"),
        "acceptStudy",
    ),
    "RETURNED": _Words(
        mark("The study was returned: take it up again, correct it and hand it in."),
        mark("Go to the study"),
        "reviseStudy",
    ),
    "ACCEPTED": _Words(
        mark("The study is accepted: present it to the council and record the presentation."),
        mark("Go to the study"),
        "presentStudy",
    ),
}
FINISH_STUDY: Final = _Words(
    mark("The study is written, accepted and presented: its phase can be completed."),
    mark("Complete the phase of the study"),
    "completePhase",
)
FORM_COUNCIL: Final = _Words(
    mark("The steering council approves the action plan: form it and appoint its members."),
    mark("Go to the council"),
    "formSteeringCouncil",
)
SEATS: Final = _Words(
    mark("The council has no members yet: appoint them, so that it can approve the plan."),
    mark("Go to the council"),
    "appointCouncilSeat",
)
FIRST_PLAN: Final = _Words(
    mark("The first action plan can be drafted: a vision, strategies, programmes and sub-projects."),
    mark("Go to the action plan"),
    "draftActionPlan",
)
PLANS: Final = {
    "DRAFT": _Words(
        mark("Complete the draft of the action plan with its sub-projects, then present it to the council."),
        mark("Go to the draft"),
        "submitActionPlan",
    ),
    "RETURNED": _Words(
        mark("The council returned the plan: amend it and present it again."),
        mark("Go to the draft"),
        "submitActionPlan",
    ),
    "SUBMITTED": _Words(
        mark("The plan waits for the council: record its meeting, then its votes with the approval."),
        mark("Go to the plan"),
        "approveActionPlan",
    ),
}
START_PHASE: Final = _Words(
    mark("The plan is approved: begin the implementation, so that its sub-projects can start."),
    mark("Start the implementation"),
    "startPhase",
)
FIRST_SUB_PROJECT: Final = _Words(
    mark("The sub-projects of the plan are approved: open one, give it steps and start it."),
    mark("Go to the sub-projects"),
    "startSubProject",
)


def next_step(answer: Mapping[str, Any]) -> Step | None:
    """Return the first step that is still to be taken; nothing while the cluster goes its way.

    The rules stay where they are: a step that is not yet allowed says why at its place.
    """
    return next(_steps(answer), None)


def _steps(answer: Mapping[str, Any]) -> Iterator[Step]:
    cluster = answer["following"]
    here = f"/clusters/{cluster['slug']}"
    project = next(iter(cluster["projects"]["nodes"]), None)
    if project is None:
        yield NEW_PROJECT.at(f"{here}/projects/new")
        return
    at = f"/projects/{project['id']}"
    if project["status"] == "PLANNED":
        yield (ACTIVATE.at(f"{at}/activate") if project["agents"]["nodes"] else ASSIGN.at(f"{at}/team/new"))
    if project["status"] != "ACTIVE":
        return
    phases = {phase["code"]: phase for phase in project["phases"]["nodes"]}
    yield from _of_study(here, at, project, phases)
    yield from _of_plan(here, next(iter(answer["councils"]["nodes"]), None), cluster, phases)


def _of_study(
    here: str, at: str, project: Mapping[str, Any], phases: Mapping[str, Mapping[str, Any]]
) -> Iterator[Step]:
    phase = phases.get("DIAGNOSTIC_STUDY")
    if phase is None or phase["status"] != "IN_PROGRESS":
        return
    study = next(iter(project["studies"]), None)
    if study is None:
        yield BEGIN_STUDY.at(f"{at}/study/new")
    elif study["status"] in STUDIES:
        yield STUDIES[study["status"]].at(f"{here}/study")
    else:
        yield FINISH_STUDY.at(f"/phases/{phase['id']}/complete")


def _of_plan(
    here: str,
    council: Mapping[str, Any] | None,
    cluster: Mapping[str, Any],
    phases: Mapping[str, Mapping[str, Any]],
) -> Iterator[Step]:
    plan = next(iter(cluster["plans"]["nodes"]), None)
    if council is None:
        yield FORM_COUNCIL.at(f"{here}/council")
    elif not council["currentSeats"]:
        yield SEATS.at(f"{here}/council")
    elif plan is None:
        yield FIRST_PLAN.at(f"{here}/plans")
    elif plan["status"] in PLANS:
        yield PLANS[plan["status"]].at(f"{here}/plans/{plan['id']}")
    phase = phases.get("IMPLEMENTATION")
    if phase is not None and phase["status"] == "NOT_STARTED":
        yield START_PHASE.at(f"/phases/{phase['id']}/start")
    begun = {count["status"] for count in cluster["counts"]} & {"IN_PROGRESS", "SUSPENDED", "COMPLETED"}
    if plan is not None and plan["status"] == "APPROVED" and not begun:
        yield FIRST_SUB_PROJECT.at(f"{here}/sub-projects")
