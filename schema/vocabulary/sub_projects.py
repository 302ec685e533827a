"""The words for sub-projects and the money that carries them."""

from schema.vocabulary.term import Term


class SubProjectType(Term):
    """What a sub-project is directed at; the list of the source is open (S10, R39 to R44)."""

    MARKET_DEVELOPMENT = "MARKET_DEVELOPMENT", "توسعه بازار", "Market development"
    TECHNOLOGY_UPGRADING = "TECHNOLOGY_UPGRADING", "ارتقای سطح فناوری", "Technology upgrading"
    QUALITY_IMPROVEMENT = "QUALITY_IMPROVEMENT", "بهبود کیفیت", "Quality improvement"
    HUMAN_RESOURCE_DEVELOPMENT = (
        "HUMAN_RESOURCE_DEVELOPMENT",
        "توسعه منابع انسانی",
        "Human-resource development",
    )
    RAW_MATERIAL_SUPPLY = "RAW_MATERIAL_SUPPLY", "تأمین مواد اولیه", "Raw-material supply"
    NETWORKING = "NETWORKING", "شبکه‌سازی", "Networking"
    OTHER = "OTHER", "سایر", "Other"


class SubProjectStatus(Term):
    """The state of a sub-project; a hand-over changes who leads it, not its state."""

    PROPOSED = "PROPOSED", "پیشنهادی", "Proposed"
    APPROVED = "APPROVED", "مصوب", "Approved"
    IN_PROGRESS = "IN_PROGRESS", "در حال اجرا", "In progress"
    SUSPENDED = "SUSPENDED", "متوقف", "Suspended"
    COMPLETED = "COMPLETED", "پایان‌یافته", "Completed"
    CANCELLED = "CANCELLED", "لغوشده", "Cancelled"


class SubProjectActor(Term):
    """Who defined a sub-project or who leads it: what self-reliance counts (R48)."""

    AGENT = "AGENT", "عامل توسعه", "Development agent"
    MEMBER = "MEMBER", "عضو خوشه", "Cluster member"
    NETWORK = "NETWORK", "شبکه", "Network"
    SUPPORT_INSTITUTION = "SUPPORT_INSTITUTION", "نهاد پشتیبان", "Support institution"


class FundingSource(Term):
    """Where the money of a budget line comes from (E13); network funds are counted as the cluster's own."""

    ISIPO = "ISIPO", "سازمان صنایع کوچک و شهرک‌های صنعتی ایران", "ISIPO"
    SUPPORT_INSTITUTION = "SUPPORT_INSTITUTION", "نهاد پشتیبان", "Support institution"
    MEMBER_CONTRIBUTION = "MEMBER_CONTRIBUTION", "آورده ذی‌نفعان", "Stakeholders' contribution"
    NETWORK_FUNDS = "NETWORK_FUNDS", "منابع شبکه", "Network funds"
    BANK_LOAN = "BANK_LOAN", "تسهیلات بانکی", "Bank loan"
    INTERNATIONAL = "INTERNATIONAL", "منابع بین‌المللی", "International"
    OTHER = "OTHER", "سایر", "Other"


class Currency(Term):
    """The currency of an amount (ISO 4217); amounts of different currencies are never summed."""

    IRR = "IRR", "ریال ایران", "Iranian rial"
    EUR = "EUR", "یورو", "Euro"
    USD = "USD", "دلار آمریکا", "US dollar"
    SEK = "SEK", "کرون سوئد", "Swedish krona"
    NOK = "NOK", "کرون نروژ", "Norwegian krone"
    AED = "AED", "درهم امارات", "UAE dirham"
    CNY = "CNY", "یوان چین", "Chinese yuan"


class CurrencyUnit(Term):
    """What an amount counts: two rials circulate during the redenomination, others have one unit."""

    OLD_RIAL = "OLD_RIAL", "ریال پیشین", "Old rial"
    NEW_RIAL = "NEW_RIAL", "ریال جدید", "New rial"
    MAIN = "MAIN", "واحد اصلی", "Main unit"

    def belongs_to(self, currency: Currency) -> bool:
        """Whether amounts of the currency may be counted in this unit."""
        return (self is not CurrencyUnit.MAIN) == (currency is Currency.IRR)
