"""Starts the database and the services in order, tells where they are, and stops them in reverse."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final

import psutil

from services.local.failure import LocalFailure
from services.local.place import DATA, OUTBOX, encryption_key, only_one, read_demo, write_demo
from services.local.ports import require_free
from services.local.postgres import EmbeddedPostgres
from services.local.supervisor import Service, Supervisor
from services.local.welcome import welcome
from services.migrate import is_current, migrate
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from services.settings import Settings

SERVICES: Final = (
    ("graphql", "services.graphql"),
    ("web", "web"),
    ("notifications", "services.notifications"),
)
LOOKS_EVERY: Final = 0.2


def run() -> int:
    """Run until somebody wants us to stop."""
    settings = read_settings()
    try:
        with stoppable(), ExitStack() as started:
            started.enter_context(only_one())
            services = _services(settings)
            with ThreadPoolExecutor(1) as beside:
                # Copies are made by a process of one thread, so this one ends before the services start.
                importing = beside.submit(import_services)
                address = started.enter_context(local_database(settings))
                settings = read_settings(database_url=address)
                early = asyncio.run(is_current(settings))
                importing.result()
            supervisor = Supervisor(services, _environment(address))
            if early:
                # The tables are there, so the services can wake up while the sample is looked at.
                started.enter_context(supervisor)
            asyncio.run(prepare(settings))
            demo = asyncio.run(_demo(settings, address))
            write_demo(demo)
            if not early:
                started.enter_context(supervisor)
            supervisor.wait_until_ready()
            say(welcome(demo, time.time() - psutil.Process().create_time()))
            starter = os.getppid()
            while not _abandoned(starter):
                supervisor.require_alive()
                time.sleep(LOOKS_EVERY)
    except KeyboardInterrupt:
        say("Stopped; the data stays in var/.")
    return 0


def import_services() -> None:
    """Import, once for all services, what most of their start is spent on; meanwhile the database starts."""
    from services.graphql import contract_of_the_code  # noqa: PLC0415 - here and not before the database starts

    contract_of_the_code()
    for _, module in SERVICES:
        importlib.import_module(f"{module}.__main__")


def say(words: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn every polite signal into one interruption, and finish stopping once it has begun."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    yield


@contextmanager
def local_database(settings: Settings) -> Iterator[str]:
    """Give the address of the database: the one of DATABASE_URL, or the embedded one while we run."""
    if settings.database_url is not None:
        yield settings.require_database_url()
        return
    say("Starting the embedded PostgreSQL 18 (data in var/postgres) …")
    with EmbeddedPostgres(DATA) as server:
        yield server.address()


async def prepare(settings: Settings) -> None:
    """Migrate the database and load the sample, unless both are done already."""
    from services.sample.load import load_sample  # noqa: PLC0415 - here and not before the database starts
    from services.sample.progress import bar  # noqa: PLC0415 - as above

    await migrate(settings, say=say)
    await load_sample(settings, bar())


async def _demo(settings: Settings, address: str) -> dict[str, Any]:
    """Collect what people and scripts need to get in; sign-ins of an earlier start are kept."""
    from services.local.demo import prepare_demo  # noqa: PLC0415 - here and not before the database starts

    people = await prepare_demo(settings, read_demo())
    return {
        "graphql": f"http://{settings.graphql_host}:{settings.graphql_port}/graphql",
        "admin": f"http://{settings.web_host}:{settings.web_port}/",
        "database": address,
        **people,
    }


def _services(settings: Settings) -> list[Service]:
    """Return the services, after making sure that their ports are free."""
    services = []
    for name, module in SERVICES:
        host, port = getattr(settings, f"{name}_host"), getattr(settings, f"{name}_port")
        require_free(f"{name.upper()}_PORT", host, port)
        services.append(Service(name, module, host, port))
    if len({service.port for service in services}) < len(services):
        raise LocalFailure(
            "Two services have the same port; GRAPHQL_PORT, WEB_PORT and NOTIFICATIONS_PORT must differ."
        )
    return services


def _environment(address: str) -> dict[str, str]:
    """Return what the services are told: the database, and lines for people where people look."""
    told = {"DATABASE_URL": address}
    if "ENCRYPTION_KEYS" not in os.environ:
        told["ENCRYPTION_KEYS"] = encryption_key()
    if "SMTP_URL" not in os.environ and "MAIL_OUTBOX" not in os.environ:
        told["MAIL_OUTBOX"] = str(OUTBOX)
    if sys.stdout.isatty():
        told |= {"LOG_FORMAT": os.environ.get("LOG_FORMAT", "console")}
    return told


def _abandoned(starter: int) -> bool:
    """Return whether make, which started us and would pass signals on, is gone."""
    return "MAKELEVEL" in os.environ and os.getppid() != starter
