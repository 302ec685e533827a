"""The public type of events: what happened, to what, when, where and by whom."""

from __future__ import annotations

import datetime

from strawberry.scalars import JSON

from schema import rows
from schema.access import OF_WHAT_HAPPENED
from schema.graph import Node, column, entity, one


@entity(rows.Event, scope=OF_WHAT_HAPPENED, plural="events", order=("position",))
class Event(Node):
    """Something that happened; the order of the feed is such that a cursor never steps over one."""

    type: str = column("The type, as `phase.started`.")
    version: int = column("The version of the payload's shape.")
    position: str = column("Its place in the feed.", sql="{t}.position", filterable=False)
    at: datetime.datetime = column("When it was recorded.")
    phase_code: str | None = column("The phase it belongs to.", orderable=False)
    subject: str = column(
        "The global id of what it happened to; read it with `node(id:)`.",
        sql="{t}.subject_type || '_' || {t}.subject_id",
        orderable=False,
    )
    actor: str = column("Who caused it: a global id, or a process of ours.", orderable=False)
    correlation_id: str = column("The request that caused it.", orderable=False)
    payload: JSON = column("Dates, statuses and ids; never personal data.", filterable=False, orderable=False)
    cluster = one("clusters.Cluster", "The cluster it happened in.", near="cluster_id", required=False)
    province = one("provinces.Province", "The province it happened in.", near="province_id", required=False)
    project = one("projects.ClusterProject", "The project it belongs to.", near="project_id", required=False)
