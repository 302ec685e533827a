"""The public types of programme statistics; every figure counts only what the viewer may see."""

from __future__ import annotations

from schema.graph import column, derived, figures, one
from schema.phases.health import HEALTH
from schema.plans.freshness import FRESHNESS
from schema.vocabulary import Health, PhaseCode, PhaseStatus, SubProjectType


@figures
class ProvinceFigures:
    """A province in numbers."""

    province = one("provinces.Province", "The province.", near="province_id")
    clusters: int = column("Number of clusters.")
    running_projects: int = column("Projects that are active, suspended or exiting.")
    overdue_phases: int = column("Phases in progress past their window.")
    at_risk_phases: int = column("Phases in progress that may become late.")
    overdue_plans: int = column("Approved action plans whose successor is overdue (R25).")
    open_sub_projects: int = column("Sub-projects approved, in progress or suspended.")


@figures
class PhaseFigures:
    """A phase over all projects."""

    code: PhaseCode = column("Which of the five.")
    status: PhaseStatus = column("The status.")
    count: int = column("How many phases.")


@figures
class HealthFigures:
    """How many phases are in a state of health."""

    health: Health = column("The health.")
    count: int = column("How many phases.")


@figures
class TypeFigures:
    """A type of sub-project over all clusters."""

    type: SubProjectType = column("The type.")
    count: int = column("How many sub-projects.")
    open: int = column("Of these, how many are approved, in progress or suspended.")
    completed: int = column("Of these, how many are completed.")


@figures
class DurationFigures:
    """How long a phase takes, held against its window (4.5)."""

    code: PhaseCode = column("Which of the five.")
    completed: int = column("Phases completed.")
    median_days: float | None = column("The median duration in days; empty when none is completed.")
    late: int = column("Of these, how many ended after their window.")
    window_least_days: float | None = column(
        "The median length of the lower bounds of their windows, in days."
    )
    window_most_days: float | None = column(
        "The median length of the upper bounds of their windows, in days."
    )


@figures
class PhaseInProvinceFigures:
    """The clusters of a province in which a phase is in progress."""

    province = one("provinces.Province", "The province.", near="province_id")
    code: PhaseCode = column("Which of the five.")
    clusters: int = column("Number of clusters.")


@figures
class PlanFigures:
    """The approved action plans, and those whose successor is overdue (R25, R32)."""

    in_force: int = column("Approved plans in force.")
    due_soon: int = column("Of these, how many are due soon.")
    overdue: int = column("Of these, how many are overdue.")


@figures
class SustainabilityFigures:
    """What becomes of clusters after their exit: the plan goes on without the agent, or it does not (S8)."""

    exited: int = column("Clusters whose last project is completed.")
    with_fresh_plan: int = column("Of these, how many have an approved plan that is not overdue.")
    share: float | None = column("Their share, per cent; empty when no cluster has exited.")


# `offset 0` keeps PostgreSQL from drawing the health into both counts, which would reckon it twice for every phase.
_BY_PROVINCE = f"""
with health as (
  select p.cluster_id, count(*) filter (where h = 'OVERDUE') as overdue,
    count(*) filter (where h = 'AT_RISK') as at_risk
  from (
    select p.cluster_id, {HEALTH.replace("{t}", "p")} as h from {{Phase}} p where p.status = 'IN_PROGRESS' offset 0
  ) p
  group by p.cluster_id
), running as (
  select r.cluster_id, count(*) as count from {{ClusterProject}} r
  where r.status in ('ACTIVE', 'SUSPENDED', 'EXITING') group by r.cluster_id
), late as (
  select a.cluster_id, count(*) as count from {{ActionPlan}} a
  where {FRESHNESS.replace("{t}", "a")} = 'OVERDUE' group by a.cluster_id
), opened as (
  select s.cluster_id, count(*) as count from {{SubProject}} s
  where s.status in ('APPROVED', 'IN_PROGRESS', 'SUSPENDED') group by s.cluster_id
)
select c.province_id, count(*) as clusters,
  coalesce(sum(running.count), 0)::bigint as running_projects,
  coalesce(sum(health.overdue), 0)::bigint as overdue_phases,
  coalesce(sum(health.at_risk), 0)::bigint as at_risk_phases,
  coalesce(sum(late.count), 0)::bigint as overdue_plans,
  coalesce(sum(opened.count), 0)::bigint as open_sub_projects
from {{Cluster}} c
left join health on health.cluster_id = c.id
left join running on running.cluster_id = c.id
left join late on late.cluster_id = c.id
left join opened on opened.cluster_id = c.id
group by c.province_id order by c.province_id"""


