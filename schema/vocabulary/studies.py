"""The words for the diagnostic study: its states, sources, analyses and solutions."""

from schema.vocabulary.term import Term


class StudyStatus(Term):
    """The state of a diagnostic study."""

    DRAFT = "DRAFT", "پیش‌نویس", "Draft"
    SUBMITTED = "SUBMITTED", "فرستاده‌شده برای بررسی", "Submitted"
    RETURNED = "RETURNED", "بازگشت برای اصلاح", "Returned for correction"
    ACCEPTED = "ACCEPTED", "پذیرفته‌شده", "Accepted"
    PRESENTED = "PRESENTED", "ارائه نهایی شده", "Presented"


class StudyMethodology(Term):
    """The methodology a study follows; the source asks for one derived from UNIDO (R7)."""

    UNIDO_DERIVED = "UNIDO_DERIVED", "برگرفته از یونیدو", "Derived from UNIDO"
    OTHER = "OTHER", "سایر", "Other"


class SourceKind(Term):
    """The two kinds of research a study must rest on (R6)."""

    DESK = "DESK", "کتابخانه‌ای", "Desk"
    FIELD = "FIELD", "میدانی", "Field"


class AnalysisSection(Term):
    """The three analyses a study must contain (R5)."""

    SITUATION = "SITUATION", "وضعیت موجود خوشه", "Existing situation of the cluster"
    NATIONAL_ENVIRONMENT = "NATIONAL_ENVIRONMENT", "فضای ملی کسب‌وکار", "National business environment"
    GLOBAL_ENVIRONMENT = "GLOBAL_ENVIRONMENT", "فضای جهانی کسب‌وکار", "Global business environment"


class SwotQuadrant(Term):
    """The four quadrants of the analysis of strengths, weaknesses, opportunities and threats."""

    STRENGTH = "STRENGTH", "نقطه قوت", "Strength"
    WEAKNESS = "WEAKNESS", "نقطه ضعف", "Weakness"
    OPPORTUNITY = "OPPORTUNITY", "فرصت", "Opportunity"
    THREAT = "THREAT", "تهدید", "Threat"


class SolutionTarget(Term):
    """What a solution of the study is for: removing a problem or raising the cluster (S3)."""

    PROBLEM_REMOVAL = "PROBLEM_REMOVAL", "رفع مشکل", "Removal of a problem"
    CLUSTER_UPGRADING = "CLUSTER_UPGRADING", "ارتقای خوشه", "Upgrading of the cluster"
