"""Every computed field the oracle knows, in plain Python: a second definition beside the declared SQL."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from schema.calendar import add_months
from tests.compiler.oracle import phases, readiness
from tests.compiler.oracle.day import Day, decimal, rounded

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from tests.compiler.oracle.resolver import Row

    Figure = Callable[[Day, Row], Any]

CARRIED_OUT: Final = {"IN_PROGRESS", "SUSPENDED"}


def _worst(day: Day, cluster: Row) -> str:
    running = [one for one in day.of("phase", "cluster_id", cluster["id"]) if one["status"] == "IN_PROGRESS"]
    states = {phases.health(day, one) for one in running}
    return next((one for one in ("OVERDUE", "AT_RISK", "ON_TRACK") if one in states), "NOT_APPLICABLE")


def _next_due(day: Day, cluster: Row) -> datetime.date | None:
    plan = day.plan_in_force(cluster["id"])
    return plan["next_due_on"] if plan else None


def _of_last_project(figure: Figure) -> Figure:
    def found(day: Day, cluster: Row) -> Any:
        project = day.last_project(cluster["id"])
        return None if project is None else figure(day, project)

    return found


def _share(figure: Callable[[Day, Row], Fraction]) -> Figure:
    return lambda day, row: float(figure(day, row))


def _visit_due(day: Day, project: Row) -> datetime.date | None:
    if project["status"] not in {"ACTIVE", "EXITING"}:
        return None
    visits = [one["visited_on"] for one in day.of("supervision_visit", "project_id", project["id"])]
    last = max(visits, default=project["actual_start"])
    studying = any(
        one["code"] == "DIAGNOSTIC_STUDY" and one["status"] == "IN_PROGRESS"
        for one in day.of("phase", "project_id", project["id"])
    )
    key = "visit_months_in_study" if studying else "visit_months_in_implementation"
    return add_months(last, int(day.threshold(key, project["id"])))


def _owner(day: Day, plan: Row) -> str:
    if plan["status"] in {"SUPERSEDED", "REJECTED"}:
        return str(plan["owner"])
    projects = day.of("cluster_project", "cluster_id", plan["cluster_id"])
    if any(one["status"] in {"ACTIVE", "SUSPENDED", "EXITING"} for one in projects):
        return "AGENT"
    return "NETWORK" if readiness.has_network(day, plan["cluster_id"]) else "UNASSIGNED"


def _title(pattern: str, name: str) -> Figure:
    def title(day: Day, plan: Row) -> str:
        home = day.of("cluster", "id", plan["cluster_id"])[0]
        return pattern.format(home[name], plan["version"])

    return title


def _plan_days(day: Day, plan: Row) -> int | None:
    in_force = plan["status"] == "APPROVED" and plan["next_due_on"] is not None
    return (plan["next_due_on"] - day.today).days if in_force else None


def _progress(day: Day, sub_project: Row) -> Decimal:
    # Nothing done is a plain nought; a share has one digit after the point.
    share = phases.advance(day, sub_project)
    return decimal(share, 1) if share else Decimal(0)


def _schedule(day: Day, sub_project: Row) -> Decimal | None:
    start, end = sub_project["actual_start"] or sub_project["planned_start"], sub_project["planned_end"]
    if sub_project["status"] not in CARRIED_OUT or start is None or end is None:
        return None
    if end <= start or day.today <= start:
        return None
    gone = min(Fraction(1), Fraction((day.today - start).days, (end - start).days))
    return decimal(rounded(phases.advance(day, sub_project) or Fraction(0), 1) / 100 / gone, 2)


def _missed(day: Day, sub_project: Row) -> bool:
    return sub_project["status"] in {"APPROVED", "IN_PROGRESS"} and any(
        one["done_on"] is None and one["due_on"] is not None and one["due_on"] < day.today
        for one in day.of("milestone", "sub_project_id", sub_project["id"])
    )


def _sub_project_days(day: Day, sub_project: Row) -> int | None:
    known = sub_project["status"] in CARRIED_OUT and sub_project["planned_end"] is not None
    return (sub_project["planned_end"] - day.today).days if known else None


def _of_plan(name: str) -> Figure:
    return lambda day, plan: readiness.lowest_share(
        [
            line
            for part in day.of("sub_project", "plan_id", plan["id"])
            for line in day.of("budget_line", "sub_project_id", part["id"])
        ],
        name,
    )


def _of_sub_project(name: str) -> Figure:
    return lambda day, row: readiness.lowest_share(day.of("budget_line", "sub_project_id", row["id"]), name)


def _current(table: str, column: str) -> Callable[[Day, Row], list[Row]]:
    return lambda day, row: [one for one in day.of(table, column, row["id"]) if one["valid_to"] is None]


_MEMBERSHIPS: Final = _current("membership", "stakeholder_id")
_MEMBERS: Final = _current("network_member", "network_id")
_MONEY: Final = (*readiness.PARTS, "leverage")

COMPUTED: Final[dict[tuple[str, str], Figure]] = {
    ("Cluster", "health"): _worst,
    ("Cluster", "planFreshness"): lambda day, row: phases.freshness(day, day.plan_in_force(row["id"])),
    ("Cluster", "nextPlanDueOn"): _next_due,
    ("Cluster", "definingShare"): _of_last_project(_share(readiness.defining)),
    ("Cluster", "steeringShare"): _of_last_project(_share(readiness.steering)),
    ("Cluster", "resourcesShare"): _of_last_project(_share(readiness.resources)),
    ("Cluster", "socialCapitalIndex"): _of_last_project(readiness.social_capital),
    ("Cluster", "exitScore"): _of_last_project(readiness.score),
    ("ClusterProject", "definingShare"): _share(readiness.defining),
    ("ClusterProject", "steeringShare"): _share(readiness.steering),
    ("ClusterProject", "resourcesShare"): _share(readiness.resources),
    ("ClusterProject", "socialCapitalIndex"): readiness.social_capital,
    ("ClusterProject", "exitScore"): readiness.score,
    ("ClusterProject", "exitStatus"): readiness.exit_status,
    ("ClusterProject", "hasComprehensiveNetwork"): lambda day, row: readiness.has_network(
        day, row["cluster_id"]
    ),
    ("ClusterProject", "planIsFresh"): readiness.plan_is_fresh,
    ("ClusterProject", "levelAttained"): readiness.level_attained,
    ("ClusterProject", "nextVisitDueOn"): _visit_due,
    ("Phase", "windowStart"): lambda day, row: phases.window(day, row)[0],
    ("Phase", "windowEnd"): lambda day, row: phases.window(day, row)[1],
    ("Phase", "health"): phases.health,
    ("Phase", "progress"): phases.progress,
    ("Phase", "daysLeft"): phases.days_left,
    ("ActionPlan", "owner"): _owner,
    ("ActionPlan", "titleFa"): _title("سند برنامه عمل {} – نسخهٔ {}", "name_fa"),
    ("ActionPlan", "titleEn"): _title("Action-plan document: {}, version {}", "name_en"),
    ("ActionPlan", "freshness"): phases.freshness,
    ("ActionPlan", "daysLeft"): _plan_days,
    ("SubProject", "progress"): _progress,
    ("SubProject", "scheduleIndex"): _schedule,
    ("SubProject", "daysLeft"): _sub_project_days,
    ("SubProject", "hasMissedMilestone"): _missed,
    ("SubProject", "networksCount"): lambda day, row: len(
        day.of("sub_project_network", "sub_project_id", row["id"])
    ),
    ("Stakeholder", "isMember"): lambda day, row: bool(_MEMBERSHIPS(day, row)),
    ("Network", "isComprehensive"): lambda _, row: readiness.comprehensive(row),
    ("Network", "membersCount"): lambda day, row: len(_MEMBERS(day, row)),
    **{("ActionPlan", name): _of_plan(name) for name in _MONEY},
    **{("SubProject", name): _of_sub_project(name) for name in _MONEY},
}
"""A figure of a row on a day, by the type and the field of the API."""
