"""The pages of development projects and their agent teams."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page
from web.routes.asking import asks, removes, restores

TIME: Final = ("plannedStart", "plannedEnd")
CONTRACT: Final = ("executingOrganisationId", "contractNumber", "currency")
EXECUTOR: Final = {"executingOrganisationId": "support"}

PROJECT: Final = "/clusters/{project.cluster.slug}/project"
TEAM: Final = "/clusters/{agentAssignment.cluster.slug}/project"
VISIT: Final = "/clusters/{supervisionVisit.cluster.slug}/project"
FOUND: Final = ("findingsFa", "findingsEn", "correctionsFa", "correctionsEn")
WHY: Final = ("reason", "on")

PAGES: Final = (
    Page("/clusters/{slug}/project", "clusters/project", mark("Project and team"), section="clusters"),
    asks(
        "/projects/{id}/suspend",
        "projects/suspend",
        mark("Suspend the project"),
        to=PROJECT,
        submit=mark("Suspend"),
        toast=mark("The project is suspended."),
        fields=WHY,
        long=("reason",),
        initial="project",
        consequence=mark("Its phases stand still until the project is resumed."),
    ),
    asks(
        "/projects/{id}/resume",
        "projects/resume",
        mark("Resume the project"),
        to=PROJECT,
        submit=mark("Resume"),
        toast=mark("The project goes on."),
        initial="project",
    ),
    asks(
        "/projects/{id}/cancel",
        "projects/cancel",
        mark("Cancel the project"),
        to=PROJECT,
        submit=mark("Cancel the project"),
        toast=mark("The project was cancelled."),
        fields=WHY,
        long=("reason",),
        initial="project",
        consequence=mark("A cancelled project never runs again: its phases, its team and its open work end."),
        grave=True,
    ),
    asks(
        "/projects/{id}/agent",
        "projects/replace",
        mark("Replace the agent"),
        to=TEAM,
        back=PROJECT,
        submit=mark("Replace"),
        toast=mark("The new agent is on record."),
        fields=("titleFa", "titleEn", "userId", "contractNumber", "validFrom"),
        references={"userId": "users"},
        hidden={"projectId": "project.id"},
        consequence=mark("The present agent's place ends the day before."),
    ),
    asks(
        "/assignments/{id}/end",
        "projects/end",
        mark("End the assignment"),
        to=TEAM,
        submit=mark("End it"),
        initial="agentAssignment",
        consequence=mark("Whoever held this place loses access to the cluster."),
    ),
    asks(
        "/projects/{id}/visits/new",
        "projects/visit",
        mark("Record a supervision visit"),
        to=VISIT,
        back=PROJECT,
        toast=mark("The visit is on record."),
        fields=("visitedOn", "advisorId", *FOUND),
        long=FOUND,
        nodes={"advisorId": "project.assignments.nodes"},
        hidden={"projectId": "project.id"},
    ),
    asks(
        "/visits/{id}/edit",
        "projects/revisit",
        mark("Correct the visit"),
        to=VISIT,
        fields=("visitedOn", "advisorId", *FOUND),
        long=FOUND,
        nodes={"advisorId": "supervisionVisit.project.assignments.nodes"},
        initial="supervisionVisit",
    ),
    removes(
        "/visits/{id}/remove",
        "projects/unvisit",
        mark("Remove the visit"),
        back=VISIT,
        consequence=mark("The next visit is then counted from the one before."),
        undo="/visits/{id}/restore",
    ),
    restores("/visits/{id}/restore", "projects/restore_visit", mark("Bring the visit back"), to=VISIT),
    asks(
        "/assignments/{id}/edit",
        "projects/correct",
        mark("Correct the assignment"),
        to=TEAM,
        fields=("titleFa", "titleEn", "contractNumber", "validFrom"),
        initial="agentAssignment",
    ),
    removes(
        "/assignments/{id}/remove",
        "projects/unassign",
        mark("Take the assignment back"),
        back=TEAM,
        consequence=mark("The place in the team becomes free, as if it had not been given."),
        undo="/assignments/{id}/restore",
    ),
    restores("/assignments/{id}/restore", "projects/reassign", mark("Bring the assignment back"), to=TEAM),
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
            fields=(*TIME, *CONTRACT, "nameFa", "nameEn"),
            later=("contractNumber", "currency", "nameFa", "nameEn"),
            references=EXECUTOR,
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
            references=EXECUTOR,
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
            fields=("role", "titleFa", "titleEn", "userId", "contractNumber", "validFrom"),
            references={"userId": "users"},
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
