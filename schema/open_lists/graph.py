"""The public types of what administrators add to the open lists of the source (R18, R44)."""

from __future__ import annotations

import datetime

from schema.graph import Node, column, entity, many, name_column, permitted
from schema.open_lists import rows
from schema.open_lists.rules import SUB_PROJECT_TYPES, TRUST_ACTIVITY_TYPES
from schema.scopes import PUBLIC


@entity(
    rows.AdditionalSubProjectType,
    scope=PUBLIC,
    plural="additionalSubProjectTypes",
    order=("name_fa",),
)
class AdditionalSubProjectType(Node):
    """A type that administrators added to the open list of the source (R44)."""

    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    retired_on: datetime.date | None = column("Since when it is no longer offered.", orderable=False)
    sub_projects = many("sub_projects.SubProject", "The sub-projects of this type.", far="additional_type_id")
    permitted_actions = permitted(rows.SUB_PROJECT_TYPE, SUB_PROJECT_TYPES.permitted)


@entity(
    rows.AdditionalTrustActivityType,
    scope=PUBLIC,
    plural="additionalTrustActivityTypes",
    order=("name_fa",),
)
class AdditionalTrustActivityType(Node):
    """A type of trust-building activities that administrators added to the open list of the source (R18)."""

    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    retired_on: datetime.date | None = column("Since when it is no longer offered.", orderable=False)
    trust_activities = many(
        "trust.TrustActivity", "The trust-building activities of this type.", far="additional_type_id"
    )
    permitted_actions = permitted(rows.TRUST_ACTIVITY_TYPE, TRUST_ACTIVITY_TYPES.permitted)
