"""Who may do what, as data: the roles of every action.

Who asks is said in `schema.viewers`, which rows and fields they see in `schema.scopes`.
"""

from __future__ import annotations

from typing import Final

from schema.scopes import NATIONAL_ADMINISTRATOR
from schema.viewers import ADMINISTRATORS, EVERYONE, STAFF
from schema.vocabulary import TokenScope, UserRole

AGENTS: Final = ADMINISTRATORS | {UserRole.DEVELOPMENT_AGENT}
"""Those who run a cluster's project: its agent, and administrators on the agent's behalf."""

PLANNERS: Final = AGENTS | {UserRole.NETWORK_REPRESENTATIVE}
"""Those who draft and carry out the action plan: the agent, after the project the comprehensive network (R30)."""

COUNCIL: Final = ADMINISTRATORS | {UserRole.COUNCIL_MEMBER}
"""Those who put the council's decisions on record; the agent whose plan is decided on is not among them."""

SECRETARIES: Final = COUNCIL | {UserRole.DEVELOPMENT_AGENT}
"""Those who call meetings and keep minutes; the agent is the council's secretary (E4)."""

REVIEWERS: Final = ADMINISTRATORS | {UserRole.TECHNICAL_ADVISOR}
"""Those who review what is reported: administrators and the technical advisor–supervisor (E9)."""

