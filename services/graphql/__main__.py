"""Runs the GraphQL service: `python -m services.graphql`."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import uvloop

from services.database import DatabaseProblem, DatabaseStale, close_rows, open_pool, open_rows
from services.graphql.app import DoorOptions, create_app
from services.graphql.engine import Engine
from services.graphql.files.desk import open_files
from services.graphql.files.routes import file_routes
from services.graphql.files.sweeping import keep_sweeping
from services.graphql.journal import journal_for
from services.graphql.lifecycle import Lifecycle
from services.graphql.playground import playground_routes
from services.graphql.published import contract_routes
from services.graphql.server import make_server
from services.graphql.subscriptions import LiveEngine
from services.graphql.viewer import Viewers
from services.listening import ear_of
from services.migrate import standing
from services.ports import PortTaken, listen
from services.settings import SettingsInvalid, read_settings
from services.telemetry import REGISTRY, configure_logging, configure_tracing, measure_process

if TYPE_CHECKING:
    import socket

    from services.settings import Settings


async def serve(settings: Settings, listener: socket.socket) -> None:
    """Open what the service needs, serve until a signal, close it again."""
    pool = await open_pool(settings)
    viewers, live, sweeping = Viewers(pool, ear=ear_of(settings, lambda: pool)), None, None
    try:
        await open_rows(settings, pool=pool)
        engine = Engine(settings)
        await engine.open(pool)
        await viewers.open()
        live = LiveEngine(engine, viewers.again)
        files = open_files(engine, settings)
        waiting = timedelta(hours=settings.documents_waiting_hours)
        sweeping = asyncio.create_task(keep_sweeping(pool, files.storage, waiting=waiting))

        async def database_answers() -> None:
            await pool.fetchval("select 1")

        async def migrations_are_there() -> None:
            if lacking := (await standing(pool)).pending:
                raise DatabaseStale(f"The database lacks {', '.join(lacking)}, which this release needs.")

        lifecycle = Lifecycle()
        checks = {"database": database_answers, "migrations": migrations_are_there}
        options = DoorOptions(
            checks=checks,
            registry=REGISTRY,
            journal=journal_for(settings),
            trusted_origins=settings.own_origins,
            routes=[
                *contract_routes(),
                *playground_routes(settings.graphiql_source, viewers.viewer_of, settings.admin_url),
                *file_routes(files.receiver, files.giver, viewers.viewer_of),
            ],
        )
        app = create_app(live, viewers.viewer_of, options, lifecycle)
        await make_server(app, lifecycle).serve(sockets=[listener])
    finally:
        if sweeping is not None:
            sweeping.cancel()
        if live is not None:
            await live.close()
        await viewers.close()
        await close_rows()
        await pool.close()


def main() -> None:
    """Run until SIGTERM or Ctrl-C; say in one sentence what prevents it."""
    try:
        settings = read_settings()
        settings.require_database_url()
        configure_logging(settings, "graphql")
        configure_tracing(settings, "graphql")
        measure_process()
        listener = listen("The GraphQL service", "GRAPHQL", settings.graphql_host, settings.graphql_port)
        with listener:
            uvloop.run(serve(settings, listener))
    except (SettingsInvalid, DatabaseProblem, PortTaken) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
