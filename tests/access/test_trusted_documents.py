"""Partners register documents and send their SHA-256; an agency that says so sends nothing else."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from schema.access import ACTIONS
from schema.agencies import documents as rules
from schema.identity import global_id, new_id
from schema.vocabulary import TokenScope, UserRole
from services.graphql.exchange import GraphQLRequest
from services.graphql.protocol import request_of_parameters, request_of_query_string
from services.graphql.subscriptions import LiveEngine
from services.graphql.trusted import TrustedDocuments

if TYPE_CHECKING:
    from uuid import UUID

    from schema.viewers import Viewer
    from services.graphql.viewer import Viewers
    from tests.access.conftest import People, WithToken
    from tests.world import Api

pytestmark = pytest.mark.usefixtures("world")

QUERY = "query Names($first: Int) { provinces(first: $first) { nodes { nameEn } } }"
CHANGED = "query Names { __typename }"


def digest(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()


def apollo(query: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": digest(query)}}


@pytest.fixture
async def agency(people: People) -> UUID:
    return await people.agency()


@pytest.fixture
def partner(api: Api, agency: UUID) -> Api:
    return api.as_(UserRole.PARTNER_AGENCY, agency_id=agency)


async def sent(api: Api, *, viewer: Viewer | None = None, **parameters: object) -> dict[str, Any]:
    """Send a request as the door reads it."""
    response = await api.engine.execute(request_of_parameters(parameters), viewer or api.viewer)
    found: dict[str, Any] = orjson.loads(response.body)
    return found


def code(answer: dict[str, Any]) -> str:
    return str(answer["errors"][0]["extensions"]["code"])


async def test_a_registered_document_is_executed_by_its_digest_in_either_way(partner: Api) -> None:
    made = await partner.accepted(
        "registerTrustedDocument", {"query": QUERY, "name": "names"}, "digest name query"
    )
    assert made == {"digest": digest(QUERY), "name": "names", "query": QUERY}
    for parameters in (
        {"extensions": apollo(QUERY)},
        {"documentId": f"sha256:{digest(QUERY)}"},
        {"extensions": apollo(QUERY), "query": QUERY},
    ):
        answer = await sent(partner, variables={"first": 1}, **parameters)
        assert len(answer["data"]["provinces"]["nodes"]) == 1, answer
    by_get = request_of_query_string(f"documentId=sha256%3A{digest(QUERY)}".encode())
    response = await partner.engine.execute(by_get, partner.viewer, allow_mutation=False)
    assert response.data_present


async def test_an_unknown_digest_is_told_as_apollo_clients_expect_and_a_false_one_is_refused(
    partner: Api,
) -> None:
    unknown = await sent(partner, extensions=apollo(QUERY))
    assert unknown["errors"][0]["message"] == "PersistedQueryNotFound"
    assert code(unknown) == "PERSISTED_QUERY_NOT_FOUND"
    assert code(await sent(partner, extensions=apollo(QUERY), query=CHANGED)) == "PERSISTED_QUERY_MISMATCH"
    # Sending both registers nothing: only who may write registers.
    assert "data" in await sent(partner, extensions=apollo(QUERY), query=QUERY)
    assert code(await sent(partner, extensions=apollo(QUERY))) == "PERSISTED_QUERY_NOT_FOUND"
    for odd in (
        {"documentId": "md5:x"}, {"documentId": f"sha256:{digest(QUERY).upper()}"}, {"documentId": ""},
        {"extensions": {"persistedQuery": {"version": 2, "sha256Hash": digest(QUERY)}}},
        {"extensions": {"persistedQuery": "x"}}, {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": 5}}},
    ):  # fmt: skip
        assert code(await sent(partner, **odd)) == "BAD_REQUEST", odd


async def test_nobody_executes_or_sees_the_documents_of_another_agency(partner: Api, people: People) -> None:
    made = await partner.accepted("registerTrustedDocument", {"query": QUERY})
    other = partner.as_(UserRole.PARTNER_AGENCY, agency_id=await people.agency())
    assert code(await sent(other, extensions=apollo(QUERY))) == "PERSISTED_QUERY_NOT_FOUND"
    assert await other.data("{ trustedDocuments { totalCount } }") == {"trustedDocuments": {"totalCount": 0}}
    assert await other.refused("removeTrustedDocument", {"id": made["id"]}) == [("NOT_FOUND", ["id"])]
    person = partner.as_(UserRole.PROVINCE_VIEWER, user_id=new_id())
    assert code(await sent(person, extensions=apollo(QUERY))) == "PERSISTED_QUERY_NOT_FOUND"


async def test_the_same_document_again_is_the_one_that_is_there(partner: Api) -> None:
    first = await partner.accepted("registerTrustedDocument", {"query": QUERY})
    before = await partner.footprint()
    assert await partner.accepted("registerTrustedDocument", {"query": QUERY}) == first
    assert await partner.footprint() == before


async def test_what_could_not_be_executed_is_not_registered(
    partner: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    for query in (
        "{ nonsense }",
        "not graphql",
        "",
        "{ " + "a: __typename " * 2_000 + "}",
        "{ provinces { nodes " * 20,
    ):
        assert await partner.refused("registerTrustedDocument", {"query": query}) == [
            ("INVALID", ["query"])
        ], query
    await partner.accepted("registerTrustedDocument", {"query": QUERY})
    monkeypatch.setattr(rules, "MOST_DOCUMENTS", 1)
    assert await partner.refused("registerTrustedDocument", {"query": CHANGED}) == [
        ("DOCUMENTS_FULL", ["query"])
    ]


async def test_a_removed_document_is_forgotten_within_seconds(
    partner: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    documents = TrustedDocuments(lambda: partner.pool, clock=lambda: now)
    monkeypatch.setattr(partner.engine, "trusted_documents", documents)
    made = await partner.accepted("registerTrustedDocument", {"query": QUERY})
    assert "data" in await sent(partner, extensions=apollo(QUERY))
    await partner.accepted("removeTrustedDocument", {"id": made["id"]})
    now = 5.1
    assert code(await sent(partner, extensions=apollo(QUERY))) == "PERSISTED_QUERY_NOT_FOUND"
    assert (await partner.accepted("registerTrustedDocument", {"query": QUERY}))["id"] != made["id"]


async def test_an_agency_that_says_so_sends_registered_documents_only(
    api: Api, agency: UUID, people: People, viewers: Viewers, with_token: WithToken
) -> None:
    await api.accepted(
        "registerTrustedDocument", {"query": QUERY, "partnerAgencyId": global_id("PartnerAgency", agency)}
    )
    changed = {"id": global_id("PartnerAgency", agency), "trustedDocumentsOnly": True}
    assert (await api.accepted("editAgency", changed, "trustedOnlySince"))["trustedOnlySince"]
    viewer = await viewers.viewer_of(with_token(await people.token(agency=agency)))
    assert viewer.trusted_only
    assert "data" in await sent(api, viewer=viewer, query=QUERY)
    assert "data" in await sent(api, viewer=viewer, extensions=apollo(QUERY))
    for parameters in (
        {"query": CHANGED}, {"query": "{ __schema { types { name } } }"}, {"extensions": apollo(CHANGED)},
        {"query": f"{QUERY} "}, {"query": CHANGED, "extensions": apollo(CHANGED)},
    ):  # fmt: skip
        answer = await sent(api, viewer=viewer, **parameters)
        assert code(answer) == "DOCUMENT_NOT_TRUSTED", parameters
        assert "data" not in answer
    live = LiveEngine(api.engine)
    refused = await live.subscribe(GraphQLRequest("subscription { events { id } }"), viewer)
    assert b"DOCUMENT_NOT_TRUSTED" in getattr(refused, "body", b"")
    await live.close()


async def test_a_subscription_is_opened_by_its_digest_too(partner: Api) -> None:
    query = "subscription { events { id type } }"
    await partner.accepted("registerTrustedDocument", {"query": query})
    live = LiveEngine(partner.engine)
    stream = await live.subscribe(request_of_parameters({"extensions": apollo(query)}), partner.viewer)
    assert hasattr(stream, "__anext__")
    await live.close()


async def test_a_token_that_only_reads_registers_nothing(partner: Api) -> None:
    assert ACTIONS["registerTrustedDocument"] == {UserRole.NATIONAL_ADMINISTRATOR, UserRole.PARTNER_AGENCY}
    reader = partner.as_(
        UserRole.PARTNER_AGENCY, agency_id=partner.viewer.agency_id, scopes=frozenset({TokenScope.READ})
    )
    answer = await reader.ask(
        'mutation { registerTrustedDocument(input: { query: "{ __typename }" }) { problems { code } } }'
    )
    assert code(answer) == "SCOPE_MISSING"
