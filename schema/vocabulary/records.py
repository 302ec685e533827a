"""The words for the documents that are kept about a project."""

from typing import Final

from schema.vocabulary.term import Term


class DocumentKind(Term):
    """What a stored document is, with the IATI document category it is published under.

    A kind without a category is never published to partners, because such papers name private persons.
    """

    FEASIBILITY_STUDY = "FEASIBILITY_STUDY", "گزارش امکان‌سنجی", "Feasibility study"
    DIAGNOSTIC_STUDY = "DIAGNOSTIC_STUDY", "گزارش مطالعه شناختی", "Diagnostic study report"
    ACTION_PLAN = "ACTION_PLAN", "سند برنامه عمل", "Action-plan document"
    BUDGET = "BUDGET", "بودجه", "Budget"
    COUNCIL_MINUTES = "COUNCIL_MINUTES", "صورت‌جلسه شورای راهبری", "Steering-council minutes"
    SUPERVISION_REPORT = "SUPERVISION_REPORT", "گزارش نظارت", "Supervision report"
    PROGRESS_REPORT = "PROGRESS_REPORT", "گزارش پیشرفت", "Progress report"
    ASSESSMENT = "ASSESSMENT", "گزارش ارزیابی", "Assessment report"
    RESULTS = "RESULTS", "گزارش نتایج", "Results"
    HANDOVER_EVIDENCE = "HANDOVER_EVIDENCE", "مستند تحویل", "Hand-over evidence"
    MEMORANDUM = "MEMORANDUM", "تفاهم‌نامه", "Memorandum of understanding"
    CONTRACT = "CONTRACT", "قرارداد", "Contract"
    APPOINTMENT_LETTER = "APPOINTMENT_LETTER", "حکم انتصاب", "Appointment letter"
    ATTENDANCE_LIST = "ATTENDANCE_LIST", "فهرست حاضران", "Attendance list"
    OTHER = "OTHER", "سایر", "Other"

    @property
    def iati_category(self) -> str | None:
        """The code of the IATI document category, or nothing when the paper is never published."""
        return _IATI_CATEGORIES.get(self)


_IATI_CATEGORIES: Final = {
    DocumentKind.FEASIBILITY_STUDY: "A01",
    DocumentKind.DIAGNOSTIC_STUDY: "A01",
    DocumentKind.ACTION_PLAN: "A02",
    DocumentKind.BUDGET: "A05",
    DocumentKind.COUNCIL_MINUTES: "A07",
    DocumentKind.SUPERVISION_REPORT: "A07",
    DocumentKind.PROGRESS_REPORT: "A07",
    DocumentKind.ASSESSMENT: "A07",
    DocumentKind.RESULTS: "A08",
    DocumentKind.HANDOVER_EVIDENCE: "A08",
    DocumentKind.MEMORANDUM: "A09",
    DocumentKind.CONTRACT: "A11",
}
