"""What takes long is told of in the log, so that operators find the document behind it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

if TYPE_CHECKING:
    from tests.world import Api

QUERY = "query Overview($slug: String!) { clusterBySlug(slug: $slug) { nameFa } }"


async def told(api: Api, seconds: float) -> list[dict[str, Any]]:
    """Return what the log says of slow statements when they are slow from so many seconds on."""
    api.engine.settings = api.engine.settings.model_copy(update={"slow_statement_seconds": seconds})
    with capture_logs() as lines:
        await api.data(QUERY, {"slug": "private-name"})
    return [dict(line) for line in lines if line["event"] == "slow_statement"]


@pytest.mark.usefixtures("world")
async def test_a_slow_read_is_told_of_by_the_digest_of_its_document_and_nothing_private(api: Api) -> None:
    (line,) = await told(api, 0)
    assert line["document"] == hashlib.sha256(QUERY.encode()).hexdigest()
    assert line["operation"] == "Overview"
    assert line["ms"] >= 0
    assert "private-name" not in str(line)


@pytest.mark.usefixtures("world")
async def test_a_quick_read_is_not_told_of(api: Api) -> None:
    assert await told(api, 60) == []
