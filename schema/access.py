"""Who may see and do what, as data: the viewer, the scope of every table, the roles of every action.

The compiler adds the scope of a type to every table it touches; mutations load their facts through
the same scope. What a viewer may not see looks exactly like what does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from uuid import UUID

Language = Literal["fa", "en"]

NATIONAL: Final = frozenset({UserRole.NATIONAL_ADMINISTRATOR, UserRole.NATIONAL_VIEWER})
ADMINISTRATORS: Final = frozenset({UserRole.NATIONAL_ADMINISTRATOR, UserRole.PROVINCE_ADMINISTRATOR})
STAFF: Final = frozenset(UserRole) - {UserRole.PARTNER_AGENCY}
EVERYONE: Final = frozenset(UserRole)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who asks: a role and its reach.

    `provinces`, `clusters` and `institutions` limit every role that is not national; an agent's
    clusters are those of the current assignments, a council member's those of the current seats.
    """

    role: UserRole
    actor: str
    language: Language = "fa"
    user_id: UUID | None = None
    agency_id: UUID | None = None
    provinces: tuple[UUID, ...] = ()
    clusters: tuple[UUID, ...] = ()
    institutions: tuple[UUID, ...] = ()

    @property
    def is_national(self) -> bool:
        """Whether every province is within reach."""
        return self.role in NATIONAL


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows of a table a viewer sees: SQL conditions over the row `{t}`.

    `regional` holds for every role that is not national; both may use the viewer's own
    `{provinces}`, `{clusters}`, `{institutions}`, `{user}` and `{agency}`.
    """

    regional: str
    national: str = "true"
    roles: frozenset[UserRole] = EVERYONE

    def condition(self, role: UserRole) -> str:
        """Return the condition for a role; `false` where the role sees nothing of this type."""
        if role not in self.roles:
            return "false"
        return self.national if role in NATIONAL else self.regional


_CLUSTER_IN_REACH: Final = (
    "({cluster}.province_id = any({{provinces}}) or {cluster}.id = any({{clusters}})"
    " or exists (select 1 from support_commitment reach where reach.cluster_id = {cluster}.id"
    " and reach.institution_id = any({{institutions}})))"
)

PUBLIC: Final = Scope(regional="true")
"""Reference material that every signed-in viewer sees."""

THE_CLUSTER: Final = Scope(regional=_CLUSTER_IN_REACH.format(cluster="{t}"))
"""The cluster row itself."""


def within_cluster(column: str = "cluster_id", roles: frozenset[UserRole] = EVERYONE) -> Scope:
    """Rows that belong to a cluster: seen by whoever sees the cluster, if the role may at all."""
    reach = _CLUSTER_IN_REACH.format(cluster="home")
    return Scope(
        regional=f"exists (select 1 from cluster home where home.id = {{t}}.{column} and {reach})",
        roles=roles,
    )


def within_province(column: str = "province_id") -> Scope:
    """Rows that belong to a province, or to the whole country when the column is empty."""
    return Scope(
        regional=(
            f"({{t}}.{column} is null or {{t}}.{column} = any({{provinces}}) or exists (select 1 from cluster home"
            f" where home.province_id = {{t}}.{column} and home.id = any({{clusters}})))"
        )
    )


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

AGENTS: Final = ADMINISTRATORS | {UserRole.DEVELOPMENT_AGENT}
"""Those who run a cluster's project: its agent, and administrators on the agent's behalf."""

ACTIONS: Final[dict[str, frozenset[UserRole]]] = {
    "createCluster": ADMINISTRATORS,
    "editCluster": AGENTS,
    "createProject": ADMINISTRATORS,
    "assignAgent": ADMINISTRATORS,
    "activateProject": ADMINISTRATORS,
    "startPhase": AGENTS,
    "completePhase": AGENTS,
}
"""Which roles may ask for which mutation; one without an entry is refused at start."""


def may(role: UserRole, action: str) -> bool:
    """Whether a role may ask for a mutation at all; rules decide the rest."""
    return role in ACTIONS.get(action, frozenset())
