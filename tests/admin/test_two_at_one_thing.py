"""In a real browser: two people change one thing, and what was removed is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from services.sample.lorestan.facts import SLUG
from tests.admin.browser import serving

if TYPE_CHECKING:
    from playwright.async_api import Page as Screen

    from tests.admin.office import Office

pytestmark = pytest.mark.slow
CLUSTER = f"/clusters/{SLUG}"


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
