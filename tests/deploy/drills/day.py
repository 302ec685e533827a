"""A day of an installation, told to three real services: people sign in, type, send files and go wrong."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import httpx2
from aiosmtpd.smtp import SMTP

from deploy.drills.collector import Listener, Step
from deploy.drills.services import ServiceProcess
from tests.deploy.drills.conftest import demo_of
from tests.files import TEXT
from tests.post_office import PostOffice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deploy.drills.postgres import DrillPostgres

TRACE: Final = "0af7651916cd43dd8448eb211c80319c"
PAGE_TRACE: Final = "1bf7651916cd43dd8448eb211c80319d"
PERSON_FA, PERSON_EN, PHONE, EMAIL = (
    "زرین‌تاج مهرآفرین",
    "Zarrintaj Mehrafarin",
    "+989121234567",
    "zarrintaj@person.example",
)
COLLEAGUE, STRANGER, MISTYPED = "colleague@person.example", "stranger@person.example", "a-mistyped-password"
KEY, MAIL_PASSWORD, SMS_PASSWORD = (
    "a-key-of-the-drill-with-32-letters-or-more",
    "mail-swordfish",
    "sms-swordfish",
)
SECRET_ADDRESS: Final = "calendar-secret-abcdefgh12345678"
STAKEHOLDER: Final = (
    "mutation Enter($input: EnterStakeholderInput!) { enterStakeholder(input: $input)"
    " { stakeholder { id } problems { code path message } } }"
)


@dataclass
class Story:
    """What happened: who was told what, and what must be read nowhere."""

    listener: Listener
    logs: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    private: set[str] = field(default_factory=set)
    letters: int = 0


@dataclass
class Cast:
    """The processes and addresses of one telling."""

    story: Story
    server: DrillPostgres
    demo: dict[str, Any]
    graphql: ServiceProcess
    admin: ServiceProcess
    folder: Path

    def token(self, role: str) -> dict[str, str]:
        """Return the header somebody of a role asks with."""
        token = next(entry["token"] for entry in self.demo["tokens"] if entry["role"] == role)
        self.story.private.add(token)
        return {"authorization": f"Bearer {token}"}


async def tell(cast: Cast) -> None:
    """Live through a day: people sign in, type, send files and go wrong; the database fails and returns."""
    api = f"http://127.0.0.1:{cast.graphql.port}"
    async with httpx2.AsyncClient(base_url=api, timeout=60) as client:
        cluster = await _commands(cast, client)
        await _mistakes(cast, client, cluster)
    await _pages(cast)
    await until(lambda: len(cast.story.listener.on("/hook")) >= 2)
    async with httpx2.AsyncClient(base_url=api, timeout=60) as client:
        await asyncio.to_thread(cast.server.stop)
        away = await ask(client, "query Away { clusters { totalCount } }", {}, cast.token("NATIONAL_VIEWER"))
        assert away["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
        await asyncio.to_thread(cast.server.start, log_min_duration_statement="0")


async def until(true: Callable[[], bool], *, seconds: float = 90) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - only asking tells
            await asyncio.sleep(0.1)


async def ask(
    client: httpx2.AsyncClient, query: str, variables: dict[str, Any], headers: dict[str, str]
) -> dict[str, Any]:
    answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    found: dict[str, Any] = answer.json()
    return found


async def accepted(
    client: httpx2.AsyncClient, mutation: str, shown: str, given: dict[str, Any], headers: dict[str, str]
) -> dict[str, Any]:
    """Run a mutation that is accepted and return what it shows."""
    name = f"{mutation[0].upper()}{mutation[1:]}"
    asked = f"{mutation}(input: $input) {{ {shown} problems {{ message }} }}"
    query = f"mutation {name}($input: {name}Input!) {{ {asked} }}"
    found = await ask(client, query, {"input": given}, headers)
    assert "errors" not in found, found
    payload: dict[str, Any] = found["data"][mutation]
    assert payload["problems"] == [], payload
    return payload


async def _commands(cast: Cast, client: httpx2.AsyncClient) -> str:
    """Do what is accepted: a person, an endpoint, a cluster, a stakeholder, a file, a calendar."""
    headers = cast.token("NATIONAL_ADMINISTRATOR")
    province = (
        await ask(client, '{ provinces(filter: {isoCode: {eq: "IR-15"}}) { nodes { id } } }', {}, headers)
    )["data"]
    lorestan = province["provinces"]["nodes"][0]["id"]
    await accepted(
        client, "createUser", "user { id }",
        {"email": COLLEAGUE, "name": PERSON_FA, "role": "PROVINCE_ADMINISTRATOR", "provinceIds": [lorestan]}, headers,
    )  # fmt: skip
    await accepted(
        client, "editNotificationPreferences", "notificationPreference { id }",
        {"mail": "IMMEDIATE", "sms": "IMMEDIATE", "phoneNumber": PHONE}, headers,
    )  # fmt: skip
    made = await accepted(
        client, "openNotificationCalendar", "notificationPreference { calendarAddress }", {}, headers
    )
    cast.story.private.add(
        made["notificationPreference"]["calendarAddress"].rsplit("/", 1)[-1].partition(".")[0]
    )
    made = await accepted(
        client, "createWebhookEndpoint", "webhookEndpoint { id secret }",
        {"name": PERSON_EN, "url": f"{cast.story.listener.address}/hook"}, cast.token("PARTNER_AGENCY"),
    )  # fmt: skip
    cast.story.private.add(made["webhookEndpoint"]["secret"])
    cast.story.listener.refusals["/hook"] = 1
    traced = {**headers, "traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
    names = {"nameFa": f"خوشه {PERSON_FA}", "nameEn": f"Cluster of {PERSON_EN}", "slug": "traced"}
    made = await accepted(
        client, "createCluster", "cluster { id }", {"provinceId": lorestan, **names}, traced
    )
    cluster = str(made["cluster"]["id"])
    await accepted(client, "enterStakeholder", "stakeholder { id }", person(cluster), headers)
    sent = await client.post("/documents", params={"name": f"{PERSON_EN}.txt"}, content=TEXT, headers=headers)
    assert sent.status_code == 201, sent.text
    await accepted(
        client, "attachDocument", "document { id }",
        {"ownerId": cluster, "kind": "OTHER", "titleFa": PERSON_FA, "uploadId": sent.json()["upload"]}, headers,
    )  # fmt: skip
    await ask(client, "query Seen { clusters { nodes { id nameFa } totalCount } }", {}, traced)
    return cluster


def person(cluster: str) -> dict[str, Any]:
    return {
        "clusterId": cluster, "kind": "PERSON", "role": "PRODUCER_WORKSHOP", "nameFa": PERSON_FA, "nameEn": PERSON_EN,
        "contactName": PERSON_FA, "phone": PHONE, "email": EMAIL,
    }  # fmt: skip


async def _mistakes(cast: Cast, client: httpx2.AsyncClient, cluster: str) -> None:
    """Go wrong in every way that has something private in it."""
    headers = cast.token("NATIONAL_ADMINISTRATOR")
    same = {"email": COLLEAGUE, "name": PERSON_FA, "role": "NATIONAL_VIEWER"}
    twice = "mutation Twice($input: CreateUserInput!) { createUser(input: $input) { problems { code } } }"
    assert (await ask(client, twice, {"input": same}, headers))["data"]["createUser"]["problems"]
    for query, variables in (
        (f'{{ cluster(id: "{EMAIL}") {{ {PERSON_EN.split(maxsplit=1)[0]} }} }}', {}),
        (f'{{ clusters(filter: {{nameFa: {{eq: "{PERSON_FA}"}}}} {{', {}),
        (STAKEHOLDER, {"input": {"phone": PHONE, "email": [EMAIL]}}),
        (STAKEHOLDER, {"input": {**person(cluster), "phone": f"{PHONE}x"}}),
    ):
        found = await ask(client, query, variables, headers)
        assert "errors" in found or found["data"]["enterStakeholder"]["problems"], found
    stranger = {"authorization": f"Bearer khoosheh_{MISTYPED}"}
    assert "errors" in await ask(client, "{ clusters { totalCount } }", {}, stranger)
    refused = await client.post(
        "/documents", params={"name": f"{PERSON_EN}.exe"}, content=b"MZ", headers=headers
    )
    assert refused.status_code == 422
    assert (await client.get(f"/{EMAIL}/{PHONE}")).status_code == 404
    # A fault of our own: the database refuses a row for a reason the code has never heard of.
    cast.server.psql("alter table stakeholder add constraint drill check (length(phone) < 3) not valid")
    faulty = await ask(client, STAKEHOLDER, {"input": person(cluster)}, headers)
    cast.server.psql("alter table stakeholder drop constraint drill")
    assert "errors" in faulty or faulty["data"]["enterStakeholder"]["problems"], faulty


async def _pages(cast: Cast) -> None:
    """Sign in wrongly and rightly, ask for a letter, open pages and addresses that are secrets."""
    origin = f"http://127.0.0.1:{cast.admin.port}"
    known = next(user for user in cast.demo["users"] if user["role"] == "NATIONAL_ADMINISTRATOR")
    cast.story.private |= {known["email"], known["password"]}
    async with httpx2.AsyncClient(base_url=origin, timeout=60, headers={"origin": origin}) as browser:
        for email, password in ((STRANGER, MISTYPED), (known["email"], MISTYPED)):
            refused = await browser.post("/sign-in", data={"email": email, "password": password})
            assert refused.status_code == 422
        for email in (STRANGER, COLLEAGUE):
            assert (await browser.post("/password/forgot", data={"email": email})).status_code < 400
        await until(lambda: cast.story.letters > 0)
        signed = await browser.post("/sign-in", data={"email": known["email"], "password": known["password"]})
        assert signed.status_code == 303, signed.text[:300]
        # The session, and not how somebody likes to read.
        cast.story.private |= {
            value for value in browser.cookies.values() if len(value) > len(SECRET_ADDRESS)
        }
        traced = {"traceparent": f"00-{PAGE_TRACE}-b7ad6b7169203331-01"}
        shown = await browser.get("/clusters/traced", headers=traced)
        assert shown.status_code == 200
        assert PERSON_FA in shown.text
        for path in (
            f"/calendar/{SECRET_ADDRESS}.ics",
            f"/unsubscribe/{SECRET_ADDRESS}",
            f"/{EMAIL}",
            f"/clusters?search={PERSON_EN}",
        ):
            assert (await browser.get(path)).status_code < 500


async def told(server: DrillPostgres, folder: Path) -> Story:
    story = Story(
        Listener(), private={PERSON_FA, PERSON_EN, *PERSON_EN.split(), PHONE, EMAIL, COLLEAGUE, STRANGER}
    )
    story.private |= {MISTYPED, KEY, MAIL_PASSWORD, SMS_PASSWORD, SECRET_ADDRESS}
    office = PostOffice()
    loop = asyncio.get_running_loop()
    post = await loop.create_server(
        lambda: SMTP(office, hostname="mail.test", enable_SMTPUTF8=True), "127.0.0.1", 0
    )
    mail = f"smtp://127.0.0.1:{post.sockets[0].getsockname()[1]}"
    settings = {
        "DATABASE_URL": server.address(user="khoosheh_service"),
        "OTLP_ENDPOINT": story.listener.address,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
        "ENCRYPTION_KEYS": KEY,
        "SMTP_URL": mail,
        "SMS_URL": f"json://gate:{SMS_PASSWORD}@{story.listener.address.removeprefix('http://')}/sms/{{to}}",
        "SLOW_STATEMENT_SECONDS": "0",
        "DOCUMENTS_FOLDER": str(folder / "documents"),
        "WEBHOOK_INSIDE_ALLOWED": "true",
        "WEBHOOK_FIRST_RETRY": "0.1",
    }
    demo = await asyncio.to_thread(demo_of, server)
    with story.listener, ExitStack() as stack:
        pods = {
            module: ServiceProcess(module, folder / f"{module}.log", **settings)
            for module in ("services.graphql", "web", "services.notifications")
        }
        for pod in pods.values():
            stack.callback(pod.stop)
            pod.launch()
        for pod in pods.values():
            await asyncio.to_thread(pod.until_ready)
        # One mailbox is refused in words that name it.
        known = next(user["email"] for user in demo["users"] if user["role"] == "NATIONAL_ADMINISTRATOR")
        office.answers[known] = f"550 no mailbox {known} here"
        watching = asyncio.create_task(_count(office, story))
        cast = Cast(story, server, demo, pods["services.graphql"], pods["web"], folder)
        await tell(cast)
        watching.cancel()
        for pod in pods.values():
            status, _seconds = await asyncio.to_thread(pod.terminate)
            assert status == 0, pod.log.read_text(encoding="utf-8")[-2000:]
        story.steps = story.listener.steps()
    post.close()
    story.logs = {module: pod.log.read_text(encoding="utf-8") for module, pod in pods.items()}
    story.logs["postgres"] = server.log.read_text(encoding="utf-8")
    return story


async def _count(office: PostOffice, story: Story) -> None:
    while True:
        story.letters = len(office.letters)
        await asyncio.sleep(0.1)
