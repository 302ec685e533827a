"""Taking deliveries costs little however many wait: a lease leaves the indexes of the table as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.vocabulary import Channel
from services.notifications.deliveries import Deliveries

if TYPE_CHECKING:
    from tests.events.conftest import Country

_WAITING = """
insert into notification_delivery (id, revision, created_at, event_id, channel, endpoint_id, agency_id, lane,
  position, status, attempts_made, next_attempt_at)
select gen_random_uuid(), 1, now(), e.id, 'WEBHOOK', $1, $2, e.cluster_id, e.sequence, 'PENDING', 0, now()
from event e
"""
_WRITTEN = (
    "select n_tup_upd, n_tup_hot_upd from pg_stat_xact_user_tables where relname = 'notification_delivery'"
)


async def test_a_lease_touches_no_index(country: Country) -> None:
    province = await country.province(1)
    agency = await country.agency(province)
    endpoint = await country.endpoint(agency, "https://partner.example/hook")
    for _ in range(4):
        await country.happen(await country.cluster(province), count=16)
    await country.pool.execute(_WAITING, endpoint, agency)
    async with country.pool.acquire() as connection, connection.transaction():
        taken = await Deliveries(connection, country.settings, {Channel.WEBHOOK: 16}).take(16)
        assert sum(map(len, taken)) == 64
        written, kept = await connection.fetchrow(_WRITTEN)
        assert written == 64
        # Now and then a page is a row too full.
        assert kept > 48
