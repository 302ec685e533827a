"""Which rows and fields a viewer sees: the scope of every table as SQL, and the restricted fields.

The compiler adds the scope of a type to every table it touches; mutations load their facts through
the same scope. What a viewer may not see looks exactly like what does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schema.viewers import EVERYONE, NATIONAL, REACH, STAFF, ReachSource
from schema.vocabulary import DocumentKind, UserRole


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows of a table a viewer sees: SQL conditions over the row `{t}`.

    `regional` holds for every role that is not national, `special` for the roles it names; all may
    use the viewer's own `{provinces}`, `{clusters}`, `{institutions}`, `{user}` and `{agency}`, and
    say `<reach of x>` where the cluster row `x` has to be within the role's reach.
    `home` is the column of the cluster whose reach is all that the scope asks: a row of the same
    cluster as one that is already proved needs no second proof.
    """

    regional: str
    national: str = "true"
    roles: frozenset[UserRole] = EVERYONE
    special: tuple[tuple[frozenset[UserRole], str], ...] = ()
    home: str | None = None

    def condition(self, role: UserRole) -> str:
        """Return the condition for a role; `false` where the role sees nothing of this type."""
        if role not in self.roles:
            return "false"
        for roles, condition in self.special:
            if role in roles:
                return _for(role, condition)
        return self.national if role in NATIONAL else _for(role, self.regional)


# How a cluster can be within reach, and where a role has to get it from for that way to be open.
_WAYS: Final = (
    (frozenset({ReachSource.PROVINCES}), "<cluster>.province_id = any({provinces})"),
    (
        frozenset({ReachSource.CLUSTERS, ReachSource.ASSIGNMENTS, ReachSource.SEATS}),
        "<cluster>.id = any({clusters})",
    ),
    (
        frozenset({ReachSource.INSTITUTIONS}),
        (
            "exists (select 1 from support_commitment reach where reach.cluster_id = <cluster>.id"
            " and reach.institution_id = any({institutions}) and reach.deleted_at is null)"
        ),
    ),
)


def _for(role: UserRole, condition: str) -> str:
    """Say what reach means for a role: only the ways that are open to it, so that PostgreSQL plans no others."""
    open_ways = " or ".join(way for sources, way in _WAYS if sources & REACH[role])
    for cluster in ("{t}", "home"):
        reach = f"({open_ways.replace('<cluster>', cluster)})" if open_ways else "false"
        condition = condition.replace(f"<reach of {cluster}>", reach)
    return condition


# In these texts <column> is a name of ours, filled in below; {…} are the viewer's values.
_HOME_IN_REACH: Final = "home.deleted_at is null and <reach of home>"
_WITHIN_CLUSTER: Final = (
    "exists (select 1 from cluster home where home.id = {t}.<column> and <reach>)".replace(
        "<reach>", _HOME_IN_REACH
    )
)
_WITHIN_PROVINCE: Final = (
    "({t}.<column> is null or {t}.<column> = any({provinces})"
    " or exists (select 1 from cluster home where home.province_id = {t}.<column> and <reach>))"
).replace("<reach>", _HOME_IN_REACH)
# Few clusters are ever removed, so PostgreSQL looks them up once per statement.
_NOT_OF_A_REMOVED_CLUSTER: Final = (
    "({t}.<column> in"
    " (select removed.id from cluster removed where removed.deleted_at is not null)) is not true"
)
# What a running transaction may still precede is not shown yet, so a cursor never steps over it.
_SETTLED: Final = "{t}.transaction < pg_snapshot_xmin(pg_current_snapshot())"
_WHAT_HAPPENED: Final = (
    "case when {t}.cluster_id is null then {t}.province_id = any({provinces}) else "
    + _WITHIN_CLUSTER.replace("<column>", "cluster_id")
    + " end"
)

PUBLIC: Final = Scope(regional="true")
"""Reference material that every signed-in viewer sees."""

THE_PLACE: Final = Scope(
    regional="true",
    special=((frozenset({UserRole.PARTNER_AGENCY}), "{t}.kind = 'CITY'"),),
)
"""Cities and villages: a partner agency learns in which city a workshop is, never in which village."""

THE_CLUSTER: Final = Scope(regional="<reach of {t}>", home="id")
"""The cluster row itself."""


def within_cluster(column: str = "cluster_id", roles: frozenset[UserRole] = EVERYONE) -> Scope:
    """Rows that belong to a cluster: seen by whoever sees the cluster, if the role may at all."""
    return Scope(
        regional=_WITHIN_CLUSTER.replace("<column>", column),
        national=_NOT_OF_A_REMOVED_CLUSTER.replace("<column>", column),
        roles=roles,
        home=column,
    )


def reviewed(condition: str) -> Scope:
    """Rows of a cluster that a partner agency sees only once they are approved, which the condition says."""
    home = within_cluster()
    return Scope(
        regional=home.regional,
        national=home.national,
        special=((frozenset({UserRole.PARTNER_AGENCY}), f"({home.regional} and {condition})"),),
    )


def within_province(column: str = "province_id") -> Scope:
    """Rows that belong to a province, or to the whole country when the column is empty."""
    return Scope(regional=_WITHIN_PROVINCE.replace("<column>", column))


_KINDS_PUBLISHED: Final = ", ".join(f"'{kind.value}'" for kind in DocumentKind if kind.iati_category)
_NO_MINUTES: Final = "{t}.meeting_id is null"

