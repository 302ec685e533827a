"""The public type of feasibility studies."""

from __future__ import annotations

import datetime

from schema.documents.rows import HOMES
from schema.documents.rules import permitted_on_owner
from schema.feasibility import rows, rules
from schema.graph import Node, column, entity, many, one, permitted, text_column
from schema.scopes import within_cluster
from schema.vocabulary import FeasibilityRecommendation


@entity(
    rows.FeasibilityStudy,
    scope=within_cluster(),
    plural="feasibilityStudies",
    order=("cluster_id", "begun_on"),
)
class FeasibilityStudy(Node):
    """A study of whether a cluster is worth a development project, made before the project (E1)."""

    begun_on: datetime.date = column("When it began.")
    completed_on: datetime.date | None = column("When it was completed; empty while it is under way.")
    recommendation: FeasibilityRecommendation | None = column(
        "What it recommends; empty while it is under way."
    )
    prepared_by: str | None = column(
        "Who prepared it, where that is no institution on record: an office or a firm, not a private person.",
        orderable=False,
    )
    summary_fa: str | None = text_column("Why it recommends so, in Persian.", "summary_fa")
    summary_en: str | None = text_column("Why it recommends so, in English.", "summary_en")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    institution = one(
        "support.SupportInstitution",
        "The institution that prepared it.",
        near="institution_id",
        required=False,
    )
    documents = many("documents.Document", "What is attached to it.", far="feasibility_id")
    document_actions = permitted(HOMES["FeasibilityStudy"], permitted_on_owner)
    permitted_actions = permitted(rows.FEASIBILITY, rules.permitted)
