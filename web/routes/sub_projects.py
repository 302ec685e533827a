"""The pages of sub-projects."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Page

PAGES: Final = (Page("/sub-projects/{id}", "sub_projects/detail", mark("Sub-project"), section="clusters"),)
