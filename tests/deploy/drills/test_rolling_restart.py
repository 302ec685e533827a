"""Two GraphQL processes behind nginx are replaced under load: no request fails, no stream keeps them."""

from __future__ import annotations

import asyncio
import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import websockets

from deploy.drills.nginx import Proxy
from deploy.drills.partners import PER_SECOND, SERVED, asking, visiting
from deploy.drills.services import ServiceProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from deploy.drills.postgres import DrillPostgres

pytestmark = pytest.mark.slow
FOLLOW = {"query": "subscription { events { id } }"}


@pytest.fixture
def pods(filled_postgres: DrillPostgres, tmp_path: Path, token: str) -> Iterator[list[ServiceProcess]]:
    assert token
    address = filled_postgres.address(user="khoosheh_service")
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                ServiceProcess("services.graphql", tmp_path / f"pod-{number}.log", DATABASE_URL=address)
            )
            for number in range(2)
        ]


@pytest.fixture
def admin_pods(filled_postgres: DrillPostgres, tmp_path: Path) -> Iterator[list[ServiceProcess]]:
    address = filled_postgres.address(user="khoosheh_service")
    with ExitStack() as stack:
        yield [
            stack.enter_context(ServiceProcess("web", tmp_path / f"admin-{number}.log", DATABASE_URL=address))
            for number in range(2)
        ]


@pytest.fixture
def proxy(program: Callable[..., str], pods: list[ServiceProcess], tmp_path: Path) -> Iterator[Proxy]:
    nginx = program("nginx", "/usr/sbin/nginx", why="a proxy before the processes")
    with Proxy(nginx, tmp_path, [pod.port for pod in pods]) as running:
        yield running


async def restart_in_turn(pods: list[ServiceProcess], proxy: Proxy, times: int) -> None:
    """Replace one pod after the other, as a roll-out does."""
    for number in range(times):
        leaving, staying = pods[number % 2], pods[1 - number % 2]
        # As the endpoints of a service change while the pod's preStop pause keeps it serving.
        await asyncio.to_thread(proxy.send_to, [staying.port])
        status, seconds = await asyncio.to_thread(leaving.terminate)
        assert status == 0, leaving.log.read_text(encoding="utf-8")[-2000:]
        assert seconds < 30
        await asyncio.to_thread(leaving.start)
        await asyncio.to_thread(proxy.send_to, [pod.port for pod in pods])


async def test_restarts_under_load_lose_no_request(
    pods: list[ServiceProcess], proxy: Proxy, token: str, length: Callable[[int, int], int]
) -> None:
    times = length(2, 5)
    async with asking(proxy.port, token) as answers:
        await asyncio.sleep(1)
        await restart_in_turn(pods, proxy, times)
        await asyncio.sleep(1)
    assert set(answers.counts) == {SERVED}, answers
    assert answers.counts[SERVED] > times * PER_SECOND


async def test_restarts_of_the_admin_break_no_page_that_somebody_opens(
    admin_pods: list[ServiceProcess], administrator: dict[str, str], program: Callable[..., str],
    tmp_path: Path, length: Callable[[int, int], int],
) -> None:  # fmt: skip
    """The session lives in the database, so it goes on in whichever process answers next."""
    nginx = program("nginx", "/usr/sbin/nginx", why="a proxy before the processes")
    with Proxy(nginx, tmp_path, [pod.port for pod in admin_pods]) as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        async with httpx2.AsyncClient(base_url=address, timeout=30) as browser:
            signed = await browser.post("/sign-in", data=administrator)
            assert signed.status_code == 303, signed.text[:500]
            cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        async with visiting(proxy.port, cookie, "/clusters", per_second=5) as answers:
            await asyncio.sleep(1)
            await restart_in_turn(admin_pods, proxy, length(2, 5))
            await asyncio.sleep(1)
    assert set(answers.counts) == {SERVED}, answers
    assert answers.counts[SERVED] > 20


