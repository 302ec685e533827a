"""The national policy council on its page: the one in office, and those before it (E8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.admin.sending import send

if TYPE_CHECKING:
    from tests.admin.office import Office

HOME = "/national-council"


async def test_a_dissolved_council_makes_room_and_stays_readable_beside_the_next(own_office: Office) -> None:
    page = (await own_office.client.get(HOME)).text
    assert "شوراهای پیشین" not in page, "nothing is said of what there is not"
    (way,) = re.findall(r'href="(/national-councils/[^"]+/dissolve)"', page)
    dissolved = await send(own_office, way, on="۱۴۰۵/۰۹/۰۱")
    assert (dissolved.status_code, dissolved.headers.get("location")) == (303, HOME), dissolved.text[-2000:]
    page = (await own_office.client.get(HOME)).text
    assert "شوراهای پیشین" in page
    assert "۱۴۰۵/۰۹/۰۱" in page
    assert f'href="/history/{own_office.ids["national-councils"]}"' in page
    assert 'href="/national-council/new"' in page
