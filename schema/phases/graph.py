"""The public type of phases."""

from __future__ import annotations

import datetime

from schema.documents.rows import HOMES
from schema.documents.rules import permitted_on_owner
from schema.graph import Node, column, entity, few, many, one, permitted, text_column
from schema.phases import gates, rows, rules
from schema.phases.health import HEALTH, PROGRESS
from schema.scopes import within_cluster
from schema.vocabulary import Health, PhaseCode, PhaseKind, PhaseStatus


@entity(rows.Phase, scope=within_cluster(), plural="phases", order=("cluster_id", "ordinal"))
class Phase(Node):
    """One of the five phases of a project; they overlap and are not a chain (R3, R22, A1)."""

    code: PhaseCode = column("Which of the five.")
    ordinal: int = column("Its number in the source text.")
    kind: PhaseKind = column("How it behaves in time.")
    status: PhaseStatus = column("Where it stands.")
    planned_start: datetime.date | None = column("When it is to start.")
    planned_end: datetime.date | None = column("When it is to end.")
    window_start: datetime.date | None = column("The earliest expected end: its anchor plus the lower bound.")
    window_end: datetime.date | None = column("The last day in time: its anchor plus the upper bound.")
    actual_start: datetime.date | None = column("When it started.")
    actual_end: datetime.date | None = column("When it ended.")
    due_on: datetime.date | None = column("When its first document is due: the first action plan (R24, A5).")
    reason: str | None = text_column("Why it ended early or late.", "reason")
    health: Health = column(
        "How it stands today against its window or its rhythm (R12, R15, R25, R50).", sql=HEALTH
    )
    progress: float | None = column(
        "Per cent: implementation by the mean of all its sub-projects (R37), windowed phases by the gates met.",
        sql=PROGRESS,
    )
    days_left: int | None = column(
        "Days until the window closes, negative when it has; empty unless in progress with a window.",
        sql="case when {t}.status = 'IN_PROGRESS' then {t}.window_end - {today} end",
    )
    project = one("projects.ClusterProject", "The project.", near="project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    gates = few("phases.PhaseGate", "Its gates and their evidence.", far="phase_id")
    permitted_actions = permitted(rows.PHASE, rules.permitted)


@entity(
    rows.PhaseGate, scope=within_cluster(), plural="phaseGates", order=("phase_id", "ordinal"), root=False
)
class PhaseGate(Node):
    """A criterion of a phase, and the evidence that it is met."""

    key: str = column("Its name for programs.")
    ordinal: int = column("Its place in the list.")
    label_fa: str = column("What is asked, in Persian.", orderable=False)
    label_en: str = column("What is asked, in English.", orderable=False)
    mandatory: bool = column("Whether the phase needs it.")
    met_on: datetime.date | None = column("The day it was decided to be met; empty while it is open.")
    decided_by: str | None = column("Who decided so: a body or an office.", orderable=False)
    evidence: str | None = text_column("What that rests on.", "evidence")
    phase = one("phases.Phase", "The phase.", near="phase_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    documents = many("documents.Document", "What is attached to it.", far="gate_id")
    document_actions = permitted(HOMES["PhaseGate"], permitted_on_owner)
    permitted_actions = permitted(rows.GATE, gates.permitted)
