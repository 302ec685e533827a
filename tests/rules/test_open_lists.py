"""The open lists of the source: administrators add types, correct their names and retire them (R18, R44)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused, Update
from schema.open_lists.rules import SUB_PROJECT_TYPES, TRUST_ACTIVITY_TYPES, AddedType, OpenList, unlisted
from schema.problems import ProblemCode

TODAY = date(2026, 11, 23)
OFFERED = AddedType(UUID(int=61), None)
RETIRED = AddedType(UUID(int=62), TODAY)
LISTS = pytest.mark.parametrize(
    "open_list",
    [
        pytest.param(SUB_PROJECT_TYPES, marks=pytest.mark.requirement("R44")),
        pytest.param(TRUST_ACTIVITY_TYPES, marks=pytest.mark.requirement("R18")),
    ],
    ids=lambda found: found.word,
)


def codes(decision: Decision) -> list[ProblemCode]:
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


@LISTS
def test_administrators_extend_an_open_list(open_list: OpenList) -> None:
    names = {"name_fa": "شب فرهنگی", "name_en": "Evening of culture"}
    added = open_list.add(names, new_id=lambda: OFFERED.id)
    assert isinstance(added, Accepted)
    (created,) = added.changes
    assert created == Create(open_list.entity, OFFERED.id, names)
    assert (
        codes(open_list.add({"name_fa": "", "name_en": ""}, new_id=lambda: OFFERED.id))
        == [ProblemCode.REQUIRED] * 2
    )


@LISTS
def test_the_names_of_an_added_type_are_corrected_and_never_emptied(open_list: OpenList) -> None:
    edited = open_list.edit(RETIRED, {"name_en": "Evening of songs"})
    assert isinstance(edited, Accepted)
    assert edited.changes == (Update(open_list.entity, RETIRED.id, {"name_en": "Evening of songs"}),)
    assert codes(open_list.edit(OFFERED, {"name_fa": None})) == [ProblemCode.REQUIRED]


@LISTS
def test_an_added_type_is_retired_once_and_that_is_said_beforehand(open_list: OpenList) -> None:
    retired = open_list.retire(OFFERED, on=TODAY)
    assert isinstance(retired, Accepted)
    assert retired.changes == (Update(open_list.entity, OFFERED.id, {"retired_on": TODAY}),)
    assert codes(open_list.retire(RETIRED, on=TODAY)) == [ProblemCode.TYPE_RETIRED]

    def allowed(added: AddedType) -> set[str]:
        return {each.action for each in open_list.permitted(added, today=TODAY) if each.allowed}

    assert allowed(OFFERED) == {f"edit{open_list.word}", f"retire{open_list.word}"}
    assert allowed(RETIRED) == {f"edit{open_list.word}"}


@pytest.mark.requirement("R18", "R44")
def test_an_added_type_goes_with_other_only_and_a_retired_one_is_only_kept() -> None:
    def problems(
        added: AddedType | None, *, other: bool = True, kept: UUID | None = None
    ) -> list[ProblemCode]:
        return [each.code for each in unlisted(added, listed_as_other=other, kept_id=kept)]

    assert problems(None, other=False) == []
    assert problems(OFFERED) == []
    assert problems(OFFERED, other=False) == [ProblemCode.NOT_OF_THE_OPEN_LIST]
    assert problems(RETIRED) == [ProblemCode.TYPE_RETIRED]
    assert problems(RETIRED, kept=OFFERED.id) == [ProblemCode.TYPE_RETIRED]
    assert problems(RETIRED, kept=RETIRED.id) == []
