"""Where a sub-project is carried out: counties of the cluster's province (4.1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from schema.clusters.particulars import CountyFacts, CountyLink, check_counties
from schema.decision import Accepted, Create, Decision, Permission, Refused, Remove, permission
from schema.sub_projects.handover import unchangeable
from schema.sub_projects.rules import SubProjectFacts


@dataclass(frozen=True, slots=True)
class Placement:
    """A sub-project, the counties it may be carried out in, and those it is recorded in."""

    sub_project: SubProjectFacts
    counties: tuple[CountyFacts, ...]
    links: tuple[CountyLink, ...]


def place(placement: Placement, chosen: Sequence[UUID], *, new_id: Callable[[], UUID]) -> Decision:
    """Say in which counties it is carried out; the given list replaces the recorded one."""
    whole = placement.sub_project
    problems = [*unchangeable(whole), *check_counties(chosen, placement.counties)]
    if problems:
        return Refused(tuple(problems))
    kept = {link.county_id for link in placement.links}
    gone = (Remove("SubProjectCounty", link.id) for link in placement.links if link.county_id not in chosen)
    added = (
        Create(
            "SubProjectCounty",
            new_id(),
            {"cluster_id": whole.cluster_id, "sub_project_id": whole.id, "county_id": county},
        )
        for county in dict.fromkeys(chosen)
        if county not in kept
    )
    return Accepted(("SubProject", whole.id), (*gone, *added))


def place_answer(sub_project: SubProjectFacts) -> Permission:
    """Say beforehand whether its counties may change."""
    asked = Placement(sub_project, (), ())
    return permission("placeSubProject", place(asked, (), new_id=lambda: sub_project.id))
