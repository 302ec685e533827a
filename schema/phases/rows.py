"""The table of phases."""

from __future__ import annotations

from tortoise import fields

from schema.guards import Check, Guard, Index, Reference, Unique
from schema.rows import Record, guards_of, reference, term
from schema.vocabulary import PhaseCode, PhaseKind, PhaseStatus


class Phase(Record):
    """One of the five phases of a project (R3); the window is computed once, from its anchor (A7)."""

    cluster_id = reference()
    project_id = reference()
    code = term(PhaseCode)
    ordinal = fields.SmallIntField()
    kind = term(PhaseKind)
    status = term(PhaseStatus, default=PhaseStatus.NOT_STARTED)
    planned_start = fields.DateField(null=True)
    window_start = fields.DateField(null=True)
    window_end = fields.DateField(null=True)
    actual_start = fields.DateField(null=True)
    actual_end = fields.DateField(null=True)
    reason = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "phase"


guards: tuple[Guard, ...] = (
    *guards_of(Phase),
    Unique("phase", "id, cluster_id"),
    Unique("phase", "project_id, code"),
    Unique("phase", "project_id, ordinal"),
    Reference("phase", "project_id", "cluster_project", together_with="cluster_id", indexed=False),
    Reference("phase", "cluster_id", "cluster", indexed=False),
    Index("phase", "cluster_id, ordinal, id"),
    Index("phase", "status, window_end, id"),
    Index("phase", "code, status, id"),
    Index("phase", "window_end, id"),
    Check("phase", "ordinal", "ordinal between 1 and 5"),
    Check("phase", "window", "window_end >= window_start"),
    Check("phase", "period", "actual_end >= actual_start"),
    Check("phase", "started", "(status in ('IN_PROGRESS', 'SUSPENDED', 'COMPLETED')) <= (actual_start is not null)"),
    Check("phase", "ended", "(status = 'COMPLETED') = (actual_end is not null)"),
)
