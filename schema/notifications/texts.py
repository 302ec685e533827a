"""The sentence for every type of event, Persian and English; `{cluster}`, `{phase}`, `{due}`, `{days}` are filled."""

from __future__ import annotations

from typing import Final

from schema.events import EventType

ANYTHING: Final = ("در خوشهٔ «{cluster}» رویدادی ثبت شد.", "Something was recorded in the cluster {cluster}.")
"""For types that a later release may write; nothing is dropped."""

_PLAN_FA, _PLAN_EN = "سند برنامه عمل خوشهٔ «{cluster}»", "The action plan of the cluster {cluster}"
_STUDY_FA, _STUDY_EN = "مطالعهٔ شناختی خوشهٔ «{cluster}»", "The diagnostic study of the cluster {cluster}"
_PART_FA, _PART_EN = "ریزپروژه‌ای از خوشهٔ «{cluster}»", "A sub-project of the cluster {cluster}"
_PHASE_FA, _PHASE_EN = "فاز «{phase}» خوشهٔ «{cluster}»", "The phase {phase} of the cluster {cluster}"
_PROJECT_FA, _PROJECT_EN = "پروژهٔ توسعهٔ خوشهٔ «{cluster}»", "The development project of the cluster {cluster}"
_EXIT_FA, _EXIT_EN = "خروج عامل توسعه از خوشهٔ «{cluster}»", "The exit of the agent from the cluster {cluster}"