OF_PAPERS: Final = Scope(
    regional=_WITHIN_CLUSTER.replace("<column>", "cluster_id"),
    national=_NOT_OF_A_REMOVED_CLUSTER.replace("<column>", "cluster_id"),
    special=(
        (
            frozenset({UserRole.PARTNER_AGENCY}),
            f"{_NO_MINUTES} and {{t}}.kind in ({_KINDS_PUBLISHED}) and "
            + _WITHIN_CLUSTER.replace("<column>", "cluster_id"),
        ),
        (
            frozenset({UserRole.PROVINCE_VIEWER}),
            f"{_NO_MINUTES} and " + _WITHIN_CLUSTER.replace("<column>", "cluster_id"),
        ),
        (
            frozenset({UserRole.NATIONAL_VIEWER}),
            f"{_NO_MINUTES} and " + _NOT_OF_A_REMOVED_CLUSTER.replace("<column>", "cluster_id"),
        ),
    ),
)
"""Documents: as the cluster, but a meeting's only for those who read minutes, and to partners what is published."""

THE_INSTITUTION: Final = Scope(regional=f"({within_province().regional} or {{t}}.id = any({{institutions}}))")
"""Support institutions: national ones, those of a province in reach, and the viewer's own."""

OF_WHAT_HAPPENED: Final = Scope(regional=f"{_SETTLED} and {_WHAT_HAPPENED}", national=_SETTLED)
"""Events: those of a cluster in reach, or of a province in reach when they concern no single cluster."""

OF_THE_TRAIL: Final = Scope(
    regional=_WHAT_HAPPENED, national=within_cluster().national, roles=STAFF, home="cluster_id"
)
"""The audit trail: of a cluster in reach, or of a province in reach where no cluster is concerned; for staff."""

OF_WHAT_JUST_HAPPENED: Final = Scope(regional=_WHAT_HAPPENED)
"""The same for whoever keeps no cursor and takes every event once: what has committed counts at once."""

NATIONAL_ADMINISTRATOR: Final = frozenset({UserRole.NATIONAL_ADMINISTRATOR})
_PROVINCE_ADMINISTRATOR: Final = frozenset({UserRole.PROVINCE_ADMINISTRATOR})

_OF_A_USER_IN_REACH: Final = (
    "({t}.id = {user} or exists (select 1 from user_province near where near.user_id = {t}.id"
    " and near.deleted_at is null and near.province_id = any({provinces})))"
)

THE_USER: Final = Scope(
    regional="{t}.id = {user}",
    national="{t}.id = {user}",
    special=(
        (NATIONAL_ADMINISTRATOR, "true"),
        (_PROVINCE_ADMINISTRATOR, _OF_A_USER_IN_REACH),
    ),
)
"""Users: oneself; administrators see those of their provinces, the national one everybody."""

ONES_OWN: Final = Scope(
    regional="{t}.user_id = {user}",
    national="{t}.user_id = {user}",
    special=((NATIONAL_ADMINISTRATOR, "true"),),
)
"""What belongs to a user alone, such as sessions; the national administrator ends any of them."""

THE_AGENCY: Final = Scope(
    regional="{t}.id = {agency}", national="false", special=((NATIONAL_ADMINISTRATOR, "true"),)
)
"""Partner agencies: the agency itself and the national administrator, who lets it in."""

THE_TOKEN: Final = Scope(
    regional="({t}.user_id = {user} or {t}.agency_id = {agency})",
    national="{t}.user_id = {user}",
    special=((NATIONAL_ADMINISTRATOR, "true"),),
)
"""Tokens: their owner and the national administrator."""

OF_THE_AGENCY: Final = Scope(
    regional="{t}.agency_id = {agency}",
    national="false",
    special=((NATIONAL_ADMINISTRATOR, "true"),),
)
"""What belongs to a partner agency alone: webhook endpoints and the attempts to reach them."""

OF_THE_ADMINISTRATION: Final = Scope(
    regional="false", national="false", special=((NATIONAL_ADMINISTRATOR, "true"),)
)
"""What concerns the running of the whole and nobody's work: the national administrator alone."""

STRICTLY_ONES_OWN: Final = Scope(regional="{t}.user_id = {user}", national="{t}.user_id = {user}")
"""What nobody else reads, whatever the role: the inbox."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """A field that only some roles read; to everyone else it is empty and cannot be filtered by."""

    label: str
    roles: frozenset[UserRole]


CONTACT: Final = Restriction(
    "contact data",
    frozenset(
        {
            UserRole.NATIONAL_ADMINISTRATOR,
            UserRole.PROVINCE_ADMINISTRATOR,
            UserRole.DEVELOPMENT_AGENT,
        }
    ),
)

MINUTES: Final = Restriction("minutes", STAFF - {UserRole.NATIONAL_VIEWER, UserRole.PROVINCE_VIEWER})

_SHARED: Final = (
    "({t}.user_id = {user} or ({t}.shared_with = '<role>'"
    " and ({t}.province_id is null or {t}.province_id = any({provinces}))))"
)
SHARED_WITH_THE_ROLE: Final = Scope(
    regional="{t}.user_id = {user}",
    national="{t}.user_id = {user}",
    special=tuple((frozenset({role}), _SHARED.replace("<role>", role.value)) for role in UserRole),
)
"""What belongs to a user, and what somebody shares with the viewer's role."""
