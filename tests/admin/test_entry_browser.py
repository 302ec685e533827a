"""The pages before anybody is signed in are reachable for everyone, in every way of reading."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from services.settings import read_settings
from tests.admin.browser import site
from tests.admin.reachability import Faults, Sight, look, prepared
from web.app import create_app
from web.house import Appearance

if TYPE_CHECKING:
    from pathlib import Path

    from tests.admin.weaver import OneWeaver
    from tests.admin.workshop import Workshop

pytestmark = pytest.mark.slow
PAGES = (
    Sight("/sign-in"),
    Sight("/sign-in?signed-out=provider"),
    Sight("/sign-in/callback?state=x", status=400),
    Sight("/password/forgot"),
    Sight("/password/reset?secret=letter"),
    Sight("/password/reset?secret=void", status=410),
)


async def test_signing_in_and_passwords_are_open_to_everyone(
    workshop: Workshop, pages_folder: Path, weaver_sessions: OneWeaver
) -> None:
    settings = read_settings()
    looks = Appearance(settings.htmx_url, settings.htmx_integrity, secure=False, provider="Ministry")
    app = create_app(
        workshop, workshop.schema, weaver_sessions, lambda: datetime.date(2026, 11, 23), looks, pages=(),
        folder=pages_folder,
    )  # fmt: skip
    faults = Faults()
    async with site(app) as opened:
        for language in ("fa", "en"):
            async with (
                opened.reader(language=language, signed_in=False) as stranger,
                opened.reader(language=language) as weaver,
            ):
                await look(await prepared(stranger), opened, PAGES, faults)
                await look(await prepared(weaver), opened, [Sight("/password/change")], faults)
        async with opened.reader(signed_in=False, scripts=False) as plain:
            await plain.goto(f"{opened.address}/sign-in")
            await plain.click("a[href='/password/forgot']")
            await plain.fill("#email", "weaver@example.org")
            await plain.click("form[action='/password/forgot'] button[type=submit]")
            assert await plain.locator("[role=status]").count() >= 1
        assert opened.complaints == []
    assert faults.told() == []
