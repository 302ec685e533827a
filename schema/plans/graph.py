"""The public type of action plans."""

from __future__ import annotations

import datetime

from schema.documents.rows import HOMES
from schema.documents.rules import permitted_on_owner
from schema.graph import Node, code_column, column, derived, entity, few, many, one, permitted, text_column
from schema.plans import parts, rows, rules
from schema.plans.freshness import FRESHNESS
from schema.scopes import within_cluster
from schema.sub_projects.money import BUDGETS, SHARES_OF_PLAN
from schema.vocabulary import ActionPlanStatus, PlanFreshness, PlanOwner

# The owner of what is still open or in force is found anew every day; what is over keeps the one it had.
OWNER = f"""case when {{t}}.status in ('SUPERSEDED', 'REJECTED') then {{t}}.owner
  else {rows.DUTY.replace("{cluster}", "{t}.cluster_id")} end"""


_TITLE = (
    "('{document}' || (select home.{name} from cluster home where home.id = {{t}}.cluster_id)"
    " || '{version}' || {{t}}.version)"
)


@entity(rows.ActionPlan, scope=within_cluster(), plural="actionPlans", order=("cluster_id", "version"))
class ActionPlan(Node):
    """A version of a cluster's action-plan document: vision, strategies, programmes (R23, R27)."""

    version: int = column("The version, counted from one for each cluster.")
    status: ActionPlanStatus = column("Where it stands between draft and approval.")
    owner: PlanOwner = column(
        "Whose duty it is: the agent's, after the project the comprehensive network's, or nobody's (R30, A12).",
        sql=OWNER,
    )
    submitted_by: PlanOwner | None = column("Who presented it: the agent or the comprehensive network (I10).")
    submitted_on_behalf: bool = column(
        "Whether an administrator presented it on their behalf.", orderable=False
    )
    title_fa: str = column(
        "Its title in Persian: the action-plan document of its cluster, and the version (R27).",
        sql=_TITLE.format(document="سند برنامه عمل ", name="name_fa", version=" – نسخهٔ "),
        orderable=False,
    )
    title_en: str = column(
        "Its title in English.",
        sql=_TITLE.format(document="Action-plan document: ", name="name_en", version=", version "),
        orderable=False,
    )
    document_number: str | None = code_column("The number of the document.", "document_number")
    vision_fa: str | None = text_column("The vision, in Persian.", "vision_fa")
    vision_en: str | None = text_column("The vision, in English.", "vision_en")
    period_start: datetime.date | None = column("The first day of the period it plans.")
    period_end: datetime.date | None = column("The last day of the period it plans.")
    presented_on: datetime.date | None = column("When it was presented to the council.")
    approved_on: datetime.date | None = column("When the steering council approved it (R28).")
    next_due_on: datetime.date | None = column(
        "When the next version is due: approval plus 12 Jalali months unless the programme says sooner (R25)."
    )
    days_left: int | None = column(
        "Days until the next version is due, negative when it is overdue; empty unless in force.",
        sql="case when {t}.status = 'APPROVED' then {t}.next_due_on - {today} end",
    )
    freshness: PlanFreshness = column(
        "How the approved version stands against its next due date.", sql=FRESHNESS
    )
    committed_share: float | None = column(
        "Committed over planned, per cent; of several currencies the lowest.", sql=SHARES_OF_PLAN["committed"]
    )
    disbursed_share: float | None = column(
        "Disbursed over committed, per cent; of several currencies the lowest.",
        sql=SHARES_OF_PLAN["disbursed"],
    )
    spent_share: float | None = column(
        "Spent over disbursed, per cent; of several currencies the lowest.", sql=SHARES_OF_PLAN["spent"]
    )
    leverage: float | None = column(
        "Planned money of others over ISIPO's (E13); of several currencies the lowest.",
        sql=SHARES_OF_PLAN["leverage"],
    )
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    project = one("projects.ClusterProject", "The project it was made in.", near="project_id", required=False)
    strategies = few("plans.Strategy", "Its strategies in order (R23).", far="plan_id")
    programmes = many(
        "plans.OperationalProgramme", "The operational programmes of all its strategies.", far="plan_id"
    )
    decision = one(
        "councils.CouncilDecision",
        "The council's last decision on it (R28).",
        near="decision_id",
        required=False,
    )
    decisions = many("councils.CouncilDecision", "Every decision of the council on it.", far="plan_id")
    sub_projects = many("sub_projects.SubProject", "The sub-projects it defines.", far="plan_id")
    support_commitments = many("support.SupportCommitment", "Commitments made under it.", far="plan_id")
    budgets = derived(
        "sub_projects.BudgetTotal",
        "The money of its sub-projects by currency and unit.",
        sql=BUDGETS % "join {SubProject} s on s.id = b.sub_project_id where s.plan_id = {t}.id",
    )
    documents = many("documents.Document", "What is attached to it.", far="plan_id")
    document_actions = permitted(HOMES["ActionPlan"], permitted_on_owner)
    permitted_actions = permitted(rows.PLAN, rules.permitted)


@entity(rows.Strategy, scope=within_cluster(), plural="strategies", order=("plan_id", "ordinal"))
class Strategy(Node):
    """A strategy of a version of the action plan (R23)."""

    ordinal: int = column("Its place in the plan.")
    title_fa: str = column("The Persian title.", orderable=False)
    title_en: str = column("The English title.", orderable=False)
    description_fa: str | None = text_column("What it means, in Persian.", "description_fa")
    description_en: str | None = text_column("What it means, in English.", "description_en")
    plan = one("plans.ActionPlan", "The version it belongs to.", near="plan_id")
    programmes = few("plans.OperationalProgramme", "Its operational programmes in order.", far="strategy_id")
    permitted_actions = permitted(rows.STRATEGY, parts.permitted_of_strategy)


@entity(
    rows.OperationalProgramme,
    scope=within_cluster(),
    plural="operationalProgrammes",
    order=("strategy_id", "ordinal"),
)
class OperationalProgramme(Node):
    """A short-term operational programme under a strategy (R23)."""

    ordinal: int = column("Its place under the strategy.")
    title_fa: str = column("The Persian title.", orderable=False)
    title_en: str = column("The English title.", orderable=False)
    description_fa: str | None = text_column("What is to be done, in Persian.", "description_fa")
    description_en: str | None = text_column("What is to be done, in English.", "description_en")
    planned_start: datetime.date | None = column("When it is to start.")
    planned_end: datetime.date | None = column("When it is to end.")
    plan = one("plans.ActionPlan", "The version it belongs to.", near="plan_id")
    strategy = one("plans.Strategy", "The strategy it serves.", near="strategy_id")
    sub_projects = many("sub_projects.SubProject", "The sub-projects that carry it out.", far="programme_id")
    permitted_actions = permitted(rows.PROGRAMME, parts.permitted_of_programme)
