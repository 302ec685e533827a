"""Every number of domain section 4.5 that a programme template may set, with its default and its meaning.

The source quantifies none of them (R55): they are versioned data. A template stores the complete set,
so a project keeps the numbers it started with whatever later versions say.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number under a key: its meaning, its default and the bounds between which it makes sense."""

    key: str
    default: float
    label_fa: str
    label_en: str
    least: float = 0
    most: float = 1000


THRESHOLDS: Final[tuple[Threshold, ...]] = (
    Threshold(
        "gate_share_gap",
        0.20,
        "فاصلهٔ پذیرفتنی سهم زمان گذشته از سهم شرط‌های برآورده",
        "How far the elapsed share of a window may run ahead of the share of gates met before it is at risk.",
        most=1,
    ),
    Threshold(
        "completion_needs_gates",
        0,
        "آیا پایان فاز بدون شرط‌های الزامی رد می‌شود (۱) یا هشدار می‌دهد (۰)",
        "Whether completing a phase with unmet mandatory gates is refused (1) or only warned of (0).",
        most=1,
    ),
    Threshold(
        "study_needs_presentation",
        1,
        "آیا پایان فاز مطالعه نیازمند ارائهٔ آن است (۱ بلی، ۰ خیر)",
        "Whether the study phase is completed only after the study was presented (R10; 1 yes, 0 no).",
        most=1,
    ),
    Threshold(
        "team_size",
        3,
        "کمترین شمار اعضای تیم عاملیت در آغاز پروژه",
        "Least number of people in the agent team when the project starts: agent, assistant, secretary (E3).",
        least=1,
        most=20,
    ),
    Threshold(
        "council_actors",
        3,
        "کمترین شمار فعالان خوشه در شورای راهبری",
        "Least number of cluster actors among the seats of the steering council (E4).",
        most=50,
    ),
    Threshold(
        "visit_months_in_study",
        1,
        "فاصلهٔ بازدید ناظر در دورهٔ مطالعه (ماه شمسی)",
        "Jalali months between supervision visits during the diagnostic study (E9).",
        least=1,
        most=12,
    ),
    Threshold(
        "visit_months_in_implementation",
        2,
        "فاصلهٔ بازدید ناظر در دورهٔ پیاده‌سازی (ماه شمسی)",
        "Jalali months between supervision visits afterwards (E9).",
        least=1,
        most=12,
    ),
    Threshold(
        "plan_grace_days",
        30,
        "مهلت نخستین برنامه عمل پس از پایان مطالعه (روز)",
        "Days after the study within which the first action plan is due (A5).",
        most=366,
    ),
    Threshold(
        "plan_interval_months",
        12,
        "حداکثر فاصلهٔ دو برنامه عمل (ماه شمسی)",
        "Jalali months after which the next action plan is due (R25).",
        least=1,
        most=12,
    ),
    Threshold(
        "plan_due_soon_days",
        90,
        "چند روز مانده به موعد، برنامه عمل نزدیک به سررسید است",
        "Days before the due date from which an action plan is due soon.",
        most=366,
    ),
    Threshold(
        "trust_active_days",
        90,
        "حداکثر فاصلهٔ پذیرفتنی فعالیت‌های اعتمادساز (روز)",
        "Days without a trust activity after which trust building is at risk (R15).",
        least=1,
    ),
    Threshold(
        "trust_inactive_days",
        180,
        "چند روز بدون فعالیت، اعتمادسازی را دچار تأخیر می‌کند",
        "Days without a trust activity after which trust building is overdue.",
        least=1,
    ),
    Threshold(
        "trust_short_months",
        6,
        "بلندترین پروژهٔ اعتمادساز کوتاه‌مدت (ماه شمسی)",
        "Jalali months up to which a trust-building project counts as short-term (R17).",
        least=1,
        most=60,
    ),
    Threshold(
        "programme_short_months",
        12,
        "بلندترین برنامهٔ عملیاتی کوتاه‌مدت (ماه شمسی)",
        "Jalali months up to which an operational programme counts as short-term (R23).",
        least=1,
        most=60,
    ),
    Threshold(
        "trust_floor",
        5,
        "کمترین شمار پاسخ‌دهندگان برای نمایش شاخص‌های اعتماد و ساختار روابط",
        "Number of people below whose answers a figure of trust or of ties is hidden.",
        least=5,
    ),
    Threshold(
        "weight_member_trust",
        0.35,
        "وزن اعتماد اعضا در شاخص سرمایهٔ اجتماعی",
        "Weight of trust between members in the social-capital index.",
        most=1,
    ),
    Threshold(
        "weight_institution_trust",
        0.35,
        "وزن اعتماد به نهادها در شاخص سرمایهٔ اجتماعی",
        "Weight of trust in institutions in the social-capital index.",
        most=1,
    ),
    Threshold(
        "weight_structure",
        0.30,
        "وزن ساختار شبکهٔ روابط در شاخص سرمایهٔ اجتماعی",
        "Weight of the structure of ties in the social-capital index.",
        most=1,
    ),
    Threshold(
        "exit_score",
        70,
        "کمترین امتیاز آمادگی خروج",
        "Readiness score from which a project is eligible for exit.",
        most=100,
    ),
    Threshold(
        "exit_development_rank",
        4,
        "کمترین سطح توسعه‌یافتگی برای خروج (رتبهٔ ۱ تا ۵)",
        "Rank of the lowest level of development at which the exit may be announced (R47).",
        least=1,
        most=5,
    ),
    Threshold(
        "exit_self_reliance",
        0.5,
        "کمترین سهم خوداتکایی در تعریف و در راهبری",
        "Least share of self-reliance, in defining and in steering alike, for the exit (R48).",
        most=1,
    ),
    Threshold(
        "exit_steps",
        2,
        "کمترین شمار گام‌های واگذاری",
        "Least number of dated hand-over steps of an exit (R51).",
        least=2,
        most=100,
    ),
    Threshold(
        "weight_defining",
        0.3,
        "وزن تعریف در آمادگی خروج",
        "Weight of defining in the exit readiness.",
        most=1,
    ),
    Threshold(
        "weight_steering",
        0.3,
        "وزن راهبری در آمادگی خروج",
        "Weight of steering in the exit readiness.",
        most=1,
    ),
    Threshold(
        "weight_resources",
        0.2,
        "وزن منابع در آمادگی خروج",
        "Weight of resources in the exit readiness.",
        most=1,
    ),
    Threshold(
        "weight_social_capital",
        0.2,
        "وزن سرمایهٔ اجتماعی در آمادگی خروج",
        "Weight of social capital in the exit readiness.",
        most=1,
    ),
    Threshold(
        "developed_rank",
        5,
        "سطحی که خوشهٔ توسعه‌یافته باید به آن رسیده باشد (رتبهٔ ۱ تا ۵)",
        "Rank of the level from which a cluster may be declared developed (A22).",
        least=1,
        most=5,
    ),
    Threshold(
        "budget_warning_percent",
        80,
        "درصد هزینه‌ای که نخستین هشدار بودجه را می‌دهد",
        "Share of a budget line, in percent, at which the first warning is given.",
        most=100,
    ),
    Threshold(
        "quorum_share",
        0.5,
        "سهم حاضران برای رسمیت جلسهٔ شورا",
        "Share of the council's seats above which a meeting has a quorum.",
        most=1,
    ),
    Threshold(
        "majority_share",
        0.5,
        "سهم رأی موافق از حاضران برای تصمیم شورا",
        "Share of the seats present above which votes for a decision carry it.",
        most=0.9999,
    ),
)

