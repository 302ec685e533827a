"""The computed indicators of how sub-projects are carried out (R37)."""

from typing import Final

from schema.indicators.definition import Definition
from schema.vocabulary import IndicatorDimension as Dimension
from schema.vocabulary import IndicatorSubject as Subject
from schema.vocabulary import IndicatorUnit as Unit

EXECUTION: Final = (
    Definition(
        "IMPLEMENTATION_PROGRESS",
        Dimension.EXECUTION,
        Subject.PHASE,
        Unit.PERCENT,
        "پیشرفت پیاده‌سازی",
        "Progress of implementation",
        "میانگین پیشرفت همهٔ ریزپروژه‌های برنامه‌های مصوب پروژه، بی لغوشده‌ها.",
        "Mean progress of all sub-projects of the project's approved plans, without the cancelled ones.",
        "Phase.progress",
        basis="R37",
    ),
    Definition(
        "SUB_PROJECT_PROGRESS",
        Dimension.EXECUTION,
        Subject.SUB_PROJECT,
        Unit.PERCENT,
        "پیشرفت ریزپروژه",
        "Progress of a sub-project",
        "وزن گام‌های انجام‌شده از وزن همهٔ آن‌ها.",
        "Weight of the milestones done over the weight of all.",
        "SubProject.progress",
        basis="R37",
    ),
    Definition(
        "SCHEDULE_INDEX",
        Dimension.EXECUTION,
        Subject.SUB_PROJECT,
        Unit.RATIO,
        "شاخص زمان‌بندی ریزپروژه",
        "Schedule index of a sub-project",
        "پیشرفت تقسیم بر سهم زمان گذشته؛ کمتر از یک یعنی دیر.",
        "Progress over the share of the planned time gone by; below one is late.",
        "SubProject.scheduleIndex",
        basis="R37",
    ),
)
