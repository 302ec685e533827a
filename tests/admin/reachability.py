"""What stands in somebody's way on a page: what axe finds in a real browser, what moves, what sticks out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from axe_playwright_python.async_playwright import Axe

from services.sample.lorestan.facts import SLUG
from tests.admin.browser import serving
from web.routes import PAGES

if TYPE_CHECKING:
    from tests.admin.office import Office

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# One load of a page is seen in two ways: colours do not depend on the width, so every page is seen light and dark,
# wide and narrow, in both languages.
WAYS: list[tuple[Literal["light", "dark"], int]] = [("light", 1920), ("dark", 360)]
CLUSTER = f"/clusters/{SLUG}"
FACES = ("/sign-in", f"{CLUSTER}/sub-projects?board=true", "/clusters?health=OVERDUE&count=true")
MAIN = (
    *FACES, "/", "/clusters", "/provinces", CLUSTER, f"{CLUSTER}/networks", f"{CLUSTER}/support", f"{CLUSTER}/plans",
)  # fmt: skip
CHECK = """
    ([within, rules]) => axe.run(within, {runOnly: rules, resultTypes: ["violations"]}).then(
      found => found.violations.map(one => `${one.id} ${one.nodes[0].html.slice(0, 160)}`))
"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHIFTS = """
    window.shifted = 0;
    const add = (one) => { window.shifted += one.hadRecentInput ? 0 : one.value; };
    new PerformanceObserver(list => list.getEntries().forEach(add)).observe({type: "layout-shift", buffered: true});
"""


def looked_at(office: Office, language: str) -> list[tuple[str, str]]:
    """Return the address of every page and the part to check: around a form stands what stands around every page.

    The short form leaves out the forms, and in English all but the main pages: the pages of both languages are the
    same but for their words. `DRILLS=full` looks at all.
    """
    whole = os.environ.get("DRILLS") == "full"
    if not whole and language == "en":
        return [(address, "html") for address in MAIN]
    known = [page for page in PAGES if office.knows(page) and (whole or not page.form)]
    pages = [(office.address(page), "main" if page.form else "html") for page in known]
    return [*pages, *((face, "html") for face in FACES)]


async def obstacles(office: Office, language: str) -> list[str]:
    """Return what stands in somebody's way on any page in a language, in the fonts of the device.

    A font of the web that arrives late moves lines on a first visit.
    """
    found: list[str] = []
    axe = Axe().axe_script
    async with serving(office, "", "") as site, site.reader(language=language) as screen:
        await screen.add_init_script(SHIFTS)
        for address, within in looked_at(office, language):
            await screen.goto(site.address + address)
            if shifted := await screen.evaluate("window.shifted"):
                found.append(f"{address}: the page moves by {shifted:.3f} while it loads")
            await screen.evaluate(axe)
            for theme, width in WAYS:
                await screen.set_viewport_size({"width": width, "height": 900})
                await screen.emulate_media(color_scheme=theme)
                faults = await screen.evaluate(CHECK, [within, RULES])
                found += [f"{address} {theme} {width}: {fault}" for fault in faults]
                if (wider := await screen.evaluate(WIDER)) > 0:
                    found.append(f"{address}: the page is {wider} px wider than {width} px")
        return found + site.complaints
