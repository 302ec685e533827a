"""Provincial committees: one in office, seats of offices, sessions that help to fund approved plans (E7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from schema.committees import rules
from schema.decision import Accepted, Create, Decision, Refused, Update
from schema.problems import ProblemCode
from schema.support.rules import EVERYWHERE, Reach
from schema.vocabulary import SeatRole

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
LORESTAN, KERMAN, COMMITTEE, SEAT, PLAN = (UUID(int=number) for number in range(1, 6))
PROVINCE = rules.CommitteeHome(LORESTAN, None)
CHAIR = rules.TakenSeat(SEAT, SeatRole.CHAIR, expert=False)
IN_OFFICE = rules.CommitteeFacts(COMMITTEE, LORESTAN, TODAY - 30 * DAY, None, (CHAIR,), (PLAN,))
OVER = replace(IN_OFFICE, dissolved_on=TODAY)
ELSEWHERE = Reach(national=False, provinces=(KERMAN,))
TITLE = {"title_fa": "معاون استاندار", "title_en": "Deputy governor"}


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(1000)
    return lambda: UUID(int=next(numbers))


def told(decision: Decision) -> list[tuple[ProblemCode, tuple[str, ...]]]:
    assert isinstance(decision, Refused), decision
    return [(problem.code, problem.path) for problem in decision.problems]


def made(decision: Decision) -> list[dict[str, Any]]:
    assert isinstance(decision, Accepted), decision
    return [dict(change.values) for change in decision.changes if isinstance(change, Create)]


def test_a_province_has_one_committee_at_a_time(new_id: Callable[[], UUID]) -> None:
    formed = rules.form(PROVINCE, on=TODAY, reach=EVERYWHERE, today=TODAY, new_id=new_id)
    assert made(formed) == [{"province_id": LORESTAN, "formed_on": TODAY}]
    second = replace(PROVINCE, committee_id=COMMITTEE)
    assert told(rules.form(second, on=TODAY + DAY, reach=ELSEWHERE, today=TODAY, new_id=new_id)) == [
        (ProblemCode.OUT_OF_REACH, ("provinceId",)),
        (ProblemCode.IN_FUTURE, ("formedOn",)),
        (ProblemCode.COMMITTEE_EXISTS, ("provinceId",)),
    ]


def test_a_committee_has_one_chair_and_so_have_its_experts(new_id: Callable[[], UUID]) -> None:
    def appoint(committee: rules.CommitteeFacts, role: SeatRole, **more: Any) -> Decision:
        given: dict[str, Any] = {"expert": False, "since": TODAY, "reach": EVERYWHERE, **more}
        return rules.appoint(committee, TITLE, role=role, **given, new_id=new_id)

    assert told(appoint(IN_OFFICE, SeatRole.CHAIR)) == [(ProblemCode.SEAT_TAKEN, ("role",))]
    assert made(appoint(IN_OFFICE, SeatRole.CHAIR, expert=True))[0]["expert"] is True
    assert made(appoint(IN_OFFICE, SeatRole.SECRETARY))[0]["province_id"] == LORESTAN
    assert told(appoint(OVER, SeatRole.MEMBER, since=TODAY - 60 * DAY, reach=ELSEWHERE)) == [
        (ProblemCode.OUT_OF_REACH, ("committeeId",)),
        (ProblemCode.COMMITTEE_DISSOLVED, ()),
        (ProblemCode.DATES_OUT_OF_ORDER, ("validFrom",)),
    ]


def test_a_seat_ends_once_and_not_before_it_began() -> None:
    seat = rules.SeatFacts(SEAT, LORESTAN, TODAY - DAY, None)
    assert rules.end_seat(seat, on=TODAY, reach=EVERYWHERE) == Accepted(
        ("CommitteeSeat", SEAT), (Update("CommitteeSeat", SEAT, {"valid_to": TODAY}),)
    )
    assert told(rules.end_seat(seat, on=TODAY - 2 * DAY, reach=EVERYWHERE)) == [
        (ProblemCode.DATES_OUT_OF_ORDER, ("on",))
    ]
    assert told(rules.end_seat(replace(seat, valid_to=TODAY), on=TODAY, reach=EVERYWHERE)) == [
        (ProblemCode.SEAT_ENDED, ())
    ]
    assert told(rules.end_seat(seat, on=TODAY, reach=ELSEWHERE)) == [(ProblemCode.OUT_OF_REACH, ("id",))]


def test_a_session_helps_to_fund_approved_plans_of_its_province_only(new_id: Callable[[], UUID]) -> None:
    def record(
        committee: rules.CommitteeFacts, on: date, *plans: UUID, reach: Reach = EVERYWHERE
    ) -> Decision:
        return rules.record_session(
            committee, {"expert": True}, held_on=on, plans=plans, reach=reach, today=TODAY, new_id=new_id
        )

    session, tie = made(record(IN_OFFICE, TODAY, PLAN, PLAN))
    assert (session["held_on"], session["expert"], tie["plan_id"]) == (TODAY, True, PLAN)
    assert told(record(IN_OFFICE, TODAY + DAY, PLAN, KERMAN)) == [
        (ProblemCode.IN_FUTURE, ("heldOn",)),
        (ProblemCode.PLAN_NOT_OF_THE_PROVINCE, ("planIds", "1")),
    ]
    assert told(record(IN_OFFICE, TODAY - 60 * DAY, reach=ELSEWHERE)) == [
        (ProblemCode.OUT_OF_REACH, ("committeeId",)),
        (ProblemCode.DATES_OUT_OF_ORDER, ("heldOn",)),
    ]
    assert told(record(OVER, TODAY)) == [(ProblemCode.COMMITTEE_DISSOLVED, ())]


def test_dissolving_ends_every_seat_and_happens_once() -> None:
    decision = rules.dissolve(IN_OFFICE, on=TODAY, reach=EVERYWHERE, today=TODAY)
    assert decision == Accepted(
        ("ProvincialCommittee", COMMITTEE),
        (
            Update("CommitteeSeat", SEAT, {"valid_to": TODAY}),
            Update("ProvincialCommittee", COMMITTEE, {"dissolved_on": TODAY}),
        ),
    )
    late = replace(IN_OFFICE, seats=(replace(CHAIR, valid_from=TODAY),))
    assert told(rules.dissolve(late, on=TODAY - DAY, reach=EVERYWHERE, today=TODAY)) == [
        (ProblemCode.DATES_OUT_OF_ORDER, ("on",))
    ]
    assert told(rules.dissolve(OVER, on=TODAY, reach=EVERYWHERE, today=TODAY)) == [
        (ProblemCode.COMMITTEE_DISSOLVED, ())
    ]
    assert {each.action for each in rules.permitted(IN_OFFICE, today=TODAY) if each.allowed} == {
        "appointCommitteeSeat", "recordCommitteeSession", "dissolveProvincialCommittee",
    }  # fmt: skip
    assert not any(each.allowed for each in rules.permitted(OVER, today=TODAY))
