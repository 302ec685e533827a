"""The line a request leaves in the log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from services.graphql.journal import journal_for
from services.settings import read_settings

if TYPE_CHECKING:
    from types import ModuleType

    from tests.api.conftest import Visit


@pytest.fixture
def options(stand_in: ModuleType) -> Any:
    """Return the options of a door that writes for machines."""
    return stand_in.DoorOptions(journal=journal_for(read_settings(log_format="json", log_level="INFO")))


async def test_a_request_leaves_one_line_with_what_operators_look_for(
    visit: Visit,
    options: Any,
    capfd: pytest.CaptureFixture[str],
) -> None:
    async with visit(options=options) as client:
        answer = await client.post(
            "/graphql?token=secret",
            json={"query": "query Overview { echo(text: $text) }", "variables": {"text": "private"}},
            headers={"authorization": "Bearer secret", "cookie": "session=secret"},
        )
    written = capfd.readouterr().out
    line = json.loads(written)
    assert line["ms"] >= 0
    assert {
        name: line[name] for name in ("event", "method", "path", "status", "operation", "request_id")
    } == {
        "event": "request",
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "operation": "Overview",
        "request_id": answer.headers["x-request-id"],
    }
    assert "secret" not in written
    assert "private" not in written


async def test_the_probes_of_the_platform_leave_no_lines(
    visit: Visit,
    options: Any,
    capfd: pytest.CaptureFixture[str],
) -> None:
    async with visit(options=options) as client:
        for path in ("/live", "/ready", "/startup", "/metrics"):
            assert (await client.get(path)).status_code == 200
    assert capfd.readouterr().out == ""


async def test_an_installation_that_wants_warnings_only_gets_no_lines(
    visit: Visit, stand_in: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    quiet = stand_in.DoorOptions(journal=journal_for(read_settings(log_level="WARNING")))
    async with visit(options=quiet) as client:
        await client.post("/graphql", json={"query": "{ hello }"})
    assert capfd.readouterr().out == ""
