"""The pages of diagnostic studies: drafted, written, handed in, returned, accepted, presented."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Page
from web.routes.asking import SAVE, asks

STUDY: Final = "/clusters/{diagnosticStudy.cluster.slug}/study"
TEXTS: Final = tuple(
    f"{part}{language}"
    for part in ("situation", "nationalEnvironment", "globalEnvironment")
    for language in ("Fa", "En")
)
ENGLISH: Final = tuple(name for name in TEXTS if name.endswith("En"))

PAGES: Final = (
    Page("/clusters/{slug}/study", "clusters/study", mark("Diagnostic study"), section="clusters"),
    asks(
        "/projects/{id}/study/new",
        "studies/draft",
        mark("Begin the diagnostic study"),
        to=STUDY,
        back="/clusters/{project.cluster.slug}/study",
        submit=mark("Begin the study"),
        toast=mark("The study was begun: now write it."),
        hidden={"projectId": "project.id"},
    ),
    asks(
        "/studies/{id}/edit",
        "studies/edit",
        mark("Write the study"),
        to=STUDY,
        fields=("methodology", "baselineLevel", "targetLevel", *TEXTS, "sources", "findings", "problems"),
        later=ENGLISH,
        long=TEXTS,
        initial="diagnosticStudy",
    ),
    asks(
        "/studies/{id}/submit",
        "studies/submit",
        mark("Hand the study in"),
        to=STUDY,
        submit=mark("Hand in"),
        toast=mark("The study was handed in."),
        initial="diagnosticStudy",
    ),
    asks(
        "/studies/{id}/return",
        "studies/return",
        mark("Return the study"),
        to=STUDY,
        submit=mark("Return"),
        toast=mark("The study was returned for correction."),
        fields=("note", "on"),
        long=("note",),
        initial="diagnosticStudy",
    ),
    asks(
        "/studies/{id}/revise",
        "studies/revise",
        mark("Take the study up again"),
        to=STUDY,
        submit=mark("Take up again"),
        toast=mark("The study can be changed again."),
        initial="diagnosticStudy",
    ),
    asks(
        "/studies/{id}/accept",
        "studies/accept",
        mark("Accept the study"),
        to=STUDY,
        submit=mark("Accept"),
        toast=mark("The study was accepted."),
        consequence=mark("An accepted study can no longer be changed."),
        initial="diagnosticStudy",
    ),
    asks(
        "/studies/{id}/present",
        "studies/present",
        mark("Record the presentation"),
        to=STUDY,
        submit=SAVE,
        toast=mark("The presentation is on record."),
        initial="diagnosticStudy",
    ),
)
