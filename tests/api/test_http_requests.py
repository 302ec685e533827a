"""How HTTP requests become GraphQL requests, and how everything else is refused."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from services.graphql.door import rows_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import ModuleType
    from typing import Any

    import httpx2

    from tests.api.conftest import RunningServer, Visit


JSON = {"content-type": "application/json"}
STRICT = {**JSON, "accept": "application/graphql-response+json"}


async def refused(
    client: httpx2.AsyncClient,
    status: int,
    code: str,
    *,
    headers: dict[str, str] = JSON,
    method: str = "POST",
    url: str = "/graphql",
    **sent: Any,
) -> str:
    """Send what has to be refused, and return the message after proving status, code and absence of data."""
    answer = await client.request(method, url, headers=headers, **sent)
    document = answer.json()
    assert (answer.status_code, document["errors"][0]["extensions"]["code"]) == (status, code), document
    assert "data" not in document
    return str(document["errors"][0]["message"])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"{", "not valid JSON"),
        (b"null", "JSON object"),
        (b'"query"', "JSON object"),
        (b'[{"query":"{hello}"}]', "Batches"),
        (b"\xff\xfe{\x00}\x00", "not valid JSON"),
        ('{"query":"{hello}"}'.encode("utf-16"), "not valid JSON"),
        (b'{"query":"{echo(text:\\"\\ud800\\")}"}', "not valid JSON"),
        (b'{"query":"{hello}","variables":{"a":"\\u0000"}}', "`variables.a` contains a NUL"),
        (b'{"query":"{hello}","variables":{"a":{"b\\u0000":1}}}', "`variables.a` contains a NUL"),
        (b'{"query":"{hello}","variables":{"a":' + b"[" * 60 + b"]" * 60 + b"}}", "deeper than 40"),
        (b'{"query":"{hello}","variables":{"a":' + b"[" * 5000 + b"]" * 5000 + b"}}", "not valid JSON"),
        (b'{"query":"{hello}","variables":[]}', "`variables` must be an object"),
        (b'{"query":"{hello}","extensions":"x"}', "`extensions` must be an object"),
        (b'{"query":"{hello}","operationName":1}', "`operationName` must be a string"),
        (b'{"query":{"a":1}}', "`query` must be a string"),
        (b'{"query":"{hello}","variables":{"a":NaN}}', "not valid JSON"),
    ],
)
async def test_a_malformed_body_is_refused_with_its_reason(visit: Visit, body: bytes, words: str) -> None:
    async with visit() as client:
        assert words in await refused(client, 400, "BAD_REQUEST", content=body)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "multipart/form-data; boundary=x"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/json; charset=utf-16"},
        {"content-type": "application/json", "content-encoding": "gzip"},
    ],
)
async def test_only_json_in_utf8_is_a_request(visit: Visit, headers: dict[str, str]) -> None:
    async with visit() as client:
        await refused(
            client, 415, "UNSUPPORTED_MEDIA_TYPE", headers=headers, content=b'{"query":"mutation{touch}"}'
        )


@pytest.mark.parametrize("method", ["PATCH", "OPTIONS", "TRACE"])
async def test_other_methods_are_told_which_to_use(visit: Visit, method: str) -> None:
    async with visit() as client:
        answer = await client.request(method, "/graphql")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("application/graphql-response+json, application/json", "application/graphql-response+json"),
        ("application/json, application/graphql-response+json;q=0.9", "application/json"),
        (
            "application/graphql-response+json;charset=utf-8, application/json;q=0.9",
            "application/graphql-response+json",
        ),
        ("application/json;q=0, */*", "application/graphql-response+json"),
        ("application/json;q=nonsense", "application/json"),
    ],
)  # fmt: skip
async def test_the_answer_has_the_media_type_the_client_prefers(
    visit: Visit, accept: str | None, expected: str
) -> None:
    async with visit() as client:
        headers = dict(JSON)
        if accept is None:
            del client.headers["accept"]
        else:
            headers["accept"] = accept
        answer = await client.post("/graphql", headers=headers, content=b'{"query":"{hello}"}')
        assert answer.status_code == 200
        assert answer.headers["content-type"] == f"{expected}; charset=utf-8"
        assert answer.json() == {"data": {"hello": "سلام"}}


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0", "image/*"])
async def test_a_client_that_accepts_nothing_of_ours_is_told_so(visit: Visit, accept: str) -> None:
    async with visit() as client:
        await refused(client, 406, "NOT_ACCEPTABLE", headers={**JSON, "accept": accept}, content=b"{}")


async def test_a_request_error_is_400_for_clients_of_the_new_media_type_and_200_for_the_old(
    visit: Visit,
) -> None:
    async with visit() as client:
        for headers, status in ((STRICT, 400), (JSON, 200)):
            answer = await client.post("/graphql", headers=headers, json={"query": "{ nothing }"})
            assert answer.status_code == status
            assert "data" not in answer.json()


async def test_a_mutation_over_get_is_refused_and_changes_nothing(visit: Visit, stand_in: ModuleType) -> None:
    engine = stand_in.NumberEngine()
    async with visit(engine) as client:
        for accept in ("application/json", "application/graphql-response+json"):
            answer = await client.get(
                "/graphql", params={"query": "mutation { touch }"}, headers={"accept": accept}
            )
            assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
        assert engine.touched == 0
        assert (await client.post("/graphql", json={"query": "mutation { touch }"})).json()["data"] == {
            "touch": 1
        }


@pytest.mark.parametrize(
    "query_string",
    [
        "query=%ff",
        "query=%7Bhello%7D&query=%7Bhello%7D",
        "query=%7Bhello%7D&variables=%7B",
        "query=%7Bhello%7D&variables=[]",
        "query=%7Bhello%7D&variables=%7B%22a%22%3A%22%5Cu0000%22%7D",
        "&".join(f"p{number}=1" for number in range(50)),
        "",
    ],
)
async def test_a_query_string_that_is_no_request_is_refused(visit: Visit, query_string: str) -> None:
    async with visit() as client:
        await refused(client, 400, "BAD_REQUEST", method="GET", url=f"/graphql?{query_string}")


async def test_a_get_carries_query_variables_and_operation_name(visit: Visit) -> None:
    async with visit() as client:
        answer = await client.get(
            "/graphql",
            params={
                "query": "query A($text: String) { echo(text: $text) } query B { hello }",
                "operationName": "A",
                "variables": json.dumps({"text": "گلیم ۱۲"}),
            },
        )
        assert answer.json() == {"data": {"echo": "گلیم ۱۲"}}


async def test_a_body_of_ten_megabytes_is_refused_after_it_was_sent(visit: Visit) -> None:
    async with visit() as client:
        await refused(client, 413, "PAYLOAD_TOO_LARGE", content=b" " * 10_000_000)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b" " * 100_000

    async with visit() as client:
        await refused(client, 413, "PAYLOAD_TOO_LARGE", content=pieces())


async def test_a_failure_of_our_own_shows_a_request_id_and_nothing_else(visit: Visit) -> None:
    async with visit() as client:
        answer = await client.post("/graphql", json={"query": "{ broken }"})
        error = answer.json()["errors"][0]
        assert (answer.status_code, error["extensions"]["code"]) == (500, "INTERNAL")
        assert error["extensions"]["requestId"] == answer.headers["x-request-id"]
        assert "secret" not in answer.text


async def test_a_sane_request_id_is_kept_and_a_strange_one_replaced(visit: Visit) -> None:
    async with visit() as client:
        kept = await client.get("/live", headers={"x-request-id": "partner-2026-11-23"})
        assert kept.headers["x-request-id"] == "partner-2026-11-23"
        for strange in ("short", "a b c d e f g h", "x" * 200, '"><script>'):
            replaced = await client.get("/live", headers={"x-request-id": strange})
            assert replaced.headers["x-request-id"] != strange
            assert len(replaced.headers["x-request-id"]) == 32


async def test_an_unknown_bearer_is_told_how_to_authenticate(visit: Visit) -> None:
    async with visit() as client:
        answer = await client.post(
            "/graphql", json={"query": "{ viewer }"}, headers={"authorization": "Bearer stranger"}
        )
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_the_statement_of_a_client_that_leaves_is_cancelled(number_server: RunningServer) -> None:
    body = json.dumps({"query": "{ slow(seconds: 30) }"}).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", number_server.port)
    head = (
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    earlier = len(number_server.log.read_text())
    writer.write(head.encode() + body)
    await asyncio.sleep(0.3)
    assert '"status": 499' not in number_server.log.read_text()[earlier:]
    writer.close()
    await writer.wait_closed()
    for _ in range(100):
        if '"status": 499' in number_server.log.read_text()[earlier:]:
            break
        await asyncio.sleep(0.02)
    assert '"status": 499' in number_server.log.read_text()[earlier:]
    assert reader.at_eof()


async def test_unknown_addresses_are_refused_in_the_same_form(visit: Visit) -> None:
    async with visit() as client:
        await refused(client, 404, "NOT_FOUND", method="GET", url="/graphql/")
        await refused(client, 404, "NOT_FOUND", method="GET", url="/.env")
        await refused(client, 405, "METHOD_NOT_ALLOWED", method="DELETE", url="/live")


async def test_operations_are_counted_by_name_and_strange_names_together(visit: Visit) -> None:
    async with visit() as client:
        for number in range(230):
            await client.post("/graphql", json={"query": f"query Operation{number} {{ hello }}"})
        await client.post("/graphql", content=b"{")
        text = (await client.get("/metrics")).text
        assert 'khoosheh_graphql_requests_total{operation="Operation7",status="200"} 1.0' in text
        assert 'khoosheh_graphql_requests_total{operation="other",status="200"} 30.0' in text
        assert 'khoosheh_graphql_cost_total{operation="Operation7"} 3.0' in text
        assert text.count("khoosheh_graphql_seconds_count{") <= 202


def test_the_rows_of_an_answer_are_counted_and_its_envelope_is_not() -> None:
    cost = b'"extensions":{"cost":{"requested":3,"limit":9}}}'
    two = b'{"data":{"clusters":[{"nameFa":"a {b}","id":"1"},{"nameFa":"{\\"b","id":"2"}]},' + cost
    assert rows_in(b'{"data":{"cluster":null},' + cost) == 0
    assert rows_in(two) == 2
    assert rows_in(b"{}") == 0
