"""A place with people and an agency, a receiver that verifies and misbehaves, and workers as processes."""

from __future__ import annotations

import asyncio
import datetime
import os
import signal
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import orjson
import pytest
import uvicorn
from standardwebhooks.webhooks import Webhook
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from schema.identity import new_id
from schema.vocabulary import UserRole
from services.notifications.channels.registry import open_channels
from services.notifications.deliveries import Deliveries
from services.notifications.fan_out import FanOut
from services.notifications.measures import Measures
from services.notifications.sender import Sender
from services.scoped_documents import ScopedDocuments
from services.sealing import Sealer
from services.settings import Settings, read_settings

ROOT = Path(__file__).resolve().parents[2]
KEY = "a key of the tests with at least 32 characters long"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

if TYPE_CHECKING:
    from uuid import UUID

    import asyncpg
    from starlette.requests import Request

    from schema.vocabulary import Channel
    from services.notifications.channels.delivery import OutgoingChannel


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Return settings under which webhooks may go to this machine and are retried at once."""
    return read_settings(
        database_url=database_url, notifications_port=0, database_pool_min=1, encryption_keys=KEY,
        webhook_inside_allowed=True, webhook_first_retry=0.05, webhook_timeout=2.0,
    )  # fmt: skip


@dataclass(slots=True)
class Country:
    """Makes what notifications are about, straight into the tables."""

    pool: asyncpg.Pool[asyncpg.Record]
    settings: Settings

    async def row(self, table: str, **values: Any) -> UUID:
        made: UUID = values.pop("id", None) or new_id()
        now = datetime.datetime.now(datetime.UTC)
        values = {"id": made, "revision": 1, "created_at": now, **values}
        places = ", ".join(f"${index}" for index in range(1, len(values) + 1))
        await self.pool.execute(
            f"insert into {table} ({', '.join(values)}) values ({places})",  # noqa: S608 - names of ours
            *values.values(),
        )
        return made

    async def record(self, table: str, **values: Any) -> UUID:
        return await self.row(table, is_sample=False, **values)

    async def province(self, number: int) -> UUID:
        return await self.row(
            "province", iso_code=f"IR-{number:02}", legacy_iso_code=f"IR-{50 + number}", name_fa=f"استان {number}",
            name_en=f"Province {number}", capital_fa="مرکز", capital_en="Capital", latitude=33.0, longitude=48.0,
            tile_column=number, tile_row=1,
        )  # fmt: skip

    async def cluster(self, province: UUID) -> UUID:
        number = 1 + await self.pool.fetchval("select count(*) from cluster")
        slug = f"cluster-{number}"
        return await self.record(
            "cluster", slug=slug, name_fa=f"گلیم {number}", name_en=slug, province_id=province,
            status="UNDER_DEVELOPMENT",
        )  # fmt: skip

    async def project(self, cluster: UUID, start: datetime.date = datetime.date(2026, 1, 1)) -> UUID:
        template = await self.pool.fetchval("select id from programme_template limit 1") or await self.row(
            "programme_template",
            version=1,
            name_fa="برنامه",
            name_en="Programme",
            thresholds="{}",
            renewal_anchor="APPROVAL",
        )
        return await self.record(
            "cluster_project", cluster_id=cluster, template_id=template, status="ACTIVE", name_fa="پروژه",
            name_en="Project", planned_start=start, planned_end=datetime.date(2029, 1, 1), actual_start=start,
            currency="IRR",
        )  # fmt: skip

    async def study_phase(self, cluster: UUID, due: datetime.date) -> UUID:
        start = due - datetime.timedelta(days=120)
        return await self.record(
            "phase", cluster_id=cluster, project_id=await self.project(cluster, start), code="DIAGNOSTIC_STUDY",
            ordinal=1, kind="WINDOWED", status="IN_PROGRESS", actual_start=start,
            window_start=due - datetime.timedelta(days=30), window_end=due,
        )  # fmt: skip

    async def user(self, role: UserRole, language: str = "EN") -> UUID:
        return await self.record(
            "app_user", email=f"{new_id()}@khoosheh.example", name=role.label_en, role=role.value,
            language=language, calendar="JALALI", digits="PERSIAN",
        )  # fmt: skip

    async def administrator(self, province: UUID, language: str = "EN") -> UUID:
        user = await self.user(UserRole.PROVINCE_ADMINISTRATOR, language)
        await self.record("user_province", user_id=user, province_id=province)
        return user

    async def agency(self, *provinces: UUID) -> UUID:
        name = f"agency {new_id()}"
        agency = await self.record("partner_agency", name_fa=name, name_en=name)
        for province in provinces:
            await self.record("agency_province", agency_id=agency, province_id=province)
        return agency

    async def endpoint(self, agency: UUID, url: str, *types: str, clusters: tuple[UUID, ...] = ()) -> UUID:
        return await self.record(
            "webhook_endpoint", agency_id=agency, name="test", url=url,
            sealed_secret=Sealer(self.settings).seal(SECRET), event_types=orjson.dumps(types).decode(),
            provinces="[]", clusters=orjson.dumps([str(cluster) for cluster in clusters]).decode(), failures=0,
        )  # fmt: skip

    async def happen(
        self, cluster: UUID, kind: str = "phase.completed", count: int = 1, *, cause: str = "", **payload: Any
    ) -> list[UUID]:
        """Let something happen in a cluster as commands do it; all by one `cause`, or each by itself."""
        made = [new_id() for _ in range(count)]
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute("select 1 from cluster where id = $1 for no key update", cluster)
            for event in made:
                await connection.execute(
                    "insert into event (id, type, version, at, cluster_id, province_id, phase_code, subject_type,"
                    " subject_id, actor, correlation_id, payload) select $1, $2, 1, now(), c.id, c.province_id,"
                    " 'DIAGNOSTIC_STUDY', 'Cluster', c.id, 'test', $4, $5 from cluster c where c.id = $3",
                    event, kind, cluster, cause or str(event), orjson.dumps(payload).decode(),
                )  # fmt: skip
            await connection.execute("select pg_notify('khoosheh_event', '')")
        return made


@pytest.fixture
def country(pool: asyncpg.Pool[asyncpg.Record], settings: Settings) -> Country:
    return Country(pool, settings)


@dataclass(slots=True)
class Received:
    """One post as it arrived."""

    id: str
    event: str
    cluster: str
    at: float
    answered: int
    data: dict[str, Any] = field(default_factory=dict)
    signatures: int = 1
    trace: str | None = None


@dataclass(slots=True)
class Receiver:
    """A partner's endpoint: verifies every signature, keeps every post, answers as it is told."""

    url: str = ""
    posts: list[Received] = field(default_factory=list)
    forged: int = 0
    behave: Callable[[Received, int], Awaitable[Response]] | None = None
    tries: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def receive(self, request: Request) -> Response:
        body = await request.body()
        try:
            document = Webhook(SECRET).verify(body, dict(request.headers))
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not from us
            self.forged += 1
            return Response(status_code=401)
        post = Received(
            request.headers["webhook-id"],
            document["id"],
            (document["data"].get("cluster") or {}).get("id", ""),
            time.monotonic(),
            0,
            document["data"],
            len(request.headers["webhook-signature"].split()),
            request.headers.get("traceparent"),
        )
        self.tries[post.id] += 1
        self.posts.append(post)
        answer = await self.behave(post, self.tries[post.id]) if self.behave else Response(status_code=204)
        post.answered = answer.status_code
        return answer

    def accepted(self) -> list[Received]:
        return [post for post in self.posts if 200 <= post.answered < 300]


