"""What the drills of the pipeline have in common: a size, a receiver of its own, figures that are printed."""

from __future__ import annotations

import asyncio
import datetime
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx2
import orjson
import pytest
from standardwebhooks.webhooks import Webhook

from tests.events.conftest import ROOT, SECRET, free_port, until, worker_environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from uuid import UUID

    from services.settings import Settings
    from tests.events.conftest import Country

FULL: Final = os.environ.get("DRILLS") == "full"
HERE: Final = Path(__file__).resolve().parent
_FIGURES: Final[list[str]] = []


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what was measured, so that it can be copied into docs/benchmarks.md."""
    if _FIGURES:
        terminalreporter.section("figures of the drills")
        for line in _FIGURES:
            terminalreporter.write_line(line)


@pytest.fixture
def figure() -> Callable[[str], None]:
    """Return a function that keeps a line with a figure."""
    return _FIGURES.append


@pytest.fixture
def full() -> bool:
    """Whether the drill is to be done in its full form (`make drills`)."""
    return FULL


@dataclass(frozen=True, slots=True)
class Arrived:
    """One post as the receiver kept it."""

    at: float
    hook: str
    id: str
    event: str
    cluster: str
    status: int

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300


@dataclass(slots=True)
class Program:
    """The receiver as a program of its own."""

    port: int
    client: httpx2.AsyncClient

    def url(self, hook: str = "first") -> str:
        return f"http://127.0.0.1:{self.port}/hook/{hook}"

    async def behave(self, hook: str = "first", **how: Any) -> None:
        await self.client.put(f"http://127.0.0.1:{self.port}/behave", json={"name": hook, **how})

    async def count(self, hook: str = "first") -> int:
        return int((await self.client.get(f"http://127.0.0.1:{self.port}/count/{hook}")).text)

    async def posts(self) -> list[Arrived]:
        """Return every post in the order of arrival; each must carry a signature that holds."""
        found = orjson.loads((await self.client.get(f"http://127.0.0.1:{self.port}/posts")).content)
        webhook, posts = Webhook(SECRET), []
        for at, hook, key, timestamp, signature, body, status in found:
            # The library wants a fresh timestamp; a drill may be over long after its first post.
            expected = webhook.sign(key, _moment(timestamp), body)
            assert expected in signature.split(), "a signature does not hold"
            document = orjson.loads(body)
            posts.append(
                Arrived(at, hook, key, document["id"], document["data"]["cluster"]["id"], int(status))
            )
        return posts


def _moment(timestamp: str) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(int(timestamp), datetime.UTC)


@pytest.fixture
async def program_receiver() -> AsyncIterator[Program]:
    """Start the receiver and end it with the test."""
    port = free_port()
    process = subprocess.Popen(  # noqa: ASYNC220 - starting takes no time worth awaiting
        [sys.executable, str(HERE / "receiver.py"), str(port)], cwd=ROOT
    )
    # Reading a store of certificates, which nobody needs here, takes time.
    client = httpx2.AsyncClient(timeout=60, verify=False)
    made = Program(port, client)

    async def answers() -> bool:
        try:
            return await made.count() == 0
        except httpx2.TransportError:
            return False

    try:
        await until(answers)
        yield made
    finally:
        await client.aclose()
        process.kill()
        process.wait()


@dataclass(slots=True)
class Child:
    """A worker of the nursery."""

    pid: int
    port: int
    log: Path
    diary: Path
    step: str | None = None

    def unwritten(self) -> dict[str, str]:
        """Return what it posted and did not write down, by the id of the delivery: `posted` or `answered`."""
        found: dict[str, str] = {}
        for line in self.diary.read_text().splitlines() if self.diary.exists() else ():
            what, key = line.split(" ")
            if what == "written":
                found.pop(key, None)
            else:
                found[key] = what
        return found

    def lives(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    async def ready(self) -> None:
        async with httpx2.AsyncClient(verify=False) as client:

            async def answers() -> bool:
                assert self.lives(), self.log.read_text()
                try:
                    found = await client.get(f"http://127.0.0.1:{self.port}/ready")
                except httpx2.TransportError:
                    return False
                return found.status_code == 200

            await until(answers)


@dataclass(slots=True)
class Nursery:
    """Has workers started by a process that has imported everything already, so that a life costs little."""

    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    folder: Path
    children: list[Child]

    async def bear(self, step: str | None = None, times: int = 1, **environment: str) -> Child:
        """Start a worker, which dies at the n-th time of a step if one is given."""
        assert self.process.stdin
        assert self.process.stdout
        port, log = free_port(), self.folder / f"child-{len(self.children)}.log"
        diary = log.with_suffix(".diary")
        told = {
            **self.environment, "NOTIFICATIONS_PORT": str(port), "LOG_FILE": str(log), "DIARY": str(diary),
            **environment,
        }  # fmt: skip
        self.process.stdin.write(orjson.dumps({"environment": told, "step": step, "times": times}) + b"\n")
        self.process.stdin.flush()
        pid = int(await asyncio.to_thread(self.process.stdout.readline))
        self.children.append(Child(pid, port, log, diary, step))
        return self.children[-1]


@pytest.fixture(scope="session")
def midwife() -> Iterator[subprocess.Popen[bytes]]:
    """Start the process that forks workers, once: importing all of a service takes seconds."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "mortal.py")], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    yield process
    process.kill()
    process.wait()
    assert process.stdin
    assert process.stdout
    process.stdin.close()
    process.stdout.close()


