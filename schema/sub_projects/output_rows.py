"""The table of what a sub-project is to bring forth: outputs with a unit, a planned and an achieved amount."""

from __future__ import annotations

from tortoise import fields

from schema.guards import Check, Guard, Index, Reference, Unique
from schema.rows import NAME_LENGTH, Record, guards_of, reference


class SubProjectOutput(Record):
    """Something a sub-project brings forth, counted in its own unit (4.1; an output of IATI)."""

    cluster_id = reference()
    sub_project_id = reference()
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    counted_in_fa = fields.CharField(max_length=NAME_LENGTH)
    counted_in_en = fields.CharField(max_length=NAME_LENGTH)
    planned = fields.DecimalField(max_digits=20, decimal_places=2)
    achieved = fields.DecimalField(max_digits=20, decimal_places=2, null=True)
    achieved_on = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "sub_project_output"


output_guards: tuple[Guard, ...] = (
    *guards_of(SubProjectOutput),
    Unique("sub_project_output", "id, cluster_id"),
    Reference(
        "sub_project_output", "sub_project_id", "sub_project", together_with="cluster_id", indexed=False
    ),
    Reference("sub_project_output", "cluster_id", "cluster"),
    Index("sub_project_output", "sub_project_id, id"),
    Check("sub_project_output", "amounts", "planned > 0 and achieved >= 0"),
    Check("sub_project_output", "achieved", "(achieved is null) = (achieved_on is null)"),
)
