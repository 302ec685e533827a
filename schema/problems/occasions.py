"""What a day may collide with, where no event of that name is told: said in the refusal, in both languages."""

from schema.vocabulary import Term


class Occasion(Term):
    """Something with a date on record before which something else cannot be."""

    COMMITTEE_FORMED = "COMMITTEE_FORMED", "تشکیل کمیتهٔ استانی", "Provincial committee formed"
    COUNCIL_FORMED = "COUNCIL_FORMED", "تشکیل شورای راهبری", "Steering council formed"
    NATIONAL_COUNCIL_FORMED = "NATIONAL_COUNCIL_FORMED", "تشکیل شورای ملی", "National council formed"
    SEAT_TAKEN = "SEAT_TAKEN", "آغاز کار صاحب کرسی", "Seat taken"
    NETWORK_JOINED = "NETWORK_JOINED", "پیوستن به شبکه", "Network joined"
    FORMER_NETWORK_DISSOLVED = (
        "FORMER_NETWORK_DISSOLVED",
        "انحلال شبکهٔ فراگیر پیشین",
        "Former comprehensive network dissolved",
    )
    MEMBERSHIP_BEGUN = "MEMBERSHIP_BEGUN", "آغاز عضویت", "Membership begun"
    FREE_AGAIN = "FREE_AGAIN", "نخستین روز پس از عضویت پیشین", "First day after the former membership"
    TEMPLATE_IN_FORCE = "TEMPLATE_IN_FORCE", "نفاذ نسخهٔ پیشین برنامه", "Former programme version in force"
    FEASIBILITY_BEGUN = "FEASIBILITY_BEGUN", "آغاز امکان‌سنجی", "Feasibility study begun"
    SURVEY_OPENED = "SURVEY_OPENED", "گشایش پیمایش اعتماد", "Trust survey opened"
    RISK_RAISED = "RISK_RAISED", "طرح ریسک", "Risk raised"
    NAME_BORNE = "NAME_BORNE", "آغاز نام کنونی", "Present name borne"
    TODAY = "TODAY", "امروز", "Today"
