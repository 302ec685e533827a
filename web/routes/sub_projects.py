"""The pages of sub-projects: defined in a draft, started, reported, handed over, ended."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Page
from web.routes.asking import ADD, SAVE, asks, removes, restores

ONE: Final = "/sub-projects/{subProject.id}"
OBJECTIVES: Final = ("objectivesFa", "objectivesEn")
NOTES: Final = ("noteFa", "noteEn")
WHAT: Final = ("nameFa", "nameEn", "type", "additionalTypeId", "definedBy", "ledBy")
TYPES: Final = {"additionalTypeId": "additionalSubProjectTypes.nodes"}
REASON: Final = ("reason",)

PAGES: Final = (
    Page("/sub-projects/{id}", "sub_projects/detail", mark("Sub-project"), section="clusters"),
    asks(
        "/programmes/{id}/sub-projects/new",
        "sub_projects/propose",
        mark("Define a sub-project"),
        to="/clusters/{subProject.plan.cluster.slug}/plans/{subProject.plan.id}",
        back="/clusters/{operationalProgramme.plan.cluster.slug}/plans/{operationalProgramme.plan.id}",
        submit=ADD,
        toast=mark("The sub-project was defined."),
        fields=(*WHAT, "networkIds", "plannedStart", "plannedEnd", *OBJECTIVES),
        long=OBJECTIVES,
        nodes={"networkIds": "operationalProgramme.plan.cluster.networks.nodes", **TYPES},
        hidden={"planId": "operationalProgramme.plan.id", "programmeId": "operationalProgramme.id"},
    ),
    asks(
        "/sub-projects/{id}/edit",
        "sub_projects/edit",
        mark("Edit the sub-project"),
        to=ONE,
        fields=(*WHAT, "programmeId", "plannedStart", "plannedEnd", *OBJECTIVES),
        long=OBJECTIVES,
        nodes={"programmeId": "subProject.plan.programmes.nodes", **TYPES},
        initial="subProject",
    ),
    removes(
        "/sub-projects/{id}/withdraw",
        "sub_projects/withdraw",
        mark("Withdraw the sub-project"),
        back="/clusters/{subProject.cluster.slug}/plans/{subProject.plan.id}",
        consequence=mark("The sub-project disappears from this draft with its steps and its money."),
        undo="/sub-projects/{id}/restore",
    ),
    restores(
        "/sub-projects/{id}/restore", "sub_projects/restore", mark("Bring the sub-project back"), to=ONE
    ),
    asks(
        "/sub-projects/{id}/start",
        "sub_projects/start",
        mark("Start the sub-project"),
        to=ONE,
        submit=mark("Start"),
        toast=mark("The sub-project has started."),
        initial="subProject",
    ),
    asks(
        "/sub-projects/{id}/report",
        "sub_projects/report",
        mark("Report progress"),
        to=ONE,
        submit=mark("Report"),
        toast=mark("The progress is on record."),
        fields=("on", "done", *NOTES),
        long=NOTES,
        nodes={"done": "subProject.milestones"},
        hidden={"subProjectId": "subProject.id"},
    ),
    asks(
        "/sub-projects/{id}/suspend",
        "sub_projects/suspend",
        mark("Suspend the sub-project"),
        to=ONE,
        submit=mark("Suspend"),
        toast=mark("The sub-project is suspended."),
        long=REASON,
        initial="subProject",
    ),
    asks(
        "/sub-projects/{id}/resume",
        "sub_projects/resume",
        mark("Resume the sub-project"),
        to=ONE,
        submit=mark("Resume"),
        toast=mark("The sub-project goes on."),
        initial="subProject",
    ),
    asks(
        "/sub-projects/{id}/cancel",
        "sub_projects/cancel",
        mark("Cancel the sub-project"),
        to=ONE,
        submit=mark("Cancel the sub-project"),
        toast=mark("The sub-project was cancelled."),
        long=REASON,
        initial="subProject",
        consequence=mark("A cancelled sub-project never runs again and counts as closed."),
        grave=True,
    ),
    asks(
        "/sub-projects/{id}/complete",
        "sub_projects/complete",
        mark("Complete the sub-project"),
        to=ONE,
        submit=mark("Complete"),
        toast=mark("The sub-project is completed."),
        initial="subProject",
    ),
    asks(
        "/sub-projects/{id}/carry",
        "sub_projects/carry",
        mark("Carry over into the next plan"),
        to=ONE,
        submit=mark("Carry over"),
        toast=mark("The sub-project goes on in the next plan."),
        fields=("planId",),
        nodes={"planId": "subProject.cluster.actionPlans.nodes"},
        initial="subProject",
    ),
    asks(
        "/sub-projects/{id}/transfer",
        "sub_projects/transfer",
        mark("Hand the leading over"),
        to=ONE,
        submit=mark("Hand over"),
        toast=mark("The sub-project is led by others now."),
        fields=("to", "memberId", "networkId", "on"),
        nodes={"networkId": "subProject.cluster.networks.nodes"},
        references={"memberId": "members"},
        within={"memberId": "subProject.cluster.slug"},
        initial="subProject",
    ),
    asks(
        "/sub-projects/{id}/counties",
        "sub_projects/place",
        mark("Where the sub-project is carried out"),
        to=ONE,
        fields=("countyIds",),
        nodes={"countyIds": "subProject.cluster.province.counties.nodes"},
        initial="subProject",
    ),
    asks(
        "/sub-projects/{id}/networks/new",
        "sub_projects/assign",
        mark("Entrust to a network"),
        to=ONE,
        submit=mark("Entrust"),
        fields=("networkId",),
        nodes={"networkId": "subProject.cluster.networks.nodes"},
        initial="subProject",
    ),
    asks(
        "/sub-projects/{id}/networks/remove",
        "sub_projects/release",
        mark("Take off a network"),
        to=ONE,
        submit=SAVE,
        fields=("networkId",),
        nodes={"networkId": "subProject.networks.nodes"},
        initial="subProject",
    ),
)
