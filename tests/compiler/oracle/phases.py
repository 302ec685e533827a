"""What is computed of phases and of plans in time: windows, health, progress, freshness (4.5)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from schema.phases.rules import window_of
from tests.compiler.oracle.day import Day, mean, rounded

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from tests.compiler.oracle.resolver import Row


def window(day: Day, phase: Row) -> tuple[datetime.date | None, datetime.date | None]:
    """Count the window of a phase that has begun by the months of its programme version; then it stays (A7)."""
    if phase["actual_start"] is None:
        return phase["window_start"], phase["window_end"]
    project = day.of("cluster_project", "id", phase["project_id"])[0]
    kept = day.of("phase_template", "template_id", project["template_id"])
    months = next(one for one in kept if one["code"] == phase["code"])
    found = window_of(phase["actual_start"], months["min_months"], months["max_months"])
    return (found.earliest, found.latest) if found else (None, None)


def gate_share(day: Day, phase: Row) -> Fraction | None:
    """Return the share of a phase's gates that are met."""
    return mean(gate["met_on"] is not None for gate in day.of("phase_gate", "phase_id", phase["id"]))


def health(day: Day, phase: Row) -> str:
    """Say how a phase stands (R12, R15, R25, R50)."""
    end = phase["window_end"]
    if phase["status"] == "COMPLETED" and end is not None:
        return "COMPLETED_LATE" if phase["actual_end"] > end else "COMPLETED_ON_TIME"
    if phase["status"] != "IN_PROGRESS":
        return "NOT_APPLICABLE"
    if end is not None:
        return _in_window(day, phase)
    if phase["kind"] == "RECURRING":
        return _in_rhythm(day, phase)
    return _of_trust(day, phase) if phase["kind"] == "CONTINUOUS" else "NOT_APPLICABLE"


def _in_window(day: Day, phase: Row) -> str:
    start, end = phase["actual_start"], phase["window_end"]
    if day.today > end:
        return "OVERDUE"
    gates = day.of("phase_gate", "phase_id", phase["id"])
    if day.today > phase["window_start"] and any(g["mandatory"] and g["met_on"] is None for g in gates):
        return "AT_RISK"
    met, length = gate_share(day, phase), (end - start).days
    if met is not None and length:
        ahead = Fraction((day.today - start).days, length) - met
        if ahead > day.threshold("gate_share_gap", phase["project_id"]):
            return "AT_RISK"
    return "ON_TRACK"


def _in_rhythm(day: Day, phase: Row) -> str:
    plan = day.plan_in_force(phase["cluster_id"])
    due = (plan and plan["next_due_on"]) or phase["due_on"]
    if due is None:
        return "NOT_APPLICABLE"
    left = (due - day.today).days
    if left < 0:
        return "OVERDUE"
    return "AT_RISK" if left <= day.threshold("plan_due_soon_days", phase["project_id"]) else "ON_TRACK"


def _of_trust(day: Day, phase: Row) -> str:
    project = phase["project_id"]
    activities = day.of("trust_activity", "project_id", project)
    last = max((one["actual_end"] for one in activities if one["actual_end"]), default=phase["actual_start"])
    quiet = (day.today - last).days
    if quiet > day.threshold("trust_inactive_days", project):
        return "OVERDUE"
    if quiet > day.threshold("trust_active_days", project):
        return "AT_RISK"
    closed = [one for one in day.of("trust_survey", "project_id", project) if one["status"] == "CLOSED"]
    closed.sort(key=lambda one: int(one["round"]))
    indices = [one["social_capital_index"] for one in closed[-2:]]
    fell = len(indices) > 1 and None not in indices and indices[1] < indices[0]
    return "AT_RISK" if fell else "ON_TRACK"


def advance(day: Day, sub_project: Row) -> Fraction | None:
    """Return the weight of the milestones done over the weight of all, per cent."""
    milestones = day.of("milestone", "sub_project_id", sub_project["id"])
    whole = sum(one["weight"] for one in milestones)
    done = sum(one["weight"] for one in milestones if one["done_on"] is not None)
    return Fraction(100 * done, whole) if whole else None


def progress(day: Day, phase: Row) -> float | None:
    """Return how far a phase has come: by its sub-projects (R37), or by its gates."""
    share: Fraction | None = None
    if phase["code"] == "IMPLEMENTATION":
        share = mean(
            advance(day, part) or Fraction(0)
            for plan in day.of("action_plan", "project_id", phase["project_id"])
            if plan["status"] in {"APPROVED", "SUPERSEDED"}
            for part in day.of("sub_project", "plan_id", plan["id"])
            if part["status"] != "CANCELLED"
        )
    elif phase["kind"] == "WINDOWED":
        met = gate_share(day, phase)
        share = None if met is None else 100 * met
    return None if share is None else float(rounded(share, 1))


def days_left(day: Day, phase: Row) -> int | None:
    """Return the days until the window of a phase in progress closes."""
    if phase["status"] != "IN_PROGRESS" or phase["window_end"] is None:
        return None
    return int((phase["window_end"] - day.today).days)


def freshness(day: Day, plan: Row | None) -> str:
    """Say how near the next version of a plan is (R25)."""
    if plan is None or plan["status"] != "APPROVED":
        return "NONE"
    if plan["next_due_on"] is None:
        return "FRESH"
    last = day.last_project(plan["cluster_id"])
    keeper: UUID | None = plan["project_id"] or (last["id"] if last else None)
    left = (plan["next_due_on"] - day.today).days
    if left < 0:
        return "OVERDUE"
    return "DUE_SOON" if left <= day.threshold("plan_due_soon_days", keeper) else "FRESH"
