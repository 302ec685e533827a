"""Days that nobody can mean are refused at their field, in every command; filters take any day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest
from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull, get_named_type
from hypothesis import given
from hypothesis import strategies as st

from schema.calendar import add_months
from schema.problems import ProblemCode, message
from services.graphql.mutations.registry import MUTATIONS
from services.graphql.mutations.usable import EARLIEST, LATEST, usable
from tests.access.least_input import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schema.decision import Problem
    from tests.home import Home
    from tests.world import Api

pytestmark = pytest.mark.requirement("I19")
DAYS: Final = {"Date": "{}", "DateTime": "{}T12:00:00Z"}
LEAST_DAY_FIELDS: Final = 70


def said_of(value: object) -> list[Problem]:
    problems: list[Problem] = []
    usable({"on": value}, (), problems)
    return problems


@given(st.dates())
def test_every_day_of_the_calendar_is_taken_or_refused_with_a_sentence(day: date) -> None:
    """What is taken can be counted from and written in both calendars; what is refused says what to do."""
    problems = said_of(day)
    assert bool(problems) == (not EARLIEST <= day <= LATEST)
    if not problems:
        assert add_months(day, 600) > day
    for problem in problems:
        assert problem.path == ("on",)
        assert "؛" in message(problem, "fa") or problem.code is ProblemCode.INVALID
        assert message(problem, "en")


def test_a_jalali_day_is_answered_with_the_day_that_was_meant() -> None:
    (problem,) = said_of(date(1404, 2, 1))
    assert problem.code is ProblemCode.JALALI_DATE
    assert message(problem, "en") == (
        "1404-02-01 is a Jalali date, and dates are Gregorian here: write 2025-04-21."
    )
    assert message(problem, "fa").endswith("بنویسید 2025-04-21.")
    (no_day,) = said_of(date(1404, 12, 30))
    assert "has no day 30" in message(no_day, "en")
    (later,) = said_of(date(2500, 1, 1))
    assert (
        message(later, "en") == "2500-01-01 does not lie between 1822-01-01 and 2150-12-31: check the year."
    )
    assert said_of(datetime(1404, 2, 1, tzinfo=UTC))[0].code is ProblemCode.JALALI_DATE


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_called_none(number: str) -> None:
    (problem,) = said_of(Decimal(number))
    assert (problem.code, problem.path) == (ProblemCode.NO_NUMBER, ("on",))


def days(kind: GraphQLInputObjectType, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the path of every day and moment of an input and how it is written; lists by their first place."""
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        bare = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        step = (name, "0") if isinstance(bare, GraphQLList) else (name,)
        if isinstance(inner, GraphQLInputObjectType):
            yield from days(inner, (*path, *step))
        elif inner.name in DAYS:
            yield (*path, *step), DAYS[inner.name]


def holding(kind: GraphQLInputObjectType, path: tuple[str, ...], value: str) -> dict[str, Any]:
    """Make the least input that has a value at a path."""
    name, *rest = path
    made: dict[str, Any] = fill(kind, {})
    listed = bool(rest) and rest[0] == "0"
    deeper = tuple(rest[1:] if listed else rest)
    inner = get_named_type(kind.fields[name].type)
    held: Any = value
    if deeper:
        assert isinstance(inner, GraphQLInputObjectType)
        held = holding(inner, deeper, value)
    made[name] = [held] if listed else held
    return made


async def test_no_command_takes_a_day_out_of_range_in_any_field(api: Api) -> None:
    before, fields = await api.footprint(), 0
    refused = {
        "0001-01-01",
        "1404-02-01",
        str(EARLIEST - timedelta(1)),
        str(LATEST + timedelta(1)),
        "9999-12-31",
    }
    for name in MUTATIONS:
        kind = api.engine.schema.mutation_type.fields[name].args["input"].type.of_type  # type: ignore[union-attr]  # there are some
        for path, written in days(kind):
            fields += 1
            for day in sorted(refused):
                document = (
                    f"mutation ($input: {kind.name}!) {{ {name}(input: $input) {{ problems {{ path }} }} }}"
                )
                answer = await api.ask(document, {"input": holding(kind, path, written.format(day))})
                assert "errors" not in answer, (name, path, day, answer)
                assert answer["data"][name]["problems"] == [{"path": list(path)}], (name, path, day)
    assert fields >= LEAST_DAY_FIELDS
    assert await api.footprint() == before


async def test_the_first_and_the_last_day_that_are_taken_are_kept_and_read(home: Home) -> None:
    await home.api.accepted("editCluster", {"id": home.cluster, "establishedOn": str(EARLIEST)})
    project = await home.planned(plannedStart=str(EARLIEST), plannedEnd=str(LATEST))
    shown = await home.phases(project)
    assert shown
    found = await home.api.data(
        "query ($id: ID!) { project(id: $id) { plannedStart plannedEnd } }", {"id": project}
    )
    assert found["project"] == {"plannedStart": str(EARLIEST), "plannedEnd": str(LATEST)}


async def test_a_filter_takes_any_day_and_any_moment(api: Api) -> None:
    schema = api.engine.schema
    asked = 0
    for root, field in schema.query_type.fields.items():  # type: ignore[union-attr]  # there is one
        if "filter" not in field.args:
            continue
        kind = get_named_type(field.args["filter"].type)
        assert isinstance(kind, GraphQLInputObjectType)
        for name, part in kind.fields.items():
            compared = get_named_type(part.type)
            written = DAYS.get(compared.name.removesuffix("Filter"))
            if written is None:
                continue
            asked += 1
            for day in ("0001-01-01", "1404-02-01", "9999-12-31"):
                document = f"query ($filter: {kind.name}) {{ {root}(filter: $filter) {{ totalCount }} }}"
                variables = {"filter": {name: {"gte": written.format(day), "lte": written.format(day)}}}
                answer = await api.ask(document, variables)
                assert answer["data"][root]["totalCount"] >= 0, (root, name, day)
    assert asked
