"""The tables of the types that administrators add to the open lists of the source (R18, R44)."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.facts import Facts
from schema.guards import Guard, Index, searchable
from schema.open_lists.rules import SUB_PROJECT_TYPES, TRUST_ACTIVITY_TYPES, AddedType
from schema.rows import NAME_LENGTH, Record, guards_of


class AddedTypeRecord(Record):
    """What the added types of every list have in common."""

    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    retired_on = fields.DateField(null=True)

    class Meta:
        """Not a table of its own."""

        abstract = True


class AdditionalSubProjectType(AddedTypeRecord):
    """A type of sub-projects that administrators add to the open list of the source (R44)."""

    class Meta:
        """The table."""

        table = "additional_sub_project_type"


class AdditionalTrustActivityType(AddedTypeRecord):
    """A type of trust-building activities that administrators add to the open list of the source (R18)."""

    class Meta:
        """The table."""

        table = "additional_trust_activity_type"


def _guards_of_list(table: str) -> tuple[Guard, ...]:
    """Return what guards a table of added types: they are found by name, and no two have the same."""
    return (
        *searchable(table, "name_fa", "name_en"),
        Index(table, "name_fa_norm", where="deleted_at is null", unique=True, label="name"),
    )


SUB_PROJECT_TYPE: Final = Facts(AddedType, SUB_PROJECT_TYPES.entity)
TRUST_ACTIVITY_TYPE: Final = Facts(AddedType, TRUST_ACTIVITY_TYPES.entity)

guards: tuple[Guard, ...] = (
    *guards_of(AdditionalSubProjectType, AdditionalTrustActivityType),
    *_guards_of_list("additional_sub_project_type"),
    *_guards_of_list("additional_trust_activity_type"),
)
