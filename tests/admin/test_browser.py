"""In a real browser: reachable for everyone, in every way of reading; with and without JavaScript."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.async_playwright import Axe

from services.sample.lorestan.facts import SLUG
from services.settings import read_settings
from tests.admin.browser import ROOT, Site, site
from web.app import create_app
from web.handlers import Appearance
from web.routes import PAGES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Dialog

    from tests.admin.conftest import Office

pytestmark = pytest.mark.slow
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Every page is seen in both languages, light and dark, narrow and wide: half of them in the first two ways,
# the others in the last two, so that every pair of language, light and width occurs.
WAYS = [("fa", "light", 360), ("en", "dark", 1920), ("fa", "dark", 1920), ("en", "light", 360)]
CLUSTER = f"/clusters/{SLUG}"
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "sign-in": ("/sign-in", {"signed_in": False}),
    "home": ("/", {}),
    "home-dark": ("/", {"theme": "dark"}),
    "clusters": ("/clusters?health=OVERDUE", {}),
    "cluster": (CLUSTER, {}),
    "cluster-english": (CLUSTER, {"language": "en"}),
    "sub-projects": (f"{CLUSTER}/sub-projects?view=board", {}),
    "networks": (f"{CLUSTER}/networks", {}),
    "support": (f"{CLUSTER}/support", {}),
    "cluster-phone": (CLUSTER, {"width": 390}),
}


@pytest.fixture
async def opened(office: Office) -> AsyncIterator[Site]:
    """Serve the admin on the sample with htmx and the font at the addresses of the settings."""
    settings = read_settings()
    app = create_app(
        office.engine,
        office.engine.schema,
        office.sessions,
        office.engine.today,
        Appearance(
            settings.htmx_url,
            settings.htmx_integrity,
            settings.font_url,
            settings.font_integrity,
            secure=False,
        ),
    )
    async with site(app) as serving:
        yield serving


@pytest.mark.parametrize(("language", "theme", "width"), WAYS)
async def test_every_page_is_reachable_for_everyone(
    opened: Site, office: Office, language: str, theme: str, width: int
) -> None:
    found: list[str] = []
    async with opened.reader(language=language, theme=theme, width=width) as screen:
        turn = WAYS.index((language, theme, width)) // 2
        for page in filter(office.knows, PAGES[turn::2]):
            await screen.goto(opened.address + office.address(page))
            results = await Axe().run(screen, options={"runOnly": RULES})
            found += [
                f"{page.path}: {fault['id']} {fault['nodes'][0]['html'][:160]}"
                for fault in results.response["violations"]
            ]
            wider = await screen.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if wider > 0:
                found.append(f"{page.path}: the page is {wider} px wider than the screen")
    assert found == []
    assert opened.complaints == []


async def test_the_browser_accepts_the_published_files_by_their_integrity(opened: Site) -> None:
    async with opened.reader() as screen:
        await screen.goto(f"{opened.address}/clusters")
        assert await screen.evaluate("window.htmx.version") == "2.0.11"
        await screen.evaluate("document.fonts.load('16px Vazirmatn', 'خوشه')")
        assert await screen.evaluate("document.fonts.check('16px Vazirmatn', 'خوشه')")
    assert opened.complaints == []


async def test_a_tampered_file_is_refused_and_the_page_still_works(opened: Site) -> None:
    async with opened.reader(tampered=True) as screen:
        await screen.goto(f"{opened.address}/clusters")
        assert await screen.evaluate("typeof window.htmx") == "undefined"
        await screen.fill("#filter-search", "گلیم، جاجیم")
        await screen.click(".filters button[type=submit]")
        assert "search=" in screen.url
        assert await screen.locator("#cluster-table tbody tr").count() == 1
    assert any("integrity" in complaint for complaint in opened.complaints)


async def test_typing_narrows_the_list_without_loading_the_page_and_the_address_follows(opened: Site) -> None:
    async with opened.reader() as screen:
        await screen.goto(f"{opened.address}/clusters")
        await screen.evaluate("window.stayed = true")
        await screen.fill("#filter-search", "گليم")
        await screen.wait_for_url("**search=**")
        await screen.select_option("#filter-province", label="لرستان")
        await screen.wait_for_url("**province=IR-15**")
        assert await screen.locator("#cluster-table tbody tr").count() == 1
        assert await screen.evaluate("window.stayed")
    assert opened.complaints == []


async def test_a_drawer_opens_over_the_page_guards_changes_and_closes(opened: Site) -> None:
    async with opened.reader() as screen:
        await screen.goto(opened.address + CLUSTER)
        await screen.click(f'a[href="{CLUSTER}/edit"]')
        await screen.wait_for_selector("#drawer[open] #nameFa")
        await screen.fill("#workersCount", "۷۱۰")
        asked: list[str] = []

        async def stay(dialog: Dialog) -> None:
            asked.append(dialog.message)
            await dialog.dismiss()

        screen.on("dialog", stay)
        await screen.keyboard.press("Escape")
        assert await screen.locator("#drawer[open]").count() == 1
        assert asked == ["تغییرهایی ذخیره نشده است. بدون ذخیره خارج می‌شوید؟"]
    assert opened.complaints == []


async def test_a_day_is_chosen_from_a_jalali_calendar(opened: Site) -> None:
    async with opened.reader() as screen:
        await screen.goto(f"{opened.address}/clusters/new")
        await screen.fill("#identifiedOn", "۱۴۰۳/۱۲/۰۱")
        await screen.click("#identifiedOn")
        assert "اسفند ۱۴۰۳" in await screen.inner_text(".calendar__head")
        await screen.click(".calendar__days button:text-is('۳۰')")
        assert await screen.input_value("#identifiedOn") == "۱۴۰۳/۱۲/۳۰"
        assert await screen.locator(".calendar").count() == 0
    assert opened.complaints == []


async def test_the_palette_goes_anywhere_from_the_keyboard(opened: Site) -> None:
    async with opened.reader() as screen:
        await screen.goto(f"{opened.address}/")
        await screen.keyboard.press("Control+k")
        await screen.keyboard.type("استان")
        await screen.keyboard.press("Enter")
        await screen.wait_for_url("**/provinces")
        await screen.keyboard.press("g")
        await screen.keyboard.press("c")
        await screen.wait_for_url("**/clusters")
    assert opened.complaints == []


async def test_the_map_is_walked_with_the_keyboard(opened: Site) -> None:
    async with opened.reader() as screen:
        await screen.goto(f"{opened.address}/")
        await screen.focus(".tile-map a[href$='IR-15']")
        assert "لرستان" in str(await screen.evaluate("document.activeElement.getAttribute('aria-label')"))
        await screen.keyboard.press("Enter")
        await screen.wait_for_url("**/clusters?province=IR-15")


@pytest.mark.skipif(not os.environ.get("KEEP_PICTURES"), reason="pictures are taken with KEEP_PICTURES=1")
async def test_pictures_of_the_main_pages(opened: Site) -> None:
    for name, (path, ways) in PICTURES.items():
        async with opened.reader(**ways) as screen:
            if "width" not in ways:
                await screen.set_viewport_size({"width": 1280, "height": 800})
            await screen.goto(opened.address + path)
            await screen.evaluate("document.fonts.ready")
            target = Path(ROOT, "docs", "img", f"{name}.png")
            assert len(await screen.screenshot(path=target)) < 150_000
