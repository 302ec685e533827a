"""In a real browser: what the one small script adds to the pages, and the pictures of them."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from services.sample.lorestan.facts import SLUG
from services.settings import read_settings
from tests.admin.browser import AT_ONCE, ROOT, Site, serving
from tests.admin.reachability import WAYS, Faults, Sight, judge, look, prepared

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Dialog

    from tests.admin.office import Office

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
CLUSTER = f"/clusters/{SLUG}"
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "sign-in": ("/sign-in", {"signed_in": False}),
    "home": ("/", {}),
    "home-dark": ("/", {"theme": "dark"}),
    "clusters": ("/clusters?health=OVERDUE", {}),
    "cluster": (CLUSTER, {}),
    "cluster-english": (CLUSTER, {"language": "en"}),
    "sub-projects": (f"{CLUSTER}/sub-projects?board=true", {}),
    "networks": (f"{CLUSTER}/networks", {}),
    "support": (f"{CLUSTER}/support", {}),
    "cluster-phone": (CLUSTER, {"width": 390}),
}

MAIN_PAGES: list[tuple[str, dict[str, Any]]] = [
    ("/", {}),
    ("/clusters", {}),
    (CLUSTER, {}),
    (f"{CLUSTER}/sub-projects", {}),
    (f"{CLUSTER}/support", {}),
    (CLUSTER, {"width": 390}),
]
# Two pictures later everything that was to be drawn is.
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"
MOVED = """() => new Promise(done => {
    const shifts = []
    const seeing = new PerformanceObserver(seen => shifts.push(...seen.getEntries()))
    seeing.observe({type: "layout-shift", buffered: true})
    setTimeout(() => done({
        score: shifts.reduce((sum, one) => sum + one.value, 0),
        of: shifts.flatMap(one => [...one.sources]).filter(one => one.node).map(one => [
            (one.node.outerHTML || one.node.parentElement.outerHTML).slice(0, 120),
            JSON.stringify(one.previousRect), JSON.stringify(one.currentRect),
        ]),
    }), 100)
})"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_browser(open_all_day: Office) -> AsyncIterator[Site]:
    """Serve the admin with the font of the settings as well, and open one browser for all who only look."""
    settings = read_settings()
    async with serving(open_all_day, settings.font_url, settings.font_integrity) as found:
        yield found


@pytest.fixture
def opened(open_browser: Site) -> Site:
    """Give the browser to a test, about which nobody has complained yet; every reader is a new one."""
    open_browser.complaints.clear()
    open_browser.fonts = AT_ONCE
    return open_browser


async def test_the_browser_accepts_the_published_files_by_their_integrity(opened: Site) -> None:
    async with opened.reader() as screen:
        await screen.goto(f"{opened.address}/clusters")
        assert await screen.evaluate("window.htmx.version") == "2.0.11"
        await screen.evaluate("document.fonts.load('16px Vazirmatn', 'خوشه')")
        assert await screen.evaluate("document.fonts.check('16px Vazirmatn', 'خوشه')")
    assert opened.complaints == []


@pytest.mark.parametrize("language", ["fa", "en"])
async def test_nothing_moves_when_the_font_comes_late(opened: Site, language: str) -> None:
    """Cumulative layout shift below 0.01; Google calls a page good up to 0.1."""
    for path, ways in MAIN_PAGES:
        opened.fonts = late = asyncio.Event()
        async with opened.reader(language=language, **ways) as screen:
            await screen.goto(opened.address + path, wait_until="domcontentloaded")
            await screen.evaluate(f"() => {DRAWN}")
            assert await screen.evaluate("[...document.fonts].some(one => one.status === 'loading')")
            late.set()
            await screen.evaluate(f"() => document.fonts.ready.then(() => {DRAWN})")
            moved = await screen.evaluate(MOVED)
            assert moved["score"] < 0.01, (path, ways, moved)
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


async def test_what_opens_over_a_page_is_open_to_everyone_as_well(opened: Site) -> None:
    """The drawer, a refused form in it, the question before a consequence, the palette, the calendar, a menu."""
    faults = Faults()
    async with opened.reader() as screen:
        await prepared(screen)

        async def stands(what: str) -> None:
            await screen.wait_for_selector(what)
            await judge(screen, Sight(what, (WAYS[0], WAYS[2])), faults)

        await screen.goto(opened.address + CLUSTER)
        await screen.click(f'a[href="{CLUSTER}/edit"]')
        await screen.fill("#drawer #workersCount", "صد و بیست")
        await stands("#drawer[open] #nameFa")
        await screen.click("#drawer .form__actions button")
        await stands("#drawer[open] [aria-invalid=true]")
        await screen.goto(f"{opened.address}{CLUSTER}/remove")
        await screen.click("#form .form__actions button")
        await stands("#confirm[open]")
        await screen.goto(f"{opened.address}/clusters")
        await screen.keyboard.press("Control+k")
        await screen.keyboard.type("گلیم")
        await stands(f"#palette[open] a[href='{CLUSTER}']")
        await screen.goto(f"{opened.address}/clusters/new")
        await screen.fill("#identifiedOn", "۱۴۰۳/۱۲/۰۱")
        await screen.click("#identifiedOn")
        await stands(".calendar")
        await screen.click(".top details.menu summary")
        await stands(".top details.menu[open]")
        await look(screen, opened, [Sight("/nowhere", (WAYS[0], WAYS[2]), status=404)], faults)
    assert faults.told() == []
    assert opened.complaints == []


