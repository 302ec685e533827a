"""The pages before anybody is signed in are reachable for everyone, in every way of reading."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.async_playwright import Axe

from services.settings import read_settings
from tests.admin.browser import site
from web.app import create_app
from web.house import Appearance

if TYPE_CHECKING:
    from pathlib import Path

    from tests.admin.weaver import OneWeaver
    from tests.admin.workshop import Workshop

pytestmark = pytest.mark.slow
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WAYS = [("fa", "light", 360), ("en", "dark", 1920)]
PAGES = (
    "/sign-in", "/sign-in?signed-out=provider", "/sign-in/callback?state=x", "/password/forgot",
    "/password/reset?secret=letter", "/password/reset?secret=void", "/password/change",
)  # fmt: skip


async def test_signing_in_and_passwords_are_open_to_everyone(
    workshop: Workshop, pages_folder: Path, weaver_sessions: OneWeaver
) -> None:
    settings = read_settings()
    looks = Appearance(
        settings.htmx_url, settings.htmx_integrity, settings.font_url, settings.font_integrity, secure=False,
        provider="Ministry",
    )  # fmt: skip
    app = create_app(
        workshop, workshop.schema, weaver_sessions, lambda: datetime.date(2026, 11, 23), looks, pages=(),
        folder=pages_folder,
    )  # fmt: skip
    found: list[str] = []
    async with site(app) as opened:
        for language, theme, width in WAYS:
            async with (
                opened.reader(language=language, theme=theme, width=width, signed_in=False) as stranger,
                opened.reader(language=language, theme=theme, width=width) as weaver,
            ):
                for path in PAGES:
                    screen = weaver if path == "/password/change" else stranger
                    await screen.goto(opened.address + path)
                    results = await Axe().run(screen, options={"runOnly": RULES})
                    found += [
                        f"{path}: {fault['id']} {fault['nodes'][0]['html'][:160]}"
                        for fault in results.response["violations"]
                    ]
                    wider = await screen.evaluate(
                        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                    )
                    assert wider <= 0, path
        async with opened.reader(signed_in=False, scripts=False) as plain:
            await plain.goto(f"{opened.address}/sign-in")
            await plain.click("a[href='/password/forgot']")
            await plain.fill("#email", "weaver@example.org")
            await plain.click("form[action='/password/forgot'] button[type=submit]")
            assert await plain.locator("[role=status]").count() >= 1
        assert opened.complaints == []
    assert found == []
