"""The table of feasibility studies, and the facts of their rules."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.facts import Facts
from schema.feasibility import rules
from schema.feasibility.standing_in_sql import OTHER_UNDER_WAY, PROJECT_RESTS_ON_IT
from schema.guards import Check, Guard, Index, Reference, Unique
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import FeasibilityRecommendation


class FeasibilityStudy(Record):
    """A study of whether a cluster is worth a development project, and what it recommends (E1)."""

    cluster_id = reference()
    institution_id = reference(null=True)
    prepared_by = fields.CharField(max_length=NAME_LENGTH, null=True)
    begun_on = fields.DateField()
    completed_on = fields.DateField(null=True)
    recommendation = term(FeasibilityRecommendation, null=True)
    summary_fa = fields.TextField(null=True)
    summary_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "feasibility_study"


FEASIBILITY: Final = Facts(
    rules.FeasibilityFacts,
    "FeasibilityStudy",
    {"other_under_way": OTHER_UNDER_WAY, "project_rests_on_it": PROJECT_RESTS_ON_IT},
)

guards: tuple[Guard, ...] = (
    *guards_of(FeasibilityStudy),
    Unique("feasibility_study", "id, cluster_id"),
    Reference("feasibility_study", "cluster_id", "cluster", indexed=False),
    Reference("feasibility_study", "institution_id", "support_institution"),
    Index("feasibility_study", "cluster_id, begun_on, id"),
    Index("feasibility_study", "begun_on, id"),
    Index(
        "feasibility_study",
        "cluster_id",
        where="completed_on is null and deleted_at is null",
        unique=True,
        label="one_under_way",
    ),
    Check("feasibility_study", "period", "completed_on >= begun_on"),
    Check(
        "feasibility_study",
        "recommended",
        "(completed_on is null) = (recommendation is null) and (completed_on is null or summary_fa is not null)",
    ),
)
