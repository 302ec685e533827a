"""The words for trust building and social capital."""

from schema.vocabulary.term import Term


class TrustActivityType(Term):
    """What a trust-building activity is; the list of the source is open (R18)."""

    EXHIBITION_SUPPORT = (
        "EXHIBITION_SUPPORT",
        "حمایت از شرکت در نمایشگاه",
        "Support for exhibition participation",
    )
    JOINT_VISIT = "JOINT_VISIT", "بازدید مشترک", "Joint visit"
    INDUSTRIAL_TOUR = "INDUSTRIAL_TOUR", "تور صنعتی", "Industrial tour"
    MEETING = "MEETING", "نشست هم‌اندیشی", "Consultation meeting"
    JOINT_TRAINING = "JOINT_TRAINING", "آموزش مشترک", "Joint training"
    OTHER = "OTHER", "سایر", "Other"


class TrustApproach(Term):
    """The means of trust building: scientific, practical or both (R16)."""

    SCIENTIFIC = "SCIENTIFIC", "علمی", "Scientific"
    PRACTICAL = "PRACTICAL", "عملی", "Practical"
    BOTH = "BOTH", "علمی و عملی", "Scientific and practical"


class TrustAxis(Term):
    """The two axes of trust that are measured separately (R13)."""

    MEMBER_MEMBER = "MEMBER_MEMBER", "میان اعضای خوشه", "Between members"
    MEMBER_INSTITUTION = (
        "MEMBER_INSTITUTION",
        "میان اعضا و نهادهای پشتیبان",
        "Between members and support institutions",
    )


class TieKind(Term):
    """What flows through a tie between two stakeholders in the social-network survey."""

    INFO = "INFO", "تبادل اطلاعات", "Exchange of information"
    BUSINESS = "BUSINESS", "دادوستد", "Business"
    TECHNICAL = "TECHNICAL", "همکاری فنی", "Technical cooperation"
    JOINT_ACTION = "JOINT_ACTION", "اقدام مشترک", "Joint action"


class SurveyStatus(Term):
    """Whether a trust survey still takes ratings."""

    OPEN = "OPEN", "در حال گردآوری", "Open"
    CLOSED = "CLOSED", "بسته‌شده", "Closed"
    CANCELLED = "CANCELLED", "لغوشده", "Cancelled"
