"""Fill in forms the way a person without scripts does."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

    from tests.admin.office import Office


def hidden(text: str) -> dict[str, str]:
    """Return the hidden inputs of a form."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text.split("<main", 1)[1])
    return {name: unescape(value) for name, value in found if value}


async def send(office: Office, path: str, **values: object) -> httpx2.Response:
    """Open a form, keep what it hides, fill it in and send it."""
    opened = await office.client.get(path)
    assert opened.status_code == 200, path
    return await office.client.post(path, data=hidden(opened.text) | values)