class QuietServer(uvicorn.Server):
    """A server that leaves the signals to pytest."""

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]  # simpler than uvicorn's
        return nullcontext()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Start a receiver on a port of its own."""
    made = Receiver()
    app = Starlette(routes=[Route("/hook/{name}", made.receive, methods=["POST"])])
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    made.url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook/first"
    server = QuietServer(uvicorn.Config(app, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve(sockets=[listener]))

    async def started() -> bool:
        return server.started

    await until(started)
    yield made
    server.should_exit = True
    await serving
    listener.close()


@dataclass(slots=True)
class Pipeline:
    """Routing and sending within the test, step by step, over the real channels."""

    fan_out: FanOut
    sender: Sender
    deliveries: Deliveries
    channels: Mapping[Channel, OutgoingChannel]

    async def run(self) -> int:
        """Route and send what is due now, once; return how many deliveries were begun."""
        while (await self.fan_out.route()).events:
            pass
        return await self.send()

    async def send(self) -> int:
        begun = 0
        while more := await self.sender.send_due():
            begun += more
            await self.sender.settle()
        return begun


@pytest.fixture
async def pipeline(country: Country) -> AsyncIterator[Pipeline]:
    """Open the channels as the worker does, without the worker."""
    settings, pool = country.settings, country.pool
    documents = ScopedDocuments(pool, settings)
    async with open_channels(settings, pool, documents.answer) as channels:
        most = {code: channel.most_at_once for code, channel in channels.items()}
        deliveries = Deliveries(pool, settings, most)
        sender = Sender(
            deliveries, channels, Measures(), concurrency=settings.webhook_concurrency,
            lease=settings.delivery_lease,
        )  # fmt: skip
        yield Pipeline(FanOut(pool), sender, deliveries, channels)


@dataclass(slots=True)
class Process:
    """A worker in a process of its own."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    async def ready(self) -> None:
        deadline = time.monotonic() + 60
        async with httpx2.AsyncClient() as client:
            while True:
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < deadline, self.log.read_text()
                try:
                    if (await client.get(f"http://127.0.0.1:{self.port}/ready")).status_code == 200:
                        return
                except httpx2.TransportError:
                    pass
                await asyncio.sleep(0.1)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


Start = Callable[..., Process]


def worker_environment(settings: Settings) -> dict[str, str]:
    """Return what a worker on the test's database is told: impatient, and allowed to post to this machine."""
    return {
        "DATABASE_URL": settings.require_database_url(), "ENCRYPTION_KEYS": KEY,
        "WEBHOOK_INSIDE_ALLOWED": "true", "WEBHOOK_FIRST_RETRY": "0.1", "WEBHOOK_TIMEOUT": "2",
        "PYTHONPATH": str(ROOT), "DELIVERY_LEASE": "2", "NOTIFICATIONS_POLL": "0.2", "DATABASE_POOL_MIN": "1",
    }  # fmt: skip


@pytest.fixture
def start_worker(settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts a worker on the test's database; all end with the test."""
    started: list[Process] = []

    def start(**environment: str) -> Process:
        port = free_port()
        log = tmp_path / f"worker-{len(started)}.log"
        told = {**worker_environment(settings), "NOTIFICATIONS_PORT": str(port)}
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "services.notifications"], cwd=ROOT, stdout=output,
                stderr=subprocess.STDOUT, env={**os.environ, **told, **environment},
            )  # fmt: skip
        started.append(Process(process, port, log))
        return started[-1]

    yield start
    for running in started:
        if running.process.poll() is None:
            running.kill()


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 60) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        await asyncio.sleep(0.05)


@pytest.fixture
def eventually() -> Callable[..., Awaitable[None]]:
    return until
