"""The headers of every answer, and requests that other sites send for a signed-in user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from tests.api.conftest import Visit


EXPECTED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}


@pytest.mark.parametrize(
    ("method", "url", "sent"),
    [
        ("POST", "/graphql", {"json": {"query": "{ hello }"}}),
        ("POST", "/graphql", {"json": {"query": "{ broken }"}}),
        ("POST", "/graphql", {"content": b"{"}),
        ("POST", "/graphql", {"json": {}, "headers": {"cookie": "a=b", "sec-fetch-site": "cross-site"}}),
        ("POST", "/graphql", {"json": {"query": "{ hello }"}, "headers": {"accept": "text/event-stream"}}),
        ("GET", "/ready", {}),
        ("GET", "/metrics", {}),
        ("GET", "/nothing", {}),
        ("PUT", "/live", {}),
    ],
)
async def test_every_answer_carries_the_security_headers(
    visit: Visit, method: str, url: str, sent: dict[str, Any]
) -> None:
    async with visit() as client:
        answer = await client.request(method, url, **sent)
        assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
        assert "max-age=63072000" in answer.headers["strict-transport-security"]
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers.get_list("cache-control") == ["no-store"]
        assert "server" not in answer.headers


CROSS_SITE = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "nonsense"},
    {"origin": "https://elsewhere.test"},
    {"origin": "http://khoosheh.test:8080"},
    {"origin": "null"},
    {"origin": "http://khoosheh.test.elsewhere.test"},
    {"origin": "http://["},
    {"origin": "http://khoosheh.test", "sec-fetch-site": "cross-site"},
]
OUR_OWN = [
    {},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": "http://khoosheh.test"},
    {"origin": "https://admin.khoosheh.test", "sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("headers", CROSS_SITE)
async def test_another_site_cannot_change_anything_with_a_users_cookie(
    visit: Visit, stand_in: ModuleType, headers: dict[str, str], method: str
) -> None:
    engine = stand_in.NumberEngine()
    async with visit(engine) as client:
        answer = await client.request(
            method,
            "/graphql",
            json={"query": "mutation { touch }"},
            headers={**headers, "cookie": "session=1"},
        )
        assert answer.status_code == 403
        assert answer.json()["errors"][0]["extensions"]["code"] == "CROSS_SITE_REFUSED"
        assert engine.touched == 0


@pytest.mark.parametrize("headers", OUR_OWN)
async def test_our_own_pages_and_programs_may_use_the_cookie(
    visit: Visit, stand_in: ModuleType, headers: dict[str, str]
) -> None:
    engine = stand_in.NumberEngine()
    options = stand_in.DoorOptions(trusted_origins=["https://admin.khoosheh.test"])
    async with visit(engine, options) as client:
        answer = await client.post(
            "/graphql", json={"query": "mutation { touch }"}, headers={**headers, "cookie": "session=1"}
        )
        assert answer.json() == {"data": {"touch": 1}}


@pytest.mark.parametrize("headers", CROSS_SITE)
async def test_a_token_needs_no_cookie_and_may_come_from_anywhere(
    visit: Visit, headers: dict[str, str]
) -> None:
    async with visit() as client:
        answer = await client.post(
            "/graphql",
            json={"query": "mutation { touch }"},
            headers={**headers, "authorization": "Bearer partner"},
        )
        assert answer.status_code == 200
