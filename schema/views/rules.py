"""When a view may be kept, shared and removed: one's own, shared by administrators as far as they reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Remove,
    permission,
    refuse,
)
from schema.problems import ProblemCode
from schema.unusable import Unusable
from schema.viewers import ADMINISTRATORS
from schema.vocabulary import UserRole

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class OwnerFacts:
    """What the rules need to know of whoever keeps a view."""

    id: UUID
    views: int = 0


@dataclass(frozen=True, slots=True)
class ViewFacts:
    """What the rules need to know of a view, and who asks."""

    id: UUID
    user_id: UUID
    asked_by: UUID | None


def keep(
    owner: OwnerFacts,
    role: UserRole,
    provinces: tuple[UUID, ...],
    values: Mapping[str, object],
    *,
    view_id: UUID,
) -> Decision:
    """Keep a list under a name; an administrator may share it with a role, a province's within the province."""
    problems: list[Problem] = []
    shared = values.get("shared_with")
    if not str(values["name"]).strip():
        problems.append(Problem(ProblemCode.REQUIRED, ("name",)))
    if not str(values["address"]).startswith("/"):
        problems.append(Problem(ProblemCode.INVALID, ("address",), {"reason": _NO_LIST}))
    if shared is not None and role not in ADMINISTRATORS:
        problems.append(Problem(ProblemCode.NOT_ALLOWED, ("sharedWith",)))
    if owner.views >= MOST:
        problems.append(Problem(ProblemCode.TOO_MANY, (), {"limit": MOST, "kept": True}))
    if problems:
        return Refused(tuple(problems))
    regional = shared is not None and role is UserRole.PROVINCE_ADMINISTRATOR
    made = Create(
        "SavedView",
        view_id,
        {
            **values,
            "page": str(values["address"]).split("?", 1)[0],
            "user_id": owner.id,
            "province_id": provinces[0] if regional and provinces else None,
        },
    )
    return Accepted(("SavedView", view_id), (made,))


def remove(view: ViewFacts) -> Decision:
    """Remove a view of one's own."""
    if view.user_id != view.asked_by:
        return refuse(ProblemCode.OF_SOMEBODY_ELSE, "id")
    return Accepted(("SavedView", view.id), (Remove("SavedView", view.id),))


def permitted(view: ViewFacts, *, today: object) -> tuple[Permission, ...]:
    """Ask the rule of a view beforehand."""
    del today
    return (permission("removeView", remove(view)),)


_NO_LIST: Final = Unusable(
    "نشانی فهرست با «/» آغاز می‌شود؛ همان نشانی صفحهٔ فهرست را بفرستید.",
    "the address of a list begins with “/”: send that of the list's page.",
)
