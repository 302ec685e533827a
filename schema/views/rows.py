"""The table of views."""

from __future__ import annotations

from tortoise import fields

from schema.facts import Facts
from schema.guards import Guard, Index, Reference
from schema.rows import Record, guards_of, reference, term
from schema.views import rules
from schema.vocabulary import UserRole

NAME_LENGTH = 100
ADDRESS_LENGTH = 4000
PAGE_LENGTH = 300


class SavedView(Record):
    """A list under a name: whose it is, where it is shown, and with which role it is shared."""

    user_id = reference()
    name = fields.CharField(max_length=NAME_LENGTH)
    page = fields.CharField(max_length=PAGE_LENGTH)
    address = fields.CharField(max_length=ADDRESS_LENGTH)
    shared_with = term(UserRole, null=True)
    province_id = reference(null=True)

    class Meta:
        """The table."""

        table = "saved_view"


guards: tuple[Guard, ...] = (
    *guards_of(SavedView),
    Reference("saved_view", "user_id", "app_user", indexed=False, on_delete="cascade"),
    Reference("saved_view", "province_id", "province"),
    Index("saved_view", "user_id, page, name", where="deleted_at is null", unique=True, label="name"),
    Index("saved_view", "page, shared_with"),
    Index("saved_view", "name, id"),
)

OWNER = Facts(
    rules.OwnerFacts,
    "User",
    {"views": "(select count(*) from saved_view v where v.user_id = {t}.id and v.deleted_at is null)::int"},
)
VIEW = Facts(rules.ViewFacts, "SavedView", {"asked_by": "{user}"})
