"""What is open on a cluster as a whole: its own rules, and what every noun would begin in it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from schema.clusters import rules
from schema.clusters.rules import ClusterFacts
from schema.councils.rules import CouncilHome
from schema.councils.rules import form as form_council
from schema.decision import Accepted, Decision, Permission, permission
from schema.feasibility.rules import permitted_in_cluster
from schema.networks.rules import NetworkHome
from schema.networks.rules import form as form_network
from schema.plans.rules import draft
from schema.plans.standing import PlanHome
from schema.projects.planning import HomeFacts, create
from schema.stakeholders.entries import StakeholderHome
from schema.stakeholders.rules import enter, enter_many
from schema.vocabulary import NetworkKind, StakeholderKind, StakeholderRole

_NAMED = {"name_fa": "-", "name_en": "-"}
_STAKEHOLDER = {**_NAMED, "kind": StakeholderKind.WORKSHOP, "role": StakeholderRole.WEAVER}


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """A cluster, and what each noun needs to know of it before something new begins."""

    cluster: ClusterFacts
    project: HomeFacts
    plan: PlanHome
    council: CouncilHome


def permitted(home: OpeningFacts, *, today: date) -> tuple[Permission, ...]:
    """Answer beforehand what the rules would say today of everything that is done on a cluster."""
    cluster = home.cluster

    def new_id() -> UUID:
        return cluster.id

    network = form_network(
        NetworkHome(cluster.id), _NAMED, kind=NetworkKind.HORIZONTAL, on=today, today=today, new_id=new_id
    )
    project = create(home.project, planned_start=today, planned_end=today, details={}, new_id=new_id)
    place = StakeholderHome(cluster.id, (), ())
    return (
        *rules.permitted(cluster, today=today),
        *permitted_in_cluster(cluster, today=today),
        permission("createProject", _unremarked(project)),
        permission("draftActionPlan", draft(home.plan, {}, by=None, new_id=new_id)),
        permission("formSteeringCouncil", form_council(home.council, on=today, today=today, new_id=new_id)),
        permission("formNetwork", network),
        permission("enterStakeholder", enter(place, _STAKEHOLDER, new_id=new_id)),
        permission("enterStakeholders", enter_many(place, (_STAKEHOLDER,), new_id=new_id)),
    )


def _unremarked(decision: Decision) -> Decision:
    """Leave out remarks about the days, which nobody has entered yet."""
    return replace(decision, warnings=()) if isinstance(decision, Accepted) else decision
