"""The computed indicators of the whole programme (S1, S8)."""

from typing import Final

from schema.indicators.definition import Definition
from schema.vocabulary import IndicatorDimension as Dimension
from schema.vocabulary import IndicatorSubject as Subject
from schema.vocabulary import IndicatorUnit as Unit

PROGRAMME: Final = (
    Definition(
        "CLUSTERS_BY_PHASE_AND_PROVINCE",
        Dimension.PROGRAMME,
        Subject.PROGRAMME,
        Unit.COUNT,
        "خوشه‌ها به تفکیک فاز و استان",
        "Clusters by phase and province",
        "شمار خوشه‌هایی که هر فاز در آن‌ها در جریان است، در هر استان.",
        "Number of clusters in which each phase is in progress, for each province.",
        "ProgrammeStatistics.byPhaseAndProvince",
        basis="S1, R3",
    ),
    Definition(
        "PHASE_DURATION",
        Dimension.PROGRAMME,
        Subject.PROGRAMME,
        Unit.DAYS,
        "میانهٔ طول فازها در برابر بازه",
        "Median duration of phases against their windows",
        "میانهٔ روزهای فازهای پایان‌یافته، کنار میانهٔ کران پایین و بالای بازهٔ آن‌ها.",
        "Median days of completed phases beside the median of the lower and upper bounds of their windows.",
        "ProgrammeStatistics.durations",
        basis="R12, R50",
    ),
    Definition(
        "OVERDUE_PLANS",
        Dimension.PROGRAMME,
        Subject.PROGRAMME,
        Unit.COUNT,
        "برنامه‌های عمل دارای تأخیر",
        "Overdue action plans",
        "شمار برنامه‌های مصوبی که موعد نسخهٔ بعدی آن‌ها گذشته است.",
        "Number of approved plans whose successor is overdue.",
        "ProgrammeStatistics.overduePlans",
        ("plan_interval_months",),
        basis="R25, R32",
    ),
    Definition(
        "SUSTAINABILITY",
        Dimension.PROGRAMME,
        Subject.PROGRAMME,
        Unit.PERCENT,
        "ماندگاری پس از خروج",
        "Sustainability after the exit",
        "سهم خوشه‌های پس از خروج که برنامه عمل به‌روز دارند.",
        "Share of the clusters past their exit that have a plan that is not overdue.",
        "ProgrammeStatistics.sustainability",
        basis="S8",
    ),
)
