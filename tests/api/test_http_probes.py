"""The probes of the platform."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from tests.api.conftest import Visit


async def test_a_process_is_ready_once_its_database_answers(visit: Visit, stand_in: ModuleType) -> None:
    broken = True

    async def database() -> None:
        if broken:
            raise ConnectionError("postgresql://user:secret@host is away")

    options = stand_in.DoorOptions(checks={"database": database})
    async with visit(options=options) as client:
        answer = await client.get("/ready")
        assert (answer.status_code, answer.json()) == (503, {"status": "waiting", "for": ["database"]})
        assert (await client.get("/live")).status_code == 200
        assert (await client.get("/startup")).status_code == 200
        broken = False
        await asyncio.sleep(1.1)
        assert (await client.get("/ready")).json() == {"status": "ready"}


async def test_many_probes_ask_the_database_once(visit: Visit, stand_in: ModuleType) -> None:
    asked = 0

    async def database() -> None:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0.05)

    options = stand_in.DoorOptions(checks={"database": database})
    async with visit(options=options) as client:
        answers = await asyncio.gather(*(client.get("/ready") for _ in range(20)))
        assert {answer.status_code for answer in answers} == {200}
        assert asked == 1


async def test_a_process_that_has_not_started_is_neither_started_nor_ready(stand_in: ModuleType) -> None:
    import httpx2  # noqa: PLC0415 - this test alone needs a client without a lifespan

    app = stand_in.create_app(stand_in.NumberEngine(), stand_in.viewer_of)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://khoosheh.test") as client:
        assert (await client.get("/startup")).status_code == 503
        assert (await client.get("/ready")).json() == {"status": "starting"}
        assert (await client.get("/live")).status_code == 200
