"""What may happen to a network: formed, registered, dissolved, made the comprehensive one (R31, R45, R46)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.decision import (
    Accepted,
    Change,
    Create,
    Decision,
    Event,
    Permission,
    Problem,
    Refused,
    Update,
    permission,
)
from schema.entries import emptied
from schema.events import EventType, dated
from schema.plans.rules import owner_passes
from schema.plans.standing import PlanInForce
from schema.problems import ProblemCode
from schema.problems.occasions import Occasion
from schema.text import squash
from schema.vocabulary import LegalForm, NetworkKind, PlanOwner, RegistrationStatus


@dataclass(frozen=True, slots=True)
class NamedNetwork:
    """A network of the cluster by its name."""

    id: UUID
    name_fa: str
    name_en: str


@dataclass(frozen=True, slots=True)
class NetworkHome:
    """The cluster a network is formed in."""

    id: UUID
    networks: tuple[NamedNetwork, ...] = ()
    comprehensive: NamedNetwork | None = None


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What the rules need to know of a network, of the comprehensive one and of the plan in force."""

    id: UUID
    cluster_id: UUID
    kind: NetworkKind
    status: RegistrationStatus
    formed_on: date | None
    dissolved_on: date | None
    designated_on: date | None
    comprehensive: NamedNetwork | None
    others: tuple[NamedNetwork, ...]
    plan: PlanInForce | None
    registered_on: date | None = None
    former_dissolved_on: date | None = None


