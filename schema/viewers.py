"""Who asks: the roles, how far each reaches, and the viewer every read and write is made for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, Literal

from schema.vocabulary import TokenScope, UserRole

if TYPE_CHECKING:
    from uuid import UUID

Language = Literal["fa", "en"]

NATIONAL: Final = frozenset({UserRole.NATIONAL_ADMINISTRATOR, UserRole.NATIONAL_VIEWER})
ADMINISTRATORS: Final = frozenset({UserRole.NATIONAL_ADMINISTRATOR, UserRole.PROVINCE_ADMINISTRATOR})
STAFF: Final = frozenset(UserRole) - {UserRole.PARTNER_AGENCY}
EVERYONE: Final = frozenset(UserRole)


class ReachSource(Enum):
    """Where a viewer's provinces, clusters and institutions come from."""

    PROVINCES = auto()
    CLUSTERS = auto()
    INSTITUTIONS = auto()
    ASSIGNMENTS = auto()
    SEATS = auto()


REACH: Final[dict[UserRole, frozenset[ReachSource]]] = {
    UserRole.NATIONAL_ADMINISTRATOR: frozenset(),
    UserRole.NATIONAL_VIEWER: frozenset(),
    UserRole.PROVINCE_ADMINISTRATOR: frozenset({ReachSource.PROVINCES}),
    UserRole.PROVINCE_VIEWER: frozenset({ReachSource.PROVINCES}),
    UserRole.DEVELOPMENT_AGENT: frozenset({ReachSource.ASSIGNMENTS}),
    UserRole.COUNCIL_MEMBER: frozenset({ReachSource.SEATS}),
    UserRole.TECHNICAL_ADVISOR: frozenset({ReachSource.ASSIGNMENTS, ReachSource.CLUSTERS}),
    UserRole.NETWORK_REPRESENTATIVE: frozenset({ReachSource.CLUSTERS}),
    UserRole.PARTNER_AGENCY: frozenset(
        {ReachSource.PROVINCES, ReachSource.CLUSTERS, ReachSource.INSTITUTIONS}
    ),
}
"""How far a role reaches: an agent as far as the assignments of today, a member as far as the seats."""

ALL_TOKEN_SCOPES: Final = frozenset(TokenScope)


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
    scopes: frozenset[TokenScope] = ALL_TOKEN_SCOPES
    token_id: UUID | None = None
    session_id: UUID | None = None
    trusted_only: bool = False

    @property
    def account(self) -> str:
        """Whose consumption and repetitions are counted together: the token's, or the user's."""
        return f"token:{self.token_id}" if self.token_id else self.actor

    @property
    def is_national(self) -> bool:
        """Whether every province is within reach."""
        return self.role in NATIONAL