async def test_a_process_that_is_told_to_end_refuses_new_work_and_finishes_the_old(
    pods: list[ServiceProcess], token: str
) -> None:
    """No proxy and no pause: whoever was accepted is answered, whoever is not accepted knows it at once."""
    leaving = pods[0]
    async with asking(leaving.port, token) as answers:
        await asyncio.sleep(1)
        status, seconds = await asyncio.to_thread(leaving.terminate)
    assert status == 0
    assert seconds < 30
    assert answers.counts["served"] >= PER_SECOND / 2
    # A connection nobody accepted is no request anybody lost.
    assert set(answers.counts) <= {"served", "ConnectError"}, answers


async def until_closed(socket: websockets.ClientConnection) -> None:
    while True:
        # A farewell of the subscription may come before the one of the connection.
        assert json.loads(await socket.recv())["type"] in ("complete", "ping")


async def test_an_open_socket_is_told_to_come_back_and_does_not_keep_the_process(
    pods: list[ServiceProcess], proxy: Proxy, token: str
) -> None:
    async with websockets.connect(
        f"ws://127.0.0.1:{proxy.port}/graphql", subprotocols=[websockets.Subprotocol("graphql-transport-ws")]
    ) as socket:
        await socket.send(
            json.dumps({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}})
        )
        answer: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 10))
        assert answer["type"] == "connection_ack"
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": FOLLOW}))
        ended = [await asyncio.to_thread(pod.terminate) for pod in pods]
        assert all(status == 0 and seconds < 30 for status, seconds in ended)
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await asyncio.wait_for(until_closed(socket), 10)
    # "Service restart" or "going away": a client library takes either as a reason to reconnect.
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code in (1001, 1012)


async def test_an_open_event_stream_ends_by_itself_and_does_not_keep_the_process(
    pods: list[ServiceProcess], proxy: Proxy, token: str
) -> None:
    headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
    address = f"http://127.0.0.1:{proxy.port}/graphql"
    async with (
        httpx2.AsyncClient(timeout=60, headers=headers) as client,
        client.stream("POST", address, json=FOLLOW) as stream,
    ):
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        ended = [await asyncio.to_thread(pod.terminate) for pod in pods]
        assert all(status == 0 and seconds < 30 for status, seconds in ended)
        # A stream that was cut in the middle would raise here.
        said = [line async for line in stream.aiter_lines()]
    assert not any("error" in line for line in said), said


async def test_a_pod_is_not_ready_on_a_database_without_its_migrations(
    roled_postgres: DrillPostgres, run_module: Callable[..., str], tmp_path: Path
) -> None:
    address = roled_postgres.address(user="khoosheh_service")
    pod = ServiceProcess("services.graphql", tmp_path / "pod.log", DATABASE_URL=address)
    await asyncio.to_thread(pod.launch)
    with pod.ended():
        async with asyncio.timeout(120):
            while pod.probe("/startup") != 200:  # noqa: ASYNC110 - only asking tells
                await asyncio.sleep(0.1)
        assert pod.probe("/ready") == 503
        assert pod.probe("/live") == 200
        assert "lacks 0001_initial" in pod.log.read_text(encoding="utf-8")
        migrator = roled_postgres.address(user="khoosheh_migrator")
        await asyncio.to_thread(run_module, migrator, "services.migrate")
        async with asyncio.timeout(30):
            while pod.probe("/ready") != 200:  # noqa: ASYNC110
                await asyncio.sleep(0.1)


async def test_the_probes_tell_starting_serving_and_leaving_apart(
    pods: list[ServiceProcess], filled_postgres: DrillPostgres
) -> None:
    pod = pods[0]
    assert [pod.probe(path) for path in ("/startup", "/ready", "/live", "/metrics")] == [200] * 4
    await asyncio.to_thread(filled_postgres.stop)
    async with asyncio.timeout(40):
        while pod.probe("/ready") == 200:  # noqa: ASYNC110 - only asking tells
            await asyncio.sleep(0.1)
    # A database that is away is no reason to restart a pod, only to send it nothing.
    assert pod.probe("/live") == 200
    await asyncio.to_thread(filled_postgres.start)
    async with asyncio.timeout(30):
        while pod.probe("/ready") != 200:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
