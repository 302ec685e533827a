"""Who reaches an event, as SQL made of the same data that viewers are limited by."""

from __future__ import annotations

from typing import Final

from schema.scopes import OF_WHAT_JUST_HAPPENED
from schema.viewers import REACH, STAFF, ReachSource
from schema.vocabulary import UserRole
from services.notifications.routing import CLUSTERS_OWN, LIMITED, OWNERS_EVENTS

# The tables are those of users; `u` is the user, `e` the event, $2 the day in Tehran.
_USER_SETS: Final[dict[ReachSource, str]] = {
    ReachSource.PROVINCES: (
        "select r.province_id from user_province r where r.user_id = u.id and r.deleted_at is null"
    ),
    ReachSource.CLUSTERS: (
        "select r.cluster_id from user_cluster r where r.user_id = u.id and r.deleted_at is null"
    ),
    ReachSource.ASSIGNMENTS: (
        "select a.cluster_id from agent_assignment a join cluster_project p on p.id = a.project_id"
        " where a.user_id = u.id and a.deleted_at is null and a.valid_from <= $2"
        " and (a.valid_to is null or a.valid_to >= $2) and p.deleted_at is null and p.status <> 'CANCELLED'"
    ),
    ReachSource.SEATS: (
        "select s.cluster_id from council_seat s join steering_council c on c.id = s.council_id"
        " where s.user_id = u.id and s.deleted_at is null and s.valid_from <= $2"
        " and (s.valid_to is null or s.valid_to >= $2)"
        " and c.deleted_at is null and (c.dissolved_on is null or c.dissolved_on >= $2)"
    ),
}
_OF_CLUSTERS: Final = (ReachSource.CLUSTERS, ReachSource.ASSIGNMENTS, ReachSource.SEATS)


def _user_scope(role: UserRole) -> str:
    """Return the condition under which a user of a role may know of event `e`."""
    provinces = _USER_SETS[ReachSource.PROVINCES] if ReachSource.PROVINCES in REACH[role] else ""
    clusters = " union all ".join(_USER_SETS[part] for part in _OF_CLUSTERS if part in REACH[role])
    return OF_WHAT_JUST_HAPPENED.condition(role).format(
        t="e", provinces=_array(provinces), clusters=_array(clusters), institutions="'{}'::uuid[]"
    )


def _array(select: str) -> str:
    return f"(array({select}))" if select else "'{}'::uuid[]"


def _agency_set(table: str, column: str) -> str:
    return (
        f"(array(select r.{column} from {table} r"  # noqa: S608 - names of ours
        " where r.agency_id = w.agency_id and r.deleted_at is null))"
    )


_IN_AGENCYS_REACH: Final = OF_WHAT_JUST_HAPPENED.condition(UserRole.PARTNER_AGENCY).format(
    t="e",
    provinces=_agency_set("agency_province", "province_id"),
    clusters=_agency_set("agency_cluster", "cluster_id"),
    institutions=_agency_set("agency_institution", "institution_id"),
)
_AGENCYS_OWN: Final = (
    f"(e.type = any('{{{','.join(sorted(OWNERS_EVENTS))}}}'::text[]) and exists (select 1 from webhook_endpoint o"  # noqa: S608 - as above
    " where o.id = e.subject_id and o.id <> w.id and o.agency_id = w.agency_id))"
)
AGENCY_SCOPE: Final = f"({_IN_AGENCYS_REACH} or {_AGENCYS_OWN})"
"""The condition under which the agency of endpoint `w` may know of event `e`."""

_LIMITED: Final = " ".join(
    f"when u.role = '{role.value}' then e.type = any('{{{','.join(sorted(types))}}}'::text[])"
    for role, types in sorted(LIMITED.items())
)
_BY_DEFAULT: Final = f"case {_LIMITED} else u.role = any('{{{','.join(sorted(CLUSTERS_OWN))}}}'::text[]) end"

IN_USERS_REACH: Final = " or ".join(
    f"(u.role = '{role.value}' and {_user_scope(role)})" for role in sorted(STAFF)
)
"""The condition under which user `u` may know of event `e` on the day $2, whatever the role."""

READERS: Final = f"""
select e.id as event_id, u.id as user_id, u.language, {_BY_DEFAULT} as by_default,
  r.mail, r.sms, r.messenger, r.digest_hour, r.digest_weekday, r.quiet_from, r.quiet_until, r.working_days_only,
  (select json_agg(json_build_object('kind', s.kind, 'event_types', s.event_types, 'provinces', s.provinces,
    'clusters', s.clusters, 'phases', s.phases, 'most_days_left', s.most_days_left,
    'least_percent', s.least_percent))
   from notification_subscription s where s.user_id = u.id and s.ended_at is null) as subscriptions
from event e cross join app_user u join notification_preference r on r.id = u.id
where e.id = any($1) and u.disabled_at is null and ({IN_USERS_REACH})
  and ({_BY_DEFAULT} or exists (
    select 1 from notification_subscription s where s.user_id = u.id and s.kind = 'FOLLOW' and s.ended_at is null))
"""  # noqa: S608 - conditions of ours; what varies travels as a parameter
"""The users who are or may want to be told of the events $1 on the day $2, and how each wants to be written to."""

ENDPOINTS: Final = f"""
select e.id as event_id, w.id as endpoint_id, w.agency_id, w.event_types, w.provinces, w.clusters,
  coalesce(w.phases, '[]') as phases, w.most_days_left, w.least_percent
from event e cross join webhook_endpoint w join partner_agency g on g.id = w.agency_id
where e.id = any($1) and g.disabled_at is null and w.deleted_at is null and e.at >= w.created_at - interval '1 minute'
  and {AGENCY_SCOPE}
"""  # noqa: S608 - as above
"""The endpoints whose agencies may know of the events $1."""
