"""Partners who ask the API steadily and count what they were answered and how long it took."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import httpx2

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

QUERY: Final = {"query": "query Names { clusters(first: 5) { nodes { id } totalCount } }"}
PER_SECOND: Final = 50
PATIENCE: Final = 20.0


@dataclass
class Answers:
    """What the partners were answered, and the longest any of them waited."""

    counts: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0


@asynccontextmanager
async def asking(port: int, token: str, *, per_second: int = PER_SECOND) -> AsyncIterator[Answers]:
    """Ask so many times a second for as long as the block lasts."""
    answers = Answers()
    stopping = asyncio.Event()
    task = asyncio.create_task(_keep_asking(port, token, per_second, stopping, answers))
    try:
        yield answers
    finally:
        stopping.set()
        await task


async def _keep_asking(
    port: int, token: str, per_second: int, stopping: asyncio.Event, answers: Answers
) -> None:
    running: set[asyncio.Task[None]] = set()
    # A connection per request, as from many partners: keeping one alive would hide that it was cut.
    limits = httpx2.Limits(max_keepalive_connections=0)
    headers = {"authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(limits=limits, timeout=PATIENCE, headers=headers) as client:
        while not stopping.is_set():
            task = asyncio.create_task(_ask(client, f"http://127.0.0.1:{port}/graphql", answers))
            running.add(task)
            task.add_done_callback(running.discard)
            await asyncio.sleep(1 / per_second)
        await asyncio.gather(*running)


async def _ask(client: httpx2.AsyncClient, address: str, answers: Answers) -> None:
    began = time.monotonic()
    try:
        answer = await client.post(address, json=QUERY)
        document = answer.json()
        served = (
            answer.is_success and "errors" not in document and bool(document["data"]["clusters"]["nodes"])
        )
        answers.counts["served" if served else f"{answer.status_code} {answer.text[:200]}"] += 1
    except (httpx2.HTTPError, ValueError) as error:
        answers.counts[type(error).__name__] += 1
    answers.longest = max(answers.longest, time.monotonic() - began)
