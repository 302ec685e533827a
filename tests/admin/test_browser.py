"""In a real browser: what the one small script adds to the pages, and the pictures of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from services.sample.lorestan.facts import SLUG
from services.settings import read_settings
from tests.admin.browser import ROOT, Site, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Dialog
    from playwright.async_api import Page as Screen

    from tests.admin.office import Office

pytestmark = pytest.mark.slow
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


@pytest.fixture
async def opened(office: Office) -> AsyncIterator[Site]:
    """Serve the admin with the font of the settings as well."""
    settings = read_settings()
    async with serving(office, settings.font_url, settings.font_integrity) as found:
        yield found


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


async def test_whoever_saves_second_chooses_between_both_versions_and_a_removal_is_taken_back(
    own_office: Office,
) -> None:
    async with serving(own_office, "", "") as own, own.reader() as screen:
        await screen.goto(own.address + CLUSTER)
        await screen.click(f'a[href="{CLUSTER}/edit"]')
        await screen.wait_for_selector("#drawer[open] #nameFa")
        colleague = await screen.context.new_page()
        await colleague.goto(f"{own.address}{CLUSTER}/edit")
        await save(colleague, "#form", workersCount="۷۲۰", workshopsCount="۱۳۰")
        await colleague.wait_for_selector(".toast")
        await save(screen, "#drawer form", workersCount="۷۱۰", workshopsCount="۱۴۰")
        stored = screen.locator("#drawer .stale", has_text="۷۲۰")
        await stored.wait_for()
        assert await screen.locator("#drawer .stale").count() == 2
        assert await screen.input_value("#drawer #workersCount") == "۷۱۰"
        await stored.locator("button").click()
        assert await screen.input_value("#drawer #workersCount") == "۷۲۰"
        await save(screen, "#drawer form")
        await screen.wait_for_selector(".toast")
        kept = await own_office.engine.pool.fetchrow(
            "select workers_count, workshops_count from cluster where slug = $1", SLUG
        )
        assert tuple(kept) == (720, 140)

        endpoint = f"/webhooks/{own_office.ids['webhooks']}"
        await screen.clock.install()
        await screen.goto(f"{own.address}{endpoint}/remove")
        await save(screen, "#form")
        await screen.click("#confirm[open] button[value=yes]")
        await screen.wait_for_url("**/webhooks")
        await screen.clock.fast_forward(60_000)
        assert await screen.locator(f"#content a[href='{endpoint}']").count() == 0
        await screen.click(".toast form button")
        await screen.wait_for_url(f"**{endpoint}")
        assert await screen.locator(".toast", has_text="بازگردانده شد").count() == 1
    assert own.complaints == []


async def save(screen: Screen, form: str, **texts: str) -> None:
    """Type into a form and send it."""
    for name, text in texts.items():
        await screen.fill(f"{form} #{name}", text)
    await screen.click(f"{form} .form__actions button[type=submit]")


async def test_a_step_is_changed_in_its_place_nothing_moves_and_paper_shows_the_page_alone(
    opened: Site, office: Office
) -> None:
    async with opened.reader() as screen:
        await screen.goto(f"{opened.address}/sub-projects/{office.ids['sub-projects']}")
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
