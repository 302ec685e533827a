"""The pages of the exit: self-reliance, announcement, hand-over, completion, revocation."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Page
from web.routes.asking import ADD, asks, removes, restores

BY_PROJECT: Final = "/clusters/{project.cluster.slug}/exit"
BY_EXIT: Final = "/clusters/{exit.cluster.slug}/exit"
BY_STEP: Final = "/clusters/{handoverStep.cluster.slug}/exit"
WHAT: Final = ("whatFa", "whatEn", "dueOn")

PAGES: Final = (
    Page("/clusters/{slug}/exit", "clusters/exit", mark("Exit of the agent"), section="clusters"),
    asks(
        "/projects/{id}/self-reliance/new",
        "exits/assess",
        mark("Assess the self-reliance"),
        to="/clusters/{selfRelianceAssessment.cluster.slug}/exit",
        back=BY_PROJECT,
        toast=mark("The assessment is on record."),
        fields=("defining", "steering", "decidedBy", "assessedOn", "evidence"),
        long=("evidence",),
        hidden={"projectId": "project.id"},
    ),
    asks(
        "/projects/{id}/exit/new",
        "exits/announce",
        mark("Announce the exit"),
        to=BY_EXIT,
        back=BY_PROJECT,
        submit=mark("Announce"),
        toast=mark("The exit is announced: now lay down the steps of the hand-over."),
        hidden={"projectId": "project.id"},
        consequence=mark(
            "Everyone concerned is told, and the agent leaves within four to six months of this day."
        ),
    ),
    asks(
        "/exits/{id}/revoke",
        "exits/revoke",
        mark("Take the announcement back"),
        to=BY_EXIT,
        submit=mark("Take back"),
        toast=mark("The announcement was taken back."),
        fields=("reason", "on"),
        long=("reason",),
        initial="exit",
        consequence=mark("The hand-over stops; a new exit needs a new announcement."),
        grave=True,
    ),
    asks(
        "/exits/{id}/complete",
        "exits/complete",
        mark("Complete the exit"),
        to=BY_EXIT,
        submit=mark("Complete"),
        toast=mark("The agent has left the cluster; the project is completed."),
        fields=("completedOn", "overrideReason"),
        long=("overrideReason",),
        initial="exit",
        consequence=mark(
            "The project ends, the team loses its access, and the comprehensive network takes the plan over."
        ),
    ),
    asks(
        "/exits/{id}/steps/new",
        "steps/create",
        mark("Add a step of the hand-over"),
        to=BY_STEP,
        back=BY_EXIT,
        submit=ADD,
        fields=(*WHAT, "networkId", "institutionId"),
        nodes={"networkId": "exit.cluster.networks.nodes"},
        references={"institutionId": "support"},
        initial="exit",
    ),
    asks(
        "/handover-steps/{id}/edit",
        "steps/edit",
        mark("Change the step"),
        to=BY_STEP,
        fields=WHAT,
        initial="handoverStep",
    ),
    asks(
        "/handover-steps/{id}/complete",
        "steps/complete",
        mark("Record the step as done"),
        to=BY_STEP,
        toast=mark("The step is done."),
        fields=("evidence", "doneOn"),
        long=("evidence",),
        initial="handoverStep",
    ),
    removes(
        "/handover-steps/{id}/remove",
        "steps/remove",
        mark("Remove the step"),
        back=BY_STEP,
        consequence=mark("The step disappears from the hand-over, which needs at least two."),
        undo="/handover-steps/{id}/restore",
    ),
    restores("/handover-steps/{id}/restore", "steps/restore", mark("Bring the step back"), to=BY_STEP),
)
