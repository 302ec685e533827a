"""The pages of feasibility studies: each from its beginning to its recommendation."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.routes.asking import asks

CLUSTER: Final = "/clusters/{feasibilityStudy.cluster.slug}"
SUMMARY: Final = ("summaryFa", "summaryEn")
PREPARED: Final = ("institutionId", "preparedBy")
MADE: Final = ("begunOn", "completedOn", "recommendation", *SUMMARY, *PREPARED)
REFERENCES: Final = {"institutionId": "support"}

PAGES: Final = (
    asks(
        "/clusters/{slug}/feasibility",
        "feasibility/start",
        mark("Begin the feasibility study"),
        to="/clusters/{cluster.slug}",
        back="/clusters/{clusterBySlug.slug}",
        submit=mark("Begin"),
        toast=mark("The feasibility study has begun."),
        fields=("on", *PREPARED),
        references=REFERENCES,
        hidden={"id": "clusterBySlug.id"},
    ),
    asks(
        "/clusters/{slug}/feasibility/earlier",
        "feasibility/record",
        mark("Enter a feasibility study made earlier"),
        to=CLUSTER,
        back="/clusters/{clusterBySlug.slug}",
        toast=mark("The feasibility study is on record."),
        fields=MADE,
        long=SUMMARY,
        references=REFERENCES,
        hidden={"clusterId": "clusterBySlug.id"},
    ),
    asks(
        "/feasibility/{id}/complete",
        "feasibility/complete",
        mark("Complete the feasibility study"),
        to=CLUSTER,
        submit=mark("Complete"),
        toast=mark("The feasibility study is complete."),
        fields=("recommendation", "on", *SUMMARY),
        long=SUMMARY,
        initial="feasibilityStudy",
    ),
    asks(
        "/feasibility/{id}/edit",
        "feasibility/edit",
        mark("Correct the feasibility study"),
        to=CLUSTER,
        fields=MADE,
        long=SUMMARY,
        references=REFERENCES,
        initial="feasibilityStudy",
    ),
)
