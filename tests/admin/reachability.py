"""What stands in somebody's way on a page: what axe finds in a real browser, what moves, what sticks out."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Error as BrowserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.async_api import Page

    from tests.admin.browser import Site

    Way = tuple[Literal["light", "dark"], int]

LOG = logging.getLogger(__name__)
# One load of a page is seen in these ways; each differs from the one before in one thing.
WAYS: Final[tuple[Way, ...]] = (("light", 1920), ("dark", 1920), ("dark", 360), ("light", 360))
EVERYTHING: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Light and dark differ in nothing but the values of colours (`test_dark_and_light_differ_in_colours_alone`).
COLOURS: Final = ["color-contrast", "link-in-text-block"]
CHECK: Final = """
    ([within, kind, values]) => axe.run(within, {
      runOnly: {type: kind, values}, resultTypes: ["violations"], selectors: false, iframes: false
    }).then(
      found => found.violations.flatMap(one => one.nodes.map(node => `${one.id} ${node.html.slice(0, 200)}`)))
"""
WIDER: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHIFTS: Final = """
    window.shifted = [];
    const names = (one) => one.sources.map((source) => source.node?.className || source.node?.nodeName).join(", ");
    const add = (one) => one.hadRecentInput || window.shifted.push(`${names(one)} by ${one.value.toFixed(3)}`);
    new PerformanceObserver(list => list.getEntries().forEach(add)).observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True)
class Sight:
    """An address, the ways it is looked at, the part that is looked at after the first of them, and how it is answered.

    Around a form stands what stands around every page.
    """

    address: str
    ways: tuple[Way, ...] = WAYS
    part: Literal["html", "main"] = "html"
    status: int = 200


@dataclass
class Faults:
    """What was found, each fault once with all its places, told as it comes (`pytest --log-cli-level=INFO`)."""

    places: dict[str, list[str]] = field(default_factory=dict)

    def add(self, fault: str, place: str) -> None:
        """Keep a fault."""
        LOG.info("%s: %s", place, fault)
        self.places.setdefault(fault, []).append(place)

    def told(self) -> list[str]:
        """Return every fault with the first of its places and how many there are."""
        return [f"{places[0]} ({len(places)} in all): {fault}" for fault, places in self.places.items()]


async def _moved(screen: Page) -> list[str]:
    """Return what moves whenever the page is loaded; on a busy machine a page may once be painted by halves."""
    moved: list[str] = await screen.evaluate("window.shifted")
    for _ in range(2):
        if moved:
            await screen.reload()
            moved = await screen.evaluate("window.shifted")
    return moved


async def judge(screen: Page, sight: Sight, faults: Faults) -> None:
    """Keep what is wrong with what the screen shows, in every way of the sight."""
    widths: set[int] = set()
    for theme, width in sight.ways:
        await screen.set_viewport_size({"width": width, "height": 900})
        await screen.emulate_media(color_scheme=theme)
        part = sight.part if widths else "html"
        rules = ["rule", COLOURS] if width in widths else ["tag", EVERYTHING]
        for fault in await screen.evaluate(CHECK, [part, *rules]):
            faults.add(fault, f"{sight.address} {theme} {width}")
        if (wider := await screen.evaluate(WIDER)) > 0:
            faults.add(f"the page is {wider} px wider than the screen", f"{sight.address} {width}")
        widths.add(width)


async def _look(screen: Page, home: str, sight: Sight, faults: Faults) -> None:
    answer = await screen.goto(home + sight.address)
    if answer is None or answer.status != sight.status:
        faults.add(f"the page is answered with {answer and answer.status}", sight.address)
    if moved := await _moved(screen):
        faults.add(f"the page moves while it loads: {moved}", sight.address)
    await judge(screen, sight, faults)


async def prepared(screen: Page) -> Page:
    """Bring axe, and what notices that a page moves, to every page that the screen will open."""
    for script in (SHIFTS, Axe().axe_script):
        await screen.add_init_script(script)
    return screen


async def look(screen: Page, site: Site, sights: Iterable[Sight], faults: Faults) -> None:
    """Keep whatever is wrong with any of the sights; one that cannot be looked at is a fault as well."""
    for sight in sights:
        began = time.monotonic()
        try:
            await _look(screen, site.address, sight, faults)
        except BrowserError as error:
            faults.add(f"the browser gives up: {error.message}", sight.address)
        for complaint in site.complaints:
            faults.add(f"the browser complains: {complaint}", sight.address)
        site.complaints.clear()
        LOG.info("%s took %.1f s", sight.address, time.monotonic() - began)
