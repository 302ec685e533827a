"""Starts the database and the services in order, tells where they are, and stops them in reverse."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import os
import signal
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final

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
    began = time.monotonic()
    settings = read_settings()
    try:
        with stoppable(), ExitStack() as started:
            started.enter_context(only_one())
            services = _services(settings)
            address = started.enter_context(local_database(settings))
            settings = read_settings(database_url=address)
            supervisor = Supervisor(services, _environment(address))
            if early := asyncio.run(is_current(settings)):
                # The tables are there, so the services can wake up while the sample is looked at.
                started.enter_context(supervisor)
            asyncio.run(prepare(settings))
            demo = asyncio.run(_demo(settings, address))
            write_demo(demo)
            if not early:
                started.enter_context(supervisor)
            supervisor.wait_until_ready()
            say(welcome(demo, time.monotonic() - began))
            starter = os.getppid()
            while not _abandoned(starter):
                supervisor.require_alive()
                time.sleep(LOOKS_EVERY)
    except KeyboardInterrupt:
        say("Stopped; the data stays in var/.")
    return 0


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
    await migrate(settings, say=say)
    if importlib.util.find_spec("services.sample.load") is not None:
        sample: Any = importlib.import_module("services.sample.load")
        await sample.load_sample(settings, importlib.import_module("services.sample.progress").bar())


async def _demo(settings: Settings, address: str) -> dict[str, Any]:
    """Collect what people and scripts need to get in; sign-ins of an earlier start are kept."""
    demo: dict[str, Any] = {
        "graphql": f"http://{settings.graphql_host}:{settings.graphql_port}/graphql",
        "admin": f"http://{settings.web_host}:{settings.web_port}/" if _exists("web.__main__") else None,
        "database": address,
        "users": [],
        "tokens": [],
    }
    if _exists("services.local.demo"):
        people: Any = importlib.import_module("services.local.demo")
        demo |= await people.prepare_demo(settings, read_demo())
    return demo


def _services(settings: Settings) -> list[Service]:
    """Return the services that exist, after making sure that their ports are free."""
    services = []
    for name, module in SERVICES:
        if not _exists(f"{module}.__main__"):
            continue
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


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _abandoned(starter: int) -> bool:
    """Return whether make, which started us and would pass signals on, is gone."""
    return "MAKELEVEL" in os.environ and os.getppid() != starter
