"""The tables as they are read on a day, and what every figure needs of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable
    from uuid import UUID

    from tests.compiler.oracle.resolver import Row, Tables

# The numbers of domain section 4.5, as long as a version of the programme says nothing else.
STANDARD: Final = {
    "gate_share_gap": "0.2",
    "plan_due_soon_days": "90",
    "trust_active_days": "90",
    "trust_inactive_days": "180",
    "visit_months_in_study": "1",
    "visit_months_in_implementation": "2",
    "exit_development_rank": "4",
    "exit_score": "70",
    "weight_defining": "0.3",
    "weight_steering": "0.3",
    "weight_resources": "0.2",
    "weight_social_capital": "0.2",
}


@dataclass
class Day:
    """The rows, and the day on which somebody asks."""

    tables: Tables
    today: datetime.date

    def of(self, table: str, column: str, value: object) -> list[Row]:
        """Return the rows whose column has this value."""
        return self.tables.having(table, column, value)

    def threshold(self, key: str, project_id: UUID | None) -> Fraction:
        """Return a number as the programme version of a project sets it."""
        found: Any = None
        for project in self.of("cluster_project", "id", project_id):
            template = self.of("programme_template", "id", project["template_id"])[0]
            numbers = template["thresholds"]
            found = (orjson.loads(numbers) if isinstance(numbers, str) else numbers).get(key)
        return Fraction(str(STANDARD[key] if found is None else found))

    def last_project(self, cluster_id: UUID) -> Row | None:
        """Return the project of a cluster that started last."""
        begun = [one for one in self.of("cluster_project", "cluster_id", cluster_id) if one["actual_start"]]
        return max(begun, key=lambda one: (one["actual_start"], one["id"].bytes), default=None)

    def plan_in_force(self, cluster_id: UUID) -> Row | None:
        """Return the approved version of a cluster's plan."""
        plans = self.of("action_plan", "cluster_id", cluster_id)
        return next((plan for plan in plans if plan["status"] == "APPROVED"), None)


def rounded(number: Fraction, digits: int) -> Fraction:
    """Round as people do: a half goes up."""
    return Fraction(floor(number * 10**digits + Fraction(1, 2)), 10**digits)


def decimal(number: Fraction, digits: int) -> Decimal:
    """Return a rounded number with just so many digits."""
    return Decimal(floor(number * 10**digits + Fraction(1, 2))).scaleb(-digits)


def mean(numbers: Iterable[Fraction | int]) -> Fraction | None:
    """Return the mean of numbers, if there are any."""
    known = [Fraction(number) for number in numbers]
    return sum(known, Fraction(0)) / len(known) if known else None
