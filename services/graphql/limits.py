"""What one account may spend: a budget of cost that fills up steadily, one per token or user and process.

The budget lives in the memory of the process. With n processes behind one address an account can
spend up to n budgets; what protects the database is the bound per process, which holds exactly.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from services.graphql.failures import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from schema.viewers import Viewer
    from schema.vocabulary import TokenScope

_ACCOUNTS: Final = 20_000
_MINUTE: Final = 60.0


@dataclass(slots=True)
class _Budget:
    """What is left of an account's budget, and when that was so."""

    left: float
    at: float


class Spending:
    """The budgets of all accounts; each holds a minute's worth and fills up by a sixtieth a second."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._budgets: OrderedDict[str, _Budget] = OrderedDict()

    def charge(self, viewer: Viewer, cost: int) -> dict[str, str]:
        """Take the cost from the viewer's budget before anything is executed; return what to tell.

        Raises:
            Refused: the budget does not hold that much yet; it says when it will.
        """
        if not self._per_minute:
            return {}
        budget = self._budget(viewer.account)
        wanted = min(cost, self._per_minute)
        if wanted > budget.left:
            seconds = math.ceil((wanted - budget.left) * _MINUTE / self._per_minute)
            raise RateLimited(seconds, self._told(budget))
        budget.left -= wanted
        return self._told(budget)

    def _budget(self, account: str) -> _Budget:
        now = self._clock()
        budget = self._budgets.get(account)
        if budget is None:
            budget = self._budgets[account] = _Budget(self._per_minute, now)
            if len(self._budgets) > _ACCOUNTS:
                self._budgets.popitem(last=False)
        else:
            self._budgets.move_to_end(account)
            filled = budget.left + (now - budget.at) * self._per_minute / _MINUTE
            budget.left, budget.at = min(float(self._per_minute), filled), now
        return budget

    def _told(self, budget: _Budget) -> dict[str, str]:
        missing = self._per_minute - budget.left
        return {
            "ratelimit-limit": str(self._per_minute),
            "ratelimit-remaining": str(int(budget.left)),
            "ratelimit-reset": str(math.ceil(missing * _MINUTE / self._per_minute)),
        }


def require_scope(viewer: Viewer, scope: TokenScope) -> None:
    """Refuse what the viewer's token was not issued for, whatever its owner may do.

    Raises:
        Refused: the token lacks the scope.
    """
    if scope not in viewer.scopes:
        raise Refused(
            f"This token was issued without the scope {scope.value}: ask for another.", "SCOPE_MISSING"
        )


class RateLimited(Refused):
    """The account has spent its budget."""

    def __init__(self, seconds: int, told: dict[str, str]) -> None:
        message = f"Too much at once: try again in {seconds} s."
        shown = {"message": message, "extensions": {"code": "RATE_LIMITED", "retryAfter": seconds}}
        super().__init__(message, "RATE_LIMITED", [shown])
        self.headers = {**told, "retry-after": str(seconds)}
