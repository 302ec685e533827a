"""Everything that is reported when it happens: the event types of domain section 4.4, versioned.

An event is a row of table `event`, written in the transaction of the change it reports. Payloads
carry ids, dates and statuses and never personal data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.jalali import Jalali
from schema.vocabulary import Term

if TYPE_CHECKING:
    from datetime import date

EVENT_VERSION: Final = 1
EVENT_CHANNEL: Final = "khoosheh_event"


class EventType(Term):
    """The type of an event as it travels on the wire (CloudEvents `type`, without the version)."""

    CLUSTER_IDENTIFIED = "cluster.identified", "خوشه شناسایی شد", "Cluster identified"
    CLUSTER_STATUS_CHANGED = "cluster.status_changed", "وضعیت خوشه تغییر کرد", "Cluster status changed"
    CLUSTER_EDITED = "cluster.edited", "مشخصات خوشه ویرایش شد", "Cluster edited"
    PROJECT_CREATED = "project.created", "پروژه تعریف شد", "Project created"
    PROJECT_ACTIVATED = "project.activated", "پروژه فعال شد", "Project activated"
    PROJECT_SUSPENDED = "project.suspended", "پروژه متوقف شد", "Project suspended"
    PROJECT_RESUMED = "project.resumed", "پروژه از سر گرفته شد", "Project resumed"
    PROJECT_CANCELLED = "project.cancelled", "پروژه لغو شد", "Project cancelled"
    PROJECT_COMPLETED = "project.completed", "پروژه پایان یافت", "Project completed"
    PHASE_STARTED = "phase.started", "فاز آغاز شد", "Phase started"
    PHASE_WINDOW_OPENING = "phase.window_opening", "مهلت فاز نزدیک است", "Phase window is closing in"
    PHASE_EARLY_COMPLETED = "phase.early_completed", "فاز زودتر پایان یافت", "Phase completed early"
    PHASE_COMPLETED = "phase.completed", "فاز پایان یافت", "Phase completed"
    PHASE_OVERDUE = "phase.overdue", "مهلت فاز گذشت", "Phase overdue"
    STUDY_SUBMITTED = (
        "diagnostic_study.submitted",
        "مطالعه شناختی برای بررسی فرستاده شد",
        "Diagnostic study submitted",
    )
    STUDY_RETURNED = "diagnostic_study.returned", "مطالعه شناختی بازگردانده شد", "Diagnostic study returned"
    STUDY_ACCEPTED = "diagnostic_study.accepted", "مطالعه شناختی پذیرفته شد", "Diagnostic study accepted"
    STUDY_PRESENTED = "diagnostic_study.presented", "مطالعه شناختی ارائه شد", "Diagnostic study presented"
    TRUST_ACTIVITY_RECORDED = "trust.activity_recorded", "فعالیت اعتمادساز ثبت شد", "Trust activity recorded"
    TRUST_SURVEY_CLOSED = "trust.survey_closed", "پیمایش اعتماد بسته شد", "Trust survey closed"
    TRUST_INDEX_DROPPED = "trust.index_dropped", "شاخص اعتماد کاهش یافت", "Trust index dropped"
    TRUST_INACTIVE = "trust.inactive", "فعالیت اعتمادساز متوقف مانده است", "Trust building inactive"
    ACTION_PLAN_SUBMITTED = "action_plan.submitted", "برنامه عمل ارائه شد", "Action plan submitted"
    ACTION_PLAN_RETURNED = "action_plan.returned", "برنامه عمل بازگردانده شد", "Action plan returned"
    ACTION_PLAN_APPROVED = "action_plan.approved", "برنامه عمل تصویب شد", "Action plan approved"
    ACTION_PLAN_REJECTED = "action_plan.rejected", "برنامه عمل رد شد", "Action plan rejected"
    ACTION_PLAN_SUPERSEDED = "action_plan.superseded", "برنامه عمل جایگزین شد", "Action plan superseded"
    ACTION_PLAN_DUE_SOON = "action_plan.due_soon", "موعد برنامه عمل نزدیک است", "Action plan due soon"
    ACTION_PLAN_OVERDUE = "action_plan.overdue", "موعد برنامه عمل گذشت", "Action plan overdue"
    ACTION_PLAN_OWNER_CHANGED = (
        "action_plan.owner_changed",
        "متولی برنامه عمل تغییر کرد",
        "Action plan owner changed",
    )
    ACTION_PLAN_OWNER_MISSING = (
        "action_plan.owner_missing",
        "برنامه عمل متولی ندارد",
        "Action plan has no owner",
    )
    SUB_PROJECT_APPROVED = "sub_project.approved", "ریزپروژه تصویب شد", "Sub-project approved"
    SUB_PROJECT_STARTED = "sub_project.started", "ریزپروژه آغاز شد", "Sub-project started"
    SUB_PROJECT_PROGRESS_REPORTED = (
        "sub_project.progress_reported",
        "پیشرفت ریزپروژه گزارش شد",
        "Sub-project progress reported",
    )
    SUB_PROJECT_MILESTONE_MISSED = (
        "sub_project.milestone_missed",
        "موعد گام ریزپروژه گذشت",
        "Sub-project milestone missed",
    )
    SUB_PROJECT_SUSPENDED = "sub_project.suspended", "ریزپروژه متوقف شد", "Sub-project suspended"
    SUB_PROJECT_RESUMED = "sub_project.resumed", "ریزپروژه از سر گرفته شد", "Sub-project resumed"
    SUB_PROJECT_COMPLETED = "sub_project.completed", "ریزپروژه پایان یافت", "Sub-project completed"
    SUB_PROJECT_CANCELLED = "sub_project.cancelled", "ریزپروژه لغو شد", "Sub-project cancelled"
    SUB_PROJECT_TRANSFERRED = "sub_project.transferred", "ریزپروژه واگذار شد", "Sub-project transferred"
    SUB_PROJECT_BUDGET_THRESHOLD = (
        "sub_project.budget_threshold",
        "هزینه ریزپروژه از آستانه گذشت",
        "Sub-project budget threshold passed",
    )
    COUNCIL_MEETING_SCHEDULED = (
        "council.meeting_scheduled",
        "جلسه شورای راهبری تعیین شد",
        "Council meeting scheduled",
    )
    COUNCIL_DECISION_RECORDED = (
        "council.decision_recorded",
        "تصمیم شورای راهبری ثبت شد",
        "Council decision recorded",
    )
    NETWORK_FORMED = "network.formed", "شبکه شکل گرفت", "Network formed"
    NETWORK_REGISTERED = "network.registered", "شبکه ثبت شد", "Network registered"
    NETWORK_DESIGNATED_COMPREHENSIVE = (
        "network.designated_comprehensive",
        "شبکه فراگیر تعیین شد",
        "Comprehensive network designated",
    )
    EXIT_ELIGIBLE = "exit.eligible", "خوشه واجد شرایط خروج شد", "Cluster eligible for exit"
    EXIT_ANNOUNCED = "exit.announced", "خروج اعلام شد", "Exit announced"
    EXIT_WINDOW_OPEN = "exit.window_open", "بازه خروج گشوده شد", "Exit window open"
    EXIT_STEP_DONE = "exit.step_done", "گام واگذاری انجام شد", "Hand-over step done"
    EXIT_OVERDUE = "exit.overdue", "مهلت خروج گذشت", "Exit overdue"
    EXIT_COMPLETED = "exit.completed", "خروج انجام شد", "Exit completed"
    EXIT_REVOKED = "exit.revoked", "اعلام خروج لغو شد", "Exit announcement revoked"
    ASSIGNMENT_STARTED = "assignment.started", "مأموریت عامل آغاز شد", "Agent assignment started"
    ASSIGNMENT_ENDED = "assignment.ended", "مأموریت عامل پایان یافت", "Agent assignment ended"
    SUPERVISION_VISIT_RECORDED = (
        "supervision.visit_recorded",
        "بازدید نظارتی ثبت شد",
        "Supervision visit recorded",
    )
    SUPERVISION_VISIT_DUE = "supervision.visit_due", "موعد بازدید نظارتی", "Supervision visit due"
    SUPERVISION_VISIT_MISSED = (
        "supervision.visit_missed",
        "بازدید نظارتی انجام نشد",
        "Supervision visit missed",
    )
    OVERDUE_ESCALATED = (
        "overdue.escalated",
        "تأخیر بی‌پاسخ به دفتر ملی رسید",
        "Unanswered delay brought before the national office",
    )
    INDICATOR_SUBMITTED = "indicator.submitted", "مقدار شاخص ارائه شد", "Indicator value submitted"
    INDICATOR_RETURNED = "indicator.returned", "مقدار شاخص بازگردانده شد", "Indicator value returned"
    INDICATOR_APPROVED = "indicator.approved", "مقدار شاخص تأیید شد", "Indicator value approved"
    INSTITUTION_COMMITMENT_MADE = (
        "institution.commitment_made",
        "نهاد پشتیبان تعهد داد",
        "Institution made a commitment",
    )
    WEBHOOK_PAUSED = "webhook.paused", "نشانی وب‌هوک متوقف شد", "Webhook endpoint paused"
    OVERRIDE_USED = "audit.override_used", "از قاعده با دلیل عدول شد", "An override was used"

    @property
    def wire_type(self) -> str:
        """The type as partners receive it, with its version: `phase.started.v1`."""
        return f"{self.value}.v{EVENT_VERSION}"


def dated(day: date) -> dict[str, str]:
    """Write a day into a payload in both calendars: ISO for programs, Jalali for people (4.4)."""
    return {"date": day.isoformat(), "jalali": Jalali.of(day).text_fa}
