"""Who may see and do what, as data: the viewer, the scope of every table, the roles of every action.

The compiler adds the scope of a type to every table it touches; mutations load their facts through
the same scope. What a viewer may not see looks exactly like what does not exist.
"""

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

    @property
    def account(self) -> str:
        """Whose consumption and repetitions are counted together: the token's, or the user's."""
        return f"token:{self.token_id}" if self.token_id else self.actor

    @property
    def is_national(self) -> bool:
        """Whether every province is within reach."""
        return self.role in NATIONAL


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows of a table a viewer sees: SQL conditions over the row `{t}`.

    `regional` holds for every role that is not national, `special` for the roles it names; all may
    use the viewer's own `{provinces}`, `{clusters}`, `{institutions}`, `{user}` and `{agency}`.
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
                return condition
        return self.national if role in NATIONAL else self.regional


# In these texts <column> and <cluster> are names of ours, filled in below; {…} are the viewer's values.
_IN_REACH: Final = (
    "(<cluster>.province_id = any({provinces}) or <cluster>.id = any({clusters})"
    " or exists (select 1 from support_commitment reach where reach.cluster_id = <cluster>.id"
    " and reach.institution_id = any({institutions}) and reach.deleted_at is null))"
)
_HOME_IN_REACH: Final = "home.deleted_at is null and " + _IN_REACH.replace("<cluster>", "home")
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

THE_CLUSTER: Final = Scope(regional=_IN_REACH.replace("<cluster>", "{t}"), home="id")
"""The cluster row itself."""


def within_cluster(column: str = "cluster_id", roles: frozenset[UserRole] = EVERYONE) -> Scope:
    """Rows that belong to a cluster: seen by whoever sees the cluster, if the role may at all."""
    return Scope(
        regional=_WITHIN_CLUSTER.replace("<column>", column),
        national=_NOT_OF_A_REMOVED_CLUSTER.replace("<column>", column),
        roles=roles,
        home=column,
    )


def within_province(column: str = "province_id") -> Scope:
    """Rows that belong to a province, or to the whole country when the column is empty."""
    return Scope(regional=_WITHIN_PROVINCE.replace("<column>", column))


THE_INSTITUTION: Final = Scope(regional=f"({within_province().regional} or {{t}}.id = any({{institutions}}))")
"""Support institutions: national ones, those of a province in reach, and the viewer's own."""

OF_WHAT_HAPPENED: Final = Scope(regional=f"{_SETTLED} and {_WHAT_HAPPENED}", national=_SETTLED)
"""Events: those of a cluster in reach, or of a province in reach when they concern no single cluster."""

OF_WHAT_JUST_HAPPENED: Final = Scope(regional=_WHAT_HAPPENED)
"""The same for whoever keeps no cursor and takes every event once: what has committed counts at once."""

_NATIONAL_ADMINISTRATOR: Final = frozenset({UserRole.NATIONAL_ADMINISTRATOR})
_PROVINCE_ADMINISTRATOR: Final = frozenset({UserRole.PROVINCE_ADMINISTRATOR})

_OF_A_USER_IN_REACH: Final = (
    "({t}.id = {user} or exists (select 1 from user_province near where near.user_id = {t}.id"
    " and near.deleted_at is null and near.province_id = any({provinces})))"
)

THE_USER: Final = Scope(
    regional="{t}.id = {user}",
    national="{t}.id = {user}",
    special=(
        (_NATIONAL_ADMINISTRATOR, "true"),
        (_PROVINCE_ADMINISTRATOR, _OF_A_USER_IN_REACH),
    ),
)
"""Users: oneself; administrators see those of their provinces, the national one everybody."""

ONES_OWN: Final = Scope(
    regional="{t}.user_id = {user}",
    national="{t}.user_id = {user}",
    special=((_NATIONAL_ADMINISTRATOR, "true"),),
)
"""What belongs to a user alone, such as sessions; the national administrator ends any of them."""

THE_AGENCY: Final = Scope(
    regional="{t}.id = {agency}", national="false", special=((_NATIONAL_ADMINISTRATOR, "true"),)
)
"""Partner agencies: the agency itself and the national administrator, who lets it in."""

THE_TOKEN: Final = Scope(
    regional="({t}.user_id = {user} or {t}.agency_id = {agency})",
    national="{t}.user_id = {user}",
    special=((_NATIONAL_ADMINISTRATOR, "true"),),
)
"""Tokens: their owner and the national administrator."""

