"""The pages of passwords work without scripts, in both languages, and tell nobody who has an account."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from schema.identity import new_id
from services.graphql import Accounts, Viewers
from services.sealing import Sealer
from services.settings import read_settings
from web.app import create_app
from web.session import PeopleSessions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    import asyncpg
    import httpx2

    from tests.admin.workshop import Workshop

OLD, NEW = "گلیم و جاجیم و ماشته", "پشم و روناس و پوست گردو"
EMAIL = "weaver@khoosheh.example"


@dataclass
class Entrance:
    """The real accounts behind the real pages, and a browser before them."""

    client: httpx2.AsyncClient
    accounts: Accounts
    pool: asyncpg.Pool[asyncpg.Record]
    sealer: Sealer

    async def post(self, path: str, **fields: str) -> Any:
        return await self.client.post(path, data=fields)

    async def secret(self) -> str:
        """Open the newest letter, as the notification service would."""
        await self.accounts.close()
        sealed = await self.pool.fetchval(
            "select sealed from letter order by created_at desc, id desc limit 1"
        )
        return str(orjson.loads(self.sealer.open(sealed))["secret"])

    async def sign_in(self, password: str) -> int:
        return int((await self.post("/sign-in", email=EMAIL, password=password)).status_code)


@pytest.fixture
async def entrance(
    pool: asyncpg.Pool[asyncpg.Record],
    workshop: Workshop,
    pages_folder: Path,
    speak: Callable[..., httpx2.AsyncClient],
) -> AsyncIterator[Entrance]:
    sealer = Sealer(read_settings(encryption_keys="a key for tests that is long enough"))
    accounts, viewers = Accounts(pool, sealer), Viewers(pool)
    await viewers.open()
    user = new_id()
    await pool.execute(
        "insert into app_user (id, revision, created_at, email, name, role, language, calendar, digits, is_sample)"
        " values ($1, 1, now(), $2, 'بافنده', 'NATIONAL_VIEWER', 'FA', 'JALALI', 'PERSIAN', false)",
        user, EMAIL,
    )  # fmt: skip
    await accounts.set_password(user, OLD)
    sessions = PeopleSessions(accounts, viewers, secure=True)
    app = create_app(workshop, workshop.schema, sessions, lambda: None, pages=(), folder=pages_folder)  # type: ignore[arg-type, return-value]
    async with speak(app, token="") as client:
        yield Entrance(client, accounts, pool, sealer)
    await accounts.close()
    await viewers.close()


async def test_whoever_forgot_the_password_chooses_another_by_the_letter(entrance: Entrance) -> None:
    assert 'href="/password/forgot"' in (await entrance.client.get("/sign-in")).text
    assert (await entrance.post("/password/forgot", email=EMAIL)).status_code == 200
    secret = await entrance.secret()
    page = await entrance.client.get(f"/password/reset?secret={secret}")
    assert secret in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "same-origin"
    for fields, words in (
        ({"new": NEW, "again": OLD}, "یکسان نیستند"),
        ({"new": "short", "again": "short"}, "۱۲ تا ۲۰۰"),
    ):
        refused = await entrance.post("/password/reset", secret=secret, **fields)
        assert refused.status_code == 422
        assert words in refused.text
    saved = await entrance.post("/password/reset", secret=secret, new=NEW, again=NEW)
    assert (saved.status_code, saved.headers["location"]) == (303, "/sign-in")
    assert (await entrance.client.get(f"/password/reset?secret={secret}")).status_code == 410
    assert (await entrance.post("/password/reset", secret=secret, new=OLD, again=OLD)).status_code == 410
    assert await entrance.sign_in(OLD) == 422
    assert await entrance.sign_in(NEW) == 303


async def test_nobody_learns_who_has_an_account(entrance: Entrance) -> None:
    def without_secrets(text: str) -> str:
        return re.sub(r'value="[^"]*"', "", text)

    known = await entrance.post("/password/forgot", email=EMAIL)
    unknown = await entrance.post("/password/forgot", email="nobody@khoosheh.example")
    odd = await entrance.post("/password/forgot", email="\x00")
    assert known.status_code == unknown.status_code == odd.status_code == 200
    assert without_secrets(known.text) == without_secrets(unknown.text) == without_secrets(odd.text)
    await entrance.accounts.close()
    assert await entrance.pool.fetchval("select count(*) from letter") == 1


async def test_a_changed_password_keeps_this_browser_and_no_other(entrance: Entrance) -> None:
    assert await entrance.sign_in(OLD) == 303
    first = entrance.client.cookies["__Host-khoosheh"]
    assert (await entrance.client.get("/password/change")).status_code == 200
    wrong = await entrance.post("/password/change", current="wrong", new=NEW, again=NEW)
    assert wrong.status_code == 422
    different = await entrance.post("/password/change", current=OLD, new=NEW, again=f"{NEW}!")
    assert different.status_code == 422
    changed = await entrance.post("/password/change", current=OLD, new=NEW, again=NEW)
    assert changed.status_code == 303
    assert entrance.client.cookies["__Host-khoosheh"] != first
    await asyncio.sleep(0.1)
    assert (await entrance.client.get("/password/change")).status_code == 200
    entrance.client.cookies.clear()
    entrance.client.cookies.set("__Host-khoosheh", first)
    assert (await entrance.client.get("/password/change")).status_code == 303


async def test_guesses_are_told_to_wait(entrance: Entrance) -> None:
    assert await entrance.sign_in(OLD) == 303
    for _ in range(5):
        await entrance.post("/password/change", current="a guess", new=NEW, again=NEW)
    told = await entrance.post("/password/change", current=OLD, new=NEW, again=NEW)
    assert told.status_code == 429
    assert int(told.headers["retry-after"]) > 0


async def test_the_pages_speak_english_too_and_carry_no_script(entrance: Entrance) -> None:
    entrance.client.cookies.set("language", "en")
    for path, words in (
        ("/password/forgot", "Forgot your password?"),
        ("/password/reset?secret=x", "This link has been used or is too old."),
    ):
        page = await entrance.client.get(path)
        assert words in page.text
        assert 'lang="en"' in page.text
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=", page.text)


async def test_other_sites_reset_and_change_nothing(entrance: Entrance) -> None:
    for path in ("/password/forgot", "/password/reset", "/password/change"):
        refused = await entrance.client.post(
            path, data={"email": EMAIL}, headers={"sec-fetch-site": "cross-site"}
        )
        assert refused.status_code == 403
    assert await entrance.pool.fetchval("select count(*) from letter") == 0
