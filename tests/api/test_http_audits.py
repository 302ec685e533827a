"""GraphQL over HTTP, audited by the suite of npm graphql-http."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from tests.api.conftest import RunningServer
    from tests.node_programs import RunNode


async def test_all_audits_of_graphql_over_http_pass(number_server: RunningServer, run_node: RunNode) -> None:
    audits: Any = (await (await run_node("audit.js", number_server.address)).rest())[0]
    assert len(audits) == 61
    assert [audit for audit in audits if audit["status"] != "ok"] == []
