"""E-mail to people: both languages, threads, digests, unsubscribing; sent by real workers to a real mail server."""

from __future__ import annotations

import datetime
from contextlib import AsyncExitStack
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from schema.calendar import TEHRAN
from schema.identity import new_id
from schema.vocabulary import Channel
from services.notifications.channels.delivery import Delivery, Reader
from services.notifications.channels.registry import open_ways
from services.notifications.deliveries import Deliveries
from services.notifications.fan_out import FanOut
from services.notifications.letters.for_readers import Letterhead, compose
from services.notifications.measures import Measures
from services.notifications.sender import Sender
from services.sealing import Sealer
from services.settings import read_settings
from tests.events.conftest import KEY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from email.message import EmailMessage
    from uuid import UUID

    from tests.events.conftest import Country, Start
    from tests.post_office import PostOffice

NOW = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
LETTERHEAD = Letterhead(
    "Khoosheh <mail@khoosheh.example>", "https://admin.example/", "https://admin.example/unsubscribe/x"
)


def the_clock() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def delivery(language: str = "FA", kind: str = "phase.window_opening", **content: Any) -> Delivery:
    event = {
        "type": kind, "phase_code": "DIAGNOSTIC_STUDY", "cluster_id": new_id(), "slug": "lorestan", "at": NOW,
        "cluster_fa": "گلیم <لرستان>", "cluster_en": "Gelim <Lorestan>", "province_fa": "لرستان",
        "province_en": "Lorestan",
        "payload": orjson.dumps({"due": {"date": "2026-12-21", "jalali": "۳۰ آذر ۱۴۰۵"}, "daysLeft": 28}).decode(),
    }  # fmt: skip
    reader = Reader(new_id(), "reader@khoosheh.example", "مریم", language)
    return Delivery(
        id=new_id(), lease=new_id(), channel=Channel.EMAIL, recipient_id=reader.id, lane=new_id(), address=None,
        content=content, attempts_made=0, replayed=False, in_reach=True, endpoint=None, reader=reader, event=event,
    )  # fmt: skip


def read(letter: EmailMessage) -> tuple[str, str]:
    """Return text and page of a letter as they arrive."""
    arrived = message_from_bytes(bytes(letter), policy=default)
    text, page = arrived.get_body(("plain",)), arrived.get_body(("html",))
    assert text is not None
    assert page is not None
    return text.get_content(), page.get_content()


def test_a_persian_letter_reads_from_right_to_left_with_jalali_days_and_persian_digits() -> None:
    one = delivery()
    letter = compose([one], LETTERHEAD, now=NOW)
    text, page = read(letter)
    assert letter["Subject"] == "مهلت فاز نزدیک است: گلیم <لرستان>"
    assert "سلام مریم،" in text
    assert "۳۰ آذر ۱۴۰۵" in text
    assert "۲۸ روز مانده است" in text
    assert "(۲ آذر ۱۴۰۵)" in text
    assert "https://admin.example/clusters/lorestan" in text
    assert '<html lang="fa" dir="rtl">' in page
    assert '<table role="presentation" dir="rtl"' in page
    assert "گلیم &lt;لرستان&gt;" in page
    assert "<لرستان>" not in page
    assert letter["Content-Language"] == "fa"


def test_an_english_letter_names_the_day_in_both_calendars() -> None:
    text, page = read(compose([delivery("EN")], LETTERHEAD, now=NOW))
    assert "is due by 2026-12-21; 28 days are left." in text
    assert "(2026-11-23 (2 Azar 1405))" in text
    assert '<html lang="en" dir="ltr">' in page


def test_a_letter_is_named_by_its_delivery_threaded_by_its_cluster_and_can_be_stopped() -> None:
    one = delivery()
    letter = compose([one], LETTERHEAD, now=NOW)
    assert one.event is not None
    assert (
        letter["Message-ID"]
        == f"<{one.id}@khoosheh.example>"
        == compose([one], LETTERHEAD, now=NOW)["Message-ID"]
    )
    assert (
        letter["References"]
        == letter["In-Reply-To"]
        == f"<cluster-{one.event['cluster_id']}@khoosheh.example>"
    )
    assert letter["List-Unsubscribe"] == "<https://admin.example/unsubscribe/x>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    silent = compose([one], Letterhead("a@b.example", "https://admin.example"), now=NOW)
    assert silent["List-Unsubscribe"] is None


def test_a_digest_is_one_letter_named_by_its_first_message() -> None:
    run = [delivery(held="2026-11-24T04:30:00+00:00"), delivery(kind="phase.completed", held="same")]
    letter = compose(run, LETTERHEAD, now=NOW)
    assert letter["Subject"] == "۲ پیام از خوشه‌های شما"
    assert letter["Message-ID"] == f"<{run[0].id}@khoosheh.example>"
    text, _ = read(letter)
    assert text.index("مهلت فاز") < text.index("پایان یافت")


