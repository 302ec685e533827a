"""The public types of sub-projects and their milestones."""

from __future__ import annotations

import datetime
from decimal import Decimal

from schema.documents.rows import HOMES
from schema.documents.rules import permitted_on_owner
from schema.graph import (
    Node,
    column,
    derived,
    entity,
    few,
    figures,
    many,
    name_column,
    one,
    permitted,
    text_column,
)
from schema.scopes import within_cluster
from schema.sub_projects import budgets, openings, outputs, progress, rows
from schema.sub_projects.money import BUDGETS, SHARES_OF_SUB_PROJECT
from schema.vocabulary import (
    Currency,
    CurrencyUnit,
    FundingSource,
    SubProjectActor,
    SubProjectStatus,
    SubProjectType,
)

# The weight of the milestones done over the weight of all (domain 4.5).
PROGRESS = """(select coalesce(
    round(100.0 * sum(m.weight) filter (where m.done_on is not null) / sum(m.weight), 1), 0)
  from milestone m where m.sub_project_id = {t}.id and m.deleted_at is null)"""

# Progress over the share of the planned time that has gone by; 1 is exactly on time.
SCHEDULE_INDEX = f"""case
  when {{t}}.status in ('IN_PROGRESS', 'SUSPENDED')
    and {{t}}.planned_end > coalesce({{t}}.actual_start, {{t}}.planned_start)
    and {{today}} > coalesce({{t}}.actual_start, {{t}}.planned_start)
  then round({PROGRESS} / 100 / least(1.0,
    ({{today}} - coalesce({{t}}.actual_start, {{t}}.planned_start))::numeric
    / ({{t}}.planned_end - coalesce({{t}}.actual_start, {{t}}.planned_start))), 2)
end"""

# The steps one is reminded of when their day has gone by (domain 4.5): those of what is approved or carried out.
MISSED = """({t}.status in ('APPROVED', 'IN_PROGRESS') and exists (
  select 1 from milestone m where m.sub_project_id = {t}.id and m.deleted_at is null
    and m.done_on is null and m.due_on < {today}))"""


@figures
class BudgetTotal:
    """The money of one currency and unit; there is no total over several (I16)."""

    currency: Currency = column("The currency.")
    unit: CurrencyUnit = column("What the amounts count.")
    planned: Decimal = column("What is planned.")
    committed: Decimal = column("What is promised.")
    disbursed: Decimal = column("What is paid out.")
    spent: Decimal = column("What is spent.")
    committed_share: Decimal | None = column("Committed over planned, per cent.")
    disbursed_share: Decimal | None = column("Disbursed over committed, per cent.")
    spent_share: Decimal | None = column("Spent over disbursed, per cent.")
    leverage: Decimal | None = column("Planned money of others over ISIPO's (E13).")


@entity(rows.SubProject, scope=within_cluster(), plural="subProjects", order=("cluster_id", "name_fa"))
class SubProject(Node):
    """A sub-project (ریزپروژه): a piece of the action plan that is carried out in networks (R38, R45)."""

    type: SubProjectType = column("What it is directed at (R39–R44).")
    transferred_on: datetime.date | None = column("When its lead was handed over.")
    status: SubProjectStatus = column("Where it stands.")
    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    objectives_fa: str | None = text_column("What it is to achieve, in Persian.", "objectives_fa")
    objectives_en: str | None = text_column("What it is to achieve, in English.", "objectives_en")
    defined_by: SubProjectActor = column("Who defined it; counts for self-reliance (R48).")
    led_by: SubProjectActor = column("Who leads it; changes at hand-over (R48).")
    leader = one(
        "stakeholders.Stakeholder",
        "The member who leads it since it was handed over to one.",
        near="leader_id",
        required=False,
    )
    planned_start: datetime.date | None = column("When it is to start.")
    planned_end: datetime.date | None = column("When it is to end.")
    actual_start: datetime.date | None = column("When it started.")
    actual_end: datetime.date | None = column("When it ended.")
    status_reason: str | None = text_column("Why it was suspended or cancelled.", "status_reason")
    progress: Decimal = column(
        "Weight of the milestones done over the weight of all, per cent.", sql=PROGRESS
    )
    schedule_index: Decimal | None = column(
        "Progress over the share of the planned time gone by, while it is carried out; below 1 is late.",
        sql=SCHEDULE_INDEX,
    )
    days_left: int | None = column(
        "Days until its planned end, negative when that has gone by; empty unless it is carried out.",
        sql="case when {t}.status in ('IN_PROGRESS', 'SUSPENDED') then {t}.planned_end - {today} end",
    )
    has_missed_milestone: bool = column(
        "Whether a milestone was due before today and is not done, while it is approved or carried out.",
        sql=MISSED,
        orderable=False,
    )
    committed_share: float | None = column(
        "Committed over planned, per cent; of several currencies the lowest.",
        sql=SHARES_OF_SUB_PROJECT["committed"],
    )
    disbursed_share: float | None = column(
        "Disbursed over committed, per cent; of several currencies the lowest.",
        sql=SHARES_OF_SUB_PROJECT["disbursed"],
    )
    spent_share: float | None = column(
        "Spent over disbursed, per cent; of several currencies the lowest.",
        sql=SHARES_OF_SUB_PROJECT["spent"],
    )
    leverage: float | None = column(
        "Planned money of others over ISIPO's (E13); of several currencies the lowest.",
        sql=SHARES_OF_SUB_PROJECT["leverage"],
    )
    networks_count: int = column(
        "How many networks carry it out.",
        sql=(
            "(select count(*) from sub_project_network w"
            " where w.sub_project_id = {t}.id and w.deleted_at is null)"
        ),
    )
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    plan = one("plans.ActionPlan", "The plan version that defines it.", near="plan_id")
    programme = one(
        "plans.OperationalProgramme", "The programme it carries out.", near="programme_id", required=False
    )
    carried_from = one(
        "sub_projects.SubProject",
        "The sub-project of an earlier version that it continues.",
        near="carried_from_id",
        required=False,
    )
    additional_type = one(
        "open_lists.AdditionalSubProjectType",
        "The added type, when the type is OTHER (R44).",
        near="additional_type_id",
        required=False,
    )
    budget_lines = few("sub_projects.BudgetLine", "Its money by source and currency.", far="sub_project_id")
    budgets = derived(
        "sub_projects.BudgetTotal",
        "Its money by currency and unit.",
        sql=BUDGETS % "where b.sub_project_id = {t}.id",
    )
    progress_reports = many("sub_projects.ProgressReport", "What was reported.", far="sub_project_id")
    counties = many(
        "provinces.County",
        "The counties it is carried out in.",
        through="sub_project_county",
        through_near="sub_project_id",
        through_far="county_id",
    )
    outputs = few(
        "sub_projects.SubProjectOutput", "What is to come of it, and what has.", far="sub_project_id"
    )
    risks = many("risks.Risk", "What may go wrong with it, or has.", far="sub_project_id")
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
    documents = many("documents.Document", "What is attached to it.", far="sub_project_id")
    document_actions = permitted(HOMES["SubProject"], permitted_on_owner)
    permitted_actions = permitted(rows.SUB_PROJECT, openings.permitted)


