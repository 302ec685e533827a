"""The viewer an agency is, without any credential of it: for what we do on its behalf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.identity import global_id
from schema.viewers import Viewer
from schema.vocabulary import TokenScope, UserRole

if TYPE_CHECKING:
    from uuid import UUID

    import asyncpg

_REACH: Final = """
select array(select province_id from agency_province where agency_id = g.id and deleted_at is null) as provinces,
  array(select cluster_id from agency_cluster where agency_id = g.id and deleted_at is null) as clusters,
  array(select institution_id from agency_institution where agency_id = g.id and deleted_at is null)
    as institutions
from partner_agency g where g.id = $1 and g.disabled_at is null
"""


async def viewer_of_agency(pool: asyncpg.Pool[asyncpg.Record], agency_id: UUID) -> Viewer | None:
    """Return an agency as a viewer that only reads, within its reach of this moment; None if it is disabled."""
    row = await pool.fetchrow(_REACH, agency_id)
    if row is None:
        return None
    return Viewer(
        role=UserRole.PARTNER_AGENCY,
        actor=global_id("PartnerAgency", agency_id),
        language="en",
        agency_id=agency_id,
        provinces=tuple(sorted(row["provinces"])),
        clusters=tuple(sorted(row["clusters"])),
        institutions=tuple(sorted(row["institutions"])),
        scopes=frozenset({TokenScope.READ}),
    )
