"""The conditions somebody may set on what they are told of, and the limits of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.decision import Problem
from schema.problems import ProblemCode

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_DAYS: Final = 366
HUNDRED: Final = 100
_CONDITIONS: Final = (
    ("most_days_left", "mostDaysLeft", MOST_DAYS),
    ("least_percent", "leastPercent", HUNDRED),
)


def out_of_range(values: Mapping[str, object]) -> list[Problem]:
    """Return a problem for each condition that no event could be meant by."""
    return [
        Problem(ProblemCode.OUT_OF_RANGE, (path,), {"least": 0, "most": most})
        for name, path, most in _CONDITIONS
        if isinstance(number := values.get(name), int) and not 0 <= number <= most
    ]
