"""What a problem says where one sentence does not fit everybody: by who asks, by what is over, by what came before."""

from collections.abc import Mapping
from typing import Final

from schema.vocabulary import (
    ActionPlanStatus,
    ExitStatus,
    MeetingStatus,
    PhaseStatus,
    ProjectStatus,
    StudyStatus,
    SubProjectStatus,
    SurveyStatus,
    Term,
    UserRole,
)

Wording = tuple[str, str]

FINAL: Final[frozenset[tuple[type[Term], str]]] = frozenset(
    (type(status), status.value)
    for status in (
        ActionPlanStatus.SUPERSEDED,
        ActionPlanStatus.REJECTED,
        ExitStatus.COMPLETED,
        MeetingStatus.CANCELLED,
        PhaseStatus.COMPLETED,
        PhaseStatus.CANCELLED,
        ProjectStatus.COMPLETED,
        ProjectStatus.CANCELLED,
        StudyStatus.PRESENTED,
        SubProjectStatus.COMPLETED,
        SubProjectStatus.CANCELLED,
        SurveyStatus.CLOSED,
        SurveyStatus.CANCELLED,
    )
)
"""The states from which no arrow leads anywhere."""

OVER: Final = (
    "این در وضعیت پایانی «{status}» است و گامی در پی ندارد؛ برای کار تازه، مورد تازه‌ای آغاز کنید.",
    "This is over ({status}) and no step follows: begin a new one for further work.",
)
BEFORE_WHAT_PRECEDES: Final = (
    "این تاریخ ({end}) پیش از «{event}» ({start}) است؛ همان روز یا پس از آن را وارد کنید.",
    "This date ({end}) comes before “{event}” ({start}): enter that day or a later one.",
)
KEPT_AT_ONCE: Final = (
    "بیش از {limit} مورد هم‌زمان نگه داشته نمی‌شود؛ نخست یکی را بردارید یا تا پایان یکی بمانید.",
    "No more than {limit} are kept at the same time: remove one first, or wait until one has ended.",
)
ASK_THE_NATIONAL_OFFICE: Final = (
    "نقش شما اجازهٔ این کار را ندارد؛ از دفتر ملی بخواهید.",
    "Your role may not do this: ask the national office.",
)
ASK_THE_CONTACT: Final = (
    "دسترسی شما به این کار نمی‌رسد؛ از رابط نهاد خود با برنامه بخواهید.",
    "Your access does not reach this far: ask your agency's contact with the programme.",
)
_ASKED: Final = {
    UserRole.PROVINCE_ADMINISTRATOR: ASK_THE_NATIONAL_OFFICE,
    UserRole.NATIONAL_VIEWER: ASK_THE_NATIONAL_OFFICE,
    UserRole.NATIONAL_ADMINISTRATOR: ASK_THE_NATIONAL_OFFICE,
    UserRole.PARTNER_AGENCY: ASK_THE_CONTACT,
}


def wording(code: str, values: Mapping[str, object]) -> Wording | None:
    """Return the sentences that fit better than the usual ones, if there are any."""
    status = values.get("status")
    if code == "WRONG_STATUS" and isinstance(status, Term) and (type(status), status.value) in FINAL:
        return OVER
    if code == "DATES_OUT_OF_ORDER" and "event" in values:
        return BEFORE_WHAT_PRECEDES
    if code == "TOO_MANY" and "kept" in values:
        return KEPT_AT_ONCE
    role = values.get("role")
    if code == "NOT_ALLOWED" and isinstance(role, UserRole):
        return _ASKED.get(role)
    return None
