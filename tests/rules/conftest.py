"""Ids in a known order for the rules, which make none themselves."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    """Count the ids from a thousand."""
    numbers = count(1000)
    return lambda: UUID(int=next(numbers))
