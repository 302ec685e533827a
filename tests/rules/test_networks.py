"""Networks: formed, registered, dissolved, one comprehensive network, and who takes part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused, Update
from schema.events import EventType
from schema.networks import members, rules
from schema.networks.members import NetworkMemberFacts, NetworkOfMembers, Participant
from schema.networks.rules import NamedNetwork, NetworkFacts, NetworkHome
from schema.plans.standing import PlanInForce
from schema.problems import ProblemCode
from schema.vocabulary import LegalForm, NetworkKind, PlanOwner, RegistrationStatus

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY, FORMED = date(2026, 11, 23), date(2026, 1, 1)
CLUSTER, NETWORK, OTHER, PLAN, WEAVER = (UUID(int=number) for number in range(1, 6))


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(1000)
    return lambda: UUID(int=next(numbers))


UNREGISTERED = NetworkFacts(
    id=NETWORK,
    cluster_id=CLUSTER,
    kind=NetworkKind.HORIZONTAL,
    status=RegistrationStatus.UNREGISTERED,
    formed_on=FORMED,
    dissolved_on=None,
    designated_on=None,
    comprehensive=None,
    others=(NamedNetwork(OTHER, "شبکه دیگر", "Other"),),
    plan=None,
)
DISSOLVED = replace(UNREGISTERED, status=RegistrationStatus.DISSOLVED, dissolved_on=date(2026, 6, 1))


def codes(decision: Decision) -> list[ProblemCode]:
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


def accepted(decision: Decision) -> Accepted:
    assert isinstance(decision, Accepted), decision
    return decision


@pytest.mark.requirement("R46")
def test_a_network_forms_unregistered(new_id: Callable[[], UUID]) -> None:
    values = {"name_fa": "کنسرسیوم", "name_en": "Consortium"}
    formed = accepted(
        rules.form(
            NetworkHome(CLUSTER), values, kind=NetworkKind.VERTICAL, on=FORMED, today=TODAY, new_id=new_id
        )
    )
    created = formed.changes[0]
    assert isinstance(created, Create)
    assert created.values["registration_status"] is RegistrationStatus.UNREGISTERED
    assert formed.events[0].type is EventType.NETWORK_FORMED


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("شبكه ديگر", FORMED, ProblemCode.NOT_UNIQUE),
        ("", FORMED, ProblemCode.REQUIRED),
        ("نو", date(2026, 12, 1), ProblemCode.IN_FUTURE),
    ],
)
def test_a_network_has_a_name_of_its_own_and_is_not_formed_tomorrow(
    name: str, on: date, expected: ProblemCode, new_id: Callable[[], UUID]
) -> None:
    home = NetworkHome(CLUSTER, UNREGISTERED.others)
    refused = rules.form(
        home, {"name_fa": name}, kind=NetworkKind.VERTICAL, on=on, today=TODAY, new_id=new_id
    )
    assert codes(refused) == [expected]


@pytest.mark.requirement("R46")
def test_registering_needs_legal_form_and_number_and_happens_once() -> None:
    def register(
        network: NetworkFacts, form: LegalForm | None, number: str | None, on: date = TODAY
    ) -> Decision:
        return rules.register(network, legal_form=form, number=number, on=on, today=TODAY)

    registered = accepted(register(UNREGISTERED, LegalForm.COOPERATIVE, "12"))
    assert registered.events[0].type is EventType.NETWORK_REGISTERED
    assert codes(register(UNREGISTERED, None, None)) == [ProblemCode.REQUIRED, ProblemCode.REQUIRED]
    again = replace(UNREGISTERED, status=RegistrationStatus.REGISTERED)
    assert codes(register(again, LegalForm.OTHER, "1")) == [ProblemCode.WRONG_STATUS]
    assert codes(register(DISSOLVED, LegalForm.OTHER, "1")) == [ProblemCode.NETWORK_DISSOLVED]
    early = register(UNREGISTERED, LegalForm.OTHER, "1", date(2025, 1, 1))
    assert codes(early) == [ProblemCode.DATES_OUT_OF_ORDER]


@pytest.mark.requirement("R31", "I11")
def test_a_second_comprehensive_network_is_refused() -> None:
    designated = accepted(rules.designate(UNREGISTERED, on=TODAY, today=TODAY))
    changed = {"kind": NetworkKind.COMPREHENSIVE, "designated_on": TODAY}
    assert designated.changes == (Update("Network", NETWORK, changed),)
    assert designated.events[0].type is EventType.NETWORK_DESIGNATED_COMPREHENSIVE
    second = replace(UNREGISTERED, comprehensive=NamedNetwork(OTHER, "فراگیر", "All"))
    assert codes(rules.designate(second, on=TODAY, today=TODAY)) == [ProblemCode.COMPREHENSIVE_NETWORK_EXISTS]
    assert codes(rules.designate(DISSOLVED, on=TODAY, today=TODAY)) == [ProblemCode.NETWORK_DISSOLVED]


@pytest.mark.requirement("R31", "I11")
def test_a_cluster_has_one_network_of_that_kind_in_office_or_being_formed(new_id: Callable[[], UUID]) -> None:
    there = NamedNetwork(OTHER, "فراگیر", "All")
    home = rules.NetworkHome(CLUSTER, comprehensive=there)
    names = {"name_fa": "شبکه", "name_en": "Network"}
    for kind in NetworkKind:
        formed = rules.form(home, names, kind=kind, on=FORMED, today=TODAY, new_id=new_id)
        assert isinstance(formed, Refused) is (kind is NetworkKind.COMPREHENSIVE)
    changed = rules.edit(replace(UNREGISTERED, comprehensive=there), {"kind": NetworkKind.COMPREHENSIVE})
    assert codes(changed) == [ProblemCode.COMPREHENSIVE_NETWORK_EXISTS]
    accepted(rules.edit(UNREGISTERED, {"kind": NetworkKind.COMPREHENSIVE}))


@pytest.mark.requirement("R31", "I11")
def test_one_comprehensive_network_follows_another_and_each_ends_after_it_began() -> None:
    day = timedelta(days=1)
    next_one = replace(UNREGISTERED, former_dissolved_on=TODAY)
    assert codes(rules.designate(next_one, on=TODAY - day, today=TODAY)) == [ProblemCode.DATES_OUT_OF_ORDER]
    accepted(rules.designate(next_one, on=TODAY, today=TODAY))
    for network in (replace(UNREGISTERED, registered_on=TODAY), replace(UNREGISTERED, designated_on=TODAY)):
        dissolved = rules.dissolve(network, on=TODAY - day, reason="x", today=TODAY)
        assert codes(dissolved) == [ProblemCode.DATES_OUT_OF_ORDER]
        accepted(rules.dissolve(network, on=TODAY, reason="x", today=TODAY))


@pytest.mark.requirement("R30", "R32")
@pytest.mark.parametrize(
    ("duty", "event"),
    [(PlanOwner.AGENT, None), (PlanOwner.UNASSIGNED, EventType.ACTION_PLAN_OWNER_CHANGED)],
)
def test_a_plan_without_owner_passes_to_the_designated_network_and_the_agents_stays(
    duty: PlanOwner, event: EventType | None
) -> None:
    network = replace(UNREGISTERED, plan=PlanInForce(PLAN, duty))
    events = accepted(rules.designate(network, on=TODAY, today=TODAY)).events[1:]
    assert [each.type for each in events] == ([] if event is None else [event])


@pytest.mark.requirement("R30", "R32")
@pytest.mark.parametrize("duty", [PlanOwner.AGENT, PlanOwner.NETWORK])
def test_dissolving_the_owner_of_the_plan_leaves_it_without_one(duty: PlanOwner) -> None:
    network = replace(UNREGISTERED, designated_on=FORMED, plan=PlanInForce(PLAN, duty))
    dissolved = accepted(rules.dissolve(network, on=TODAY, reason="merged", today=TODAY))
    missing = [EventType.ACTION_PLAN_OWNER_MISSING] if duty is PlanOwner.NETWORK else []
    assert [event.type for event in dissolved.events] == missing


def test_dissolving_needs_a_reason_and_happens_once() -> None:
    assert codes(rules.dissolve(UNREGISTERED, on=TODAY, reason=None, today=TODAY)) == [
        ProblemCode.REASON_REQUIRED
    ]
    assert codes(rules.dissolve(DISSOLVED, on=TODAY, reason="r", today=TODAY)) == [
        ProblemCode.NETWORK_DISSOLVED
    ]


def test_the_designated_network_keeps_its_kind_and_a_dissolved_one_everything() -> None:
    designated = replace(UNREGISTERED, kind=NetworkKind.COMPREHENSIVE, designated_on=FORMED)
    assert codes(rules.edit(designated, {"kind": NetworkKind.VERTICAL})) == [ProblemCode.WRONG_STATUS]
    assert isinstance(rules.edit(designated, {"name_en": "All"}), Accepted)
    assert codes(rules.edit(DISSOLVED, {"name_en": "x"})) == [ProblemCode.NETWORK_DISSOLVED]


def test_stakeholders_of_the_cluster_join_once_and_leave_after_they_joined(
    new_id: Callable[[], UUID],
) -> None:
    network = NetworkOfMembers(NETWORK, CLUSTER, FORMED, None, ())
    weaver = Participant(WEAVER, CLUSTER)
    assert isinstance(members.join(network, weaver, since=TODAY, new_id=new_id), Accepted)
    for other, stakeholder, since, expected in (
        (replace(network, current=(WEAVER,)), weaver, TODAY, ProblemCode.ALREADY_MEMBER),
        (network, Participant(WEAVER, OTHER), TODAY, ProblemCode.OF_ANOTHER_CLUSTER),
        (network, weaver, date(2025, 1, 1), ProblemCode.DATES_OUT_OF_ORDER),
        (replace(network, dissolved_on=TODAY), weaver, TODAY, ProblemCode.NETWORK_DISSOLVED),
    ):
        assert codes(members.join(other, stakeholder, since=since, new_id=new_id)) == [expected]
    member = NetworkMemberFacts(UUID(int=9), FORMED, None)
    assert isinstance(members.leave(member, on=TODAY), Accepted)
    assert codes(members.leave(member, on=date(2025, 1, 1))) == [ProblemCode.DATES_OUT_OF_ORDER]
    assert codes(members.leave(replace(member, valid_to=TODAY), on=TODAY)) == [ProblemCode.MEMBERSHIP_ENDED]


def test_what_is_open_on_a_network_is_said_beforehand() -> None:
    assert all(each.allowed for each in rules.permitted(UNREGISTERED, today=TODAY))
    assert not any(each.allowed for each in rules.permitted(DISSOLVED, today=TODAY))