def form(
    home: NetworkHome,
    values: Mapping[str, object],
    *,
    kind: NetworkKind,
    on: date,
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Form a network; it starts unregistered (E10)."""
    problems = [
        *_in_future(on, today, "formedOn"),
        *emptied(values, "name_fa", "name_en"),
        *_named(values, home.networks),
    ]
    if kind is NetworkKind.COMPREHENSIVE:
        problems += _taken(home.comprehensive, "kind")
    if problems:
        return Refused(tuple(problems))
    network_id = new_id()
    network = {
        **values,
        "cluster_id": home.id,
        "kind": kind,
        "registration_status": RegistrationStatus.UNREGISTERED,
        "formed_on": on,
    }
    formed = _told(EventType.NETWORK_FORMED, network_id, {"kind": kind, "on": dated(on)})
    return Accepted(("Network", network_id), (Create("Network", network_id, network),), (formed,))


def edit(network: NetworkFacts, values: Mapping[str, object]) -> Decision:
    """Change the names and dates of a network; the designated one keeps its kind."""
    problems = [
        *_dissolved(network),
        *emptied(values, "name_fa", "name_en", "kind"),
        *_named(values, network.others),
    ]
    kind = values.get("kind", network.kind)
    if network.designated_on is not None and kind not in {None, NetworkKind.COMPREHENSIVE}:
        problems.append(Problem(ProblemCode.WRONG_STATUS, ("kind",), {"status": NetworkKind.COMPREHENSIVE}))
    if network.designated_on is None and kind is NetworkKind.COMPREHENSIVE:
        problems += _taken(network.comprehensive, "kind")
    if problems:
        return Refused(tuple(problems))
    return Accepted(("Network", network.id), (Update("Network", network.id, values),))


def register(
    network: NetworkFacts, *, legal_form: LegalForm | None, number: str | None, on: date, today: date
) -> Decision:
    """Register a network with its legal form and its number in the register (R46)."""
    problems = [*_dissolved(network), *_in_future(on, today, "on"), *_before(network.formed_on, on)]
    if network.status is RegistrationStatus.REGISTERED:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": network.status}))
    if legal_form is None:
        problems.append(Problem(ProblemCode.REQUIRED, ("legalForm",)))
    if not number:
        problems.append(Problem(ProblemCode.REQUIRED, ("registrationNumber",)))
    if problems:
        return Refused(tuple(problems))
    changed = {
        "registration_status": RegistrationStatus.REGISTERED,
        "legal_form": legal_form,
        "registration_number": number,
        "registered_on": on,
    }
    registered = _told(
        EventType.NETWORK_REGISTERED,
        network.id,
        {"before": network.status, "after": RegistrationStatus.REGISTERED, "on": dated(on)},
    )
    return Accepted(("Network", network.id), (Update("Network", network.id, changed),), (registered,))


def dissolve(network: NetworkFacts, *, on: date, reason: str | None, today: date) -> Decision:
    """Dissolve a network; a plan it owned has no owner until another network is designated."""
    problems = [*_dissolved(network), *_in_future(on, today, "on"), *_before(network.formed_on, on)]
    problems += _before(network.registered_on, on, EventType.NETWORK_REGISTERED)
    problems += _before(network.designated_on, on, EventType.NETWORK_DESIGNATED_COMPREHENSIVE)
    if not reason:
        problems.append(Problem(ProblemCode.REASON_REQUIRED, ("reason",)))
    if problems:
        return Refused(tuple(problems))
    status = RegistrationStatus.DISSOLVED
    changed = {"registration_status": status, "dissolved_on": on, "status_reason": reason}
    after = network.plan.duty if network.plan else PlanOwner.UNASSIGNED
    if network.designated_on is not None and after is PlanOwner.NETWORK:
        after = PlanOwner.UNASSIGNED
    return _with_plan(network, (Update("Network", network.id, changed),), (), after)


def designate(network: NetworkFacts, *, on: date, today: date) -> Decision:
    """Make a network the cluster's comprehensive one; there is at most one on any day (R31, I11)."""
    problems = [*_dissolved(network), *_in_future(on, today, "on"), *_before(network.formed_on, on)]
    problems += _before(network.former_dissolved_on, on, Occasion.FORMER_NETWORK_DISSOLVED)
    problems += _taken(network.comprehensive)
    if problems:
        return Refused(tuple(problems))
    changed = {"kind": NetworkKind.COMPREHENSIVE, "designated_on": on}
    designated = _told(EventType.NETWORK_DESIGNATED_COMPREHENSIVE, network.id, {"on": dated(on)})
    after = network.plan.duty if network.plan else PlanOwner.UNASSIGNED
    if after is PlanOwner.UNASSIGNED:
        after = PlanOwner.NETWORK
    return _with_plan(network, (Update("Network", network.id, changed),), (designated,), after)


def permitted(network: NetworkFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a network today; what needs an entry is asked as if one were given."""
    registered = register(network, legal_form=LegalForm.OTHER, number="-", on=today, today=today)
    return (
        permission("editNetwork", edit(network, {})),
        permission("registerNetwork", registered),
        permission("designateComprehensiveNetwork", designate(network, on=today, today=today)),
        permission("dissolveNetwork", dissolve(network, on=today, reason="-", today=today)),
        permission("addNetworkMember", edit(network, {})),
    )


def _with_plan(
    network: NetworkFacts, changes: tuple[Change, ...], events: tuple[Event, ...], after: PlanOwner
) -> Accepted:
    """Let the plan in force follow its new owner (R30, A12)."""
    passed: tuple[Update | Event, ...] = ()
    if network.plan is not None:
        passed = owner_passes(network.plan.id, before=network.plan.duty, after=after)
    return Accepted(
        ("Network", network.id),
        (*changes, *(part for part in passed if isinstance(part, Update))),
        (*events, *(part for part in passed if isinstance(part, Event))),
    )


def _told(kind: EventType, network_id: UUID, payload: Mapping[str, object]) -> Event:
    return Event(kind, ("Network", network_id), payload=payload)


def _named(values: Mapping[str, object], others: tuple[NamedNetwork, ...]) -> tuple[Problem, ...]:
    name = values.get("name_fa")
    if isinstance(name, str) and squash(name) in {squash(other.name_fa) for other in others}:
        return (Problem(ProblemCode.NOT_UNIQUE, ("nameFa",)),)
    return ()


def _dissolved(network: NetworkFacts) -> tuple[Problem, ...]:
    if network.dissolved_on is None:
        return ()
    return (Problem(ProblemCode.NETWORK_DISSOLVED, (), {"on": network.dissolved_on}),)


def _taken(comprehensive: NamedNetwork | None, *path: str) -> tuple[Problem, ...]:
    """Say that the cluster has its comprehensive network already, in office or being formed (R31, I11)."""
    if comprehensive is None:
        return ()
    names = {"name_fa": comprehensive.name_fa, "name_en": comprehensive.name_en}
    return (Problem(ProblemCode.COMPREHENSIVE_NETWORK_EXISTS, path, names),)


def _before(
    start: date | None, on: date, event: EventType | Occasion = EventType.NETWORK_FORMED
) -> tuple[Problem, ...]:
    if start is None or on >= start:
        return ()
    return (Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), {"start": start, "end": on, "event": event}),)


def _in_future(on: date, today: date, path: str) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.IN_FUTURE, (path,), {"date": on}),) if on > today else ()
