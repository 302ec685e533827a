"""The words for work that goes on behind the pages: exports and bulk actions."""

from schema.vocabulary.term import Term


class JobKind(Term):
    """What a job does."""

    EXPORT = "EXPORT", "برون‌بری فهرست", "Export of a list"
    BULK_ACTION = "BULK_ACTION", "کار گروهی", "Bulk action"


class JobStatus(Term):
    """How a job stands."""

    WAITING = "WAITING", "در نوبت", "Waiting"
    RUNNING = "RUNNING", "در حال انجام", "Running"
    DONE = "DONE", "انجام شد", "Done"
    STOPPED = "STOPPED", "متوقف شد", "Stopped"
    FAILED = "FAILED", "ناتمام ماند", "Failed"


class JobItemStatus(Term):
    """How one thing of a bulk action stands."""

    WAITING = "WAITING", "در نوبت", "Waiting"
    DONE = "DONE", "انجام شد", "Done"
    REFUSED = "REFUSED", "پذیرفته نشد", "Refused"


class ExportFormat(Term):
    """The kind of file a list is exported to."""

    XLSX = "XLSX", "اکسل", "Excel workbook"
    CSV = "CSV", "متن جداشده با ویرگول", "CSV text"
    JSON = "JSON", "جیسون", "JSON"