WRITERS: Final = SECRETARIES | PLANNERS | {UserRole.TECHNICAL_ADVISOR}
"""Those who attach documents to something; which of them to what follows from who records the thing itself."""

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
    "recordFeasibilityStudy": ADMINISTRATORS,
    "completeFeasibilityStudy": ADMINISTRATORS,
    "editFeasibilityStudy": ADMINISTRATORS,
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
    "createTemplateVersion": NATIONAL_ADMINISTRATOR,
    "publishTemplate": NATIONAL_ADMINISTRATOR,
    "addIndicator": NATIONAL_ADMINISTRATOR,
    "editIndicator": NATIONAL_ADMINISTRATOR,
    "retireIndicator": NATIONAL_ADMINISTRATOR,
    "setIndicatorTarget": ADMINISTRATORS,
    "removeIndicatorTarget": ADMINISTRATORS,
    "enterIndicatorValue": PLANNERS,
    "editIndicatorValue": PLANNERS,
    "submitIndicatorValue": PLANNERS,
    "removeIndicatorValue": PLANNERS,
    "restoreIndicatorValue": PLANNERS,
    "returnIndicatorValue": REVIEWERS,
    "approveIndicatorValue": REVIEWERS,
    "takeIndicatorValues": AGENTS | REVIEWERS,
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
    "formProvincialCommittee": ADMINISTRATORS,
    "dissolveProvincialCommittee": ADMINISTRATORS,
    "appointCommitteeSeat": ADMINISTRATORS,
    "endCommitteeSeat": ADMINISTRATORS,
    "recordCommitteeSession": ADMINISTRATORS,
    "addCounty": ADMINISTRATORS,
    "editCounty": ADMINISTRATORS,
    "addPlace": ADMINISTRATORS,
    "editPlace": ADMINISTRATORS,
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
    "placeSubProject": PLANNERS,
    "addSubProjectOutput": PLANNERS,
    "editSubProjectOutput": PLANNERS,
    "recordSubProjectOutput": PLANNERS,
    "removeSubProjectOutput": PLANNERS,
    "restoreSubProjectOutput": PLANNERS,
    "raiseRisk": PLANNERS,
    "editRisk": PLANNERS,
    "mitigateRisk": PLANNERS,
    "closeRisk": PLANNERS,
    "reopenRisk": PLANNERS,
    "removeRisk": PLANNERS,
    "restoreRisk": PLANNERS,
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
    "addSubProjectType": NATIONAL_ADMINISTRATOR,
    "editSubProjectType": NATIONAL_ADMINISTRATOR,
    "retireSubProjectType": NATIONAL_ADMINISTRATOR,
    "addTrustActivityType": NATIONAL_ADMINISTRATOR,
    "editTrustActivityType": NATIONAL_ADMINISTRATOR,
    "retireTrustActivityType": NATIONAL_ADMINISTRATOR,
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
    "restoreTrustActivity": AGENTS,
    "addTrustParticipant": AGENTS,
    "removeTrustParticipant": AGENTS,
    "openTrustSurvey": AGENTS,
    "recordTrustRating": AGENTS,
    "recordTie": AGENTS,
    "recordTrustSheet": AGENTS,
    "closeTrustSurvey": AGENTS,
    "assessSelfReliance": COUNCIL | {UserRole.TECHNICAL_ADVISOR},
    "announceExit": ADMINISTRATORS,
    "revokeExit": ADMINISTRATORS,
    "completeExit": ADMINISTRATORS,
    "addHandoverStep": AGENTS,
    "editHandoverStep": AGENTS,
    "completeHandoverStep": AGENTS,
    "removeHandoverStep": AGENTS,
    "restoreHandoverStep": AGENTS,
    "attachDocument": WRITERS,
    "editDocument": WRITERS,
    "removeDocument": WRITERS,
    "restoreDocument": WRITERS,
    "createUser": ADMINISTRATORS,
    "editUser": STAFF,
    "disableUser": ADMINISTRATORS,
    "enableUser": ADMINISTRATORS,
    "requestPasswordReset": ADMINISTRATORS,
    "changePassword": STAFF,
    "createAgency": NATIONAL_ADMINISTRATOR,
    "editAgency": NATIONAL_ADMINISTRATOR,
    "registerTrustedDocument": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "removeTrustedDocument": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "issueToken": NATIONAL_ADMINISTRATOR,
    "rotateToken": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "revokeToken": EVERYONE,
    "revokeSession": STAFF,
    "startExport": STAFF,
    "startBulkAction": STAFF - {UserRole.NATIONAL_VIEWER, UserRole.PROVINCE_VIEWER},
    "stopJob": STAFF,
    "saveView": STAFF,
    "removeView": STAFF,
    "carryOverSubProject": PLANNERS,
    "restoreStrategy": PLANNERS,
    "restoreOperationalProgramme": PLANNERS,
    "restoreSubProject": PLANNERS,
    "restoreMilestone": PLANNERS,
    "restoreBudgetLine": PLANNERS,
    "restoreSupportCommitment": AGENTS,
    "acknowledgeNotification": STAFF,
    "acknowledgeNotifications": STAFF,
    "editNotificationPreferences": STAFF,
    "openNotificationCalendar": STAFF,
    "closeNotificationCalendar": STAFF,
    "subscribeToNotifications": STAFF,
    "editNotificationSubscription": STAFF,
    "endNotificationSubscription": STAFF,
    "createWebhookEndpoint": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "editWebhookEndpoint": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "removeWebhookEndpoint": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "restoreWebhookEndpoint": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "rotateWebhookSecret": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "pingWebhookEndpoint": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "pauseWebhookEndpoint": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "resumeWebhookEndpoint": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "tellOfEventAgain": NATIONAL_ADMINISTRATOR,
    "replayDelivery": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
    "replayDeliveries": NATIONAL_ADMINISTRATOR | {UserRole.PARTNER_AGENCY},
}
"""Which roles may ask for which mutation; one without an entry is refused at start."""


WEBHOOK_ACTIONS: Final[frozenset[str]] = frozenset(
    name
    for name in ACTIONS
    if "Webhook" in name or "Subscription" in name or name.startswith("replayDeliver")
)
"""Mutations of an agency's own webhooks, for which a token needs no right to write anything else."""


def scope_of(action: str) -> TokenScope:
    """Return what a token must have been issued for to ask for a mutation."""
    return TokenScope.WEBHOOKS if action in WEBHOOK_ACTIONS else TokenScope.WRITE


def may(role: UserRole, action: str) -> bool:
    """Whether a role may ask for a mutation at all; rules decide the rest."""
    return role in ACTIONS.get(action, frozenset())