TEXTS: Final[dict[EventType, tuple[str, str]]] = {
    EventType.CLUSTER_IDENTIFIED: ("خوشهٔ «{cluster}» شناسایی شد.", "The cluster {cluster} was identified."),
    EventType.CLUSTER_STATUS_CHANGED: (
        "وضعیت خوشهٔ «{cluster}» تغییر کرد.",
        "The status of the cluster {cluster} changed.",
    ),
    EventType.CLUSTER_EDITED: (
        "مشخصات خوشهٔ «{cluster}» ویرایش شد.",
        "The particulars of the cluster {cluster} were edited.",
    ),
    EventType.PROJECT_CREATED: (f"{_PROJECT_FA} تعریف شد.", f"{_PROJECT_EN} was created."),
    EventType.PROJECT_ACTIVATED: (f"{_PROJECT_FA} فعال شد.", f"{_PROJECT_EN} was activated."),
    EventType.PROJECT_SUSPENDED: (f"{_PROJECT_FA} متوقف شد.", f"{_PROJECT_EN} was suspended."),
    EventType.PROJECT_RESUMED: (f"{_PROJECT_FA} از سر گرفته شد.", f"{_PROJECT_EN} was resumed."),
    EventType.PROJECT_CANCELLED: (f"{_PROJECT_FA} لغو شد.", f"{_PROJECT_EN} was cancelled."),
    EventType.PROJECT_COMPLETED: (f"{_PROJECT_FA} پایان یافت.", f"{_PROJECT_EN} was completed."),
    EventType.PHASE_STARTED: (f"{_PHASE_FA} آغاز شد.", f"{_PHASE_EN} was started."),
    EventType.PHASE_WINDOW_OPENING: (
        f"مهلت {_PHASE_FA} در {{due}} به پایان می‌رسد؛ {{days}} روز مانده است.",
        f"{_PHASE_EN} is due by {{due}}; {{days}} days are left.",
    ),
    EventType.PHASE_EARLY_COMPLETED: (
        f"{_PHASE_FA} زودتر از موعد پایان یافت.",
        f"{_PHASE_EN} was completed early.",
    ),
    EventType.PHASE_COMPLETED: (f"{_PHASE_FA} پایان یافت.", f"{_PHASE_EN} was completed."),
    EventType.PHASE_OVERDUE: (
        f"مهلت {_PHASE_FA} در {{due}} گذشت و فاز پایان نیافته است.",
        f"{_PHASE_EN} was due by {{due}} and is not completed.",
    ),
    EventType.STUDY_SUBMITTED: (f"{_STUDY_FA} برای بررسی فرستاده شد.", f"{_STUDY_EN} was submitted."),
    EventType.STUDY_RETURNED: (
        f"{_STUDY_FA} برای اصلاح بازگردانده شد.",
        f"{_STUDY_EN} was returned for correction.",
    ),
    EventType.STUDY_ACCEPTED: (f"{_STUDY_FA} پذیرفته شد.", f"{_STUDY_EN} was accepted."),
    EventType.STUDY_PRESENTED: (f"{_STUDY_FA} به ذی‌نفعان ارائه شد.", f"{_STUDY_EN} was presented."),
    EventType.TRUST_ACTIVITY_RECORDED: (
        "فعالیت اعتمادساز در خوشهٔ «{cluster}» ثبت شد.",
        "A trust-building activity was recorded in the cluster {cluster}.",
    ),
    EventType.TRUST_SURVEY_CLOSED: (
        "پیمایش اعتماد خوشهٔ «{cluster}» بسته شد.",
        "The trust survey of the cluster {cluster} was closed.",
    ),
    EventType.TRUST_INDEX_DROPPED: (
        "شاخص اعتماد خوشهٔ «{cluster}» کاهش یافت.",
        "The trust index of the cluster {cluster} dropped.",
    ),
    EventType.TRUST_INACTIVE: (
        "مدتی است در خوشهٔ «{cluster}» فعالیت اعتمادسازی انجام نشده است.",
        "There has been no trust building in the cluster {cluster} for a while.",
    ),
    EventType.ACTION_PLAN_SUBMITTED: (
        f"{_PLAN_FA} به شورا ارائه شد.",
        f"{_PLAN_EN} was submitted to the council.",
    ),
    EventType.ACTION_PLAN_RETURNED: (
        f"{_PLAN_FA} برای اصلاح بازگردانده شد.",
        f"{_PLAN_EN} was returned for correction.",
    ),
    EventType.ACTION_PLAN_APPROVED: (
        f"{_PLAN_FA} به تصویب شورا رسید.",
        f"{_PLAN_EN} was approved by the council.",
    ),
    EventType.ACTION_PLAN_REJECTED: (f"{_PLAN_FA} رد شد.", f"{_PLAN_EN} was rejected."),
    EventType.ACTION_PLAN_SUPERSEDED: (
        f"نسخهٔ تازه‌ای جای {_PLAN_FA} را گرفت.",
        f"{_PLAN_EN} was superseded by a new version.",
    ),
    EventType.ACTION_PLAN_DUE_SOON: (
        f"موعد بازنگری {_PLAN_FA} {{due}} است؛ {{days}} روز مانده است.",
        f"{_PLAN_EN} is to be renewed by {{due}}; {{days}} days are left.",
    ),
    EventType.ACTION_PLAN_OVERDUE: (
        f"موعد بازنگری {_PLAN_FA} در {{due}} گذشت.",
        f"{_PLAN_EN} was to be renewed by {{due}} and is overdue.",
    ),
    EventType.ACTION_PLAN_OWNER_CHANGED: (f"متولی {_PLAN_FA} تغییر کرد.", f"{_PLAN_EN} has a new owner."),
    EventType.ACTION_PLAN_OWNER_MISSING: (f"{_PLAN_FA} متولی ندارد.", f"{_PLAN_EN} has no owner."),
    EventType.SUB_PROJECT_APPROVED: (f"{_PART_FA} تصویب شد.", f"{_PART_EN} was approved."),
    EventType.SUB_PROJECT_STARTED: (f"{_PART_FA} آغاز شد.", f"{_PART_EN} was started."),
    EventType.SUB_PROJECT_PROGRESS_REPORTED: (
        f"پیشرفت {_PART_FA} گزارش شد.",
        f"{_PART_EN} reported its progress.",
    ),
    EventType.SUB_PROJECT_MILESTONE_MISSED: (
        f"موعد یکی از گام‌های {_PART_FA} گذشت.",
        f"{_PART_EN} missed a milestone.",
    ),
    EventType.SUB_PROJECT_SUSPENDED: (f"{_PART_FA} متوقف شد.", f"{_PART_EN} was suspended."),
    EventType.SUB_PROJECT_RESUMED: (f"{_PART_FA} از سر گرفته شد.", f"{_PART_EN} was resumed."),
    EventType.SUB_PROJECT_COMPLETED: (f"{_PART_FA} پایان یافت.", f"{_PART_EN} was completed."),
    EventType.SUB_PROJECT_CANCELLED: (f"{_PART_FA} لغو شد.", f"{_PART_EN} was cancelled."),
    EventType.SUB_PROJECT_TRANSFERRED: (f"راهبری {_PART_FA} واگذار شد.", f"{_PART_EN} was handed over."),
    EventType.SUB_PROJECT_BUDGET_THRESHOLD: (
        f"هزینهٔ {_PART_FA} از آستانه گذشت.",
        f"{_PART_EN} has spent past a threshold of its budget.",
    ),
    EventType.COUNCIL_MEETING_SCHEDULED: (
        "جلسهٔ شورای راهبری خوشهٔ «{cluster}» تعیین شد.",
        "A meeting of the steering council of the cluster {cluster} was scheduled.",
    ),
    EventType.COUNCIL_DECISION_RECORDED: (
        "تصمیم شورای راهبری خوشهٔ «{cluster}» ثبت شد.",
        "A decision of the steering council of the cluster {cluster} was recorded.",
    ),
    EventType.NETWORK_FORMED: (
        "شبکه‌ای در خوشهٔ «{cluster}» شکل گرفت.",
        "A network was formed in the cluster {cluster}.",
    ),
    EventType.NETWORK_REGISTERED: (
        "شبکه‌ای از خوشهٔ «{cluster}» ثبت شد.",
        "A network of the cluster {cluster} was registered.",
    ),
    EventType.NETWORK_DESIGNATED_COMPREHENSIVE: (
        "شبکهٔ فراگیر خوشهٔ «{cluster}» تعیین شد.",
        "The comprehensive network of the cluster {cluster} was designated.",
    ),
    EventType.EXIT_ELIGIBLE: (
        "خوشهٔ «{cluster}» واجد شرایط خروج شد.",
        "The cluster {cluster} is eligible for the exit.",
    ),
    EventType.EXIT_ANNOUNCED: (f"{_EXIT_FA} اعلام شد.", f"{_EXIT_EN} was announced."),
    EventType.EXIT_WINDOW_OPEN: (f"بازهٔ {_EXIT_FA} گشوده شد.", f"{_EXIT_EN} may be completed from now on."),
    EventType.EXIT_STEP_DONE: (f"گامی از {_EXIT_FA} انجام شد.", f"{_EXIT_EN} has come a step further."),
    EventType.EXIT_OVERDUE: (f"مهلت {_EXIT_FA} گذشت.", f"{_EXIT_EN} is overdue."),
    EventType.EXIT_COMPLETED: (f"{_EXIT_FA} انجام شد.", f"{_EXIT_EN} was completed."),
    EventType.EXIT_REVOKED: (f"اعلام {_EXIT_FA} لغو شد.", f"{_EXIT_EN} was revoked."),
    EventType.ASSIGNMENT_STARTED: (
        "مأموریت عامل توسعه در خوشهٔ «{cluster}» آغاز شد.",
        "An agent's assignment to the cluster {cluster} started.",
    ),
    EventType.ASSIGNMENT_ENDED: (
        "مأموریت عامل توسعه در خوشهٔ «{cluster}» پایان یافت.",
        "An agent's assignment to the cluster {cluster} ended.",
    ),
    EventType.SUPERVISION_VISIT_RECORDED: (
        "بازدید نظارتی از خوشهٔ «{cluster}» ثبت شد.",
        "A supervision visit to the cluster {cluster} was recorded.",
    ),
    EventType.SUPERVISION_VISIT_DUE: (
        "موعد بازدید نظارتی از خوشهٔ «{cluster}» رسیده است.",
        "A supervision visit to the cluster {cluster} is due.",
    ),
    EventType.SUPERVISION_VISIT_MISSED: (
        "بازدید نظارتی از خوشهٔ «{cluster}» انجام نشد.",
        "A supervision visit to the cluster {cluster} was missed.",
    ),
    EventType.OVERDUE_ESCALATED: (
        "در خوشهٔ «{cluster}» مهلتی در {due} گذشته و دو یادآوری بی‌پاسخ مانده است.",
        "In the cluster {cluster} a deadline passed on {due}, and two reminders were left unanswered.",
    ),
    EventType.INDICATOR_SUBMITTED: (
        "مقدار شاخصی از خوشهٔ «{cluster}» ارائه شد.",
        "An indicator value of the cluster {cluster} was submitted.",
    ),
    EventType.INDICATOR_RETURNED: (
        "مقدار شاخصی از خوشهٔ «{cluster}» بازگردانده شد.",
        "An indicator value of the cluster {cluster} was returned.",
    ),
    EventType.INDICATOR_APPROVED: (
        "مقدار شاخصی از خوشهٔ «{cluster}» تأیید شد.",
        "An indicator value of the cluster {cluster} was approved.",
    ),
    EventType.INSTITUTION_COMMITMENT_MADE: (
        "نهادی پشتیبان به خوشهٔ «{cluster}» تعهد داد.",
        "A support institution made a commitment to the cluster {cluster}.",
    ),
    EventType.WEBHOOK_PAUSED: (
        "نشانی وب‌هوک یکی از نهادهای همکار روزها پاسخ درستی نداد و متوقف شد؛ آنچه برای آن است نگه داشته می‌شود.",
        "A partner agency's webhook endpoint failed for days and was paused; what is meant for it is kept.",
    ),
    EventType.OVERRIDE_USED: (
        "در خوشهٔ «{cluster}» با ذکر دلیل از قاعده‌ای عدول شد.",
        "A rule was overridden with a reason in the cluster {cluster}.",
    ),
}
