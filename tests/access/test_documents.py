"""Files come in and go out through the same door as everything else: sent, attached, fetched, swept."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import httpx2
import orjson
import pytest
from asyncpg.exceptions import CheckViolationError
from obstore.store import LocalStore, MemoryStore

from schema.identity import global_id, new_id
from schema.problems import ProblemCode
from schema.vocabulary import TokenScope, UserRole
from services.graphql.app import DoorOptions, create_app
from services.graphql.files.handing_out import Giver
from services.graphql.files.receiving import Receiver
from services.graphql.files.routes import file_routes
from services.graphql.files.sweeping import sweep
from services.storage import Storage, StorageUnavailable
from tests import files

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import asyncpg

    from services.graphql.engine import Engine
    from services.graphql.viewer import Viewers
    from tests.access.conftest import People, Place

LIMIT = 100_000
ATTACH = (
    "mutation ($input: AttachDocumentInput!) { attachDocument(input: $input) { problems { code path message }"
    " document { id fileName mediaType size sha256 subject uploadedBy"
    " permittedActions { action allowed } } } }"
)


@dataclass
class Cabinet:
    """A storage to look into, which can be made to fail."""

    storage: Storage
    store: MemoryStore | LocalStore

    def kept(self) -> set[str]:
        return {entry["path"].rpartition("/")[2] for page in self.store.list() for entry in page}


class Failing(Storage):
    """A storage whose service goes away in the middle of a file."""

    async def keep(self, key: str, content: IO[bytes]) -> None:
        del key
        content.read(10)
        raise StorageUnavailable("gone")


@dataclass
class Desk:
    """The service over HTTP, as one person asks it."""

    client: httpx2.AsyncClient
    token: str
    pool: asyncpg.Pool[asyncpg.Record]

    @property
    def bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}

    async def send(
        self, content: Any = files.PDF, name: str = "گزارش.pdf", **headers: str
    ) -> httpx2.Response:
        return await self.client.post(
            f"/documents?name={quote(name)}", content=content, headers={**self.bearer, **headers}
        )

    async def sent(self, content: bytes = files.PDF, name: str = "گزارش.pdf") -> str:
        response = await self.send(content, name)
        assert response.status_code == 201, response.text
        return str(response.json()["upload"])

    async def refused(self, content: Any, name: str = "a.pdf", **headers: str) -> str:
        """Send what must not be taken; prove that nothing of it is kept."""
        before = await self.pool.fetchval("select count(*) from upload")
        response = await self.send(content, name, **headers)
        assert response.status_code == 422, response.text
        assert await self.pool.fetchval("select count(*) from upload") == before
        problem = response.json()["problems"][0]
        assert problem["message"]
        return str(problem["code"])

    async def ask(self, document: str, given: dict[str, object]) -> dict[str, Any]:
        response = await self.client.post(
            "/graphql", json={"query": document, "variables": {"input": given}}, headers=self.bearer
        )
        answer: dict[str, Any] = response.json()
        assert "errors" not in answer, answer
        found: dict[str, Any] = next(iter(answer["data"].values()))
        return found

    async def attach(self, owner: str, upload: str, **more: object) -> dict[str, Any]:
        return await self.ask(
            ATTACH, {"ownerId": owner, "uploadId": upload, "kind": "OTHER", "titleFa": "سند", **more}
        )

    async def attached(self, owner: str, upload: str | None = None, **more: object) -> dict[str, Any]:
        payload = await self.attach(owner, upload or await self.sent(), **more)
        assert payload["problems"] == [], payload
        document: dict[str, Any] = payload["document"]
        return document

    async def fetch(self, document: str) -> httpx2.Response:
        return await self.client.get(f"/documents/{document}", headers=self.bearer)


@pytest.fixture(params=["folder", "memory"])
def cabinet(request: pytest.FixtureRequest, tmp_path: Path) -> Cabinet:
    store = MemoryStore() if request.param == "memory" else LocalStore(tmp_path / "files", mkdir=True)
    return Cabinet(Storage(lambda: store), store)


@asynccontextmanager
async def opened(engine: Engine, viewers: Viewers, storage: Storage, token: str) -> AsyncIterator[Desk]:
    receiver = Receiver(engine.pool, storage, size_limit=LIMIT)
    routes = file_routes(receiver, Giver(engine, storage), viewers.viewer_of)
    app = create_app(engine, viewers.viewer_of, DoorOptions(routes=routes))  # type: ignore[arg-type]  # no streams here
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="https://khoosheh.test") as client:
        yield Desk(client, token, engine.pool)


@pytest.fixture
async def desk(
    engine: Engine, viewers: Viewers, cabinet: Cabinet, people: People, here: Place
) -> AsyncIterator[Desk]:
    """Ask as the administrator of the province."""
    user = await people.user(UserRole.PROVINCE_ADMINISTRATOR, provinces=(here.province,))
    async with opened(engine, viewers, cabinet.storage, await people.token(user=user)) as desk:
        yield desk


@pytest.fixture
def cluster(here: Place) -> str:
    return global_id("Cluster", here.cluster)


async def test_a_file_is_sent_attached_and_fetched_as_it_was(
    desk: Desk, cluster: str, cabinet: Cabinet
) -> None:
    name = "گزارش «نهایی» می‌شود.pdf"
    document = await desk.attached(cluster, await desk.sent(files.PDF, name), titleEn="Report")
    assert document["fileName"] == name
    assert document["mediaType"] == "application/pdf"
    assert document["sha256"] == hashlib.sha256(files.PDF).hexdigest()
    assert document["subject"] == cluster
    assert {p["action"]: p["allowed"] for p in document["permittedActions"]} == {
        "editDocument": True,
        "removeDocument": True,
    }
    fetched = await desk.fetch(document["id"])
    assert fetched.content == files.PDF
    assert fetched.headers["content-type"] == "application/pdf"
    assert fetched.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in fetched.headers["content-security-policy"]
    disposition = fetched.headers["content-disposition"]
    assert disposition.startswith("attachment;")
    assert unquote(disposition.partition("UTF-8''")[2]) == name
    assert len(cabinet.kept()) == 1
    assert name not in cabinet.kept()


async def test_a_file_is_attached_once_and_only_by_its_sender(
    desk: Desk, cluster: str, people: People, here: Place
) -> None:
    upload = await desk.sent()
    colleague = await people.user(UserRole.PROVINCE_ADMINISTRATOR, provinces=(here.province,))
    other = replace(desk, token=await people.token(user=colleague))
    found = (await other.attach(cluster, upload))["problems"]
    assert [(p["code"], p["path"]) for p in found] == [("NOT_FOUND", ["uploadId"])]
    await desk.attached(cluster, upload)
    again = (await desk.attach(cluster, upload))["problems"]
    assert [(p["code"], p["path"]) for p in again] == [("UPLOAD_ATTACHED", ["uploadId"])]


async def test_of_many_at_once_one_attaches_the_file(desk: Desk, cluster: str) -> None:
    upload = await desk.sent()
    payloads = await asyncio.gather(*(desk.attach(cluster, upload) for _ in range(8)))
    assert sum(not payload["problems"] for payload in payloads) == 1
    assert await desk.pool.fetchval("select count(*) from document") == 1
    assert await desk.pool.fetchval("select count(*) from audit_entry where entity = 'Document'") == 1


async def test_many_files_at_once_keep_their_contents_apart(desk: Desk, cluster: str) -> None:
    contents = [f"یادداشت {number}\n".encode() for number in range(12)]
    sent = await asyncio.gather(*(desk.sent(content, "a.txt") for content in contents))
    documents = [await desk.attached(cluster, upload) for upload in sent]
    fetched = await asyncio.gather(*(desk.fetch(document["id"]) for document in documents))
    assert [response.content for response in fetched] == contents


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", ProblemCode.FILE_EMPTY),
        (b"MZ" + bytes(99), "a.pdf", ProblemCode.FILE_TYPE_UNKNOWN),
        (files.png(), "a.pdf", ProblemCode.FILE_NOT_WHAT_IT_CLAIMS),
        (files.PDF, "report\u202efdp.exe", ProblemCode.FILE_NOT_WHAT_IT_CLAIMS),
        (files.PDF, "ب" * 10_000, ProblemCode.TOO_LONG),
        (files.PDF, "..", ProblemCode.REQUIRED),
        (files.office(word__big=bytes(200_000_001)), "a.docx", ProblemCode.FILE_TOO_LARGE),
        (b"a" * (LIMIT + 1), "a.txt", ProblemCode.FILE_TOO_LARGE),
        (files.archive({f"{n}": bytes(10_000_000) for n in range(5)})[:90_000], "a.zip", ProblemCode.FILE_UNSAFE),
    ],
)  # fmt: skip
async def test_what_cannot_be_kept_is_refused_and_nothing_of_it_stays(
    desk: Desk, cabinet: Cabinet, content: bytes, name: str, code: ProblemCode
) -> None:
    assert await desk.refused(content, name) == code.value
    assert cabinet.kept() == set()


async def test_a_file_of_unknown_length_is_cut_off_at_the_limit(desk: Desk, cabinet: Cabinet) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"a" * 10_000

    assert await desk.refused(endless(), "a.txt") == ProblemCode.FILE_TOO_LARGE.value
    assert cabinet.kept() == set()


async def test_a_path_in_a_name_leads_nowhere(desk: Desk, cluster: str, tmp_path: Path) -> None:
    document = await desk.attached(cluster, await desk.sent(files.PDF, "../../../escape/گزارش.pdf"))
    assert document["fileName"] == "گزارش.pdf"
    assert not list(tmp_path.parent.rglob("escape"))
    assert (await desk.fetch(document["id"])).content == files.PDF


async def test_a_storage_that_fails_in_the_middle_leaves_nothing(
    engine: Engine, viewers: Viewers, people: People, here: Place
) -> None:
    store = MemoryStore()
    user = await people.user(UserRole.PROVINCE_ADMINISTRATOR, provinces=(here.province,))
    async with opened(engine, viewers, Failing(lambda: store), await people.token(user=user)) as desk:
        response = await desk.send()
    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    assert await engine.pool.fetchval("select count(*) from upload") == 0
    assert not [entry for page in store.list() for entry in page]


@pytest.mark.parametrize(
    ("role", "status"),
    [(UserRole.PROVINCE_VIEWER, 403), (UserRole.NATIONAL_VIEWER, 403), (UserRole.TECHNICAL_ADVISOR, 201)],
)
async def test_only_those_who_may_attach_may_send(
    desk: Desk, people: People, role: UserRole, status: int
) -> None:
    user = await people.user(role)
    sender = replace(desk, token=await people.token(user=user))
    response = await sender.send()
    assert response.status_code == status
    if status == 403:
        assert response.json()["errors"][0]["message"].endswith(": ask somebody who may attach documents.")
        await desk.pool.execute("update app_user set language = 'FA'")
        refused = (await replace(desk, token=await people.token(user=user)).send()).json()["errors"][0]
        assert refused["message"].startswith("فرستادن فایل برای نقش شما باز نیست؛")
        assert refused["extensions"]["code"] == "FORBIDDEN"


async def test_agencies_strangers_and_tokens_without_the_right_send_nothing(
    desk: Desk, people: People, here: Place
) -> None:
    agency = await people.agency(provinces=(here.province,))
    assert (await replace(desk, token=await people.token(agency=agency)).send()).status_code == 403
    assert (await replace(desk, token="kh_unknown").send()).status_code == 401
    user = await people.user(UserRole.PROVINCE_ADMINISTRATOR, provinces=(here.province,))
    reading = await people.token(user=user, scopes=(TokenScope.READ,))
    assert (await replace(desk, token=reading).send()).status_code == 403
    assert await desk.pool.fetchval("select count(*) from upload") == 0


async def test_another_site_cannot_send_with_a_users_cookie(desk: Desk, people: People, here: Place) -> None:
    user = await people.user(UserRole.PROVINCE_ADMINISTRATOR, provinces=(here.province,))
    cookie = f"__Host-khoosheh={await people.session(user)}"
    for site, status in (("cross-site", 403), ("same-origin", 201)):
        response = await desk.client.post(
            "/documents?name=a.pdf", content=files.PDF, headers={"cookie": cookie, "sec-fetch-site": site}
        )
        assert response.status_code == status


async def test_what_is_foreign_looks_exactly_like_what_is_absent(
    desk: Desk, cluster: str, people: People, there: Place
) -> None:
    document = (await desk.attached(cluster))["id"]
    stranger = await people.user(UserRole.PROVINCE_ADMINISTRATOR, provinces=(there.province,))
    far = replace(desk, token=await people.token(user=stranger))
    answers = [await far.fetch(found) for found in (document, global_id("Document", new_id()), "x", cluster)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    upload = await far.sent()
    problems = (await far.attach(cluster, upload))["problems"]
    absent = (await far.attach(global_id("Cluster", new_id()), upload))["problems"]
    assert problems == absent
    assert [(p["code"], p["path"]) for p in problems] == [("NOT_FOUND", ["ownerId"])]


async def test_partners_fetch_what_is_published_and_no_paper_that_names_people(
    desk: Desk, cluster: str, people: People, here: Place
) -> None:
    plan = (await desk.attached(cluster, kind="ACTION_PLAN"))["id"]
    letter = (await desk.attached(cluster, kind="APPOINTMENT_LETTER"))["id"]
    agency = await people.agency(provinces=(here.province,))
    partner = replace(desk, token=await people.token(agency=agency))
    assert (await partner.fetch(plan)).status_code == 200
    assert (await partner.fetch(letter)).status_code == 404


async def test_the_papers_of_a_meeting_are_for_those_who_read_its_minutes(
    desk: Desk, people: People, here: Place
) -> None:
    home = {"cluster_id": here.cluster, "is_sample": False}
    council = await people.row("steering_council", formed_on=datetime.date(2026, 1, 1), **home)
    meeting = await people.row(
        "council_meeting", council_id=council, status="SCHEDULED",
        scheduled_on=datetime.date(2026, 2, 1), **home,
    )  # fmt: skip
    minutes = (await desk.attached(global_id("CouncilMeeting", meeting), kind="COUNCIL_MINUTES"))["id"]
    for role, status in ((UserRole.PROVINCE_VIEWER, 404), (UserRole.NATIONAL_ADMINISTRATOR, 200)):
        user = await people.user(role, provinces=(here.province,))
        reader = replace(desk, token=await people.token(user=user))
        assert (await reader.fetch(minutes)).status_code == status


async def test_a_removed_document_is_gone_and_comes_back(desk: Desk, cluster: str) -> None:
    document = (await desk.attached(cluster))["id"]
    changed = "mutation ($input: {0}Input!) {{ {1}(input: $input) {{ problems {{ code }} }} }}"
    removing = changed.format("RemoveDocument", "removeDocument")
    assert (await desk.ask(removing, {"id": document}))["problems"] == []
    assert (await desk.fetch(document)).status_code == 404
    restoring = changed.format("RestoreDocument", "restoreDocument")
    assert (await desk.ask(restoring, {"id": document}))["problems"] == []
    assert (await desk.fetch(document)).content == files.PDF


async def test_what_lies_with_something_approved_cannot_go_not_even_past_the_rules(
    desk: Desk, people: People, here: Place
) -> None:
    home = {"cluster_id": here.cluster, "is_sample": False}
    phase = await people.row(
        "phase", project_id=here.project, code="DIAGNOSTIC_STUDY", ordinal=1, kind="WINDOWED",
        status="NOT_STARTED", **home,
    )  # fmt: skip
    gate = await people.row(
        "phase_gate", phase_id=phase, key="study", ordinal=1, label_fa="مطالعه", label_en="Study",
        mandatory=True, **home,
    )  # fmt: skip
    document = (await desk.attached(global_id("PhaseGate", gate), kind="RESULTS"))["id"]
    await desk.pool.execute(
        "update phase_gate set met_on = $2, decided_by = 'x', evidence = 'x' where id = $1",
        gate, datetime.date(2026, 5, 1),
    )  # fmt: skip
    removing = (
        "mutation ($input: RemoveDocumentInput!) { removeDocument(input: $input) { problems { code } } }"
    )
    assert (await desk.ask(removing, {"id": document}))["problems"] == [{"code": "DOCUMENT_ON_RECORD"}]
    for statement in (
        "update document set deleted_at = now()",
        "delete from document",
        "update document set sha256 = repeat('b', 64)",
    ):
        with pytest.raises(CheckViolationError):
            await desk.pool.execute(statement)


async def test_files_that_nobody_attached_are_swept_and_the_others_stay(
    desk: Desk, cluster: str, cabinet: Cabinet
) -> None:
    attached = await desk.attached(cluster)
    waiting = await desk.sent()
    cabinet.store.put("uploads/" + new_id().hex, b"left behind by a failure")
    now = datetime.datetime.now(datetime.UTC)
    assert await sweep(desk.pool, cabinet.storage, before=now - datetime.timedelta(days=1)) == 0
    assert len(cabinet.kept()) == 3
    assert await sweep(desk.pool, cabinet.storage, before=now + datetime.timedelta(minutes=1)) == 2
    assert len(cabinet.kept()) == 1
    assert (await desk.fetch(attached["id"])).content == files.PDF
    problems = (await desk.attach(cluster, waiting))["problems"]
    assert [p["code"] for p in problems] == ["NOT_FOUND"]


async def test_a_file_the_storage_has_lost_is_said_to_be_unavailable(
    desk: Desk, cluster: str, cabinet: Cabinet
) -> None:
    document = await desk.attached(cluster)
    for key in cabinet.kept():
        await cabinet.storage.discard(key)
    answer = await desk.fetch(document["id"])
    assert answer.status_code == 503
    assert orjson.loads(answer.content)["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
