"""The national policy council: one in office, chaired by a national institution, above the provinces (E8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused, Update
from schema.national_councils import rules
from schema.problems import ProblemCode
from schema.vocabulary import SeatRole

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.requirement("E8")
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
COUNCIL, ISIPO, SEAT = (UUID(int=number) for number in range(1, 4))
TITLE = {"title_fa": "مدیرعامل", "title_en": "Chief executive"}
CHAIR = rules.HeldSeat(SEAT, SeatRole.CHAIR, TODAY - 10 * DAY)
IN_OFFICE = rules.CouncilFacts(COUNCIL, ISIPO, TODAY - 30 * DAY, None, (CHAIR,))
OVER = replace(IN_OFFICE, dissolved_on=TODAY)


def told(decision: Decision) -> list[tuple[ProblemCode, tuple[str, ...]]]:
    assert isinstance(decision, Refused), decision
    return [(problem.code, problem.path) for problem in decision.problems]


def made(decision: Decision) -> dict[str, Any]:
    assert isinstance(decision, Accepted), decision
    (change,) = decision.changes
    assert isinstance(change, Create)
    return dict(change.values)


def test_there_is_one_council_under_a_national_institution(new_id: Callable[[], UUID]) -> None:
    isipo = rules.ChairingInstitution(ISIPO, None)
    formed = rules.form(isipo, on=TODAY, today=TODAY, new_id=new_id)
    assert made(formed) == {"institution_id": ISIPO, "formed_on": TODAY}
    provincial = replace(isipo, province_id=UUID(int=9), current_council_id=COUNCIL)
    assert told(rules.form(provincial, on=TODAY + DAY, today=TODAY, new_id=new_id)) == [
        (ProblemCode.IN_FUTURE, ("formedOn",)),
        (ProblemCode.NATIONAL_INSTITUTION_ONLY, ("institutionId",)),
        (ProblemCode.NATIONAL_COUNCIL_EXISTS, ()),
    ]


def test_the_chair_is_one_and_of_the_institution_that_chairs(new_id: Callable[[], UUID]) -> None:
    def appoint(council: rules.CouncilFacts, role: SeatRole, since: date = TODAY, **more: Any) -> Decision:
        return rules.appoint(council, {**TITLE, **more}, role=role, since=since, new_id=new_id)

    unchaired = replace(IN_OFFICE, seats=())
    assert made(appoint(unchaired, SeatRole.CHAIR, institution_id=ISIPO))["role"] is SeatRole.CHAIR
    assert told(appoint(unchaired, SeatRole.CHAIR)) == [
        (ProblemCode.CHAIR_OF_ANOTHER_INSTITUTION, ("institutionId",))
    ]
    assert told(appoint(IN_OFFICE, SeatRole.CHAIR, institution_id=ISIPO)) == [
        (ProblemCode.SEAT_TAKEN, ("role",))
    ]
    assert made(appoint(IN_OFFICE, SeatRole.MEMBER))["council_id"] == COUNCIL
    assert told(appoint(OVER, SeatRole.MEMBER, TODAY - 60 * DAY, title_fa="")) == [
        (ProblemCode.NATIONAL_COUNCIL_DISSOLVED, ()),
        (ProblemCode.REQUIRED, ("titleFa",)),
        (ProblemCode.DATES_OUT_OF_ORDER, ("validFrom",)),
    ]


def test_a_seat_ends_once_and_not_before_it_began() -> None:
    seat = rules.SeatFacts(SEAT, TODAY - DAY, None)
    ended = Update("NationalCouncilSeat", SEAT, {"valid_to": TODAY})
    assert rules.end_seat(seat, on=TODAY) == Accepted(("NationalCouncilSeat", SEAT), (ended,))
    assert told(rules.end_seat(seat, on=TODAY - 2 * DAY)) == [(ProblemCode.DATES_OUT_OF_ORDER, ("on",))]
    assert told(rules.end_seat(replace(seat, valid_to=TODAY), on=TODAY)) == [(ProblemCode.SEAT_ENDED, ())]


def test_a_session_is_held_while_the_council_is_in_office(new_id: Callable[[], UUID]) -> None:
    def held(council: rules.CouncilFacts, on: date) -> Decision:
        return rules.record_session(council, {}, held_on=on, today=TODAY, new_id=new_id)

    assert made(held(IN_OFFICE, TODAY)) == {"council_id": COUNCIL, "held_on": TODAY}
    assert told(held(IN_OFFICE, TODAY + DAY)) == [(ProblemCode.IN_FUTURE, ("heldOn",))]
    assert told(held(IN_OFFICE, TODAY - 31 * DAY)) == [(ProblemCode.DATES_OUT_OF_ORDER, ("heldOn",))]
    assert told(held(OVER, TODAY)) == [(ProblemCode.NATIONAL_COUNCIL_DISSOLVED, ())]


def test_dissolving_ends_every_seat_and_happens_once() -> None:
    assert rules.dissolve(IN_OFFICE, on=TODAY, today=TODAY) == Accepted(
        ("NationalCouncil", COUNCIL),
        (
            Update("NationalCouncilSeat", SEAT, {"valid_to": TODAY}),
            Update("NationalCouncil", COUNCIL, {"dissolved_on": TODAY}),
        ),
    )
    early = rules.dissolve(IN_OFFICE, on=CHAIR.valid_from - DAY, today=TODAY)
    assert told(early) == [(ProblemCode.DATES_OUT_OF_ORDER, ("on",))]
    assert told(rules.dissolve(OVER, on=TODAY, today=TODAY)) == [(ProblemCode.NATIONAL_COUNCIL_DISSOLVED, ())]
    assert all(each.allowed for each in rules.permitted(IN_OFFICE, today=TODAY))
    assert not any(each.allowed for each in rules.permitted(OVER, today=TODAY))
