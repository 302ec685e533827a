"""The public type of views: one's own, and those shared with one's role."""

from __future__ import annotations

from schema.graph import Node, column, entity, one, permitted
from schema.scopes import SHARED_WITH_THE_ROLE
from schema.views import rows, rules
from schema.vocabulary import UserRole


@entity(rows.SavedView, scope=SHARED_WITH_THE_ROLE, plural="savedViews", order=("name",))
class SavedView(Node):
    """A list somebody comes back to, under a name."""

    name: str = column("What it is called.")
    page: str = column("The page it is a view of, as `/clusters`.", orderable=False)
    address: str = column(
        "The page with filters, order and columns, as `/clusters?health=OVERDUE`.",
        filterable=False,
        orderable=False,
    )
    shared_with: UserRole | None = column("The role it is shared with; empty for one's own.", orderable=False)
    user = one("agencies.User", "Whose it is, where that is visible.", near="user_id", required=False)
    province = one(
        "provinces.Province",
        "The province it is shared in; empty for everywhere.",
        near="province_id",
        required=False,
    )
    permitted_actions = permitted(rows.VIEW, rules.permitted)
