"""Every page in Persian is reachable for everyone, light and dark, wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.admin.everyone import obstacles

if TYPE_CHECKING:
    from tests.admin.office import Office

pytestmark = pytest.mark.slow


async def test_nothing_stands_in_anybodys_way_on_a_page_in_persian(office: Office) -> None:
    assert await obstacles(office, "fa") == []