BY_KEY: Final = {threshold.key: threshold for threshold in THRESHOLDS}
DEFAULTS: Final[dict[str, float]] = {threshold.key: threshold.default for threshold in THRESHOLDS}


_LAST_PROJECT: Final = (
    "(select past.id from cluster_project past where past.cluster_id = {cluster}"
    " and past.actual_start is not null and past.deleted_at is null"
    " order by past.actual_start desc, past.id desc limit 1)"
)


def _last_project(cluster: str) -> str:
    return _LAST_PROJECT.replace("{cluster}", cluster)


def project_of_plan(plan: str) -> str:
    """Write the SQL of the project whose programme a plan keeps: its own, later the cluster's last one."""
    return f"coalesce({plan}.project_id, {_last_project(f'{plan}.cluster_id')})"


def of_plan(key: str, plan: str = "{t}") -> str:
    """Write the SQL of a threshold for a plan, whoever owns it by now (R32)."""
    return f"coalesce({of_project(key, project_of_plan(plan))}, {DEFAULTS[key]})"


def of_cluster(key: str, cluster: str = "{t}.cluster_id") -> str:
    """Write the SQL of a threshold for what belongs to a cluster and to no single project: its last one's."""
    return f"coalesce({of_project(key, _last_project(cluster))}, {DEFAULTS[key]})"


def of_project(key: str, project: str) -> str:
    """Write the SQL of a threshold as the template of a project sets it; `project` is its id in SQL."""
    number = f"coalesce((edition.thresholds ->> '{key}')::numeric, {DEFAULTS[key]})"
    kept = "cluster_project keeper join programme_template edition on edition.id = keeper.template_id"
    return f"(select {number} from {kept} where keeper.id = {project})"  # noqa: S608 - keys are ours
