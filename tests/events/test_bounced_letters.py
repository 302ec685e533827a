"""Letters that come back hours later: by a real worker, a real mail server, and reports true, forged and senseless."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import aiosmtplib
import httpx2
import pytest

from schema.identity import new_id
from schema.vocabulary import LetterKind, UserRole
from services.notifications.returns.addresses import ReturnAddresses
from services.sealing import Sealer
from services.settings import read_settings
from tests.bounced_letters import out_of_office, report
from tests.events.conftest import KEY, free_port

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from tests.events.conftest import Country, Process, Start
    from tests.post_office import PostOffice
    from tests.world import Api

    Eventually = Callable[..., Awaitable[None]]

DOMAIN = "bounce.khoosheh.example"
SHOWN = (
    "{ notificationDeliveries(first: 20, filter: { channel: { eq: EMAIL } }) { nodes { id status finishedAt"
    " attempts { status responseCode problem } } } viewer { mailReturnedAt mailProblem } }"
)


class Post:
    """The mail servers out there: they take letters from the worker and bring something back."""

    def __init__(self, worker: Process, port: int, office: PostOffice) -> None:
        self.worker, self.port, self.office = worker, port, office

    async def bring(self, to: str, letter: bytes) -> int:
        """Bring a letter and return what the door says to it."""
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=self.port, start_tls=False, timeout=20)
        async with client:
            await client.ehlo()
            await client.mail("")
            try:
                await client.rcpt(to)
                return (await client.data(letter)).code
            except aiosmtplib.SMTPResponseException as refused:
                return refused.code

    async def counted(self) -> dict[str, float]:
        async with httpx2.AsyncClient() as client:
            page = (await client.get(f"http://127.0.0.1:{self.worker.port}/metrics")).text
        found = re.findall(r'returned_letters_total\{outcome="(\w+)"\} ([\d.]+)', page)
        return {outcome: float(count) for outcome, count in found}


@pytest.fixture
async def post(start_worker: Start, post_office: PostOffice) -> Post:
    port = free_port()
    worker = start_worker(SMTP_URL=post_office.url, BOUNCE_DOMAIN=DOMAIN, BOUNCE_PORT=str(port))
    await worker.ready()
    return Post(worker, port, post_office)


@pytest.fixture
async def reader(country: Country) -> UUID:
    user = await country.administrator(await country.province(1))
    await country.pool.execute("update app_user set email = 'reader@khoosheh.example' where id = $1", user)
    return user


async def written_to(country: Country, post: Post, eventually: Eventually) -> str:
    """Have one letter sent; return where it comes back to."""
    before = len(post.office.senders)
    cluster = await country.pool.fetchval("select id from cluster") or await country.cluster(
        await country.pool.fetchval("select id from province")
    )
    await country.happen(cluster)

    async def sent() -> bool:
        waiting = await country.pool.fetchval(
            "select count(*) from notification_delivery where next_attempt_at is not null"
        )
        return len(post.office.senders) > before and not waiting

    await eventually(sent)
    return post.office.senders[-1]


async def test_a_letter_that_comes_back_is_seen_by_its_reader_and_by_administrators_until_there_is_another_address(
    country: Country, reader: UUID, post: Post, eventually: Eventually, api: Api
) -> None:
    sender = await written_to(country, post, eventually)
    assert sender.startswith("bounce+")
    assert sender.endswith(f"@{DOMAIN}")
    own = api.as_(UserRole.PROVINCE_ADMINISTRATOR, user_id=reader)
    delayed = report(action="delayed", status="4.4.1", said="smtp; 451 4.4.1 no answer")
    assert [await post.bring(sender, delayed) for _ in range(2)] == [250, 250]
    shown = await own.data(SHOWN, {})
    (delivery,) = shown["notificationDeliveries"]["nodes"]
    assert (delivery["status"], [one["status"] for one in delivery["attempts"]]) == (
        "SENT",
        ["SUCCEEDED", "DELAYED"],
    )
    assert shown["viewer"] == {"mailReturnedAt": None, "mailProblem": None}
    assert [await post.bring(sender, report()) for _ in range(2)] == [250, 250]
    administrator = api.as_(UserRole.NATIONAL_ADMINISTRATOR)
    problems = set()
    for seen in (own, administrator):
        (delivery,) = (await seen.data(SHOWN.replace("viewer { mailReturnedAt mailProblem }", ""), {}))[
            "notificationDeliveries"
        ]["nodes"]
        assert delivery["status"] == "EXHAUSTED"
        *_, last = delivery["attempts"]
        assert len(delivery["attempts"]) == 3, "what is reported twice is told once"
        assert (last["status"], last["responseCode"]) == ("BOUNCED", 550)
        assert "correct the e-mail address" in last["problem"]
        assert "reader@" not in last["problem"]
        problems.add(last["problem"])
    (problem,) = problems
    viewer = (await own.data(SHOWN, {}))["viewer"]
    assert viewer["mailReturnedAt"]
    assert viewer["mailProblem"] == problem
    listed = await administrator.data(
        "{ users(first: 5, filter: { mailReturnedAt: { isNull: false } }) { nodes { id mailProblem } } }", {}
    )
    assert listed["users"]["nodes"] == [{"id": f"User_{reader}", "mailProblem": problem}]
    # Nothing is sent there meanwhile, and it is said; another address ends it.
    await country.happen(await country.pool.fetchval("select id from cluster"))

    async def given_up() -> bool:
        count: int = await country.pool.fetchval(
            "select count(*) from notification_delivery where status = 'EXHAUSTED'"
        )
        return count == 2

    await eventually(given_up)
    assert len(post.office.senders) == 1
    refused = await country.pool.fetch("select problem from delivery_attempt where status = 'REFUSED'")
    assert [("come back" in row["problem"], "correct it" in row["problem"]) for row in refused] == [
        (True, True)
    ]
    await country.pool.execute("update app_user set email = 'new@khoosheh.example' where id = $1", reader)
    assert (await own.data(SHOWN, {}))["viewer"] == {"mailReturnedAt": None, "mailProblem": None}
    await written_to(country, post, eventually)
    # What comes back late of the former address does not count against the new one.
    assert await post.bring(sender, report()) == 250
    assert await country.pool.fetchval("select mail_problem from app_user where id = $1", reader) is None
    assert await post.counted() == {"bounced": 1, "delayed": 2, "nothing": 2}
    assert "reader@" not in post.worker.log.read_text()


@pytest.mark.usefixtures("reader")
async def test_forged_and_senseless_letters_change_nothing(
    country: Country, post: Post, eventually: Eventually
) -> None:
    sender = await written_to(country, post, eventually)
    rows = (
        "select d.*, u.mail_problem from notification_delivery d left join app_user u on u.id = d.user_id"
        " order by d.id"
    )
    before = await country.pool.fetch(rows)
    settings = read_settings(encryption_keys="another installation with a long key", bounce_domain=DOMAIN)
    delivery = next(row["id"] for row in before if row["channel"] == "EMAIL")
    forged = ReturnAddresses.of_installation(settings, Sealer(settings)).make(
        delivery, "reader@khoosheh.example"
    )
    assert forged is not None
    for address in (
        forged,
        f"reader@{DOMAIN}",
        sender.replace("+", "+a"),
        sender.replace(DOMAIN, "other.example"),
    ):
        assert await post.bring(address, report()) == 550
    assert [await post.bring(sender, letter) for letter in (out_of_office(), b"\xff\x00 garbage\r\n")] == [
        250,
        250,
    ]
    assert await post.bring(sender, report() + b"x" * 70 + b"\r\n" * 200_000) == 552
    # A line that never ends is cut off, and the door is open for others afterwards.
    stream, writer = await asyncio.open_connection("127.0.0.1", post.port)
    for line in ("EHLO x", "MAIL FROM:<>", f"RCPT TO:<{sender}>", "DATA"):
        writer.write(f"{line}\r\n".encode())
    writer.write(b"x" * 2_000_000)
    with pytest.raises(ConnectionError):
        await _to_the_end(stream, writer)
    unknown = ReturnAddresses.of_installation(
        worker := read_settings(encryption_keys=KEY, bounce_domain=DOMAIN), Sealer(worker)
    ).make(new_id(), "nobody@khoosheh.example")
    assert unknown is not None
    assert await post.bring(unknown, report()) == 250
    assert await country.pool.fetch(rows) == before
    assert await country.pool.fetchval("select count(*) from delivery_attempt") == 1
    assert await post.counted() == {"refused": 4, "no_report": 2, "nothing": 1}


async def _to_the_end(stream: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await writer.drain()
    while await stream.read(65536):
        pass
    raise ConnectionResetError


@pytest.mark.usefixtures("reader")
async def test_a_digest_that_comes_back_ends_all_it_told_of_and_a_quick_report_has_to_come_again(
    country: Country, post: Post, eventually: Eventually
) -> None:
    sender = await written_to(country, post, eventually)
    await country.happen(await country.pool.fetchval("select id from cluster"), count=2)

    async def all_sent() -> bool:
        return len(post.office.senders) == 3

    await eventually(all_sent)
    ids = "select id from notification_delivery where channel = 'EMAIL' order by position"
    first, second, other = [row["id"] for row in await country.pool.fetch(ids)]
    await country.pool.execute(
        "update notification_delivery set finished_at = '2026-01-01' where id = any($1)", [first, second]
    )
    leave, back = (
        "next_attempt_at = now() + interval '1 hour', status = 'RETRYING'",
        "next_attempt_at = null, status = 'SENT'",
    )
    await country.pool.execute(f"update notification_delivery set {leave} where id = $1", first)  # noqa: S608 - ours
    assert await post.bring(sender, report()) == 451
    await country.pool.execute(f"update notification_delivery set {back} where id = $1", first)  # noqa: S608 - ours
    assert await post.bring(sender, report()) == 250
    rows = await country.pool.fetch("select id, status from notification_delivery where channel = 'EMAIL'")
    assert dict(map(tuple, rows)) == {first: "EXHAUSTED", second: "EXHAUSTED", other: "SENT"}
    assert await country.pool.fetchval("select count(*) from delivery_attempt where status = 'BOUNCED'") == 2
    assert await post.counted() == {"bounced": 1, "too_early": 1}


async def test_an_invitation_that_comes_back_shows_at_the_account_it_was_for(
    country: Country, reader: UUID, post: Post, eventually: Eventually
) -> None:
    sealed = Sealer(country.settings).seal(
        '{"address": "reader@khoosheh.example", "name": "Maryam", "language": "FA", "secret": "x"}'
    )
    await country.pool.execute(
        "insert into letter (id, revision, created_at, kind, sealed, due_at, expires_at, attempts)"
        " values ($1, 1, now(), $2, $3, now(), now() + interval '1 day', 0)",
        new_id(), LetterKind.INVITATION.value, sealed,
    )  # fmt: skip

    async def sent() -> bool:
        return bool(post.office.senders)

    await eventually(sent)
    assert await post.bring(post.office.senders[0], report(status="5.7.1", said="smtp; 554 policy")) == 250
    problem = "select mail_problem from app_user where id = $1"
    assert await country.pool.fetchval(problem, reader) is None, "the letter is at fault, not the address"
    assert await post.bring(post.office.senders[0], report()) == 250
    assert "correct the e-mail address" in await country.pool.fetchval(problem, reader)
