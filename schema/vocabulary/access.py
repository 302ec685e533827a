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


class TokenScope(Term):
    """What a token may be used for; it never opens more than its owner's role does."""

    READ = "READ", "خواندن", "Read and follow what is in scope"
    WRITE = "WRITE", "ثبت و ویرایش", "Change what the role may change"
    WEBHOOKS = "WEBHOOKS", "مدیریت وب‌هوک‌های خود", "Manage its own webhooks"


class LetterKind(Term):
    """Why somebody is written to about their account."""

    INVITATION = "INVITATION", "دعوت به سامانه", "Invitation"
    PROVIDER_INVITATION = (
        "PROVIDER_INVITATION",
        "دعوت به ورود با ارائه‌دهندهٔ هویت",
        "Invitation to sign in at the OpenID provider",
    )
    PASSWORD_RESET = "PASSWORD_RESET", "بازنشانی گذرواژه", "Password reset"


class InterfaceLanguage(Term):
    """The language a user reads and is written to in."""

    FA = "FA", "فارسی", "Persian"
    EN = "EN", "انگلیسی", "English"


class PreferredCalendar(Term):
    """The calendar a user sees dates in; what is stored and sent stays ISO."""

    JALALI = "JALALI", "هجری خورشیدی", "Jalali"
    GREGORIAN = "GREGORIAN", "میلادی", "Gregorian"


class PreferredDigits(Term):
    """The digits a user sees numbers in."""

    PERSIAN = "PERSIAN", "فارسی", "Persian"
    LATIN = "LATIN", "لاتین", "Latin"


class DeliveryStatus(Term):
    """The state of one delivery of a notification."""

    PENDING = "PENDING", "در انتظار ارسال", "Pending"
    SENT = "SENT", "ارسال‌شده", "Sent"
    RETRYING = "RETRYING", "در حال تلاش دوباره", "Retrying"
    EXHAUSTED = "EXHAUSTED", "ناموفق پس از همه تلاش‌ها", "Exhausted"
    REPLAYED = "REPLAYED", "بازارسال‌شده", "Replayed"


class AttemptStatus(Term):
    """How one attempt at a delivery ended."""

    SUCCEEDED = "SUCCEEDED", "پذیرفته شد", "Accepted by the endpoint"
    FAILED = "FAILED", "ناموفق", "Failed"
    REFUSED = "REFUSED", "فرستاده نشد", "Not posted, for the safety of either side"
    BOUNCED = "BOUNCED", "برگشت خورد", "Came back"
    DELAYED = "DELAYED", "هنوز نرسیده است", "Held up at the receiver's mail server"


class EndpointHealth(Term):
    """How an agency's endpoint stands, by what it answered lately."""

    WORKING = "WORKING", "سالم", "Working"
    FAILING = "FAILING", "ناموفق در آخرین تلاش‌ها", "Failing"
    RESTING = "RESTING", "در انتظار تلاش آزمایشی", "Resting until the next trial"
    PAUSED = "PAUSED", "متوقف", "Paused"


class PauseReason(Term):
    """Why nothing is posted to an endpoint."""

    BY_HAND = "BY_HAND", "به خواست صاحب آن", "Somebody asked for it"
    FAILING = "FAILING", "روزها پاسخ درستی نداد", "It failed for days"


class Channel(Term):
    """The way a notification travels."""

    INBOX = "INBOX", "صندوق پیام", "Inbox"
    EMAIL = "EMAIL", "رایانامه", "E-mail"
    WEBHOOK = "WEBHOOK", "وب‌هوک", "Webhook"
    SMS = "SMS", "پیامک", "Text message"
    MESSENGER = "MESSENGER", "پیام‌رسان", "Messenger"


class NotificationRhythm(Term):
    """How often a person is written to by one of the ways."""

    IMMEDIATE = "IMMEDIATE", "بی‌درنگ", "At once"
    DAILY = "DAILY", "روزانه", "Once a day"
    WEEKLY = "WEEKLY", "هفتگی", "Once a week"
    OFF = "OFF", "هیچ‌گاه", "Never"


class Weekday(Term):
    """A day of the week, which begins on Saturday."""

    SATURDAY = "SATURDAY", "شنبه", "Saturday"
    SUNDAY = "SUNDAY", "یک‌شنبه", "Sunday"
    MONDAY = "MONDAY", "دوشنبه", "Monday"
    TUESDAY = "TUESDAY", "سه‌شنبه", "Tuesday"
    WEDNESDAY = "WEDNESDAY", "چهارشنبه", "Wednesday"
    THURSDAY = "THURSDAY", "پنج‌شنبه", "Thursday"
    FRIDAY = "FRIDAY", "جمعه", "Friday"


class SubscriptionKind(Term):
    """What a subscription does to the messages it names."""

    FOLLOW = "FOLLOW", "دنبال کردن", "Follow"
    MUTE = "MUTE", "بی‌صدا کردن", "Mute"
