"""The public type of risks and issues."""

from __future__ import annotations

import datetime

from schema.graph import Node, column, entity, one, permitted, text_column
from schema.risks import rows, rules
from schema.scopes import within_cluster
from schema.vocabulary import RiskKind, RiskStatus


@entity(rows.Risk, scope=within_cluster(), plural="risks", order=("cluster_id", "raised_on"))
class Risk(Node):
    """Something that may go wrong, or has, with a sub-project, and what is done about it."""

    kind: RiskKind = column("Whether it may go wrong or already has.")
    status: RiskStatus = column("Where the answer to it stands.")
    title_fa: str = column("What it is, in Persian.", orderable=False)
    title_en: str = column("What it is, in English.", orderable=False)
    likelihood: int = column("How likely it is, 1 (hardly) to 5 (almost certain).")
    impact: int = column("How much it would matter, 1 (little) to 5 (everything).")
    exposure: int = column("Likelihood times impact, 1 to 25.", sql="({t}.likelihood * {t}.impact)")
    response_fa: str | None = text_column("What is done about it, in Persian.", "response_fa")
    response_en: str | None = text_column("What is done about it, in English.", "response_en")
    raised_on: datetime.date = column("When it was raised.")
    closed_on: datetime.date | None = column("When it was closed.")
    status_reason: str | None = text_column("Why it was closed.", "status_reason")
    sub_project = one("sub_projects.SubProject", "The sub-project.", near="sub_project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    permitted_actions = permitted(rows.RISK, rules.permitted)
