"""The pages of action plans: versions, their parts, and what the council decides on them."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page

PLAN: Final = "/clusters/{slug}/plans/{id}"
DONE: Final = "/clusters/{actionPlan.cluster.slug}/plans/{actionPlan.id}"
SAVED: Final = mark("The changes were saved.")
BALLOT: Final = {"votes": "steeringCouncils.nodes.0.currentSeats"}
MEETINGS: Final = {"meetingId": "councilMeetings.nodes"}
NOTES: Final = ("noteFa", "noteEn")
VISION: Final = ("visionFa", "visionEn", "periodStart", "periodEnd", "documentNumber")


def _decision(name: str, title: str, submit: str, toast: str, consequence: str, *, grave: bool) -> Page:
    numbered = ("documentNumber",) if name == "approve" else ()
    return Page(
        f"{PLAN}/{name}",
        f"plans/{name}",
        title,
        section="clusters",
        look="pages/plans/decide.html",
        form=Form(
            submit=submit,
            toast=toast,
            done=DONE,
            back=DONE,
            fields=("meetingId", "votes", *numbered, *NOTES),
            long=NOTES,
            nodes=MEETINGS,
            ballots=BALLOT,
            initial="actionPlan",
            consequence=consequence,
            grave=grave,
        ),
    )


PAGES: Final = (
    Page(
        "/clusters/{slug}/plans/new",
        "plans/create",
        mark("New version of the action plan"),
        section="clusters",
        form=Form(
            submit=mark("Begin the draft"),
            toast=mark("The draft was begun: now add its strategies."),
            done=DONE,
            back="/clusters/{clusterBySlug.slug}/plans",
            fields=VISION,
            long=("visionFa", "visionEn"),
            hidden={"clusterId": "clusterBySlug.id"},
        ),
    ),
    Page(
        "/clusters/{slug}/plans/compare",
        "plans/compare",
        mark("Two versions side by side"),
        section="clusters",
    ),
    Page(PLAN, "plans/detail", mark("Action plan"), section="clusters"),
    Page(
        f"{PLAN}/edit",
        "plans/edit",
        mark("Edit the draft"),
        section="clusters",
        form=Form(
            submit=mark("Save"),
            toast=SAVED,
            done=DONE,
            back=DONE,
            fields=VISION,
            long=("visionFa", "visionEn"),
            initial="actionPlan",
        ),
    ),
    Page(
        f"{PLAN}/submit",
        "plans/submit",
        mark("Present to the council"),
        section="clusters",
        form=Form(
            submit=mark("Present"),
            toast=mark("The plan waits for the council."),
            done=DONE,
            back=DONE,
            initial="actionPlan",
        ),
    ),
    _decision(
        "approve",
        mark("Approve the plan"),
        mark("Approve"),
        mark("The plan is approved."),
        mark("The approved version can never be changed; the one before it is superseded."),
        grave=False,
    ),
    _decision(
        "return",
        mark("Return the plan"),
        mark("Return"),
        mark("The plan was returned for amendment."),
        "",
        grave=False,
    ),
    _decision(
        "reject",
        mark("Reject the plan"),
        mark("Reject"),
        mark("The plan was rejected."),
        mark("A rejected version stays on record and cannot be presented again."),
        grave=True,
    ),
)
