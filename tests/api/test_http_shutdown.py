"""How the service ends: nothing accepted is lost, and open streams go on elsewhere."""

from __future__ import annotations

import asyncio
import random
import signal
import time

import httpx2
import pytest

SLOW = {"query": "{ slow(seconds: 1) }"}


async def exit_code(server, seconds=30.0):
    async with asyncio.timeout(seconds):
        while server.process.poll() is None:
            await asyncio.sleep(0.02)
    return server.process.returncode


async def test_a_running_request_finishes_while_ready_says_no(start_number_server):
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


@pytest.mark.slow
async def test_no_accepted_request_is_lost_in_five_rolling_restarts_under_traffic(start_number_server):
    def start():
        return start_number_server(drain=0.5)

    replicas = [start(), start()]
    ready = {replica.address for replica in replicas}
    lost: list[str] = []
    answered = 0
    ending = False

    async def watch_readiness() -> None:
        """Send requests only to who is ready, as the platform does."""
        async with httpx2.AsyncClient() as probe:
            while not ending:
                for address in [replica.address for replica in replicas]:
                    try:
                        answer = await probe.get(address.replace("/graphql", "/ready"))
                    except httpx2.HTTPError:
                        ready.discard(address)
                    else:
                        (ready.add if answer.status_code == 200 else ready.discard)(address)
                await asyncio.sleep(0.05)

    async def keep_asking() -> None:
        nonlocal answered
        async with httpx2.AsyncClient() as client:
            while not ending:
                address = min(ready, key=lambda _: random.random())  # noqa: S311 - any of them
                try:
                    answer = await client.post(address, json={"query": "{ slow(seconds: 0.05) }"})
                except httpx2.HTTPError as error:
                    lost.append(repr(error))
                else:
                    assert answer.status_code == 200
                    answered += 1

    tasks = [asyncio.ensure_future(keep_asking()) for _ in range(5)]
    tasks.append(asyncio.ensure_future(watch_readiness()))
    for _ in range(5):
        await asyncio.sleep(0.3)
        oldest = replicas[0]
        oldest.process.send_signal(signal.SIGTERM)
        assert await exit_code(oldest) == 0
        replicas[:] = [replicas[1], await asyncio.to_thread(start)]
        ready.discard(oldest.address)
    await asyncio.sleep(0.3)
    ending = True
    await asyncio.gather(*tasks)
    assert lost == []
    assert answered > 100


async def test_streams_of_both_kinds_resume_after_a_restart_without_loss_or_repetition(
    start_number_server, run_node
):
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
    heard["websocket"] += await websocket.rest()
    heard["events"] += await events.rest()
    for lines in heard.values():
        assert [line["next"]["numbers"] for line in lines if "next" in line] == list(range(1, 151))
    assert {"closed": 1001} in heard["websocket"]


async def test_a_second_signal_ends_the_process_at_once(start_number_server):
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


@pytest.mark.slow
async def test_a_request_that_does_not_end_delays_the_end_for_less_than_thirty_seconds(start_number_server):
    server = start_number_server()
    async with httpx2.AsyncClient(timeout=40) as client:
        running = asyncio.ensure_future(client.post(server.address, json={"query": "{ slow(seconds: 100) }"}))
        await asyncio.sleep(0.2)
        server.process.send_signal(signal.SIGTERM)
        assert await exit_code(server, 30) == 0
        assert (await running).status_code == 503
