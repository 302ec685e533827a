"""The page of what was changed of one thing."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Page

PAGES: Final = (Page("/history/{subject}", "history/list", mark("What was changed"), section="events"),)
