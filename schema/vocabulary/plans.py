"""The words for the action plan and for the steering council that decides on it."""

from schema.vocabulary.term import Term


class ActionPlanStatus(Term):
    """The state of one version of the action-plan document; being overdue is computed, not a state."""

    DRAFT = "DRAFT", "پیش‌نویس", "Draft"
    SUBMITTED = "SUBMITTED", "ارائه‌شده به شورا", "Submitted to the council"
    RETURNED = "RETURNED", "بازگشت برای اصلاح", "Returned for correction"
    APPROVED = "APPROVED", "مصوب شورای راهبری", "Approved by the steering council"
    SUPERSEDED = "SUPERSEDED", "جایگزین‌شده", "Superseded"
    REJECTED = "REJECTED", "ردشده", "Rejected"


class PlanOwner(Term):
    """Whose duty the plan is: the agent's, later the comprehensive network's, or nobody's (R30, A12)."""

    AGENT = "AGENT", "عامل توسعه", "Development agent"
    NETWORK = "NETWORK", "شبکه فراگیر", "Comprehensive network"
    UNASSIGNED = "UNASSIGNED", "بدون متولی", "Unassigned"


class PlanFreshness(Term):
    """How near the due date of the next action plan is (R25)."""

    FRESH = "FRESH", "به‌روز", "Fresh"
    DUE_SOON = "DUE_SOON", "نزدیک به سررسید", "Due soon"
    OVERDUE = "OVERDUE", "دارای تأخیر", "Overdue"
    NONE = "NONE", "بدون برنامه مصوب", "No approved plan"


class RenewalAnchor(Term):
    """The day of a version of the action plan from which the next one is due (A4)."""

    APPROVAL = "APPROVAL", "روز تصویب شورا", "Day of the council's approval"
    PRESENTATION = "PRESENTATION", "روز ارائه به شورا", "Day of the presentation"


class SeatRole(Term):
    """The role of a seat in the steering council (E4)."""

    CHAIR = "CHAIR", "رئیس", "Chair"
    SECRETARY = "SECRETARY", "دبیر", "Secretary"
    MEMBER = "MEMBER", "عضو", "Member"


class MeetingStatus(Term):
    """The state of a meeting of the steering council."""

    SCHEDULED = "SCHEDULED", "تعیین‌شده", "Scheduled"
    HELD = "HELD", "برگزارشده", "Held"
    CANCELLED = "CANCELLED", "لغوشده", "Cancelled"


class DecisionSubject(Term):
    """What a decision of the steering council is about."""

    ACTION_PLAN = "ACTION_PLAN", "سند برنامه عمل", "Action plan"
    STUDY = "STUDY", "مطالعه شناختی", "Diagnostic study"
    EXIT = "EXIT", "خروج عامل توسعه", "Exit of the agent"


class ReviewDecision(Term):
    """What the council or a reviewer decides on what was submitted."""

    APPROVE = "APPROVE", "تأیید", "Approve"
    RETURN = "RETURN", "عودت برای اصلاح", "Return for correction"
    REJECT = "REJECT", "رد", "Reject"


class Vote(Term):
    """How one seat voted."""

    FOR = "FOR", "موافق", "For"
    AGAINST = "AGAINST", "مخالف", "Against"
    ABSTAIN = "ABSTAIN", "ممتنع", "Abstained"
