"""The words for the networks of a cluster."""

from schema.vocabulary.term import Term


class NetworkKind(Term):
    """What a business network is; a cluster has at most one comprehensive network (R31)."""

    HORIZONTAL = "HORIZONTAL", "افقی", "Horizontal"
    VERTICAL = "VERTICAL", "عمودی", "Vertical"
    EXPORT_CONSORTIUM = "EXPORT_CONSORTIUM", "کنسرسیوم صادراتی", "Export consortium"
    COMPREHENSIVE = "COMPREHENSIVE", "فراگیر", "Comprehensive"


class LegalForm(Term):
    """The legal form of a registered network (E10)."""

    ASSOCIATION = "ASSOCIATION", "انجمن", "Association"
    COOPERATIVE = "COOPERATIVE", "تعاونی", "Cooperative"
    CONSORTIUM = "CONSORTIUM", "کنسرسیوم", "Consortium"
    JOINT_STOCK = "JOINT_STOCK", "شرکت سهامی", "Joint-stock company"
    OTHER = "OTHER", "سایر", "Other"


class RegistrationStatus(Term):
    """Whether a network is registered (R46); a network forms unregistered."""

    UNREGISTERED = "UNREGISTERED", "ثبت‌نشده", "Unregistered"
    REGISTERED = "REGISTERED", "ثبت‌شده", "Registered"
    DISSOLVED = "DISSOLVED", "منحل", "Dissolved"
