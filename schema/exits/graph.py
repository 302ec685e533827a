"""The public types of the exit: assessments, exits, hand-over steps."""

from __future__ import annotations

import datetime

from schema.documents.rows import HOMES
from schema.documents.rules import permitted_on_owner
from schema.exits import rows, rules, steps
from schema.graph import Node, column, entity, many, one, permitted, text_column
from schema.scopes import within_cluster
from schema.vocabulary import ExitStatus, HandoverRecipient


@entity(
    rows.SelfRelianceAssessment,
    scope=within_cluster(),
    plural="selfRelianceAssessments",
    order=("cluster_id", "assessed_on"),
)
class SelfRelianceAssessment(Node):
    """How far the members define and steer the projects the cluster needs (R48); members only (R54)."""

    assessed_on: datetime.date = column("The day it was assessed.")
    defining: float = column("Share of projects that members or networks define, 0 to 1.")
    steering: float = column("Share of projects that members or networks lead, 0 to 1.")
    threshold: float = column("The threshold that was in force that day (R55).")
    decided_by: str = column("Who assessed it: a body or an office.", orderable=False)
    evidence: str = text_column("What it rests on.", "evidence")
    project = one("projects.ClusterProject", "The project.", near="project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")


@entity(rows.ExitProcess, scope=within_cluster(), plural="exits", order=("cluster_id", "announced_on"))
class ExitProcess(Node):
    """The gradual exit of the development agent after its announcement (R49 to R52)."""

    status: ExitStatus = column("Announced, completed or revoked.")
    announced_on: datetime.date = column("The announcement, which starts the clock (R49).")
    window_start: datetime.date = column("The earliest regular completion: four Jalali months later (R50).")
    window_end: datetime.date = column("The last day in time: six Jalali months later (R50).")
    completed_on: datetime.date | None = column("When the agent was out of the cluster (R52).")
    override_reason: str | None = text_column("Why it was completed before its window.", "override_reason")
    revoked_on: datetime.date | None = column("When the announcement was taken back.")
    reason: str | None = text_column("Why it was taken back.", "reason")
    days_left: int | None = column(
        "Days until the window closes, negative when it has; empty unless announced.",
        sql="case when {t}.status = 'ANNOUNCED' then {t}.window_end - {today} end",
    )
    steps_done: int = column(
        "How many hand-over steps are done.",
        sql=(
            "(select count(s.done_on) from handover_step s where s.exit_id = {t}.id and s.deleted_at is null)"
        ),
    )
    project = one("projects.ClusterProject", "The project.", near="project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    decision = one("councils.CouncilDecision", "The council's decision.", near="decision_id")
    development_assessment = one(
        "clusters.DevelopmentAssessment",
        "The assessment of development it rests on (R47).",
        near="development_assessment_id",
        required=False,
    )
    self_reliance_assessment = one(
        "exits.SelfRelianceAssessment",
        "The assessment of self-reliance it rests on (R48).",
        near="self_reliance_assessment_id",
        required=False,
    )
    steps = many("exits.HandoverStep", "What is handed over.", far="exit_id")
    permitted_actions = permitted(rows.EXIT, rules.permitted)


@entity(rows.HandoverStep, scope=within_cluster(), plural="handoverSteps", order=("exit_id", "due_on"))
class HandoverStep(Node):
    """Something the agent hands over to a network or an institution (R51)."""

    what_fa: str = column("What is handed over, in Persian.", orderable=False)
    what_en: str = column("What is handed over, in English.", orderable=False)
    recipient: HandoverRecipient = column("Whether a network or an institution takes over.")
    due_on: datetime.date = column("Until when.")
    done_on: datetime.date | None = column("When it was done.")
    evidence: str | None = text_column("What shows it.", "evidence")
    exit = one("exits.ExitProcess", "The exit.", near="exit_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    network = one("networks.Network", "The network that takes over.", near="network_id", required=False)
    institution = one(
        "support.SupportInstitution",
        "The institution that takes over.",
        near="institution_id",
        required=False,
    )
    documents = many("documents.Document", "What is attached to it.", far="step_id")
    document_actions = permitted(HOMES["HandoverStep"], permitted_on_owner)
    permitted_actions = permitted(rows.STEP, steps.permitted)
