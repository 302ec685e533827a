"""Partners and people who ask steadily and count what they were answered and how long it took."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import httpx2

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

QUERY: Final = {"query": "query Names { clusters(first: 5) { nodes { id } totalCount } }"}
SERVED: Final = "served"
PER_SECOND: Final = 50
PATIENCE: Final = 20.0


@dataclass
class Answers:
    """What the partners were answered, and the longest any of them waited."""

    counts: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0


@asynccontextmanager
async def asking(port: int, token: str, *, per_second: int = PER_SECOND) -> AsyncIterator[Answers]:
    """Ask the API so many times a second for as long as the block lasts."""
    headers = {"authorization": f"Bearer {token}"}

    async def ask(client: httpx2.AsyncClient) -> str:
        answer = await client.post("/graphql", json=QUERY)
        document = answer.json()
        well = answer.is_success and "errors" not in document and bool(document["data"]["clusters"]["nodes"])
        return SERVED if well else f"{answer.status_code} {answer.text[:200]}"

    async with _steadily(port, headers, ask, per_second) as answers:
        yield answers


@asynccontextmanager
async def visiting(port: int, cookie: str, path: str, *, per_second: int) -> AsyncIterator[Answers]:
    """Open a page of the admin so many times a second for as long as the block lasts."""

    async def visit(client: httpx2.AsyncClient) -> str:
        answer = await client.get(path)
        whole = answer.is_success and answer.text.rstrip().endswith("</html>")
        return SERVED if whole else f"{answer.status_code} {answer.text[:200]}"

    async with _steadily(port, {"cookie": cookie}, visit, per_second) as answers:
        yield answers


@asynccontextmanager
async def _steadily(
    port: int, headers: dict[str, str], ask: Callable[[httpx2.AsyncClient], Awaitable[str]], per_second: int
) -> AsyncIterator[Answers]:
    answers = Answers()
    stopping = asyncio.Event()

    async def once(client: httpx2.AsyncClient) -> None:
        began = time.monotonic()
        try:
            answers.counts[await ask(client)] += 1
        except (httpx2.HTTPError, ValueError) as error:
            answers.counts[type(error).__name__] += 1
        answers.longest = max(answers.longest, time.monotonic() - began)

    async def keep_asking() -> None:
        running: set[asyncio.Task[None]] = set()
        # A connection per request, as from many partners: keeping one alive would hide that it was cut.
        limits = httpx2.Limits(max_keepalive_connections=0)
        address = f"http://127.0.0.1:{port}"
        async with httpx2.AsyncClient(
            base_url=address, limits=limits, timeout=PATIENCE, headers=headers
        ) as client:
            while not stopping.is_set():
                task = asyncio.create_task(once(client))
                running.add(task)
                task.add_done_callback(running.discard)
                await asyncio.sleep(1 / per_second)
            await asyncio.gather(*running)

    task = asyncio.create_task(keep_asking())
    try:
        yield answers
    finally:
        stopping.set()
        await task
