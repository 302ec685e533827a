"""An agency's own document travels with every event: examined at saving, answered in its scope, never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import TokenScope, UserRole
from services.document_answer import DocumentAnswer
from services.notifications.channels.documents import LARGEST, PATIENT_ATTEMPTS, Documents

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from tests.events.conftest import Country, Pipeline, Receiver
    from tests.world import Api

ABOUT = """query Ours($cluster: ID!, $subject: ID!, $type: String) {
  cluster(id: $cluster) { slug nameEn }
  node(id: $subject) { id }
  clusters { nodes { slug } }
  echo: __type(name: $type) { name }
}"""


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch, country: Country) -> None:
    keys = country.settings.encryption_keys
    assert keys is not None
    monkeypatch.setenv("ENCRYPTION_KEYS", keys.get_secret_value())


@pytest.fixture
async def province(country: Country) -> UUID:
    return await country.province(1)


@pytest.fixture
async def cluster(country: Country, province: UUID) -> UUID:
    return await country.cluster(province)


@pytest.fixture
async def agency(country: Country, province: UUID) -> UUID:
    return await country.agency(province)


@pytest.fixture
def owner(api: Api, agency: UUID, province: UUID) -> Api:
    return api.as_(
        UserRole.PARTNER_AGENCY,
        agency_id=agency,
        provinces=(province,),
        scopes=frozenset({TokenScope.READ, TokenScope.WEBHOOKS}),
    )


@pytest.fixture
async def endpoint(country: Country, agency: UUID, receiver: Receiver) -> str:
    return f"WebhookEndpoint_{await country.endpoint(agency, receiver.url)}"


async def put(country: Country, document: str) -> None:
    """Put a document into the table past the door, as one that was valid in an earlier release."""
    await country.pool.execute("update webhook_endpoint set document = $1", document)


async def problem(owner: Api, endpoint: str) -> str | None:
    found = await owner.data(
        "query ($id: ID!) { webhookEndpoint(id: $id) { documentProblem } }", {"id": endpoint}
    )
    said: str | None = found["webhookEndpoint"]["documentProblem"]
    return said


async def test_the_answer_of_the_agencys_own_document_travels_with_the_event_within_its_scope(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID
) -> None:
    await country.cluster(await country.province(2))
    document = ABOUT.replace("  echo: __type(name: $type) { name }\n", "").replace(", $type: String", "")
    edited = await owner.accepted("editWebhookEndpoint", {"id": endpoint, "document": document}, "document")
    assert edited["document"].startswith("query Ours")
    await country.happen(cluster)
    await pipeline.run()
    (post,) = receiver.posts
    assert post.data["answer"] == {
        "cluster": {"slug": "cluster-1", "nameEn": "cluster-1"},
        "node": {"id": f"Cluster_{cluster}"},
        "clusters": {"nodes": [{"slug": "cluster-1"}]},
    }
    assert await problem(owner, endpoint) is None


async def test_what_left_the_agencys_reach_is_not_in_the_answer(
    endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID, agency: UUID
) -> None:
    assert endpoint
    here = await country.cluster(await country.province(2))
    await country.record("agency_cluster", agency_id=agency, cluster_id=here)
    await put(country, "{ clusters(orderBy: [{ slug: ASC }]) { nodes { slug } } }")
    await country.happen(here)
    await pipeline.run()
    await country.pool.execute("update agency_province set deleted_at = now()")
    await country.happen(here)
    await pipeline.run()
    slugs = [[node["slug"] for node in post.data["answer"]["clusters"]["nodes"]] for post in receiver.posts]
    assert slugs == [["cluster-1", "cluster-2"], ["cluster-2"]], cluster


@pytest.mark.parametrize(
    "document",
    [
        "{ clusters { nodes { colour } } }",
        "{ clusters {",
        'mutation { replayDelivery(input: {id: "x"}) { problems { code } } }',
        "subscription { events { type } }",
        "query ($colour: String) { clusters { nodes { slug } } }",
        "query ($colour: String!) { clusters { nodes { slug } } }",
        "query ($type: Int!) { clusters { nodes { slug } } }",
        "query A { clusters { totalCount } } query B { clusters { totalCount } }",
        "{ clusters(first: 1000) { nodes { slug } } }",
        "{ clusters(first: 100) { nodes { phases(first: 100) { nodes { gates { name { fa } } } } } } }",
        "x",
    ],
)
async def test_a_document_that_cannot_travel_is_refused_when_it_is_saved(
    owner: Api, endpoint: str, document: str
) -> None:
    given = {"id": endpoint, "document": document}
    assert await owner.refused("editWebhookEndpoint", given) == [("INVALID", ["document"])]
    made = {"name": "ours", "url": "https://partner.example/hook", "document": document}
    assert await owner.refused("createWebhookEndpoint", made) == [("INVALID", ["document"])]


async def test_a_document_that_stops_being_valid_holds_no_event_back_and_its_owner_sees_why(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID
) -> None:
    await put(country, "{ clusters { nodes { formerName } } }")
    await country.happen(cluster, count=2)
    await pipeline.run()
    assert [post.data["answer"] for post in receiver.posts] == [None, None]
    assert "formerName" in receiver.posts[0].data["answerProblem"]
    assert receiver.posts[0].data["cluster"]["id"] == f"Cluster_{cluster}"
    assert "formerName" in str(await problem(owner, endpoint))
    assert await country.pool.fetch("select 1 from notification_delivery where status <> 'SENT'") == []

    given = {"id": endpoint, "document": "{ clusters { totalCount } }"}
    await owner.accepted("editWebhookEndpoint", given)
    assert await problem(owner, endpoint) is None
    await country.happen(cluster)
    await pipeline.run()
    assert receiver.posts[-1].data["answer"] == {"clusters": {"totalCount": 1}}
    await owner.accepted("editWebhookEndpoint", {"id": endpoint, "document": None})
    await country.happen(cluster)
    await pipeline.run()
    assert "answer" not in receiver.posts[-1].data


async def test_an_event_without_a_cluster_travels_without_what_needs_one(
    endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, province: UUID
) -> None:
    assert endpoint
    await put(country, "query ($cluster: ID!) { cluster(id: $cluster) { slug } }")
    await country.pool.execute(
        "insert into event (id, type, version, at, province_id, subject_type, subject_id, actor, correlation_id,"
        " payload) values (gen_random_uuid(), 'network.formed', 1, now(), $1, 'Province', $1, 't', 't', '{}')",
        province,
    )
    await pipeline.run()
    (post,) = receiver.posts
    assert post.data["answer"] is None
    assert "$cluster" in post.data["answerProblem"]


async def test_a_bad_moment_is_awaited_and_an_answer_without_end_is_left_out(
    endpoint: str, country: Country, cluster: UUID, pipeline: Pipeline
) -> None:
    assert endpoint
    await put(country, "{ clusters { totalCount } }")
    await country.happen(cluster)
    await pipeline.fan_out.route()
    ((delivery,),) = await pipeline.deliveries.take(1)
    assert delivery.endpoint
    assert delivery.event

    async def away(_agency: UUID, _document: str, _variables: Mapping[str, object]) -> DocumentAnswer:
        return DocumentAnswer(problem="The database is not available.", passing=True)

    async def huge(_agency: UUID, _document: str, _variables: Mapping[str, object]) -> DocumentAnswer:
        return DocumentAnswer("x" * LARGEST)

    waiting = Documents(country.pool, away)
    for attempt in range(1, PATIENT_ATTEMPTS):
        assert await waiting.answered(delivery.endpoint, delivery.event, attempt=attempt) is None
    found = await waiting.answered(delivery.endpoint, delivery.event, attempt=PATIENT_ATTEMPTS)
    assert found == {"answer": None, "answerProblem": "The database is not available."}
    found = await Documents(country.pool, huge).answered(delivery.endpoint, delivery.event, attempt=1)
    assert found is not None
    assert found["answer"] is None
    assert "larger than 256 KiB" in found["answerProblem"]
