"""`make bench`: start everything, check that the answers are equal, measure, print the tables."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import orjson
import uvloop

from bench import measure
from bench.client import Connection
from bench.pages import table, timed_pages
from bench.setting import Setting, setting
from bench.systems import PEER, NotStarted, System, khoosheh, postgraphile, reference
from bench.table import tables
from bench.workload import Workload, workloads
from schema.vocabulary import UserRole
from services.local.failure import LocalFailure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

PEER_VERSION = "5.1.5"


class Different(Exception):
    """Two systems do not give the same answer, so comparing their times would mean nothing."""


def systems_of(found: Setting, *, with_peer: bool) -> list[System]:
    """Return what is measured, the reference first."""
    database = found.database
    ours = [
        khoosheh(database, "Khoosheh, national viewer", found.tokens[UserRole.NATIONAL_VIEWER]),
        khoosheh(database, "Khoosheh, 31 provinces in scope", found.tokens[UserRole.PROVINCE_VIEWER]),
    ]
    peer = postgraphile(database) if with_peer else None
    return [reference(database), *ours, *([peer] if peer else [])]


async def measured(systems: Sequence[System], found: Setting) -> Mapping[str, Mapping[str, measure.Figures]]:
    """Start the systems, make sure they agree, and measure every workload."""
    figures: dict[str, Mapping[str, measure.Figures]] = {}
    try:
        for system in systems:
            await system.start()
        systems = [one for one in systems if not one.is_peer or await answers_all(one, found.cluster)]
        for workload in workloads():
            await require_equal(systems, workload, found.cluster)
            figures[workload.name] = await measure.latencies(systems, workload, found.cluster)
            await measure.throughputs(
                systems, workload, found.cluster, found.postmaster, figures[workload.name]
            )
            sys.stderr.write(f"{workload.name} is measured.\n")
        sys.stdout.write(tables(systems, figures) + "\n")
    finally:
        for system in systems:
            system.stop()
    return figures


async def answers_all(peer: System, cluster: UUID) -> bool:
    """Return whether the peer can do the work here; one that cannot is left out, saying so."""
    connection = await Connection.to(peer.port)
    for workload in workloads():
        answer = orjson.loads(await connection.ask(peer.target(workload, cluster).request))
        if answer.get("errors"):
            sys.stderr.write(f"{peer.name} fails at {workload.name} on this machine and is left out.\n")
            peer.stop()
            return False
    await connection.close()
    return True


async def require_equal(systems: Sequence[System], workload: Workload, cluster: UUID) -> None:
    """Compare what every system but the peer answers; the peer has other names for the same."""
    answers = {}
    for system in systems:
        connection = await Connection.to(system.port)
        body = orjson.loads(await connection.ask(system.target(workload, cluster).request))
        await connection.close()
        if body.get("errors") or not body["data"]:
            raise Different(f"{system.name} does not answer {workload.name}: {body.get('errors')}")
        if not system.is_peer:
            answers[system.name] = body["data"]
    expected, *others = answers.items()
    for name, answer in others:
        if answer != expected[1]:
            raise Different(f"{name} and {expected[0]} answer {workload.name} differently.")


def install_peer() -> None:
    """Install the peer under var/, where npm can be had; it is measured then."""
    npm = shutil.which("npm")
    if npm is None or (PEER / "node_modules/postgraphile").is_dir():
        return
    PEER.mkdir(parents=True, exist_ok=True)
    packages = {"postgraphile": PEER_VERSION, "graphql": "16", "pg": "8"}
    (PEER / "package.json").write_bytes(orjson.dumps({"private": True, "dependencies": packages}))
    command = [npm, "install", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=PEER, capture_output=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        sys.stderr.write("The peer cannot be installed from here; it is left out.\n")


def main(arguments: list[str]) -> int:
    """Measure; say in one sentence what prevents it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--peer", action="store_true", help="measure PostGraphile too, installed by npm")
    parser.add_argument("--pages", action="store_true", help="measure the pages of the admin instead")
    chosen = parser.parse_args(arguments)
    with_peer: bool = chosen.peer
    if with_peer:
        install_peer()
    try:
        with setting() as found:
            if chosen.pages:
                with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                    sys.stdout.write(table(runner.run(timed_pages(found))) + "\n")
                return 0
            systems = systems_of(found, with_peer=with_peer)
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(measured(systems, found))
    except (LocalFailure, NotStarted, Different) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