@pytest.fixture
async def posting(country: Country, post_office: PostOffice) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Send what is due to the post office, in this process."""
    settings = read_settings(
        database_url=country.settings.require_database_url(), encryption_keys=KEY, smtp_url=post_office.url,
        webhook_first_retry=0.05, mail_from="Khoosheh <mail@khoosheh.example>", mail_timeout=1,
    )  # fmt: skip
    async with AsyncExitStack() as stack:
        channels = await stack.enter_async_context(open_ways(settings))
        most = {code: channel.most_at_once for code, channel in channels.items()}
        sender = Sender(
            Deliveries(country.pool, settings, most), channels, Measures(), concurrency=8, lease=60
        )

        async def post() -> None:
            await FanOut(country.pool, the_clock, ways=channels.keys()).route()
            while await sender.send_due():
                await sender.settle()

        yield post


async def attempts(country: Country) -> list[tuple[str, str, str | None]]:
    rows = await country.pool.fetch(
        "select n.status as standing, a.status, a.problem from delivery_attempt a"
        " join notification_delivery n on n.id = a.delivery_id order by a.at, a.id"
    )
    return [tuple(row) for row in rows]


async def due_now(country: Country) -> None:
    await country.pool.execute(
        "update notification_delivery set next_attempt_at = now() where next_attempt_at is not null"
    )


async def test_a_digest_of_two_clusters_arrives_as_one_letter(
    country: Country, post_office: PostOffice, posting: Callable[[], Awaitable[None]]
) -> None:
    province = await country.province(1)
    daily, _ = [await country.administrator(province, "FA") for _ in range(2)]
    half_a_day_off = (the_clock().astimezone(TEHRAN).hour + 12) % 24
    await country.pool.execute(
        "update notification_preference set mail = 'DAILY', digest_hour = $2 where id = $1",
        daily, half_a_day_off,
    )  # fmt: skip
    for _ in range(2):
        await country.happen(await country.cluster(province))
    await posting()
    assert len(post_office.letters) == 2, "only whoever wants it at once has it"
    await due_now(country)
    await posting()
    (digest,) = post_office.letters[2:]
    assert digest["Subject"] == "۲ پیام از خوشه‌های شما"
    assert len({letter["Message-ID"] for letter in post_office.letters}) == 3
    assert [status for status, _, _ in await attempts(country)] == ["SENT"] * 4
    secret = str(digest["List-Unsubscribe"]).rsplit("/", 1)[1].rstrip(">")
    assert Sealer(read_settings(encryption_keys=KEY)).open(secret) == f"unsubscribe {daily}"


async def test_a_mailbox_that_bounces_is_given_up_with_the_remedy_and_one_that_is_full_tried_again(
    country: Country, post_office: PostOffice, posting: Callable[[], Awaitable[None]]
) -> None:
    province = await country.province(1)
    reader: UUID = await country.administrator(province)
    address = await country.pool.fetchval("select email from app_user where id = $1", reader)
    cluster = await country.cluster(province)
    post_office.answers[address] = "450 mailbox full"
    await country.happen(cluster)
    await posting()
    ((standing, status, problem),) = await attempts(country)
    assert (standing, status) == ("RETRYING", "FAILED")
    assert "450" in (problem or "")
    post_office.answers.clear()
    await due_now(country)
    await posting()
    assert [found["To"].addresses[0].addr_spec for found in post_office.letters] == [address]
    post_office.answers[address] = "550 no such user"
    await country.happen(cluster)
    await posting()
    standing, status, problem = (await attempts(country))[-1]
    assert (standing, status) == ("EXHAUSTED", "REFUSED")
    assert "correct the e-mail address" in (problem or "")
    assert address not in (problem or "")


async def test_a_worker_sends_mail_and_one_killed_in_the_middle_doubles_it_only_under_the_same_name(
    country: Country, post_office: PostOffice, start_worker: Start, eventually: Callable[..., Awaitable[None]]
) -> None:
    province = await country.province(1)
    await country.administrator(province, "FA")
    cluster = await country.cluster(province)
    worker = start_worker(SMTP_URL=post_office.url)
    await worker.ready()
    events = await country.happen(cluster, count=6)

    async def some_arrived() -> bool:
        return len(post_office.letters) >= 2

    async def all_arrived() -> bool:
        return len({letter["Message-ID"] for letter in post_office.letters}) >= len(events)

    await eventually(some_arrived)
    worker.kill()
    start_worker(SMTP_URL=post_office.url)
    await eventually(all_arrived)
    names = await country.pool.fetch("select id from notification_delivery where channel = 'EMAIL'")
    sent = {str(letter["Message-ID"]).partition("@")[0].lstrip("<") for letter in post_office.letters}
    assert sent <= {str(row["id"]) for row in names}
    assert len(post_office.letters) <= len(names) + 1
