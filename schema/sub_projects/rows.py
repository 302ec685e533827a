"""The tables of sub-projects, their milestones and the networks that carry them out."""

from __future__ import annotations

from tortoise import fields

from schema.guards import Check, Guard, Index, Reference, Unique, searchable
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import SubProjectActor, SubProjectStatus, SubProjectType


class SubProject(Record):
    """A sub-project (ریزپروژه), defined in a version of the action plan (R38)."""

    cluster_id = reference()
    plan_id = reference()
    type = term(SubProjectType)
    status = term(SubProjectStatus, default=SubProjectStatus.PROPOSED)
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    objectives_fa = fields.TextField(null=True)
    objectives_en = fields.TextField(null=True)
    defined_by = term(SubProjectActor, default=next(iter(SubProjectActor)))
    led_by = term(SubProjectActor, default=next(iter(SubProjectActor)))
    planned_start = fields.DateField(null=True)
    planned_end = fields.DateField(null=True)
    actual_start = fields.DateField(null=True)
    actual_end = fields.DateField(null=True)
    status_reason = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "sub_project"


class Milestone(Record):
    """A step of a sub-project; progress is the weight of the done over the weight of all."""

    cluster_id = reference()
    sub_project_id = reference()
    ordinal = fields.SmallIntField()
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    weight = fields.SmallIntField()
    due_on = fields.DateField(null=True)
    done_on = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "milestone"


class SubProjectNetwork(Record):
    """A network within which a sub-project is carried out (R45)."""

    cluster_id = reference()
    sub_project_id = reference()
    network_id = reference()

    class Meta:
        """The table."""

        table = "sub_project_network"


guards: tuple[Guard, ...] = (
    *guards_of(SubProject, Milestone, SubProjectNetwork),
    *searchable("sub_project", "name_fa", "name_en"),
    Unique("sub_project", "id, cluster_id"),
    Reference("sub_project", "cluster_id", "cluster", indexed=False),
    Reference("sub_project", "plan_id", "action_plan", together_with="cluster_id"),
    Index("sub_project", "cluster_id, name_fa_order, id"),
    Index("sub_project", "type, status, id"),
    Index("sub_project", "status, id"),
    Index("sub_project", "planned_end, id"),
    Index("sub_project", "cluster_id, type, status"),
    Check("sub_project", "planned_period", "planned_end >= planned_start"),
    Check("sub_project", "actual_period", "actual_end >= actual_start"),
    Check(
        "sub_project",
        "started",
        "(status in ('IN_PROGRESS', 'SUSPENDED', 'COMPLETED')) <= (actual_start is not null)",
    ),
    Check("sub_project", "cancelled", "(status = 'CANCELLED') <= (status_reason is not null)"),
    Reference("milestone", "sub_project_id", "sub_project", together_with="cluster_id", indexed=False),
    Reference("milestone", "cluster_id", "cluster"),
    Index("milestone", "sub_project_id, ordinal", where="deleted_at is null", unique=True),
    Index("milestone", "due_on", where="done_on is null"),
    Check("milestone", "weight", "weight between 1 and 100"),
    Reference(
        "sub_project_network", "sub_project_id", "sub_project", together_with="cluster_id", indexed=False
    ),
    Reference("sub_project_network", "network_id", "network", together_with="cluster_id"),
    Reference("sub_project_network", "cluster_id", "cluster"),
    Index("sub_project_network", "sub_project_id, network_id", where="deleted_at is null", unique=True),
)
