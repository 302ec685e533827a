"""The settings of the environment a test runs in, read once: reading them takes as long as a small test."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from pydantic import SecretStr

from services.settings import read_settings

if TYPE_CHECKING:
    from services.settings import Settings


@cache
def _settings_in(_environment: frozenset[tuple[str, str]]) -> Settings:
    return read_settings(graphql_port=0, web_port=0, notifications_port=0, database_pool_min=1)


def settings_for(database_url: str, **others: object) -> Settings:
    """Return settings for a database, with ports that nobody has taken."""
    environment = frozenset(
        (name, text) for name, text in os.environ.items() if name != "PYTEST_CURRENT_TEST"
    )
    return _settings_in(environment).model_copy(update={"database_url": SecretStr(database_url), **others})
