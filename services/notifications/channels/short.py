"""Sends short messages through Apprise: text messages by a gateway, messengers by their reader's address."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from schema.notifications.ways import UnusableWay, usable_messenger
from schema.vocabulary import AttemptStatus
from services.notifications.channels.delivery import Outcome, unsent
from services.notifications.messages import write_together
from services.sealing import SealBroken

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    from apprise import NotifyBase

    from services.notifications.channels.delivery import Delivery, Reader
    from services.sealing import Sealer
    from services.settings import Settings

MOST_TOGETHER: Final = 20
_TIMEOUT: Final = 20.0
_LONGEST_QUEUE: Final = 15.0


class Turnstile:
    """Lets so many pass per minute, one after the other; says how long somebody would have to wait."""

    def __init__(self, per_minute: int) -> None:
        self._step = 60 / per_minute
        self._next = 0.0

    def turn(self) -> float:
        """Take a place in the queue and return the seconds until it comes; no place is taken in a long queue."""
        now = time.monotonic()
        begins = max(now, self._next)
        if begins - now <= _LONGEST_QUEUE:
            self._next = begins + self._step
        return begins - now


@dataclass(slots=True)
class ShortChannel:
    """One way of short messages: `address` says where to, `length` how long one may be."""

    sealer: Sealer
    address: Callable[[Reader, Sealer], str]
    length: int
    turnstile: Turnstile
    most_at_once: int = MOST_TOGETHER

    async def deliver(self, run: Sequence[Delivery]) -> AsyncGenerator[Outcome, None]:
        """Send what waited for one moment together, everything else message by message."""
        if run[0].content.get("held"):
            yield replace(await self._send(run), covers=len(run))
            return
        for delivery in run:
            yield await self._send((delivery,))

    async def _send(self, run: Sequence[Delivery]) -> Outcome:
        reader = run[0].reader
        if reader is None:
            return unsent("a short message needs somebody to read it", final=True)
        try:
            address = self.address(reader, self.sealer)
        except SealBroken as broken:
            return unsent(f"the address cannot be opened ({broken}): enter it anew", final=True)
        except UnusableWay as unusable:
            return unsent(f"{unusable.reason_en}", final=True)
        way = await asyncio.to_thread(_way_to, address)
        if way is None:
            return unsent(
                "the address cannot be understood: enter it anew, as Apprise describes it", final=True
            )
        if (wait := self.turnstile.turn()) > _LONGEST_QUEUE:
            return Outcome(
                AttemptStatus.FAILED, datetime.now(UTC), 0, None, "many messages wait; this one too", wait
            )
        await asyncio.sleep(wait)
        return await _notify(way, shortened(told(run, reader.language), self.length))


def told(run: Sequence[Delivery], language: str) -> str:
    """Write what a run tells of, the sentences of each message in turn."""
    bodies = [
        write_together(one.event, one.content.get("also", ()), language).body
        for one in run
        if one.event is not None
    ]
    return "\n".join(bodies)


def shortened(text: str, length: int) -> str:
    """Cut a text that is too long at a word, and say that it was cut."""
    if len(text) <= length:
        return text
    return f"{text[: length - 1].rsplit(maxsplit=1)[0]}…"


def _way_to(address: str) -> NotifyBase | None:
    """Return the service behind an address; Apprise reads all it knows at the first one, which takes a moment."""
    from apprise import Apprise  # noqa: PLC0415 - most processes send no short message and need not read it

    found: NotifyBase | None = Apprise.instantiate(address, suppress_exceptions=True)
    return found


async def _notify(way: NotifyBase, text: str) -> Outcome:
    """Hand a message to Apprise, which blocks, in a thread of its own."""
    at, began = datetime.now(UTC), time.monotonic()
    problem: str | None = None
    try:
        async with asyncio.timeout(_TIMEOUT):
            accepted = await asyncio.to_thread(way.notify, body=text, body_format="text")
    except TimeoutError:
        accepted, problem = False, f"the service gave no answer within {_TIMEOUT:g} seconds"
    except Exception as error:  # noqa: BLE001 - a hundred services fail in a hundred ways
        accepted, problem = False, f"the service cannot be reached ({type(error).__name__})"
    duration = round((time.monotonic() - began) * 1000)
    if accepted:
        return Outcome(AttemptStatus.SUCCEEDED, at, duration)
    return Outcome(
        AttemptStatus.FAILED,
        at,
        duration,
        problem=problem or "the service did not accept it: check the address",
    )


def text_messages(settings: Settings, sealer: Sealer) -> ShortChannel:
    """Return the way of text messages."""
    gateway = settings.sms_url.get_secret_value() if settings.sms_url else ""

    def address(reader: Reader, sealer: Sealer) -> str:
        if reader.phone_secret is None:
            raise UnusableWay(
                "شماره‌ای ثبت نشده است.", "there is no number any more: enter one, or choose “Never”"
            )
        return gateway.replace("{to}", quote(sealer.open(reader.phone_secret).lstrip("+"), safe=""))

    return ShortChannel(sealer, address, settings.sms_length, Turnstile(settings.sms_per_minute))


def messengers(settings: Settings, sealer: Sealer) -> ShortChannel:
    """Return the way of messengers; their hosts are checked once more, since trust may have ended."""

    def address(reader: Reader, sealer: Sealer) -> str:
        if reader.messenger_secret is None:
            raise UnusableWay(
                "نشانی‌ای ثبت نشده است.", "there is no address any more: enter one, or choose “Never”"
            )
        return usable_messenger(
            sealer.open(reader.messenger_secret),
            hosts=settings.trusted_hosts(),
            anywhere=settings.webhook_inside_allowed,
        )

    return ShortChannel(sealer, address, settings.messenger_length, Turnstile(settings.messenger_per_minute))
