"""The pages of trust building: activities with their participants, rounds of the survey with their answers."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page
from web.routes.asking import ADD, REMOVE, SAVE, asks, removes, restores

ACTIVITY: Final = "/trust-activities/{trustActivity.id}"
SURVEY: Final = "/surveys/{trustSurvey.id}"
PLANNED: Final = ("nameFa", "nameEn", "type", "additionalTypeId", "approach", "plannedStart", "plannedEnd")
ADDED: Final = {"additionalTypeId": "additionalTrustActivityTypes.nodes"}
WHO: Final = {"stakeholderId": "stakeholders", "institutionId": "support"}
ABOUT: Final = {"raterId": "members", "rateeId": "members", "institutionId": "support"}
HERE: Final = dict.fromkeys(("raterId", "rateeId"), "trustSurvey.cluster.slug")

PAGES: Final = (
    Page("/clusters/{slug}/trust", "clusters/trust", mark("Trust"), section="clusters"),
    Page("/trust-activities/{id}", "trust/detail", mark("Trust-building activity"), section="clusters"),
    asks(
        "/projects/{id}/trust-activities/new",
        "trust/plan",
        mark("Plan an activity"),
        to=ACTIVITY,
        back="/clusters/{project.cluster.slug}/trust",
        submit=mark("Plan"),
        toast=mark("The activity is planned: now say who takes part."),
        fields=PLANNED,
        nodes=ADDED,
        hidden={"projectId": "project.id"},
    ),
    asks(
        "/trust-activities/{id}/edit",
        "trust/edit",
        mark("Change the activity"),
        to=ACTIVITY,
        fields=PLANNED,
        nodes=ADDED,
        initial="trustActivity",
    ),
    asks(
        "/trust-activities/{id}/record",
        "trust/record",
        mark("Record what happened"),
        to=ACTIVITY,
        toast=mark("The activity is on record."),
        fields=("actualStart", "actualEnd", "outcomeFa", "outcomeEn"),
        long=("outcomeFa", "outcomeEn"),
        initial="trustActivity",
    ),
    removes(
        "/trust-activities/{id}/remove",
        "trust/remove",
        mark("Remove the activity"),
        back="/clusters/{trustActivity.cluster.slug}/trust",
        consequence=mark("The planned activity and its list of participants disappear from the cluster."),
        undo="/trust-activities/{id}/restore",
    ),
    restores("/trust-activities/{id}/restore", "trust/restore", mark("Bring the activity back"), to=ACTIVITY),
    asks(
        "/trust-activities/{id}/participants/new",
        "trust/invite",
        mark("Add a participant"),
        to=ACTIVITY,
        submit=ADD,
        fields=("stakeholderId", "institutionId"),
        references=WHO,
        within={"stakeholderId": "trustActivity.cluster.slug"},
        initial="trustActivity",
    ),
    asks(
        "/trust-activities/{id}/participants/remove",
        "trust/uninvite",
        mark("Take a participant off"),
        to=ACTIVITY,
        submit=REMOVE,
        fields=("participantId",),
        nodes={"participantId": "trustActivity.participants.nodes"},
        initial="trustActivity",
    ),
    Page("/surveys/{id}", "surveys/detail", mark("Round of the trust survey"), section="clusters"),
    asks(
        "/projects/{id}/surveys/new",
        "surveys/open",
        mark("Open a round of the survey"),
        to=SURVEY,
        back="/clusters/{project.cluster.slug}/trust",
        submit=mark("Open the round"),
        toast=mark("The round is open: enter the answers, sheet by sheet."),
        hidden={"projectId": "project.id"},
    ),
    Page(
        "/surveys/{id}/sheet",
        "surveys/sheet",
        mark("Enter a sheet"),
        section="clusters",
        look="pages/surveys/sheet.html",
        form=Form(
            submit=mark("Save and go to the next sheet"),
            toast=mark("The sheet is entered."),
            done="/surveys/{trustSurvey.id}/sheet",
            back=SURVEY,
            fields=("raterId", "ratings", "ties"),
            references={"raterId": "members"},
            within={"raterId": "trustSurvey.cluster.slug"},
            ballots={"ratings": "trustSurvey.cluster.members", "ties": "trustSurvey.cluster.members"},
            initial="trustSurvey",
        ),
    ),
    asks(
        "/surveys/{id}/close",
        "surveys/close",
        mark("Close the round"),
        to=SURVEY,
        submit=mark("Close the round"),
        toast=mark("The round is closed and its figures are computed."),
        consequence=mark("A closed round takes no more answers; its figures are computed once and kept."),
        initial="trustSurvey",
    ),
    asks(
        "/surveys/{id}/cancel",
        "surveys/cancel",
        mark("Cancel the round"),
        to=SURVEY,
        submit=mark("Cancel the round"),
        toast=mark("The round was cancelled."),
        fields=("reason",),
        long=("reason",),
        consequence=mark(
            "A cancelled round yields no figures and takes no more answers; the next one can be opened."
        ),
        grave=True,
        initial="trustSurvey",
    ),
    asks(
        "/surveys/{id}/ratings/remove",
        "surveys/unrate",
        mark("Remove an answer"),
        to=SURVEY,
        submit=REMOVE,
        toast=mark("The answer was removed."),
        fields=("raterId", "rateeId", "institutionId"),
        references=ABOUT,
        within=HERE,
        initial="trustSurvey",
        consequence=mark("The answer no longer counts in this round; it can be entered again."),
    ),
    asks(
        "/surveys/{id}/ties/remove",
        "surveys/untie",
        mark("Remove a tie"),
        to=SURVEY,
        submit=REMOVE,
        toast=mark("The tie was removed."),
        fields=("raterId", "rateeId", "institutionId", "kind"),
        references=ABOUT,
        within=HERE,
        initial="trustSurvey",
        consequence=mark("The tie no longer counts in this round; it can be entered again."),
    ),
    asks(
        "/surveys/{id}/ratings/new",
        "surveys/rate",
        mark("Enter one answer"),
        to=SURVEY,
        submit=SAVE,
        fields=("raterId", "rateeId", "institutionId", "score"),
        references=ABOUT,
        within=HERE,
        initial="trustSurvey",
    ),
    asks(
        "/surveys/{id}/ties/new",
        "surveys/tie",
        mark("Enter one tie"),
        to=SURVEY,
        submit=SAVE,
        fields=("raterId", "rateeId", "institutionId", "kind"),
        references=ABOUT,
        within=HERE,
        initial="trustSurvey",
    ),
)
