"""People sign in at a real OpenID provider (npm oidc-provider); nobody gets in by what it did not say."""

from __future__ import annotations

import asyncio
import datetime
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from graphql import build_schema

from schema.vocabulary import UserRole
from services.graphql import Accounts, OpenIdProvider, ProviderSignIn
from services.notifications.letters.account_letters import AccountLetters
from services.notifications.letters.mailer import Mailer
from services.notifications.measures import Measures
from services.sealing import Sealer
from services.settings import read_settings
from web.app import create_app
from web.house import Appearance
from web.session import PeopleSessions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    import asyncpg

    from services.graphql.viewer import Viewers
    from tests.access.conftest import People
    from tests.post_office import PostOffice
    from tests.world import Api

ADMIN = "https://admin.example"
SECRET = "a secret with a colon: and 100 %"


@dataclass
class Ministry:
    """The real provider as a process; every start has signing keys of its own."""

    command: list[str]
    folder: Path
    issuer: str
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and return when it listens; the process before it ends."""
        self.stop()
        self.process = subprocess.Popen(
            [*self.command, self.issuer, f"{ADMIN}/sign-in/callback", SECRET],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self.process.stdout is not None
        assert self.process.stdout.readline(), "the provider ended without listening"

    def stop(self) -> None:
        """End it."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


@pytest.fixture(scope="module")
def ministry(node: str, npm_folder: Path, free_port: Callable[[], int]) -> Iterator[Ministry]:
    """Run one provider for all tests; whoever ends it starts it again."""
    provider = Ministry([node, "provider.js"], npm_folder, f"http://localhost:{free_port()}")
    provider.start()
    yield provider
    provider.stop()


@dataclass
class Door:
    """The admin's sign-in pages before the real provider, and a browser that knows both."""

    ministry: Ministry
    pool: asyncpg.Pool[asyncpg.Record]
    here: httpx2.AsyncClient
    there: httpx2.AsyncClient

    @property
    def issuer(self) -> str:
        """How the provider names itself."""
        return self.ministry.issuer

    async def person(self, sub: str, **claims: object) -> None:
        """Say who sits before the browser at the provider."""
        self.there.cookies.clear()
        await self.there.post(f"{self.issuer}/person", json={"sub": sub, "name": "مریم", **claims})

    async def begin(self, target: str = "/clusters") -> str:
        """Press the button on the sign-in page and return the address at the provider."""
        response = await self.here.get("/sign-in/provider", params={"next": target})
        assert response.status_code == 303, response.text
        return str(response.headers["location"])

    async def through(self, address: str) -> str:
        """Let the browser follow the provider's redirects and return the address it is sent back to."""
        for _ in range(10):
            response = await self.there.get(address)
            assert response.status_code in {302, 303}, response.text
            address = str(httpx2.URL(address).join(response.headers["location"]))
            if address.startswith(ADMIN):
                return address
        pytest.fail("the provider never sent the browser back")

    async def sign_in(self, target: str = "/clusters") -> Any:
        """Walk the whole way and return our answer to the browser that comes back."""
        return await self.here.get(await self.through(await self.begin(target)))


@pytest.fixture
def passwords() -> bool:
    """Whether people may sign in with a password beside the provider."""
    return True


@pytest.fixture
async def door(
    ministry: Ministry,
    passwords: bool,  # noqa: FBT001 - pytest hands fixtures over by name
    pool: asyncpg.Pool[asyncpg.Record],
    viewers: Viewers,
    tmp_path: Path,
) -> AsyncIterator[Door]:
    settings = read_settings(
        oidc_issuer=ministry.issuer, oidc_client_id="khoosheh", oidc_client_secret=SECRET, admin_url=ADMIN,
        oidc_name="Ministry",
    )  # fmt: skip
    provider = ProviderSignIn(pool, OpenIdProvider(settings), domains=frozenset({"ministry.example"}))
    sessions = PeopleSessions(Accounts(pool), viewers, secure=True, provider=provider)
    schema = build_schema("type Query { one: Int }")
    app = create_app(
        None,  # type: ignore[arg-type]  # no page asks the engine anything
        schema,
        sessions,
        lambda: datetime.date(2026, 11, 23),
        Appearance(provider=provider.name, passwords=passwords),
        pages=(),
        folder=tmp_path,
    )
    async with (
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=ADMIN) as here,
        httpx2.AsyncClient() as there,
    ):
        yield Door(ministry, pool, here, there)
    await provider.close()


async def test_a_known_user_signs_in_and_is_known_by_the_subject_from_then_on(
    door: Door, people: People, viewers: Viewers
) -> None:
    user = await people.user(UserRole.PROVINCE_ADMINISTRATOR, email="maryam@khoosheh.example")
    assert "Ministry" in (await door.here.get("/sign-in")).text
    await door.person("subject-1", email="Maryam@Khoosheh.Example", email_verified=True)
    response = await door.sign_in("/clusters?page=2")
    assert (response.status_code, response.headers["location"]) == (303, "/clusters?page=2")
    cookie = next(c for c in response.headers.get_list("set-cookie") if c.startswith("__Host-khoosheh="))
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    viewer = await viewers.viewer_of_session(door.here.cookies["__Host-khoosheh"])
    assert viewer is not None
    assert (viewer.user_id, viewer.role) == (user, UserRole.PROVINCE_ADMINISTRATOR)
    # The address changes there, the person stays the same.
    door.here.cookies.clear()
    await door.person("subject-1", email="other@khoosheh.example", email_verified=True)
    assert (await door.sign_in()).status_code == 303
    assert await door.pool.fetchval("select count(*) from user_identity") == 1
    assert await door.pool.fetchval("select count(*) from audit_entry where action = 'linkIdentity'") == 1


