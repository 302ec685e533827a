"""The public types of programme statistics; every figure counts only what the viewer may see."""

from __future__ import annotations

from schema.graph import column, derived, figures, one
from schema.phases.health import HEALTH
from schema.plans.graph import FRESHNESS
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


_BY_PROVINCE = f"""
with health as (
  select p.cluster_id, count(*) filter (where h = 'OVERDUE') as overdue,
    count(*) filter (where h = 'AT_RISK') as at_risk
  from (select p.cluster_id, {HEALTH.replace("{t}", "p")} as h from {{Phase}} p where p.status = 'IN_PROGRESS') p
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
