"""The tables of development assessments and of what they were made up of (R34, R47, R55)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise import fields

from schema.guards import Check, Index, Reference, Unique
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import DevelopmentLevel

if TYPE_CHECKING:
    from schema.guards import Guard


class DevelopmentAssessment(Record):
    """A decided level of development, with the level the exit asked for that day; it never changes again."""

    cluster_id = reference()
    assessed_on = fields.DateField()
    level = term(DevelopmentLevel)
    required_level = term(DevelopmentLevel)
    score = fields.DecimalField(max_digits=4, decimal_places=1, null=True)
    decided_by = fields.CharField(max_length=NAME_LENGTH)
    evidence = fields.TextField()

    class Meta:
        """The table."""

        table = "development_assessment"


class DevelopmentAssessmentItem(Record):
    """Something an assessment looked at, and how it was rated."""

    cluster_id = reference()
    assessment_id = reference()
    ordinal = fields.SmallIntField()
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    rating = fields.SmallIntField()

    class Meta:
        """The table."""

        table = "development_assessment_item"


assessment_guards: tuple[Guard, ...] = (
    *guards_of(DevelopmentAssessment, DevelopmentAssessmentItem),
    Unique("development_assessment", "id, cluster_id"),
    Reference("development_assessment", "cluster_id", "cluster", indexed=False),
    Index("development_assessment", "cluster_id, assessed_on, id"),
    Index("development_assessment", "assessed_on, id"),
    Check("development_assessment", "score", "score between 0 and 100"),
    Reference(
        "development_assessment_item",
        "assessment_id",
        "development_assessment",
        together_with="cluster_id",
        indexed=False,
    ),
    Reference("development_assessment_item", "cluster_id", "cluster"),
    Unique("development_assessment_item", "assessment_id, ordinal"),
    Check("development_assessment_item", "rating", "rating between 1 and 5"),
)
