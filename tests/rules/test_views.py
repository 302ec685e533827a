"""Views of lists: one's own, shared by administrators as far as they reach, removed by their owner."""

from __future__ import annotations

from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Refused
from schema.problems import ProblemCode
from schema.views.rules import OwnerFacts, ViewFacts, keep, remove
from schema.vocabulary import UserRole

OWNER, OTHER, VIEW, LORESTAN = (UUID(int=number) for number in range(1, 5))
LATE = {"name": "دیرکرده‌ها", "address": "/clusters?health=OVERDUE"}


def kept(role: UserRole, **values: object) -> dict[str, object]:
    """Keep a view that must be accepted and return its row."""
    decision = keep(OwnerFacts(OWNER), role, (LORESTAN,), {**LATE, **values}, view_id=VIEW)
    assert isinstance(decision, Accepted), decision
    made = decision.changes[0]
    assert isinstance(made, Create)
    return dict(made.values)


def test_a_view_knows_the_page_it_is_of() -> None:
    row = kept(UserRole.PROVINCE_VIEWER)
    assert (row["page"], row["user_id"], row.get("shared_with")) == ("/clusters", OWNER, None)


def test_the_country_shares_with_a_role_everywhere_and_a_province_within_itself() -> None:
    shared = {"shared_with": UserRole.DEVELOPMENT_AGENT}
    assert kept(UserRole.NATIONAL_ADMINISTRATOR, **shared)["province_id"] is None
    assert kept(UserRole.PROVINCE_ADMINISTRATOR, **shared)["province_id"] == LORESTAN


@pytest.mark.parametrize(
    "role", sorted(set(UserRole) - {UserRole.NATIONAL_ADMINISTRATOR, UserRole.PROVINCE_ADMINISTRATOR})
)
def test_only_administrators_share(role: UserRole) -> None:
    decision = keep(
        OwnerFacts(OWNER), role, (), {**LATE, "shared_with": UserRole.COUNCIL_MEMBER}, view_id=VIEW
    )
    assert isinstance(decision, Refused)
    assert [problem.path for problem in decision.problems] == [("sharedWith",)]


def test_every_reason_against_a_view_is_told_at_once() -> None:
    decision = keep(
        OwnerFacts(OWNER, views=100),
        UserRole.COUNCIL_MEMBER,
        (),
        {"name": " ", "address": "https://elsewhere.example"},
        view_id=VIEW,
    )
    assert isinstance(decision, Refused)
    assert [problem.code for problem in decision.problems] == [
        ProblemCode.REQUIRED,
        ProblemCode.INVALID,
        ProblemCode.TOO_MANY,
    ]


def test_a_view_is_removed_by_its_owner_alone() -> None:
    assert isinstance(remove(ViewFacts(VIEW, OWNER, OWNER)), Accepted)
    assert isinstance(remove(ViewFacts(VIEW, OWNER, OTHER)), Refused)
    assert isinstance(remove(ViewFacts(VIEW, OWNER, None)), Refused)