@entity(
    rows.Milestone,
    scope=within_cluster(),
    plural="milestones",
    order=("sub_project_id", "ordinal"),
    root=False,
)
class Milestone(Node):
    """A step of a sub-project."""

    ordinal: int = column("Its place in the order.")
    name_fa: str = column("The Persian name.", orderable=False)
    name_en: str = column("The English name.", orderable=False)
    weight: int = column("Its share of the sub-project's progress.")
    due_on: datetime.date | None = column("When it is due.")
    done_on: datetime.date | None = column("When it was done.")
    sub_project = one("sub_projects.SubProject", "The sub-project.", near="sub_project_id")
    permitted_actions = permitted(rows.MILESTONE, progress.permitted_of_milestone)


@entity(
    rows.ProgressReport,
    scope=within_cluster(),
    plural="progressReports",
    order=("sub_project_id", "reported_on"),
)
class ProgressReport(Node):
    """What was reported about a sub-project on a day."""

    reported_on: datetime.date = column("The day.")
    progress: Decimal = column("How far the milestones were then, per cent.", orderable=False)
    note_fa: str | None = text_column("The report, in Persian.", "note_fa")
    note_en: str | None = text_column("The report, in English.", "note_en")
    sub_project = one("sub_projects.SubProject", "The sub-project.", near="sub_project_id")


@entity(rows.BudgetLine, scope=within_cluster(), plural="budgetLines", order=("sub_project_id",))
class BudgetLine(Node):
    """The money of one source for a sub-project, in one currency and unit (E13, I16)."""

    source: FundingSource = column("Where the money comes from.")
    currency: Currency = column("The currency.", orderable=False)
    unit: CurrencyUnit = column(
        "What the amounts count: old or new rials, or the main unit.", orderable=False
    )
    planned: Decimal = column("What is planned.", orderable=False)
    committed: Decimal = column("What is promised, under an approved plan (E6).", orderable=False)
    disbursed: Decimal = column("What is paid out; never more than is committed (I16).", orderable=False)
    spent: Decimal = column("What is spent; never more than is paid out.", orderable=False)
    period_start: datetime.date | None = column("The first day it is meant for.", orderable=False)
    period_end: datetime.date | None = column("The last day it is meant for.", orderable=False)
    sub_project = one("sub_projects.SubProject", "The sub-project.", near="sub_project_id")
    permitted_actions = permitted(rows.BUDGET_LINE, budgets.permitted_of_line)


@entity(rows.SubProjectOutput, scope=within_cluster(), plural="subProjectOutputs", order=("sub_project_id",))
class SubProjectOutput(Node):
    """Something a sub-project brings forth, counted in its own unit."""

    name_fa: str = column("What it is, in Persian.", orderable=False)
    name_en: str = column("What it is, in English.", orderable=False)
    counted_in_fa: str = column("What it is counted in, in Persian.", orderable=False)
    counted_in_en: str = column("What it is counted in, in English.", orderable=False)
    planned: Decimal = column("How much is to come of it.", orderable=False)
    achieved: Decimal | None = column(
        "How much has come of it; empty before the first count.", orderable=False
    )
    achieved_on: datetime.date | None = column("The day of the last count.", orderable=False)
    sub_project = one("sub_projects.SubProject", "The sub-project.", near="sub_project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    permitted_actions = permitted(rows.OUTPUT, outputs.permitted)
