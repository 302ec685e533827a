"""The words for the exit of the development agent."""

from schema.vocabulary.term import Term


class ExitStatus(Term):
    """The state of the exit of the development agent (R47 to R53)."""

    NOT_ELIGIBLE = "NOT_ELIGIBLE", "فاقد شرایط خروج", "Not eligible"
    ELIGIBLE = "ELIGIBLE", "واجد شرایط خروج", "Eligible"
    ANNOUNCED = "ANNOUNCED", "اعلام‌شده", "Announced"
    COMPLETED = "COMPLETED", "خارج‌شده", "Exited"
    REVOKED = "REVOKED", "لغو اعلام", "Announcement revoked"


class AssessmentKind(Term):
    """The two preconditions of the exit that are assessed (R47, R48)."""

    DEVELOPMENT = "DEVELOPMENT", "ارزیابی توسعه‌یافتگی", "Development assessment"
    SELF_RELIANCE = "SELF_RELIANCE", "ارزیابی خوداتکایی", "Self-reliance assessment"


class HandoverRecipient(Term):
    """Who takes over what the agent hands over (R51)."""

    NETWORK = "NETWORK", "شبکه", "Network"
    SUPPORT_INSTITUTION = "SUPPORT_INSTITUTION", "نهاد پشتیبان", "Support institution"
