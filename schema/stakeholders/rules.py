"""What may happen to a stakeholder: entered alone or in bulk, edited, removed, made a member (R54)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Change,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
    refuse,
)
from schema.problems import ProblemCode
from schema.problems.occasions import Occasion
from schema.stakeholders.entries import StakeholderHome, checked, key_of
from schema.vocabulary import SizeClass, StakeholderKind, StakeholderRole

AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class CurrentMembership:
    """A membership that lasts."""

    id: UUID
    valid_from: date


@dataclass(frozen=True, slots=True)
class StakeholderFacts:
    """What the rules need to know of a stakeholder."""

    id: UUID
    cluster_id: UUID
    kind: StakeholderKind
    role: StakeholderRole
    name_fa: str
    name_en: str
    county_id: UUID | None
    place_id: UUID | None
    place_county_id: UUID | None
    institution_id: UUID | None
    workers_count: int | None
    size_class: SizeClass | None
    membership: CurrentMembership | None
    last_ended: date | None
    ties: int
    home: StakeholderHome

    def standing(self) -> dict[str, object]:
        """Return what the checks on an edit look at."""
        names = (
            *("kind", "role", "name_fa", "name_en", "county_id", "institution_id"),
            *("place_id", "place_county_id"),
        )
        return {name: getattr(self, name) for name in names}


def enter(home: StakeholderHome, values: Mapping[str, object], *, new_id: Callable[[], UUID]) -> Decision:
    """Enter a stakeholder of a cluster."""
    columns, problems = checked(values, home)
    if problems:
        return Refused(problems)
    stakeholder_id = new_id()
    return Accepted(
        ("Stakeholder", stakeholder_id),
        (Create("Stakeholder", stakeholder_id, {**columns, "cluster_id": home.id}),),
    )


def enter_many(
    home: StakeholderHome, entries: Sequence[Mapping[str, object]], *, new_id: Callable[[], UUID]
) -> Decision:
    """Enter up to a hundred at once, all or none; every problem names its row."""
    if not entries:
        return refuse(ProblemCode.REQUIRED, "stakeholders")
    if len(entries) > AT_ONCE:
        return refuse(ProblemCode.TOO_MANY, "stakeholders", limit=AT_ONCE)
    problems: list[Problem] = []
    changes: list[Change] = []
    first_row: dict[object, int] = {}
    for place, entry in enumerate(entries):
        columns, found = checked(entry, home)
        path = ("stakeholders", str(place))
        problems.extend(Problem(problem.code, (*path, *problem.path), problem.values) for problem in found)
        key = key_of(columns)
        if key in first_row:
            row = {"row": first_row[key] + 1}
            problems.append(Problem(ProblemCode.NAMED_TWICE, (*path, "nameFa"), row))
        first_row.setdefault(key, place)
        changes.append(Create("Stakeholder", new_id(), {**columns, "cluster_id": home.id}))
    if problems:
        return Refused(tuple(problems))
    return Accepted(("Cluster", home.id), tuple(changes))


def edit(stakeholder: StakeholderFacts, values: Mapping[str, object]) -> Decision:
    """Change a stakeholder; members do not become support institutions."""
    if "workers_count" in values and values.get("size_class") is stakeholder.size_class:
        # A form sends the size back as it was: the new number says it anew.
        values = {name: value for name, value in values.items() if name != "size_class"}
    standing = stakeholder.standing()
    if values.get("size_class") is not None:
        standing["workers_count"] = stakeholder.workers_count
    whole, problems = checked({**standing, **values}, stakeholder.home, itself=stakeholder.id)
    turned = values.get("role") is StakeholderRole.SUPPORT_INSTITUTION
    if turned and stakeholder.membership is not None:
        problems = (*problems, Problem(ProblemCode.INSTITUTION_IS_NOT_A_MEMBER, ("role",)))
    if problems:
        return Refused(problems)
    derived = {"size_class"} if "workers_count" in values and "size_class" in whole else set()
    if whole.get("county_id") != stakeholder.county_id:
        derived.add("county_id")
    changed = {name: whole[name] for name in {*values, *derived} & whole.keys()}
    return Accepted(("Stakeholder", stakeholder.id), (Update("Stakeholder", stakeholder.id, changed),))


def remove(stakeholder: StakeholderFacts) -> Decision:
    """Remove a stakeholder who is neither member nor part of a network or the council now."""
    dependants = stakeholder.ties + (stakeholder.membership is not None)
    if dependants:
        return refuse(ProblemCode.STILL_IN_USE, count=dependants)
    return Accepted(("Stakeholder", stakeholder.id), (Remove("Stakeholder", stakeholder.id),))


def restore(stakeholder: StakeholderFacts) -> Decision:
    """Bring back a stakeholder who was removed, unless another took the name meanwhile."""
    _, problems = checked(stakeholder.standing(), stakeholder.home, itself=stakeholder.id)
    if problems:
        return Refused(problems)
    return Accepted(
        ("Stakeholder", stakeholder.id), (Update("Stakeholder", stakeholder.id, {"deleted_at": None}),)
    )


def admit(stakeholder: StakeholderFacts, *, since: date, today: date, new_id: Callable[[], UUID]) -> Decision:
    """Make a stakeholder a member of the cluster; support institutions are none (R54)."""
    problems: list[Problem] = []
    if stakeholder.role is StakeholderRole.SUPPORT_INSTITUTION:
        problems.append(Problem(ProblemCode.INSTITUTION_IS_NOT_A_MEMBER))
    if stakeholder.membership is not None:
        problems.append(Problem(ProblemCode.ALREADY_MEMBER))
    if stakeholder.last_ended is not None and since <= stakeholder.last_ended:
        free = stakeholder.last_ended + timedelta(days=1)
        dates = {"start": free, "end": since, "event": Occasion.FREE_AGAIN}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("validFrom",), dates))
    if since > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("validFrom",), {"date": since}))
    if problems:
        return Refused(tuple(problems))
    membership_id = new_id()
    membership = {
        "cluster_id": stakeholder.cluster_id,
        "stakeholder_id": stakeholder.id,
        "valid_from": since,
    }
    return Accepted(("Membership", membership_id), (Create("Membership", membership_id, membership),))


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """The time somebody is a member."""

    id: UUID
    valid_from: date
    valid_to: date | None


def end_membership(membership: MembershipFacts, *, on: date) -> Decision:
    """End a membership; the stakeholder stays one."""
    if membership.valid_to is not None:
        return refuse(ProblemCode.MEMBERSHIP_ENDED, on=membership.valid_to)
    if on < membership.valid_from:
        begun = Occasion.MEMBERSHIP_BEGUN
        return refuse(ProblemCode.DATES_OUT_OF_ORDER, "on", start=membership.valid_from, end=on, event=begun)
    return Accepted(("Membership", membership.id), (Update("Membership", membership.id, {"valid_to": on}),))


def permitted(stakeholder: StakeholderFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a stakeholder today."""
    admitted = admit(stakeholder, since=today, today=today, new_id=lambda: stakeholder.id)
    return (
        permission("editStakeholder", edit(stakeholder, {})),
        permission("removeStakeholder", remove(stakeholder)),
        permission("admitMember", admitted),
    )


def permitted_of_membership(membership: MembershipFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a membership today."""
    ended = end_membership(membership, on=max(today, membership.valid_from))
    return (permission("endMembership", ended),)
