"""The admin ends without losing a click: it says so beforehand and closes what is kept alive."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from services.graphql import Lifecycle
from tests.admin.workshop import EDIT_PAGE
from web import operations
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx2

    from tests.admin.weaver import OneWeaver
    from tests.admin.workshop import Workshop


async def answers() -> None:
    """Answer like a database that is there."""


async def test_while_draining_pages_are_served_connections_closed_and_ready_says_no(
    workshop: Workshop,
    pages_folder: Path,
    weaver_sessions: OneWeaver,
    speak: Callable[..., httpx2.AsyncClient],
) -> None:
    lifecycle = Lifecycle()
    app = create_app(
        workshop,
        workshop.schema,
        weaver_sessions,
        lambda: dt.date(2026, 11, 23),
        pages=(EDIT_PAGE,),
        folder=pages_folder,
        extra_routes=operations.routes(answers, lifecycle),
        lifecycle=lifecycle,
    )
    async with app.router.lifespan_context(app), speak(app) as client:
        assert (await client.get("/ready")).status_code == 200
        page = await client.get("/looms/Loom_1/edit")
        assert "connection" not in page.headers
        lifecycle.drain()
        assert (await client.get("/ready")).json() == {"status": "draining"}
        assert (await client.get("/live")).status_code == 200
        last = await client.get("/looms/Loom_1/edit")
        assert last.status_code == 200
        assert last.headers["connection"] == "close"
