"""Thousands of broken, hostile and lucky documents: each is answered, none by our fault, nothing leaks."""

from __future__ import annotations

import random
import re
import time
from typing import TYPE_CHECKING, Final

import orjson
import pytest

from schema.vocabulary import UserRole
from services.graphql.exchange import GraphQLRequest

if TYPE_CHECKING:
    from tests.world import Api

pytestmark = pytest.mark.usefixtures("world")

DOCUMENTS: Final = (
    "query Q($id: ID!, $n: Int) { cluster(id: $id) { nameFa phases(first: $n) { nodes { code health } totalCount } } }",
    """{ clusters(filter: { nameFa: { contains: "گلیم" }, phases: { status: { eq: COMPLETED } } },
      orderBy: [{ slug: ASC }]) { edges { cursor node { id province { nameFa } } } } }""",
    "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Cluster { slug } } }",
    "{ changes(first: 3) { nodes { type at payload subject } pageInfo { endCursor } } }",
    """{ stakeholders(last: 5) { nodes { nameEn phone cluster { slug } } totalCount }
      programmeStatistics { __typename } }""",
    """mutation { editCluster(input: { id: "Cluster_1", nameEn: "x", expectedRevision: 1 })
      { problems { code path message } } }""",
    "fragment F on Cluster { id slug } { clusters { nodes { ...F @include(if: true) } } }",
    "{ __schema { types { name fields { name type { name } } } } __typename }",
)
WORDS: Final = (
    "{", "}", "(", ")", "[", "]", ":", "!", "$", "...", "@skip(if: true)", "null", "true", "-1", "99999999999999999999",
    "1e400", '"\\u0000"', '"\\ud800"', '"""', "#", "\u202e", "\x00", "گلیم", "۱۲۳", "first: 0", "first: 101",
    "first: -1",
    'after: "eyJhIjoxfQ=="', 'after: "W10="', 'id: ""', 'id: "Cluster_zz"', "filter: {}", "filter: { not: {} }",
    "filter: { and: [] }", "filter: { or: [] }", "orderBy: []", "orderBy: [{}]", "on Node", "query", "mutation",
    "subscription", "fragment X on X { ...X }", "__typename", "' or 1=1 --", "{t}", "%s", "$1", "$$", "__proto__",
)  # fmt: skip
VALUES: Final[tuple[object, ...]] = (
    None, True, -1, 0, 2**31, 2**63, 1e308, float("1e-400"), "", "\x00", "\ud800", "x" * 5000, "Cluster_", [], {}, [[]],
    {"a": {"b": []}}, "' or 1=1 --", "{t}.id", "Cluster_01900000-0000-7000-8000-000200000001", ["Cluster_x"], "۱",
)  # fmt: skip
LEAKS: Final = re.compile(
    rb"(?i)traceback|asyncpg|\bpg_|select .* from|syntax error at or near|/site-packages/|\.py\b|postgres|relation \""
)
CODES_OF_OURS: Final = {"INTERNAL", "UNAVAILABLE"}


def mutated(dice: random.Random) -> str:
    """Break a document in a few places."""
    text = dice.choice(DOCUMENTS)
    for _ in range(dice.randint(0, 4)):
        at = dice.randrange(len(text) + 1)
        match dice.randrange(5):
            case 0:
                text = text[:at] + dice.choice(WORDS) + text[at:]
            case 1:
                text = text[:at] + text[at + dice.randint(1, 12) :]
            case 2:
                other = dice.choice(DOCUMENTS)
                text = text[:at] + other[dice.randrange(len(other)) :]
            case 3:
                names = re.findall(r"[A-Za-z]+", text)
                if names:
                    text = text.replace(dice.choice(names), dice.choice(names + list(WORDS)), 1)
            case _:
                text = text[:at] + text[at : at + 20] * dice.randint(2, 5) + text[at:]
    return text


@pytest.mark.parametrize("seed", range(5))
async def test_a_thousand_mutated_documents_are_answered_without_a_fault_of_ours(api: Api, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same documents every time
    partner = api.as_(UserRole.PARTNER_AGENCY)
    slowest = (0.0, "")
    for _ in range(1000):
        query = mutated(dice)
        variables = {name: dice.choice(VALUES) for name in ("id", "ids", "n", "after") if dice.random() < 0.7}
        began = time.process_time()
        response = await partner.engine.execute(
            GraphQLRequest(query, dice.choice((None, "Q", "x")), variables), partner.viewer
        )
        slowest = max(slowest, (time.process_time() - began, query))
        answer = orjson.loads(response.body)
        codes = {error["extensions"]["code"] for error in answer.get("errors", [])}
        assert not codes & CODES_OF_OURS, (query, variables, answer)
        assert response.status < 500, (query, answer)
        if "data" not in answer:
            assert not LEAKS.search(response.body), (query, answer)
    assert slowest[0] < 2.0, slowest


BOMBS: Final = {
    "depth": "{ clusters " * 2 + "{ nodes { cluster " * 200,
    "nested lists": "{ a(b: " + "[" * 5000 + "]" * 5000 + ") }",
    "aliases": "{ " + " ".join(f"a{n}: __typename" for n in range(1000)) + " }",
    "one field ten thousand times": "{ clusters { nodes { " + "slug " * 10_000 + "} } }",
    "circular fragments": """fragment A on Cluster { ...B } fragment B on Cluster { ...A }
      { clusters { nodes { ...A } } }""",
    "fragments that double": " ".join(
        f"fragment F{n} on Cluster {{ ...F{n + 1} province {{ id }} ...F{n + 1} }}" for n in range(40)
    )
    + " fragment F40 on Cluster { id } { clusters { nodes { ...F0 } } }",
    "directives": "{ clusters " + "@include(if: true) " * 2000 + "{ nodes { id } } }",
    "introspection in depth": "{ __schema { types " + "{ fields { type { fields { name } } } } " * 1 + "} }",
    "pages of pages": "{ clusters(first: 100) { nodes { subProjects(first: 100) { nodes { networks(first: 100)"
    " { nodes { subProjects(first: 100) { nodes { id } } } } } } } } }",
    "a filter of a thousand": "{ clusters(filter: { or: ["
    + '{ slug: { eq: "x" } },' * 1000
    + "] }) { totalCount } }",
    "an order of a hundred": "{ clusters(orderBy: [" + "{ slug: ASC }," * 100 + "]) { totalCount } }",
    "a number too long": "{ clusters(first: " + "9" * 4000 + ") { totalCount } }",
    "a name too long": "{ " + "x" * 50_000 + " }",
    "a thousand ids": "{ nodes(ids: ["
    + '"Cluster_01900000-0000-7000-8000-000200000001",' * 1000
    + "]) { id } }",
}


# Looks like a bomb, and is answered for what it asks.
DEFUSED: Final = {"introspection in depth", "fragments that double"}


@pytest.mark.parametrize("bomb", BOMBS, ids=str)
async def test_a_bomb_is_refused_quickly(api: Api, bomb: str) -> None:
    began = time.process_time()
    response = await api.engine.execute(GraphQLRequest(BOMBS[bomb]), api.viewer)
    assert time.process_time() - began < 2.0
    answer = orjson.loads(response.body)
    if bomb in DEFUSED:
        assert response.status == 200, answer
        return
    assert response.status == 400, answer
    assert "data" not in answer
    assert not LEAKS.search(response.body)
