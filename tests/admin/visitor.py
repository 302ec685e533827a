"""Somebody at the screen: reads its words, presses what they say, fills in what they name."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from playwright.async_api import TimeoutError as NothingCame

from tests.admin.browser import ROOT
from web.localisation import Localisation
from web.preferences import Preferences

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

PERSIAN = Localisation(Preferences())
SOON = 20_000
PICTURES = bool(os.environ.get("KEEP_PICTURES"))


def words(message: str, **blanks: object) -> str:
    """Return what the screen says in Persian."""
    return PERSIAN.text(message, **blanks)


class Visitor:
    """Goes only by what the page shows: the words of links, buttons and labels."""

    def __init__(self, screen: Page, address: str, *, scripts: bool = True) -> None:
        self.screen = screen
        self.address = address
        self.scripts = scripts
        screen.set_default_timeout(SOON)

    @property
    def form(self) -> Locator:
        """The form one has opened: in the drawer, in its place on the page, or as a page of its own."""
        return self.screen.locator("#drawer[open] form, .form--inline, #form").first

    async def press(self, message: str, within: str = "main", **blanks: object) -> None:
        """Press the link or button with these words."""
        said = re.compile(rf"^\s*{re.escape(words(message, **blanks))}\s*$")
        place = self.screen.locator(within)
        await place.locator("a, button").filter(has_text=said).first.click()

    async def tab(self, message: str) -> None:
        """Go to a part of the cluster."""
        await self.press(message, within=".tabs")
        await self.screen.wait_for_selector(f".tabs a[aria-current]:text-is('{words(message)}')")

    async def _field(self, label: str) -> Locator:
        """Find an input by its label, as a person does."""
        needed = re.escape(words("needed"))
        said = re.compile(rf"^\s*{re.escape(words(label))}(\s+{needed})?\s*$")
        found = self.form.locator("label").filter(has_text=said).first
        name = await found.get_attribute("for")
        return self.form.locator(f'[id="{name}"]') if name else found.locator("input")

    async def fill(self, answers: dict[str, str]) -> None:
        """Fill in the form: words into texts, the words of an option into lists."""
        await self.form.wait_for()
        for label, answer in answers.items():
            field = await self._field(label)
            if await field.evaluate("element => element.tagName") != "SELECT":
                await field.fill(answer)
                continue
            if await field.locator("option").filter(has_text=answer).count() == 0:
                await self._search(await field.get_attribute("name") or "", answer)
            await field.select_option(label=answer)

    async def _search(self, name: str, answer: str) -> None:
        """Type into the search box of a list until it offers the answer."""
        box = self.form.locator(f'input[name="{name}.search"]')
        await box.fill(answer)
        if not self.scripts:
            await self.form.locator(f'button[name="look"][value="{name}"]').click()
        await (
            self.form.locator(f'[id="{name}"] option')
            .filter(has_text=answer)
            .first.wait_for(state="attached")
        )

    async def rows(self, answers: dict[str, str]) -> None:
        """Fill in the rows of lists, which share their labels, by their places."""
        await self.form.wait_for()
        for place, answer in answers.items():
            field = self.form.locator(f'[name="{place}"]')
            if await field.evaluate("element => element.tagName") == "SELECT":
                await field.select_option(label=answer)
            else:
                await field.fill(answer)

    async def tick(self) -> None:
        """Tick every box of the form."""
        for box in await self.form.locator('input[type="checkbox"]').all():
            await box.check()

    async def send(self, button: str, toast: str) -> None:
        """Send the form, say yes to its consequence, and read on the next page that it worked."""
        said = re.compile(rf"^\s*{re.escape(words(button))}\s*$")
        form = self.form
        asks_first = await form.get_attribute("data-confirm") and self.scripts
        try:
            async with self.screen.expect_navigation(wait_until="domcontentloaded"):
                await form.locator('button[type="submit"]').filter(has_text=said).last.click()
                if asks_first:
                    await self.screen.locator("#confirm[open] button[value=yes]").click()
        except NothingCame as nothing:
            raise AssertionError(f"{self.screen.url}: {await self.form.inner_text()}") from nothing
        await self.screen.locator(".toast").filter(has_text=words(toast)).first.wait_for()

    async def picture(self, name: str) -> None:
        """Keep a picture of the screen for the README, when pictures are to be retaken."""
        if PICTURES and self.scripts:
            await self.screen.set_viewport_size({"width": 1280, "height": 800})
            await self.screen.evaluate("document.querySelectorAll('.toast').forEach(one => one.remove())")
            await self.screen.evaluate("scrollTo(0, 0); document.fonts.ready")
            await self.screen.screenshot(path=ROOT / "docs" / "img" / f"newcomer-{name}.png")

    async def do(self, press: str, answers: dict[str, str], button: str, toast: str) -> None:
        """Press something, fill in the form that opens, send it."""
        await self.press(press)
        await self.fill(answers)
        await self.send(button, toast)
