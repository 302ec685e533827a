"""Runs the admin: `python -m web`."""

from __future__ import annotations

import asyncio
import ipaddress
import sys
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final

import uvloop

from services.graphql import (
    Accounts,
    Bells,
    DatabaseProblem,
    Lifecycle,
    OpenIdProvider,
    ProviderSignIn,
    Viewers,
    journal_for,
    make_server,
    open_engine,
    open_files,
)
from services.jobs import Jobs
from services.listening import ear_of
from services.ports import PortTaken, listen
from services.sealing import Sealer
from services.settings import SettingsInvalid, read_settings
from services.telemetry import REGISTRY, configure_logging, configure_tracing, measure_process
from web import operations
from web.app import FOLDER, Work, create_app
from web.by_secret import ReadersBySecret
from web.documents import DocumentsInvalid, load_documents
from web.house import Appearance
from web.metrics import PageMetrics
from web.rendering import compile_templates
from web.session import PeopleSessions

if TYPE_CHECKING:
    import socket

    import asyncpg
    from graphql import GraphQLSchema

    from services.settings import Settings


# Pages are few and ask much at once: to plan the largest anew at each request would take longer than to run it.
LONGEST_OF_PAGES: Final = 64 * 1024


async def serve(settings: Settings, listener: socket.socket) -> None:
    """Open the engine, serve until a signal, close the engine again."""
    secure = not is_loopback(settings.web_host)
    async with open_engine(settings, longest_kept=LONGEST_OF_PAGES) as engine, AsyncExitStack() as opened:
        accounts = Accounts(engine.pool, Sealer(settings))
        viewers = Viewers(engine.pool, ear=ear_of(settings, lambda: engine.pool))
        provider = _provider(engine.pool, settings)
        await viewers.open()
        opened.push_async_callback(viewers.close)
        opened.push_async_callback(accounts.close)
        if provider is not None:
            opened.push_async_callback(provider.close)

        async def answers() -> None:
            await engine.pool.fetchval("select true")

        lifecycle = Lifecycle()

        app = create_app(
            engine,
            engine.schema,
            PeopleSessions(accounts, viewers, secure=secure, provider=provider),
            engine.today,
            Appearance(
                script=settings.htmx_url,
                script_integrity=settings.htmx_integrity,
                stylesheet=settings.font_url,
                stylesheet_integrity=settings.font_integrity,
                secure=secure,
                language=settings.language,
                provider=provider.name if provider else "",
                passwords=settings.password_sign_in,
                origins=settings.own_origins,
            ),
            extra_routes=operations.routes(answers, lifecycle),
            work=Work(Jobs(engine.pool), viewers),
            lifecycle=lifecycle,
            readers=ReadersBySecret(viewers, Sealer(settings)),
            files=open_files(engine, settings),
            journal=journal_for(settings),
            bells=Bells(settings, lambda: engine.pool),
            documents=load_documents(FOLDER, engine.schema, validated=False),
            metrics=PageMetrics(REGISTRY),
        )
        server = make_server(app, lifecycle)

        def end_unless_well(warmed: asyncio.Task[None]) -> None:
            server.should_exit = server.should_exit or warmed.cancelled() or warmed.exception() is not None

        # Beside the serving, so that starting stays quick; what does not fit the schema ends us all the same.
        warming = asyncio.create_task(asyncio.to_thread(warm, engine.schema))
        warming.add_done_callback(end_unless_well)
        await server.serve(sockets=[listener])
        await warming


def warm(schema: GraphQLSchema) -> None:
    """Do once what readers would wait for otherwise: prove every document, compile every template.

    Raises:
        DocumentsInvalid: a document of a page does not fit the schema.
    """
    load_documents(FOLDER, schema)
    compile_templates()


def _provider(pool: asyncpg.Pool[asyncpg.Record], settings: Settings) -> ProviderSignIn | None:
    """Return the way by the OpenID provider, if the installation names one."""
    if not settings.oidc_issuer and not settings.oidc_client_id:
        if not settings.password_sign_in:
            raise SettingsInvalid("PASSWORD_SIGN_IN is off and OIDC_ISSUER unset: nobody could sign in.")
        return None
    domains = {domain.strip().lower().lstrip("@") for domain in settings.oidc_domains.split(",")}
    return ProviderSignIn(pool, OpenIdProvider(settings), domains=frozenset(domains - {""}))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def main() -> None:
    """Run until SIGTERM or Ctrl-C; say in one sentence what prevents it."""
    try:
        settings = read_settings()
        settings.require_database_url()
        configure_logging(settings, "web")
        configure_tracing(settings, "web")
        measure_process()
        with listen("The admin", "WEB", settings.web_host, settings.web_port) as listener:
            uvloop.run(serve(settings, listener))
    except (SettingsInvalid, DatabaseProblem, PortTaken, DocumentsInvalid) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
