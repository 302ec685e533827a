"""From the hash of a session or a token to the viewer, by one statement over indexes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from schema.identity import global_id
from schema.viewers import ALL_TOKEN_SCOPES, REACH, ReachSource, Viewer
from schema.vocabulary import TokenScope, UserRole

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    import asyncpg

# The reach of a user, whatever the role: which of it counts is decided by REACH.
_USER_REACH: Final = """
  array(select province_id from user_province where user_id = u.id and deleted_at is null) as provinces,
  array(select cluster_id from user_cluster where user_id = u.id and deleted_at is null) as clusters,
  '{}'::uuid[] as institutions,
  array(select distinct a.cluster_id from agent_assignment a join cluster_project p on p.id = a.project_id
        where a.user_id = u.id and a.deleted_at is null and a.valid_from <= $2
          and (a.valid_to is null or a.valid_to >= $2)
          and p.deleted_at is null and p.status <> 'CANCELLED') as assigned,
  array(select distinct s.cluster_id from council_seat s join steering_council c on c.id = s.council_id
        where s.user_id = u.id and s.deleted_at is null and s.valid_from <= $2
          and (s.valid_to is null or s.valid_to >= $2)
          and c.deleted_at is null and (c.dissolved_on is null or c.dissolved_on >= $2)) as seated"""

SESSION: Final = f"""
select s.id as session_id, null::uuid as token_id, u.id as user_id, null::uuid as agency_id, u.role,
  u.language, null::jsonb as scopes, s.idle_until as fresh_until, s.last_seen_at as used_at,
  false as trusted_only, {_USER_REACH}
from user_session s join app_user u on u.id = s.user_id
where s.hash = $1 and s.ended_at is null and s.ends_at > $3 and s.idle_until > $3 and u.disabled_at is null
"""  # noqa: S608 - two constant texts, no value

TOKEN: Final = f"""
select null::uuid as session_id, k.id as token_id, u.id as user_id, null::uuid as agency_id, u.role,
  u.language, k.scopes, k.expires_at as fresh_until, k.last_used_at as used_at,
  false as trusted_only, {_USER_REACH}
from api_token k join app_user u on u.id = k.user_id
where k.hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $3)
  and u.disabled_at is null
union all
select null, k.id, null, g.id, 'PARTNER_AGENCY', 'EN', k.scopes, k.expires_at, k.last_used_at,
  g.trusted_only_since is not null,
  array(select province_id from agency_province where agency_id = g.id and deleted_at is null),
  array(select cluster_id from agency_cluster where agency_id = g.id and deleted_at is null),
  array(select institution_id from agency_institution where agency_id = g.id and deleted_at is null),
  '{{}}'::uuid[], '{{}}'::uuid[]
from api_token k join partner_agency g on g.id = k.agency_id
where k.hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $3)
  and g.disabled_at is null
"""  # noqa: S608 - as above

_READER: Final = f"""
select null::uuid as session_id, null::uuid as token_id, u.id as user_id, null::uuid as agency_id, u.role,
  u.language, null::jsonb as scopes, $3::timestamptz as fresh_until, null::timestamptz as used_at,
  false as trusted_only, {_USER_REACH}
"""
USER: Final = f"{_READER} from app_user u where u.id = $1::text::uuid and u.disabled_at is null"
CALENDAR: Final = (
    f"{_READER} from notification_preference r join app_user u on u.id = r.user_id"
    " where r.calendar_hash = $1 and u.disabled_at is null"
)


@dataclass(frozen=True, slots=True)
class Known:
    """A viewer, until when the credential holds at most, and when it was last seen in use."""

    viewer: Viewer
    fresh_until: datetime | None
    used_at: datetime | None


async def look_up(
    connection: asyncpg.Pool[asyncpg.Record],
    statement: str,
    hashed: str,
    today: date,
    now: datetime,
) -> Known | None:
    """Return who holds a credential, or nothing if nobody does any more."""
    row = await connection.fetchrow(statement, hashed, today, now)
    if row is None:
        return None
    return Known(_viewer(row), row["fresh_until"], row["used_at"])


def _viewer(row: Any) -> Viewer:  # noqa: ANN401 - asyncpg ships no types
    role = UserRole(row["role"])
    sources = REACH[role]
    clusters: set[UUID] = set()
    for source, name in (
        (ReachSource.CLUSTERS, "clusters"),
        (ReachSource.ASSIGNMENTS, "assigned"),
        (ReachSource.SEATS, "seated"),
    ):
        if source in sources:
            clusters.update(row[name])
    user, agency = row["user_id"], row["agency_id"]
    return Viewer(
        role=role,
        actor=global_id("User", user) if user else global_id("PartnerAgency", agency),
        language="fa" if row["language"] == "FA" else "en",
        user_id=user,
        agency_id=agency,
        provinces=tuple(sorted(row["provinces"])) if ReachSource.PROVINCES in sources else (),
        clusters=tuple(sorted(clusters)),
        institutions=tuple(sorted(row["institutions"])) if ReachSource.INSTITUTIONS in sources else (),
        scopes=_scopes(row["scopes"]),
        token_id=row["token_id"],
        session_id=row["session_id"],
        trusted_only=row["trusted_only"],
    )


def _scopes(found: str | None) -> frozenset[TokenScope]:
    return ALL_TOKEN_SCOPES if found is None else frozenset(TokenScope(name) for name in orjson.loads(found))
