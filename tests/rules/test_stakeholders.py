"""Stakeholders and members as pure decisions: names of their own, size classes, contact data, membership."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.decision import Accepted, Create, Decision, Refused, Remove, Update
from schema.problems import ProblemCode
from schema.stakeholders import rules
from schema.stakeholders.entries import Namesake, StakeholderHome, checked, size_of
from schema.stakeholders.rules import CurrentMembership, MembershipFacts, StakeholderFacts
from schema.text import squash
from schema.vocabulary import SizeClass, StakeholderKind, StakeholderRole

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 23)
CLUSTER, DELFAN, KERMAN, ITSELF, OTHER = (UUID(int=number) for number in range(1, 6))


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(1000)
    return lambda: UUID(int=next(numbers))


HOME = StakeholderHome(
    CLUSTER, (DELFAN,), (Namesake(OTHER, squash("کارگاه ۱"), StakeholderRole.WEAVER, None),)
)
ENTRY: dict[str, object] = {
    "kind": StakeholderKind.WORKSHOP,
    "role": StakeholderRole.WEAVER,
    "name_fa": "کارگاه نو",
    "name_en": "New workshop",
}
STAKEHOLDER = StakeholderFacts(
    id=ITSELF,
    cluster_id=CLUSTER,
    kind=StakeholderKind.WORKSHOP,
    role=StakeholderRole.WEAVER,
    name_fa="کارگاه نو",
    name_en="New workshop",
    county_id=None,
    place_id=None,
    place_county_id=None,
    institution_id=None,
    workers_count=5,
    size_class=SizeClass.MICRO,
    membership=None,
    last_ended=None,
    ties=0,
    home=HOME,
)
MEMBER = replace(STAKEHOLDER, membership=CurrentMembership(UUID(int=9), date(2026, 1, 1)))


def codes(decision: Decision) -> list[ProblemCode]:
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


@pytest.mark.parametrize(
    ("workers", "size"),
    [
        (0, SizeClass.MICRO),
        (9, SizeClass.MICRO),
        (10, SizeClass.SMALL),
        (49, SizeClass.SMALL),
        (50, SizeClass.MEDIUM),
        (150, SizeClass.MEDIUM),
        (151, SizeClass.LARGE),
    ],
)
def test_size_classes_begin_at_ten_fifty_and_a_hundred_and_fifty_one(workers: int, size: SizeClass) -> None:
    assert size_of(workers) is size


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name_fa": "كارگاه 1"}, ProblemCode.NOT_UNIQUE),
        ({"name_fa": "کارگاه‌ ۱"}, ProblemCode.NOT_UNIQUE),
        ({"name_en": ""}, ProblemCode.REQUIRED),
        ({"county_id": KERMAN}, ProblemCode.COUNTY_OF_ANOTHER_PROVINCE),
        ({"workers_count": -1}, ProblemCode.OUT_OF_RANGE),
        ({"workers_count": 1_000_001}, ProblemCode.OUT_OF_RANGE),
        ({"phone": "12"}, ProblemCode.UNUSABLE_PHONE),
        ({"email": "a b@c.ir"}, ProblemCode.UNUSABLE_EMAIL),
        ({"role": StakeholderRole.SUPPORT_INSTITUTION}, ProblemCode.REQUIRED),
    ],
)
def test_an_unusable_entry_is_refused_alone_and_in_a_list(
    changed: dict[str, object], expected: ProblemCode, new_id: Callable[[], UUID]
) -> None:
    entry = {**ENTRY, **changed}
    assert codes(rules.enter(HOME, entry, new_id=new_id)) == [expected]
    first = {**ENTRY, "name_fa": "کارگاه نخست"}
    in_a_list = rules.enter_many(HOME, [first, entry], new_id=new_id)
    assert isinstance(in_a_list, Refused)
    assert [(problem.code, problem.path[:2]) for problem in in_a_list.problems] == [
        (expected, ("stakeholders", "1"))
    ]


def test_the_same_name_is_free_in_another_role_or_county(new_id: Callable[[], UUID]) -> None:
    for changed in ({"role": StakeholderRole.DYER}, {"county_id": DELFAN}):
        entry = {**ENTRY, "name_fa": "کارگاه ۱", **changed}
        assert isinstance(rules.enter(HOME, entry, new_id=new_id), Accepted)


@given(st.sampled_from("0123456789۰۱۲۳٤٥٦۷۸۹"), st.integers(5, 15))
def test_telephone_numbers_are_kept_in_latin_digits(digit: str, length: int) -> None:
    columns, problems = checked({**ENTRY, "phone": f"+({digit})-{digit * (length - 1)}"}, HOME)
    assert problems == ()
    assert columns["phone"] == "+" + squash(digit) * length


def test_a_list_is_entered_whole_or_not_at_all(new_id: Callable[[], UUID]) -> None:
    entries = [{**ENTRY, "name_fa": f"کارگاه {number + 10}"} for number in range(100)]
    entered = rules.enter_many(HOME, entries, new_id=new_id)
    assert isinstance(entered, Accepted)
    assert entered.result == ("Cluster", CLUSTER)
    assert len(entered.changes) == 100
    assert codes(rules.enter_many(HOME, [*entries, ENTRY], new_id=new_id)) == [ProblemCode.TOO_MANY]
    assert codes(rules.enter_many(HOME, [], new_id=new_id)) == [ProblemCode.REQUIRED]
    twice = rules.enter_many(HOME, [ENTRY, {**ENTRY, "name_fa": "كارگاه نو"}], new_id=new_id)
    assert isinstance(twice, Refused)
    assert [(problem.code, problem.values) for problem in twice.problems] == [
        (ProblemCode.NAMED_TWICE, {"row": 1})
    ]


def test_an_edit_derives_the_size_class_and_may_keep_its_own_name() -> None:
    edited = rules.edit(STAKEHOLDER, {"name_fa": "كارگاه نو", "workers_count": 60})
    assert isinstance(edited, Accepted)
    change = edited.changes[0]
    assert isinstance(change, Update)
    assert change.values == {"name_fa": "كارگاه نو", "workers_count": 60, "size_class": SizeClass.MEDIUM}
    assert codes(rules.edit(STAKEHOLDER, {"name_fa": "کارگاه 1"})) == [ProblemCode.NOT_UNIQUE]


@pytest.mark.requirement("R54")
def test_members_are_stakeholders_and_institutions_are_never_members(new_id: Callable[[], UUID]) -> None:
    admitted = rules.admit(STAKEHOLDER, since=TODAY, today=TODAY, new_id=new_id)
    assert isinstance(admitted, Accepted)
    assert isinstance(admitted.changes[0], Create)
    later = rules.admit(STAKEHOLDER, since=date(2030, 1, 1), today=TODAY, new_id=new_id)
    assert codes(later) == [ProblemCode.IN_FUTURE]
    assert codes(rules.admit(MEMBER, since=TODAY, today=TODAY, new_id=new_id)) == [ProblemCode.ALREADY_MEMBER]
    institution = replace(STAKEHOLDER, role=StakeholderRole.SUPPORT_INSTITUTION, institution_id=OTHER)
    assert codes(rules.admit(institution, since=TODAY, today=TODAY, new_id=new_id)) == [
        ProblemCode.INSTITUTION_IS_NOT_A_MEMBER
    ]
    turned = {"role": StakeholderRole.SUPPORT_INSTITUTION, "institution_id": OTHER}
    assert codes(rules.edit(MEMBER, turned)) == [ProblemCode.INSTITUTION_IS_NOT_A_MEMBER]
    former = replace(STAKEHOLDER, last_ended=TODAY)
    assert codes(rules.admit(former, since=TODAY, today=TODAY, new_id=new_id)) == [
        ProblemCode.DATES_OUT_OF_ORDER
    ]


def test_a_membership_ends_once_and_after_it_began() -> None:
    lasting = MembershipFacts(UUID(int=9), date(2026, 1, 1), None)
    assert isinstance(rules.end_membership(lasting, on=TODAY), Accepted)
    assert codes(rules.end_membership(lasting, on=date(2025, 1, 1))) == [ProblemCode.DATES_OUT_OF_ORDER]
    over = replace(lasting, valid_to=TODAY)
    assert codes(rules.end_membership(over, on=TODAY)) == [ProblemCode.MEMBERSHIP_ENDED]


def test_who_has_ties_is_not_removed_and_who_was_removed_comes_back_under_a_free_name() -> None:
    removed = rules.remove(STAKEHOLDER)
    assert isinstance(removed, Accepted)
    assert removed.changes == (Remove("Stakeholder", ITSELF),)
    for tied in (MEMBER, replace(STAKEHOLDER, ties=1)):
        assert codes(rules.remove(tied)) == [ProblemCode.STILL_IN_USE]
    assert isinstance(rules.restore(STAKEHOLDER), Accepted)
    assert codes(rules.restore(replace(STAKEHOLDER, name_fa="کارگاه ۱"))) == [ProblemCode.NOT_UNIQUE]


def test_what_is_open_on_a_stakeholder_is_said_beforehand() -> None:
    def allowed(stakeholder: StakeholderFacts) -> set[str]:
        return {each.action for each in rules.permitted(stakeholder, today=TODAY) if each.allowed}

    assert allowed(STAKEHOLDER) == {"editStakeholder", "removeStakeholder", "admitMember"}
    assert allowed(MEMBER) == {"editStakeholder"}


def test_the_county_of_a_stakeholder_is_that_of_its_city_or_village(new_id: Callable[[], UUID]) -> None:
    place = UUID(int=7)
    entered = rules.enter(HOME, {**ENTRY, "place_id": place, "place_county_id": DELFAN}, new_id=new_id)
    assert isinstance(entered, Accepted)
    (row,) = entered.changes
    assert isinstance(row, Create)
    assert (row.values["place_id"], row.values["county_id"]) == (place, DELFAN)
    assert "place_county_id" not in row.values
    far = {**ENTRY, "place_id": place, "place_county_id": KERMAN}
    assert codes(rules.enter(HOME, far, new_id=new_id)) == [ProblemCode.COUNTY_OF_ANOTHER_PROVINCE]
    assert codes(rules.enter(HOME, {**far, "county_id": DELFAN}, new_id=new_id)) == [
        ProblemCode.PLACE_OF_ANOTHER_COUNTY
    ]
    moved = rules.edit(STAKEHOLDER, {"place_id": place, "place_county_id": DELFAN})
    assert isinstance(moved, Accepted)
    assert moved.changes == (Update("Stakeholder", STAKEHOLDER.id, {"place_id": place, "county_id": DELFAN}),)


@pytest.mark.requirement("E12")
def test_a_size_that_contradicts_the_number_of_workers_is_refused_and_not_changed_silently(
    new_id: Callable[[], UUID],
) -> None:
    named = {
        "kind": StakeholderKind.WORKSHOP,
        "role": StakeholderRole.WEAVER,
        "name_fa": "کارگاه",
        "name_en": "W",
    }
    wrong = {**named, "workers_count": 900, "size_class": SizeClass.MICRO}
    assert codes(rules.enter(HOME, wrong, new_id=new_id)) == [ProblemCode.SIZE_DIFFERS]
    assert isinstance(rules.enter(HOME, {**wrong, "size_class": SizeClass.LARGE}, new_id=new_id), Accepted)
    small = replace(STAKEHOLDER, workers_count=5, size_class=SizeClass.MICRO)
    assert codes(rules.edit(small, {"size_class": SizeClass.LARGE})) == [ProblemCode.SIZE_DIFFERS]
    grown = rules.edit(small, {"workers_count": 900, "size_class": SizeClass.MICRO})
    assert isinstance(grown, Accepted)
    assert grown.changes[0].values["size_class"] is SizeClass.LARGE  # type: ignore[union-attr]  # an Update
