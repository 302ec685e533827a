"""The guides that are written from the code say what the code says."""

from __future__ import annotations

import pytest

from services.guides import DOCS, GUIDES


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == GUIDES[name](), "run `make guides`"
