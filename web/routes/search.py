"""Where a name is looked for among everything at once, by the palette as by the box above every page."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Page

PAGES: Final = (Page("/search", "search/found", mark("Search"), section="home"),)
