"""The words for cluster development projects and the people who act on the cluster."""

from schema.vocabulary.term import Term


class ProjectStatus(Term):
    """The state of a cluster development project."""

    PLANNED = "PLANNED", "برنامه‌ریزی‌شده", "Planned"
    ACTIVE = "ACTIVE", "فعال", "Active"
    SUSPENDED = "SUSPENDED", "متوقف", "Suspended"
    EXITING = "EXITING", "در حال خروج عامل", "Exiting"
    COMPLETED = "COMPLETED", "پایان‌یافته", "Completed"
    CANCELLED = "CANCELLED", "لغوشده", "Cancelled"


class AgentRole(Term):
    """The part a person has in the team that develops the cluster (E3, E9)."""

    CLUSTER_DEVELOPMENT_AGENT = "CLUSTER_DEVELOPMENT_AGENT", "عامل توسعه خوشه", "Cluster development agent"
    ASSISTANT_AGENT = "ASSISTANT_AGENT", "دستیار عامل توسعه", "Assistant agent"
    SECRETARY = "SECRETARY", "دبیر", "Secretary"
    TECHNICAL_ADVISOR = "TECHNICAL_ADVISOR", "مشاور–ناظر فنی", "Technical advisor–supervisor"
