"""The time every page of the admin takes at SCALE=1: asked in turn, in random order, each round all of them."""

from __future__ import annotations

import random
import statistics
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import asyncpg

from bench.client import Connection, Unexpected
from bench.happening import let_something_happen
from bench.systems import System, free_port
from schema.agencies.rows import AppUser, UserSession
from schema.identity import new_id
from schema.vocabulary import UserRole
from services.graphql import hash_of
from services.sample.progress import silent
from services.sample.sheets import Sheets
from web.routes import PAGES

if TYPE_CHECKING:
    from uuid import UUID

    from bench.setting import Setting
    from web.page import Page

ROUNDS: Final = 15
GOAL: Final = 50.0
_SECRET: Final = "bench-of-pages"  # noqa: S105 - it opens a database that is thrown away
# What stands in the address of a page: the first part of its path, and the table the thing lies in.
TABLES: Final = {
    "projects": ("ClusterProject", "cluster_project"),
    "phases": ("Phase", "phase"),
    "sub-projects": ("SubProject", "sub_project"),
    "plans": ("ActionPlan", "action_plan"),
    "strategies": ("Strategy", "strategy"),
    "programmes": ("OperationalProgramme", "operational_programme"),
    "councils": ("SteeringCouncil", "steering_council"),
    "meetings": ("CouncilMeeting", "council_meeting"),
    "stakeholders": ("Stakeholder", "stakeholder"),
    "networks": ("Network", "network"),
    "users": ("User", "app_user"),
    "templates": ("ProgrammeTemplate", "programme_template"),
    "events": ("Event", "event"),
    "sessions": ("UserSession", "user_session"),
}
# Lists are also asked as people narrow them.
NARROWED: Final = (
    "/clusters?health=OVERDUE&count=true",
    "/clusters?search=%DA%AF%D9%84%DB%8C%D9%85&sort=-workers",
    "/support?search=%D8%A8%D8%A7%D9%86%DA%A9&count=true",
)


@dataclass(frozen=True, slots=True)
class Timed:
    """What an address took."""

    path: str
    median: float
    worst: float
    kilobytes: float


async def timed_pages(found: Setting) -> list[Timed]:
    """Start the admin, sign in, and ask every page; the slowest comes first."""
    addresses = await _addresses(found)
    port = free_port()
    environment = {"DATABASE_URL": found.database, "WEB_PORT": str(port), "LOG_LEVEL": "WARNING"}
    admin = System("admin", [sys.executable, "-m", "web"], environment, port)
    taken: dict[str, list[float]] = {address: [] for address in addresses}
    sizes: dict[str, int] = {}
    try:
        await admin.start()
        connection = await Connection.to(port)
        requests = {address: _request(port, address) for address in addresses}
        for address in list(requests):
            try:
                sizes[address] = len(await connection.ask(requests[address]))
                await connection.ask(requests[address])
            except Unexpected as unexpected:
                # A page that is not there or that a rule refuses is nothing to time.
                sys.stderr.write(f"{address} is left out: {str(unexpected)[:60]}\n")
                del requests[address]
        order = list(requests)
        for _ in range(ROUNDS):
            random.shuffle(order)
            for address in order:
                taken[address].append(await connection.timed(requests[address]))
        await connection.close()
    finally:
        admin.stop()
    timed = [
        Timed(address, statistics.median(taken[address]), max(taken[address]), sizes[address] / 1000)
        for address in requests
    ]
    return sorted(timed, key=lambda one: -one.median)


def table(timed: list[Timed], shown: int = 15) -> str:
    """Write the slowest pages as a table, and what the others have in common."""
    middle = statistics.median(one.median for one in timed)
    slow = [one for one in timed if one.median > GOAL]
    lines = [
        f"{len(timed)} pages, {ROUNDS} rounds; median {middle:.1f} ms; {len(slow)} above {GOAL:.0f} ms.",
        "",
        "| page | p50 ms | worst ms | kB |",
        "| --- | --- | --- | --- |",
        *(
            f"| `{one.path}` | {one.median:.1f} | {one.worst:.1f} | {one.kilobytes:.0f} |"
            for one in timed[:shown]
        ),
    ]
    return "\n".join(lines)


def _request(port: int, address: str) -> bytes:
    return (
        f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: khoosheh={_SECRET}; language=fa\r\n\r\n"
    ).encode()


async def _addresses(found: Setting) -> list[str]:
    """Let somebody sign in, and fill the paths of all pages with things of a cluster."""
    connection = await asyncpg.connect(found.database)
    try:
        await let_something_happen(found, await _sign_in(connection))
        slug = await connection.fetchval("select slug from cluster where id = $1", found.cluster)
        things = {}
        for part, (kind, name) in TABLES.items():
            row = await connection.fetchval(f"select id from {name} order by id desc limit 1")  # noqa: S608 - a table of ours
            if row is None:
                sys.stderr.write(f"The pages of {part} are left out: SCALE=1 has none.\n")
            else:
                things[part] = f"{kind}_{row}"
    finally:
        await connection.close()
    return [
        *(address for page in PAGES if (address := _fill(page, str(slug), things))),
        *NARROWED,
    ]


def _fill(page: Page, slug: str, things: dict[str, str]) -> str:
    path = page.path.replace("{slug}", slug).replace("{subject}", things["users"])
    if "{id}" in path:
        part = page.path.split("/{id}")[0].rsplit("/", 1)[1]
        path = path.replace("{id}", things[part]) if part in things else ""
    if "?" not in path and page.document == "views/list":
        path += "?page=/clusters"
    return "" if "{" in path else path


async def _sign_in(connection: asyncpg.Connection[asyncpg.Record]) -> UUID:
    await connection.execute("delete from user_session where hash = $1", hash_of(_SECRET))
    sheets, user, until = Sheets(), new_id(), datetime.now(UTC) + timedelta(days=1)
    sheets.add(
        AppUser, user, email=f"{user}@bench.example", name="bench", role=UserRole.NATIONAL_ADMINISTRATOR
    )
    sheets.add(
        UserSession,
        new_id(),
        user_id=user,
        hash=hash_of(_SECRET),
        client="bench",
        idle_until=until,
        ends_at=until,
    )
    await sheets.copy(connection, silent)
    return user