async def test_a_step_is_changed_in_its_place_nothing_moves_and_paper_shows_the_page_alone(
    opened: Site, open_all_day: Office
) -> None:
    async with opened.reader() as screen:
        await screen.goto(f"{opened.address}/sub-projects/{open_all_day.ids['sub-projects']}")
        change = screen.locator("a[hx-target^='#inline-']").first
        place = str(await change.get_attribute("hx-target"))
        await change.click()
        await screen.wait_for_selector(f"{place} form.form--inline input:not([type=hidden])")
        assert await screen.locator("#drawer[open]").count() == 0
        motion = """[...document.querySelectorAll("*")].some(
            one => parseFloat(getComputedStyle(one).transitionDuration) > 0.001)"""
        assert not await screen.evaluate(motion)
        await screen.emulate_media(media="print")
        for hidden in (".side", ".top", ".heading__actions", ".form__actions"):
            assert not await screen.locator(hidden).first.is_visible()
        assert await screen.locator("main h1").is_visible()
        await screen.emulate_media(media="screen", reduced_motion="no-preference")
        assert await screen.evaluate(motion)
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
        # The keyboard reaches a day of another year without walking through its months.
        await screen.focus("#identifiedOn")
        for key in ("ArrowDown", "ArrowDown", "Shift+PageUp", "Enter"):
            await screen.keyboard.press(key)
        assert str(await screen.input_value("#identifiedOn")).startswith(("۱۴۰۳/۰۱/", "۱۴۰۲/۱۲/"))
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
        await screen.keyboard.press("?")
        assert "g c" in await screen.inner_text("#palette[open] .palette")
        await screen.keyboard.type("گلیم")
        await screen.click(f"#palette a[href='{CLUSTER}']")
        await screen.wait_for_url(f"**{CLUSTER}")
        await screen.keyboard.press("Control+k")
        await screen.keyboard.type("گلیم")
        await screen.keyboard.press("Escape")
        assert await screen.locator("#palette[open]").count() == 0
    assert opened.complaints == []


async def test_the_tab_and_the_place_one_is_at_stand_in_view(opened: Site) -> None:
    shown = """link => { const here = link.getBoundingClientRect();
        return here.left >= -1 && here.right <= innerWidth + 1 && here.top >= 0 && here.bottom <= innerHeight; }"""
    async with opened.reader(width=390) as screen:
        await screen.goto(f"{opened.address}{CLUSTER}/support")
        assert await screen.locator(".tabs a[aria-current]").evaluate(shown)
    async with opened.reader() as screen:
        await screen.set_viewport_size({"width": 1440, "height": 700})
        await screen.goto(f"{opened.address}/webhooks")
        assert await screen.locator(".side a[aria-current]").first.evaluate(shown)
    assert opened.complaints == []


async def test_the_map_is_walked_with_the_keyboard(opened: Site) -> None:
    async with opened.reader() as screen:
        await screen.goto(f"{opened.address}/")
        await screen.focus(".tile-map a[href$='IR-15']")
        assert "لرستان" in str(await screen.evaluate("document.activeElement.getAttribute('aria-label')"))
        await screen.keyboard.press("Enter")
        await screen.wait_for_url("**/clusters?province=IR-15")


async def test_a_card_is_moved_by_its_menu_or_by_dragging_where_the_rules_allow(opened: Site) -> None:
    async with opened.reader() as screen:
        await screen.goto(f"{opened.address}{CLUSTER}/sub-projects?board=true")
        running = screen.locator("[data-lane=IN_PROGRESS] [data-card]").first
        await running.locator("summary").first.focus()
        await screen.keyboard.press("Enter")
        await running.locator("[data-to=SUSPENDED] a").focus()
        await screen.keyboard.press("Enter")
        await screen.wait_for_selector("#drawer[open] [name=reason]")
        await screen.keyboard.press("Escape")
        await running.drag_to(screen.locator("[data-lane=PROPOSED] h2"))
        assert await screen.locator("#drawer[open]").count() == 0
        await running.drag_to(screen.locator("[data-lane=SUSPENDED] h2"))
        await screen.wait_for_selector("#drawer[open] [name=reason]")
    assert opened.complaints == []


async def test_an_empty_cell_of_the_matrix_opens_a_promise_with_both_sides_chosen(opened: Site) -> None:
    async with opened.reader() as screen:
        await screen.goto(f"{opened.address}{CLUSTER}/support")
        cell = screen.locator(".matrix a[href*=commitments]").first
        wanted = str(await cell.get_attribute("href"))
        await cell.click()
        await screen.wait_for_selector("#drawer[open] #institutionId")
        for name in ("institutionId", "subProjectId"):
            assert f"{name}={await screen.input_value(f'#drawer #{name}')}" in wanted
    assert opened.complaints == []


@pytest.mark.skipif(not os.environ.get("KEEP_PICTURES"), reason="pictures are taken with KEEP_PICTURES=1")
async def test_pictures_of_the_main_pages(opened: Site) -> None:
    for name, (path, ways) in PICTURES.items():
        async with opened.reader(**ways) as screen:
            if "width" not in ways:
                await screen.set_viewport_size({"width": 1280, "height": 800})
            await screen.goto(opened.address + path)
            await screen.evaluate("document.fonts.ready")
            target = Path(ROOT, "docs", "img", f"{name}.png")
            assert len(await screen.screenshot(path=target)) < 170_000
