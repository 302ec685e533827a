"""Two GraphQL processes behind nginx are replaced under load: no request fails, no stream keeps them."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import websockets

from deploy.drills.nginx import Proxy
from deploy.drills.services import ServiceProcess
from services.local.demo import prepare_demo
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from deploy.drills.postgres import DrillPostgres

pytestmark = pytest.mark.slow
QUERY = {"query": "query Names { clusters(first: 5) { nodes { id } totalCount } }"}
PER_SECOND = 50


@pytest.fixture
async def token(filled_postgres: DrillPostgres) -> str:
    settings = read_settings(database_url=filled_postgres.address(user="khoosheh_service"))
    demo = await prepare_demo(settings, {})
    (found,) = (entry["token"] for entry in demo["tokens"] if entry["role"] == "NATIONAL_ADMINISTRATOR")
    return str(found)


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
def proxy(program: Callable[..., str], pods: list[ServiceProcess], tmp_path: Path) -> Iterator[Proxy]:
    nginx = program("nginx", "/usr/sbin/nginx", why="a proxy before the processes")
    with Proxy(nginx, tmp_path, [pod.port for pod in pods]) as running:
        yield running


@asynccontextmanager
async def load(port: int, token: str) -> AsyncIterator[Counter[str]]:
    """Ask fifty times a second and count the answers by what they were."""
    answers: Counter[str] = Counter()
    stopping = asyncio.Event()
    running: set[asyncio.Task[None]] = set()
    # A connection per request, as from many partners: the pause between two never hides a cut one.
    limits = httpx2.Limits(max_keepalive_connections=0)
    headers = {"authorization": f"Bearer {token}"}

    async def ask(client: httpx2.AsyncClient) -> None:
        try:
            answer = await client.post(f"http://127.0.0.1:{port}/graphql", json=QUERY, headers=headers)
            document = answer.json()
            served = answer.status_code == 200 and "errors" not in document and document["data"]["clusters"]
            answers["served" if served else f"{answer.status_code} {answer.text[:200]}"] += 1
        except (httpx2.HTTPError, ValueError) as error:
            answers[type(error).__name__] += 1

    async def keep_asking() -> None:
        async with httpx2.AsyncClient(limits=limits, timeout=20) as client:
            while not stopping.is_set():
                task = asyncio.create_task(ask(client))
                running.add(task)
                task.add_done_callback(running.discard)
                await asyncio.sleep(1 / PER_SECOND)
            await asyncio.gather(*running)

    asking = asyncio.create_task(keep_asking())
    try:
        yield answers
    finally:
        stopping.set()
        await asking


async def test_five_restarts_under_load_lose_no_request(
    pods: list[ServiceProcess], proxy: Proxy, token: str
) -> None:
    async with load(proxy.port, token) as answers:
        await asyncio.sleep(1)
        for number in range(5):
            leaving, staying = pods[number % 2], pods[1 - number % 2]
            # As the endpoints of a service change while the pod's preStop pause keeps it serving.
            await asyncio.to_thread(proxy.send_to, [staying.port])
            status, seconds = await asyncio.to_thread(leaving.terminate)
            assert status == 0, leaving.log.read_text(encoding="utf-8")[-2000:]
            assert seconds < 30
            await asyncio.to_thread(leaving.start)
            await asyncio.to_thread(proxy.send_to, [pod.port for pod in pods])
        await asyncio.sleep(1)
    assert set(answers) == {"served"}, answers
    assert answers["served"] > 5 * PER_SECOND


async def test_a_process_that_is_told_to_end_refuses_new_work_and_finishes_the_old(
    pods: list[ServiceProcess], token: str
) -> None:
    """No proxy and no pause: whoever was accepted is answered, whoever is not accepted knows it at once."""
    leaving = pods[0]
    async with load(leaving.port, token) as answers:
        await asyncio.sleep(1)
        status, seconds = await asyncio.to_thread(leaving.terminate)
    assert status == 0
    assert seconds < 30
    assert answers["served"] >= PER_SECOND / 2
    # A connection nobody accepted is no request anybody lost.
    assert set(answers) <= {"served", "ConnectError"}, answers


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
        ended = [await asyncio.to_thread(pod.terminate) for pod in pods]
        assert all(status == 0 and seconds < 30 for status, seconds in ended)
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 10)
    # "Service restart" or "going away": a client library takes either as a reason to reconnect.
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code in (1001, 1012)


async def test_the_probes_tell_starting_serving_and_leaving_apart(
    pods: list[ServiceProcess], filled_postgres: DrillPostgres
) -> None:
    pod = pods[0]
    assert [pod.probe(path) for path in ("/startup", "/ready", "/live", "/metrics")] == [200] * 4
    await asyncio.to_thread(filled_postgres.stop)
    async with asyncio.timeout(20):
        while pod.probe("/ready") == 200:  # noqa: ASYNC110 - only asking tells
            await asyncio.sleep(0.1)
    # A database that is away is no reason to restart a pod, only to send it nothing.
    assert pod.probe("/live") == 200
    await asyncio.to_thread(filled_postgres.start)
    async with asyncio.timeout(10):
        while pod.probe("/ready") != 200:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
