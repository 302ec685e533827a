"""Runs the notification service: `python -m services.notifications`, any number of them on one database."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import uvloop

from schema.vocabulary import Channel
from services.database import DatabaseProblem, open_pool
from services.notifications.channels.registry import open_channels
from services.notifications.deliveries import Deliveries
from services.notifications.fan_out import FanOut
from services.notifications.letters.account_letters import AccountLetters
from services.notifications.letters.mailer import Mailer
from services.notifications.measures import Measures
from services.notifications.messages import TextsIncomplete, require_texts
from services.notifications.probes import Probes, ProbeServer
from services.notifications.replays import Replays
from services.notifications.returns.addresses import ReturnAddresses
from services.notifications.returns.door import open_door
from services.notifications.schedule import Schedule
from services.notifications.sender import Sender
from services.notifications.standing import Standing
from services.notifications.wordings import report_unfit
from services.notifications.worker import Upkeep, Worker
from services.notifications.working_days import WorkingDays
from services.ports import PortTaken, listen
from services.scoped_documents import ScopedDocuments
from services.sealing import Sealer
from services.settings import SettingsInvalid, read_settings
from services.telemetry import REGISTRY, configure_logging, configure_tracing, measure_process

if TYPE_CHECKING:
    import socket

    from services.settings import Settings


async def work(settings: Settings, listener: socket.socket, door: socket.socket | None) -> None:
    """Open what the worker needs, work until a signal, close it again; `door` is where letters come back to."""
    measures, days, sealer = Measures(REGISTRY), WorkingDays.of(settings), Sealer(settings)
    return_addresses = ReturnAddresses.of_installation(settings, sealer)
    pool = await open_pool(settings)
    try:
        async with open_channels(settings, pool, ScopedDocuments(pool, settings).answer) as channels:
            most = {code: channel.most_at_once for code, channel in channels.items()}
            sender = Sender(
                Deliveries(pool, settings, most),
                channels,
                measures,
                concurrency=settings.webhook_concurrency,
                lease=settings.delivery_lease,
            )
            await report_unfit(pool)
            worker = Worker(
                pool,
                settings,
                fan_out=FanOut(pool, ways=channels.keys(), days=days),
                sender=sender,
                upkeep=Upkeep(
                    Schedule(pool),
                    Replays(pool),
                    Standing(
                        pool, pause_after=settings.webhook_pause_after, letters=Channel.EMAIL in channels
                    ),
                ),
                measures=measures,
            )
            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, worker.stop)
            server = ProbeServer(Probes(worker, pool, measures).app())
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            try:
                async with (
                    open_door(door, pool, return_addresses, measures),
                    Mailer(settings) as mailer,
                    asyncio.TaskGroup() as group,
                ):
                    group.create_task(
                        AccountLetters(pool, settings, sealer, mailer, measures).run(worker.stopped)
                    )
                    group.create_task(worker.run())
            finally:
                server.should_exit = True
                await serving
    finally:
        await pool.close()


def main() -> None:
    """Run until SIGTERM or Ctrl-C; say in one sentence what prevents it."""
    try:
        settings = read_settings()
        settings.require_database_url()
        configure_logging(settings, "notifications")
        configure_tracing(settings, "notifications")
        measure_process()
        require_texts()
        host, port = settings.notifications_host, settings.notifications_port
        with ExitStack() as places:
            listener = places.enter_context(listen("The notification service", "NOTIFICATIONS", host, port))
            door = None
            if settings.bounce_domain:
                door = places.enter_context(
                    listen(
                        "The door of letters that come back",
                        "BOUNCE",
                        settings.bounce_host,
                        settings.bounce_port,
                    )
                )
            uvloop.run(work(settings, listener, door))
    except (SettingsInvalid, DatabaseProblem, PortTaken, TextsIncomplete) as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
