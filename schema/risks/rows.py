"""The table of risks and issues, and the facts of their rules."""

from __future__ import annotations

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference
from schema.risks import rules
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import RiskKind, RiskStatus


class Risk(Record):
    """Something that may go wrong, or has, with a sub-project, and what is done about it (4.1)."""

    cluster_id = reference()
    sub_project_id = reference()
    kind = term(RiskKind)
    status = term(RiskStatus, default=RiskStatus.OPEN)
    title_fa = fields.CharField(max_length=NAME_LENGTH)
    title_en = fields.CharField(max_length=NAME_LENGTH)
    likelihood = fields.SmallIntField()
    impact = fields.SmallIntField()
    response_fa = fields.TextField(null=True)
    response_en = fields.TextField(null=True)
    raised_on = fields.DateField()
    closed_on = fields.DateField(null=True)
    status_reason = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "risk"


HOME = Facts(rules.RiskHome, "SubProject", {"removed": "({t}.deleted_at is not null)"})
RISK = Facts(
    rules.RiskFacts,
    "Risk",
    {"home": f"(select {HOME.nested('whole')} from sub_project whole where whole.id = {{t}}.sub_project_id)"},
)

guards: tuple[Guard, ...] = (
    *guards_of(Risk),
    Reference("risk", "sub_project_id", "sub_project", together_with="cluster_id", indexed=False),
    Reference("risk", "cluster_id", "cluster", indexed=False),
    Index("risk", "cluster_id, raised_on, id"),
    Index("risk", "sub_project_id, raised_on, id"),
    Index("risk", "status, id"),
    Check("risk", "scales", "likelihood between 1 and 5 and impact between 1 and 5"),
    Check("risk", "closed", "(status = 'CLOSED') = (closed_on is not null and status_reason is not null)"),
    Check("risk", "period", "closed_on >= raised_on"),
)