@figures
class ProgrammeStatistics:
    """The programme in numbers, within your scope."""

    by_province = derived("programme.ProvinceFigures", "By province.", sql=_BY_PROVINCE)
    by_phase = derived(
        "programme.PhaseFigures",
        "By phase and status.",
        sql="select p.code, p.status, count(*) as count from {Phase} p group by p.code, p.status order by 1, 2",
    )
    by_phase_and_province = derived(
        "programme.PhaseInProvinceFigures",
        "Clusters by phase in progress and province (4.5).",
        sql=(
            "select c.province_id, p.code, count(distinct c.id) as clusters from {Phase} p"
            " join {Cluster} c on c.id = p.cluster_id where p.status = 'IN_PROGRESS'"
            " group by c.province_id, p.code order by c.province_id, p.code"
        ),
    )
    overdue_plans = derived(
        "programme.PlanFigures",
        "Approved plans and how many are overdue (4.5).",
        sql=(
            "select count(*) as in_force, count(*) filter (where state = 'DUE_SOON') as due_soon,"
            " count(*) filter (where state = 'OVERDUE') as overdue"
            f" from (select {FRESHNESS.replace('{t}', 'a')} as state from {{ActionPlan}} a"
            " where a.status = 'APPROVED') a"
        ),
        single=True,
    )
    by_health = derived(
        "programme.HealthFigures",
        "By health of the phases.",
        sql=(
            f"select h as health, count(*) as count from (select {HEALTH.replace('{t}', 'p')} as h "
            "from {Phase} p) p group by h order by h"
        ),
    )
    by_type = derived(
        "programme.TypeFigures",
        "By type of sub-project.",
        sql=(
            "select s.type, count(*) as count, "
            "count(*) filter (where s.status in ('APPROVED', 'IN_PROGRESS', 'SUSPENDED')) as open, "
            "count(*) filter (where s.status = 'COMPLETED') as completed "
            "from {SubProject} s group by s.type order by s.type"
        ),
    )
    durations = derived(
        "programme.DurationFigures",
        "How long completed phases took.",
        sql=(
            "select p.code, count(*) filter (where p.status = 'COMPLETED') as completed, "
            "percentile_cont(0.5) within group (order by p.actual_end - p.actual_start) "
            "filter (where p.status = 'COMPLETED') as median_days, "
            "count(*) filter (where p.status = 'COMPLETED' and p.actual_end > p.window_end) as late, "
            "percentile_cont(0.5) within group (order by p.window_start - p.actual_start) "
            "filter (where p.status = 'COMPLETED') as window_least_days, "
            "percentile_cont(0.5) within group (order by p.window_end - p.actual_start) "
            "filter (where p.status = 'COMPLETED') as window_most_days "
            "from {Phase} p group by p.code order by p.code"
        ),
    )
    sustainability = derived(
        "programme.SustainabilityFigures",
        "Whether the yearly plan survives the project (R32).",
        sql=(
            "select count(*) as exited, count(*) filter (where fresh) as with_fresh_plan, "
            "round(100.0 * count(*) filter (where fresh) / nullif(count(*), 0), 1)::float as share "
            "from (select exists (select 1 from {ActionPlan} a where a.cluster_id = c.id and a.status = 'APPROVED' "
            "and a.next_due_on >= {today}) as fresh from {Cluster} c where exists (select 1 from {ClusterProject} d "
            "where d.cluster_id = c.id and d.status = 'COMPLETED') and not exists (select 1 from {ClusterProject} r "
            "where r.cluster_id = c.id and r.status in ('ACTIVE', 'SUSPENDED', 'EXITING'))) left_alone"
        ),
        single=True,
    )
