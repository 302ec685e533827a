"""The pages of what a sub-project consists of: its steps, its money and what comes of it."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.routes.asking import ADD, asks, removes, restores

ONE: Final = "/sub-projects/{subProject.id}"
BY_STEP: Final = "/sub-projects/{milestone.subProject.id}"
BY_LINE: Final = "/sub-projects/{budgetLine.subProject.id}"
BY_OUTPUT: Final = "/sub-projects/{subProjectOutput.subProject.id}"
STEP: Final = ("nameFa", "nameEn", "weight", "dueOn")
PLANNED: Final = ("source", "planned", "periodStart", "periodEnd")
OUTPUT: Final = ("nameFa", "nameEn", "countedInFa", "countedInEn", "planned")

PAGES: Final = (
    asks(
        "/sub-projects/{id}/steps/new",
        "sub_projects/milestone",
        mark("Add a step"),
        to=BY_STEP,
        back=ONE,
        submit=ADD,
        fields=STEP,
        hidden={"subProjectId": "subProject.id"},
    ),
    asks(
        "/milestones/{id}/edit",
        "milestones/edit",
        mark("Change the step"),
        to=BY_STEP,
        fields=STEP,
        initial="milestone",
    ),
    removes(
        "/milestones/{id}/remove",
        "milestones/remove",
        mark("Remove the step"),
        back=BY_STEP,
        consequence=mark("The step no longer counts in the progress."),
        undo="/milestones/{id}/restore",
    ),
    restores("/milestones/{id}/restore", "milestones/restore", mark("Bring the step back"), to=BY_STEP),
    asks(
        "/sub-projects/{id}/money/new",
        "budgets/create",
        mark("Plan money"),
        to=BY_LINE,
        back=ONE,
        submit=ADD,
        fields=("source", "planned", "currency", "unit", "periodStart", "periodEnd"),
        hidden={"subProjectId": "subProject.id"},
    ),
    asks(
        "/budget-lines/{id}/edit",
        "budgets/edit",
        mark("Change the planned money"),
        to=BY_LINE,
        fields=PLANNED,
        initial="budgetLine",
    ),
    asks(
        "/budget-lines/{id}/record",
        "budgets/record",
        mark("Record the money used"),
        to=BY_LINE,
        toast=mark("The money is on record."),
        fields=("committed", "disbursed", "spent"),
        initial="budgetLine",
    ),
    removes(
        "/budget-lines/{id}/remove",
        "budgets/remove",
        mark("Remove the planned money"),
        back=BY_LINE,
        consequence=mark("This source of money no longer counts in the budget."),
        undo="/budget-lines/{id}/restore",
    ),
    restores("/budget-lines/{id}/restore", "budgets/restore", mark("Bring the money back"), to=BY_LINE),
    asks(
        "/sub-projects/{id}/outputs/new",
        "outputs/create",
        mark("Plan what comes of it"),
        to=BY_OUTPUT,
        back=ONE,
        submit=ADD,
        fields=OUTPUT,
        hidden={"subProjectId": "subProject.id"},
    ),
    asks(
        "/outputs/{id}/edit",
        "outputs/edit",
        mark("Change what is to come of it"),
        to=BY_OUTPUT,
        fields=OUTPUT,
        initial="subProjectOutput",
    ),
    asks(
        "/outputs/{id}/record",
        "outputs/record",
        mark("Count what has come of it"),
        to=BY_OUTPUT,
        toast=mark("The count is on record."),
        fields=("achieved", "on"),
        initial="subProjectOutput",
    ),
    removes(
        "/outputs/{id}/remove",
        "outputs/remove",
        mark("Remove the output"),
        back=BY_OUTPUT,
        consequence=mark("The output is no longer expected of the sub-project."),
        undo="/outputs/{id}/restore",
    ),
    restores("/outputs/{id}/restore", "outputs/restore", mark("Bring the output back"), to=BY_OUTPUT),
)
