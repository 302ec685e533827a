"""The public type of action plans."""

from __future__ import annotations

import datetime

from schema.access import within_cluster
from schema.graph import Node, column, entity, many, one, text_column
from schema.plans import rows
from schema.vocabulary import ActionPlanStatus, PlanFreshness, PlanOwner

FRESHNESS = """case
  when {t}.status <> 'APPROVED' then 'NONE'
  when {today} > {t}.next_due_on then 'OVERDUE'
  when {t}.next_due_on - {today} <= 90 then 'DUE_SOON'
  else 'FRESH'
end"""


@entity(rows.ActionPlan, scope=within_cluster(), plural="actionPlans", order=("cluster_id", "version"))
class ActionPlan(Node):
    """A version of a cluster's action-plan document: vision, strategies, programmes (R23, R27)."""

    version: int = column("The version, counted from one for each cluster.")
    status: ActionPlanStatus = column("Where it stands between draft and approval.")
    owner: PlanOwner = column("Whose duty it is: the agent's, later the comprehensive network's (R26, R30).")
    document_number: str | None = column("The number of the document.", orderable=False)
    vision_fa: str | None = text_column("The vision, in Persian.", "vision_fa")
    vision_en: str | None = text_column("The vision, in English.", "vision_en")
    period_start: datetime.date | None = column("The first day of the period it plans.")
    period_end: datetime.date | None = column("The last day of the period it plans.")
    presented_on: datetime.date | None = column("When it was presented to the council.")
    approved_on: datetime.date | None = column("When the steering council approved it (R28).")
    next_due_on: datetime.date | None = column("When the next version is due: approval plus 12 Jalali months (R25).")
    freshness: PlanFreshness = column("How the approved version stands against its next due date.", sql=FRESHNESS)
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    project = one("projects.ClusterProject", "The project it was made in.", near="project_id", required=False)
    sub_projects = many("sub_projects.SubProject", "The sub-projects it defines.", far="plan_id")
    support_commitments = many("support.SupportCommitment", "Commitments made under it.", far="plan_id")
