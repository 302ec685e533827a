"""The pages of sub-projects: defined in a draft, started, reported, completed."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page

ONE: Final = "/sub-projects/{subProject.id}"

PAGES: Final = (
    Page("/sub-projects/{id}", "sub_projects/detail", mark("Sub-project"), section="clusters"),
    Page(
        "/programmes/{id}/sub-projects/new",
        "sub_projects/propose",
        mark("Define a sub-project"),
        section="clusters",
        form=Form(
            submit=mark("Add"),
            toast=mark("The sub-project was defined."),
            done="/clusters/{subProject.plan.cluster.slug}/plans/{subProject.plan.id}",
            back="/clusters/{operationalProgramme.plan.cluster.slug}/plans/{operationalProgramme.plan.id}",
            fields=(
                "nameFa",
                "nameEn",
                "type",
                "definedBy",
                "ledBy",
                "networkIds",
                "plannedStart",
                "plannedEnd",
                "objectivesFa",
                "objectivesEn",
            ),
            long=("objectivesFa", "objectivesEn"),
            nodes={"networkIds": "operationalProgramme.plan.cluster.networks.nodes"},
            hidden={"planId": "operationalProgramme.plan.id", "programmeId": "operationalProgramme.id"},
        ),
    ),
    Page(
        "/sub-projects/{id}/start",
        "sub_projects/start",
        mark("Start the sub-project"),
        section="clusters",
        form=Form(
            submit=mark("Start"),
            toast=mark("The sub-project has started."),
            done=ONE,
            back=ONE,
            initial="subProject",
        ),
    ),
    Page(
        "/sub-projects/{id}/steps/new",
        "sub_projects/milestone",
        mark("Add a step"),
        section="clusters",
        form=Form(
            submit=mark("Add"),
            toast=mark("The changes were saved."),
            done="/sub-projects/{milestone.subProject.id}",
            back=ONE,
            fields=("nameFa", "nameEn", "weight", "dueOn"),
            hidden={"subProjectId": "subProject.id"},
        ),
    ),
    Page(
        "/sub-projects/{id}/report",
        "sub_projects/report",
        mark("Report progress"),
        section="clusters",
        form=Form(
            submit=mark("Report"),
            toast=mark("The progress is on record."),
            done=ONE,
            back=ONE,
            fields=("on", "done", "noteFa", "noteEn"),
            long=("noteFa", "noteEn"),
            nodes={"done": "subProject.milestones"},
            hidden={"subProjectId": "subProject.id"},
        ),
    ),
    Page(
        "/sub-projects/{id}/complete",
        "sub_projects/complete",
        mark("Complete the sub-project"),
        section="clusters",
        form=Form(
            submit=mark("Complete"),
            toast=mark("The sub-project is completed."),
            done=ONE,
            back=ONE,
            initial="subProject",
        ),
    ),
)
