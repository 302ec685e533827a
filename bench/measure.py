"""The measurements: paired latencies, throughput in short slices in random order, CPU time, memory."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import psutil

from bench.client import Connection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bench.systems import System
    from bench.workload import Workload

WARM_UP: Final = 30
PAIRS: Final = 300
CONNECTIONS: Final = 8
SLICE_SECONDS: Final = 1.5
SLICES: Final = 3


@dataclass(slots=True)
class Figures:
    """What was measured of one system on one workload."""

    latency: float = 0.0
    throughputs: list[float] = field(default_factory=list)
    server_seconds: float = 0.0
    database_seconds: float = 0.0
    requests: int = 0
    size: int = 0

    @property
    def throughput(self) -> float:
        """The median of the slices, requests a second."""
        return statistics.median(self.throughputs)

    @property
    def server_milliseconds(self) -> float:
        """CPU time of the server for one request."""
        return 1000 * self.server_seconds / self.requests

    @property
    def database_milliseconds(self) -> float:
        """CPU time of PostgreSQL for one request."""
        return 1000 * self.database_seconds / self.requests


async def latencies(systems: Sequence[System], workload: Workload, cluster: UUID) -> Mapping[str, Figures]:
    """Ask each system in turn, one request at a time, so that whatever disturbs disturbs them all."""
    asked = [(await Connection.to(one.port), one.target(workload, cluster).request) for one in systems]
    for connection, request in asked:
        for _ in range(WARM_UP):
            await connection.ask(request)
    taken: list[list[float]] = [[] for _ in systems]
    places = list(range(len(systems)))
    chance = random.Random(workload.name)  # noqa: S311 - an order, not a secret
    for _ in range(PAIRS):
        chance.shuffle(places)
        for place in places:
            connection, request = asked[place]
            taken[place].append(await connection.timed(request))
    found = {
        one.name: Figures(
            latency=statistics.median(times), size=len(await asked[place][0].ask(asked[place][1]))
        )
        for place, (one, times) in enumerate(zip(systems, taken, strict=True))
    }
    for connection, _ in asked:
        await connection.close()
    return found


async def throughputs(
    systems: Sequence[System],
    workload: Workload,
    cluster: UUID,
    postmaster: int,
    found: Mapping[str, Figures],
) -> None:
    """Keep eight connections busy for short slices, the systems in random order."""
    slices = [system for system in systems for _ in range(SLICES)]
    random.Random(workload.name).shuffle(slices)  # noqa: S311 - as above
    for system in slices:
        request = system.target(workload, cluster).request
        connections = [await Connection.to(system.port) for _ in range(CONNECTIONS)]
        await asyncio.gather(*(connection.ask(request) for connection in connections for _ in range(1)))
        before = system.seconds(), database_seconds(postmaster)
        began = time.perf_counter()
        counts = await asyncio.gather(*(_keep_asking(connection, request) for connection in connections))
        elapsed = time.perf_counter() - began
        figures = found[system.name]
        figures.throughputs.append(sum(counts) / elapsed)
        figures.server_seconds += system.seconds() - before[0]
        figures.database_seconds += database_seconds(postmaster) - before[1]
        figures.requests += sum(counts)
        for connection in connections:
            await connection.close()


async def _keep_asking(connection: Connection, request: bytes) -> int:
    until = time.perf_counter() + SLICE_SECONDS
    count = 0
    while time.perf_counter() < until:
        await connection.ask(request)
        count += 1
    return count


def database_seconds(postmaster: int) -> float:
    """How much CPU time PostgreSQL and its processes have had."""
    total = 0.0
    parent = psutil.Process(postmaster)
    for process in (parent, *parent.children()):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total
