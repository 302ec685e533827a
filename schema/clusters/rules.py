"""What may happen to a cluster: it is identified, described, moved through its states (R1, R34, E1)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from schema.clusters.particulars import (
    CountyFacts,
    CountyLink,
    ProductLine,
    check_counties,
    check_products,
    checked,
    list_products,
    place_in_counties,
    slug_of,
)
from schema.decision import (
    Accepted,
    Create,
    Decision,
    Event,
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
)
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.vocabulary import ClusterStatus, DevelopmentLevel

ARROWS: Final[Mapping[ClusterStatus, frozenset[ClusterStatus]]] = {
    ClusterStatus.IDENTIFIED: frozenset({ClusterStatus.PRIORITISED, ClusterStatus.DORMANT}),
    ClusterStatus.PRIORITISED: frozenset({ClusterStatus.FEASIBILITY, ClusterStatus.DORMANT}),
    ClusterStatus.FEASIBILITY: frozenset({ClusterStatus.UNDER_DEVELOPMENT, ClusterStatus.DORMANT}),
    ClusterStatus.UNDER_DEVELOPMENT: frozenset({ClusterStatus.COMPLETED, ClusterStatus.DORMANT}),
    ClusterStatus.COMPLETED: frozenset({ClusterStatus.DEVELOPED, ClusterStatus.DORMANT}),
    ClusterStatus.DEVELOPED: frozenset({ClusterStatus.DORMANT}),
    ClusterStatus.DORMANT: frozenset({ClusterStatus.UNDER_DEVELOPMENT}),
}
"""Where a cluster may go from each state (domain 4.2)."""


@dataclass(frozen=True, slots=True)
class ProvinceFacts:
    """What the rules need to know of the province in which a cluster is identified."""

    id: UUID
    counties: tuple[CountyFacts, ...]


@dataclass(frozen=True, slots=True)
class ClusterFacts:
    """What the rules need to know of a cluster and of what has happened in it."""

    id: UUID
    status: ClusterStatus
    deleted_at: datetime | None
    development_level: DevelopmentLevel | None
    development_level_on: date | None
    developed_rank: int
    exit_rank: int
    running_projects: int
    has_history: bool
    counties: tuple[CountyFacts, ...]
    links: tuple[CountyLink, ...]
    products: tuple[ProductLine, ...]
    feasibility_under_way: bool = False
    found_feasible: bool = False


def create(  # noqa: PLR0913 - a cluster comes with its counties and products
    province: ProvinceFacts,
    *,
    within_reach: bool,
    profile: Mapping[str, object],
    counties: Collection[UUID] = (),
    products: Collection[Mapping[str, object]] = (),
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Record a cluster that was identified, with its place and its product lines (R1)."""
    given = {name: value for name, value in profile.items() if value is not None}
    given.setdefault("slug", slug_of(str(given.get("name_en", ""))))
    given.setdefault("identified_on", today)
    values, problems = checked(given, today=today, required=("name_fa", "name_en", "slug"))
    if not within_reach:
        problems.insert(0, Problem(ProblemCode.NOT_ALLOWED, ("provinceId",)))
    problems += check_counties(counties, province.counties)
    problems += check_products(products)
    if problems:
        return Refused(tuple(problems))
    cluster = new_id()
    values |= {"province_id": province.id, "status": ClusterStatus.IDENTIFIED}
    return Accepted(
        ("Cluster", cluster),
        (
            Create("Cluster", cluster, values),
            *place_in_counties(cluster, counties, (), new_id),
            *list_products(cluster, products, (), new_id),
        ),
        (
            Event(
                EventType.CLUSTER_IDENTIFIED,
                ("Cluster", cluster),
                payload={"after": ClusterStatus.IDENTIFIED, "on": _shown(values["identified_on"])},
            ),
        ),
    )