@pytest.fixture
def nursery(midwife: subprocess.Popen[bytes], settings: Settings, tmp_path: Path) -> Iterator[Nursery]:
    """Open a nursery of workers on the test's database; all of them end with the test."""
    made = Nursery(midwife, worker_environment(settings), tmp_path, [])
    yield made
    for child in made.children:
        child.send(signal.SIGKILL)


@dataclass(slots=True)
class Ground:
    """Clusters of one province and an agency's endpoint that wants everything in it."""

    country: Country
    endpoint: UUID
    agency: UUID
    clusters: list[UUID]
    sent: dict[UUID, list[UUID]]

    async def happen(self, cluster: UUID, count: int = 1) -> None:
        self.sent[cluster] += await self.country.happen(cluster, count=count)

    async def unfinished(self) -> int:
        found: int = await self.country.pool.fetchval(
            "select (select count(*) from unrouted_event)"
            " + (select count(*) from notification_delivery where next_attempt_at is not null)"
        )
        return found

    async def done(self) -> bool:
        return await self.unfinished() == 0

    def judge(self, posts: list[Arrived], hook: str = "first") -> tuple[int, int]:
        """Prove that nothing was lost, everything kept its id and its order; return posts and duplicates."""
        mine = [post for post in posts if post.hook == hook]
        accepted = [post for post in mine if post.accepted]
        events = {str(event) for found in self.sent.values() for event in found}
        assert {post.event for post in accepted} == events, "something was lost"
        ids: dict[str, str] = {}
        for post in mine:
            assert ids.setdefault(post.event, post.id) == post.id, "an event came under two ids"
        for cluster, sent in self.sent.items():
            order = dict.fromkeys(post.event for post in accepted if post.cluster == f"Cluster_{cluster}")
            assert list(order) == [str(event) for event in sent], "the order was not kept"
        return len(accepted), len(accepted) - len(events)


@pytest.fixture
def ground(country: Country, program_receiver: Program) -> Callable[[int], Any]:
    """Return a function that makes the ground with so many clusters."""

    async def make(clusters: int) -> Ground:
        province = await country.province(1)
        agency = await country.agency(province)
        endpoint = await country.endpoint(agency, program_receiver.url())
        made = [await country.cluster(province) for _ in range(clusters)]
        return Ground(country, endpoint, agency, made, {cluster: [] for cluster in made})

    return make
