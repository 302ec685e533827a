"""What is computed of money, self-reliance and the exit, currency by currency (R48, E13, I16, 4.5)."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from schema.calendar import add_months
from tests.compiler.oracle.day import Day, mean, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.compiler.oracle.resolver import Row

OWN: Final = {"MEMBER", "NETWORK"}
OWN_MONEY: Final = {"MEMBER_CONTRIBUTION", "NETWORK_FUNDS"}
LEVELS: Final = ("NASCENT", "EMERGING", "GROWING", "MATURING", "DEVELOPED")
# Which amount of a budget line is a share of which other one.
PARTS: Final = {
    "committedShare": ("committed", "planned"),
    "disbursedShare": ("disbursed", "committed"),
    "spentShare": ("spent", "disbursed"),
}


def by_currency(lines: Iterable[Row]) -> list[list[Row]]:
    """Put budget lines of one currency and unit together: different ones are never summed."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for line in lines:
        found[line["currency"], line["unit"]].append(line)
    return list(found.values())


def lowest_share(lines: list[Row], name: str) -> float | None:
    """Return a share over budget lines; of several currencies the lowest."""
    shares = []
    for group in by_currency(lines):
        if name == "leverage":
            part = sum(Fraction(line["planned"]) for line in group if line["source"] != "ISIPO")
            whole = sum(Fraction(line["planned"]) for line in group if line["source"] == "ISIPO")
            scale, digits = 1, 2
        else:
            above, below = PARTS[name]
            part = sum(Fraction(line[above]) for line in group)
            whole = sum(Fraction(line[below]) for line in group)
            scale, digits = 100, 1
        if whole:
            shares.append(rounded(scale * Fraction(part) / whole, digits))
    return float(min(shares)) if shares else None


def defining(day: Day, project: Row) -> Fraction:
    """Return the share of the last plan's sub-projects that members or networks defined."""
    plans = day.of("action_plan", "cluster_id", project["cluster_id"])
    decided = [plan for plan in plans if plan["status"] in {"APPROVED", "SUPERSEDED"}]
    if not decided:
        return Fraction(0)
    last = max(decided, key=lambda plan: plan["version"])
    parts = day.of("sub_project", "plan_id", last["id"])
    return mean(one["defined_by"] in OWN for one in parts if one["status"] != "CANCELLED") or Fraction(0)


def steering(day: Day, project: Row) -> Fraction:
    """Return the share of the active sub-projects that members or networks lead."""
    parts = day.of("sub_project", "cluster_id", project["cluster_id"])
    return mean(one["led_by"] in OWN for one in parts if one["status"] == "IN_PROGRESS") or Fraction(0)


def resources(day: Day, project: Row) -> Fraction:
    """Return the share of the cluster's own money in the last twelve months; of currencies the lowest."""
    since = add_months(day.today, -12)
    lines = []
    for line in day.of("budget_line", "cluster_id", project["cluster_id"]):
        homes = day.of("sub_project", "id", line["sub_project_id"])
        if homes and (line["period_end"] or homes[0]["planned_end"] or day.today) >= since:
            lines.append(line)
    shares = []
    for group in by_currency(lines):
        if whole := sum(Fraction(line["planned"]) for line in group):
            own = sum(Fraction(line["planned"]) for line in group if line["source"] in OWN_MONEY)
            shares.append(Fraction(own) / whole)
    return min(shares, default=Fraction(0))


def social_capital(day: Day, project: Row) -> float | None:
    """Return the index of the last closed round."""
    closed = [one for one in day.of("trust_survey", "project_id", project["id"]) if one["status"] == "CLOSED"]
    last = max(closed, key=lambda one: one["round"], default=None)
    found = last["social_capital_index"] if last else None
    return None if found is None else float(found)


def score(day: Day, project: Row) -> float:
    """Return the readiness to leave, 0 to 100, with the weights of the project's programme version."""
    shares = {
        "weight_defining": defining(day, project),
        "weight_steering": steering(day, project),
        "weight_resources": resources(day, project),
        "weight_social_capital": Fraction(str(social_capital(day, project) or 0)) / 100,
    }
    weighed = sum(day.threshold(key, project["id"]) * share for key, share in shares.items())
    return float(rounded(Fraction(100 * weighed), 1))


def comprehensive(network: Row) -> bool:
    """Whether a network is the comprehensive one today."""
    return network["designated_on"] is not None and network["dissolved_on"] is None


def has_network(day: Day, cluster: object) -> bool:
    """Whether a cluster has a comprehensive network."""
    return any(comprehensive(one) for one in day.of("network", "cluster_id", cluster))


def plan_is_fresh(day: Day, project: Row) -> bool:
    """Whether the plan in force is far enough from its due date."""
    plan = day.plan_in_force(project["cluster_id"])
    if plan is None or plan["next_due_on"] is None:
        return False
    left = (plan["next_due_on"] - day.today).days
    return bool(left > day.threshold("plan_due_soon_days", project["id"]))


def level_attained(day: Day, project: Row) -> bool:
    """Whether the level of development that an exit asks for is reached (R47)."""
    level = day.of("cluster", "id", project["cluster_id"])[0]["development_level"]
    rank = LEVELS.index(level) + 1 if level else 0
    return rank >= day.threshold("exit_development_rank", project["id"])


def exit_status(day: Day, project: Row) -> str:
    """Say where the exit stands: announced and completed ones as they are, before that by gates and score."""
    for process in day.of("exit_process", "project_id", project["id"]):
        if process["status"] in {"ANNOUNCED", "COMPLETED"}:
            return str(process["status"])
    eligible = (
        has_network(day, project["cluster_id"])
        and plan_is_fresh(day, project)
        and level_attained(day, project)
        and score(day, project) >= day.threshold("exit_score", project["id"])
    )
    return "ELIGIBLE" if eligible else "NOT_ELIGIBLE"
