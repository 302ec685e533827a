"""The words for those who use the system and for what is sent to them."""

from schema.vocabulary.term import Term


class UserRole(Term):
    """What a user may see and do; scope (provinces, clusters) is given beside it."""

    NATIONAL_ADMINISTRATOR = "NATIONAL_ADMINISTRATOR", "مدیر ملی", "National administrator"
    NATIONAL_VIEWER = "NATIONAL_VIEWER", "بیننده ملی", "National viewer"
    PROVINCE_ADMINISTRATOR = "PROVINCE_ADMINISTRATOR", "مدیر استان", "Province administrator"
    PROVINCE_VIEWER = "PROVINCE_VIEWER", "بیننده استان", "Province viewer"
    DEVELOPMENT_AGENT = "DEVELOPMENT_AGENT", "عامل توسعه خوشه", "Development agent"
    COUNCIL_MEMBER = "COUNCIL_MEMBER", "عضو شورای راهبری", "Council member"
    TECHNICAL_ADVISOR = "TECHNICAL_ADVISOR", "مشاور–ناظر فنی", "Technical advisor–supervisor"
    NETWORK_REPRESENTATIVE = (
        "NETWORK_REPRESENTATIVE",
        "نماینده شبکه فراگیر",
        "Representative of the comprehensive network",
    )
    PARTNER_AGENCY = "PARTNER_AGENCY", "نهاد همکار", "Partner agency"


class DeliveryStatus(Term):
    """The state of one delivery of a notification."""

    PENDING = "PENDING", "در انتظار ارسال", "Pending"
    SENT = "SENT", "ارسال‌شده", "Sent"
    RETRYING = "RETRYING", "در حال تلاش دوباره", "Retrying"
    EXHAUSTED = "EXHAUSTED", "ناموفق پس از همه تلاش‌ها", "Exhausted"
    REPLAYED = "REPLAYED", "بازارسال‌شده", "Replayed"


class Channel(Term):
    """The way a notification travels."""

    INBOX = "INBOX", "صندوق پیام", "Inbox"
    EMAIL = "EMAIL", "رایانامه", "E-mail"
    WEBHOOK = "WEBHOOK", "وب‌هوک", "Webhook"