OF_THE_AGENCY: Final = Scope(
    regional="{t}.agency_id = {agency}",
    national="false",
    special=((_NATIONAL_ADMINISTRATOR, "true"),),
)
"""What belongs to a partner agency alone: webhook endpoints and the attempts to reach them."""

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

AGENTS: Final = ADMINISTRATORS | {UserRole.DEVELOPMENT_AGENT}
"""Those who run a cluster's project: its agent, and administrators on the agent's behalf."""

PLANNERS: Final = AGENTS | {UserRole.NETWORK_REPRESENTATIVE}
"""Those who draft and carry out the action plan: the agent, after the project the comprehensive network (R30)."""

COUNCIL: Final = ADMINISTRATORS | {UserRole.COUNCIL_MEMBER}
"""Those who put the council's decisions on record; the agent whose plan is decided on is not among them."""

SECRETARIES: Final = COUNCIL | {UserRole.DEVELOPMENT_AGENT}
"""Those who call meetings and keep minutes; the agent is the council's secretary (E4)."""

ACTIONS: Final[dict[str, frozenset[UserRole]]] = {
    "createCluster": ADMINISTRATORS,
    "editCluster": AGENTS,
    "createProject": ADMINISTRATORS,
    "assignAgent": ADMINISTRATORS,
    "activateProject": ADMINISTRATORS,
    "startPhase": AGENTS,
    "completePhase": AGENTS,
    "prioritiseCluster": ADMINISTRATORS,
    "startFeasibilityStudy": ADMINISTRATORS,
    "startClusterDevelopment": ADMINISTRATORS,
    "concludeClusterDevelopment": ADMINISTRATORS,
    "declareClusterDeveloped": ADMINISTRATORS,
    "makeClusterDormant": ADMINISTRATORS,
    "recordDevelopmentLevel": ADMINISTRATORS,
    "deleteCluster": ADMINISTRATORS,
    "restoreCluster": ADMINISTRATORS,
    "editProject": ADMINISTRATORS,
    "suspendProject": ADMINISTRATORS,
    "resumeProject": ADMINISTRATORS,
    "cancelProject": ADMINISTRATORS,
    "replaceAgent": ADMINISTRATORS,
    "endAssignment": ADMINISTRATORS,
    "recordSupervisionVisit": ADMINISTRATORS | {UserRole.TECHNICAL_ADVISOR},
    "createTemplateVersion": _NATIONAL_ADMINISTRATOR,
    "publishTemplate": _NATIONAL_ADMINISTRATOR,
    "planPhase": AGENTS,
    "meetGate": AGENTS | {UserRole.TECHNICAL_ADVISOR},
    "reopenGate": AGENTS | {UserRole.TECHNICAL_ADVISOR},
    "draftStudy": AGENTS,
    "editStudy": AGENTS,
    "submitStudy": AGENTS,
    "returnStudy": COUNCIL | {UserRole.TECHNICAL_ADVISOR},
    "reviseStudy": AGENTS,
    "acceptStudy": COUNCIL | {UserRole.TECHNICAL_ADVISOR},
    "presentStudy": AGENTS,
    "draftActionPlan": PLANNERS,
    "editActionPlan": PLANNERS,
    "submitActionPlan": PLANNERS,
    "addStrategy": PLANNERS,
    "editStrategy": PLANNERS,
    "removeStrategy": PLANNERS,
    "addOperationalProgramme": PLANNERS,
    "editOperationalProgramme": PLANNERS,
    "removeOperationalProgramme": PLANNERS,
    "approveActionPlan": COUNCIL,
    "returnActionPlan": COUNCIL,
    "rejectActionPlan": COUNCIL,
    "recordCouncilDecision": COUNCIL,
    "formSteeringCouncil": ADMINISTRATORS,
    "dissolveSteeringCouncil": ADMINISTRATORS,
    "appointCouncilSeat": ADMINISTRATORS,
    "endCouncilSeat": ADMINISTRATORS,
    "scheduleCouncilMeeting": SECRETARIES,
    "holdCouncilMeeting": SECRETARIES,
    "cancelCouncilMeeting": SECRETARIES,
    "recordCouncilMinutes": SECRETARIES,
    "proposeSubProject": PLANNERS,
    "editSubProject": PLANNERS,
    "withdrawSubProject": PLANNERS,
    "startSubProject": PLANNERS,
    "completeSubProject": PLANNERS,
    "suspendSubProject": PLANNERS,
    "resumeSubProject": PLANNERS,
    "cancelSubProject": PLANNERS,
    "transferSubProject": PLANNERS,
    "assignNetwork": PLANNERS,
    "releaseNetwork": PLANNERS,
    "addMilestone": PLANNERS,
    "editMilestone": PLANNERS,
    "removeMilestone": PLANNERS,
    "reportProgress": PLANNERS,
    "addBudgetLine": PLANNERS,
    "editBudgetLine": PLANNERS,
    "removeBudgetLine": PLANNERS,
    "recordBudget": PLANNERS,
    "addSubProjectType": _NATIONAL_ADMINISTRATOR,
    "editSubProjectType": _NATIONAL_ADMINISTRATOR,
    "retireSubProjectType": _NATIONAL_ADMINISTRATOR,
    "formNetwork": PLANNERS,
    "editNetwork": PLANNERS,
    "registerNetwork": PLANNERS,
    "dissolveNetwork": PLANNERS,
    "addNetworkMember": PLANNERS,
    "endNetworkMember": PLANNERS,
    "designateComprehensiveNetwork": COUNCIL,
    "enterSupportInstitution": ADMINISTRATORS,
    "editSupportInstitution": ADMINISTRATORS,
    "renameSupportInstitution": ADMINISTRATORS,
    "removeSupportInstitution": ADMINISTRATORS,
    "restoreSupportInstitution": ADMINISTRATORS,
    "makeSupportCommitment": AGENTS,
    "removeSupportCommitment": AGENTS,
    "enterStakeholder": PLANNERS,
    "enterStakeholders": PLANNERS,
    "editStakeholder": PLANNERS,
    "removeStakeholder": PLANNERS,
    "restoreStakeholder": PLANNERS,
    "admitMember": PLANNERS,
    "endMembership": PLANNERS,
    "planTrustActivity": AGENTS,
    "editTrustActivity": AGENTS,
    "recordTrustActivity": AGENTS,
    "removeTrustActivity": AGENTS,
    "addTrustParticipant": AGENTS,
    "removeTrustParticipant": AGENTS,
    "openTrustSurvey": AGENTS,
    "recordTrustRating": AGENTS,
    "recordTie": AGENTS,
    "closeTrustSurvey": AGENTS,
    "assessSelfReliance": COUNCIL | {UserRole.TECHNICAL_ADVISOR},
    "announceExit": ADMINISTRATORS,
    "revokeExit": ADMINISTRATORS,
    "completeExit": ADMINISTRATORS,
    "addHandoverStep": AGENTS,
    "editHandoverStep": AGENTS,
    "completeHandoverStep": AGENTS,
    "removeHandoverStep": AGENTS,
    "createUser": ADMINISTRATORS,
    "editUser": STAFF,
    "disableUser": ADMINISTRATORS,
    "enableUser": ADMINISTRATORS,
    "createAgency": _NATIONAL_ADMINISTRATOR,
    "editAgency": _NATIONAL_ADMINISTRATOR,
    "issueToken": _NATIONAL_ADMINISTRATOR,
    "rotateToken": _NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "revokeToken": EVERYONE,
    "revokeSession": STAFF,
    "carryOverSubProject": PLANNERS,
    "restoreStrategy": PLANNERS,
    "restoreOperationalProgramme": PLANNERS,
    "restoreSubProject": PLANNERS,
    "restoreMilestone": PLANNERS,
    "restoreBudgetLine": PLANNERS,
    "restoreSupportCommitment": AGENTS,
    "acknowledgeNotification": STAFF,
    "createWebhookEndpoint": _NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "pauseWebhookEndpoint": _NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "resumeWebhookEndpoint": _NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "replayDelivery": _NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
}
"""Which roles may ask for which mutation; one without an entry is refused at start."""


WEBHOOK_ACTIONS: Final[frozenset[str]] = frozenset(
    name for name in ACTIONS if "Webhook" in name or "Subscription" in name or name == "replayDelivery"
)
"""Mutations of an agency's own webhooks, for which a token needs no right to write anything else."""


def scope_of(action: str) -> TokenScope:
    """Return what a token must have been issued for to ask for a mutation."""
    return TokenScope.WEBHOOKS if action in WEBHOOK_ACTIONS else TokenScope.WRITE


def may(role: UserRole, action: str) -> bool:
    """Whether a role may ask for a mutation at all; rules decide the rest."""
    return role in ACTIONS.get(action, frozenset())
