"""The words for support institutions and what they commit."""

from schema.vocabulary.term import Term


class InstitutionSector(Term):
    """Whether a support institution is governmental (R14)."""

    GOVERNMENTAL = "GOVERNMENTAL", "دولتی", "Governmental"
    NON_GOVERNMENTAL = "NON_GOVERNMENTAL", "غیردولتی", "Non-governmental"


class InstitutionKind(Term):
    """What a support institution is."""

    INDUSTRIAL_PARKS_COMPANY = "INDUSTRIAL_PARKS_COMPANY", "شرکت شهرک‌های صنعتی", "Industrial Parks Company"
    CULTURAL_HERITAGE = (
        "CULTURAL_HERITAGE",
        "میراث فرهنگی، گردشگری و صنایع دستی",
        "Cultural Heritage, Tourism and Handicrafts",
    )
    INDUSTRY_MINE_TRADE = "INDUSTRY_MINE_TRADE", "صنعت، معدن و تجارت", "Industry, Mine and Trade"
    LABOUR_COOPERATIVES = (
        "LABOUR_COOPERATIVES",
        "تعاون، کار و رفاه اجتماعی",
        "Cooperatives, Labour and Social Welfare",
    )
    TVTO = "TVTO", "آموزش فنی و حرفه‌ای", "Technical and vocational training"
    AGRICULTURE_JAHAD = "AGRICULTURE_JAHAD", "جهاد کشاورزی", "Agriculture-Jahad"
    GOVERNORATE = "GOVERNORATE", "استانداری", "Governorate"
    CHAMBER_OF_COMMERCE = "CHAMBER_OF_COMMERCE", "اتاق بازرگانی", "Chamber of Commerce"
    BANK = "BANK", "بانک", "Bank"
    FUND = "FUND", "صندوق", "Fund"
    UNIVERSITY = "UNIVERSITY", "دانشگاه", "University"
    SCIENCE_PARK = "SCIENCE_PARK", "پارک علم و فناوری", "Science and technology park"
    GUILD_UNION = "GUILD_UNION", "اتحادیه/صنف", "Union or guild"
    NGO = "NGO", "سازمان مردم‌نهاد", "Non-governmental organisation"
    INTERNATIONAL = "INTERNATIONAL", "بین‌المللی", "International organisation"
    EXECUTING_ORGANISATION = "EXECUTING_ORGANISATION", "سازمان کارگزار", "Executing organisation"
    OTHER = "OTHER", "سایر", "Other"


class CommitmentKind(Term):
    """The form in which a support institution contributes to a sub-project."""

    CASH = "CASH", "نقدی", "Cash"
    IN_KIND = "IN_KIND", "غیرنقدی", "In kind"
    SERVICE = "SERVICE", "خدمات", "Service"
