"""How an endpoint stands as its owner sees it, and what makes it stand otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

if TYPE_CHECKING:
    from tests.events.conftest import Country, Received
    from tests.world import Api

HEALTH = (
    "query ($id: ID!) { webhookEndpoint(id: $id) { health failures failingSince restingUntil lastProblem pausedAt"
    " pausedBecause lastSucceededAt waiting attemptsToday failuresToday } }"
)


async def health(owner: Api, endpoint: str) -> dict[str, Any]:
    found: dict[str, Any] = (await owner.data(HEALTH, {"id": endpoint}))["webhookEndpoint"]
    return found


async def fail(_post: Received, _tries: int) -> Response:
    return Response(status_code=500)


async def due_now(country: Country) -> None:
    """Let the time pass until everything that waits may be tried."""
    await country.pool.execute("update webhook_endpoint set resting_until = null")
    await country.pool.execute(
        "update notification_delivery set next_attempt_at = now() where next_attempt_at is not null"
    )
