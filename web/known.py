"""The variables of a document that say who asks, so that it leaves out what its reader could do nothing about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.access import may
from schema.viewers import NATIONAL

if TYPE_CHECKING:
    from schema.vocabulary import UserRole
    from web.documents import Operation


def known_of(role: UserRole, operation: Operation) -> dict[str, bool]:
    """Return the variables that say who asks: `$national`, and `$mayApproveActionPlan` for any action.

    A document leaves out with them what its reader could do nothing about; no address overrules them.
    """
    known = {"national": role in NATIONAL} if "national" in operation.variables else {}
    for variable in operation.variables:
        action = variable.removeprefix("may")
        if action != variable and action[:1].isupper():
            known[variable] = may(role, action[0].lower() + action[1:])
    return known
