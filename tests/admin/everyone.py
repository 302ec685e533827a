"""Which pages of the whole admin are looked at for everyone's sake, and in which ways."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from services.sample.lorestan.facts import SLUG
from tests.admin.browser import serving
from tests.admin.reachability import WAYS, Faults, Sight, look, prepared
from web.routes import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.admin.office import Office

FULL: Final = os.environ.get("DRILLS") == "full"
CLUSTER: Final = f"/clusters/{SLUG}"
# Other faces of pages: the board, and a narrowed list that was counted.
FACES: Final = (f"{CLUSTER}/sub-projects?board=true", "/clusters?health=OVERDUE&count=true")
MAIN: Final = (
    *FACES, "/", "/clusters", "/provinces", CLUSTER, f"{CLUSTER}/networks", f"{CLUSTER}/support", f"{CLUSTER}/plans",
)  # fmt: skip


def looked_at(office: Office, language: str) -> Iterator[Sight]:
    """Return what is looked at in a language.

    `DRILLS=full` looks at every page in every way. The short form leaves out the forms, and in English all but the main
    pages: the pages of both languages are the same but for their words. It sees the main pages in two opposite ways in
    Persian and in one of the other two in English, and the rest in one way each, taking turns: what they are made of
    stands on several of them.
    """
    known = [(page, office.address(page)) for page in PAGES if office.knows(page)]
    if FULL:
        yield from (Sight(face) for face in FACES)
        for page, address in sorted(known, key=lambda one: one[0].form is not None):
            yield Sight(address, part="main" if page.form else "html")
        return
    if language == "en":
        yield from (Sight(address, (WAYS[1 + place % 2 * 2],)) for place, address in enumerate(MAIN))
        return
    yield from (Sight(address, (WAYS[0], WAYS[2])) for address in MAIN)
    others = [address for page, address in known if not page.form and address not in MAIN]
    yield from (Sight(address, (WAYS[place % len(WAYS)],)) for place, address in enumerate(others))


async def obstacles(office: Office, language: str) -> list[str]:
    """Return what stands in somebody's way on any page in a language, in the fonts of the device.

    A font of the web that arrives late moves lines on a first visit.
    """
    faults = Faults()
    async with serving(office, "", "") as site, site.reader(language=language) as screen:
        await look(await prepared(screen), site, looked_at(office, language), faults)
    return faults.told()
