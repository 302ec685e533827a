"""The pages of feasibility studies: all of them, and each from its beginning to its recommendation."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Filter, Order
from web.routes.asking import asks, removes, restores
from web.routes.country import BY_CLUSTER, IN_PROVINCE, PROVINCE, search

CLUSTER: Final = "/clusters/{feasibilityStudy.cluster.slug}"
SUMMARY: Final = ("summaryFa", "summaryEn")
PREPARED: Final = ("institutionId", "preparedBy")
MADE: Final = ("begunOn", "completedOn", "recommendation", *SUMMARY, *PREPARED)
REFERENCES: Final = {"institutionId": "support"}

PAGES: Final = (
    Page(
        "/feasibility",
        "feasibility/list",
        mark("Feasibility studies"),
        section="feasibility",
        filters=(
            search(mark("Name of a cluster or who prepared it"), "preparedBy.contains"),
            PROVINCE,
            Filter("recommendation", mark("Recommendation"), ("recommendation.in",)),
            Filter("completed", mark("Completed"), ("completedOn.isNull",), words=("false", "true")),
            Filter("status", mark("State of the cluster"), ("cluster.status.eq",)),
        ),
        orders=(
            Order("begun", mark("Begun on"), "begunOn", last_first=True),
            BY_CLUSTER,
            Order("completed", mark("Completed on"), "completedOn"),
        ),
        name_column=Column(
            "name",
            mark("Cluster"),
            order="cluster",
            kind="name",
            value="cluster",
            link="/clusters/{cluster.slug}",
        ),
        columns=(
            IN_PROVINCE,
            Column(
                "recommendation",
                mark("Recommendation"),
                kind="term",
                enumeration="FeasibilityRecommendation",
            ),
            Column("begun", mark("Begun on"), order="begun", kind="date", value="begunOn"),
            Column("completed", mark("Completed on"), order="completed", kind="date", value="completedOn"),
            Column("institution", mark("Prepared by"), kind="name", link="/support/{institution.id}"),
            Column("preparedBy", mark("Prepared by an office or a firm"), at_first=False),
            Column(
                "status",
                mark("State of the cluster"),
                kind="term",
                enumeration="ClusterStatus",
                value="cluster.status",
                at_first=False,
            ),
        ),
        listing=Listing(
            mark("Every feasibility study within your reach, the latest first."),
            mark("There is no feasibility study yet"),
            mark("A study begins, or is entered, on the page of its cluster."),
        ),
    ),
    asks(
        "/clusters/{slug}/feasibility",
        "feasibility/start",
        mark("Begin the feasibility study"),
        to="/clusters/{cluster.slug}",
        back="/clusters/{clusterBySlug.slug}",
        submit=mark("Begin"),
        toast=mark("The feasibility study has begun."),
        fields=("on", *PREPARED, "reason"),
        long=("reason",),
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
    removes(
        "/feasibility/{id}/remove",
        "feasibility/remove",
        mark("Remove the feasibility study"),
        back=CLUSTER,
        consequence=mark(
            "The study disappears from the cluster with its papers; the cluster stays in its state."
        ),
        undo="/feasibility/{id}/restore",
    ),
    restores(
        "/feasibility/{id}/restore",
        "feasibility/restore",
        mark("Bring the feasibility study back"),
        to=CLUSTER,
    ),
)
