"""An account spends a budget of cost, a token only does what it was issued for, a key works once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from schema.identity import new_id
from schema.viewers import Viewer
from schema.vocabulary import TokenScope, UserRole
from services.graphql.exchange import GraphQLRequest
from services.graphql.limits import RateLimited, Spending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.graphql.exchange import GraphQLResponse
    from tests.world import Api

CLUSTER = "Cluster_01900000-0000-7000-8000-000200000001"
ONE = Viewer(UserRole.PARTNER_AGENCY, "one", token_id=new_id())
OTHER = Viewer(UserRole.PARTNER_AGENCY, "other", token_id=new_id())


class Seconds:
    """A clock of seconds, set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_budget_is_spent_and_fills_up_by_a_sixtieth_a_second() -> None:
    clock = Seconds()
    spending = Spending(600, clock=clock)
    assert spending.charge(ONE, 400)["ratelimit-remaining"] == "200"
    with pytest.raises(RateLimited) as caught:
        spending.charge(ONE, 250)
    assert caught.value.status == 429
    assert caught.value.headers["retry-after"] == "5"
    assert spending.charge(OTHER, 250)["ratelimit-remaining"] == "350"
    clock.now = 5.0
    assert spending.charge(ONE, 250)["ratelimit-remaining"] == "0"
    clock.now = 1000.0
    assert spending.charge(ONE, 1)["ratelimit-remaining"] == "599"


def test_what_costs_more_than_a_whole_budget_takes_all_of_it_and_passes() -> None:
    spending = Spending(600, clock=Seconds())
    assert spending.charge(ONE, 10_000)["ratelimit-remaining"] == "0"


def test_without_a_limit_nothing_is_counted() -> None:
    assert Spending(0).charge(ONE, 10**9) == {}


async def answered(api: Api, query: str, **more: Any) -> GraphQLResponse:
    return await api.engine.execute(GraphQLRequest(query), api.viewer, **more)


@pytest.fixture
def thrifty(api: Api) -> Iterator[Api]:
    """Give the engine a budget of fifty a minute."""
    usual, api.engine.spending = api.engine.spending, Spending(50, clock=Seconds())
    yield api
    api.engine.spending = usual


async def test_a_spent_budget_is_answered_429_with_when_to_come_back_and_executes_nothing(
    thrifty: Api,
) -> None:
    first = await answered(thrifty, "{ clusters { nodes { id } } }")
    assert first.status == 200
    assert int(first.headers["ratelimit-remaining"]) == 50 - int(first.headers["x-cost"])
    assert orjson.loads(first.body)["extensions"]["cost"]["requested"] == int(first.headers["x-cost"])
    for _ in range(4):
        await answered(thrifty, "{ clusters { nodes { id } } }")
    last = await answered(thrifty, "{ clusters { nodes { id } } }")
    assert last.status == 429
    assert int(last.headers["retry-after"]) > 0
    assert orjson.loads(last.body)["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert (await answered(thrifty, "{ clusters { nodes { id } } }", trusted=True)).status == 200


@pytest.mark.usefixtures("world")
async def test_a_token_does_only_what_it_was_issued_for(api: Api) -> None:
    edit = (
        f'mutation {{ editCluster(input: {{ id: "{CLUSTER}", nameEn: "New" }}) {{ problems {{ code }} }} }}'
    )
    for scopes, read, write in (
        ({TokenScope.READ}, 200, 403),
        ({TokenScope.WRITE}, 403, 200),
        ({TokenScope.WEBHOOKS}, 403, 403),
    ):
        token = replace(api, viewer=replace(api.viewer, scopes=frozenset(scopes)))
        before = await api.footprint()
        assert (await answered(token, "{ clusters { totalCount } }")).status == read
        assert (await answered(token, edit)).status == write
        assert (await api.footprint() == before) == (write == 403)


async def edit(api: Api, name: str, key: str | None, shown: str = "nameEn revision") -> dict[str, Any]:
    return await api.run("editCluster", {"id": CLUSTER, "nameEn": name, "idempotencyKey": key}, shown)


@pytest.mark.usefixtures("world")
class TestKeys:
    async def test_the_same_key_gives_the_same_answer_and_changes_once(self, api: Api) -> None:
        first = await edit(api, "Once", "k1")
        before = await api.footprint()
        assert await edit(api, "Once", "k1") == first
        assert await api.footprint() == before
        assert (await edit(api, "Twice", "k2"))["cluster"]["revision"] == first["cluster"]["revision"] + 1
        assert await edit(api, "Once", "k1") == first

    async def test_a_key_is_not_used_for_another_command(self, api: Api) -> None:
        await edit(api, "Once", "k1")
        before = await api.footprint()
        for answer in (await edit(api, "Other", "k1"), await edit(api, "Once", "k1", "id")):
            assert [p["code"] for p in answer["problems"]] == ["KEY_REUSED"]
        assert await api.footprint() == before

    async def test_keys_of_two_accounts_do_not_meet(self, api: Api) -> None:
        await edit(api, "Once", "k1")
        other = api.as_(UserRole.NATIONAL_ADMINISTRATOR, token_id=new_id())
        assert (await edit(other, "Other", "k1"))["problems"] == []

    async def test_a_refused_command_may_be_mended_under_its_key(self, api: Api) -> None:
        refused = await api.run("editCluster", {"id": CLUSTER, "nameEn": "x" * 400, "idempotencyKey": "k1"})
        assert refused["problems"]
        assert (await edit(api, "Mended", "k1"))["problems"] == []

    async def test_ten_at_once_under_one_key_are_one(self, api: Api) -> None:
        before = await api.footprint()
        answers = await asyncio.gather(*(edit(api, "Once", "k1") for _ in range(10)))
        assert all(answer == answers[0] for answer in answers)
        assert (await api.footprint())[1] == before[1] + 1

    async def test_a_key_has_at_most_eighty_characters(self, api: Api) -> None:
        problems = await api.refused(
            "editCluster", {"id": CLUSTER, "nameEn": "x", "idempotencyKey": "k" * 81}
        )
        assert problems == [("TOO_LONG", ["idempotencyKey"])]
