"""Text messages and messengers, sent through Apprise to a real receiver on this machine."""

from __future__ import annotations

import asyncio
import datetime
import socket
from typing import TYPE_CHECKING, Any

import orjson
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from schema.notifications.ways import UnusableWay, usable_messenger, usable_number
from services.notifications.channels.registry import open_ways
from services.notifications.channels.short import Turnstile, shortened
from services.notifications.deliveries import Deliveries
from services.notifications.fan_out import FanOut
from services.notifications.measures import Measures
from services.notifications.sender import Sender
from services.sealing import Sealer
from services.settings import read_settings
from tests.events.conftest import KEY, QuietServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from uuid import UUID

    from starlette.requests import Request

    from tests.events.conftest import Country

NOW = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)


class Service:
    """A messenger's server, or a gateway of text messages."""

    def __init__(self) -> None:
        self.port = 0
        self.got: list[tuple[str, str]] = []
        self.answer = 200

    async def take(self, request: Request) -> Response:
        self.got.append((request.url.path, orjson.loads(await request.body())["message"]))
        return Response(status_code=self.answer)


@pytest.fixture
async def service(eventually: Callable[..., Any]) -> AsyncIterator[Service]:
    made = Service()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    made.port = listener.getsockname()[1]
    app = Starlette(routes=[Route("/{path:path}", made.take, methods=["POST"])])
    server = QuietServer(uvicorn.Config(app, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve(sockets=[listener]))

    async def started() -> bool:
        return server.started

    await eventually(started)
    yield made
    server.should_exit = True
    await serving
    listener.close()


async def send(
    country: Country, at: datetime.datetime = NOW, **settings: Any
) -> list[tuple[str, str | None]]:
    """Route as if it were a moment and send everything that is due now; return how the attempts ended."""
    found = read_settings(
        database_url=country.settings.require_database_url(),
        encryption_keys=KEY,
        webhook_first_retry=0.05,
        **settings,
    )
    async with open_ways(found) as channels:
        most = {code: channel.most_at_once for code, channel in channels.items()}
        sender = Sender(Deliveries(country.pool, found, most), channels, Measures(), concurrency=8, lease=60)
        await FanOut(country.pool, lambda: at, ways=channels.keys()).route()
        while await sender.send_due():
            await sender.settle()
    rows = await country.pool.fetch(
        "select n.status, a.problem from delivery_attempt a join notification_delivery n on n.id = a.delivery_id"
        " order by a.at, a.id"
    )
    return [tuple(row) for row in rows]


async def reader(country: Country, **secrets: str) -> UUID:
    user = await country.administrator(await country.province(1), "FA")
    sealer = Sealer(read_settings(encryption_keys=KEY))
    for name, secret in secrets.items():
        way = "sms" if name == "phone" else "messenger"
        await country.pool.execute(
            f"update notification_preference set {name}_secret = $2, {way} = 'IMMEDIATE' where id = $1",  # noqa: S608 - ours
            user, sealer.seal(secret),
        )  # fmt: skip
    return user


async def test_a_text_message_goes_to_the_number_by_the_operators_gateway(
    country: Country, service: Service
) -> None:
    user = await reader(country, phone="+989121234567")
    cluster = await country.cluster(await country.pool.fetchval("select id from province"))
    await country.happen(cluster)
    gateway = f"json://127.0.0.1:{service.port}/send/{{to}}"
    assert await send(country, sms_url=gateway) == [("SENT", None)]
    assert service.got == [("/send/989121234567", "فاز «مطالعه شناختی» خوشهٔ «گلیم 1» پایان یافت.")]
    await country.happen(cluster)
    service.answer = 503
    standing, problem = (await send(country, sms_url=gateway))[-1]
    assert standing == "RETRYING"
    assert "did not accept" in (problem or "")
    await country.pool.execute("update notification_preference set phone_secret = null where id = $1", user)
    await country.pool.execute(
        "update notification_delivery set next_attempt_at = now() where status = 'RETRYING'"
    )
    standing, problem = (await send(country, sms_url=gateway))[-1]
    assert standing == "EXHAUSTED"
    assert "no number any more" in (problem or "")


async def test_a_messenger_of_ones_own_is_written_to_only_on_trusted_hosts(
    country: Country, service: Service
) -> None:
    await reader(country, messenger=f"json://127.0.0.1:{service.port}/room")
    cluster = await country.cluster(await country.pool.fetchval("select id from province"))
    await country.happen(cluster)
    assert await send(country, messenger_hosts="127.0.0.1") == [("SENT", None)]
    assert len(service.got) == 1
    await country.happen(cluster)
    standing, problem = (await send(country))[-1]
    assert standing == "EXHAUSTED"
    assert "MESSENGER_HOSTS" in (problem or "")
    assert len(service.got) == 1


async def test_what_waited_for_a_moment_is_one_short_message(country: Country, service: Service) -> None:
    user = await reader(country, messenger=f"json://127.0.0.1:{service.port}/room")
    await country.pool.execute("update notification_preference set messenger = 'DAILY' where id = $1", user)
    for _ in range(2):
        await country.happen(await country.cluster(await country.pool.fetchval("select id from province")))
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    assert await send(country, at=tomorrow, messenger_hosts="127.0.0.1") == []
    await country.pool.execute(
        "update notification_delivery set next_attempt_at = now() where status = 'PENDING'"
    )
    assert await send(country, messenger_hosts="127.0.0.1") == [("SENT", None)] * 2
    ((_, message),) = service.got
    assert message.count("\n") == 1


def test_long_texts_are_cut_at_a_word_and_messages_keep_their_pace() -> None:
    assert shortened("کوتاه", 70) == "کوتاه"
    cut = shortened("خوشه " * 40, 70)
    assert len(cut) <= 70
    assert cut.endswith("خوشه…")
    turnstile = Turnstile(60)
    turns = [turnstile.turn() for _ in range(3)]
    assert turns[0] == 0
    assert turns == pytest.approx([0, 1, 2], abs=0.1)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("۰۹۱۲ ۱۲۳ ۴۵۶۷", "+989121234567"),
        ("0098 912 123 4567", "+989121234567"),
        ("+44 (20) 7946-0018", "+442079460018"),
    ],
)
def test_numbers_are_read_as_they_are_typed(typed: str, number: str) -> None:
    assert usable_number(typed) == number


@pytest.mark.parametrize("typed", ["", "911", "0912", "+0123456789", "call me", "+98912123456789012"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(UnusableWay):
        usable_number(typed)


@pytest.mark.parametrize(
    "address",
    ["", "tgram", "file:///etc/passwd", "mailto://a:b@c.example", "jsons://", "jsons://169.254.169.254/", "json://[::1]/",
     "exec://rm", "tgram://a b", "jsons://[", "matrixs://10.0.0.1/", f"tgram://{'x' * 600}"],
)  # fmt: skip
def test_messengers_nobody_trusts_are_refused(address: str) -> None:
    with pytest.raises(UnusableWay):
        usable_messenger(address, hosts={"chat.example"})


def test_known_services_and_trusted_hosts_are_accepted() -> None:
    for address in ("tgram://123456789:abcdefg_hijklmnop/12315544/", "mmosts://chat.example/token"):
        assert usable_messenger(address, hosts={"chat.example"}) == address
