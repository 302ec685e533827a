"""The words for the stakeholders of a cluster."""

from schema.vocabulary.term import Term


class StakeholderKind(Term):
    """What a stakeholder is (A19)."""

    PERSON = "PERSON", "شخص", "Person"
    HOUSEHOLD = "HOUSEHOLD", "خانوار", "Household"
    WORKSHOP = "WORKSHOP", "کارگاه", "Workshop"
    ORGANISATION = "ORGANISATION", "سازمان", "Organisation"


class StakeholderRole(Term):
    """The place of a stakeholder in the value chain."""

    WEAVER = "WEAVER", "بافنده", "Weaver"
    PRODUCER_WORKSHOP = "PRODUCER_WORKSHOP", "کارگاه تولیدی", "Producer workshop"
    DESIGNER = "DESIGNER", "طراح", "Designer"
    DYER = "DYER", "رنگرز", "Dyer"
    SPINNER = "SPINNER", "ریسنده", "Spinner"
    RAW_MATERIAL_SUPPLIER = "RAW_MATERIAL_SUPPLIER", "تأمین‌کننده مواد اولیه", "Raw-material supplier"
    TOOL_SUPPLIER = "TOOL_SUPPLIER", "تأمین‌کننده ابزار و ماشین‌آلات", "Supplier of tools and machinery"
    FINISHING_REPAIR = "FINISHING_REPAIR", "پرداخت و رفوگری", "Finishing and repair"
    TRADER = "TRADER", "واسطه", "Trader"
    EXPORTER = "EXPORTER", "صادرکننده", "Exporter"
    BUYER = "BUYER", "خریدار", "Buyer"
    SUBCONTRACTOR = "SUBCONTRACTOR", "پیمانکار فرعی", "Subcontractor"
    BDS_PROVIDER = "BDS_PROVIDER", "ارائه‌دهنده خدمات", "Business-development-service provider"
    ASSOCIATION = "ASSOCIATION", "تشکل", "Association"
    SUPPORT_INSTITUTION = "SUPPORT_INSTITUTION", "نهاد پشتیبان", "Support institution"


class SizeClass(Term):
    """The size by workers: micro under 10, small under 50, medium 50 to 150, large above (E12)."""

    MICRO = "MICRO", "خرد", "Micro"
    SMALL = "SMALL", "کوچک", "Small"
    MEDIUM = "MEDIUM", "متوسط", "Medium"
    LARGE = "LARGE", "بزرگ", "Large"


class Gender(Term):
    """The gender of whoever leads a business, where it was given."""

    WOMAN = "WOMAN", "زن", "Woman"
    MAN = "MAN", "مرد", "Man"
