"""The page one starts the day with."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Page

PAGES: Final = (Page("/", "home/overview", mark("Today"), section="home"),)