@pytest.mark.parametrize("passwords", [False])
async def test_where_only_the_provider_signs_in_an_invitation_leads_there_and_binds_the_person_by_the_proved_address(
    api: Api, door: Door, post_office: PostOffice, viewers: Viewers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSWORD_SIGN_IN", "false")
    monkeypatch.setenv("OIDC_NAME", "Ministry")
    monkeypatch.setenv("ENCRYPTION_KEYS", "a key for tests that is long enough")
    for language in ("FA", "EN"):
        given = {"email": f"{language}@khoosheh.example", "name": "مریم", "role": "NATIONAL_VIEWER"}
        await api.accepted("createUser", {**given, "language": language})
    settings = read_settings(admin_url=ADMIN, smtp_url=post_office.url)
    async with Mailer(settings) as mailer:
        assert await AccountLetters(api.pool, settings, Sealer(settings), mailer, Measures()).send_due() == 2
    said = {"fa@khoosheh.example": "با Ministry وارد شوید", "en@khoosheh.example": "Sign in with Ministry"}
    assert {letter["To"] for letter in post_office.letters} == set(said)
    for letter in post_office.letters:
        for kind in ("plain", "html"):
            text = letter.get_body((kind,)).get_content()  # type: ignore[union-attr]  # there is one
            assert said[letter["To"]] in text
            assert re.findall(r"https://[^\s\"<]+", text)[0] == f"{ADMIN}/sign-in"
            assert "secret" not in text
    assert await api.pool.fetchval("select count(*) from password_reset") == 0
    page = (await door.here.get("/sign-in")).text
    assert 'href="/sign-in/provider' in page
    assert 'type="password"' not in page
    # Another address than the invited one is nobody, and one that is only claimed is as good as none.
    for claims in (
        {"email": "other@khoosheh.example", "email_verified": True},
        {"email": "en@khoosheh.example"},
    ):
        await door.person("somebody", **claims)
        assert (await door.sign_in()).status_code == 403
    await door.person("maryam", email="EN@khoosheh.example", email_verified=True)
    assert (await door.sign_in()).status_code == 303
    viewer = await viewers.viewer_of_session(door.here.cookies["__Host-khoosheh"])
    assert viewer is not None
    bound = await api.pool.fetch("select user_id, subject from user_identity")
    assert [(row["user_id"], row["subject"]) for row in bound] == [(viewer.user_id, "maryam")]
    # A letter from before passwords were switched off still leads somewhere.
    led = await door.here.get("/password/reset?secret=from-before")
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in")
    assert (await door.here.get("/password/forgot")).status_code == 404


async def test_the_request_carries_pkce_state_and_nonce_and_none_of_them_is_kept_readable_twice(
    door: Door,
) -> None:
    asked = parse_qs(urlsplit(await door.begin()).query)
    other = parse_qs(urlsplit(await door.begin()).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert asked["redirect_uri"] == [f"{ADMIN}/sign-in/callback"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name][0]) >= 43
        assert asked[name] != other[name]
    kept = str(
        [tuple(row) for row in await door.pool.fetch("select state_hash, browser_hash from provider_visit")]
    )
    assert asked["state"][0] not in kept


async def test_who_is_unknown_disabled_unproved_or_somebody_elses_heir_is_not_let_in(
    door: Door, people: People
) -> None:
    await people.user(UserRole.NATIONAL_ADMINISTRATOR, email="known@khoosheh.example")
    gone = await people.user(UserRole.NATIONAL_ADMINISTRATOR, email="gone@khoosheh.example")
    await door.pool.execute("update app_user set disabled_at = now() where id = $1", gone)
    await door.person("first", email="known@khoosheh.example", email_verified=True)
    assert (await door.sign_in()).status_code == 303
    for sub, claims in (
        ("stranger", {"email": "stranger@elsewhere.example", "email_verified": True}),
        ("disabled", {"email": "gone@khoosheh.example", "email_verified": True}),
        ("unproved", {"email": "known@khoosheh.example", "email_verified": False}),
        ("silent", {}),
        # The address was given to another person there: it is not enough.
        ("heir", {"email": "known@khoosheh.example", "email_verified": True}),
    ):
        door.here.cookies.clear()
        await door.person(sub, **claims)
        response = await door.sign_in()
        assert response.status_code == 403, sub
        assert "__Host-khoosheh" not in door.here.cookies
    assert await door.pool.fetchval("select count(*) from user_session") == 1
    assert await door.pool.fetchval("select count(*) from app_user") == 2


async def test_a_proved_address_of_a_trusted_domain_is_let_in_with_no_reach_yet(
    door: Door, viewers: Viewers
) -> None:
    for sub, email in (("a", "x@evil-ministry.example"), ("b", "x@ministry.example@evil.example")):
        await door.person(sub, email=email, email_verified=True)
        assert (await door.sign_in()).status_code == 403
    await door.person("c", email="new@ministry.example", email_verified=True)
    assert (await door.sign_in()).status_code == 303
    viewer = await viewers.viewer_of_session(door.here.cookies["__Host-khoosheh"])
    assert viewer is not None
    assert (viewer.role, viewer.provinces, viewer.clusters) == (UserRole.PROVINCE_VIEWER, (), ())
    assert await door.pool.fetchval("select name from app_user") == "مریم"


async def test_a_visit_counts_once_and_only_in_the_browser_that_began_it(door: Door, people: People) -> None:
    await people.user(UserRole.NATIONAL_VIEWER, email="known@khoosheh.example")
    await door.person("s", email="known@khoosheh.example", email_verified=True)
    back = await door.through(await door.begin())
    visit = door.here.cookies["__Host-khoosheh-visit"]
    door.here.cookies.clear()
    # Somebody lures a signed-out victim onto the attacker's way back: without the cookie nothing happens.
    assert (await door.here.get(back)).status_code == 400
    door.here.cookies.set("__Host-khoosheh-visit", visit)
    assert (await door.here.get(back.replace("state=", "state=x"))).status_code == 400
    door.here.cookies.clear()
    door.here.cookies.set("__Host-khoosheh-visit", visit)
    assert (await door.here.get(back)).status_code == 303
    door.here.cookies.clear()
    door.here.cookies.set("__Host-khoosheh-visit", visit)
    assert (await door.here.get(back)).status_code == 400


@pytest.mark.parametrize("change", ["issuer", "no issuer", "code"])
async def test_an_answer_that_was_meddled_with_signs_nobody_in(
    door: Door, people: People, change: str
) -> None:
    await people.user(UserRole.NATIONAL_VIEWER, email="known@khoosheh.example")
    await door.person("s", email="known@khoosheh.example", email_verified=True)
    back = urlsplit(await door.through(await door.begin()))
    answer = {name: values[0] for name, values in parse_qs(back.query).items()}
    assert answer["iss"] == door.issuer
    match change:
        case "issuer":
            answer["iss"] = "https://evil.example"
        case "no issuer":
            del answer["iss"]
        case _:
            answer["code"] = "guessed"
    assert (await door.here.get("/sign-in/callback", params=answer)).status_code == 400
    assert await door.pool.fetchval("select count(*) from user_session") == 0


async def test_whoever_turns_back_at_the_provider_is_told_so_in_both_languages(door: Door) -> None:
    await door.person("s", leave=True)
    response = await door.sign_in()
    assert response.status_code == 403
    assert "با Ministry وارد نشدید" in response.text
    door.here.cookies.set("language", "en")
    assert "You did not sign in with Ministry." in (await door.sign_in()).text


async def test_new_keys_of_the_provider_are_learnt_and_its_absence_is_told(
    door: Door, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.graphql.identities.provider_metadata._KEYS_AGAIN_SECONDS", 0.0)
    await people.user(UserRole.NATIONAL_VIEWER, email="known@khoosheh.example")
    await door.person("s", email="known@khoosheh.example", email_verified=True)
    assert (await door.sign_in()).status_code == 303
    await asyncio.to_thread(door.ministry.start)
    door.here.cookies.clear()
    await door.person("s", email="known@khoosheh.example", email_verified=True)
    assert (await door.sign_in()).status_code == 303
    back = await door.through(await door.begin())
    await asyncio.to_thread(door.ministry.stop)
    try:
        assert (await door.here.get(back)).status_code == 503
    finally:
        await asyncio.to_thread(door.ministry.start)


async def test_signing_out_ends_the_session_here_and_offers_to_end_it_there(
    door: Door, people: People
) -> None:
    await people.user(UserRole.NATIONAL_VIEWER, email="known@khoosheh.example")
    await door.person("s", email="known@khoosheh.example", email_verified=True)
    await door.sign_in()
    out = await door.here.post("/sign-out")
    assert out.headers["location"] == "/sign-in?signed-out=provider"
    assert "/sign-out/provider" in (await door.here.get(out.headers["location"])).text
    farewell = await door.here.get("/sign-out/provider")
    assert farewell.headers["location"].startswith(f"{door.issuer}/session/end?")
    assert (await door.there.get(farewell.headers["location"])).status_code == 200
    assert await door.pool.fetchval("select count(*) from user_session where ended_at is null") == 0


async def test_the_way_back_never_leaves_this_site(door: Door, people: People) -> None:
    await people.user(UserRole.NATIONAL_VIEWER, email="known@khoosheh.example")
    await door.person("s", email="known@khoosheh.example", email_verified=True)
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        door.here.cookies.clear()
        assert (await door.sign_in(target)).headers["location"].startswith("/")
        assert "evil" not in urlsplit((await door.sign_in(target)).headers["location"]).netloc
