"""GraphiQL: a page of its own policy that runs nothing but the files it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from services.graphql.playground import playground_routes

if TYPE_CHECKING:
    from types import ModuleType

    from tests.api.conftest import Visit


ADMIN = "https://admin.example"
PARTNER = {"authorization": "Bearer partner"}


@pytest.mark.parametrize(
    ("source", "origin"),
    [("https://cdn.example/npm/", "https://cdn.example"), ("/files/npm", "'self'")],
)
async def test_every_file_comes_from_the_source_of_the_installation_and_is_checked(
    visit: Visit, stand_in: ModuleType, source: str, origin: str
) -> None:
    async with visit(
        options=stand_in.DoorOptions(routes=playground_routes(source, stand_in.viewer_of, ADMIN))
    ) as client:
        answer = await client.get("/graphiql", headers=PARTNER)
        foreign = re.findall(r'(?:src|href)="([^"]+)" integrity="(sha384-[A-Za-z0-9+/]{64})"', answer.text)
        assert len(foreign) == 4
        assert {address.startswith(source.rstrip("/") + "/") for address, _ in foreign} == {True}
        assert re.findall(r'<script src="([^"]+)"></script>', answer.text) == ["/graphiql/start.js"]
        assert answer.text.count("<script") == 4
        assert "style=" not in answer.text
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert policy["script-src"] == f"'self' {origin}"
        assert policy["style-src"] == origin
        assert policy["connect-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert "unsafe" not in answer.headers["content-security-policy"]
        script = await client.get("/graphiql/start.js")
        assert script.headers["content-type"].startswith("text/javascript")
        assert "GraphiQL.createFetcher" in script.text


async def test_only_this_page_has_the_wider_policy(visit: Visit, stand_in: ModuleType) -> None:
    routes = playground_routes("https://cdn.example", stand_in.viewer_of, ADMIN)
    async with visit(options=stand_in.DoorOptions(routes=routes)) as client:
        answer = await client.post("/graphql", json={"query": "{ hello }"})
        assert "cdn.example" not in answer.headers["content-security-policy"]


async def test_an_installation_without_a_source_has_no_such_page(visit: Visit, stand_in: ModuleType) -> None:
    async with visit(
        options=stand_in.DoorOptions(routes=playground_routes("", stand_in.viewer_of, ADMIN))
    ) as client:
        assert (await client.get("/graphiql", headers=PARTNER)).status_code == 404


async def test_the_page_opens_to_signed_in_users_and_token_holders_only(
    visit: Visit, stand_in: ModuleType
) -> None:
    routes = playground_routes("https://cdn.example", stand_in.viewer_of, ADMIN)
    async with visit(options=stand_in.DoorOptions(routes=routes)) as client:
        closed = await client.get("/graphiql", headers={"authorization": "Bearer stranger"})
        assert closed.status_code == 401
        assert ADMIN in closed.text
        assert "graphiql.min.js" not in closed.text
        assert "cdn.example" not in closed.headers["content-security-policy"]
        assert (await client.post("/graphiql", data={"token": "stranger"})).status_code == 401
        assert (await client.post("/graphiql", content=b"x" * 10_000)).status_code == 413
        opened = await client.post("/graphiql", data={"token": "partner"})
        assert opened.status_code == 200
        assert "graphiql.min.js" in opened.text
        assert opened.headers["cache-control"] == "no-store"
