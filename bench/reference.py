"""The reference: one prepared statement per workload, its text passed on by a bare handler."""

from __future__ import annotations

import os
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bench.workload import Workload, workloads
from schema.identity import read_global_id
from services.database import open_pool
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from starlette.requests import Request

JSON: Final = "application/json"


def application() -> Starlette:
    """Return the application: one route per workload on one pool."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        pool = await open_pool(read_settings(database_url=os.environ["DATABASE_URL"]))
        app.state.pool = pool
        yield
        await pool.close()

    routes = [Route(f"/{one.name}", _handler(one), methods=["POST"]) for one in workloads()]
    return Starlette(routes=routes, lifespan=lifespan)


def _handler(workload: Workload) -> Callable[[Request], Coroutine[None, None, Response]]:
    async def handle(request: Request) -> Response:
        given = orjson.loads(await request.body())["variables"]
        parameters = [read_global_id(given["id"])[1]] if given else []
        async with request.app.state.pool.acquire() as connection:
            found: bytes = await connection.fetchval(workload.statement, *parameters)
        return Response(b'{"data":' + found + b"}", media_type=JSON)

    return handle


def main(port: int) -> None:
    """Serve on the loopback address."""
    uvicorn.run(application(), host="127.0.0.1", port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main(int(sys.argv[1]))
