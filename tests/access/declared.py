"""Who sees what, written down by hand, so that a change of the scopes has to be said twice."""

from __future__ import annotations

from typing import Final

from schema.vocabulary import UserRole

HERE, NEXT_DOOR, FAR, EVERYWHERE, NOBODYS = "here", "next door", "far", "everywhere", "nobody's"
PLACES: Final = (HERE, NEXT_DOOR, FAR)

REACHED: Final[dict[UserRole, frozenset[str]]] = {
    UserRole.NATIONAL_ADMINISTRATOR: frozenset({HERE, NEXT_DOOR, FAR, NOBODYS}),
    UserRole.NATIONAL_VIEWER: frozenset({HERE, NEXT_DOOR, FAR, NOBODYS}),
    UserRole.PROVINCE_ADMINISTRATOR: frozenset({HERE, NEXT_DOOR}),
    UserRole.PROVINCE_VIEWER: frozenset({HERE, NEXT_DOOR}),
    UserRole.DEVELOPMENT_AGENT: frozenset({HERE}),
    UserRole.COUNCIL_MEMBER: frozenset({HERE}),
    UserRole.TECHNICAL_ADVISOR: frozenset({HERE}),
    UserRole.NETWORK_REPRESENTATIVE: frozenset({HERE}),
    UserRole.PARTNER_AGENCY: frozenset({HERE, NEXT_DOOR}),
}
PUBLIC_TYPES: Final = {
    "Province", "County", "ProgrammeTemplate", "PhaseTemplate", "GateTemplate", "AdditionalSubProjectType",
    "AdditionalTrustActivityType", "NotificationText", "Indicator", "NationalCouncil", "NationalCouncilSeat",
    "NationalCouncilSession",
}  # fmt: skip
OF_THE_ACCESS_LAYER: Final = {
    "User", "PartnerAgency", "ApiToken", "UserSession", "TrustedDocument",
    "WebhookEndpoint", "NotificationDelivery", "DeliveryAttempt", "DeliveryReplay", "SetAsideEvent",
    "InboxEntry", "Job", "JobItem", "SavedView", "NotificationPreference", "NotificationSubscription", "Upload",
}  # fmt: skip
READERS_OF_MINUTES: Final = frozenset(UserRole) - {
    UserRole.NATIONAL_VIEWER,
    UserRole.PROVINCE_VIEWER,
    UserRole.PARTNER_AGENCY,
}
ONLY_FOR: Final[dict[str, frozenset[UserRole]]] = {
    "DecisionVote": READERS_OF_MINUTES,
    "AuditEntry": frozenset(UserRole) - {UserRole.PARTNER_AGENCY},
}
FIELDS_ONLY_FOR: Final[dict[str, frozenset[UserRole]]] = {
    field: frozenset(
        {UserRole.NATIONAL_ADMINISTRATOR, UserRole.PROVINCE_ADMINISTRATOR, UserRole.DEVELOPMENT_AGENT}
    )
    for field in ("Stakeholder.contactName", "Stakeholder.phone", "Stakeholder.email")
} | dict.fromkeys(
    (
        "CouncilMeeting.minutesFa",
        "CouncilMeeting.minutesEn",
        "CommitteeSession.minutesFa",
        "CommitteeSession.minutesEn",
        "NationalCouncilSession.minutesFa",
        "NationalCouncilSession.minutesEn",
        "CouncilDecision.noteFa",
        "CouncilDecision.noteEn",
    ),
    READERS_OF_MINUTES,
)
