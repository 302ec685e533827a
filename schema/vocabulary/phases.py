"""The words for the five phases of a cluster development project, their kinds, states and health."""

from schema.vocabulary.term import Term


class PhaseCode(Term):
    """The five general phases of a project (S1, R3); their order is the ordinal, not a chain (A1)."""

    DIAGNOSTIC_STUDY = "DIAGNOSTIC_STUDY", "مطالعه شناختی", "Diagnostic study"
    TRUST_BUILDING = "TRUST_BUILDING", "اعتمادسازی", "Trust building"
    ACTION_PLAN = "ACTION_PLAN", "تدوین سند برنامه عمل", "Drafting the action-plan document"
    IMPLEMENTATION = "IMPLEMENTATION", "پیاده‌سازی", "Implementation"
    AGENT_EXIT = "AGENT_EXIT", "خروج عامل توسعه", "Exit of the development agent"


class PhaseKind(Term):
    """How a phase behaves in time (A1)."""

    WINDOWED = "WINDOWED", "بازه‌ای", "Windowed"
    CONTINUOUS = "CONTINUOUS", "پیوسته", "Continuous"
    RECURRING = "RECURRING", "دوره‌ای", "Recurring"
    OPEN_ENDED = "OPEN_ENDED", "باز", "Open-ended"


class PhaseStatus(Term):
    """The state of one phase of one project."""

    NOT_STARTED = "NOT_STARTED", "آغاز نشده", "Not started"
    IN_PROGRESS = "IN_PROGRESS", "در حال اجرا", "In progress"
    SUSPENDED = "SUSPENDED", "متوقف", "Suspended"
    COMPLETED = "COMPLETED", "پایان‌یافته", "Completed"
    CANCELLED = "CANCELLED", "لغوشده", "Cancelled"


class PhaseBoundary(Term):
    """The moment which opens or closes a phase, named by the programme template (R20, R21, R24, R35)."""

    PROJECT_START = "PROJECT_START", "آغاز پروژه", "Start of the project"
    STUDY_COMPLETION = "STUDY_COMPLETION", "پایان مطالعه شناختی", "Completion of the diagnostic study"
    EXIT_ANNOUNCEMENT = "EXIT_ANNOUNCEMENT", "اعلام خروج", "Announcement of the exit"
    OWN_COMPLETION = "OWN_COMPLETION", "پایان خود فاز", "Completion of the phase itself"
    PROJECT_END = "PROJECT_END", "پایان پروژه", "End of the project"


class Health(Term):
    """How a phase stands against its window or rhythm on a given day; always computed."""

    ON_TRACK = "ON_TRACK", "مطابق برنامه", "On track"
    AT_RISK = "AT_RISK", "در معرض تأخیر", "At risk"
    OVERDUE = "OVERDUE", "دارای تأخیر", "Overdue"
    COMPLETED_ON_TIME = "COMPLETED_ON_TIME", "پایان به‌موقع", "Completed on time"
    COMPLETED_LATE = "COMPLETED_LATE", "پایان با تأخیر", "Completed late"
    NOT_APPLICABLE = "NOT_APPLICABLE", "بی‌مورد", "Not applicable"