def edit(
    cluster: ClusterFacts,
    *,
    profile: Mapping[str, object],
    counties: Collection[UUID] | None = None,
    products: Collection[Mapping[str, object]] | None = None,
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Correct a cluster; a list of counties or products that is given replaces the recorded one."""
    values, problems = checked(profile, today=today)
    problems += check_counties(counties or (), cluster.counties)
    problems += check_products(products or ())
    if problems:
        return Refused(tuple(problems))
    placed = place_in_counties(cluster.id, counties, cluster.links, new_id) if counties is not None else []
    listed = list_products(cluster.id, products, cluster.products, new_id) if products is not None else []
    changed = [*sorted(values), *(["counties"] if placed else []), *(["products"] if listed else [])]
    return Accepted(
        ("Cluster", cluster.id),
        (Update("Cluster", cluster.id, values), *placed, *listed),
        (Event(EventType.CLUSTER_EDITED, ("Cluster", cluster.id), payload={"changed": changed}),),
    )


def move(cluster: ClusterFacts, *, to: ClusterStatus, on: date, reason: str | None, today: date) -> Decision:
    """Move a cluster to another state, along the arrows of E1 only."""
    problems = []
    if to is cluster.status:
        problems.append(Problem(ProblemCode.THERE_ALREADY, (), {"status": cluster.status}))
    elif to not in ARROWS[cluster.status]:
        problems.append(Problem(ProblemCode.TRANSITION_NOT_OPEN, (), {"status": cluster.status, "to": to}))
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if to is ClusterStatus.DORMANT and not reason:
        problems.append(Problem(ProblemCode.REASON_REQUIRED, ("reason",)))
    if to in {ClusterStatus.DORMANT, ClusterStatus.COMPLETED} and cluster.running_projects:
        problems.append(Problem(ProblemCode.PROJECT_STILL_RUNNING))
    if to is ClusterStatus.DEVELOPED and not _reaches(cluster, cluster.developed_rank):
        required = list(DevelopmentLevel)[cluster.developed_rank - 1]
        problems.append(Problem(ProblemCode.LEVEL_TOO_LOW, (), {"required": required}))
    if problems:
        return Refused(tuple(problems))
    return Accepted(
        ("Cluster", cluster.id),
        (Update("Cluster", cluster.id, {"status": to, "status_reason": reason}),),
        (
            Event(
                EventType.CLUSTER_STATUS_CHANGED,
                ("Cluster", cluster.id),
                payload={"before": cluster.status, "after": to, "on": dated(on)},
            ),
        ),
        _unstudied(cluster, to),
    )


def delete(cluster: ClusterFacts) -> Decision:
    """Remove a cluster that was entered by mistake; whatever has a history stays."""
    if cluster.has_history:
        return Refused((Problem(ProblemCode.HAS_HISTORY),))
    return Accepted(("Cluster", cluster.id), (Remove("Cluster", cluster.id),))


def restore(cluster: ClusterFacts) -> Decision:
    """Bring a removed cluster back."""
    if cluster.deleted_at is None:
        return Refused((Problem(ProblemCode.WRONG_STATUS, (), {"status": cluster.status}),))
    return Accepted(("Cluster", cluster.id), (Update("Cluster", cluster.id, {"deleted_at": None}),))


def permitted(cluster: ClusterFacts, *, today: date) -> tuple[Permission, ...]:
    """Answer beforehand what the rules would say today."""
    moves = (
        ("prioritiseCluster", ClusterStatus.PRIORITISED),
        ("startClusterDevelopment", ClusterStatus.UNDER_DEVELOPMENT),
        ("concludeClusterDevelopment", ClusterStatus.COMPLETED),
        ("declareClusterDeveloped", ClusterStatus.DEVELOPED),
        ("makeClusterDormant", ClusterStatus.DORMANT),
    )
    return (
        Permission("editCluster", allowed=True),
        Permission("recordDevelopmentLevel", allowed=True),
        *(
            permission(action, move(cluster, to=status, on=today, reason="-", today=today))
            for action, status in moves
        ),
        permission("deleteCluster", delete(cluster)),
    )


def _unstudied(cluster: ClusterFacts, to: ClusterStatus) -> tuple[Problem, ...]:
    """Remark on development that begins without a favourable feasibility study (E1)."""
    begins = cluster.status is ClusterStatus.FEASIBILITY and to is ClusterStatus.UNDER_DEVELOPMENT
    return (Problem(ProblemCode.FEASIBILITY_SKIPPED),) if begins and not cluster.found_feasible else ()


def _reaches(cluster: ClusterFacts, rank: int) -> bool:
    return cluster.development_level is not None and cluster.development_level.rank >= rank


def _shown(day: object) -> object:
    return dated(day) if isinstance(day, date) else day
