"""How the service ends: nothing accepted is lost, and open streams go on elsewhere."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from typing import TYPE_CHECKING

import httpx2
import pytest

from services.graphql.server import CLOSE_SECONDS, DRAIN_SECONDS, GRACEFUL_SECONDS

if TYPE_CHECKING:
    from tests.api.conftest import RunningServer, StartServer
    from tests.node_programs import RunNode


FULL = os.environ.get("DRILLS") == "full"
RESTARTS = 5 if FULL else 2
SLOW = {"query": "{ slow(seconds: 1) }"}


async def exit_code(server: RunningServer, seconds: float = 30.0) -> int:
    return await asyncio.to_thread(server.process.wait, seconds)


async def test_a_running_request_finishes_while_ready_says_no(start_number_server: StartServer) -> None:
    server = start_number_server(drain=0.6)
    base = server.address.removesuffix("/graphql")
    async with httpx2.AsyncClient() as client, httpx2.AsyncClient() as probe:
        running = asyncio.ensure_future(client.post(server.address, json=SLOW))
        await asyncio.sleep(0.2)
        server.process.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.2)
        answer = await probe.get(f"{base}/ready")
        assert (answer.status_code, answer.json()) == (503, {"status": "draining"})
        assert answer.headers["connection"] == "close"
        assert (await probe.get(f"{base}/live")).status_code == 200
        assert (await running).json() == {"data": {"slow": "done"}}
    assert await exit_code(server) == 0
    assert "Traceback" not in server.log.read_text()


class Traffic:
    """Five clients who ask without a pause, each time one of the replicas that say they are ready."""

    def __init__(self, replicas: list[RunningServer]) -> None:
        self.replicas = replicas
        self.ready = {replica.address for replica in replicas}
        self.lost: list[str] = []
        self.answered = 0
        self.ending = False

    async def run(self) -> None:
        await asyncio.gather(self._watch(), *(self._ask() for _ in range(5)))

    async def _watch(self) -> None:
        async with httpx2.AsyncClient() as probe:
            while not self.ending:
                for address in [replica.address for replica in self.replicas]:
                    try:
                        answer = await probe.get(address.replace("/graphql", "/ready"))
                    except httpx2.HTTPError:
                        self.ready.discard(address)
                    else:
                        (self.ready.add if answer.status_code == 200 else self.ready.discard)(address)
                await asyncio.sleep(0.05)

    async def _ask(self) -> None:
        async with httpx2.AsyncClient() as client:
            while not self.ending:
                if not self.ready:
                    # A slow machine may see the new one a moment after the old one has gone.
                    await asyncio.sleep(0.02)
                    continue
                address = random.choice(sorted(self.ready))  # noqa: S311 - any of them
                try:
                    answer = await client.post(address, json={"query": "{ slow(seconds: 0.05) }"})
                except httpx2.HTTPError as error:
                    self.lost.append(repr(error))
                else:
                    assert answer.status_code == 200
                    self.answered += 1


@pytest.mark.slow
async def test_no_accepted_request_is_lost_in_rolling_restarts_under_traffic(
    start_number_server: StartServer,
) -> None:
    traffic = Traffic([start_number_server(drain=0.5), start_number_server(drain=0.5)])
    running = asyncio.ensure_future(traffic.run())
    for _ in range(RESTARTS):
        await asyncio.sleep(0.3)
        oldest = traffic.replicas[0]
        oldest.process.send_signal(signal.SIGTERM)
        assert await exit_code(oldest) == 0
        traffic.replicas[:] = [traffic.replicas[1], await asyncio.to_thread(start_number_server, drain=0.5)]
        traffic.ready.discard(oldest.address)
    await asyncio.sleep(0.3)
    traffic.ending = True
    await running
    assert traffic.lost == []
    assert traffic.answered > 100


async def test_streams_of_both_kinds_resume_after_a_restart_without_loss_or_repetition(
    start_number_server: StartServer, run_node: RunNode
) -> None:
    server = start_number_server(drain=0.1)
    query = "subscription { numbers(to: 150, pause: 0.01) }"
    websocket = await run_node("follow_websocket.js", server.address.replace("http", "ws"), "partner", query)
    events = await run_node("follow_events.js", server.address, "partner", query)
    heard = {"websocket": [await websocket.line()], "events": [await events.line()]}
    started = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert await exit_code(server) == 0
    assert time.monotonic() - started < 5
    await asyncio.to_thread(start_number_server, port=server.port)
    heard["websocket"] += await websocket.rest(60)
    heard["events"] += await events.rest(60)
    for lines in heard.values():
        assert [line["next"]["numbers"] for line in lines if "next" in line] == list(range(1, 151))
    assert {"closed": 1001} in heard["websocket"]


async def test_a_second_signal_ends_the_process_at_once(start_number_server: StartServer) -> None:
    server = start_number_server()
    async with httpx2.AsyncClient(timeout=40) as client:
        running = asyncio.ensure_future(client.post(server.address, json={"query": "{ slow(seconds: 100) }"}))
        await asyncio.sleep(0.2)
        server.process.send_signal(signal.SIGINT)
        await asyncio.sleep(0.2)
        assert server.process.poll() is None
        server.process.send_signal(signal.SIGINT)
        await exit_code(server, 5)
        answer = await running
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


async def test_a_request_that_does_not_end_delays_the_end_for_less_than_thirty_seconds(
    start_number_server: StartServer,
) -> None:
    assert DRAIN_SECONDS + CLOSE_SECONDS + GRACEFUL_SECONDS < 30
    server = start_number_server(grace=GRACEFUL_SECONDS if FULL else 2)
    async with httpx2.AsyncClient(timeout=40) as client:
        running = asyncio.ensure_future(client.post(server.address, json={"query": "{ slow(seconds: 100) }"}))
        await asyncio.sleep(0.2)
        server.process.send_signal(signal.SIGTERM)
        assert await exit_code(server, 30) == 0
        assert (await running).status_code == 503
