"""The table of action plans."""

from __future__ import annotations

from tortoise import fields

from schema.guards import Check, Guard, Index, Reference, Unique
from schema.rows import Record, guards_of, reference, term
from schema.vocabulary import ActionPlanStatus, PlanOwner


class ActionPlan(Record):
    """A version of a cluster's action-plan document (R23, R27)."""

    cluster_id = reference()
    project_id = reference(null=True)
    version = fields.IntField()
    status = term(ActionPlanStatus, default=ActionPlanStatus.DRAFT)
    owner = term(PlanOwner, default=PlanOwner.AGENT)
    document_number = fields.CharField(max_length=100, null=True)
    vision_fa = fields.TextField(null=True)
    vision_en = fields.TextField(null=True)
    period_start = fields.DateField(null=True)
    period_end = fields.DateField(null=True)
    presented_on = fields.DateField(null=True)
    approved_on = fields.DateField(null=True)
    next_due_on = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "action_plan"


guards: tuple[Guard, ...] = (
    *guards_of(ActionPlan),
    Unique("action_plan", "id, cluster_id"),
    Unique("action_plan", "cluster_id, version"),
    Reference("action_plan", "cluster_id", "cluster", indexed=False),
    Reference("action_plan", "project_id", "cluster_project", together_with="cluster_id"),
    Index("action_plan", "cluster_id", where="status = 'APPROVED'", unique=True, label="one_approved"),
    Index("action_plan", "next_due_on, id"),
    Index("action_plan", "status, id"),
    Check("action_plan", "version", "version >= 1"),
    Check("action_plan", "period", "period_end >= period_start"),
    Check(
        "action_plan",
        "approved",
        "(status in ('APPROVED', 'SUPERSEDED')) = (approved_on is not null and next_due_on is not null)",
    ),
)
