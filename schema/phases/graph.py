"""The public type of phases."""

from __future__ import annotations

import datetime

from schema.access import within_cluster
from schema.graph import Node, column, entity, one, text_column
from schema.phases import rows
from schema.vocabulary import Health, PhaseCode, PhaseKind, PhaseStatus

HEALTH = """case
  when {t}.status = 'COMPLETED' and {t}.window_end is not null
    then case when {t}.actual_end > {t}.window_end then 'COMPLETED_LATE' else 'COMPLETED_ON_TIME' end
  when {t}.status <> 'IN_PROGRESS' or {t}.window_end is null then 'NOT_APPLICABLE'
  when {today} > {t}.window_end then 'OVERDUE'
  when {today} > {t}.window_start then 'AT_RISK'
  else 'ON_TRACK'
end"""


@entity(rows.Phase, scope=within_cluster(), plural="phases", order=("cluster_id", "ordinal"))
class Phase(Node):
    """One of the five phases of a project; they overlap and are not a chain (R3, R22, A1)."""

    code: PhaseCode = column("Which of the five.")
    ordinal: int = column("Its number in the source text.")
    kind: PhaseKind = column("How it behaves in time.")
    status: PhaseStatus = column("Where it stands.")
    planned_start: datetime.date | None = column("When it is to start.")
    window_start: datetime.date | None = column("The earliest expected end: its anchor plus the lower bound.")
    window_end: datetime.date | None = column("The last day in time: its anchor plus the upper bound.")
    actual_start: datetime.date | None = column("When it started.")
    actual_end: datetime.date | None = column("When it ended.")
    reason: str | None = text_column("Why it ended early or late.", "reason")
    health: Health = column("How it stands against its window today (R12, R50).", sql=HEALTH)
    days_left: int | None = column(
        "Days until the window closes, negative when it has; empty unless in progress with a window.",
        sql="case when {t}.status = 'IN_PROGRESS' then {t}.window_end - {today} end",
    )
    project = one("projects.ClusterProject", "The project.", near="project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
