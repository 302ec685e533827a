"""The public types of sub-projects and their milestones."""

from __future__ import annotations

import datetime
from decimal import Decimal

from schema.access import within_cluster
from schema.graph import Node, column, entity, few, many, name_column, one, text_column
from schema.sub_projects import rows
from schema.vocabulary import SubProjectActor, SubProjectStatus, SubProjectType

PROGRESS = """(select coalesce(round(100.0 * sum(m.weight) filter (where m.done_on is not null) / sum(m.weight), 1), 0)
  from milestone m where m.sub_project_id = {t}.id and m.deleted_at is null)"""


@entity(rows.SubProject, scope=within_cluster(), plural="subProjects", order=("cluster_id", "name_fa"))
class SubProject(Node):
    """A sub-project (ریزپروژه): a piece of the action plan that is carried out in networks (R38, R45)."""

    type: SubProjectType = column("What it is directed at (R39–R44).")
    status: SubProjectStatus = column("Where it stands.")
    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    objectives_fa: str | None = text_column("What it is to achieve, in Persian.", "objectives_fa")
    objectives_en: str | None = text_column("What it is to achieve, in English.", "objectives_en")
    defined_by: SubProjectActor = column("Who defined it; counts for self-reliance (R48).")
    led_by: SubProjectActor = column("Who leads it; changes at hand-over (R48).")
    planned_start: datetime.date | None = column("When it is to start.")
    planned_end: datetime.date | None = column("When it is to end.")
    actual_start: datetime.date | None = column("When it started.")
    actual_end: datetime.date | None = column("When it ended.")
    status_reason: str | None = text_column("Why it was suspended or cancelled.", "status_reason")
    progress: Decimal = column("Weight of the milestones done over the weight of all, per cent.", sql=PROGRESS)
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    plan = one("plans.ActionPlan", "The plan version that defines it.", near="plan_id")
    milestones = few("sub_projects.Milestone", "Its steps in order.", far="sub_project_id")
    networks = many(
        "networks.Network",
        "The networks that carry it out.",
        through="sub_project_network",
        through_near="sub_project_id",
        through_far="network_id",
    )
    support_commitments = many(
        "support.SupportCommitment", "What institutions have promised to it.", far="sub_project_id"
    )


@entity(rows.Milestone, scope=within_cluster(), plural="milestones", order=("sub_project_id", "ordinal"), root=False)
class Milestone(Node):
    """A step of a sub-project."""

    ordinal: int = column("Its place in the order.")
    name_fa: str = column("The Persian name.", orderable=False)
    name_en: str = column("The English name.", orderable=False)
    weight: int = column("Its share of the sub-project's progress.")
    due_on: datetime.date | None = column("When it is due.")
    done_on: datetime.date | None = column("When it was done.")
    sub_project = one("sub_projects.SubProject", "The sub-project.", near="sub_project_id")
