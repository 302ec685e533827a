"""The pages of development projects and their agent teams."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page

TIME: Final = ("plannedStart", "plannedEnd")
CONTRACT: Final = ("executingOrganisation", "contractNumber", "currency")

PAGES: Final = (
    Page(
        "/clusters/{slug}/projects/new",
        "projects/create",
        mark("New project"),
        section="clusters",
        form=Form(
            submit=mark("Create the project"),
            toast=mark("The project was created with its five phases."),
            done="/clusters/{project.cluster.slug}",
            back="/clusters/{clusterBySlug.slug}",
            fields=(*TIME, "nameFa", "nameEn", *CONTRACT),
            hidden={"clusterId": "clusterBySlug.id"},
        ),
    ),
    Page(
        "/projects/{id}/edit",
        "projects/edit",
        mark("Edit the project"),
        section="clusters",
        form=Form(
            submit=mark("Save"),
            toast=mark("The changes were saved."),
            done="/clusters/{project.cluster.slug}",
            back="/clusters/{project.cluster.slug}",
            fields=("nameFa", "nameEn", *TIME, *CONTRACT),
            initial="project",
        ),
    ),
    Page(
        "/projects/{id}/team/new",
        "projects/assign",
        mark("Assign an agent"),
        section="clusters",
        form=Form(
            submit=mark("Assign"),
            toast=mark("The agent was assigned."),
            done="/clusters/{agentAssignment.cluster.slug}",
            back="/clusters/{project.cluster.slug}",
            fields=("role", "titleFa", "titleEn", "contractNumber", "validFrom"),
            hidden={"projectId": "project.id"},
        ),
    ),
    Page(
        "/projects/{id}/activate",
        "projects/activate",
        mark("Activate the project"),
        section="clusters",
        form=Form(
            submit=mark("Activate"),
            toast=mark("The project is active."),
            done="/clusters/{project.cluster.slug}",
            back="/clusters/{project.cluster.slug}",
            fields=("on", "studyStartsOn"),
            initial="project",
        ),
    ),
)
